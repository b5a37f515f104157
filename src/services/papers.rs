//! Invoices as papers, from the rows of the book: values for `documents`, bytes back.

use chrono::NaiveDate;

use super::letterhead::{self, letterhead, letterhead_text, method_word};
use super::paper_tax::{self, Taxed};
use super::refusal::{OrUnknown, Result};
use crate::documents::{
    AccountBalance, InvoicePaper, InvoicePaperKind, Language, Letterhead, Lost, PaperLine, PaperSettlement, Prices,
    SettledBy, Stamp, Word,
};
use crate::domain::currency::Currency;
use crate::domain::epc::{Transfer, payment_code};
use crate::domain::format::Style;
use crate::domain::id::InvoiceId;
use crate::domain::line_text::without_serial;
use crate::domain::money::Money;
use crate::domain::reference::{creditor_reference, in_groups};
use crate::domain::status::{InvoiceKind, InvoiceState, InvoiceStatus};
use crate::domain::tax::PriceBasis;
use crate::store::Db;
use crate::store::billing;
use crate::store::paper::{self, InvoiceRow, LineRow, SettlementRow};
use crate::store::settlement::Source;
use crate::store::shop::{self, Shop};

pub use crate::documents::{Paper, fonts_for};

/// What the shop should know of a paper that is not quite what it should be; nothing of it stands on the paper.
pub fn for_the_shop(paper: &Paper) -> Vec<String> {
    let lost = paper.lost.iter().map(|part| match part {
        Lost::Logo => "The logo of this paper cannot be printed, so it is left out: keep another one (settings, logo).",
        Lost::Font => "The added font cannot be printed with, so it is left out: keep another one (settings, font).",
    });
    let lacking = (!paper.missing.is_empty()).then(|| {
        let fonts = fonts_for(&paper.missing);
        let needed = if fonts.is_empty() { "no known font has them".to_owned() } else { fonts.join(", ") };
        format!("Some characters of it cannot be shown. Needed: {needed} (settings, font).")
    });
    lost.map(str::to_owned).chain(lacking).collect()
}

/// Which copy of an invoice is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Copy {
    /// With what was paid since, and the paid stamp.
    #[default]
    Current,
    /// As it left the shop: the same bytes for ever.
    AsIssued,
}

/// The PDF of an invoice, and what it shows.
pub(super) fn made(db: &Db, shop: &Shop, id: InvoiceId, copy: Copy) -> Result<(Paper, InvoicePaper)> {
    let values = values(db, shop, id, copy)?;
    Ok((crate::documents::invoice(&values)?, values))
}

/// Everything the paper shows.
pub(super) fn values(db: &Db, shop: &Shop, id: InvoiceId, copy: Copy) -> Result<InvoicePaper> {
    let row = paper::invoice(db, id)?.or_unknown("invoice", id)?;
    let lines = paper::lines(db, id)?;
    let text = match row.letterhead {
        Some(letterhead) => shop::letterhead_content(db, letterhead)?.unwrap_or_default(),
        None => letterhead_text(db, shop)?,
    };
    let kept = letterhead::read(&text)?;
    let settled = match copy {
        Copy::Current => paper::settlements(db, id, row.currency)?,
        Copy::AsIssued => Vec::new(),
    };
    let is_gross = is_gross(&lines).unwrap_or(kept.prices == PriceBasis::Gross.code());
    let paid: i64 = settled.iter().map(|part| part.amount.minor()).sum();
    let is_void = row.state == InvoiceState::Void && copy == Copy::Current;
    let open = Money::new(if is_void { 0 } else { row.total.minor() - paid }, row.currency);
    let stamp = stamp(&row, copy, &settled);
    let is_consolidated = row.kind == InvoiceKind::Consolidated;
    let letterhead = letterhead(db, &kept)?;
    let language = letterhead.language;
    let reference = reference(&letterhead, row.number.as_deref());
    // What is paid asks for nothing more, whatever else the payer owes.
    let account = account(db, &row, copy, paid)?.filter(|account| open.minor() > 0 || account.to_pay.minor() <= 0);
    let asked = account.as_ref().map_or(open, |account| account.to_pay);
    let qr = row.number.as_ref().and_then(|_| code(&letterhead, asked, &reference));
    let taxed: Vec<Taxed> = lines.iter().map(Taxed::from).collect();
    let says_zero = paper_tax::says_zero(&taxed, row.tax_treatment);
    let how = (is_consolidated, is_gross, says_zero);
    let payer = std::iter::once(row.payer_name.as_str()).chain(row.payer_address.lines());
    Ok(InvoicePaper {
        kind: if is_consolidated { InvoicePaperKind::Consolidated } else { InvoicePaperKind::Invoice },
        notes: paper_tax::tax_note(language, &row, &lines),
        number: row.number,
        invoiced_on: row.invoiced_on,
        due_on: Some(row.due_on),
        payer: payer.map(str::to_owned).collect(),
        payer_numbers: language.tax_number(&row.payer_tax_number).into_iter().collect(),
        customer_reference: None,
        corrects: None,
        prices: if is_gross { Prices::Gross } else { Prices::Net },
        taxes: paper_tax::taxes(&taxed, says_zero, (row.currency, letterhead.style)),
        lines: lines
            .iter()
            .map(|line| paper_line((line, row.invoiced_on), (row.currency, letterhead.style), how))
            .collect(),
        subtotal: row.subtotal,
        total: row.total,
        settled: settled.iter().map(|part| settlement(language, part)).collect(),
        open,
        account,
        stamp,
        qr,
        reference,
        letterhead,
    })
}

