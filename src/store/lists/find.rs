//! Find anything: one box over names, emails, phones, companies, numbers of all kinds, references and amounts.

use chrono::NaiveDate;

use super::cond::numbered;
use super::customers::{CustomerRow, best_customers, customers_by_id};
use super::groups::{GroupFilter, GroupRow, groups};
use super::invoices::{InvoiceRow, invoices_by_id};
use super::page::Page;
use super::payments::search::best;
use super::payments::{PaymentRow, payments_by_id};
use super::products::{AssetRow, assets_by_id};
use super::search::Term;
use super::subscriptions::{SubscriptionRow, subscriptions_by_id};
use crate::domain::id::{AssetId, CustomerId, InvoiceId, SubscriptionId};
use crate::store::engine::Db;
use crate::store::error::Result;

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
    let Some(term) = Term::read(db, query)? else { return Ok(Found::default()) };
    let one_more = limit + 1;
    let people = best_customers(db, query, one_more)?;
    let group_filter = GroupFilter { query: query.to_owned(), ..GroupFilter::default() };
    let groups = groups(db, &group_filter, &Page::first(one_more), today)?.rows;
    let handful: Vec<CustomerId> = people.iter().copied().take(4).collect();
    let (payments, numbered) = best(db, &term, &handful, one_more)?;
    let payments = payments_by_id(db, &payments)?;
    let shown: Vec<InvoiceId> = payments.iter().filter_map(|row| row.invoice_id).collect();
    let mut invoices = numbers(db, &term, one_more)?;
    invoices.retain(|id| !shown.contains(id));
    let things = rented(db, &term, one_more, today)?;
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
    if term.subscription().is_some() {
        kinds.rotate_right(1);
    } else if numbered > 0 {
        kinds[..3].rotate_right(1);
    }
    Ok(best_of(kinds, limit))
}

/// Invoices whose number it is, ends or starts so.
fn numbers(db: &Db, term: &Term, limit: usize) -> Result<Vec<InvoiceId>> {
    let mut found: Vec<InvoiceId> = Vec::new();
    for select in term.exact().into_iter().chain(term.ending()).chain(term.starting()) {
        let ids = db.all(&numbered(select.sql()), select.values(), |row| Ok(InvoiceId(row.int(0)?)))?;
        found.extend(ids.into_iter().take(limit).filter(|id| !found.contains(id)).collect::<Vec<_>>());
    }
    found.truncate(limit);
    Ok(found)
}

/// A subscription of that number, and assets whose serial number starts so.
fn rented(db: &Db, term: &Term, limit: usize, today: NaiveDate) -> Result<Vec<Hit>> {
    let number = term.subscription().map(SubscriptionId);
    let mut found: Vec<Hit> =
        subscriptions_by_id(db, &Vec::from_iter(number), today)?.into_iter().map(Hit::Subscription).collect();
    if let Some(select) = term.serials() {
        let mut ids = db.all(&numbered(select.sql()), select.values(), |row| Ok(AssetId(row.int(0)?)))?;
        ids.dedup();
        ids.truncate(limit);
        found.extend(assets_by_id(db, &ids)?.into_iter().map(Hit::Asset));
    }
    Ok(found)
}

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
