//! What was said of a receipt that was taken back, to say it once more.

use chrono::NaiveDate;

use super::billing::Payer;
use super::engine::Db;
use super::error::Result;
use super::shop::currency;
use crate::domain::id::{ActivityId, CustomerId, GroupId, PaymentId, ReceiptId};
use crate::domain::method::Method;
use crate::domain::money::Money;

/// A receipt as it was said.
#[derive(Clone, Debug)]
pub struct WasSaid {
    pub payer: Payer,
    pub amount: Money,
    pub received_on: NaiveDate,
    pub method: Method,
    /// What the bank said.
    pub reference: String,
    /// What it paid or was meant for; none where all of it was kept as credit.
    pub payments: Vec<PaymentId>,
}

/// The receipt an activity wrote, if it wrote one.
pub fn receipt_of(db: &Db, activity: ActivityId) -> Result<Option<WasSaid>> {
    let found = db.one(
        "SELECT id, customer_id, group_id, currency, amount_minor, received_on, method, reference FROM receipt \
         WHERE activity_id = ?1 ORDER BY id LIMIT 1",
        &[activity.into()],
        |row| {
            let payer = match row.opt_int(1)? {
                Some(customer) => Payer::Customer(CustomerId(customer)),
                None => Payer::Group(GroupId(row.int(2)?)),
            };
            let said = WasSaid {
                payer,
                amount: Money::new(row.int(4)?, currency(row, 3)?),
                received_on: row.date(5)?,
                method: row.parsed(6)?,
                reference: row.text(7)?,
                payments: Vec::new(),
            };
            Ok((ReceiptId(row.int(0)?), said))
        },
    )?;
    let Some((id, mut said)) = found else { return Ok(None) };
    said.payments = db.all(
        "SELECT payment_id FROM allocation WHERE receipt_id = ?1 AND amount_minor > 0 \
         UNION SELECT payment_id FROM pending_allocation WHERE receipt_id = ?1 ORDER BY 1",
        &[id.into()],
        |row| Ok(PaymentId(row.int(0)?)),
    )?;
    Ok(Some(said))
}
