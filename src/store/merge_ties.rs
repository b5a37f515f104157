//! What ties two customers together who were one for a while: rows written meanwhile that name both. As long as one of
//! them stands the two cannot part: money of one would pay what the other owes, and nobody could take it back.

use super::engine::{Db, Value};
use super::error::Result;
use crate::domain::id::CustomerId;

/// The customer `?1`, who stands for itself again, with those merged into it.
const SIDE: &str = "(SELECT id FROM customer WHERE id = ?1 OR root_id = ?1)";

/// A statement that names rows, and the two customers such a row ties together.
struct Tie(&'static str, [&'static str; 2]);

const TIES: &[Tie] = &[
    Tie(
        "SELECT 'receipt ' || r.number || ' pays invoice ' || i.number FROM receipt r CROSS JOIN allocation a CROSS JOIN payment p \
         CROSS JOIN invoice i WHERE a.receipt_id = r.id AND p.id = a.payment_id AND i.id = p.invoice_id AND a.amount_minor > 0 \
         AND NOT EXISTS (SELECT 1 FROM allocation x WHERE x.reverses_id = a.id)",
        ["r.customer_id", "p.customer_id"],
    ),
    Tie(
        "SELECT 'receipt ' || r.number || ' is on its way to invoice ' || i.number FROM receipt r CROSS JOIN pending_allocation a \
         CROSS JOIN payment p CROSS JOIN invoice i WHERE a.receipt_id = r.id AND p.id = a.payment_id AND i.id = p.invoice_id \
         AND r.state = 'pending'",
        ["r.customer_id", "p.customer_id"],
    ),
    Tie(
        "SELECT 'money of receipt ' || r.number || ' went back for invoice ' || i.number FROM receipt r CROSS JOIN refund f \
         CROSS JOIN payment p CROSS JOIN invoice i WHERE f.receipt_id = r.id AND p.id = f.payment_id AND i.id = p.invoice_id \
         AND f.amount_minor > 0 AND NOT EXISTS (SELECT 1 FROM refund x WHERE x.reverses_id = f.id)",
        ["r.customer_id", "p.customer_id"],
    ),
    Tie(
        "SELECT 'a charge of invoice ' || i.number || ' is under way' FROM payment_method m CROSS JOIN charge_attempt t \
         CROSS JOIN payment p CROSS JOIN invoice i WHERE t.payment_method_id = m.id AND p.id = t.payment_id AND i.id = p.invoice_id \
         AND t.state IN ('created', 'sent', 'pending', 'needs_customer')",
        ["m.customer_id", "p.customer_id"],
    ),
    Tie(
        "SELECT 'subscription S-' || s.id || ' took the place of S-' || q.id FROM subscription s CROSS JOIN subscription q \
         WHERE q.id = s.previous_id AND s.status IN ('active', 'paused', 'suspended')",
        ["s.customer_id", "q.customer_id"],
    ),
];

/// What is billed with the group of the other one and has no invoice yet.
const IN_A_GROUP: &str = "SELECT 'P-' || p.id || ' waits for the invoice of ' || g.name FROM payment p CROSS JOIN customer c \
    CROSS JOIN billing_group g WHERE c.id = p.customer_id AND g.id = p.group_id AND p.invoice_id IS NULL AND p.status = 'pending' \
    AND (SELECT o.group_id FROM customer o WHERE o.id = COALESCE(c.root_id, c.id)) IS DISTINCT FROM p.group_id \
    AND p.customer_id IN {side}";

/// What stands between a customer who just parted and everybody else, in words; the first few.
pub fn ties(db: &Db, parted: CustomerId, most: usize) -> Result<Vec<String>> {
    let params: [Value; 1] = [parted.into()];
    let mut found: Vec<String> = Vec::new();
    for Tie(rows, [one, other]) in TIES {
        for (inside, outside) in [(one, other), (other, one)] {
            let sql = format!("{rows} AND {inside} IN {SIDE} AND {outside} NOT IN {SIDE}");
            found.extend(db.all(&sql, &params, |row| row.text(0))?);
        }
    }
    found.extend(db.all(&IN_A_GROUP.replace("{side}", SIDE), &params, |row| row.text(0))?);
    found.dedup();
    found.truncate(most);
    Ok(found)
}
