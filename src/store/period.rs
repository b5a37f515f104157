//! Periods of subscriptions that stand on payments, and days of them that were billed again after a pause.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::engine::{Db, Row};
use super::error::{Result, StoreError};
use super::shop::{count, rate};
use crate::domain::id::{GroupId, InvoiceId, PaymentId, SubscriptionId};
use crate::domain::status::{InvoiceState, PaymentStatus};
use crate::domain::tax::TaxRate;

/// A period that stands on a payment.
#[derive(Clone, Debug)]
pub struct PeriodPayment {
    pub id: PaymentId,
    pub status: PaymentStatus,
    /// Its place in the schedule, from 0.
    pub index: u32,
    /// First day.
    pub start: NaiveDate,
    /// The day after the last one.
    pub end: NaiveDate,
    /// Its invoice, and where that stands.
    pub invoice: Option<(InvoiceId, InvoiceState)>,
    /// The group it is billed to.
    pub group: Option<GroupId>,
    /// As priced, minor units.
    pub unit_minor: i64,
    pub tax: TaxRate,
    /// What the line says.
    pub text: String,
}

const PERIODS: &str = "SELECT p.id, p.status, p.period_index, p.period_start_on, p.period_end_on, p.invoice_id, i.state, \
    p.group_id, p.unit_minor, p.tax_ppm, p.text FROM payment p LEFT JOIN invoice i ON i.id = p.invoice_id \
    WHERE p.subscription_id = ?1";

fn read_period(row: &Row) -> Result<PeriodPayment> {
    let invoice = row.opt_int(5)?.map(InvoiceId).zip(row.opt_parsed(6)?);
    Ok(PeriodPayment {
        id: PaymentId(row.int(0)?),
        status: row.parsed(1)?,
        index: count(row, 2)?,
        start: row.date(3)?,
        end: row.date(4)?,
        invoice,
        group: row.opt_int(7)?.map(GroupId),
        unit_minor: row.int(8)?,
        tax: rate(row, 9)?,
        text: row.text(10)?,
    })
}

/// The periods of a subscription that stand on payments and end after `day`, in order, cancelled ones too.
pub fn periods_after(db: &Db, id: SubscriptionId, day: NaiveDate) -> Result<Vec<PeriodPayment>> {
    db.all(
        &format!("{PERIODS} AND p.kind = 'period' AND p.period_end_on > ?2 ORDER BY p.period_start_on, p.id"),
        &[id.into(), day.into()],
        read_period,
    )
}

/// Days of periods that were credited for a pause and billed again when it ended, in the order in which they were, as far
/// as anything of them is still billed.
pub fn rests(db: &Db, id: SubscriptionId) -> Result<Vec<PeriodPayment>> {
    let rests = "p.kind = 'extra' AND p.period_start_on IS NOT NULL AND p.status <> 'cancelled'";
    db.all(&format!("{PERIODS} AND {rests} ORDER BY p.id"), &[id.into()], read_period)
}

/// What a payment without an invoice is over: its last day and amounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Size {
    /// The day after its last one.
    pub end: NaiveDate,
    /// As priced, minor units.
    pub unit_minor: i64,
    /// Net, minor units.
    pub net_minor: i64,
    /// Tax, minor units.
    pub tax_minor: i64,
}

/// What a payment is over.
pub fn size(db: &Db, payment: PaymentId) -> Result<Option<Size>> {
    db.one(
        "SELECT period_end_on, unit_minor, net_minor, tax_minor FROM payment WHERE id = ?1 AND period_end_on IS NOT NULL",
        &[payment.into()],
        |row| {
            Ok(Size {
                end: row.date(0)?,
                unit_minor: row.int(1)?,
                net_minor: row.int(2)?,
                tax_minor: row.int(3)?,
            })
        },
    )
}

/// Changes what a payment is over, while no invoice has taken it.
pub fn resize(db: &Db, payment: PaymentId, to: &Size) -> Result<()> {
    let rows = db.execute(
        "UPDATE payment SET period_end_on = ?2, unit_minor = ?3, net_minor = ?4, tax_minor = ?5, amount_minor = ?6, \
         version = version + 1 WHERE id = ?1 AND invoice_id IS NULL",
        &[
            payment.into(),
            to.end.into(),
            to.unit_minor.into(),
            to.net_minor.into(),
            to.tax_minor.into(),
            (to.net_minor + to.tax_minor).into(),
        ],
    )?;
    if rows == 1 { Ok(()) } else { Err(StoreError::refused("an invoice has taken this payment meanwhile")) }
}
