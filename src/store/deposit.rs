//! Deposits: security money that is held, returned or kept. A liability, never income.

use chrono::NaiveDate;

use super::engine::{Db, Row};
use super::error::{Result, StoreError};
use super::shop::currency;
use crate::domain::id::{PaymentId, SubscriptionId};
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

/// Says where a deposit stands now: returned, kept in part or whole, or held again by an undo.
pub fn set_state(
    db: &Db,
    id: i64,
    state: DepositState,
    kept_minor: i64,
    (closed_on, reason): (Option<NaiveDate>, &str),
) -> Result<()> {
    let rows = db.execute(
        "UPDATE deposit SET state = ?2, kept_minor = ?3, closed_on = ?4, reason = ?5 WHERE id = ?1",
        &[id.into(), state.code().into(), kept_minor.into(), closed_on.into(), reason.into()],
    )?;
    if rows == 1 { Ok(()) } else { Err(StoreError::refused("the deposit is gone")) }
}
