//! What the pass reads and writes: due subscriptions, payments, invoices, numbers.

use chrono::NaiveDate;

use super::engine::{Db, Row, Value};
use super::error::{Result, StoreError};
use super::shop::{count, currency, rate};
use crate::domain::currency::Currency;
use crate::domain::customer::{CustomerKind, DisplayName};
use crate::domain::frequency::Frequency;
use crate::domain::id::{CustomerId, GroupId, InvoiceId, PaymentId, SubscriptionId};
use crate::domain::status::{InvoiceKind, InvoiceState, PaymentKind};
use crate::domain::tax::TaxRate;

/// A subscription with a period to bill, and what its billing depends on.
#[derive(Clone, Debug)]
pub struct DueSubscription {
    /// Its number.
    pub id: SubscriptionId,
    /// Whose.
    pub customer: CustomerId,
    /// The group it bills to.
    pub group: Option<GroupId>,
    /// How often it bills.
    pub frequency: Frequency,
    /// First day of the contract.
    pub start_on: NaiveDate,
    /// First day after it.
    pub end_on: NaiveDate,
    /// Day of the month it bills on.
    pub anchor_day: u32,
    /// The first period not yet materialised.
    pub next_index: u32,
    /// When it was activated.
    pub activated_on: NaiveDate,
    /// Price a month as agreed first.
    pub price_minor: i64,
    /// Its currency.
    pub currency: Currency,
    /// Its tax rate; nothing for a customer who pays no tax.
    pub tax: TaxRate,
    /// Individual or business.
    pub kind: CustomerKind,
    /// The customer's own terms.
    pub own_terms: Option<u32>,
    /// Its class's terms.
    pub class_terms: u32,
    /// Its group's terms.
    pub group_terms: Option<u32>,
    /// Whether a person reviews its invoices first.
    pub review_required: bool,
}

const DUE: &str = "SELECT s.id, s.customer_id, c.group_id, s.frequency, s.start_on, s.end_on, s.anchor_day, s.next_index, \
    s.activated_on, s.price_minor, s.currency, s.tax_ppm, c.kind, c.terms_days, p.terms_days, g.terms_days, p.review_required, \
    c.tax_treatment";

const DUE_JOINS: &str = "CROSS JOIN collection_policy p ON p.class_id = c.class_id AND p.invoice_kind = 'regular' \
    LEFT JOIN billing_group g ON g.id = c.group_id";

fn read_due(row: &Row) -> Result<DueSubscription> {
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
        tax: if pays_tax { rate(row, 11)? } else { TaxRate::ZERO },
        kind: row.parsed(12)?,
        own_terms: optional_count(row, 13)?,
        class_terms: count(row, 14)?,
        group_terms: optional_count(row, 15)?,
        review_required: row.flag(16)?,
    })
}

fn optional_count(row: &Row, at: usize) -> Result<Option<u32>> {
    Ok(row.opt_int(at)?.and_then(|days| u32::try_from(days).ok()))
}

/// Subscriptions that bill and whose next period starts on `until` or before.
///
/// # Errors
/// When the file fails.
pub fn due(db: &Db, until: NaiveDate) -> Result<Vec<DueSubscription>> {
    let sql = format!(
        "{DUE} FROM subscription s CROSS JOIN customer c ON c.id = s.customer_id {DUE_JOINS} \
         WHERE s.next_start_on IS NOT NULL AND s.status IN ('active', 'suspended') AND s.next_start_on <= ?1 \
         ORDER BY s.next_start_on, s.id"
    );
    db.all(&sql, &[until.into()], read_due)
}

/// Subscriptions of a group's members that bill and whose next period starts on `until` or before.
///
/// # Errors
/// When the file fails.
pub fn due_of_group(db: &Db, group: GroupId, until: NaiveDate) -> Result<Vec<DueSubscription>> {
    let sql = format!(
        "{DUE} FROM customer c CROSS JOIN subscription s ON s.customer_id = c.id {DUE_JOINS} \
         WHERE c.group_id = ?1 AND s.next_start_on IS NOT NULL AND s.status IN ('active', 'suspended') \
         AND s.next_start_on <= ?2 ORDER BY s.id"
    );
    db.all(&sql, &[group.into(), until.into()], read_due)
}

/// One subscription with what its billing depends on, whatever is due.
///
/// # Errors
/// When the file fails.
pub fn due_by_id(db: &Db, id: SubscriptionId) -> Result<Option<DueSubscription>> {
    let sql =
        format!("{DUE} FROM subscription s CROSS JOIN customer c ON c.id = s.customer_id {DUE_JOINS} WHERE s.id = ?1");
    db.one(&sql, &[id.into()], read_due)
}

