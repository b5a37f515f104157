//! Subscriptions that bill: what is due, what turns their price, when they end.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::currency::Currency;
use crate::domain::customer::CustomerKind;
use crate::domain::frequency::Frequency;
use crate::domain::id::{AddressId, CustomerId, GroupId, SubscriptionId};
use crate::domain::tax::{PriceBasis, TaxRate};
use crate::domain::tax_change::{RateChange, rate_on};
use crate::store::engine::{Db, Row};
use crate::store::error::Result;
use crate::store::shop::{count, currency, rate};
use crate::store::tax_change;

/// A subscription with a period to bill, and what its billing depends on.
#[derive(Clone, Debug)]
pub struct DueSubscription {
    pub id: SubscriptionId,
    pub customer: CustomerId,
    /// The group it bills to.
    pub group: Option<GroupId>,
    /// How often it bills.
    pub frequency: Frequency,
    /// First day of the contract.
    pub start_on: NaiveDate,
    /// First day after it.
    pub end_on: NaiveDate,
    /// Its end as agreed, where a cancellation to a day to come cut it.
    pub agreed_end_on: Option<NaiveDate>,
    /// Day of the month it bills on.
    pub anchor_day: u32,
    /// The first period not yet materialised.
    pub next_index: u32,
    /// When it was activated.
    pub activated_on: NaiveDate,
    /// Price a month as agreed first.
    pub price_minor: i64,
    pub currency: Currency,
    /// Whether its prices have the tax in them, as agreed.
    pub basis: PriceBasis,
    /// Its tax rate as agreed; nothing for a customer who pays no tax.
    pub agreed_tax: TaxRate,
    pub ordered_on: NaiveDate,
    /// Changes of the law, by their days.
    pub rate_changes: Arc<[RateChange]>,
    pub kind: CustomerKind,
    /// The customer's own terms.
    pub own_terms: Option<u32>,
    pub class_terms: u32,
    pub group_terms: Option<u32>,
    /// Whether a person reviews its invoices first.
    pub review_required: bool,
    /// The address its order is billed to; none: the customer's billing address, whichever that is then.
    pub bill_to: Option<AddressId>,
}

impl DueSubscription {
    /// The tax rate of what it bills up to this day, the last of a period; nothing for a customer who pays no tax.
    pub fn tax_on(&self, day: NaiveDate) -> TaxRate {
        rate_on(self.agreed_tax, self.ordered_on, day, &self.rate_changes)
    }
}

const DUE: &str = "SELECT s.id, s.customer_id, c.group_id, s.frequency, s.start_on, s.end_on, s.anchor_day, s.next_index, \
    s.activated_on, s.price_minor, s.currency, s.tax_ppm, c.kind, c.terms_days, p.terms_days, g.terms_days, p.review_required, \
    c.tax_treatment, (SELECT o.billing_address_id FROM rental_order o WHERE o.id = s.order_id), s.agreed_end_on, s.price_basis, \
    (SELECT o.ordered_on FROM rental_order o WHERE o.id = s.order_id)";

/// The customer of a subscription as it reads today: terms, class and group of a merged one are those of the kept one.
const OF_ROOT: &str = "CROSS JOIN customer m CROSS JOIN customer c";
const IS_ROOT: &str = "m.id = s.customer_id AND c.id = COALESCE(m.root_id, m.id)";

const DUE_JOINS: &str = "CROSS JOIN collection_policy p LEFT JOIN billing_group g ON g.id = c.group_id";
const IS_DUE: &str = "p.class_id = c.class_id AND p.invoice_kind = 'regular'";