fn stamp(row: &InvoiceRow, copy: Copy, settled: &[SettlementRow]) -> Option<Stamp> {
    let sum = |is: &dyn Fn(&SettlementRow) -> bool| -> i64 {
        settled.iter().filter(|part| is(part)).map(|part| part.amount.minor()).sum()
    };
    let money = sum(&|part| part.method.is_some());
    let written_off = sum(&|part| part.source == Source::WriteOff.code());
    let credited = sum(&|_| true) - money - written_off;
    let total = row.total.minor();
    match (row.state, copy) {
        (InvoiceState::Draft | InvoiceState::InReview, _) => Some(Stamp::Draft),
        (_, Copy::AsIssued) => None,
        (InvoiceState::Void, _) => Some(Stamp::Void),
        (InvoiceState::Issued, _) if total > money + credited + written_off => None,
        (InvoiceState::Issued, _) => Some(match InvoiceStatus::Paid.told(total, credited, written_off) {
            InvoiceStatus::WrittenOff => Stamp::WrittenOff,
            InvoiceStatus::Credited => Stamp::Credited,
            _ => Stamp::Paid(settled.iter().map(|part| part.on).max().unwrap_or(row.invoiced_on)),
        }),
    }
}

/// Whether prices on a paper have the tax in them: those of its contracts do, all of them. None where no line tells.
fn is_gross(lines: &[LineRow]) -> Option<bool> {
    let taxed = lines.iter().filter(|line| line.tax_minor != 0);
    let priced_net = taxed.map(|line| priced(line) == line.net_minor).collect::<Vec<_>>();
    (!priced_net.is_empty()).then(|| !priced_net.contains(&true))
}

fn priced(line: &LineRow) -> i64 {
    crate::domain::rounding::share(line.unit_minor, line.quantity_milli, 1000)
}

fn paper_line(
    (line, supplied_on): (&LineRow, NaiveDate),
    (currency, style): (Currency, Style),
    (is_consolidated, is_gross, says_zero): (bool, bool, bool),
) -> PaperLine {
    // A line priced with its tax, beside others that are priced without.
    let is_other = !is_gross && line.tax_minor != 0 && priced(line) != line.net_minor;
    let unit_minor = if is_other {
        crate::domain::rounding::share(line.net_minor, 1000, line.quantity_milli)
    } else {
        line.unit_minor
    };
    let text = without_serial(&line.text, &line.serial);
    let (text, more) =
        text.split_once('\n').map_or((text.as_str(), None), |(text, more)| (text, Some(more.to_owned())));
    let serial = (!line.serial.is_empty()).then(|| format!("SN {}", line.serial));
    let customer = is_consolidated.then(|| line.customer_name.clone());
    let detail = customer.into_iter().chain(serial).collect::<Vec<_>>().join(" · ");
    let detail = Some(detail).filter(|detail| !detail.is_empty());
    let detail: Vec<String> = more.into_iter().chain(detail).collect();
    // A free line of one day; a contract's period may also be one day long.
    let own_day = line.period.filter(|(first, last)| line.is_free && first == last).map(|(day, _)| day);
    PaperLine {
        text: text.to_owned(),
        detail: Some(detail.join("\n")).filter(|detail| !detail.is_empty()),
        period: line.period.filter(|_| own_day.is_none()),
        supplied_on: own_day.or_else(|| Some(supplied_on).filter(|_| line.period.is_none() && !line.is_deposit)),
        quantity: style.number(&rust_decimal::Decimal::new(line.quantity_milli, 3).normalize().to_string()),
        unit_price: Money::new(unit_minor, currency),
        net: Money::new(line.net_minor, currency),
        tax_rate: paper_tax::rate_of(line.into(), says_zero, style),
        gross: Money::new(line.net_minor + line.tax_minor, currency),
    }
}

