//! The shop and its settings.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::engine::{Db, Row};
use super::error::{Result, StoreError};
use crate::domain::contract::RunningPeriod;
use crate::domain::currency::Currency;
use crate::domain::format::{DateStyle, NumberStyle, Style};
use crate::domain::numbering::NumberFormat;
use crate::domain::tax::{PriceBasis, TaxRate, TaxScope};

/// The shop: what it is called, where it banks, how it prices and writes.
#[expect(clippy::struct_excessive_bools, reason = "settings that are on or off, each on its own")]
#[derive(Clone, Debug, PartialEq)]
pub struct Shop {
    /// Its name, as on papers.
    pub name: String,
    pub address: String,
    pub country: String,
    pub email: String,
    pub phone: String,
    /// Web address on papers.
    pub website: String,
    /// VAT or tax number.
    pub tax_number: String,
    /// Number in the trade register.
    pub registration_number: String,
    pub bank_name: String,
    /// In whose name the account is; the shop's where empty.
    pub bank_holder: String,
    pub iban: String,
    pub bic: String,
    /// Account lines where there is no IBAN.
    pub bank_account: String,
    /// Printed under the bank details.
    pub payment_instructions: String,
    /// What the law wants on every invoice and credit note, in lines.
    pub legal_text: String,
    /// The business day is this zone's.
    pub time_zone: Tz,
    /// The currency new customers get.
    pub currency: Currency,
    /// Language of papers: en, de, fr, es.
    pub language: String,
    /// How numbers and dates are written.
    pub style: Style,
    /// Whether prices are net or gross.
    pub price_basis: PriceBasis,
    /// Where tax is rounded.
    pub tax_scope: TaxScope,
    /// The rate new variants get.
    pub tax: TaxRate,
    /// Days before its first day on which a period is materialised and invoiced.
    pub lead_days: u32,
    /// How invoices are numbered.
    pub invoice_numbers: NumberFormat,
    /// How credit notes are numbered.
    pub credit_note_numbers: NumberFormat,
    /// How receipts are numbered.
    pub receipt_numbers: NumberFormat,
    /// What becomes of the period that runs when a subscription is cancelled.
    pub cancel_running: RunningPeriod,
    /// The part of the months left that an early return costs.
    pub early_return: TaxRate,
    /// Whether each new invoice takes the credit of its payer by itself.
    pub use_credit_unasked: bool,
    /// Whether what is kept of a deposit for damage bears tax; it is no rent, but makes good a loss.
    pub tax_on_damage: bool,
    /// Whether what is kept of a deposit for cleaning is taxed.
    pub tax_on_cleaning: bool,
    /// Days up to this one are closed.
    pub locked_until_on: Option<NaiveDate>,
    /// A made-up book to look around in.
    pub is_demo: bool,
    pub version: i64,
}

const COLUMNS: &str = "name, address, country, email, phone, website, tax_number, registration_number, bank_name, \
    bank_holder, iban, bic, bank_account, payment_instructions, time_zone, currency, language, number_style, date_style, \
    price_basis, tax_scope, tax_ppm, lead_days, invoice_number_format, credit_note_number_format, receipt_number_format, \
    locked_until_on, is_demo, cancel_running_period, early_return_ppm, \
    use_credit_unasked, tax_on_damage, tax_on_cleaning, legal_text, version";

/// The shop; none in a book that was made and not set up.
pub fn load(db: &Db) -> Result<Option<Shop>> {
    db.one(&format!("SELECT {COLUMNS} FROM shop WHERE id = 1"), &[], read)
}

/// The last day of the period that is closed.
pub fn locked_until(db: &Db) -> Result<Option<NaiveDate>> {
    Ok(db.one("SELECT locked_until_on FROM shop WHERE id = 1", &[], |row| row.opt_date(0))?.flatten())
}

fn read(row: &Row) -> Result<Shop> {
    let numbers = |at: usize| -> Result<NumberFormat> { Ok(NumberFormat::stored(&row.text(at)?)) };
    Ok(Shop {
        name: row.text(0)?,
        address: row.text(1)?,
        country: row.text(2)?,
        email: row.text(3)?,
        phone: row.text(4)?,
        website: row.text(5)?,
        tax_number: row.text(6)?,
        registration_number: row.text(7)?,
        bank_name: row.text(8)?,
        bank_holder: row.text(9)?,
        iban: row.text(10)?,
        bic: row.text(11)?,
        bank_account: row.text(12)?,
        payment_instructions: row.text(13)?,
        time_zone: row.parsed(14)?,
        currency: currency(row, 15)?,
        language: row.text(16)?,
        style: Style { number: row.parsed::<NumberStyle>(17)?, date: row.parsed::<DateStyle>(18)? },
        price_basis: row.parsed(19)?,
        tax_scope: row.parsed(20)?,
        tax: rate(row, 21)?,
        lead_days: count(row, 22)?,
        invoice_numbers: numbers(23)?,
        credit_note_numbers: numbers(24)?,
        receipt_numbers: numbers(25)?,
        locked_until_on: row.opt_date(26)?,
        is_demo: row.flag(27)?,
        cancel_running: row.parsed(28)?,
        early_return: rate(row, 29)?,
        use_credit_unasked: row.flag(30)?,
        tax_on_damage: row.flag(31)?,
        tax_on_cleaning: row.flag(32)?,
        legal_text: row.text(33)?,
        version: row.int(34)?,
    })
}

