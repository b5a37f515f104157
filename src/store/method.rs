//! How customers pay: cards as a token and four digits, mandates, and the one default.

use chrono::NaiveDate;

use super::engine::{Db, Row};
use super::error::Result;
use super::receipt::FAMILY;
use crate::domain::customer::DisplayName;
use crate::domain::expiry::Expiry;
use crate::domain::id::CustomerId;
use crate::domain::method::Method;

/// A payment method as Actions see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownMethod {
    pub id: i64,
    pub customer: CustomerId,
    pub kind: Method,
    pub brand: String,
    /// The card's last four digits.
    pub last_four: String,
    /// The month the card ends with.
    pub expires: Option<Expiry>,
    /// Who charges the card.
    pub processor: String,
    /// What the processor calls the card.
    pub token: String,
    /// What the customer signed for a debit.
    pub mandate_reference: String,
    pub mandate_on: Option<NaiveDate>,
    /// Whether it is used unless another is named.
    pub is_default: bool,
    /// Whether it was taken off.
    pub is_removed: bool,
}

impl KnownMethod {
    /// In words: `Visa 4242, 09/27`.
    pub fn words(&self) -> String {
        let brand = if self.brand.is_empty() { self.kind.word() } else { &self.brand };
        match self.kind {
            Method::Card => {
                let ends = self.expires.map(|month| format!(", {month}")).unwrap_or_default();
                format!("{brand} {}{ends}", self.last_four)
            }
            Method::DirectDebit if !self.mandate_reference.is_empty() => {
                format!("{}, mandate {}", self.kind.word(), self.mandate_reference)
            }
            kind => kind.word().to_owned(),
        }
    }
}

const METHOD: &str = "SELECT id, customer_id, kind, brand, last_four, expires_year, expires_month, processor, token, \
    mandate_reference, mandate_on, is_default, CASE WHEN removed_on IS NULL THEN 0 ELSE 1 END FROM payment_method";

fn expiry(row: &Row, at: usize) -> Result<Option<Expiry>> {
    let month = row.opt_int(at)?.zip(row.opt_int(at + 1)?);
    let part = |(year, month): (i64, i64)| Some((i32::try_from(year).ok()?, u32::try_from(month).ok()?));
    Ok(month.and_then(part).and_then(|(year, month)| Expiry::new(year, month).ok()))
}

fn read(row: &Row) -> Result<KnownMethod> {
    Ok(KnownMethod {
        id: row.int(0)?,
        customer: CustomerId(row.int(1)?),
        kind: row.parsed(2)?,
        brand: row.text(3)?,
        last_four: row.text(4)?,
        expires: expiry(row, 5)?,
        processor: row.text(7)?,
        token: row.text(8)?,
        mandate_reference: row.text(9)?,
        mandate_on: row.opt_date(10)?,
        is_default: row.flag(11)?,
        is_removed: row.flag(12)?,
    })
}

/// The method of this number.
pub fn by_id(db: &Db, id: i64) -> Result<Option<KnownMethod>> {
    db.one(&format!("{METHOD} WHERE id = ?1"), &[id.into()], read)
}

/// The methods of a customer, and of those it reads as one with, that hold; the default first.
pub fn of_customer(db: &Db, customer: CustomerId) -> Result<Vec<KnownMethod>> {
    let sql = format!(
        "{METHOD} WHERE customer_id IN {FAMILY} AND removed_on IS NULL ORDER BY is_default DESC, CASE WHEN customer_id IN (SELECT COALESCE(root_id, id) FROM customer WHERE id = ?1) THEN 0 ELSE 1 END, id"
    );
    let mut found = db.all(&sql, &[customer.into()], read)?;
    // Each of two who were merged may have had one: the kept one's is it.
    for other in found.iter_mut().skip(1) {
        other.is_default = false;
    }
    Ok(found)
}

/// Writes a method, not yet the default.
pub fn insert(db: &Db, new: &KnownMethod, on: NaiveDate) -> Result<i64> {
    db.insert(
        "INSERT INTO payment_method (customer_id, kind, brand, last_four, expires_year, expires_month, processor, token, \
         mandate_reference, mandate_on, added_on) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        &[
            new.customer.into(),
            new.kind.code().into(),
            (&new.brand).into(),
            (&new.last_four).into(),
            new.expires.map(Expiry::year).into(),
            new.expires.map(Expiry::month).into(),
            (&new.processor).into(),
            (&new.token).into(),
            (&new.mandate_reference).into(),
            new.mandate_on.into(),
            on.into(),
        ],
    )
}

/// Makes one method of a customer the default, of whoever reads as one with it too; none, where none is named.
pub fn set_default(db: &Db, customer: CustomerId, id: Option<i64>) -> Result<()> {
    db.execute(
        &format!("UPDATE payment_method SET is_default = 0 WHERE customer_id IN {FAMILY} AND is_default = 1"),
        &[customer.into()],
    )?;
    if let Some(id) = id {
        db.execute("UPDATE payment_method SET is_default = 1 WHERE id = ?1", &[id.into()])?;
    }
    Ok(())
}

/// Takes a method off, or brings it back where no day is named.
pub fn set_removed(db: &Db, id: i64, on: Option<NaiveDate>) -> Result<()> {
    db.execute("UPDATE payment_method SET is_default = 0, removed_on = ?2 WHERE id = ?1", &[id.into(), on.into()])
        .map(drop)
}

/// A card that ends soon or has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndingCard {
    pub customer: CustomerId,
    pub customer_name: String,
    pub card: KnownMethod,
}

/// Cards of customers who rent that end in one of these months, both included; the first to end first.
pub fn ending(db: &Db, (from, until): (Expiry, Expiry), limit: usize) -> Result<Vec<EndingCard>> {
    let sql = format!(
        "{METHOD_OF} FROM payment_method m CROSS JOIN customer c WHERE c.id = m.customer_id AND {ENDING} \
         ORDER BY m.expires_year, m.expires_month, m.id LIMIT ?5"
    );
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    db.all(
        &sql,
        &[from.year().into(), from.month().into(), until.year().into(), until.month().into(), limit.into()],
        |row| {
            let card = read(row)?;
            let (company, first, last) = (row.text(13)?, row.text(14)?, row.text(15)?);
            let customer_name = DisplayName { company: &company, first: &first, last: &last }.listed();
            Ok(EndingCard { customer: card.customer, customer_name, card })
        },
    )
}

const METHOD_OF: &str = "SELECT m.id, m.customer_id, m.kind, m.brand, m.last_four, m.expires_year, m.expires_month, m.processor, \
    m.token, m.mandate_reference, m.mandate_on, m.is_default, CASE WHEN m.removed_on IS NULL THEN 0 ELSE 1 END, c.company_name, c.first_name, c.last_name";

/// Cards that hold, in a range of months, of customers with something rented.
pub(super) const ENDING: &str = "m.kind = 'card' AND m.removed_on IS NULL \
    AND (m.expires_year, m.expires_month) >= (?1, ?2) AND (m.expires_year, m.expires_month) <= (?3, ?4) \
    AND EXISTS (SELECT 1 FROM customer o CROSS JOIN customer x CROSS JOIN subscription s WHERE o.id = m.customer_id \
    AND (x.id = COALESCE(o.root_id, o.id) OR x.root_id = COALESCE(o.root_id, o.id)) \
    AND s.customer_id = x.id AND s.status IN ('active', 'paused', 'suspended'))";
