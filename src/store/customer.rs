//! Customers and their classes: what is written about them. Lists stand in `lists`.

use chrono::NaiveDate;

use super::engine::{Db, Row, Value};
use super::error::{Result, StoreError};
use super::shop::{count, currency};
use crate::domain::address::Address;
use crate::domain::currency::Currency;
use crate::domain::customer::{CustomerKind, DisplayName};
use crate::domain::id::{AddressId, ClassId, CustomerId, GroupId};
use crate::domain::tax::TaxTreatment;
use crate::domain::text::fold;

/// A customer as saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    /// Its number; 0 until it is saved.
    pub id: CustomerId,
    pub kind: CustomerKind,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    pub company_name: String,
    pub email: String,
    pub phone: String,
    /// Number in the trade register.
    pub registration_number: String,
    pub vat_number: String,
    /// Whom to ask for.
    pub contact_person: String,
    /// A business's own terms in days.
    pub terms_days: Option<u32>,
    pub class: ClassId,
    /// The group it bills to.
    pub group: Option<GroupId>,
    pub currency: Currency,
    pub joined_on: NaiveDate,
    /// The one it reads as, where it was merged.
    pub merged_into: Option<CustomerId>,
    /// When its personal data was erased.
    pub erased_on: Option<NaiveDate>,
    /// Since when it is closed: lists leave it out and it orders nothing.
    pub closed_on: Option<NaiveDate>,
    pub version: i64,
    /// How tax is charged to it.
    pub tax: TaxTreatment,
    /// Why it is exempt; empty where it is not.
    pub tax_reason: String,
    /// Who its invoices go to, parted by commas; empty for `email`.
    pub invoice_emails: String,
}

impl Customer {
    /// The parts its name is shown from.
    pub fn display_name(&self) -> DisplayName<'_> {
        DisplayName { company: &self.company_name, first: &self.first_name, last: &self.last_name }
    }

    fn search_key(&self) -> String {
        let phone: String = self.phone.chars().filter(char::is_ascii_digit).collect();
        fold(
            &[&self.company_name, &self.first_name, &self.last_name, &self.first_name, &self.email, &phone]
                .map(String::as_str)
                .join(" "),
        )
    }
}

const COLUMNS: &str = "id, kind, first_name, last_name, company_name, email, phone, registration_number, vat_number, \
    contact_person, terms_days, class_id, group_id, currency, joined_on, version, merged_into, erased_on, closed_on, \
    tax_treatment, tax_reason, invoice_emails";

fn read(row: &Row) -> Result<Customer> {
    Ok(Customer {
        id: CustomerId(row.int(0)?),
        kind: row.parsed(1)?,
        first_name: row.text(2)?,
        last_name: row.text(3)?,
        company_name: row.text(4)?,
        email: row.text(5)?,
        phone: row.text(6)?,
        registration_number: row.text(7)?,
        vat_number: row.text(8)?,
        contact_person: row.text(9)?,
        terms_days: row.opt_int(10)?.map(|days| u32::try_from(days).unwrap_or(0)),
        class: ClassId(row.int(11)?),
        group: row.opt_int(12)?.map(GroupId),
        currency: currency(row, 13)?,
        joined_on: row.date(14)?,
        version: row.int(15)?,
        merged_into: row.opt_int(16)?.map(CustomerId),
        erased_on: row.opt_date(17)?,
        closed_on: row.opt_date(18)?,
        tax: row.parsed(19)?,
        tax_reason: row.text(20)?,
        invoice_emails: row.text(21)?,
    })
}

/// The customer with this number.
pub fn by_id(db: &Db, id: CustomerId) -> Result<Option<Customer>> {
    db.one(&format!("SELECT {COLUMNS} FROM customer WHERE id = ?1"), &[id.into()], read)
}

/// Customers whose texts to sort and search by are not those their names give.
pub fn with_odd_keys(db: &Db) -> Result<Vec<String>> {
    let mut odd = Vec::new();
    db.each(&format!("SELECT {COLUMNS}, sort_key, search_key FROM customer ORDER BY id"), &[], |row| {
        let customer = read(row)?;
        if customer.display_name().sort_key() != row.text(22)? || customer.search_key() != row.text(23)? {
            odd.push(format!("customer {}", customer.id));
        }
        Ok(())
    })?;
    Ok(odd)
}

/// The number a merged customer is read as.
pub fn root(db: &Db, id: CustomerId) -> Result<CustomerId> {
    let root = db.one("SELECT COALESCE(root_id, id) FROM customer WHERE id = ?1", &[id.into()], |row| row.int(0))?;
    Ok(CustomerId(root.unwrap_or(id.0)))
}

/// The customer this number is read as: the one it was merged into, else itself.
pub fn current(db: &Db, id: CustomerId) -> Result<Option<Customer>> {
    by_id(db, root(db, id)?)
}

/// Adds a customer.
pub fn insert(db: &Db, new: &Customer) -> Result<CustomerId> {
    let mut cells = cells(new);
    cells.extend([new.currency.code().to_owned().into(), new.joined_on.into()]);
    let id = db.insert(
        "INSERT INTO customer (kind, first_name, last_name, company_name, email, phone, registration_number, vat_number, \
         contact_person, terms_days, class_id, sort_key, search_key, tax_treatment, tax_reason, invoice_emails, \
         currency, joined_on) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
        &cells,
    )?;
    Ok(CustomerId(id))
}

