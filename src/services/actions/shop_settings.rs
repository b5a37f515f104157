//! Every setting of the shop a person can change, each said once: set-up, the page of the settings, `settings show` and
//! `settings set`, undo and the log take it from here. A new one is a row, and a column of `shop`.

use super::shop_values::{
    country, language, lead_days, legal_text, line, lines_of, optional, time_zone, yes, yes_or_no,
};
use crate::domain::contact;
use crate::domain::contract::RunningPeriod;
use crate::domain::currency::Currency;
use crate::domain::format::{DateStyle, NumberStyle, Style};
use crate::domain::numbering::NumberFormat;
use crate::domain::tax::{PriceBasis, TaxScope};
use crate::services::refusal::{OfField, Refusal, Result};
use crate::store::shop::Shop;

/// A setting.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    pub key: &'static str,
    /// The part of the page it stands in.
    pub group: &'static str,
    pub label: &'static str,
    /// What it is for; empty where its name says it.
    pub about: &'static str,
    /// The few values it can have, each with its words; none where it is typed.
    pub choices: fn() -> Vec<(&'static str, String)>,
    /// What it says now.
    pub get: fn(&Shop) -> String,
    set: fn(&mut Shop, &str) -> Result<()>,
}

/// The setting of this key.
pub fn setting(key: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| setting.key == key)
}

/// Every setting a person can change: its key and what it says now.
pub fn settings(shop: &Shop) -> Vec<(&'static str, String)> {
    SETTINGS.iter().map(|setting| (setting.key, (setting.get)(shop))).collect()
}

/// Reads a value and keeps it as this setting of a shop.
pub(super) fn set(shop: &mut Shop, key: &str, value: &str) -> Result<()> {
    let Some(setting) = setting(key) else {
        let known: Vec<&str> = SETTINGS.iter().map(|setting| setting.key).collect();
        return Err(Refusal::of_field("key", format!("there is no setting {key}: {}", known.join(", "))).into());
    };
    (setting.set)(shop, value)
}

fn no_name() -> Refusal {
    Refusal::of_field("value", "the shop needs a name")
}