fn read_due(row: &Row, rate_changes: &Arc<[RateChange]>) -> Result<DueSubscription> {
    let pays_tax = row.text(17)? == "standard";
    Ok(DueSubscription {
        id: SubscriptionId(row.int(0)?),
        customer: CustomerId(row.int(1)?),
        group: row.opt_int(2)?.map(GroupId),
        frequency: row.parsed(3)?,
        start_on: row.date(4)?,
        end_on: row.date(5)?,
        anchor_day: count(row, 6)?,
        next_index: count(row, 7)?,
        activated_on: row.date(8)?,
        price_minor: row.int(9)?,
        currency: currency(row, 10)?,
        agreed_tax: if pays_tax { rate(row, 11)? } else { TaxRate::ZERO },
        ordered_on: row.date(21)?,
        rate_changes: Arc::clone(rate_changes),
        kind: row.parsed(12)?,
        own_terms: optional_count(row, 13)?,
        class_terms: count(row, 14)?,
        group_terms: optional_count(row, 15)?,
        review_required: row.flag(16)?,
        bill_to: row.opt_int(18)?.map(AddressId),
        agreed_end_on: row.opt_date(19)?,
        basis: row.parsed(20)?,
    })
}

fn optional_count(row: &Row, at: usize) -> Result<Option<u32>> {
    Ok(row.opt_int(at)?.and_then(|days| u32::try_from(days).ok()))
}

/// Subscriptions that bill and whose next period starts on `until` or before.
pub fn due(db: &Db, until: NaiveDate) -> Result<Vec<DueSubscription>> {
    let sql = format!(
        "{DUE} FROM subscription s {OF_ROOT} {DUE_JOINS} \
         WHERE {IS_ROOT} AND {IS_DUE} AND s.next_start_on IS NOT NULL AND s.status <> 'draft' AND s.status <> 'paused' AND s.status <> 'ended' \
         AND s.status <> 'cancelled' AND s.next_start_on <= ?1 ORDER BY s.next_start_on, s.id"
    );
    let changes = tax_change::changes(db)?;
    db.all(&sql, &[until.into()], |row| read_due(row, &changes))
}

/// Subscriptions of a group's members that bill and whose next period starts on `until` or before.
pub fn due_of_group(db: &Db, group: GroupId, until: NaiveDate) -> Result<Vec<DueSubscription>> {
    let bills = "s.next_start_on IS NOT NULL AND s.status IN ('active', 'paused', 'suspended') AND s.status <> 'paused' \
         AND s.next_start_on <= ?2";
    let own = format!(
        "{DUE} FROM customer c CROSS JOIN subscription s {DUE_JOINS} \
         WHERE s.customer_id = c.id AND {IS_DUE} AND c.group_id = ?1 AND c.root_id IS NULL AND {bills}"
    );
    let of_merged = format!(
        "{DUE} FROM customer m CROSS JOIN customer c CROSS JOIN subscription s {DUE_JOINS} \
         WHERE s.customer_id = m.id AND {IS_DUE} AND m.root_id IS NOT NULL AND c.id = m.root_id AND c.group_id = ?1 AND {bills}"
    );
    let changes = tax_change::changes(db)?;
    let mut due = db.all(&own, &[group.into(), until.into()], |row| read_due(row, &changes))?;
    due.extend(db.all(&of_merged, &[group.into(), until.into()], |row| read_due(row, &changes))?);
    due.sort_by_key(|one| one.id);
    Ok(due)
}

/// One subscription with what its billing depends on, whatever is due.
pub fn due_by_id(db: &Db, id: SubscriptionId) -> Result<Option<DueSubscription>> {
    let sql = format!("{DUE} FROM subscription s {OF_ROOT} {DUE_JOINS} WHERE {IS_ROOT} AND {IS_DUE} AND s.id = ?1");
    let changes = tax_change::changes(db)?;
    db.one(&sql, &[id.into()], |row| read_due(row, &changes))
}

/// A day on which something changes, for one subscription: a price from then on, or a pause until a day.
#[derive(Clone, Debug)]
pub enum Turn {
    /// This price a month from this day on.
    Price(NaiveDate, i64),
    /// This period, by its place in the schedule, was billed or cancelled out of turn, at this price a month.
    Ahead(u32, Option<i64>),
    /// Paused from the first day up to, not including, the second.
    Pause(NaiveDate, Option<NaiveDate>),
}

