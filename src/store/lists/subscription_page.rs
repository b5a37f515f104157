//! The page of one subscription: its whole schedule, past and future.

use chrono::NaiveDate;

use super::activity_rows;
use super::activity_rows::ActivityRow;
use super::customer_page::{Recovery, recovery};
use super::deposits::{HeldRow, deposit_of};
use super::next_payment::to_come;
use super::subscriptions::{SubscriptionRow, subscriptions_by_id};
use crate::domain::currency::Currency;
use crate::domain::id::{AddressId, InvoiceId, PaymentId, SubscriptionId};
use crate::domain::money::Money;
use crate::domain::status::{EndReason, PaymentStatus};
use crate::domain::tax::PriceBasis;
use crate::store::engine::Db;
use crate::store::error::Result;
use crate::store::{address, order, subscription};

/// Everything about one subscription.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubscriptionPage {
    pub row: SubscriptionRow,
    pub version: i64,
    /// Day of the month it bills on.
    pub anchor_day: u32,
    /// How its prices are meant, as agreed.
    pub prices_are: PriceBasis,
    /// How the shop means new ones.
    pub shop_prices_are: PriceBasis,
    /// When it was activated.
    pub activated_on: Option<NaiveDate>,
    /// When it ended or was cancelled.
    pub ended_on: Option<NaiveDate>,
    pub end_reason: Option<EndReason>,
    /// The one this upgraded.
    pub previous_id: Option<SubscriptionId>,
    /// The one that upgraded this.
    pub next_id: Option<SubscriptionId>,
    /// Received against the asset's cost.
    pub recovery: Recovery,
    /// Every period, past and future, in order.
    pub schedule: Vec<ScheduleLine>,
    /// Prices a month and the day each holds from.
    pub prices: Vec<(NaiveDate, Money)>,
    /// Pauses: from, and the first day that bills again.
    pub pauses: Vec<(NaiveDate, Option<NaiveDate>)>,
    /// Assets replaced: when, old and new serial number.
    pub replacements: Vec<(NaiveDate, String, String)>,
    /// Where it goes; none: to the billing address.
    pub shipping_address: Option<address::Saved>,
    /// Where its invoices go; none: to the customer's billing address, or as its group says.
    pub billing_address: Option<address::Saved>,
    pub deposit: Option<HeldRow>,
    /// What was done about it, newest first, at most fifty.
    pub activity: Vec<ActivityRow>,
}

impl SubscriptionPage {
    /// ` with tax` or ` without tax`, to stand behind a price; nothing where contract and shop both add it on the invoice.
    pub fn tax_word(&self) -> String {
        match (self.prices_are, self.shop_prices_are) {
            (PriceBasis::Net, PriceBasis::Net) => String::new(),
            (own, _) => format!(" {}", own.word()),
        }
    }
}

/// One period of the schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScheduleLine {
    /// Its place, from 0.
    pub index: u32,
    /// First day.
    pub start_on: NaiveDate,
    /// The day after the last one.
    pub end_on: NaiveDate,
    /// When it is or would be due.
    pub due_on: NaiveDate,
    /// What it costs: gross once invoiced, else as priced.
    pub amount: Money,
    /// What is open of it.
    pub open: Money,
    /// The payment, once materialised.
    pub payment_id: Option<PaymentId>,
    /// Its status, once materialised.
    pub status: Option<PaymentStatus>,
    /// The invoice it stands on.
    pub invoice_id: Option<InvoiceId>,
    pub invoice_number: Option<String>,
}

fn place(db: &Db, id: Option<AddressId>) -> Result<Option<address::Saved>> {
    Ok(id.map(|id| address::by_id(db, id)).transpose()?.flatten())
}