fn settlement(language: Language, part: &SettlementRow) -> PaperSettlement {
    let kind = match part.method {
        _ if part.is_credit => SettledBy::Credit,
        Some(_) => SettledBy::Money,
        None => SettledBy::Loss,
    };
    PaperSettlement { on: part.came_on, text: settled_by(language, part), amount: part.amount, kind }
}

fn settled_by(language: Language, part: &SettlementRow) -> String {
    let word = match (part.source.as_str(), part.method) {
        _ if part.is_credit => language.word(Word::FromCredit),
        (_, Some(method)) => method_word(language, method),
        ("credit_note", None) => language.word(Word::CreditNote),
        _ => language.word(Word::WrittenOff),
    };
    part.number.as_ref().map_or_else(|| word.to_owned(), |number| format!("{word} {number}"))
}

/// What the payer quotes: an ISO 11649 reference, which the payer's bank checks, where the shop has an IBAN; else the
/// number itself.
fn reference(letterhead: &Letterhead, number: Option<&str>) -> String {
    let number = number.unwrap_or_default();
    let has_iban = letterhead.bank.as_ref().is_some_and(|bank| bank.iban.is_some());
    match creditor_reference(number) {
        Ok(reference) if has_iban => in_groups(&reference),
        _ => number.to_owned(),
    }
}

/// The text of the payment code over what is open.
fn code(letterhead: &Letterhead, open: Money, reference: &str) -> Option<String> {
    let bank = letterhead.bank.as_ref()?;
    let iban = bank.iban.as_deref()?;
    payment_code(&Transfer { holder: &bank.holder, iban, bic: bank.bic.as_deref(), amount: open, reference })
}

/// What the payer's account says beside the invoice: as it stood at issue, or as it stands now on the newest one. None
/// where it says no more than the invoice itself.
fn account(db: &Db, row: &InvoiceRow, copy: Copy, settled: i64) -> Result<Option<AccountBalance>> {
    let money = |minor| Money::new(minor, row.currency);
    let now = match (copy, row.state) {
        (_, InvoiceState::Draft | InvoiceState::InReview) | (Copy::Current, InvoiceState::Void) => return Ok(None),
        (Copy::AsIssued, _) => match row.account {
            Some(account) => account,
            None => return Ok(account_of_old(row)),
        },
        (Copy::Current, InvoiceState::Issued) => {
            let now = billing::account_of(db, row.payer)?;
            // A later invoice carries the account on.
            if row.account.is_none_or(|then| then.charged != now.charged) {
                return Ok(None);
            }
            now
        }
    };
    let this = row.total.minor();
    let before = row.account_before.unwrap_or_default();
    // Payers that were merged in between had accounts of their own: then what came since is not told apart.
    let (received, credited) = if before.charged + this == now.charged {
        (now.received - before.received, now.credited - before.credited)
    } else {
        (0, 0)
    };
    let previous = now.balance() + received + credited - this;
    let is_said = previous != 0 || received + credited != settled;
    Ok(is_said.then(|| AccountBalance {
        previous: money(previous),
        received: money(received),
        credited: money(credited),
        this: row.total,
        to_pay: money(now.balance()),
    }))
}

/// The account as invoices of before version 3 kept it: what was owed with the invoice before, what that lost since, what
/// this one adds.
fn account_of_old(row: &InvoiceRow) -> Option<AccountBalance> {
    let owed = row.account_minor?;
    let previous = row.account_before_minor.unwrap_or(owed - row.total.minor());
    let received = previous - (owed - row.total.minor());
    let money = |minor| Money::new(minor, row.currency);
    let is_said = previous != 0 || received != 0;
    is_said.then(|| AccountBalance {
        previous: money(previous),
        received: money(received),
        credited: money(0),
        this: row.total,
        to_pay: money(owed),
    })
}
