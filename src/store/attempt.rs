//! Charge attempts: every try to get the money of a payment, kept with its reason.

use chrono::NaiveDate;

use super::engine::{Db, Row};
use super::error::Result;
use super::receipt::Owed;
use crate::domain::id::{ActivityId, PaymentId, ReceiptId};
use crate::domain::reason::DeclineReason;
use crate::domain::status::AttemptState;

/// An attempt about to be written.
#[derive(Clone, Copy, Debug)]
pub struct NewAttempt<'a> {
    /// The payment, with what is open of it.
    pub payment: &'a Owed,
    /// The customer's method it was tried with.
    pub method: Option<i64>,
    /// How much in minor units.
    pub amount_minor: i64,
    /// Where it stands.
    pub state: AttemptState,
    /// When it was tried.
    pub on: NaiveDate,
    /// Why it was declined.
    pub declined: Option<DeclineReason>,
    /// What was said of it.
    pub text: &'a str,
    /// What the processor or bank calls it.
    pub reference: &'a str,
    /// The activity it belongs to.
    pub activity: ActivityId,
}

/// Writes an attempt that a person made outside; one an activity and payment.
pub fn insert(db: &Db, new: &NewAttempt) -> Result<i64> {
    db.insert(
        "INSERT INTO charge_attempt (payment_id, payment_method_id, currency, amount_minor, state, attempted_on, idempotency_key, \
         processor_reference, decline_reason, decline_text, activity_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        &[
            new.payment.id.into(),
            new.method.into(),
            new.payment.currency.code().into(),
            new.amount_minor.into(),
            new.state.code().into(),
            new.on.into(),
            format!("manual-{}-{}", new.activity, new.payment.id).into(),
            new.reference.into(),
            new.declined.map(DeclineReason::code).into(),
            new.text.into(),
            new.activity.into(),
        ],
    )
}

/// An attempt as Actions see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempt {
    pub id: i64,
    pub payment: PaymentId,
    /// Where it stands.
    pub state: AttemptState,
    /// The activity it belongs to.
    pub activity: ActivityId,
}

const ATTEMPT: &str = "SELECT id, payment_id, state, activity_id FROM charge_attempt";

fn read(row: &Row) -> Result<Attempt> {
    let (id, payment) = (row.int(0)?, PaymentId(row.int(1)?));
    Ok(Attempt { id, payment, state: row.parsed(2)?, activity: ActivityId(row.int(3)?) })
}

/// The attempt of a payment whose result is still to come.
pub fn open(db: &Db, payment: PaymentId) -> Result<Option<Attempt>> {
    let sql = format!("{ATTEMPT} WHERE payment_id = ?1 AND state IN ('created', 'sent', 'pending')");
    db.one(&sql, &[payment.into()], read)
}

/// The attempts an activity wrote.
pub fn of_activity(db: &Db, activity: ActivityId) -> Result<Vec<Attempt>> {
    db.all(&format!("{ATTEMPT} WHERE activity_id = ?1"), &[activity.into()], read)
}

/// The attempt of this number.
pub fn by_id(db: &Db, id: i64) -> Result<Option<Attempt>> {
    db.one(&format!("{ATTEMPT} WHERE id = ?1"), &[id.into()], read)
}

/// The attempts that ended with this receipt.
pub fn settled_by(db: &Db, receipt: ReceiptId) -> Result<Vec<Attempt>> {
    let sql = format!(
        "{ATTEMPT} WHERE payment_id IN (SELECT payment_id FROM pending_allocation WHERE receipt_id = ?1) \
         AND receipt_id = ?1 AND state = 'settled'"
    );
    db.all(&sql, &[receipt.into()], read)
}

/// The outcome of an attempt is not known after all: what was said of it is taken back.
pub fn send_again(db: &Db, id: i64) -> Result<()> {
    db.execute(
        "UPDATE charge_attempt SET state = 'sent', receipt_id = NULL, decline_reason = NULL, decline_text = '' WHERE id = ?1",
        &[id.into()],
    )
    .map(drop)
}

/// The outcome of an attempt is known: the money came with a receipt, or it was withdrawn.
pub fn finish(db: &Db, id: i64, state: AttemptState, receipt: Option<ReceiptId>) -> Result<()> {
    db.execute(
        "UPDATE charge_attempt SET state = ?2, receipt_id = COALESCE(?3, receipt_id) WHERE id = ?1",
        &[id.into(), state.code().into(), receipt.into()],
    )
    .map(drop)
}

/// The outcome of an attempt is known: no money came.
pub fn decline(db: &Db, id: i64, reason: DeclineReason, text: &str) -> Result<()> {
    db.execute(
        "UPDATE charge_attempt SET state = 'declined', decline_reason = ?2, decline_text = ?3 WHERE id = ?1",
        &[id.into(), reason.code().into(), text.into()],
    )
    .map(drop)
}