/// Writes the shop of a new book.
pub fn insert(db: &Db, shop: &Shop) -> Result<()> {
    let sql = format!(
        "INSERT INTO shop (id, {COLUMNS}) VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, \
         ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, ?35)"
    );
    db.execute(&sql, &cells(shop, 1))?;
    db.execute("INSERT INTO pass_state (id) VALUES (1)", &[])?;
    Ok(())
}

/// Saves the shop on top of the version that was read.
pub fn update(db: &Db, shop: &Shop) -> Result<()> {
    let sets: Vec<String> =
        COLUMNS.split(", ").enumerate().map(|(at, column)| format!("{} = ?{}", column.trim(), at + 1)).collect();
    let mut cells = cells(shop, shop.version + 1);
    cells.push(shop.version.into());
    let changed = db.execute(&format!("UPDATE shop SET {} WHERE id = 1 AND version = ?36", sets.join(", ")), &cells)?;
    if changed == 1 { Ok(()) } else { Err(StoreError::refused("the settings were changed meanwhile")) }
}

fn cells(shop: &Shop, version: i64) -> Vec<super::engine::Value<'_>> {
    vec![
        (&shop.name).into(),
        (&shop.address).into(),
        (&shop.country).into(),
        (&shop.email).into(),
        (&shop.phone).into(),
        (&shop.website).into(),
        (&shop.tax_number).into(),
        (&shop.registration_number).into(),
        (&shop.bank_name).into(),
        (&shop.bank_holder).into(),
        (&shop.iban).into(),
        (&shop.bic).into(),
        (&shop.bank_account).into(),
        (&shop.payment_instructions).into(),
        shop.time_zone.name().into(),
        shop.currency.code().to_owned().into(),
        (&shop.language).into(),
        shop.style.number.code().into(),
        shop.style.date.code().into(),
        shop.price_basis.code().into(),
        shop.tax_scope.code().into(),
        i64::from(shop.tax.ppm()).into(),
        shop.lead_days.into(),
        shop.invoice_numbers.to_string().into(),
        shop.credit_note_numbers.to_string().into(),
        shop.receipt_numbers.to_string().into(),
        shop.locked_until_on.into(),
        shop.is_demo.into(),
        shop.cancel_running.code().into(),
        shop.early_return.ppm().into(),
        shop.use_credit_unasked.into(),
        shop.tax_on_damage.into(),
        shop.tax_on_cleaning.into(),
        (&shop.legal_text).into(),
        version.into(),
    ]
}

/// The logo's bytes, where the shop has one.
pub fn logo(db: &Db) -> Result<Option<Vec<u8>>> {
    Ok(db.one("SELECT logo FROM shop WHERE id = 1", &[], |row| row.opt_bytes(0))?.flatten())
}

/// How many bytes the logo has; the picture itself is not read.
pub fn logo_size(db: &Db) -> Result<Option<usize>> {
    let size = db.one("SELECT LENGTH(logo) FROM shop WHERE id = 1", &[], |row| row.opt_int(0))?.flatten();
    Ok(size.and_then(|size| usize::try_from(size).ok()))
}

/// Keeps another logo, or none.
pub fn set_logo(db: &Db, logo: Option<&[u8]>) -> Result<()> {
    db.execute("UPDATE shop SET logo = ?1, version = version + 1 WHERE id = 1", &[logo.into()]).map(drop)
}

/// The letterhead with this content, made when the shop never looked like that before.
pub fn letterhead(db: &Db, content: &str) -> Result<i64> {
    let found = db.one("SELECT id FROM letterhead WHERE content = ?1", &[content.into()], |row| row.int(0))?;
    match found {
        Some(id) => Ok(id),
        None => db.insert("INSERT INTO letterhead (content) VALUES (?1)", &[content.into()]),
    }
}

/// The content of a letterhead.
pub fn letterhead_content(db: &Db, id: i64) -> Result<Option<String>> {
    db.one("SELECT content FROM letterhead WHERE id = ?1", &[id.into()], |row| row.text(0))
}

/// The currency in a cell.
pub(super) fn currency(row: &Row, at: usize) -> Result<Currency> {
    Currency::new(&row.text(at)?).map_err(|error| StoreError::broken(error.to_string()))
}

/// The tax rate in a cell of parts per million.
pub(super) fn rate(row: &Row, at: usize) -> Result<TaxRate> {
    TaxRate::new(count(row, at)?).map_err(|error| StoreError::broken(error.to_string()))
}

/// A count in a cell.
pub(super) fn count(row: &Row, at: usize) -> Result<u32> {
    u32::try_from(row.int(at)?).map_err(|error| StoreError::broken(error.to_string()))
}
