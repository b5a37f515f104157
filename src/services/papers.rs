//! The papers of the shop from the rows of the book: values for `documents`, bytes back.

use chrono::NaiveDate;

use super::desk::Desk;
use super::letterhead::{Kept, letterhead, letterhead_text};
use super::refusal::{OrUnknown, Refusal, Result};
use crate::documents::{InvoicePaper, InvoicePaperKind, Paper, PaperLine, PaperSettlement, PaperTax, Prices, Stamp};
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
        reason: None,
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
