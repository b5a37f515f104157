//! What a typed text means among payments.

use super::columns::{AMOUNT, CUSTOMER, ID, PAYMENT};
use crate::domain::id::{CustomerId, PaymentId};
use crate::store::engine::{Db, Value};
use crate::store::error::Result;
use crate::store::lists::cond::{Cond, among, int, numbered};
use crate::store::lists::meant::{Meant, Rows};
use crate::store::lists::search::{Term, selected};

const ROWS: Rows = Rows { table: PAYMENT, id: ID, customer: CUSTOMER, amount: Some(AMOUNT) };

/// Payments of an invoice, of money with a reference, of a subscription, of a customer, of an amount.
pub(super) fn read(db: &Db, typed: &str) -> Result<Option<Meant>> {
    Meant::read(db, typed, ROWS, |term| Ok(named(term)))
}

/// Payments a text names by a number or a reference.
pub(super) fn named(term: &Term) -> Vec<Cond> {
    let mut named: Vec<Cond> = term.invoices().iter().map(|select| selected("p.invoice_id", select)).collect();
    named.extend(term.referred().map(|select| selected(ID.name(), &select)));
    named.extend(term.subscription().map(|id| Cond::on(int("p.subscription_id"), "= ?", vec![id.into()])));
    named
}

/// The best payments for a text: those it names, then those of an amount, then those of the customers found; open
/// ones first, the oldest first, then the newest of the others.
pub(in crate::store::lists) fn best(
    db: &Db,
    term: &Term,
    people: &[CustomerId],
    limit: usize,
) -> Result<Vec<PaymentId>> {
    let mut conds = named(term);
    conds.extend(term.amount.map(|minor| Cond::on(AMOUNT, "= ?", vec![minor.into()])));
    let people: Vec<i64> = people.iter().map(|id| id.0).collect();
    conds.extend((!people.is_empty()).then(|| among(CUSTOMER, &people)));
    let mut found: Vec<PaymentId> = Vec::new();
    for (test, order) in [(OPEN, "p.due_on, p.id"), (CLOSED, "p.due_on DESC, p.id DESC")] {
        for cond in &conds {
            let rest = i64::try_from(limit.saturating_sub(found.len())).unwrap_or(0);
            let sql = format!("SELECT p.id FROM payment p WHERE {} AND {test} ORDER BY {order} LIMIT ?", cond.sql());
            let values: Vec<Value> = cond.values().iter().cloned().chain([Value::Int(rest)]).collect();
            for id in db.all(&numbered(&sql), &values, |row| Ok(PaymentId(row.int(0)?)))? {
                if !found.contains(&id) {
                    found.push(id);
                }
            }
        }
    }
    found.truncate(limit);
    Ok(found)
}

const OPEN: &str = "p.status <> 'paid' AND p.status <> 'cancelled'";
const CLOSED: &str = "(p.status || '') NOT IN ('pending', 'processing', 'failed')";
