//! Find anything: one box over names, emails, phones, companies, numbers of all kinds, references and amounts.

use chrono::NaiveDate;

use super::customers::{CustomerRow, best_customers, customers_by_id};
use super::groups::{GroupFilter, GroupRow, groups};
use super::invoices::{InvoiceRow, invoices_by_id};
use super::payments::{PaymentRow, payments_by_id};
use super::products::{AssetRow, assets_by_id};
use super::subscriptions::{SubscriptionRow, subscriptions_by_id};
use crate::domain::id::{AssetId, CustomerId, InvoiceId, PaymentId, SubscriptionId};
use crate::domain::query::typed::Typed;
use crate::store::engine::{Db, Value};
use crate::store::error::Result;
use crate::store::query::cond::{Cond, listed, numbered};
use crate::store::query::meant;
use crate::store::query::page::Page;
use crate::store::query::payments::Payments;

/// One thing found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hit {
    /// A customer.
    Customer(CustomerRow),
    /// A billing group.
    Group(GroupRow),
    /// A payment.
    Payment(PaymentRow),
    /// An invoice without an open payment of its own in the answer.
    Invoice(InvoiceRow),
    /// A subscription.
    Subscription(SubscriptionRow),
    /// An asset.
    Asset(AssetRow),
}

/// What was found, grouped by kind, best first.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Found {
    /// The hits, those of one kind together.
    pub hits: Vec<Hit>,
    /// Whether there are more.
    pub more: bool,
}

/// The best hits for what is typed: customers, groups, then payments and invoices, subscriptions and assets; at most
/// four of a kind while others have hits too. Of the number of a subscription or an invoice it is that first.
pub fn find(db: &Db, query: &str, limit: usize, today: NaiveDate) -> Result<Found> {
    let Some(typed) = meant::read(db, query)? else { return Ok(Found::default()) };
    let one_more = limit + 1;
    let people = best_customers(db, query, one_more)?;
    let group_filter = GroupFilter { query: query.to_owned(), ..GroupFilter::default() };
    let groups = groups(db, &group_filter, &Page::first(one_more), today)?.rows;
    let handful: Vec<CustomerId> = people.iter().copied().take(4).collect();
    let (payments, numbered) = best(db, &typed, &handful, one_more)?;
    let payments = payments_by_id(db, &payments)?;
    let shown: Vec<InvoiceId> = payments.iter().filter_map(|row| row.invoice_id).collect();
    let mut invoices = numbers(db, &typed, one_more)?;
    invoices.retain(|id| !shown.contains(id));
    let things = rented(db, &typed, one_more, today)?;
    let mut kinds = [
        customers_by_id(db, &people, today)?.into_iter().map(Hit::Customer).collect::<Vec<_>>(),
        groups.into_iter().map(Hit::Group).collect(),
        payments
            .into_iter()
            .map(Hit::Payment)
            .chain(invoices_by_id(db, &invoices)?.into_iter().map(Hit::Invoice))
            .collect(),
        things,
    ];
    // Who types `S-0123` wants that subscription, not the payments of it; who types the number of an invoice wants that.
    if typed.subscription.is_some() {
        kinds.rotate_right(1);
    } else if numbered > 0 {
        kinds[..3].rotate_right(1);
    }
    Ok(best_of(kinds, limit))
}

/// Invoices whose number it is, ends so, or begins so.
fn numbers(db: &Db, typed: &Typed, limit: usize) -> Result<Vec<InvoiceId>> {
    let mut found: Vec<InvoiceId> = Vec::new();
    let begun = typed.beginnings().map(|number| meant::begun(number));
    for select in meant::exact(typed).into_iter().chain(meant::ending(typed)).chain(begun) {
        let ids = db.all(&numbered(&select.sql), &select.values, |row| Ok(InvoiceId(row.int(0)?)))?;
        found.extend(ids.into_iter().take(limit).filter(|id| !found.contains(id)).collect::<Vec<_>>());
    }
    found.truncate(limit);
    Ok(found)
}

/// A subscription of that number, and assets in whose serial number it stands.
fn rented(db: &Db, typed: &Typed, limit: usize, today: NaiveDate) -> Result<Vec<Hit>> {
    let number = typed.subscription.map(SubscriptionId);
    let mut found: Vec<Hit> =
        subscriptions_by_id(db, &Vec::from_iter(number), today)?.into_iter().map(Hit::Subscription).collect();
    if let Some(select) = meant::serials(typed) {
        let sql = numbered(&format!("{} ORDER BY z.serial LIMIT {limit}", select.sql));
        let ids = db.all(&sql, &select.values, |row| Ok(AssetId(row.int(0)?)))?;
        found.extend(assets_by_id(db, &ids)?.into_iter().map(Hit::Asset));
    }
    Ok(found)
}

/// The best payments for a text: those a number names, then the others it means, then those of the customers found;
/// open ones first, the oldest first, then the newest of the others. And how many a number names.
fn best(db: &Db, typed: &Typed, people: &[CustomerId], limit: usize) -> Result<(Vec<PaymentId>, usize)> {
    let meant = meant::of_payments(typed);
    let numbered =
        [Cond::any(meant.exact.iter().map(Payments::cond)), Cond::any(meant.ending.iter().map(Payments::cond))];
    let numbered = by_due(db, &numbered, limit)?;
    let named = meant.named.iter().map(Payments::cond);
    let amount = meant.amount.map(|minor| Cond::new("p.amount_minor = ?", vec![minor.into()]));
    let people = (!people.is_empty()).then(|| listed("p.customer_id", people.iter().copied()));
    let others: Vec<Cond> = named.chain(amount).chain(people).collect();
    let mut found = numbered.clone();
    found.extend(by_due(db, &others, limit)?.into_iter().filter(|id| !numbered.contains(id)));
    found.truncate(limit);
    Ok((found, numbered.len()))
}

/// Payments that meet a condition after the other: open ones first, the oldest first, then the newest of the others.
fn by_due(db: &Db, conds: &[Cond], limit: usize) -> Result<Vec<PaymentId>> {
    let mut found: Vec<PaymentId> = Vec::new();
    for (test, order) in [(OPEN, "p.due_on, p.id"), (CLOSED, "p.due_on DESC, p.id DESC")] {
        for cond in conds {
            let rest = i64::try_from(limit.saturating_sub(found.len())).unwrap_or(0);
            let sql = format!("SELECT p.id FROM payment p WHERE {} AND {test} ORDER BY {order} LIMIT ?", cond.sql);
            let values: Vec<Value> = cond.values.iter().cloned().chain([Value::Int(rest)]).collect();
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
const CLOSED: &str = "(p.status = 'paid' OR p.status = 'cancelled')";

/// At most `limit` hits: up to four of each kind first, then what is left of the kinds in their order.
fn best_of(kinds: [Vec<Hit>; 4], limit: usize) -> Found {
    let total: usize = kinds.iter().map(Vec::len).sum();
    let mut take = [0_usize; 4];
    for most in [4, usize::MAX] {
        for at in 0..kinds.len() {
            let room = limit - take.iter().sum::<usize>();
            take[at] += room.min(kinds[at].len().min(most).saturating_sub(take[at]));
        }
    }
    let hits: Vec<Hit> = kinds.into_iter().zip(take).flat_map(|(kind, count)| kind.into_iter().take(count)).collect();
    Found { more: total > hits.len(), hits }
}