/// A day on which something changes, for one subscription: a price from then on, or a pause until a day.
#[derive(Clone, Debug)]
pub enum Turn {
    /// This price a month from this day on.
    Price(NaiveDate, i64),
    /// Paused from the first day up to, not including, the second.
    Pause(NaiveDate, Option<NaiveDate>),
}

/// Price changes and pauses of live subscriptions; few in any book.
///
/// # Errors
/// When the file fails.
pub fn turns(db: &Db) -> Result<Vec<(SubscriptionId, Turn)>> {
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
    Ok(found)
}

/// Takes one period of a subscription, unless another pass took it first. Periods in between were paused.
///
/// # Errors
/// When the file fails.
pub fn claim(db: &Db, id: SubscriptionId, index: u32, next_start: Option<NaiveDate>) -> Result<bool> {
    let rows = db.execute(
        "UPDATE subscription SET next_index = ?2 + 1, next_start_on = ?3 WHERE id = ?1 AND next_index <= ?2 \
         AND status IN ('active', 'suspended')",
        &[id.into(), index.into(), next_start.into()],
    )?;
    Ok(rows == 1)
}

/// What is printed on the line of a subscription, and its deposit.
#[derive(Clone, Debug)]
pub struct LineFacts {
    /// Product, variant and serial number.
    pub text: String,
    /// Security money of the unit in minor units; 0 when none.
    pub deposit_minor: i64,
}

/// What is printed on the line of a subscription.
///
/// # Errors
/// When the subscription is unknown.
pub fn line_facts(db: &Db, id: SubscriptionId) -> Result<LineFacts> {
    db.one(
        "SELECT p.name, v.name, a.serial, i.deposit_minor FROM subscription s JOIN variant v ON v.id = s.variant_id \
         JOIN product p ON p.id = v.product_id JOIN order_item i ON i.id = s.order_item_id \
         LEFT JOIN asset a ON a.id = s.asset_id WHERE s.id = ?1",
        &[id.into()],
        |row| {
            let serial = row.opt_text(2)?.map(|serial| format!(" (SN {serial})")).unwrap_or_default();
            Ok(LineFacts { text: format!("{}, {}{serial}", row.text(0)?, row.text(1)?), deposit_minor: row.int(3)? })
        },
    )?
    .ok_or_else(|| StoreError::broken("a due subscription is gone".to_owned()))
}

/// Who pays an invoice, as it stands on the paper.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PayerFacts {
    /// Name.
    pub name: String,
    /// Address lines.
    pub address: String,
    /// VAT number.
    pub tax_number: String,
}

/// Name and billing address of a customer today.
///
/// # Errors
/// When the customer is unknown.
pub fn customer_payer(db: &Db, id: CustomerId) -> Result<PayerFacts> {
    db.one(
        "SELECT c.company_name, c.first_name, c.last_name, c.vat_number, c.contact_person, c.email, a.line1, a.line2, \
         a.postcode, a.city, a.region, a.country FROM customer c LEFT JOIN address a ON a.customer_id = c.id \
         AND a.kind = 'billing' AND a.is_default = 1 AND a.to_on IS NULL WHERE c.id = ?1",
        &[id.into()],
        |row| {
            let (company, first, last) = (row.text(0)?, row.text(1)?, row.text(2)?);
            let (contact, email) = (row.text(4)?, row.text(5)?);
            let name = DisplayName { company: &company, first: &first, last: &last }.full();
            let line = |at| row.opt_text(at).map(Option::unwrap_or_default);
            let address = super::customer::Address {
                line1: line(6)?,
                line2: line(7)?,
                postcode: line(8)?,
                city: line(9)?,
                region: line(10)?,
                country: line(11)?,
            };
            let mut lines = address.lines();
            if lines.is_empty() && !email.is_empty() {
                lines.push(email);
            }
            if !company.is_empty() && !contact.is_empty() {
                lines.insert(0, contact);
            }
            Ok(PayerFacts { name, address: lines.join("\n"), tax_number: row.text(3)? })
        },
    )?
    .ok_or_else(|| StoreError::broken("the customer of an invoice is gone".to_owned()))
}

