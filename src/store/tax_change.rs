//! Tax rates changed by law, and what such a change reaches.

use std::sync::Arc;

use chrono::NaiveDate;

use super::engine::{Db, Row};
use super::error::Result;
use super::shop::rate;
use crate::domain::id::{PaymentId, SubscriptionId};
use crate::domain::tax::TaxRate;
use crate::domain::tax_change::{RateChange, rate_on};

/// Periods billed at the old rate that are named.
const NAMED: i64 = 1_000;

/// A change as it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeptChange {
    pub id: i64,
    pub change: RateChange,
    /// When products and the shop got the new rate; none while the day is to come.
    pub applied_on: Option<NaiveDate>,
}

fn read(row: &Row) -> Result<KeptChange> {
    let change = RateChange { from: rate(row, 1)?, to: rate(row, 2)?, on: row.date(3)?, told_on: row.date(4)? };
    Ok(KeptChange { id: row.int(0)?, change, applied_on: row.opt_date(5)? })
}

/// Every change, by its day.
pub fn all(db: &Db) -> Result<Vec<KeptChange>> {
    let sql = "SELECT id, old_ppm, new_ppm, from_on, told_on, applied_on FROM tax_change ORDER BY from_on, id";
    db.all(sql, &[], read)
}

/// The same as rules read them.
pub fn changes(db: &Db) -> Result<Arc<[RateChange]>> {
    Ok(all(db)?.into_iter().map(|kept| kept.change).collect())
}

/// Keeps a change.
pub fn insert(db: &Db, change: &RateChange) -> Result<i64> {
    db.insert(
        "INSERT INTO tax_change (old_ppm, new_ppm, from_on, told_on) VALUES (?1, ?2, ?3, ?4)",
        &[change.from.ppm().into(), change.to.ppm().into(), change.on.into(), change.told_on.into()],
    )
}

/// Takes a change back.
pub fn remove(db: &Db, id: i64) -> Result<()> {
    db.execute("DELETE FROM tax_change WHERE id = ?1", &[id.into()]).map(drop)
}

/// Gives products and the shop the new rate. The products, and whether the shop's own rate changed.
pub fn apply(db: &Db, id: i64, (from, to): (TaxRate, TaxRate), on: NaiveDate) -> Result<(Vec<i64>, bool)> {
    let variants =
        db.all("SELECT id FROM variant WHERE tax_ppm = ?1 ORDER BY id", &[from.ppm().into()], |row| row.int(0))?;
    let shop = move_rates(db, &variants, (from, to), true)?;
    db.execute("UPDATE tax_change SET applied_on = ?2 WHERE id = ?1", &[id.into(), on.into()])?;
    Ok((variants, shop))
}

/// Sets products, and the shop where it is asked for, from one rate to another, where they have the first. Whether the shop's
/// changed.
pub fn move_rates(db: &Db, variants: &[i64], (from, to): (TaxRate, TaxRate), shop: bool) -> Result<bool> {
    let rates = [from.ppm().into(), to.ppm().into()];
    for id in variants {
        let sql = "UPDATE variant SET tax_ppm = ?2, version = version + 1 WHERE id = ?3 AND tax_ppm = ?1";
        db.execute(sql, &[from.ppm().into(), to.ppm().into(), (*id).into()])?;
    }
    let sql = "UPDATE shop SET tax_ppm = ?2, version = version + 1 WHERE tax_ppm = ?1";
    Ok(shop && db.execute(sql, &rates)? > 0)
}

/// Contracts that run past the day of a change at the rate it ends.
pub fn reached(db: &Db, new: &RateChange) -> Result<i64> {
    let known = changes(db)?;
    let mut count = 0;
    db.each(
        "SELECT s.tax_ppm, o.ordered_on FROM subscription s JOIN rental_order o ON o.id = s.order_id \
         WHERE s.status IN ('active', 'paused', 'suspended') AND s.end_on > ?1",
        &[new.on.into()],
        |row| {
            let (agreed, ordered_on) = (rate(row, 0)?, row.date(1)?);
            let is_reached = new.reaches(ordered_on) && rate_on(agreed, ordered_on, new.on, &known) == new.from;
            count += i64::from(is_reached);
            Ok(())
        },
    )?;
    Ok(count)
}

/// A period that was billed at the old rate and ends on the day of the change or later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BilledBefore {
    pub invoice: String,
    pub subscription: SubscriptionId,
    pub from_on: NaiveDate,
    /// The last day.
    pub to_on: NaiveDate,
}

/// Periods billed at the old rate that end on the day or later, and were not credited whole: to be credited and billed again
/// by a person.
pub fn billed_before(db: &Db, new: &RateChange) -> Result<Vec<BilledBefore>> {
    db.all(
        "SELECT i.number, p.subscription_id, p.period_start_on, p.period_end_on FROM payment p \
         JOIN invoice i ON i.id = p.invoice_id WHERE p.kind = 'period' AND p.status <> 'cancelled' AND i.state = 'issued' \
         AND p.period_end_on > ?1 AND p.tax_ppm = ?2 AND p.amount_minor > (SELECT COALESCE(SUM(a.amount_minor), 0) \
         FROM allocation a WHERE a.payment_id = p.id AND a.source = 'credit_note') \
         ORDER BY i.number_year, i.number_seq, p.line LIMIT ?3",
        &[new.on.into(), new.from.ppm().into(), NAMED.into()],
        |row| {
            let end = row.date(3)?;
            Ok(BilledBefore {
                invoice: row.text(0)?,
                subscription: SubscriptionId(row.int(1)?),
                from_on: row.date(2)?,
                to_on: end.pred_opt().unwrap_or(end),
            })
        },
    )
}

/// A period without an invoice, or on a draft: subscription, first day after it, its rate.
pub fn unbilled(db: &Db) -> Result<Vec<(PaymentId, SubscriptionId, NaiveDate, TaxRate)>> {
    db.all(
        "SELECT id, subscription_id, period_end_on, tax_ppm FROM payment \
         WHERE invoice_id IS NULL AND status = 'pending' AND kind = 'period' ORDER BY id",
        &[],
        |row| Ok((PaymentId(row.int(0)?), SubscriptionId(row.int(1)?), row.date(2)?, rate(row, 3)?)),
    )
}
