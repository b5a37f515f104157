//! Periods of subscriptions that stand on payments, and days of them that were billed again after a pause.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::engine::{Db, Row};
use super::error::{Result, StoreError};
use super::shop::{count, rate};
use crate::domain::credit_note::NetTax;
use crate::domain::id::{InvoiceId, PaymentId, SubscriptionId};
use crate::domain::log::Log;
use crate::domain::status::{InvoiceState, PaymentStatus};
use crate::domain::tax::TaxRate;

/// A payment that stands for days of a period: the period itself, what an extension added to it, or days billed again
/// after a pause.
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
    /// As priced, minor units.
    pub unit_minor: i64,
    pub tax: TaxRate,
    /// What the line says.
    pub text: String,
    pub whole: NetTax,
    /// What standing credit notes took back of it.
    pub credited: NetTax,
    /// The action that cancelled it; none where it is not, or was voided with its invoice.
    pub cancelled_by: Option<Log>,
}

impl PeriodPayment {
    /// Whether its price contains the tax.
    pub const fn is_gross(&self) -> bool {
        self.whole.net != self.unit_minor
    }

    /// What is left of it as priced, minor units.
    pub fn left(&self) -> i64 {
        if self.status == PaymentStatus::Cancelled {
            return 0;
        }
        let left = self.whole.minus(self.credited);
        if self.is_gross() { left.gross() } else { left.net }
    }
}

const PERIODS: &str = "SELECT p.id, p.status, p.period_index, p.period_start_on, p.period_end_on, p.invoice_id, i.state, \
    p.unit_minor, p.tax_ppm, p.text, p.net_minor, p.tax_minor, \
    (SELECT CAST(COALESCE(SUM(l.net_minor), 0) AS BIGINT) FROM credit_note_line l WHERE l.payment_id = p.id AND NOT EXISTS \
     (SELECT 1 FROM allocation a WHERE a.credit_note_id = l.credit_note_id AND a.amount_minor < 0)), \
    (SELECT CAST(COALESCE(SUM(l.tax_minor), 0) AS BIGINT) FROM credit_note_line l WHERE l.payment_id = p.id AND NOT EXISTS \
     (SELECT 1 FROM allocation a WHERE a.credit_note_id = l.credit_note_id AND a.amount_minor < 0)), \
    CASE WHEN p.status = 'cancelled' THEN COALESCE( \
     (SELECT t.action FROM payment_change c JOIN activity t ON t.id = c.activity_id WHERE c.payment_id = p.id \
      AND c.to_status = 'cancelled' AND c.reverses_id IS NULL ORDER BY c.id DESC LIMIT 1), \
     (SELECT t.action FROM allocation a JOIN activity t ON t.id = a.activity_id WHERE a.payment_id = p.id \
      AND a.status_after = 'cancelled' ORDER BY a.id DESC LIMIT 1)) END \
    FROM payment p LEFT JOIN invoice i ON i.id = p.invoice_id WHERE p.subscription_id = ?1 AND p.period_start_on IS NOT NULL";

fn read_period(row: &Row) -> Result<PeriodPayment> {
    let invoice = row.opt_int(5)?.map(InvoiceId).zip(row.opt_parsed(6)?);
    Ok(PeriodPayment {
        id: PaymentId(row.int(0)?),
        status: row.parsed(1)?,
        index: count(row, 2)?,
        start: row.date(3)?,
        end: row.date(4)?,
        invoice,
        unit_minor: row.int(7)?,
        tax: rate(row, 8)?,
        text: row.text(9)?,
        whole: NetTax { net: row.int(10)?, tax: row.int(11)? },
        credited: NetTax { net: row.int(12)?, tax: row.int(13)? },
        cancelled_by: row.opt_text(14)?.and_then(|action| action.parse().ok()),
    })
}

/// Every payment of a subscription that stands for days, oldest first, cancelled ones too.
pub fn lines(db: &Db, id: SubscriptionId) -> Result<Vec<PeriodPayment>> {
    db.all(&format!("{PERIODS} ORDER BY p.id"), &[id.into()], read_period)
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