/// A payment about to be written; open, nothing settled.
#[derive(Clone, Debug)]
pub struct NewPayment {
    /// What it is for.
    pub kind: PaymentKind,
    /// Whose.
    pub customer: CustomerId,
    /// The group it bills to.
    pub group: Option<GroupId>,
    /// Of which subscription.
    pub subscription: Option<SubscriptionId>,
    /// In which currency.
    pub currency: Currency,
    /// Number, first day and first day after of its period.
    pub period: Option<(u32, NaiveDate, NaiveDate)>,
    /// When it is due.
    pub due_on: NaiveDate,
    /// Its invoice and line there.
    pub invoice: Option<(InvoiceId, u32)>,
    /// What the line says.
    pub text: String,
    /// Quantity in thousandths.
    pub quantity_milli: i64,
    /// Price of one, as priced.
    pub unit_minor: i64,
    /// Its tax rate.
    pub tax: TaxRate,
    /// Net amount.
    pub net_minor: i64,
    /// Tax.
    pub tax_minor: i64,
}

/// Writes a payment.
///
/// # Errors
/// When the period has one already or the schema refuses a value.
pub fn insert_payment(db: &Db, new: &NewPayment) -> Result<PaymentId> {
    let id = db.insert(
        "INSERT INTO payment (kind, customer_id, group_id, subscription_id, currency, period_index, period_start_on, \
         period_end_on, due_on, invoice_id, line, text, quantity_milli, unit_minor, net_minor, tax_ppm, tax_minor, amount_minor) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
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
        ],
    )?;
    Ok(PaymentId(id))
}

/// A payment that waits for an invoice.
#[derive(Clone, Debug)]
pub struct Uninvoiced {
    /// Its number.
    pub id: PaymentId,
    /// Net or gross as priced.
    pub priced_minor: i64,
    /// Its tax rate.
    pub tax: TaxRate,
}

/// A group's payments without an invoice, in the order they stand on it: customer, subscription, period.
///
/// # Errors
/// When the file fails.
pub fn uninvoiced_of_group(db: &Db, group: GroupId, until: NaiveDate) -> Result<Vec<Uninvoiced>> {
    db.all(
        "SELECT p.id, p.unit_minor * p.quantity_milli / 1000, p.tax_ppm FROM payment p JOIN customer c ON c.id = p.customer_id \
         WHERE p.group_id = ?1 AND p.invoice_id IS NULL AND p.status = 'pending' \
         AND (p.period_start_on IS NULL OR p.period_start_on <= ?2) \
         ORDER BY c.sort_key, c.id, p.subscription_id, p.period_start_on, p.kind, p.id",
        &[group.into(), until.into()],
        |row| Ok(Uninvoiced { id: PaymentId(row.int(0)?), priced_minor: row.int(1)?, tax: rate(row, 2)? }),
    )
}

/// Puts a waiting payment on a draft invoice with its final amounts.
///
/// # Errors
/// When the invoice takes no more lines.
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

/// Who pays an invoice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Payer {
    /// A customer.
    Customer(CustomerId),
    /// A billing group.
    Group(GroupId),
}

impl Payer {
    /// The customer and group cells of a row: one of them holds a number.
    #[must_use]
    pub fn cells<'a>(self) -> [Value<'a>; 2] {
        match self {
            Self::Customer(id) => [id.into(), Value::Null],
            Self::Group(id) => [Value::Null, id.into()],
        }
    }
}

/// An invoice about to be written, as a draft.
#[derive(Clone, Debug)]
pub struct NewInvoice<'a> {
    /// Regular, out of turn or consolidated.
    pub kind: InvoiceKind,
    /// Who pays.
    pub payer: Payer,
    /// In which currency.
    pub currency: Currency,
    /// Its date.
    pub invoiced_on: NaiveDate,
    /// When it is due.
    pub due_on: NaiveDate,
    /// Σ net.
    pub subtotal_minor: i64,
    /// Σ tax.
    pub tax_minor: i64,
    /// The payer as on the paper.
    pub facts: &'a PayerFacts,
    /// The shop as on the paper.
    pub letterhead: i64,
}

/// Writes a draft.
///
/// # Errors
/// When the schema refuses a value.
pub fn insert_invoice(db: &Db, new: &NewInvoice) -> Result<InvoiceId> {
    let [customer, group] = new.payer.cells();
    let id = db.insert(
        "INSERT INTO invoice (kind, customer_id, group_id, currency, invoiced_on, due_on, subtotal_minor, tax_minor, \
         total_minor, payer_name, payer_address, payer_tax_number, letterhead_id) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        &[
            new.kind.code().into(),
            customer,
            group,
            new.currency.code().into(),
            new.invoiced_on.into(),
            new.due_on.into(),
            new.subtotal_minor.into(),
            new.tax_minor.into(),
            (new.subtotal_minor + new.tax_minor).into(),
            (&new.facts.name).into(),
            (&new.facts.address).into(),
            (&new.facts.tax_number).into(),
            new.letterhead.into(),
        ],
    )?;
    Ok(InvoiceId(id))
}

