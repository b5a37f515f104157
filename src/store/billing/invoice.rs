//! Invoices written: drafts, numbers, issue, void, the overdue mark.

use chrono::NaiveDate;

use super::payment::release_deposits;
use crate::domain::address::Address;
use crate::domain::currency::Currency;
use crate::domain::customer::DisplayName;
use crate::domain::id::{AddressId, CustomerId, GroupId, InvoiceId};
use crate::domain::status::{InvoiceKind, InvoiceState};
use crate::domain::tax::TaxTreatment;
use crate::store::engine::{Db, Row, Value};
use crate::store::error::{Result, StoreError};
use crate::store::shop::currency;

/// Who pays an invoice, as it stands on the paper.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PayerFacts {
    pub name: String,
    pub address: String,
    pub tax_number: String,
    /// How tax is charged.
    pub tax_treatment: TaxTreatment,
    /// Why none is charged.
    pub tax_reason: String,
}

/// Name of a customer today, with the address `bill_to`, or without one with the customer's billing address.
pub fn customer_payer(db: &Db, id: CustomerId, bill_to: Option<AddressId>) -> Result<PayerFacts> {
    db.one(
        "SELECT c.company_name, c.first_name, c.last_name, c.vat_number, c.contact_person, c.email, a.line1, a.line2, \
         a.postcode, a.city, a.region, a.country, (SELECT country FROM shop), c.tax_treatment, \
         c.tax_reason, (SELECT language FROM shop) FROM customer c LEFT JOIN address a ON a.id = COALESCE(?2, \
         (SELECT x.id FROM address x WHERE x.customer_id = c.id AND x.kind = 'billing' AND x.is_default = 1 AND x.to_on IS NULL), \
         (SELECT x.id FROM customer m CROSS JOIN address x WHERE m.root_id = c.id AND x.customer_id = m.id \
          AND x.kind = 'billing' AND x.is_default = 1 AND x.to_on IS NULL ORDER BY x.id DESC LIMIT 1)) \
         WHERE c.id = (SELECT COALESCE(root_id, id) FROM customer WHERE id = ?1)",
        &[id.into(), bill_to.into()],
        |row| {
            let (company, first, last) = (row.text(0)?, row.text(1)?, row.text(2)?);
            let (contact, email) = (row.text(4)?, row.text(5)?);
            let name = DisplayName { company: &company, first: &first, last: &last }.full();
            let line = |at| row.opt_text(at).map(Option::unwrap_or_default);
            let address = Address {
                line1: line(6)?,
                line2: line(7)?,
                postcode: line(8)?,
                city: line(9)?,
                region: line(10)?,
                country: line(11)?,
            };
            let mut lines = address.lines(&line(12)?, &line(15)?);
            if lines.is_empty() && !email.is_empty() {
                lines.push(email);
            }
            if !company.is_empty() && !contact.is_empty() {
                lines.insert(0, contact);
            }
            Ok(PayerFacts {
                name,
                address: lines.join("\n"),
                tax_number: row.text(3)?,
                tax_treatment: row.parsed(13)?,
                tax_reason: row.text(14)?,
            })
        },
    )?
    .ok_or_else(|| StoreError::broken("the customer of an invoice is gone".to_owned()))
}

/// The address of the order whose subscription stands on an invoice, where that order has one of its own.
pub fn bill_to_of_invoice(db: &Db, id: InvoiceId) -> Result<Option<AddressId>> {
    db.one(
        "SELECT o.billing_address_id FROM payment p CROSS JOIN subscription s \
         CROSS JOIN rental_order o \
         WHERE o.id = s.order_id AND s.id = p.subscription_id AND p.invoice_id = ?1 AND o.billing_address_id IS NOT NULL ORDER BY p.line LIMIT 1",
        &[id.into()],
        |row| Ok(AddressId(row.int(0)?)),
    )
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
    /// The customer; none where a group pays.
    pub const fn customer(self) -> Option<CustomerId> {
        match self {
            Self::Customer(id) => Some(id),
            Self::Group(_) => None,
        }
    }

    /// The customer and group cells of a row: one of them holds a number.
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
    pub payer: Payer,
    pub currency: Currency,
    pub invoiced_on: NaiveDate,
    /// When it is due.
    pub due_on: NaiveDate,
    pub subtotal_minor: i64,
    pub tax_minor: i64,
    /// The payer as on the paper.
    pub facts: &'a PayerFacts,
    /// The shop as on the paper.
    pub letterhead: i64,
}

