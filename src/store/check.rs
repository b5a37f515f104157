//! The invariants of the book as queries: each one finds what must not be there.

use super::check_walks::WALKS;
use super::engine::Db;
use super::error::Result;
use super::{activity, shape};

/// A rule that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Violation {
    pub name: String,
    /// How many rows break it.
    pub count: i64,
    pub examples: Vec<String>,
}

impl Violation {
    /// What breaks a rule, where something does.
    pub(super) fn of(name: &str, rows: &[String]) -> Option<Self> {
        let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
        (count > 0).then(|| Self { name: name.to_owned(), count, examples: rows.iter().take(5).cloned().collect() })
    }
}

/// Name of a rule, and the query for a text naming each row that breaks it.
const RULES: &[(&str, &str)] = &[
    (
        "invoice numbers run from 1 without a gap",
        "SELECT 'invoices of ' || number_year FROM invoice WHERE number_seq IS NOT NULL GROUP BY number_year \
         HAVING MIN(number_seq) <> 1 OR MAX(number_seq) <> COUNT(*)",
    ),
    (
        "receipt numbers run from 1 without a gap",
        "SELECT 'receipts of ' || number_year FROM receipt GROUP BY number_year \
         HAVING MIN(number_seq) <> 1 OR MAX(number_seq) <> COUNT(*)",
    ),
    (
        "credit note numbers run from 1 without a gap",
        "SELECT 'credit notes of ' || number_year FROM credit_note GROUP BY number_year \
         HAVING MIN(number_seq) <> 1 OR MAX(number_seq) <> COUNT(*)",
    ),
    (
        "the number series stand where the documents do",
        "SELECT s.kind || ' ' || s.year FROM number_series s WHERE s.last <> CASE s.kind \
         WHEN 'invoice' THEN (SELECT COUNT(*) FROM invoice i WHERE i.number_year = s.year) \
         WHEN 'receipt' THEN (SELECT COUNT(*) FROM receipt r WHERE r.number_year = s.year) \
         ELSE (SELECT COUNT(*) FROM credit_note c WHERE c.number_year = s.year) END",
    ),
    (
        "numbers follow dates",
        "SELECT 'invoice ' || number FROM (SELECT number, invoiced_on, LAG(invoiced_on) OVER \
         (PARTITION BY number_year ORDER BY number_seq) AS before_on FROM invoice WHERE number_seq IS NOT NULL) \
         WHERE invoiced_on < before_on",
    ),
    (
        "one payment a period",
        "SELECT 'subscription ' || subscription_id FROM payment WHERE kind = 'period' AND status <> 'cancelled' \
         GROUP BY subscription_id, period_start_on HAVING COUNT(*) > 1",
    ),
    (
        "no period is missing between materialised ones",
        "SELECT 'subscription ' || s.id FROM subscription s WHERE s.next_index > 0 AND NOT EXISTS \
         (SELECT 1 FROM payment p WHERE p.subscription_id = s.id AND p.kind = 'period' AND p.period_index = s.next_index - 1)",
    ),
    (
        "no asset in two live subscriptions",
        "SELECT 'asset ' || asset_id FROM subscription WHERE asset_id IS NOT NULL AND status IN ('active', 'paused', 'suspended') \
         GROUP BY asset_id HAVING COUNT(*) > 1",
    ),
    (
        "an asset is rented exactly while a live subscription holds it",
        "SELECT 'asset ' || a.serial FROM asset a WHERE (a.state = 'rented') <> EXISTS (SELECT 1 FROM subscription s \
         WHERE s.asset_id = a.id AND s.status IN ('active', 'paused', 'suspended'))",
    ),
    (
        "a receipt that has not cleared is meant for what its payer owes, those merged into one counted as one",
        "SELECT 'receipt ' || r.number FROM pending_allocation y JOIN receipt r ON r.id = y.receipt_id \
         JOIN payment p ON p.id = y.payment_id JOIN customer c ON c.id = r.customer_id JOIN customer d ON d.id = p.customer_id \
         WHERE r.state = 'pending' AND c.id <> d.id AND COALESCE(c.root_id, c.id) <> COALESCE(d.root_id, d.id)",
    ),
    (
        "issued equals settled plus due, by currency",
        "SELECT i.currency FROM invoice i WHERE i.state = 'issued' GROUP BY i.currency HAVING SUM(i.total_minor) <> \
         SUM(i.total_minor - i.settled_minor) + (SELECT COALESCE(SUM(a.amount_minor), 0) FROM allocation a WHERE a.currency = i.currency)",
    ),
    (
        "received equals allocated plus refunded plus unapplied, by currency",
        "SELECT r.currency FROM receipt r WHERE r.state = 'cleared' GROUP BY r.currency HAVING SUM(r.allocated_minor) <> \
         (SELECT COALESCE(SUM(a.amount_minor), 0) FROM allocation a WHERE a.source = 'receipt' AND a.currency = r.currency)",
    ),
];