/// Price changes, pauses and periods billed ahead of live subscriptions; few in any book.
pub fn turns(db: &Db) -> Result<HashMap<SubscriptionId, Vec<Turn>>> {
    let mut found = db.all(
        "SELECT subscription_id, from_on, price_minor FROM price_change ORDER BY subscription_id, from_on",
        &[],
        |row| Ok((SubscriptionId(row.int(0)?), Turn::Price(row.date(1)?, row.int(2)?))),
    )?;
    found.extend(db.all(
        "SELECT subscription_id, from_on, to_on FROM pause ORDER BY subscription_id, from_on",
        &[],
        |row| Ok((SubscriptionId(row.int(0)?), Turn::Pause(row.date(1)?, row.opt_date(2)?))),
    )?);
    found.extend(db.all(
        "SELECT subscription_id, period_index, price_minor FROM period_ahead ORDER BY subscription_id, period_index",
        &[],
        |row| Ok((SubscriptionId(row.int(0)?), Turn::Ahead(count(row, 1)?, row.opt_int(2)?))),
    )?);
    let mut turns: HashMap<SubscriptionId, Vec<Turn>> = HashMap::new();
    for (id, turn) in found {
        turns.entry(id).or_default().push(turn);
    }
    Ok(turns)
}

/// Takes one period of a subscription, unless another pass took it first. Periods in between were paused.
pub fn claim(db: &Db, id: SubscriptionId, index: u32, next_start: Option<NaiveDate>) -> Result<bool> {
    let rows = db.execute(
        "UPDATE subscription SET next_index = ?2 + 1, next_start_on = ?3 WHERE id = ?1 AND next_index <= ?2 \
         AND status IN ('active', 'suspended') \
         AND NOT EXISTS (SELECT 1 FROM period_ahead WHERE subscription_id = ?1 AND period_index = ?2)",
        &[id.into(), index.into(), next_start.into()],
    )?;
    Ok(rows == 1)
}

/// Takes a period out of turn at this price a month, unless it was taken before.
pub fn claim_ahead(db: &Db, id: SubscriptionId, index: u32, monthly_minor: i64) -> Result<bool> {
    let rows = db.execute(
        "INSERT INTO period_ahead (subscription_id, period_index, price_minor) SELECT id, ?2, ?3 FROM subscription \
         WHERE id = ?1 AND next_index < ?2 AND status IN ('active', 'suspended') ON CONFLICT DO NOTHING",
        &[id.into(), index.into(), monthly_minor.into()],
    )?;
    Ok(rows == 1)
}

/// A period that was taken is to come again; later ones that have a payment stay taken, out of turn now. The start of
/// the next period is not looked up: see [`start_next`].
pub fn free_period(db: &Db, id: SubscriptionId, index: u32) -> Result<()> {
    let one = [id.into(), index.into()];
    db.execute(
        "INSERT INTO period_ahead (subscription_id, period_index, price_minor) \
         SELECT s.id, p.period_index, COALESCE((SELECT c.price_minor FROM price_change c WHERE c.subscription_id = s.id \
         AND c.from_on <= p.period_start_on ORDER BY c.from_on DESC LIMIT 1), s.price_minor) \
         FROM payment p CROSS JOIN subscription s WHERE s.id = p.subscription_id AND p.subscription_id = ?1 \
         AND p.kind = 'period' AND p.period_index > ?2 AND p.period_index < s.next_index ORDER BY p.id ON CONFLICT DO NOTHING",
        &one,
    )?;
    db.execute("DELETE FROM period_ahead WHERE subscription_id = ?1 AND period_index = ?2", &one)?;
    db.execute(
        "UPDATE subscription SET next_index = COALESCE((SELECT MAX(p.period_index) + 1 FROM payment p \
         WHERE p.subscription_id = ?1 AND p.kind = 'period' AND p.period_index < ?2), 0) WHERE id = ?1 AND next_index > ?2",
        &one,
    )
    .map(drop)
}