/// Writes a draft.
pub fn insert_invoice(db: &Db, new: &NewInvoice) -> Result<InvoiceId> {
    let [customer, group] = new.payer.cells();
    let id = db.insert(
        "INSERT INTO invoice (kind, customer_id, group_id, currency, invoiced_on, due_on, subtotal_minor, tax_minor, \
         total_minor, payer_name, payer_address, payer_tax_number, letterhead_id, tax_treatment, tax_reason) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
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
            new.facts.tax_treatment.code().into(),
            (&new.facts.tax_reason).into(),
        ],
    )?;
    Ok(InvoiceId(id))
}

/// The next number of a kind of document in a year (0 where the format has no year).
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

/// A payer's account: `charged − credited − received` is what the payer owes, less the credit it has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// All invoices that ever had a number.
    pub charged: i64,
    /// Credit notes, void invoices and what was written off.
    pub credited: i64,
    /// Money that cleared, less what was given back.
    pub received: i64,
}

impl Account {
    /// What is owed; below zero what the payer has too much.
    pub const fn balance(self) -> i64 {
        self.charged - self.credited - self.received
    }
}

/// The account of a payer and of those merged into it, as it stands.
pub fn account_of(db: &Db, payer: Payer) -> Result<Account> {
    let (mine, id) = match payer {
        // Whichever of a merged family the invoice names, the account is that of all of them.
        Payer::Customer(id) => (
            "customer_id IN (SELECT m.id FROM customer r JOIN customer m \
             ON m.id = COALESCE(r.root_id, r.id) OR m.root_id = COALESCE(r.root_id, r.id) WHERE r.id = ?1)",
            id.0,
        ),
        Payer::Group(id) => ("customer_id IS NULL AND group_id = ?1", id.0),
    };
    let invoices = format!(
        "SELECT CAST(COALESCE(SUM(total_minor), 0) AS BIGINT), CAST(COALESCE(SUM(CASE WHEN state = 'void' THEN total_minor \
         ELSE settled_minor END), 0) AS BIGINT) FROM invoice WHERE {mine} AND state IN ('issued', 'void')"
    );
    let receipts = format!(
        "SELECT CAST(COALESCE(SUM(amount_minor - refunded_minor), 0) AS BIGINT), \
         CAST(COALESCE(SUM(allocated_minor), 0) AS BIGINT) FROM receipt WHERE {mine} AND state = 'cleared'"
    );
    let (charged, gone) = db.one(&invoices, &[id.into()], |row| Ok((row.int(0)?, row.int(1)?)))?.unwrap_or_default();
    let (received, paid) = db.one(&receipts, &[id.into()], |row| Ok((row.int(0)?, row.int(1)?)))?.unwrap_or_default();
    Ok(Account { charged, credited: gone - paid, received })
}

/// The date of the last number of a series.
pub fn last_of_series(db: &Db, year: i32) -> Result<Option<NaiveDate>> {
    let sql = "SELECT invoiced_on FROM invoice WHERE number_year = ?1 ORDER BY number_seq DESC LIMIT 1";
    db.one(sql, &[year.into()], |row| row.date(0))
}

