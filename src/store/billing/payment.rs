//! Payments written: what is owed for a period, a deposit, an extra line.

use chrono::NaiveDate;

use crate::domain::currency::Currency;
use crate::domain::id::{CustomerId, GroupId, InvoiceId, PaymentId, SubscriptionId};
use crate::domain::line_text::named;
use crate::domain::status::PaymentKind;
use crate::domain::tax::{PriceBasis, TaxRate, TaxTreatment};
use crate::store::engine::{Db, Row};
use crate::store::error::{Result, StoreError};
use crate::store::shop::{count, currency, rate};

/// What is printed on the line of a subscription, and its deposit.
#[derive(Clone, Debug)]
pub struct LineFacts {
    /// Product, variant and serial number.
    pub text: String,
    /// Empty where no asset goes with it.
    pub serial: String,
    /// Security money of the unit in minor units; 0 when none.
    pub deposit_minor: i64,
}

/// What is printed on the line of a subscription.
pub fn line_facts(db: &Db, id: SubscriptionId) -> Result<LineFacts> {
    db.one(
        "SELECT p.name, v.name, a.serial, i.deposit_minor FROM subscription s JOIN variant v ON v.id = s.variant_id \
         JOIN product p ON p.id = v.product_id JOIN order_item i ON i.id = s.order_item_id \
         LEFT JOIN asset a ON a.id = s.asset_id WHERE s.id = ?1",
        &[id.into()],
        |row| {
            let serial = row.opt_text(2)?.unwrap_or_default();
            let text = named(&format!("{}, {}", row.text(0)?, row.text(1)?), &serial);
            Ok(LineFacts { text, serial, deposit_minor: row.int(3)? })
        },
    )?
    .ok_or_else(|| StoreError::broken("a due subscription is gone".to_owned()))
}

/// A payment about to be written; open, nothing settled.
#[derive(Clone, Debug)]
pub struct NewPayment {
    /// What it is for.
    pub kind: PaymentKind,
    pub customer: CustomerId,
    /// The group it bills to.
    pub group: Option<GroupId>,
    pub subscription: Option<SubscriptionId>,
    pub currency: Currency,
    /// Number, first day and first day after of its period.
    pub period: Option<(u32, NaiveDate, NaiveDate)>,
    /// When it is due.
    pub due_on: NaiveDate,
    /// Its invoice and line there.
    pub invoice: Option<(InvoiceId, u32)>,
    /// What the line says.
    pub text: String,
    /// The serial number in the text; empty where there is none.
    pub serial: String,
    pub quantity_milli: i64,
    /// Price of one, as priced.
    pub unit_minor: i64,
    pub tax: TaxRate,
    pub net_minor: i64,
    pub tax_minor: i64,
}

/// Writes a payment.
pub fn insert_payment(db: &Db, new: &NewPayment) -> Result<PaymentId> {
    let id = db.insert(
        "INSERT INTO payment (kind, customer_id, group_id, subscription_id, currency, period_index, period_start_on, \
         period_end_on, due_on, invoice_id, line, text, quantity_milli, unit_minor, net_minor, tax_ppm, tax_minor, amount_minor, serial) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
        &[
            new.kind.code().into(),
            new.customer.into(),
            new.group.into(),
            new.subscription.into(),
            new.currency.code().into(),
            new.period.map(|(index, _, _)| index).into(),
            new.period.map(|(_, start, _)| start).into(),
            new.period.map(|(_, _, end)| end).into(),
            new.due_on.into(),
            new.invoice.map(|(id, _)| id).into(),
            new.invoice.map(|(_, line)| line).into(),
            (&new.text).into(),
            new.quantity_milli.into(),
            new.unit_minor.into(),
            new.net_minor.into(),
            new.tax.ppm().into(),
            new.tax_minor.into(),
            (new.net_minor + new.tax_minor).into(),
            (&new.serial).into(),
        ],
    )?;
    Ok(PaymentId(id))
}

/// What a line `p` costs as priced: quantity times price, rounded half away from zero; amounts of a line are never below zero.
pub(super) const PRICED: &str = "(p.unit_minor * p.quantity_milli + 500) / 1000";

/// A payment that waits for an invoice.
#[derive(Clone, Debug)]
pub struct Uninvoiced {
    pub id: PaymentId,
    /// Net or gross as priced.
    pub priced_minor: i64,
    pub tax: TaxRate,
    /// That of its contract.
    pub basis: PriceBasis,
    pub subscription: Option<SubscriptionId>,
}

