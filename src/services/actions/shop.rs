//! The shop is set up, and its settings change.

use chrono_tz::Tz;
use serde_json::json;

use crate::documents::{FallbackFont, check_font};
use crate::domain::contract::RunningPeriod;
use crate::domain::country::usual_zone;
use crate::domain::country_code::country_code;
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

/// Every setting a person can change: its key and what it says now.
pub fn settings(shop: &Shop) -> Vec<(&'static str, String)> {
    let yes = |is_on: bool| if is_on { "yes" } else { "no" }.to_owned();
    vec![
        ("name", shop.name.clone()),
        ("address", shop.address.replace('\n', "; ")),
        ("country", shop.country.clone()),
        ("email", shop.email.clone()),
        ("phone", shop.phone.clone()),
        ("website", shop.website.clone()),
        ("tax_number", shop.tax_number.clone()),
        ("registration_number", shop.registration_number.clone()),
        ("bank_name", shop.bank_name.clone()),
        ("bank_holder", shop.bank_holder.clone()),
        ("iban", shop.iban.clone()),
        ("bic", shop.bic.clone()),
        ("bank_account", shop.bank_account.clone()),
        ("payment_instructions", shop.payment_instructions.clone()),
        ("legal_text", shop.legal_text.replace('\n', " | ")),
        ("time_zone", shop.time_zone.name().to_owned()),
        ("currency", shop.currency.code().to_owned()),
        ("language", shop.language.clone()),
        ("number_style", shop.style.number.code().to_owned()),
        ("date_style", shop.style.date.code().to_owned()),
        ("prices", shop.price_basis.code().to_owned()),
        ("tax_rounding", shop.tax_scope.code().to_owned()),
        ("tax_rate", shop.tax.to_string()),
        ("lead_days", shop.lead_days.to_string()),
        ("invoice_numbers", shop.invoice_numbers.to_string()),
        ("credit_note_numbers", shop.credit_note_numbers.to_string()),
        ("receipt_numbers", shop.receipt_numbers.to_string()),
        ("cancel_running_period", shop.cancel_running.code().to_owned()),
        ("early_return", shop.early_return.to_string()),
        ("use_credit", yes(shop.use_credit_unasked)),
        ("tax_on_damage", yes(shop.tax_on_damage)),
        ("tax_on_cleaning", yes(shop.tax_on_cleaning)),
        ("locked_until", shop.locked_until_on.map(|day| day.to_string()).unwrap_or_default()),
    ]
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

/// Reads a value and keeps it as this setting of a shop.
pub(super) fn set(shop: &mut Shop, key: &str, value: &str) -> Result<()> {
    let line = |most| text::clean_line(value, most).of_field("value");
    match key {
        "name" if !value.trim().is_empty() => shop.name = line(300)?,
        "address" => shop.address = lines_of(&line(600)?)?,
        "country" => shop.country = country(value).map_err(|why| Refusal::of_field("value", why))?,
        "email" => shop.email = optional(value, |value| contact::email(value).of_field("value"))?,
        "phone" => shop.phone = line(40)?,
        "website" => shop.website = line(200)?,
        "tax_number" => shop.tax_number = line(40)?,
        "registration_number" => shop.registration_number = line(200)?,
        "bank_name" => shop.bank_name = line(100)?,
        "bank_holder" => shop.bank_holder = line(100)?,
        "iban" => shop.iban = optional(value, |value| contact::iban(value).of_field("value"))?,
        "bic" => shop.bic = line(11)?.to_ascii_uppercase(),
        "bank_account" => shop.bank_account = line(200)?,
        "payment_instructions" => shop.payment_instructions = line(500)?,
        "legal_text" => shop.legal_text = legal_text("value", value)?,
        "time_zone" => shop.time_zone = time_zone(value)?,
        "currency" => shop.currency = Currency::new(value).of_field("value")?,
        "language" => shop.language = language(value)?,
        "number_style" => shop.style.number = value.parse().of_field("value")?,
        "date_style" => shop.style.date = value.parse().of_field("value")?,
        "prices" => shop.price_basis = value.parse().of_field("value")?,
        "tax_rounding" => shop.tax_scope = value.parse().of_field("value")?,
        "tax_rate" => shop.tax = value.parse().of_field("value")?,
        "lead_days" => shop.lead_days = lead_days(value)?,
        "invoice_numbers" => shop.invoice_numbers = NumberFormat::parse(value).of_field("value")?,
        "credit_note_numbers" => shop.credit_note_numbers = NumberFormat::parse(value).of_field("value")?,
        "receipt_numbers" => shop.receipt_numbers = NumberFormat::parse(value).of_field("value")?,
        "cancel_running_period" => shop.cancel_running = value.parse().of_field("value")?,
        "early_return" => shop.early_return = value.parse().of_field("value")?,
        "use_credit" => shop.use_credit_unasked = yes_or_no(value)?,
        "tax_on_damage" => shop.tax_on_damage = yes_or_no(value)?,
        "tax_on_cleaning" => shop.tax_on_cleaning = yes_or_no(value)?,
        "locked_until" => {
            let day = optional(value, |value| Ok(value.to_owned()))?;
            shop.locked_until_on = if day.is_empty() { None } else { Some(day.parse().of_field("value")?) };
        }
        _ => {
            let known: Vec<&str> = settings(shop).iter().map(|(key, _)| *key).collect();
            return Err(Refusal::of_field("key", format!("there is no setting {key}: {}", known.join(", "))).into());
        }
    }
    Ok(())
}

/// Lines parted by `;`, none of which goes on with a card number the one before began.
fn lines_of(written: &str) -> Result<String> {
    let lines = written.replace("; ", "\n").replace(';', "\n");
    text::refuse_spread(&[&lines]).of_field("value")?;
    Ok(lines)
}

/// Lines parted by line ends or `|`: a `;` stands inside a sentence.
fn legal_text(field: &'static str, written: &str) -> Result<String> {
    const MOST_LINES: usize = 20;
    let lines = written.split(['\n', '|']).map(|part| text::clean_line(part, 500).of_field(field));
    let lines = lines.collect::<Result<Vec<_>>>()?.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>();
    let all = lines.join("\n");
    if lines.len() > MOST_LINES || all.chars().count() > 2_000 {
        return Err(Refusal::of_field(field, "20 lines and 2,000 characters at most").into());
    }
    text::refuse_spread(&[&all]).of_field(field)?;
    Ok(all)
}

fn country(value: &str) -> Result<String, &'static str> {
    country_code(value).ok_or("write a country by its name or its two letters, such as Germany or DE")
}

fn or(value: &str, default: &str) -> String {
    let value = value.trim();
    if value.is_empty() { default.to_owned() } else { value.to_owned() }
}

fn optional(value: &str, read: impl FnOnce(&str) -> Result<String>) -> Result<String> {
    if value.trim().is_empty() { Ok(String::new()) } else { read(value.trim()) }
}

fn yes_or_no(value: &str) -> Result<bool> {
    match value.trim() {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err(Refusal::of_field("value", "write yes or no").into()),
    }
}

fn time_zone(value: &str) -> Result<Tz> {
    value.trim().parse().map_err(|_| Refusal::of_field("time_zone", "write a zone such as Europe/Berlin or UTC").into())
}

fn language(value: &str) -> Result<String> {
    match value.trim() {
        known @ ("en" | "de" | "fr" | "es") => Ok(known.to_owned()),
        _ => Err(Refusal::of_field("language", "papers can be printed in en, de, fr or es").into()),
    }
}

fn lead_days(value: &str) -> Result<u32> {
    match value.trim().parse() {
        Ok(days @ 0..=90) => Ok(days),
        _ => Err(Refusal::of_field("lead_days", "write a number of days from 0 to 90").into()),
    }
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
