//! The invariants of the book as queries: each one finds what must not be there.

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
        "a payment is settled by the sum of its allocations",
        "SELECT 'payment ' || p.id FROM payment p LEFT JOIN (SELECT payment_id, SUM(amount_minor) AS s FROM allocation \
         GROUP BY payment_id) a ON a.payment_id = p.id WHERE p.settled_minor <> COALESCE(a.s, 0)",
    ),
    (
        "an invoice is settled by the sum of its lines",
        "SELECT 'invoice ' || i.id FROM invoice i LEFT JOIN (SELECT invoice_id, SUM(settled_minor) AS s FROM payment \
         WHERE invoice_id IS NOT NULL GROUP BY invoice_id) p ON p.invoice_id = i.id WHERE i.settled_minor <> COALESCE(p.s, 0)",
    ),
    (
        "an invoice is the sum of its lines",
        "SELECT 'invoice ' || i.id FROM invoice i LEFT JOIN (SELECT invoice_id, SUM(net_minor) AS n, SUM(tax_minor) AS t \
         FROM payment WHERE invoice_id IS NOT NULL GROUP BY invoice_id) p ON p.invoice_id = i.id \
         WHERE i.state IN ('issued', 'void') AND (i.subtotal_minor <> COALESCE(p.n, 0) OR i.tax_minor <> COALESCE(p.t, 0) \
         OR i.total_minor <> i.subtotal_minor + i.tax_minor)",
    ),
    (
        "a receipt is allocated by the sum of its allocations",
        "SELECT 'receipt ' || r.number FROM receipt r LEFT JOIN (SELECT receipt_id, SUM(amount_minor) AS s FROM allocation \
         WHERE receipt_id IS NOT NULL GROUP BY receipt_id) a ON a.receipt_id = r.id WHERE r.allocated_minor <> COALESCE(a.s, 0)",
    ),
    (
        "a receipt is refunded by the sum of its refunds",
        "SELECT 'receipt ' || r.number FROM receipt r LEFT JOIN (SELECT receipt_id, SUM(amount_minor) AS s FROM refund \
         GROUP BY receipt_id) f ON f.receipt_id = r.id WHERE r.refunded_minor <> COALESCE(f.s, 0)",
    ),
    (
        "allocated and refunded never exceed what was received",
        "SELECT 'receipt ' || number FROM receipt WHERE allocated_minor + refunded_minor > amount_minor \
         OR (state <> 'cleared' AND allocated_minor + refunded_minor <> 0)",
    ),
    (
        "paid means fully allocated",
        "SELECT 'payment ' || id FROM payment WHERE (status = 'paid' AND settled_minor < amount_minor) \
         OR (amount_minor > 0 AND settled_minor = amount_minor AND status NOT IN ('paid', 'cancelled'))",
    ),
    (
        "a payment was paid on the day its last part took effect",
        "SELECT 'payment ' || p.id FROM payment p WHERE p.status = 'paid' AND p.amount_minor > 0 AND p.paid_on IS DISTINCT FROM \
         (SELECT MAX(a.allocated_on) FROM allocation a WHERE a.payment_id = p.id AND a.amount_minor > 0 \
         AND NOT EXISTS (SELECT 1 FROM allocation x WHERE x.reverses_id = a.id))",
    ),
    (
        "nothing is paid before its money came or its invoice was written",
        "SELECT 'allocation ' || a.id FROM allocation a JOIN payment p ON p.id = a.payment_id JOIN invoice i ON i.id = p.invoice_id \
         LEFT JOIN receipt r ON r.id = a.receipt_id WHERE a.allocated_on < i.invoiced_on \
         OR (a.amount_minor > 0 AND a.allocated_on < r.received_on)",
    ),
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
        "an allocation is of the payer's own money",
        "SELECT 'allocation ' || a.id FROM allocation a JOIN receipt r ON r.id = a.receipt_id JOIN payment p ON p.id = a.payment_id \
         WHERE r.currency <> p.currency OR (r.group_id IS NOT NULL AND r.group_id IS DISTINCT FROM p.group_id)",
    ),
    (
        "a receipt pays only what its payer owes, those merged into one counted as one",
        "SELECT 'receipt ' || r.number FROM receipt r JOIN (SELECT receipt_id, payment_id FROM allocation a WHERE a.amount_minor > 0 \
         AND NOT EXISTS (SELECT 1 FROM allocation x WHERE x.reverses_id = a.id) UNION \
         SELECT y.receipt_id, y.payment_id FROM pending_allocation y JOIN receipt w ON w.id = y.receipt_id WHERE w.state = 'pending') z \
         ON z.receipt_id = r.id JOIN payment p ON p.id = z.payment_id JOIN customer c ON c.id = r.customer_id \
         JOIN customer d ON d.id = p.customer_id WHERE c.id <> d.id AND COALESCE(c.root_id, c.id) <> COALESCE(d.root_id, d.id)",
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
pub const STEPS: usize = RULES.len() + super::check_deposits::RULES.len() + 1;

/// Every rule that does not hold; `told` hears after each.
pub fn violations(db: &Db, told: Told) -> Result<Vec<Violation>> {
    let mut found = of_rules(db, RULES, told)?;
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