/// A group's payments without an invoice whose period starts on `until` or before, a deposit's with the contract, in
/// the order they stand on it: customer, subscription, period.
pub fn uninvoiced_of_group(db: &Db, group: GroupId, until: NaiveDate) -> Result<Vec<Uninvoiced>> {
    let sql = format!(
        "SELECT p.id, {PRICED}, p.tax_ppm, p.subscription_id, \
         COALESCE(s.price_basis, (SELECT h.price_basis FROM shop h)) FROM payment p JOIN customer c ON c.id = p.customer_id \
         LEFT JOIN subscription s ON s.id = p.subscription_id \
         WHERE p.group_id = ?1 AND p.invoice_id IS NULL AND p.status = 'pending' \
         AND (COALESCE(p.period_start_on, s.start_on) IS NULL OR COALESCE(p.period_start_on, s.start_on) <= ?2) \
         ORDER BY c.sort_key, c.id, p.subscription_id, p.period_start_on, p.kind, p.id"
    );
    db.all(&sql, &[group.into(), until.into()], |row| {
        let subscription = row.opt_int(3)?.map(SubscriptionId);
        let (priced_minor, tax, basis) = (row.int(1)?, rate(row, 2)?, row.parsed(4)?);
        Ok(Uninvoiced { id: PaymentId(row.int(0)?), priced_minor, tax, basis, subscription })
    })
}

/// How tax is charged on what members pay no tax for: what the note on a group's invoice says.
pub fn treatment_of_members(db: &Db, group: GroupId) -> Result<TaxTreatment> {
    let found = db.one(
        "SELECT MAX(c.tax_treatment) FROM customer c WHERE c.group_id = ?1 AND c.tax_treatment <> 'standard'",
        &[group.into()],
        |row| row.opt_parsed(0),
    )?;
    Ok(found.flatten().unwrap_or_default())
}

/// A subscription's payments of one customer without an invoice or a group, and the first day of each period; a deposit
/// stands behind the first period.
pub fn uninvoiced_of_customer(
    db: &Db,
    customer: CustomerId,
) -> Result<Vec<(SubscriptionId, Option<NaiveDate>, Uninvoiced)>> {
    let sql = format!(
        "SELECT p.id, {PRICED}, p.tax_ppm, p.subscription_id, p.period_start_on, \
         s.price_basis FROM payment p JOIN subscription s ON s.id = p.subscription_id WHERE p.customer_id = ?1 AND p.group_id IS NULL \
         AND p.invoice_id IS NULL AND p.status = 'pending' \
         ORDER BY s.id, COALESCE(p.period_start_on, s.start_on), p.period_start_on IS NULL, p.id"
    );
    db.all(&sql, &[customer.into()], |row| {
        let subscription = SubscriptionId(row.int(3)?);
        let id = PaymentId(row.int(0)?);
        let (priced_minor, tax) = (row.int(1)?, rate(row, 2)?);
        let basis = row.parsed(5)?;
        let line = Uninvoiced { id, priced_minor, tax, basis, subscription: Some(subscription) };
        Ok((subscription, row.opt_date(4)?, line))
    })
}

/// Cancels what a subscription owes and no invoice has taken: of an order that is cancelled nothing is billed, and no
/// deposit is held.
pub fn cancel_uninvoiced(db: &Db, subscription: SubscriptionId, on: NaiveDate) -> Result<()> {
    db.execute(
        "UPDATE payment SET status = 'cancelled' WHERE subscription_id = ?1 AND invoice_id IS NULL AND status = 'pending'",
        &[subscription.into()],
    )?;
    release_deposits(db, ("subscription_id", subscription.0), on, "the order was cancelled")
}

/// Deposits whose payments were cancelled before anything came for them are held no more.
pub(super) fn release_deposits(db: &Db, (of, id): (&str, i64), on: NaiveDate, why: &str) -> Result<()> {
    let sql = format!(
        "UPDATE deposit SET state = 'returned', closed_on = ?2, reason = ?3 WHERE state = 'held' AND payment_id IN \
         (SELECT id FROM payment WHERE {of} = ?1 AND kind = 'deposit' AND status = 'cancelled' AND settled_minor = 0)"
    );
    db.execute(&sql, &[id.into(), on.into(), why.into()]).map(drop)
}

/// Puts a waiting payment on a draft invoice with its final amounts.
pub fn put_on_invoice(
    db: &Db,
    id: PaymentId,
    (invoice, line): (InvoiceId, u32),
    due_on: NaiveDate,
    (net_minor, tax_minor): (i64, i64),
) -> Result<()> {
    db.execute(
        "UPDATE payment SET invoice_id = ?2, line = ?3, due_on = ?4, net_minor = ?5, tax_minor = ?6, amount_minor = ?7 \
         WHERE id = ?1 AND invoice_id IS NULL",
        &[
            id.into(),
            invoice.into(),
            line.into(),
            due_on.into(),
            net_minor.into(),
            tax_minor.into(),
            (net_minor + tax_minor).into(),
        ],
    )
    .map(drop)
}

/// Marks the lines of nothing on an issued invoice as paid.
pub fn pay_nothing(db: &Db, id: InvoiceId, on: NaiveDate) -> Result<()> {
    db.execute(
        "UPDATE payment SET status = 'paid', paid_on = ?2 WHERE invoice_id = ?1 AND amount_minor <= 0 AND status = 'pending'",
        &[id.into(), on.into()],
    )
    .map(drop)
}