/// The page of a subscription.
pub fn subscription_page(db: &Db, id: SubscriptionId, today: NaiveDate) -> Result<Option<SubscriptionPage>> {
    let Some(row) = subscriptions_by_id(db, &[id], today)?.pop() else { return Ok(None) };
    let currency = row.price.currency();
    let head = db.one(HEAD, &[id.into()], |row| {
        let previous = row.opt_int(4)?.map(SubscriptionId);
        Ok((
            row.int(0)?,
            row.opt_date(1)?,
            row.opt_date(2)?,
            row.opt_parsed(3)?,
            previous,
            row.opt_int(5)?,
            row.int(6)?,
            (row.parsed(7)?, row.parsed(8)?),
        ))
    })?;
    let Some((
        anchor_day,
        activated_on,
        ended_on,
        end_reason,
        previous_id,
        next_id,
        version,
        (prices_are, shop_prices_are),
    )) = head
    else {
        return Ok(None);
    };
    let prices = db.all(
        "SELECT from_on, price_minor FROM price_change WHERE subscription_id = ?1 ORDER BY from_on",
        &[id.into()],
        |row| Ok((row.date(0)?, Money::new(row.int(1)?, currency))),
    )?;
    Ok(Some(SubscriptionPage {
        version,
        anchor_day: u32::try_from(anchor_day).unwrap_or(1),
        prices_are,
        shop_prices_are,
        activated_on,
        ended_on,
        end_reason,
        previous_id,
        next_id: next_id.map(SubscriptionId),
        recovery: recovery(db, id, row.price)?,
        schedule: schedule(db, id, currency)?,
        prices,
        pauses: db.all(
            "SELECT from_on, to_on FROM pause WHERE subscription_id = ?1 ORDER BY from_on",
            &[id.into()],
            |row| Ok((row.date(0)?, row.opt_date(1)?)),
        )?,
        shipping_address: place(db, subscription::by_id(db, id)?.and_then(|known| known.state.shipping_address))?,
        billing_address: place(db, order::by_id(db, row.order_id)?.and_then(|order| order.billing_address))?,
        replacements: db.all(REPLACEMENTS, &[id.into()], |row| Ok((row.date(0)?, row.text(1)?, row.text(2)?)))?,
        deposit: deposit_of(db, id)?,
        activity: activity_rows::of_subscription(db, id, row.order_id, 20)?,
        row,
    }))
}

const HEAD: &str = "SELECT s.anchor_day, s.activated_on, s.ended_on, s.end_reason, s.previous_id, \
    (SELECT MAX(n.id) FROM subscription n JOIN rental_order o ON o.id = n.order_id WHERE n.previous_id = s.id \
     AND o.status <> 'cancelled'), s.version, s.price_basis, shop.price_basis FROM subscription s CROSS JOIN shop WHERE s.id = ?1";

const REPLACEMENTS: &str = "SELECT r.replaced_on, o.serial, n.serial FROM asset_replacement r JOIN asset o ON o.id = r.old_asset_id \
    JOIN asset n ON n.id = r.new_asset_id WHERE r.subscription_id = ?1 ORDER BY r.replaced_on, r.id";

const MADE: &str = "SELECT p.period_index, p.period_start_on, p.period_end_on, p.due_on, p.amount_minor, p.settled_minor, p.id, p.status, \
    p.invoice_id, i.number FROM payment p LEFT JOIN invoice i ON i.id = p.invoice_id \
    WHERE p.subscription_id = ?1 AND p.kind = 'period' ORDER BY p.period_start_on, p.id";

/// The periods that are materialised, then those to come.
fn schedule(db: &Db, id: SubscriptionId, currency: Currency) -> Result<Vec<ScheduleLine>> {
    let mut lines = db.all(MADE, &[id.into()], |row| {
        let (amount, settled): (i64, i64) = (row.int(4)?, row.int(5)?);
        let status: PaymentStatus = row.parsed(7)?;
        let is_open = !matches!(status, PaymentStatus::Paid | PaymentStatus::Cancelled);
        Ok(ScheduleLine {
            index: u32::try_from(row.int(0)?).unwrap_or(0),
            start_on: row.date(1)?,
            end_on: row.date(2)?,
            due_on: row.date(3)?,
            amount: Money::new(amount, currency),
            open: Money::new(if is_open { amount - settled } else { 0 }, currency),
            payment_id: Some(PaymentId(row.int(6)?)),
            status: Some(status),
            invoice_id: row.opt_int(8)?.map(InvoiceId),
            invoice_number: row.opt_text(9)?,
        })
    })?;
    let is_live =
        db.one("SELECT next_start_on FROM subscription WHERE id = ?1", &[id.into()], |row| row.opt_text(0))?;
    if is_live.flatten().is_none() {
        return Ok(lines);
    }
    for planned in to_come(db, id, NaiveDate::MAX)? {
        let amount = Money::new(planned.priced, currency);
        lines.push(ScheduleLine {
            index: planned.period.index,
            start_on: planned.period.start,
            end_on: planned.period.end,
            due_on: planned.due_on,
            amount,
            open: amount,
            payment_id: None,
            status: None,
            invoice_id: None,
            invoice_number: None,
        });
    }
    Ok(lines)
}