/// The next number of a kind of document in a year (0 where the format has no year).
///
/// # Errors
/// When the file fails.
pub fn next_number(db: &Db, kind: &str, year: i32) -> Result<i64> {
    db.execute(
        "INSERT INTO number_series (kind, year) VALUES (?1, ?2) ON CONFLICT (kind, year) DO NOTHING",
        &[kind.into(), year.into()],
    )?;
    let last =
        db.one("SELECT last FROM number_series WHERE kind = ?1 AND year = ?2", &[kind.into(), year.into()], |row| {
            row.int(0)
        })?;
    Ok(last.unwrap_or(0) + 1)
}

/// Issues a draft under this number. Lines of nothing are paid at once.
///
/// # Errors
/// When the number is out of turn or the lines do not add up to the invoice.
pub fn issue(db: &Db, id: InvoiceId, year: i32, seq: i64, number: &str) -> Result<()> {
    db.execute(
        "UPDATE invoice SET state = 'issued', number_year = ?2, number_seq = ?3, number = ?4 WHERE id = ?1",
        &[id.into(), year.into(), seq.into(), number.into()],
    )
    .map(drop)
}

/// Marks the lines of nothing on an issued invoice as paid.
///
/// # Errors
/// When the file fails.
pub fn pay_nothing(db: &Db, id: InvoiceId, on: NaiveDate) -> Result<()> {
    db.execute(
        "UPDATE payment SET status = 'paid', paid_on = ?2 WHERE invoice_id = ?1 AND amount_minor <= 0 AND status = 'pending'",
        &[id.into(), on.into()],
    )
    .map(drop)
}

/// Puts a draft into review.
///
/// # Errors
/// When it is no draft.
pub fn put_in_review(db: &Db, id: InvoiceId) -> Result<()> {
    db.execute("UPDATE invoice SET state = 'in_review' WHERE id = ?1", &[id.into()]).map(drop)
}

/// Voids an issued invoice on which nothing is settled; its payments are cancelled with it.
///
/// # Errors
/// When something is settled on it.
pub fn void(db: &Db, id: InvoiceId) -> Result<()> {
    db.execute("UPDATE invoice SET state = 'void', version = version + 1 WHERE id = ?1", &[id.into()]).map(drop)
}

/// Writes down the deposit a payment takes.
///
/// # Errors
/// When the subscription has one.
pub fn insert_deposit(db: &Db, subscription: SubscriptionId, payment: PaymentId, amount_minor: i64) -> Result<()> {
    db.execute(
        "INSERT INTO deposit (subscription_id, payment_id, amount_minor) VALUES (?1, ?2, ?3)",
        &[subscription.into(), payment.into(), amount_minor.into()],
    )
    .map(drop)
}

/// An invoice as the money side sees it.
#[derive(Clone, Debug)]
pub struct InvoiceHead {
    /// Its number in the file.
    pub id: InvoiceId,
    /// Its number on paper.
    pub number: Option<String>,
    /// Draft, in review, issued or void.
    pub state: InvoiceState,
    /// Who pays.
    pub payer: Payer,
    /// Its date.
    pub invoiced_on: NaiveDate,
    /// When it is due.
    pub due_on: NaiveDate,
    /// Its currency.
    pub currency: Currency,
    /// What it is over.
    pub total_minor: i64,
    /// What is settled of it.
    pub settled_minor: i64,
}

const HEAD: &str = "SELECT id, number, state, customer_id, group_id, invoiced_on, due_on, currency, total_minor, settled_minor \
    FROM invoice";

fn read_head(row: &Row) -> Result<InvoiceHead> {
    let payer = match (row.opt_int(3)?, row.opt_int(4)?) {
        (Some(customer), _) => Payer::Customer(CustomerId(customer)),
        (None, group) => Payer::Group(GroupId(group.unwrap_or_default())),
    };
    Ok(InvoiceHead {
        id: InvoiceId(row.int(0)?),
        number: row.opt_text(1)?,
        state: row.parsed(2)?,
        payer,
        invoiced_on: row.date(5)?,
        due_on: row.date(6)?,
        currency: currency(row, 7)?,
        total_minor: row.int(8)?,
        settled_minor: row.int(9)?,
    })
}

/// The invoice with this id.
///
/// # Errors
/// When the file fails.
pub fn invoice(db: &Db, id: InvoiceId) -> Result<Option<InvoiceHead>> {
    db.one(&format!("{HEAD} WHERE id = ?1"), &[id.into()], read_head)
}