fn said<const N: usize>(choices: [(&'static str, &str); N]) -> Vec<(&'static str, String)> {
    choices.into_iter().map(|(code, words)| (code, words.to_owned())).collect()
}

/// A large amount, as it is written.
fn large(number: NumberStyle) -> String {
    Style { number, date: DateStyle::Iso }.number("1200.50")
}

/// The third of December 2025, as it is written.
fn third(date: DateStyle) -> String {
    let day = chrono::NaiveDate::from_ymd_opt(2025, 12, 3).unwrap_or_default();
    Style { number: NumberStyle::CommaPoint, date }.date(day)
}

const TYPED: fn() -> Vec<(&'static str, String)> = Vec::new;
const WITH_TAX: fn() -> Vec<(&'static str, String)> = || said([("yes", "with tax"), ("no", "without tax")]);

/// A setting: key, group, label and help; what it says now; how a value is kept; its few values.
macro_rules! row {
    (($key:expr, $group:expr, $label:expr, $about:expr), $get:expr, |$shop:ident, $value:ident| $keep:expr, $choices:expr) => {
        Setting {
            key: $key,
            group: $group,
            label: $label,
            about: $about,
            choices: $choices,
            get: $get,
            set: |$shop, $value| {
                $keep;
                Ok(())
            },
        }
    };
}

/// All of them, in the order in which they are shown.
pub static SETTINGS: &[Setting] = &[
    row!(
        ("name", "Shop", "Name", "As it stands on papers."),
        |shop| shop.name.clone(),
        |shop, value| shop.name = Some(line(value, 300)?).filter(|name| !name.is_empty()).ok_or_else(no_name)?,
        TYPED
    ),
    row!(
        ("address", "Shop", "Address", "Separate lines with ;."),
        |shop| shop.address.replace('\n', "; "),
        |shop, value| shop.address = lines_of(&line(value, 600)?)?,
        TYPED
    ),
    row!(
        ("country", "Shop", "Country", ""),
        |shop| shop.country.clone(),
        |shop, value| shop.country = country(value).map_err(|why| Refusal::of_field("value", why))?,
        TYPED
    ),
    row!(
        ("email", "Shop", "Email", "Printed on papers."),
        |shop| shop.email.clone(),
        |shop, value| shop.email = optional(value, |value| contact::email(value).of_field("value"))?,
        TYPED
    ),
    row!(
        ("phone", "Shop", "Phone", "Printed on papers."),
        |shop| shop.phone.clone(),
        |shop, value| shop.phone = line(value, 40)?,
        TYPED
    ),
    row!(
        ("website", "Shop", "Website", "Printed on papers."),
        |shop| shop.website.clone(),
        |shop, value| { shop.website = line(value, 200)? },
        TYPED
    ),
    row!(
        ("tax_number", "Shop", "VAT or tax number", "Printed on invoices."),
        |shop| shop.tax_number.clone(),
        |shop, value| shop.tax_number = line(value, 40)?,
        TYPED
    ),
    row!(
        ("registration_number", "Shop", "Trade register number", "Printed on invoices."),
        |shop| shop.registration_number.clone(),
        |shop, value| shop.registration_number = line(value, 200)?,
        TYPED
    ),
    row!(
        ("bank_name", "Bank", "Bank", "Printed on invoices."),
        |shop| shop.bank_name.clone(),
        |shop, value| { shop.bank_name = line(value, 100)? },
        TYPED
    ),
    row!(
        ("bank_holder", "Bank", "Account holder", "Empty: the name of the shop."),
        |shop| shop.bank_holder.clone(),
        |shop, value| shop.bank_holder = line(value, 100)?,
        TYPED
    ),
    row!(
        ("iban", "Bank", "IBAN", "Printed on invoices, with a code to scan where they are in EUR."),
        |shop| shop.iban.clone(),
        |shop, value| shop.iban = optional(value, |value| contact::iban(value).of_field("value"))?,
        TYPED
    ),
    row!(
        ("bic", "Bank", "BIC", ""),
        |shop| shop.bic.clone(),
        |shop, value| shop.bic = line(value, 11)?.to_ascii_uppercase(),
        TYPED
    ),
    row!(
        ("bank_account", "Bank", "Or an account", "Where there is no IBAN; separate lines with ;."),
        |shop| shop.bank_account.clone(),
        |shop, value| shop.bank_account = line(value, 200)?,
        TYPED
    ),
    row!(
        ("payment_instructions", "Invoices", "Payment instructions", "Printed below the bank details."),
        |shop| shop.payment_instructions.clone(),
        |shop, value| shop.payment_instructions = line(value, 500)?,
        TYPED
    ),
    row!(
        ("legal_text", "Invoices", "Required legal text", "On every invoice and credit note; separate lines with |."),
        |shop| shop.legal_text.replace('\n', " | "),
        |shop, value| shop.legal_text = legal_text("value", value)?,
        TYPED
    ),
    row!(
        ("time_zone", "Shop", "Time zone", "The business day begins at midnight there."),
        |shop| shop.time_zone.name().to_owned(),
        |shop, value| shop.time_zone = time_zone(value)?,
        TYPED
    ),
    row!(
        ("currency", "Money", "Currency", "For new customers; existing ones keep theirs."),
        |shop| shop.currency.code().to_owned(),
        |shop, value| shop.currency = Currency::new(value).of_field("value")?,
        TYPED
    ),
    row!(
        ("language", "Money", "Language of papers", ""),
        |shop| shop.language.clone(),
        |shop, value| shop.language = language(value)?,
        || said([("en", "English"), ("de", "German"), ("fr", "French"), ("es", "Spanish")])
    ),
    row!(
        ("number_style", "Money", "A large amount looks like", ""),
        |shop| shop.style.number.code().to_owned(),
        |shop, value| shop.style.number = value.parse().of_field("value")?,
        || NumberStyle::ALL.iter().map(|number| (number.code(), large(*number))).collect()
    ),
    row!(
        ("date_style", "Money", "The third of December 2025", ""),
        |shop| shop.style.date.code().to_owned(),
        |shop, value| shop.style.date = value.parse().of_field("value")?,
        || DateStyle::ALL.iter().map(|date| (date.code(), third(*date))).collect()
    ),
    row!(
        ("prices", "Money", "Prices are written", "Of new payments; invoices that are out never change."),
        |shop| shop.price_basis.code().to_owned(),
        |shop, value| shop.price_basis = value.parse().of_field("value")?,
        || { said([(PriceBasis::Net.code(), "without tax (net)"), (PriceBasis::Gross.code(), "with tax (gross)")]) }
    ),
    row!(
        ("tax_rounding", "Money", "Tax is rounded", ""),
        |shop| shop.tax_scope.code().to_owned(),
        |shop, value| shop.tax_scope = value.parse().of_field("value")?,
        || said([(TaxScope::Document.code(), "once on an invoice"), (TaxScope::Line.code(), "on every line")])
    ),
    row!(
        ("tax_rate", "Money", "Tax, percent", "For new products; existing ones keep theirs."),
        |shop| shop.tax.to_string(),
        |shop, value| shop.tax = value.parse().of_field("value")?,
        TYPED
    ),
    row!(
        (
            "lead_days",
            "Invoices",
            "Days before a period",
            "An invoice is made so many days before; with 0 nobody is reminded before it is due."
        ),
        |shop| shop.lead_days.to_string(),
        |shop, value| shop.lead_days = lead_days(value)?,
        TYPED
    ),
    row!(
        ("invoice_numbers", "Invoices", "Number of an invoice", "{seq} is the running number, {year} the year."),
        |shop| shop.invoice_numbers.to_string(),
        |shop, value| shop.invoice_numbers = NumberFormat::parse(value).of_field("value")?,
        TYPED
    ),
    row!(
        ("credit_note_numbers", "Invoices", "Number of a credit note", "{seq} is the running number, {year} the year."),
        |shop| shop.credit_note_numbers.to_string(),
        |shop, value| shop.credit_note_numbers = NumberFormat::parse(value).of_field("value")?,
        TYPED
    ),
    row!(
        ("receipt_numbers", "Invoices", "Number of a receipt", "{seq} is the running number, {year} the year."),
        |shop| shop.receipt_numbers.to_string(),
        |shop, value| shop.receipt_numbers = NumberFormat::parse(value).of_field("value")?,
        TYPED
    ),
    row!(
        (
            "cancel_running_period",
            "Invoices",
            "A cancelled subscription's period",
            "Whether the days that are left of it are given back."
        ),
        |shop| shop.cancel_running.code().to_owned(),
        |shop, value| shop.cancel_running = value.parse().of_field("value")?,
        || {
            said([
                (RunningPeriod::Prorate.code(), "days left are given back"),
                (RunningPeriod::Keep.code(), "is owed to its end"),
            ])
        }
    ),
    row!(
        ("early_return", "Invoices", "Fee of an early return, %", "Of the rent of the months that are left."),
        |shop| shop.early_return.to_string(),
        |shop, value| shop.early_return = value.parse().of_field("value")?,
        TYPED
    ),
    row!(
        (
            "use_credit",
            "Invoices",
            "New invoices use credit",
            "Whether the payer's credit is used automatically, oldest first, or only when you choose it."
        ),
        |shop| yes(shop.use_credit_unasked),
        |shop, value| shop.use_credit_unasked = yes_or_no(value)?,
        || said([("yes", "automatically"), ("no", "only when you choose it")])
    ),
    row!(
        (
            "tax_on_damage",
            "Invoices",
            "Tax on kept for damage",
            "Whether what is kept of a deposit for damage is taxed."
        ),
        |shop| yes(shop.tax_on_damage),
        |shop, value| shop.tax_on_damage = yes_or_no(value)?,
        WITH_TAX
    ),
    row!(
        (
            "tax_on_cleaning",
            "Invoices",
            "Tax on kept for cleaning",
            "Whether what is kept of a deposit for cleaning is taxed."
        ),
        |shop| yes(shop.tax_on_cleaning),
        |shop, value| shop.tax_on_cleaning = yes_or_no(value)?,
        WITH_TAX
    ),
    row!(
        ("locked_until", "Book", "Closed up to", "Nothing can be dated on or before that day."),
        |shop| shop.locked_until_on.map(|day| day.to_string()).unwrap_or_default(),
        |shop, value| {
            let day = optional(value, |value| Ok(value.to_owned()))?;
            shop.locked_until_on = if day.is_empty() { None } else { Some(day.parse().of_field("value")?) };
        },
        TYPED
    ),
];
