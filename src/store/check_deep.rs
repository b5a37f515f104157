//! What takes longer to prove: every text that searches go by is made anew from the names, every counter from the rows
//! it counts, and every row is held against what the log says of it. A changed bit that
//! breaks no rule of money, and that SQLite's own check does not see either, shows here.

use std::collections::HashMap;

use super::activity::codes;
use super::check::Violation;
use super::customer;
use super::engine::{Db, Row};
use super::error::{Result, StoreFault};
use super::{catalogue, group, outbox};
use crate::domain::currency::Currency;
use crate::domain::log::Log;
use crate::domain::money::Money;
use crate::domain::text::fold;

/// Name of a rule, and the query for a text naming each row that breaks it.
const RULES: &[(&str, &str)] = &[
    (
        "the lifetime value of a customer is the sum of what receipts paid",
        "SELECT 'customer ' || c.id FROM customer c LEFT JOIN (SELECT customer_id, SUM(amount_minor) AS s FROM allocation \
         WHERE source = 'receipt' AND is_deposit = 0 GROUP BY customer_id) a ON a.customer_id = c.id \
         WHERE c.lifetime_minor <> COALESCE(a.s, 0)",
    ),
    (
        "a customer has as many subscriptions as it says",
        "SELECT 'customer ' || c.id FROM customer c LEFT JOIN (SELECT t.customer_id, COUNT(*) AS n FROM subscription t \
         JOIN rental_order o ON o.id = t.order_id WHERE t.activated_on IS NOT NULL AND o.status <> 'cancelled' \
         GROUP BY t.customer_id) s ON s.customer_id = c.id \
         WHERE c.subscription_count <> COALESCE(s.n, 0)",
    ),
    (
        "a customer has a billing address exactly where it says so",
        "SELECT 'customer ' || c.id FROM customer c WHERE c.has_billing_address <> EXISTS (SELECT 1 FROM address a \
         WHERE a.customer_id = c.id AND a.kind = 'billing' AND a.is_default = 1 AND a.to_on IS NULL)",
    ),
    (
        // An attempt that failed once more changed no status; one that was sent first failed by a change of its own.
        "a payment failed as often as its changes and attempts say",
        "SELECT 'payment ' || p.id FROM payment p LEFT JOIN (SELECT payment_id, COUNT(*) AS n FROM (\
         SELECT c.payment_id FROM payment_change c WHERE c.to_status = 'failed' AND c.reverses_id IS NULL \
         AND NOT EXISTS (SELECT 1 FROM payment_change r WHERE r.reverses_id = c.id) \
         UNION ALL SELECT t.payment_id FROM charge_attempt t WHERE t.state = 'declined' \
         AND NOT EXISTS (SELECT 1 FROM payment_change c WHERE c.activity_id = t.activity_id AND c.payment_id = t.payment_id) \
         AND NOT EXISTS (SELECT 1 FROM activity u WHERE u.undoes_id = t.activity_id)) GROUP BY payment_id) f \
         ON f.payment_id = p.id WHERE p.attempt_count <> COALESCE(f.n, 0)",
    ),
    (
        "what went back of a payment is the sum of its refunds",
        "SELECT 'payment ' || p.id FROM payment p LEFT JOIN (SELECT payment_id, SUM(amount_minor) AS s FROM refund \
         GROUP BY payment_id) f ON f.payment_id = p.id WHERE p.refunded_minor <> COALESCE(f.s, 0)",
    ),
    (
        "a payment's method is that of the last receipt that stands",
        "SELECT 'payment ' || p.id FROM payment p WHERE p.method IS DISTINCT FROM (SELECT r.method FROM allocation a \
         JOIN receipt r ON r.id = a.receipt_id WHERE a.payment_id = p.id AND a.amount_minor > 0 \
         AND NOT EXISTS (SELECT 1 FROM allocation x WHERE x.reverses_id = a.id) ORDER BY a.id DESC LIMIT 1)",
    ),
    (
        "a receipt is written on its day or later, never before",
        "SELECT 'receipt ' || r.number FROM receipt r JOIN activity a ON a.id = r.activity_id WHERE a.business_on < r.received_on",
    ),
];

/// Every deep rule that does not hold. A value that no code of ours can have written is one more thing that is found,
/// and no reason to stop looking.
pub fn violations(db: &Db) -> Result<Vec<Violation>> {
    let mut found = super::check::of_rules(db, RULES, &mut || Ok(()))?;
    for (name, look) in LOOKS {
        match look(db) {
            Ok(odd) => found.extend(Violation::of(name, &odd)),
            Err(error) if *error.kind() == StoreFault::Broken => {
                found.extend(Violation::of("every value can be read", &[error.detail().to_owned()]));
            }
            Err(error) => return Err(error),
        }
    }
    found.extend(super::seal::violations(db)?);
    Ok(found)
}