/// Issues a draft under this number; `account` is its payer's with it. Lines of nothing are paid at once.
pub fn issue(db: &Db, id: InvoiceId, (year, seq, number): (i32, i64, &str), account: Account) -> Result<()> {
    db.execute(
        "UPDATE invoice SET state = 'issued', number_year = ?2, number_seq = ?3, number = ?4, account_minor = ?5, \
         account_received_minor = ?6, account_credited_minor = ?7 WHERE id = ?1",
        &[
            id.into(),
            year.into(),
            seq.into(),
            number.into(),
            account.balance().into(),
            account.received.into(),
            account.credited.into(),
        ],
    )
    .map(drop)
}

/// Writes on each line of a draft whose it is, and how that member is taxed where not as usual: what a group's invoice
/// says of its members.
pub fn name_members(db: &Db, id: InvoiceId) -> Result<()> {
    let sql = "SELECT DISTINCT c.id, c.company_name, c.first_name, c.last_name, r.tax_treatment, r.tax_reason FROM payment p \
         JOIN customer c ON c.id = p.customer_id JOIN customer r ON r.id = COALESCE(c.root_id, c.id) WHERE p.invoice_id = ?1";
    let members = db.all(sql, &[id.into()], |row| {
        let (company, first, last) = (row.text(1)?, row.text(2)?, row.text(3)?);
        let name = DisplayName { company: &company, first: &first, last: &last }.full();
        let treatment: TaxTreatment = row.parsed(4)?;
        let tax = match (treatment.pays(), row.text(5)?) {
            (true, _) => String::new(),
            (false, reason) if reason.is_empty() => treatment.code().to_owned(),
            (false, reason) => format!("{}: {reason}", treatment.code()),
        };
        Ok((row.int(0)?, name, tax))
    })?;
    for (customer, name, tax) in members {
        let sql = "UPDATE payment SET member_name = ?3, member_tax = ?4 WHERE invoice_id = ?1 AND customer_id = ?2";
        db.execute(sql, &[id.into(), customer.into(), name.into(), tax.into()])?;
    }
    Ok(())
}

/// Puts a draft into review.
pub fn put_in_review(db: &Db, id: InvoiceId) -> Result<()> {
    db.execute("UPDATE invoice SET state = 'in_review' WHERE id = ?1", &[id.into()]).map(drop)
}

/// Dates a draft anew, with its lines, and writes its payer and letterhead as they are now: what approval freezes.
pub fn redate(
    db: &Db,
    id: InvoiceId,
    (invoiced_on, due_on): (NaiveDate, NaiveDate),
    facts: &PayerFacts,
    letterhead: i64,
) -> Result<()> {
    db.execute(
        "UPDATE invoice SET invoiced_on = ?2, due_on = ?3, payer_name = ?4, payer_address = ?5, payer_tax_number = ?6, \
         tax_treatment = ?7, letterhead_id = ?8, tax_reason = ?9, version = version + 1 WHERE id = ?1",
        &[
            id.into(),
            invoiced_on.into(),
            due_on.into(),
            (&facts.name).into(),
            (&facts.address).into(),
            (&facts.tax_number).into(),
            facts.tax_treatment.code().into(),
            letterhead.into(),
            (&facts.tax_reason).into(),
        ],
    )?;
    db.execute("UPDATE payment SET due_on = ?2 WHERE invoice_id = ?1", &[id.into(), due_on.into()]).map(drop)
}

/// Voids an issued invoice on which nothing is settled, marked as late first where it was; its payments are cancelled with
/// it. Nothing was paid on it, so no deposit was taken: those it asked for are held no more.
pub fn void(db: &Db, id: InvoiceId, on: NaiveDate) -> Result<()> {
    flag_if_late(db, id, on)?;
    let sql = "UPDATE invoice SET state = 'void', voided_on = ?2, version = version + 1 WHERE id = ?1";
    db.execute(sql, &[id.into(), on.into()])?;
    release_deposits(db, ("invoice_id", id.0), on, "the invoice was voided")
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
    pub payer: Payer,
    /// Regular, out of turn or consolidated.
    pub kind: InvoiceKind,
    pub invoiced_on: NaiveDate,
    /// When it is due.
    pub due_on: NaiveDate,
    pub currency: Currency,
    /// What it is over.
    pub total_minor: i64,
    /// What is settled of it.
    pub settled_minor: i64,
}

