//! The shop's head and foot as papers print it, kept as it was when they were issued.

use std::sync::{Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::refusal::Result;
use super::work::Work;
use crate::documents::{Bank, FallbackFont, Language, Letterhead, PaperSize, Sentence, Word, fonts_for, missing};
use crate::domain::format::{DateStyle, NumberStyle, Style};
use crate::domain::method::Method;
use crate::domain::tax_label;
use crate::store::font;
use crate::store::shop::{self, Shop};
use crate::store::{Db, StoreError};

/// The shop as a paper prints it, kept as it was at issue.
#[derive(Serialize, Deserialize)]
pub(super) struct Kept {
    name: String,
    address: Vec<String>,
    contact: Vec<String>,
    tax_numbers: Vec<String>,
    bank: Option<KeptBank>,
    instructions: Option<String>,
    /// Required legal text, in lines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    legal: Option<String>,
    language: String,
    number_style: String,
    date_style: String,
    pub(super) prices: String,
    size: String,
    /// The logo's bytes in base 64.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    logo: Option<String>,
    /// The digests of the fonts, parted by commas, for what the built-in ones lack.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    font: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct KeptBank {
    holder: String,
    iban: Option<String>,
    bic: Option<String>,
    name: Option<String>,
    account: Vec<String>,
}

/// What a letterhead row keeps of the shop.
pub(super) fn letterhead_text(db: &Db, shop: &Shop) -> Result<String> {
    let logo = shop::logo(db)?;
    let lines = |text: &str| text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let has_bank = !(shop.iban.is_empty() && shop.bank_account.is_empty() && shop.bank_name.is_empty());
    let kept = Kept {
        name: shop.name.clone(),
        address: lines(&shop.address),
        contact: [&shop.phone, &shop.email, &shop.website].into_iter().filter_map(|text| some(text)).collect(),
        tax_numbers: Some(tax_label::with_label(&shop.tax_number, &shop.country))
            .into_iter()
            .chain(Some(shop.registration_number.clone()))
            .filter(|number| !number.is_empty())
            .collect(),
        bank: has_bank.then(|| KeptBank {
            holder: if shop.bank_holder.is_empty() { shop.name.clone() } else { shop.bank_holder.clone() },
            iban: some(&shop.iban),
            bic: some(&shop.bic),
            name: some(&shop.bank_name),
            account: shop
                .bank_account
                .split(';')
                .map(|part| part.trim().to_owned())
                .filter(|part| !part.is_empty())
                .collect(),
        }),
        instructions: some(&shop.payment_instructions),
        legal: some(&shop.legal_text),
        language: shop.language.clone(),
        number_style: shop.style.number.code().to_owned(),
        date_style: shop.style.date.code().to_owned(),
        prices: shop.price_basis.code().to_owned(),
        logo: logo.map(|bytes| STANDARD.encode(bytes)),
        font: Some(digests(db)?).filter(|digests| !digests.is_empty()),
        size: if matches!(shop.country.as_str(), "US" | "CA" | "MX" | "PH") { "letter" } else { "a4" }.to_owned(),
    };
    serde_json::to_string(&kept).map_err(|error| StoreError::broken(error.to_string()).into())
}

/// The letterhead a paper made today gets.
pub(super) fn letterhead_now(db: &Db, shop: &Shop) -> Result<Letterhead> {
    let text = letterhead_text(db, shop)?;
    letterhead(db, &read(&text)?)
}

/// What a letterhead row keeps, read back.
pub(super) fn read(text: &str) -> Result<Kept> {
    serde_json::from_str(text).map_err(|error| StoreError::broken(error.to_string()).into())
}

/// A text of a line in the language the shop's papers have now; it stays as it is written.
pub(in crate::services) fn said(work: &Work, what: Sentence, parts: &[(&str, &str)]) -> String {
    language(work).sentence(what, parts)
}

/// A reason out of a closed set, as that text has it.
pub(in crate::services) fn said_reason(work: &Work, reason: &str) -> String {
    language(work).reason(reason)
}

/// A day in such a text: in words where papers are in English, else as the shop writes dates.
pub(in crate::services) fn said_day(work: &Work, day: NaiveDate) -> String {
    let style = work.shop.style;
    if language(work) == Language::English { style.long_date(day) } else { style.date(day) }
}

fn language(work: &Work) -> Language {
    Language::from_code(&work.shop.language).unwrap_or_default()
}

/// How money came, in the language of a paper.
pub(super) const fn method_word(language: Language, method: Method) -> &'static str {
    language.word(match method {
        Method::BankTransfer => Word::BankTransfer,
        Method::Card => Word::Card,
        Method::DirectDebit => Word::DirectDebit,
        Method::Check => Word::Check,
        Method::Cash => Word::Cash,
    })
}

