//! Billing groups: one invoice and one payment for all members.

use chrono::NaiveDate;

use super::engine::{Db, Row};
use super::error::Result;
use super::receipt::FAMILY;
use super::shop::{count, currency};
use crate::domain::currency::Currency;
use crate::domain::id::{CustomerId, GroupId};
use crate::domain::text::fold;

/// A billing group as saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Its number; 0 until it is saved.
    pub id: GroupId,
    pub name: String,
    /// Whom to ask for.
    pub contact_name: String,
    /// Where invoices go.
    pub email: String,
    /// Who its invoices go to, parted by commas; empty for `email`.
    pub invoice_emails: String,
    pub address: String,
    pub tax_number: String,
    pub currency: Currency,
    /// Days to pay.
    pub terms_days: u32,
    /// Day of the month, 1–28, on which it is billed.
    pub billing_day: u32,
    pub created_on: NaiveDate,
    /// The newest billing day the pass has done.
    pub last_billed_on: Option<NaiveDate>,
}

const COLUMNS: &str = "id, name, contact_name, email, address, tax_number, currency, terms_days, billing_day, created_on, \
    last_billed_on, invoice_emails";

fn read(row: &Row) -> Result<Group> {
    Ok(Group {
        id: GroupId(row.int(0)?),
        name: row.text(1)?,
        contact_name: row.text(2)?,
        email: row.text(3)?,
        address: row.text(4)?,
        tax_number: row.text(5)?,
        currency: currency(row, 6)?,
        terms_days: count(row, 7)?,
        billing_day: count(row, 8)?,
        created_on: row.date(9)?,
        last_billed_on: row.opt_date(10)?,
        invoice_emails: row.text(11)?,
    })
}

/// The group with this number.
pub fn by_id(db: &Db, id: GroupId) -> Result<Option<Group>> {
    db.one(&format!("SELECT {COLUMNS} FROM billing_group WHERE id = ?1"), &[id.into()], read)
}

/// All groups by number.
pub fn all(db: &Db) -> Result<Vec<Group>> {
    db.all(&format!("SELECT {COLUMNS} FROM billing_group ORDER BY id"), &[], read)
}

/// Adds a group.
pub fn insert(db: &Db, new: &Group) -> Result<GroupId> {
    let id = db.insert(
        "INSERT INTO billing_group (name, contact_name, email, address, tax_number, currency, terms_days, billing_day, \
         created_on, search_key, invoice_emails) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        &[
            (&new.name).into(),
            (&new.contact_name).into(),
            (&new.email).into(),
            (&new.address).into(),
            (&new.tax_number).into(),
            new.currency.code().to_owned().into(),
            new.terms_days.into(),
            new.billing_day.into(),
            new.created_on.into(),
            search_key(new).into(),
            (&new.invoice_emails).into(),
        ],
    )?;
    Ok(GroupId(id))
}

/// Saves a group on top of the version that was read; false when that is not the newest any more.
pub fn update(db: &Db, changed: &Group, version: i64) -> Result<bool> {
    let rows = db.execute(
        "UPDATE billing_group SET name = ?1, contact_name = ?2, email = ?3, address = ?4, tax_number = ?5, \
         terms_days = ?6, billing_day = ?7, search_key = ?8, invoice_emails = ?9, version = version + 1 \
         WHERE id = ?10 AND version = ?11",
        &[
            (&changed.name).into(),
            (&changed.contact_name).into(),
            (&changed.email).into(),
            (&changed.address).into(),
            (&changed.tax_number).into(),
            changed.terms_days.into(),
            changed.billing_day.into(),
            search_key(changed).into(),
            (&changed.invoice_emails).into(),
            changed.id.into(),
            version.into(),
        ],
    )?;
    Ok(rows == 1)
}

/// Groups whose text to search by is not the one their names give.
pub fn with_odd_keys(db: &Db) -> Result<Vec<String>> {
    let mut odd = Vec::new();
    for group in all(db)? {
        let kept =
            db.one("SELECT search_key FROM billing_group WHERE id = ?1", &[group.id.into()], |row| row.text(0))?;
        if kept != Some(search_key(&group)) {
            odd.push(format!("group {}", group.id));
        }
    }
    Ok(odd)
}

fn search_key(group: &Group) -> String {
    fold(&format!("{} {} {}", group.name, group.contact_name, group.email))
}

/// Writes down the newest billing day the pass has done.
pub fn set_last_billed(db: &Db, group: GroupId, on: NaiveDate) -> Result<()> {
    db.execute("UPDATE billing_group SET last_billed_on = ?2 WHERE id = ?1", &[group.into(), on.into()]).map(drop)
}

/// Puts a customer into a group; payments of theirs that are not invoiced yet bill to it from now on.
pub fn join(db: &Db, group: GroupId, customer: CustomerId, on: NaiveDate) -> Result<()> {
    db.execute(
        "INSERT INTO group_membership (group_id, customer_id, joined_on) VALUES (?1, ?2, ?3)",
        &[group.into(), customer.into(), on.into()],
    )?;
    bill_to(db, customer, Some(group))
}

/// Takes a customer out of its group.
pub fn leave(db: &Db, customer: CustomerId, on: NaiveDate) -> Result<()> {
    db.execute(
        "UPDATE group_membership SET left_on = ?2 WHERE customer_id = ?1 AND left_on IS NULL",
        &[customer.into(), on.into()],
    )?;
    bill_to(db, customer, None)
}

/// Bills a customer, and whoever reads as one with it, with this group or alone.
fn bill_to(db: &Db, customer: CustomerId, group: Option<GroupId>) -> Result<()> {
    db.execute(
        "UPDATE customer SET group_id = ?2, version = version + 1 WHERE id = ?1",
        &[customer.into(), group.into()],
    )?;
    db.execute(
        &format!("UPDATE payment SET group_id = ?2 WHERE customer_id IN {FAMILY} AND invoice_id IS NULL AND status = 'pending'"),
        &[customer.into(), group.into()],
    )
    .map(drop)
}