pub(super) const HEAD: &str = "SELECT id, number, state, customer_id, group_id, invoiced_on, due_on, currency, total_minor, settled_minor, kind \
    FROM invoice";

/// Who pays an invoice, from its two columns.
pub(in crate::store) fn payer(row: &Row, at: usize) -> Result<Payer> {
    Ok(match (row.opt_int(at)?, row.opt_int(at + 1)?) {
        (Some(customer), _) => Payer::Customer(CustomerId(customer)),
        (None, group) => Payer::Group(GroupId(group.unwrap_or_default())),
    })
}

pub(super) fn read_head(row: &Row) -> Result<InvoiceHead> {
    let payer = payer(row, 3)?;
    Ok(InvoiceHead {
        id: InvoiceId(row.int(0)?),
        number: row.opt_text(1)?,
        state: row.parsed(2)?,
        payer,
        kind: row.parsed(10)?,
        invoiced_on: row.date(5)?,
        due_on: row.date(6)?,
        currency: currency(row, 7)?,
        total_minor: row.int(8)?,
        settled_minor: row.int(9)?,
    })
}

/// The invoice with this id.
pub fn invoice(db: &Db, id: InvoiceId) -> Result<Option<InvoiceHead>> {
    db.one(&format!("{HEAD} WHERE id = ?1"), &[id.into()], read_head)
}

/// The date of the newest numbered invoice that is not after `today`.
pub fn newest_invoice_day(db: &Db, today: NaiveDate) -> Result<Option<NaiveDate>> {
    db.one(
        "SELECT invoiced_on FROM invoice WHERE invoiced_on <= ?1 AND number_seq IS NOT NULL ORDER BY invoiced_on DESC LIMIT 1",
        &[today.into()],
        |row| row.date(0),
    )
}

/// How many issued, open invoices passed their due day before `today` and are not marked yet.
pub fn count_to_flag(db: &Db, today: NaiveDate) -> Result<i64> {
    let found = db.one(&format!("SELECT COUNT(*) FROM invoice WHERE {TO_FLAG}"), &[today.into()], |row| row.int(0))?;
    Ok(found.unwrap_or(0))
}

const TO_FLAG: &str = "state = 'issued' AND settled_minor < total_minor AND overdue_on IS NULL AND due_on < ?1";

/// Marks this invoice, where its due day passed before `today`, as a pass of that morning would have: what is settled or
/// withdrawn later in the day is marked whenever the pass runs.
pub fn flag_if_late(db: &Db, id: InvoiceId, today: NaiveDate) -> Result<()> {
    let late = db.one(
        &format!("SELECT due_on FROM invoice WHERE id = ?2 AND {TO_FLAG}"),
        &[today.into(), id.into()],
        |row| row.date(0),
    )?;
    late.map_or(Ok(()), |due_on| flag(db, id, due_on))
}

fn flag(db: &Db, id: InvoiceId, due_on: NaiveDate) -> Result<()> {
    let overdue_on = crate::domain::status::overdue_on(due_on);
    db.execute("UPDATE invoice SET overdue_on = ?2 WHERE id = ?1", &[id.into(), overdue_on.into()]).map(drop)
}

/// Marks up to `limit` of them with the day after their due day.
pub fn flag_overdue(db: &Db, today: NaiveDate, limit: u32) -> Result<u32> {
    let late = db.all(
        &format!("SELECT id, due_on FROM invoice WHERE {TO_FLAG} ORDER BY due_on, id LIMIT ?2"),
        &[today.into(), limit.into()],
        |row| Ok((InvoiceId(row.int(0)?), row.date(1)?)),
    )?;
    let mut flagged = 0;
    for (id, due_on) in late {
        flag(db, id, due_on)?;
        flagged += 1;
    }
    Ok(flagged)
}