/// The fonts with these digests; those read last are kept parsed, because a batch of papers asks for them a thousand times.
fn added_fonts(db: &Db, digests: &str) -> Result<Vec<FallbackFont>> {
    static LAST: Mutex<Option<(String, Vec<FallbackFont>)>> = Mutex::new(None);
    let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((known, fonts)) = last.as_ref()
        && known == digests
    {
        return Ok(fonts.clone());
    }
    let mut fonts = Vec::new();
    for digest in digests.split(',') {
        fonts.extend(font::content(db, digest)?.and_then(|bytes| FallbackFont::read_apart(&bytes).ok()));
    }
    if !fonts.is_empty() {
        *last = Some((digests.to_owned(), fonts.clone()));
    }
    Ok(fonts)
}

/// The digests of the fonts papers of today are printed with.
fn digests(db: &Db) -> Result<String> {
    let digests: Vec<String> = font::chosen(db)?.into_iter().map(|(digest, _)| digest).collect();
    Ok(digests.join(","))
}

/// What the shop's papers cannot show of a text, as a sentence for whoever typed it; empty where they show all.
pub(in crate::services) fn not_shown(work: &Work, texts: &[&str]) -> Result<String> {
    // Plain letters are the rule: no font is asked about them.
    if texts.iter().all(|text| text.is_ascii()) {
        return Ok(String::new());
    }
    let digests = digests(work.db)?;
    let fonts = if digests.is_empty() { Vec::new() } else { added_fonts(work.db, &digests)? };
    let missing = missing(&fonts, texts);
    if missing.is_empty() {
        return Ok(String::new());
    }
    let letters: String = missing.iter().take(8).collect();
    let needed = fonts_for(&missing);
    let needed = if needed.is_empty() { String::new() } else { format!(": add the font {}", needed.join(", ")) };
    Ok(format!(" Papers cannot show {letters}{needed} (settings, font)."))
}

/// What a paper prints of what was kept.
pub(super) fn letterhead(db: &Db, kept: &Kept) -> Result<Letterhead> {
    let added_fonts = kept.font.as_deref().map(|digests| added_fonts(db, digests)).transpose()?.unwrap_or_default();
    Ok(Letterhead {
        added_fonts,
        shop_name: kept.name.clone(),
        address: kept.address.clone(),
        contact: kept.contact.clone(),
        tax_numbers: kept.tax_numbers.clone(),
        bank: kept.bank.as_ref().map(|bank| Bank {
            holder: bank.holder.clone(),
            iban: bank.iban.clone(),
            bic: bank.bic.clone(),
            name: bank.name.clone(),
            account_lines: bank.account.clone(),
        }),
        logo: kept.logo.as_ref().and_then(|text| STANDARD.decode(text).ok()),
        style: Style {
            number: NumberStyle::from_code(&kept.number_style).unwrap_or_default(),
            date: DateStyle::from_code(&kept.date_style).unwrap_or_default(),
        },
        instructions: kept.instructions.clone(),
        legal: kept.legal.clone(),
        language: Language::from_code(&kept.language).unwrap_or_default(),
        size: if kept.size == "letter" { PaperSize::Letter } else { PaperSize::A4 },
    })
}