/// Hears that a step is done, and may end the check with an error.
pub type Told<'a> = &'a mut dyn FnMut() -> Result<()>;

/// Those of these rules that do not hold.
pub(super) fn of_rules(db: &Db, rules: &[(&str, &str)], told: Told) -> Result<Vec<Violation>> {
    let mut found = Vec::new();
    for (name, sql) in rules {
        let mut count = 0;
        let mut examples = Vec::new();
        db.each(sql, &[], |row| {
            count += 1;
            if examples.len() < 5 {
                examples.push(row.text(0)?);
            }
            Ok(())
        })?;
        if count > 0 {
            found.push(Violation { name: (*name).to_owned(), count, examples });
        }
        told()?;
    }
    Ok(found)
}

/// How many steps [`violations`] tells of.
pub const STEPS: usize = WALKS.len() + RULES.len() + super::check_deposits::RULES.len() + 1;

/// Every rule that does not hold; `told` hears after each.
pub fn violations(db: &Db, told: Told) -> Result<Vec<Violation>> {
    let mut found = Vec::new();
    for walk in WALKS {
        found.extend(walk.odd(db)?.iter().filter_map(|(name, rows)| Violation::of(name, rows)));
        told()?;
    }
    found.extend(of_rules(db, RULES, told)?);
    found.extend(of_rules(db, super::check_deposits::RULES, told)?);
    let later = super::check_closed::written_later(db)?;
    found.extend(Violation::of("nothing is written into a period after it was closed", &later));
    let broken = activity::broken_links(db)?;
    told()?;
    if !broken.is_empty() {
        found.push(Violation {
            name: "the activity log is one unbroken chain".to_owned(),
            count: i64::try_from(broken.len()).unwrap_or(i64::MAX),
            examples: broken.iter().map(|id| format!("activity {id}")).collect(),
        });
    }
    Ok(found)
}

/// What SQLite itself finds wrong with the file; `deep` holds every entry of every index against its row too.
pub fn file_faults(db: &Db, deep: bool) -> Result<Vec<Violation>> {
    let mut found = Vec::new();
    let check = if deep { "PRAGMA integrity_check(10)" } else { "PRAGMA quick_check(10)" };
    let told = db.all(check, &[], |row| row.text(0))?;
    if told != ["ok"] {
        let count = i64::try_from(told.len()).unwrap_or(i64::MAX);
        found.push(Violation { name: "the file is whole".to_owned(), count, examples: told });
    }
    found.extend(Violation::of("the tables and their rules are those of this program", &shape::odd(db)?));
    let orphans =
        db.all("SELECT \"table\" || ' ' || COALESCE(rowid, '') FROM pragma_foreign_key_check", &[], |row| row.text(0))?;
    if !orphans.is_empty() {
        let count = i64::try_from(orphans.len()).unwrap_or(i64::MAX);
        let examples = orphans.into_iter().take(5).collect();
        found.push(Violation { name: "every row that is pointed to is there".to_owned(), count, examples });
    }
    Ok(found)
}