/// A period is left out by the pass: it was passed over, and billed otherwise at this price a month.
pub fn pass_over(db: &Db, id: SubscriptionId, index: u32, monthly_minor: i64) -> Result<()> {
    let sql = "INSERT INTO period_ahead (subscription_id, period_index, price_minor) VALUES (?1, ?2, ?3) \
        ON CONFLICT DO NOTHING";
    db.execute(sql, &[id.into(), index.into(), monthly_minor.into()]).map(drop)
}

/// Writes down when the next period starts that is to come.
pub fn start_next(db: &Db, id: SubscriptionId, next_start: Option<NaiveDate>) -> Result<()> {
    db.execute("UPDATE subscription SET next_start_on = ?2 WHERE id = ?1", &[id.into(), next_start.into()]).map(drop)
}

/// Subscriptions whose status does not say yet what their pauses say of `today`: those that bill again, or those that
/// begin to rest.
pub fn pauses_to_tell(db: &Db, today: NaiveDate, bills_again: bool) -> Result<Vec<SubscriptionId>> {
    let sql = if bills_again {
        "SELECT s.id FROM subscription s WHERE s.status = 'paused' \
         AND EXISTS (SELECT 1 FROM pause p WHERE p.subscription_id = s.id AND p.to_on <= ?1) \
         AND NOT EXISTS (SELECT 1 FROM pause p WHERE p.subscription_id = s.id AND p.from_on <= ?1 \
         AND (p.to_on IS NULL OR p.to_on > ?1)) ORDER BY s.id"
    } else {
        "SELECT s.id FROM pause p CROSS JOIN subscription s WHERE s.id = p.subscription_id AND p.from_on <= ?1 \
         AND (p.to_on IS NULL OR p.to_on > ?1) AND s.status = 'active' ORDER BY s.id"
    };
    db.all(sql, &[today.into()], |row| Ok(SubscriptionId(row.int(0)?)))
}

/// Lets a subscription rest, or bill again.
pub fn tell_pause(db: &Db, id: SubscriptionId, bills_again: bool) -> Result<()> {
    let (from, to) = if bills_again { ("paused", "active") } else { ("active", "paused") };
    let sql = "UPDATE subscription SET status = ?3 WHERE id = ?1 AND status = ?2";
    db.execute(sql, &[id.into(), from.into(), to.into()]).map(drop)
}

/// Live subscriptions whose contract is over on `today`: number, end, asset.
pub fn ended(db: &Db, today: NaiveDate, limit: u32) -> Result<Vec<(SubscriptionId, NaiveDate, Option<i64>)>> {
    db.all(
        "SELECT id, end_on, asset_id FROM subscription \
         WHERE status <> 'draft' AND status <> 'ended' AND status <> 'cancelled' AND end_on <= ?1 \
         ORDER BY end_on, id LIMIT ?2",
        &[today.into(), limit.into()],
        |row| Ok((SubscriptionId(row.int(0)?), row.date(1)?, row.opt_int(2)?)),
    )
}

/// Ends a completed contract, or one that was cancelled to this day; its asset is back in stock.
pub fn end_subscription(db: &Db, id: SubscriptionId, on: NaiveDate, asset: Option<i64>) -> Result<()> {
    db.execute(
        "UPDATE subscription SET status = CASE WHEN ended_on IS NULL THEN 'ended' ELSE 'cancelled' END, \
         end_reason = CASE WHEN ended_on IS NULL THEN 'completed' END, ended_on = ?2, next_start_on = NULL, \
         version = version + 1 WHERE id = ?1",
        &[id.into(), on.into()],
    )?;
    if let Some(asset) = asset {
        db.execute(
            "UPDATE asset SET state = 'in_stock', version = version + 1 WHERE id = ?1 AND state = 'rented'",
            &[asset.into()],
        )?;
    }
    Ok(())
}

/// Whether a subscription bills: it is active or suspended.
pub fn bills(db: &Db, id: SubscriptionId) -> Result<bool> {
    let sql = "SELECT CASE WHEN status IN ('active', 'suspended') THEN 1 ELSE 0 END FROM subscription WHERE id = ?1";
    Ok(db.one(sql, &[id.into()], |row| row.flag(0))?.unwrap_or(false))
}
