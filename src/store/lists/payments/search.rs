//! What a typed text means among payments.

use super::columns::{AMOUNT, CUSTOMER, ID, PAYMENT};
use crate::domain::id::{CustomerId, PaymentId};
use crate::store::engine::{Db, Value};
use crate::store::error::{Result, StoreError};
use crate::store::lists::cond::{Cond, among, int, numbered};
use crate::store::lists::meant::{Meant, Named, Rows};
use crate::store::lists::search::{Term, selected};

const ROWS: Rows = Rows { table: PAYMENT, id: ID, customer: CUSTOMER, amount: Some(AMOUNT) };

/// Payments of an invoice, of money with a reference, of a subscription, of a customer, of an amount.
pub(super) fn read(db: &Db, typed: &str) -> Result<Option<Meant>> {
    Meant::read(db, typed, ROWS, |term| Ok(named(term)))
}

/// Payments a text names by a number or a reference: of the invoices whose number ends so the open ones are better.
fn named(term: &Term) -> Named {
    let of = |select: Cond| selected("p.invoice_id", &select);
    let ending = term.ending().map(of);
    let open = ending.clone().map(|ending| ending.and(Cond::raw(OPEN, Vec::new())));
    let mut few: Vec<Cond> = term.starting().into_iter().map(of).collect();
    few.extend(term.referred().map(|select| selected(ID.name(), &select)));
    few.extend(term.subscription().map(|id| Cond::on(int("p.subscription_id"), "= ?", vec![id.into()])));
    Named { first: term.exact().map(of).into_iter().chain(open).chain(ending).collect(), few, groups: None }
}

/// The best payments for a text, and how many of them have the number that was typed: those come first, open or not;
/// then those it names otherwise, those of an amount, those of the customers found; open ones first, the oldest first,
/// then the newest of the others.
pub(in crate::store::lists) fn best(
    db: &Db,
    term: &Term,
    people: &[CustomerId],
    limit: usize,
) -> Result<(Vec<PaymentId>, usize)> {
    let Named { first, few: mut conds, .. } = named(term);
    conds.extend(term.amount.map(|minor| Cond::on(AMOUNT, "= ?", vec![minor.into()])));
    let people: Vec<i64> = people.iter().map(|id| id.0).collect();
    conds.extend((!people.is_empty()).then(|| among(CUSTOMER, &people)));
    let mut found: Vec<PaymentId> = Vec::new();
    let mut add = |cond: &Cond, (test, order): (&str, &str)| {
        let sql = format!("SELECT p.id FROM payment p WHERE {} AND {test} ORDER BY {order} LIMIT ?", cond.sql());
        let rest = i64::try_from(limit).unwrap_or(i64::MAX);
        let values: Vec<Value> = cond.values().iter().cloned().chain([Value::Int(rest)]).collect();
        for id in db.all(&numbered(&sql), &values, |row| Ok(PaymentId(row.int(0)?)))? {
            if !found.contains(&id) {
                found.push(id);
            }
        }
        Ok::<_, StoreError>(found.len())
    };
    let orders = [(OPEN, "p.due_on, p.id"), (CLOSED, "p.due_on DESC, p.id DESC")];
    let mut numbered = 0;
    for cond in &first {
        for order in orders {
            numbered = add(cond, order)?;
        }
    }
    for order in orders {
        for cond in &conds {
            if add(cond, order)? >= limit {
                break;
            }
        }
    }
    found.truncate(limit);
    Ok((found, numbered))
}

const OPEN: &str = "p.status <> 'paid' AND p.status <> 'cancelled'";
const CLOSED: &str = "(p.status || '') NOT IN ('pending', 'processing', 'failed')";