/// The invoice of this number on paper.
///
/// # Errors
/// When the file fails.
pub fn invoice_numbered(db: &Db, number: &str) -> Result<Option<InvoiceHead>> {
    db.one(&format!("{HEAD} WHERE number = ?1"), &[number.into()], read_head)
}

/// How many issued, open invoices passed their due day before `today` and are not marked yet.
///
/// # Errors
/// When the file fails.
pub fn count_to_flag(db: &Db, today: NaiveDate) -> Result<i64> {
    let found = db.one(&format!("SELECT COUNT(*) FROM invoice WHERE {TO_FLAG}"), &[today.into()], |row| row.int(0))?;
    Ok(found.unwrap_or(0))
}

const TO_FLAG: &str = "state = 'issued' AND settled_minor < total_minor AND overdue_on IS NULL AND due_on < ?1";

/// Marks up to `limit` of them with the day after their due day.
///
/// # Errors
/// When the file fails.
pub fn flag_overdue(db: &Db, today: NaiveDate, limit: u32) -> Result<u32> {
    let late = db.all(
        &format!("SELECT id, due_on FROM invoice WHERE {TO_FLAG} ORDER BY due_on, id LIMIT ?2"),
        &[today.into(), limit.into()],
        |row| Ok((row.int(0)?, row.date(1)?)),
    )?;
    let mut flagged = 0;
    for (id, due_on) in late {
        db.execute(
            "UPDATE invoice SET overdue_on = ?2 WHERE id = ?1",
            &[id.into(), crate::domain::status::overdue_on(due_on).into()],
        )?;
        flagged += 1;
    }
    Ok(flagged)
}

/// Live subscriptions whose contract is over on `today`: number, end, asset.
///
/// # Errors
/// When the file fails.
pub fn ended(db: &Db, today: NaiveDate, limit: u32) -> Result<Vec<(SubscriptionId, NaiveDate, Option<i64>)>> {
    db.all(
        "SELECT id, end_on, asset_id FROM subscription WHERE status IN ('active', 'paused', 'suspended') AND end_on <= ?1 \
         ORDER BY end_on, id LIMIT ?2",
        &[today.into(), limit.into()],
        |row| Ok((SubscriptionId(row.int(0)?), row.date(1)?, row.opt_int(2)?)),
    )
}

/// Ends a completed contract; its asset is back in stock.
///
/// # Errors
/// When the schema knows no such move.
pub fn end_subscription(db: &Db, id: SubscriptionId, on: NaiveDate, asset: Option<i64>) -> Result<()> {
    db.execute(
        "UPDATE subscription SET status = 'ended', end_reason = 'completed', ended_on = ?2, next_start_on = NULL, \
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

/// How far the pass has come, and who holds it until when.
#[derive(Clone, Debug, Default)]
pub struct PassState {
    /// The newest day it was done for.
    pub last_run_on: Option<NaiveDate>,
    /// Who holds the lease.
    pub lease_holder: Option<String>,
    /// Until when.
    pub lease_until_at: Option<chrono::DateTime<chrono::Utc>>,
}

/// How far the pass has come.
///
/// # Errors
/// When the file fails.
pub fn pass_state(db: &Db) -> Result<PassState> {
    let found =
        db.one("SELECT last_run_on, lease_holder, lease_until_at FROM pass_state WHERE id = 1", &[], |row| {
            Ok(PassState {
                last_run_on: row.opt_date(0)?,
                lease_holder: row.opt_text(1)?,
                lease_until_at: row.opt_instant(2)?,
            })
        })?;
    Ok(found.unwrap_or_default())
}

/// Writes down who holds the pass until when.
///
/// # Errors
/// When the file fails.
pub fn hold_pass(db: &Db, holder: &str, until: chrono::DateTime<chrono::Utc>) -> Result<()> {
    db.execute(
        "UPDATE pass_state SET lease_holder = ?1, lease_until_at = ?2 WHERE id = 1",
        &[holder.into(), until.into()],
    )
    .map(drop)
}

/// Writes down that the pass is done for a day; the lease is free again.
///
/// # Errors
/// When the file fails.
pub fn finish_pass(db: &Db, on: NaiveDate, at: chrono::DateTime<chrono::Utc>) -> Result<()> {
    db.execute(
        "UPDATE pass_state SET last_run_on = ?1, last_run_at = ?2, lease_holder = NULL, lease_until_at = NULL WHERE id = 1",
        &[on.into(), at.into()],
    )
    .map(drop)
}