/// Rules that are no queries.
const LOOKS: &[(&str, Look)] = &[
    ("what is searched by is made from the names", search_texts),
    ("the log says the amounts of the book", logged_amounts),
    ("a payment has the status that its newest change or money gave it", statuses),
    ("an invoice became overdue on the day after its due day", overdue_days),
];

type Look = fn(&Db) -> Result<Vec<String>>;

/// Payments whose status nobody gave them.
fn statuses(db: &Db) -> Result<Vec<String>> {
    // Where one step did both, what it says of the status comes last, as for the reports (`lists/reports/stood.rs`).
    let mut newest: HashMap<i64, (i64, String)> = HashMap::new();
    let mut given = |row: &Row| {
        let (payment, step) = (row.int(0)?, row.int(1)?);
        if newest.get(&payment).is_none_or(|(before, _)| step >= *before) {
            newest.insert(payment, (step, row.text(2)?));
        }
        Ok(())
    };
    db.each("SELECT payment_id, activity_id, status_after FROM allocation ORDER BY id", &[], &mut given)?;
    db.each("SELECT payment_id, activity_id, to_status FROM payment_change ORDER BY id", &[], &mut given)?;
    let mut odd = Vec::new();
    db.each(
        "SELECT p.id, p.status, p.amount_minor, i.state FROM payment p JOIN invoice i ON i.id = p.invoice_id \
         WHERE i.number IS NOT NULL",
        &[],
        |row| {
            let given = match newest.get(&row.int(0)?) {
                _ if row.str(3)? == "void" => "cancelled",
                Some((_, status)) => status.as_str(),
                // A line of nothing is paid as it is issued.
                None if row.int(2)? == 0 => "paid",
                None => "pending",
            };
            if row.str(1)? != given {
                odd.push(format!("payment {}", row.int(0)?));
            }
            Ok(())
        },
    )?;
    Ok(odd)
}

/// Invoices that became overdue on another day than the one after their due day.
fn overdue_days(db: &Db) -> Result<Vec<String>> {
    let mut odd = Vec::new();
    db.each("SELECT id, due_on, overdue_on FROM invoice WHERE overdue_on IS NOT NULL", &[], |row| {
        if row.opt_date(2)? != row.date(1)?.succ_opt() {
            odd.push(format!("invoice {}", row.int(0)?));
        }
        Ok(())
    })?;
    Ok(odd)
}

/// Rows whose search text is not the one their names give.
fn search_texts(db: &Db) -> Result<Vec<String>> {
    let mut odd = customer::with_odd_keys(db)?;
    odd.extend(group::with_odd_keys(db)?);
    odd.extend(catalogue::with_odd_keys(db)?);
    odd.extend(outbox::with_odd_keys(db)?);
    db.each("SELECT number, reference, reference_key FROM receipt", &[], |row| {
        if fold(&row.text(1)?) != row.text(2)? {
            odd.push(format!("receipt {}", row.text(0)?));
        }
        Ok(())
    })?;
    Ok(odd)
}

/// Receipts and hand-made invoices over another amount than their row of the log says.
fn logged_amounts(db: &Db) -> Result<Vec<String>> {
    let mut odd = Vec::new();
    let mut compare = |row: &Row, key: &str| {
        let details: serde_json::Value = serde_json::from_str(&row.text(3)?).unwrap_or_default();
        // Where several came in one step, it says how many.
        if details.get("receipts").is_some() {
            return Ok(());
        }
        let said = details.get(key).and_then(serde_json::Value::as_str).unwrap_or_default();
        let is_same = Currency::new(&row.text(2)?)
            .ok()
            .is_some_and(|currency| row.int(1).is_ok_and(|minor| Money::new(minor, currency).to_string() == said));
        if !is_same {
            odd.push(row.text(0)?);
        }
        Ok(())
    };
    db.each(
        &format!(
            "SELECT 'receipt ' || r.number, r.amount_minor, r.currency, a.details FROM receipt r \
             JOIN activity a ON a.id = r.activity_id WHERE a.action IN ({})",
            codes(&[Log::Receive])
        ),
        &[],
        |row| compare(row, "amount"),
    )?;
    db.each(
        &format!(
            "SELECT 'invoice ' || i.id, i.total_minor, i.currency, a.details FROM activity a \
             JOIN invoice i ON a.subject = 'invoice:' || i.id WHERE a.action IN ({})",
            codes(&[Log::NewInvoice, Log::InvoiceGroup])
        ),
        &[],
        |row| compare(row, "total"),
    )?;
    Ok(odd)
}