/// Writes down the deposit a payment takes.
pub fn insert_deposit(db: &Db, subscription: SubscriptionId, payment: PaymentId, amount_minor: i64) -> Result<()> {
    db.execute(
        "INSERT INTO deposit (subscription_id, payment_id, amount_minor) VALUES (?1, ?2, ?3)",
        &[subscription.into(), payment.into(), amount_minor.into()],
    )
    .map(drop)
}

/// The first period on an invoice: of which subscription, and when it starts.
pub fn first_period(db: &Db, invoice: InvoiceId) -> Result<Option<(SubscriptionId, NaiveDate)>> {
    db.one(
        "SELECT subscription_id, period_start_on FROM payment WHERE invoice_id = ?1 AND kind = 'period' ORDER BY line LIMIT 1",
        &[invoice.into()],
        |row| Ok((SubscriptionId(row.int(0)?), row.date(1)?)),
    )
}

/// The lines of an invoice as they could be written again, without an invoice.
pub fn lines_of(db: &Db, invoice: InvoiceId) -> Result<Vec<NewPayment>> {
    db.all(
        "SELECT kind, customer_id, group_id, subscription_id, currency, period_index, period_start_on, period_end_on, due_on, \
         text, quantity_milli, unit_minor, tax_ppm, net_minor, tax_minor, serial FROM payment WHERE invoice_id = ?1 ORDER BY line",
        &[invoice.into()],
        |row| {
            let index = row.opt_int(5)?.and_then(|index| u32::try_from(index).ok());
            let days = row.opt_date(6)?.zip(row.opt_date(7)?);
            Ok(NewPayment {
                kind: row.parsed(0)?,
                customer: CustomerId(row.int(1)?),
                group: row.opt_int(2)?.map(GroupId),
                subscription: row.opt_int(3)?.map(SubscriptionId),
                currency: currency(row, 4)?,
                period: index.zip(days).map(|(index, (start, end))| (index, start, end)),
                due_on: row.date(8)?,
                invoice: None,
                text: row.text(9)?,
                serial: row.text(15)?,
                quantity_milli: row.int(10)?,
                unit_minor: row.int(11)?,
                tax: rate(row, 12)?,
                net_minor: row.int(13)?,
                tax_minor: row.int(14)?,
            })
        },
    )
}

/// The payment of a subscription's period that starts on this day, unless it is cancelled.
pub fn payment_of_period(db: &Db, subscription: SubscriptionId, start: NaiveDate) -> Result<Option<PaymentId>> {
    db.one(
        "SELECT id FROM payment WHERE subscription_id = ?1 AND period_start_on = ?2 AND kind = 'period' AND status <> 'cancelled'",
        &[subscription.into(), start.into()],
        |row| Ok(PaymentId(row.int(0)?)),
    )
}

/// Whether a period, by its place in the schedule, has a payment that stands: whole, or a part of it.
pub fn stands_of_period(db: &Db, subscription: SubscriptionId, index: u32) -> Result<bool> {
    let sql = "SELECT CASE WHEN EXISTS (SELECT 1 FROM payment WHERE subscription_id = ?1 AND kind = 'period' \
        AND period_index = ?2 AND status <> 'cancelled') THEN 1 ELSE 0 END";
    Ok(db.one(sql, &[subscription.into(), index.into()], |row| row.flag(0))?.unwrap_or(false))
}

/// The period a payment is for: subscription, place in its schedule, first day.
pub fn period_of(db: &Db, payment: PaymentId) -> Result<Option<(SubscriptionId, u32, NaiveDate)>> {
    db.one(
        "SELECT subscription_id, period_index, period_start_on FROM payment WHERE id = ?1 AND kind = 'period'",
        &[payment.into()],
        |row| Ok((SubscriptionId(row.int(0)?), count(row, 1)?, row.date(2)?)),
    )
}

/// The days of a period: subscription, first day, first day after.
pub type Days = (SubscriptionId, NaiveDate, NaiveDate);

const DAYS: &str = "SELECT subscription_id, period_start_on, period_end_on FROM payment \
    WHERE period_end_on IS NOT NULL AND subscription_id IS NOT NULL AND ";

fn read_days(row: &Row) -> Result<Days> {
    Ok((SubscriptionId(row.int(0)?), row.date(1)?, row.date(2)?))
}

/// The days a payment is for; none where it is for no period.
pub fn days_of_payment(db: &Db, id: PaymentId) -> Result<Vec<Days>> {
    db.all(&format!("{DAYS} id = ?1"), &[id.into()], read_days)
}

/// The days the lines of an invoice are for.
pub fn days_of_invoice(db: &Db, id: InvoiceId) -> Result<Vec<Days>> {
    db.all(&format!("{DAYS} invoice_id = ?1"), &[id.into()], read_days)
}
