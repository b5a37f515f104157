//! The shop is set up, and its settings change.

use serde_json::json;

use super::shop_values::{country, language, lead_days, legal_text, optional, or, time_zone};
use crate::documents::{FallbackFont, check_font};
use crate::domain::contract::RunningPeriod;
use crate::domain::country::usual_zone;
use crate::domain::currency::Currency;
use crate::domain::format::{DateStyle, NumberStyle, Style};
use crate::domain::log::{Log, Subject};
use crate::domain::numbering::NumberFormat;
use crate::domain::tax::{PriceBasis, TaxRate, TaxScope};
use crate::domain::{contact, text};
use crate::services::done::{Done, Outcome, Touched};
use crate::services::refusal::{OfField, Refusal, Result};
use crate::services::trial::Kind;
use crate::services::work::{Entry, Work};
use crate::store::customer::insert_class;
use crate::store::shop::{self, Shop};

/// What a person says of a new shop. Empty text means the default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShopDraft {
    pub name: String,
    /// Address lines, parted by line ends or `;`.
    pub address: String,
    /// Two letters; US when empty.
    pub country: String,
    pub email: String,
    pub phone: String,
    /// VAT or tax number.
    pub tax_number: String,
    pub currency: String,
    /// Time zone such as `Europe/Berlin`; UTC when empty.
    pub time_zone: String,
    /// en, de, fr or es; by the country when empty.
    pub language: String,
    /// How numbers look; by the country when empty.
    pub number_style: String,
    /// How dates look; by the country when empty.
    pub date_style: String,
    /// Percent.
    pub tax_rate: String,
    pub prices: String,
    /// How invoices are numbered.
    pub number_format: String,
    /// Days before a period on which it is invoiced; 0 when empty.
    pub lead_days: String,
    pub bank_name: String,
    pub iban: String,
    pub bic: String,
    /// Account lines where there is no IBAN.
    pub bank_account: String,
    /// What the law wants on every invoice and credit note; `|` ends a line.
    pub legal_text: String,
    pub is_demo: bool,
}

/// Reads what a person said of a new shop.
pub(in crate::services) fn read(draft: &ShopDraft) -> Result<Shop> {
    let line = |field, value: &str, most| text::clean_line(value, most).of_field(field);
    let country = country(&or(&draft.country, "US")).of_field("country")?;
    let name = line("name", &draft.name, 300)?;
    if name.is_empty() {
        return Err(Refusal::of_field("name", "the shop needs a name").into());
    }
    let address: Vec<String> = draft
        .address
        .split(['\n', ';'])
        .map(|part| line("address", part, 200))
        .collect::<Result<Vec<_>>>()?
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    let address = address.join("\n");
    let bank_name = line("bank_name", &draft.bank_name, 100)?;
    text::refuse_spread(&[&name, &address, &bank_name]).of_field("address")?;
    Ok(Shop {
        name,
        address,
        email: optional(&draft.email, |value| contact::email(value).of_field("email"))?,
        phone: line("phone", &draft.phone, 40)?,
        website: String::new(),
        tax_number: line("tax_number", &draft.tax_number, 40)?,
        registration_number: String::new(),
        bank_name,
        bank_holder: String::new(),
        iban: optional(&draft.iban, |value| contact::iban(value).of_field("iban"))?,
        bic: line("bic", &draft.bic, 11)?.to_ascii_uppercase(),
        bank_account: line("bank_account", &draft.bank_account, 200)?,
        payment_instructions: String::new(),
        legal_text: legal_text("legal_text", &draft.legal_text)?,
        time_zone: time_zone(&or(&draft.time_zone, usual_zone(&country).unwrap_or("UTC")))?,
        currency: Currency::new(&draft.currency).of_field("currency")?,
        language: language(&or(&draft.language, language_of(&country)))?,
        style: Style {
            number: or(&draft.number_style, numbers_of(&country).code()).parse().of_field("number_style")?,
            date: or(&draft.date_style, dates_of(&country).code()).parse().of_field("date_style")?,
        },
        price_basis: or(&draft.prices, "net").parse::<PriceBasis>().of_field("prices")?,
        tax_scope: TaxScope::Document,
        tax: or(&draft.tax_rate, "0").parse::<TaxRate>().of_field("tax_rate")?,
        lead_days: lead_days(&or(&draft.lead_days, "0"))?,
        invoice_numbers: NumberFormat::parse(&or(&draft.number_format, "{year}-{seq:04}")).of_field("number_format")?,
        credit_note_numbers: NumberFormat::parse("CN-{year}-{seq:04}").of_field("number_format")?,
        receipt_numbers: NumberFormat::parse("R-{year}-{seq:04}").of_field("number_format")?,
        cancel_running: RunningPeriod::default(),
        early_return: "50".parse::<TaxRate>().of_field("early_return")?,
        use_credit_unasked: false,
        tax_on_damage: false,
        tax_on_cleaning: true,
        locked_until_on: None,
        is_demo: draft.is_demo,
        version: 1,
        country,
    })
}

