//! Find anything: one box over names, emails, phones, companies, numbers of all kinds, references and amounts.

use chrono::NaiveDate;

use super::customers::{CustomerRow, customer_lookup, customers_by_id};
use super::groups::{GroupFilter, GroupRow, groups};
use super::invoices::{InvoiceFilter, InvoiceRow, InvoiceSort, invoices};
use super::page::Page;
use super::payments::{PaymentFilter, PaymentRow, PaymentView, payments};
use super::products::{AssetFilter, AssetRow, assets};
use super::subscriptions::SubscriptionRow;
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

/// The best hits for what is typed: customers, groups, then payments and invoices, then assets; at most four of a kind
/// while others have hits too.
///
/// # Errors
/// When the file fails.
pub fn find(db: &Db, query: &str, limit: usize, today: NaiveDate) -> Result<Found> {
    let query = query.trim();
    if query.is_empty() {
        return Ok(Found::default());
    }
    let one_more = limit + 1;
    let people = customers_by_id(
        db,
        &customer_lookup(db, query, one_more)?.iter().map(|row| row.id).collect::<Vec<_>>(),
        today,
    )?;
    let group_filter = GroupFilter { query: query.to_owned(), ..GroupFilter::default() };
    let groups = groups(db, &group_filter, &Page::first(one_more), today)?.rows;
    let open = PaymentFilter { query: query.to_owned(), ..PaymentFilter::default() };
    let mut payments = payments(db, &open, &Page::first(one_more), today)?.rows;
    if payments.len() < one_more {
        let all = PaymentFilter { view: PaymentView::All, reverse: true, ..open };
        for row in super::payments::payments(db, &all, &Page::first(one_more), today)?.rows {
            if payments.len() < one_more && payments.iter().all(|known| known.id != row.id) {
                payments.push(row);
            }
        }
    }
    let shown = |id| payments.iter().any(|row| row.invoice_id == Some(id));
    let filter = InvoiceFilter { query: query.to_owned(), sort: InvoiceSort::Number, ..InvoiceFilter::default() };
    let starts_a_number = query.starts_with(|letter: char| letter.is_ascii_digit());
    let invoices =
        if starts_a_number { invoices(db, &filter, &Page::first(one_more), today)?.rows } else { Vec::new() };
    let invoices: Vec<Hit> = invoices.into_iter().filter(|row| !shown(row.id)).map(Hit::Invoice).collect();
    let assets = AssetFilter { query: query.to_owned(), ..AssetFilter::default() };
    let assets = if query.len() >= 3 { assets_of(db, &assets, one_more)? } else { Vec::new() };
    let kinds = [
        people.into_iter().map(Hit::Customer).collect::<Vec<_>>(),
        groups.into_iter().map(Hit::Group).collect(),
        payments.into_iter().map(Hit::Payment).chain(invoices).collect(),
        assets,
    ];
    Ok(best(kinds, limit))
}

fn assets_of(db: &Db, filter: &AssetFilter, limit: usize) -> Result<Vec<Hit>> {
    Ok(assets(db, filter, &Page::first(limit))?.rows.into_iter().map(Hit::Asset).collect())
}

/// At most `limit` hits: up to four of each kind first, then what is left of the kinds in their order.
fn best(kinds: [Vec<Hit>; 4], limit: usize) -> Found {
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
