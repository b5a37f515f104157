//! The papers of the shop from the rows of the book: values for `documents`, bytes back.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::desk::Desk;
use super::refusal::{OrUnknown, Refusal, Result};
use crate::documents::{
    Bank, InvoicePaper, InvoicePaperKind, Language, Letterhead, Paper, PaperLine, PaperSettlement, PaperSize, PaperTax,
    Prices, Stamp,
};
use crate::domain::format::{DateStyle, NumberStyle, Style};
use crate::domain::id::InvoiceId;
use crate::domain::method::Method;
use crate::domain::money::Money;
use crate::domain::status::{InvoiceKind, InvoiceState};
use crate::domain::tax::{PriceBasis, TaxRate};
use crate::store::paper::{self, InvoiceRow, LineRow};
use crate::store::shop::{self, Shop};
use crate::store::{Db, StoreError};

/// Which copy of an invoice is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Copy {
    /// With what was paid since, and the paid stamp.
    #[default]
    Current,
    /// As it left the shop: the same bytes for ever.
    AsIssued,
}

/// The shop as a paper prints it, kept as it was at issue.
#[derive(Serialize, Deserialize)]
struct Kept {
    name: String,
    address: Vec<String>,
    contact: Vec<String>,
    tax_numbers: Vec<String>,
    bank: Option<KeptBank>,
    instructions: Option<String>,
    language: String,
    number_style: String,
    date_style: String,
    prices: String,
    size: String,
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
pub(super) fn letterhead_text(shop: &Shop) -> Result<String> {
    let lines = |text: &str| text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let has_bank = !(shop.iban.is_empty() && shop.bank_account.is_empty() && shop.bank_name.is_empty());
    let kept = Kept {
        name: shop.name.clone(),
        address: lines(&shop.address),
        contact: [&shop.phone, &shop.email, &shop.website].into_iter().filter_map(|text| some(text)).collect(),
        tax_numbers: [&shop.tax_number, &shop.registration_number].into_iter().filter_map(|text| some(text)).collect(),
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
        language: shop.language.clone(),
        number_style: shop.style.number.code().to_owned(),
        date_style: shop.style.date.code().to_owned(),
        prices: shop.price_basis.code().to_owned(),
        size: if matches!(shop.country.as_str(), "US" | "CA" | "MX" | "PH") { "letter" } else { "a4" }.to_owned(),
    };
    serde_json::to_string(&kept).map_err(|error| StoreError::broken(error.to_string()).into())
}

fn letterhead(kept: &Kept) -> Letterhead {
    Letterhead {
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
        logo: None,
        style: Style {
            number: NumberStyle::from_code(&kept.number_style).unwrap_or_default(),
            date: DateStyle::from_code(&kept.date_style).unwrap_or_default(),
        },
        instructions: kept.instructions.clone(),
        language: Language::from_code(&kept.language).unwrap_or_default(),
        size: if kept.size == "letter" { PaperSize::Letter } else { PaperSize::A4 },
    }
}

impl Desk {
    /// The PDF of an invoice.
    ///
    /// # Errors
    /// When there is no such invoice or the paper cannot be made.
    pub fn invoice_paper(&self, id: InvoiceId, copy: Copy) -> Result<Paper> {
        let paper = self.read(|db| values(db, self.shop()?, id, copy))?;
        crate::documents::invoice(&paper).map_err(|error| Refusal::new("no_paper", error.to_string()).into())
    }
}

/// Everything the paper shows.
fn values(db: &Db, shop: &Shop, id: InvoiceId, copy: Copy) -> Result<InvoicePaper> {
    let row = paper::invoice(db, id)?.or_unknown("invoice", id)?;
    let lines = paper::lines(db, id)?;
    let text = match row.letterhead {
        Some(letterhead) => shop::letterhead_content(db, letterhead)?.unwrap_or_default(),
        None => letterhead_text(shop)?,
    };
    let kept: Kept = serde_json::from_str(&text).map_err(|error| StoreError::broken(error.to_string()))?;
    let settled = match copy {
        Copy::Current => paper::settlements(db, id, row.currency)?,
        Copy::AsIssued => Vec::new(),
    };
    let is_gross = kept.prices == PriceBasis::Gross.code();
    let paid: i64 = settled.iter().map(|part| part.amount.minor()).sum();
    let open = Money::new(row.total.minor() - paid, row.currency);
    let stamp = stamp(&row, copy, open, settled.iter().map(|part| part.on).max());
    let is_consolidated = row.kind == InvoiceKind::Consolidated;
    let payer = std::iter::once(row.payer_name.as_str()).chain(row.payer_address.lines());
    Ok(InvoicePaper {
        letterhead: letterhead(&kept),
        kind: if is_consolidated { InvoicePaperKind::Consolidated } else { InvoicePaperKind::Invoice },
        reference: row.number.clone().unwrap_or_default(),
        number: row.number,
        invoiced_on: row.invoiced_on,
        due_on: Some(row.due_on),
        payer: payer.map(str::to_owned).collect(),
        payer_numbers: Some(row.payer_tax_number).filter(|number| !number.is_empty()).into_iter().collect(),
        customer_reference: None,
        corrects: None,
        prices: if is_gross { Prices::Gross } else { Prices::Net },
        taxes: taxes(&lines, row.currency),
        lines: lines.iter().map(|line| paper_line(line, row.currency, is_consolidated)).collect(),
        subtotal: row.subtotal,
        total: row.total,
        settled: settled
            .into_iter()
            .map(|part| PaperSettlement {
                on: part.on,
                text: settled_by(&part.source, part.method),
                amount: part.amount,
            })
            .collect(),
        open,
        account: None,
        stamp,
        notes: Vec::new(),
        qr: None,
    })
}

fn stamp(row: &InvoiceRow, copy: Copy, open: Money, last: Option<NaiveDate>) -> Option<Stamp> {
    match (row.state, copy) {
        (InvoiceState::Draft | InvoiceState::InReview, _) => Some(Stamp::Draft),
        (_, Copy::AsIssued) => None,
        (InvoiceState::Void, _) => Some(Stamp::Void),
        (InvoiceState::Issued, _) if open.is_zero() => Some(Stamp::Paid(last.unwrap_or(row.invoiced_on))),
        (InvoiceState::Issued, _) => None,
    }
}

fn paper_line(line: &LineRow, currency: crate::domain::currency::Currency, is_consolidated: bool) -> PaperLine {
    let (text, serial) = match line.text.split_once(" (SN ") {
        Some((text, serial)) => (text.to_owned(), Some(format!("SN {}", serial.trim_end_matches(')')))),
        None => (line.text.clone(), None),
    };
    let customer = is_consolidated.then(|| line.customer_name.clone());
    let detail = customer.into_iter().chain(serial).collect::<Vec<_>>().join(" · ");
    PaperLine {
        text,
        detail: Some(detail).filter(|detail| !detail.is_empty()),
        period: line.period,
        quantity: rust_decimal::Decimal::new(line.quantity_milli, 3).normalize().to_string(),
        unit_price: Money::new(line.unit_minor, currency),
        net: Money::new(line.net_minor, currency),
        tax_rate: if line.tax == TaxRate::ZERO { String::new() } else { format!("{} %", line.tax) },
        gross: Money::new(line.net_minor + line.tax_minor, currency),
    }
}

/// One entry a rate, in the order the rates first stand on the invoice.
fn taxes(lines: &[LineRow], currency: crate::domain::currency::Currency) -> Vec<PaperTax> {
    let mut sums: Vec<(TaxRate, i64, i64)> = Vec::new();
    for line in lines.iter().filter(|line| line.tax != TaxRate::ZERO) {
        match sums.iter_mut().find(|(rate, _, _)| *rate == line.tax) {
            Some((_, base, tax)) => {
                *base += line.net_minor;
                *tax += line.tax_minor;
            }
            None => sums.push((line.tax, line.net_minor, line.tax_minor)),
        }
    }
    sums.into_iter()
        .map(|(rate, base, tax)| PaperTax {
            rate: format!("{rate} %"),
            base: Money::new(base, currency),
            tax: Money::new(tax, currency),
        })
        .collect()
}

fn settled_by(source: &str, method: Option<Method>) -> String {
    match (source, method) {
        (_, Some(method)) => method.word().to_owned(),
        ("credit_note", None) => "Credit note".to_owned(),
        _ => "Written off".to_owned(),
    }
}
