//! The papers of money: receipts and credit notes.

use super::billing::group_payer;
use super::letterhead::{Kept, letterhead, letterhead_text, method_word};
use super::paper_tax::{self, Taxed};
use super::refusal::{OrUnknown, Result};
use crate::documents::{InvoicePaper, InvoicePaperKind, Paper, PaperLine, Prices, Stamp, Word};
use crate::domain::id::ReceiptId;
use crate::domain::line_text::without_serial;
use crate::domain::money::Money;
use crate::domain::status::ReceiptState;
use crate::domain::tax::{PriceBasis, TaxRate};
use crate::store::billing::{self, Payer, PayerFacts};
use crate::store::credit_note::{self, NoteLine};
use crate::store::receipt_page;
use crate::store::shop::{self, Shop};
use crate::store::{Db, StoreError};

/// The PDF of the credit note of this number, and what it shows.
pub(super) fn note_made(db: &Db, number: &str) -> Result<(Paper, InvoicePaper)> {
    let values = note(db, number)?;
    Ok((crate::documents::invoice(&values)?, values))
}

fn kept(text: &str) -> Result<Kept> {
    Ok(serde_json::from_str(text).map_err(|error| StoreError::broken(error.to_string()))?)
}

fn payer(db: &Db, payer: Payer) -> Result<PayerFacts> {
    match payer {
        Payer::Customer(id) => Ok(billing::customer_payer(db, id, None)?),
        Payer::Group(id) => Ok(group_payer(&crate::store::group::by_id(db, id)?.or_unknown("billing group", id)?)),
    }
}

fn lines_of(facts: &PayerFacts) -> Vec<String> {
    std::iter::once(facts.name.as_str()).chain(facts.address.lines()).map(str::to_owned).collect()
}

/// The PDF of a receipt: what arrived, and what it paid.
pub(super) fn receipt_made(db: &Db, shop: &Shop, id: ReceiptId) -> Result<Paper> {
    Ok(crate::documents::invoice(&receipt(db, shop, id)?)?)
}

/// Everything the paper of a receipt shows. It stands under the shop's head of today: it is handed over with the money.
fn receipt(db: &Db, shop: &Shop, id: ReceiptId) -> Result<InvoicePaper> {
    let head = receipt_page::head(db, id)?.or_unknown("receipt", id)?;
    let kept = kept(&letterhead_text(db, shop)?)?;
    let letterhead = letterhead(db, &kept)?;
    let language = letterhead.language;
    let facts = payer(db, head.payer)?;
    let money = |minor| Money::new(minor, head.currency);
    let line = |text: String, detail: Option<String>, minor: i64| PaperLine {
        text,
        detail,
        period: None,
        supplied_on: None,
        quantity: String::new(),
        unit_price: money(minor),
        net: money(minor),
        tax_rate: String::new(),
        gross: money(minor),
    };
    let paid = receipt_page::paid_by(db, id)?;
    let mut lines: Vec<PaperLine> = paid.into_iter().map(|(number, text, minor)| line(text, number, minor)).collect();
    let rest = head.amount_minor - lines.iter().map(|line| line.gross.minor()).sum::<i64>();
    match head.state {
        ReceiptState::Pending => {
            lines = vec![line(language.word(Word::OnItsWay).into(), None, head.amount_minor)];
        }
        _ if rest > 0 => lines.push(line(language.word(Word::KeptAsCredit).into(), None, rest)),
        _ => {}
    }
    let is_gone = matches!(head.state, ReceiptState::Failed | ReceiptState::Reversed);
    let method = method_word(language, head.method);
    let parts = [method, head.reference.as_str()];
    let notes = vec![parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")];
    Ok(InvoicePaper {
        letterhead,
        kind: InvoicePaperKind::Receipt,
        reference: head.reference,
        number: Some(head.number),
        invoiced_on: head.received_on,
        due_on: None,
        payer: lines_of(&facts),
        payer_numbers: language.tax_number(&facts.tax_number).into_iter().collect(),
        customer_reference: None,
        corrects: None,
        prices: Prices::Gross,
        taxes: Vec::new(),
        lines,
        subtotal: money(head.amount_minor),
        total: money(head.amount_minor),
        settled: Vec::new(),
        open: money(0),
        account: None,
        stamp: is_gone.then_some(Stamp::Void),
        notes,
        qr: None,
    })
}

/// Everything the paper of a credit note shows, under the head and payer of its day.
fn note(db: &Db, number: &str) -> Result<InvoicePaper> {
    let short = || number.chars().take(40).collect::<String>();
    let head = credit_note::numbered(db, number.trim())?.or_unknown("credit note", short())?;
    let text = shop::letterhead_content(db, head.letterhead)?.unwrap_or_default();
    let kept = kept(&text)?;
    let is_gross = kept.prices == PriceBasis::Gross.code();
    let money = |minor| Money::new(minor, head.currency);
    let lines = credit_note::lines(db, head.id)?;
    let facts = PayerFacts {
        name: head.payer_name,
        address: head.payer_address,
        tax_number: head.payer_tax_number,
        ..PayerFacts::default()
    };
    let letterhead = letterhead(db, &kept)?;
    let (style, language) = (letterhead.style, letterhead.language);
    let taxed: Vec<Taxed> = lines.iter().map(taxed_of).collect();
    let says_zero = paper_tax::says_zero(&taxed, head.tax_treatment);
    let untaxed = taxed.iter().any(|line| line.rate == TaxRate::ZERO && !line.is_deposit);
    let why = paper_tax::untaxed_for(language, head.tax_treatment, &head.tax_reason).filter(|_| untaxed);
    let line = |line: &NoteLine| PaperLine {
        text: language.reason(&without_serial(&line.text, &line.serial)),
        detail: (!line.serial.is_empty()).then(|| format!("SN {}", line.serial)),
        period: None,
        supplied_on: None,
        quantity: "1".into(),
        unit_price: money(if is_gross { line.part.gross() } else { line.part.net }),
        net: money(line.part.net),
        tax_rate: paper_tax::rate_of(taxed_of(line), says_zero, style),
        gross: money(line.part.gross()),
    };
    Ok(InvoicePaper {
        letterhead,
        kind: InvoicePaperKind::CreditNote,
        // It asks for nothing: there is nothing to quote.
        reference: String::new(),
        number: Some(head.number),
        invoiced_on: head.issued_on,
        due_on: None,
        payer: lines_of(&facts),
        payer_numbers: language.tax_number(&facts.tax_number).into_iter().collect(),
        customer_reference: None,
        corrects: Some(head.invoice_number),
        prices: if is_gross { Prices::Gross } else { Prices::Net },
        taxes: paper_tax::taxes(&taxed, says_zero, (head.currency, style)),
        lines: lines.iter().map(line).collect(),
        subtotal: money(head.total.net),
        total: money(head.total.gross()),
        settled: Vec::new(),
        open: money(0),
        account: None,
        stamp: head.is_taken_back.then_some(Stamp::Void),
        notes: std::iter::once(language.reason(&head.reason)).chain(why).collect(),
        qr: None,
    })
}

const fn taxed_of(line: &NoteLine) -> Taxed {
    Taxed { rate: line.tax, net_minor: line.part.net, tax_minor: line.part.tax, is_deposit: line.is_deposit }
}
