//! Lines that are not issued yet get another rate.

use chrono::NaiveDate;

use super::payment::PRICED;
use crate::domain::id::{InvoiceId, PaymentId, SubscriptionId};
use crate::domain::status::PaymentKind;
use crate::domain::tax::{PriceBasis, TaxRate, TaxTreatment, TaxedLine};
use crate::store::engine::Db;
use crate::store::error::Result;
use crate::store::shop::rate;

/// A line of a draft, as its tax is counted.
#[derive(Clone, Debug)]
pub struct DraftLine {
    pub id: PaymentId,
    pub kind: PaymentKind,
    pub subscription: Option<SubscriptionId>,
    /// The first day after its period.
    pub period_end: Option<NaiveDate>,
    /// Net or gross as priced.
    pub priced_minor: i64,
    pub tax: TaxRate,
    pub basis: PriceBasis,
}

/// The lines of a draft, in order.
pub fn draft_lines(db: &Db, id: InvoiceId) -> Result<Vec<DraftLine>> {
    let sql = format!(
        "SELECT p.id, p.kind, p.subscription_id, p.period_end_on, {PRICED}, p.tax_ppm, \
         COALESCE(s.price_basis, (SELECT h.price_basis FROM shop h)) FROM payment p \
         LEFT JOIN subscription s ON s.id = p.subscription_id WHERE p.invoice_id = ?1 ORDER BY p.line"
    );
    db.all(&sql, &[id.into()], |row| {
        Ok(DraftLine {
            id: PaymentId(row.int(0)?),
            kind: row.parsed(1)?,
            subscription: row.opt_int(2)?.map(SubscriptionId),
            period_end: row.opt_date(3)?,
            priced_minor: row.int(4)?,
            tax: rate(row, 5)?,
            basis: row.parsed(6)?,
        })
    })
}

/// What a line costs as priced, minor units.
pub fn priced_of(db: &Db, id: PaymentId) -> Result<Option<i64>> {
    db.one(&format!("SELECT {PRICED} FROM payment p WHERE p.id = ?1"), &[id.into()], |row| row.int(0))
}

/// How a draft was taxed.
pub fn treatment_of_invoice(db: &Db, id: InvoiceId) -> Result<TaxTreatment> {
    let found = db.one("SELECT tax_treatment FROM invoice WHERE id = ?1", &[id.into()], |row| row.parsed(0))?;
    Ok(found.unwrap_or_default())
}

/// Gives a line that is not issued another rate.
pub fn retax(db: &Db, id: PaymentId, tax: TaxRate, taxed: TaxedLine) -> Result<()> {
    db.execute(
        "UPDATE payment SET tax_ppm = ?2, net_minor = ?3, tax_minor = ?4, amount_minor = ?5 WHERE id = ?1",
        &[id.into(), tax.ppm().into(), taxed.net.into(), taxed.tax.into(), taxed.gross.into()],
    )
    .map(drop)
}

/// Sums of a draft whose lines changed.
pub fn resum(db: &Db, id: InvoiceId, net_minor: i64, tax_minor: i64) -> Result<()> {
    db.execute(
        "UPDATE invoice SET subtotal_minor = ?2, tax_minor = ?3, total_minor = ?4 WHERE id = ?1",
        &[id.into(), net_minor.into(), tax_minor.into(), (net_minor + tax_minor).into()],
    )
    .map(drop)
}