/// Saves a customer on top of the version that was read.
pub fn update(db: &Db, changed: &Customer) -> Result<()> {
    let mut cells = cells(changed);
    cells.extend([changed.id.into(), changed.version.into()]);
    let rows = db.execute(
        "UPDATE customer SET kind = ?1, first_name = ?2, last_name = ?3, company_name = ?4, email = ?5, phone = ?6, \
         registration_number = ?7, vat_number = ?8, contact_person = ?9, terms_days = ?10, class_id = ?11, sort_key = ?12, \
         search_key = ?13, tax_treatment = ?14, tax_reason = ?15, invoice_emails = ?16, \
         version = version + 1 WHERE id = ?17 AND version = ?18",
        &cells,
    )?;
    if rows == 1 { Ok(()) } else { Err(StoreError::refused("the customer was changed meanwhile")) }
}

/// Closes a customer on a day: lists leave it out unless they are asked for closed ones too.
pub fn close(db: &Db, id: CustomerId, version: i64, on: NaiveDate) -> Result<()> {
    let rows = db.execute(
        "UPDATE customer SET closed_on = ?3, version = version + 1 WHERE id = ?1 AND version = ?2",
        &[id.into(), version.into(), on.into()],
    )?;
    if rows == 1 { Ok(()) } else { Err(StoreError::refused("the customer was changed meanwhile")) }
}

fn cells(customer: &Customer) -> Vec<Value<'_>> {
    vec![
        customer.kind.code().into(),
        (&customer.first_name).into(),
        (&customer.last_name).into(),
        (&customer.company_name).into(),
        (&customer.email).into(),
        (&customer.phone).into(),
        (&customer.registration_number).into(),
        (&customer.vat_number).into(),
        (&customer.contact_person).into(),
        customer.terms_days.into(),
        customer.class.into(),
        customer.display_name().sort_key().into(),
        customer.search_key().into(),
        customer.tax.code().into(),
        (&customer.tax_reason).into(),
        (&customer.invoice_emails).into(),
    ]
}

/// An address, valid or not any more.
pub fn address(db: &Db, id: AddressId) -> Result<Option<Address>> {
    db.one("SELECT line1, line2, postcode, city, region, country FROM address WHERE id = ?1", &[id.into()], |row| {
        Ok(Address {
            line1: row.text(0)?,
            line2: row.text(1)?,
            postcode: row.text(2)?,
            city: row.text(3)?,
            region: row.text(4)?,
            country: row.text(5)?,
        })
    })
}

/// The default billing address of a customer today; where it has none, that of one merged into it.
pub fn billing_address(db: &Db, customer: CustomerId) -> Result<Option<(AddressId, Address)>> {
    db.one(
        "SELECT a.id, a.line1, a.line2, a.postcode, a.city, a.region, a.country FROM customer c \
         CROSS JOIN address a WHERE a.customer_id = c.id AND (c.id = ?1 OR c.root_id = ?1) \
         AND a.kind = 'billing' AND a.is_default = 1 AND a.to_on IS NULL ORDER BY c.id <> ?1, a.id DESC LIMIT 1",
        &[customer.into()],
        |row| {
            let address = Address {
                line1: row.text(1)?,
                line2: row.text(2)?,
                postcode: row.text(3)?,
                city: row.text(4)?,
                region: row.text(5)?,
                country: row.text(6)?,
            };
            Ok((AddressId(row.int(0)?), address))
        },
    )
}

/// The class new customers get.
pub fn default_class(db: &Db) -> Result<ClassId> {
    let id = db.one("SELECT id FROM customer_class WHERE is_default = 1", &[], |row| row.int(0))?;
    id.map(ClassId).ok_or_else(|| StoreError::broken("the book has no default customer class".to_owned()))
}

/// The classes: the default one, then the others by name.
pub fn classes(db: &Db) -> Result<Vec<(ClassId, String)>> {
    db.all("SELECT id, name FROM customer_class ORDER BY is_default DESC, name, id", &[], |row| {
        Ok((ClassId(row.int(0)?), row.text(1)?))
    })
}

/// Adds a class with plain policies for both kinds of invoice.
pub fn insert_class(db: &Db, name: &str, is_default: bool) -> Result<ClassId> {
    let id =
        db.insert("INSERT INTO customer_class (name, is_default) VALUES (?1, ?2)", &[name.into(), is_default.into()])?;
    for (kind, terms) in [("regular", 14), ("out_of_turn", 14)] {
        db.execute(
            "INSERT INTO collection_policy (class_id, invoice_kind, terms_days) VALUES (?1, ?2, ?3)",
            &[id.into(), kind.into(), terms.into()],
        )?;
    }
    Ok(ClassId(id))
}

/// What a class says of one kind of invoice: terms in days, and whether a person reviews it first.
pub fn policy(db: &Db, class: ClassId, invoice_kind: &str) -> Result<(u32, bool)> {
    db.one(
        "SELECT terms_days, review_required FROM collection_policy WHERE class_id = ?1 AND invoice_kind = ?2",
        &[class.into(), invoice_kind.into()],
        |row| Ok((count(row, 0)?, row.flag(1)?)),
    )?
    .ok_or_else(|| StoreError::broken("a customer class has no collection policy".to_owned()))
}