/// Writes the shop into a new book, with the class customers get.
pub(in crate::services) fn set_up(work: &Work) -> Result<Done> {
    shop::insert(work.db, work.shop)?;
    insert_class(work.db, "Standard", true)?;
    let details = json!({ "currency": work.shop.currency.code(), "country": work.shop.country });
    work.log(&Entry { details, ..Entry::new(Log::SetUp, Subject::Shop) })?;
    Ok(Done::new(format!("{} is set up.", work.shop.name), Outcome::Nothing, &[Touched::Shop]))
}

/// Keeps the logo papers issued from now on show, or none.
pub(in crate::services) fn set_logo(work: &Work, logo: Option<&[u8]>) -> Result<Done> {
    if let Some(bytes) = logo {
        Kind::Logo.check_size(bytes).of_field("logo")?;
        crate::documents::check_logo(bytes).of_field("logo")?;
    }
    shop::set_logo(work.db, logo)?;
    let details = json!({ "key": "logo", "bytes": logo.map(<[u8]>::len) });
    work.log(&Entry { details, ..Entry::new(Log::ChangeSetting, Subject::Shop) })?;
    let said =
        if logo.is_some() { "The logo is kept; papers issued from now on show it." } else { "The logo is gone." };
    Ok(Done::new(said, Outcome::Nothing, &[Touched::Shop]))
}

/// Keeps the font papers issued from now on show names in that the built-in fonts cannot, or none.
pub(in crate::services) fn set_font(work: &Work, font: Option<&[u8]>) -> Result<Done> {
    font.map_or(Ok(()), |bytes| Kind::Font.check_size(bytes)).of_field("font")?;
    // Whole it was tried before, beside the book: here it has to be quick.
    let read = font.map(FallbackFont::read_apart).transpose().of_field("font")?;
    read.as_ref().map_or(Ok(()), check_font).of_field("font")?;
    let name = read.as_ref().map(FallbackFont::name).unwrap_or_default();
    match font {
        Some(bytes) => crate::store::font::add(work.db, name, bytes)?,
        None => crate::store::font::none(work.db)?,
    }
    let details = json!({ "key": "font", "name": name, "bytes": font.map(<[u8]>::len) });
    work.log(&Entry { details, ..Entry::new(Log::ChangeSetting, Subject::Shop) })?;
    let said = match font {
        Some(_) => format!("{name} is added; papers issued from now on show with it what the other fonts lack."),
        None => "Papers are printed with the built-in fonts alone.".to_owned(),
    };
    Ok(Done::new(said, Outcome::Nothing, &[Touched::Shop]))
}

/// How people of a country write: what a shop gets that says nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Habits {
    pub language: &'static str,
    pub style: Style,
}

/// The habits of a country, by its two letters.
pub fn habits(country: &str) -> Habits {
    Habits { language: language_of(country), style: Style { number: numbers_of(country), date: dates_of(country) } }
}

fn language_of(country: &str) -> &'static str {
    match country {
        "DE" | "AT" | "CH" | "LI" => "de",
        "FR" | "BE" | "LU" | "MC" => "fr",
        "ES" | "MX" | "AR" | "CL" | "CO" | "PE" => "es",
        _ => "en",
    }
}

fn numbers_of(country: &str) -> NumberStyle {
    match country {
        "DE" | "AT" | "ES" | "IT" | "NL" | "DK" | "PT" | "BR" | "GR" | "TR" | "AR" | "CL" | "CO" | "BE" | "SI"
        | "HR" => NumberStyle::PointComma,
        "FR" | "PL" | "CZ" | "SK" | "SE" | "NO" | "FI" | "UA" | "HU" | "BG" | "EE" | "LV" | "LT" | "LU" => {
            NumberStyle::SpaceComma
        }
        _ => NumberStyle::CommaPoint,
    }
}

fn dates_of(country: &str) -> DateStyle {
    match country {
        "US" => DateStyle::MonthFirst,
        "DE" | "AT" | "CH" | "PL" | "CZ" | "SK" | "FI" | "NO" | "DK" | "UA" | "TR" | "BG" | "EE" | "LV" => {
            DateStyle::Dotted
        }
        "JP" | "CN" | "KR" | "SE" | "LT" | "HU" | "CA" => DateStyle::Iso,
        _ => DateStyle::DayFirst,
    }
}
