//! What takes longer to prove: every text that searches go by is made anew from the names, every counter from the rows
//! it counts, and every row is held against what the log says of it. A changed bit that
//! breaks no rule of money, and that SQLite's own check does not see either, shows here.

use super::activity::codes;
use super::check::Violation;
use super::customer;
use super::engine::{Db, Row};
use super::error::Result;
use super::{catalogue, group};
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
        "an invoice became overdue on the day after its due day",
        "SELECT 'invoice ' || id FROM invoice WHERE overdue_on IS NOT NULL AND (overdue_on <= due_on OR number IS NULL)",
    ),
    (
        "a receipt is written on its day or later, never before",
        "SELECT 'receipt ' || r.number FROM receipt r JOIN activity a ON a.id = r.activity_id WHERE a.business_on < r.received_on",
    ),
];

/// Every deep rule that does not hold.
pub fn violations(db: &Db) -> Result<Vec<Violation>> {
    let mut found = super::check::of_rules(db, RULES, &mut || Ok(()))?;
    let mut odd = search_texts(db)?;
    found.extend(Violation::of("what is searched by is made from the names", &odd));
    odd = logged_amounts(db)?;
    found.extend(Violation::of("the log says the amounts of the book", &odd));
    Ok(found)
}

/// Rows whose search text is not the one their names give.
fn search_texts(db: &Db) -> Result<Vec<String>> {
    let mut odd = customer::with_odd_keys(db)?;
    odd.extend(group::with_odd_keys(db)?);
    odd.extend(catalogue::with_odd_keys(db)?);
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
