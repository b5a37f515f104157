//! Deposits: security money that is held, returned or kept. A liability until it is kept.

use chrono::NaiveDate;

use super::engine::{Db, Row};
use super::error::{Result, StoreError};
use super::shop::currency;
use crate::domain::deposit::{Moved, Tally, tally};
use crate::domain::id::{ActivityId, PaymentId, SubscriptionId};
use crate::domain::log::Log;
use crate::domain::money::Money;
use crate::domain::status::DepositState;

/// A deposit as saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deposit {
    pub id: i64,
    pub subscription: SubscriptionId,
    /// The payment that asked for it.
    pub payment: PaymentId,
    /// How much was asked for.
    pub amount: Money,
    /// Where it stands.
    pub state: DepositState,
    /// What the shop kept.
    pub kept: Money,
    /// When it was closed.
    pub closed_on: Option<NaiveDate>,
    /// Why, as a person says it.
    pub reason: String,
}

const COLUMNS: &str = "SELECT d.id, d.subscription_id, d.payment_id, d.amount_minor, p.currency, d.state, d.kept_minor, d.closed_on, \
    d.reason FROM deposit d JOIN payment p ON p.id = d.payment_id";

fn read(row: &Row) -> Result<Deposit> {
    let currency = currency(row, 4)?;
    Ok(Deposit {
        id: row.int(0)?,
        subscription: SubscriptionId(row.int(1)?),
        payment: PaymentId(row.int(2)?),
        amount: Money::new(row.int(3)?, currency),
        state: row.parsed(5)?,
        kept: Money::new(row.int(6)?, currency),
        closed_on: row.opt_date(7)?,
        reason: row.text(8)?,
    })
}

/// The deposit with this number.
pub fn by_id(db: &Db, id: i64) -> Result<Option<Deposit>> {
    db.one(&format!("{COLUMNS} WHERE d.id = ?1"), &[id.into()], read)
}

/// The deposit of a subscription, the newest one.
pub fn of_subscription(db: &Db, id: SubscriptionId) -> Result<Option<Deposit>> {
    db.one(&format!("{COLUMNS} WHERE d.subscription_id = ?1 ORDER BY d.id DESC LIMIT 1"), &[id.into()], read)
}

/// What a person decided of a deposit.
#[derive(Clone, Copy, Debug)]
pub struct Closing<'a> {
    pub state: DepositState,
    pub kept_minor: i64,
    pub on: NaiveDate,
    pub reason: &'a str,
    /// The step that moved its money.
    pub activity: ActivityId,
}

/// Closes a deposit whose money has gone where it goes; with `None` an undo holds it again.
pub fn close(db: &Db, id: i64, closing: Option<Closing>) -> Result<()> {
    let state = closing.map_or(DepositState::Held, |closing| closing.state);
    let rows = db.execute(
        "UPDATE deposit SET state = ?2, kept_minor = ?3, closed_on = ?4, reason = ?5, activity_id = ?6 WHERE id = ?1",
        &[
            id.into(),
            state.code().into(),
            closing.map_or(0, |closing| closing.kept_minor).into(),
            closing.map(|closing| closing.on).into(),
            closing.map_or("", |closing| closing.reason).into(),
            closing.map(|closing| closing.activity).into(),
        ],
    )?;
    if rows == 1 { Ok(()) } else { Err(StoreError::refused("the deposit is gone")) }
}

/// What each step moved on a deposit's payment; a step and its undo are one, and move nothing.
const MOVED: &str = "SELECT o.action, x.minor FROM (SELECT COALESCE(v.undoes_id, v.id) AS step, \
    CAST(SUM(a.amount_minor) AS BIGINT) AS minor FROM allocation a JOIN activity v ON v.id = a.activity_id \
    WHERE a.payment_id = ?1 AND a.source = 'receipt' GROUP BY COALESCE(v.undoes_id, v.id)) x \
    JOIN activity o ON o.id = x.step WHERE x.minor <> 0";

/// The money of a deposit.
pub fn money(db: &Db, deposit: &Deposit) -> Result<Tally> {
    let moved = db.all(MOVED, &[deposit.payment.into()], |row| {
        Ok(Moved { is_bounced: row.text(0)? == Log::BounceReceipt.code(), minor: row.int(1)? })
    })?;
    Ok(tally(&moved, deposit.state, deposit.kept.minor()))
}

/// An open deposit of a contract that is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeftOver {
    pub subscription: SubscriptionId,
    pub payment: PaymentId,
    pub open_minor: i64,
    /// When the contract was over.
    pub over_on: NaiveDate,
    pub invoiced_on: NaiveDate,
}

/// Up to `limit` open deposits on issued invoices whose contracts are over, by the day these were; what money is on its
/// way for is left out.
pub fn left_over(db: &Db, limit: usize) -> Result<Vec<LeftOver>> {
    db.all(
        "SELECT s.id, p.id, p.amount_minor - p.settled_minor, s.ended_on, i.invoiced_on \
         FROM payment p CROSS JOIN subscription s CROSS JOIN invoice i \
         WHERE p.kind = 'deposit' AND p.status <> 'paid' AND p.status <> 'cancelled' AND (p.status || '') <> 'processing' \
         AND s.id = p.subscription_id AND (s.status = 'ended' OR s.status = 'cancelled') AND s.ended_on IS NOT NULL \
         AND i.id = p.invoice_id AND i.state = 'issued' ORDER BY s.ended_on, p.id LIMIT ?1",
        &[i64::try_from(limit).unwrap_or(i64::MAX).into()],
        |row| {
            Ok(LeftOver {
                subscription: SubscriptionId(row.int(0)?),
                payment: PaymentId(row.int(1)?),
                open_minor: row.int(2)?,
                over_on: row.date(3)?,
                invoiced_on: row.date(4)?,
            })
        },
    )
}
