//! What papers say of tax: rates, what each was computed on, and why there is none.

use crate::documents::{Language, PaperTax, TaxNote};
use crate::domain::currency::Currency;
use crate::domain::format::Style;
use crate::domain::money::Money;
use crate::domain::tax::{TaxRate, TaxTreatment};
use crate::store::paper::{InvoiceRow, LineRow};

/// A line as far as its tax goes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Taxed {
    pub(super) rate: TaxRate,
    pub(super) net_minor: i64,
    pub(super) tax_minor: i64,
    /// Security money, which no tax speaks of.
    pub(super) is_deposit: bool,
}

impl From<&LineRow> for Taxed {
    fn from(line: &LineRow) -> Self {
        Self { rate: line.tax, net_minor: line.net_minor, tax_minor: line.tax_minor, is_deposit: line.is_deposit }
    }
}

/// A rate as the shop writes numbers.
pub(in crate::services) fn percent(rate: TaxRate, style: Style) -> String {
    format!("{} %", style.number(&rate.to_string()))
}

/// Whether a paper names the rate of nothing: beside lines that are taxed, or where its customer is not taxed. A shop that
/// never charges tax says nothing of it.
pub(super) fn says_zero(lines: &[Taxed], treatment: TaxTreatment) -> bool {
    treatment != TaxTreatment::Standard || lines.iter().any(|line| line.rate != TaxRate::ZERO)
}

/// The rate of a line as its paper shows it.
pub(super) fn rate_of(line: Taxed, says_zero: bool, style: Style) -> String {
    if line.is_deposit || (line.rate == TaxRate::ZERO && !says_zero) {
        String::new()
    } else {
        percent(line.rate, style)
    }
}

/// One entry a rate, in the order the rates first stand on the paper.
pub(super) fn taxes(lines: &[Taxed], says_zero: bool, (currency, style): (Currency, Style)) -> Vec<PaperTax> {
    let mut sums: Vec<Taxed> = Vec::new();
    for line in lines.iter().filter(|line| !line.is_deposit && (says_zero || line.rate != TaxRate::ZERO)) {
        match sums.iter_mut().find(|sum| sum.rate == line.rate) {
            Some(sum) => {
                sum.net_minor += line.net_minor;
                sum.tax_minor += line.tax_minor;
            }
            None => sums.push(*line),
        }
    }
    let entry = |sum: Taxed| PaperTax {
        rate: percent(sum.rate, style),
        base: Money::new(sum.net_minor, currency),
        tax: Money::new(sum.tax_minor, currency),
    };
    sums.into_iter().map(entry).collect()
}

/// Required legal text where no tax is charged; nothing on an invoice of which every line is taxed. A group's invoice
/// says it of each member who is taxed otherwise than the rest.
pub(super) fn tax_note(language: Language, row: &InvoiceRow, lines: &[LineRow]) -> Vec<String> {
    let untaxed = || lines.iter().filter(|line| line.tax == TaxRate::ZERO);
    let mut of_members: Vec<(&(TaxTreatment, String), Vec<&str>)> = Vec::new();
    for line in untaxed() {
        let Some(tax) = &line.member_tax else { continue };
        let name = line.customer_name.as_str();
        match of_members.iter_mut().find(|(known, _)| *known == tax) {
            Some((_, names)) if names.contains(&name) => {}
            Some((_, names)) => names.push(name),
            None => of_members.push((tax, vec![name])),
        }
    }
    let is_for_all = of_members.len() == 1 && lines.iter().all(|line| line.member_tax.is_some());
    let of_member = |(tax, names): &(&(TaxTreatment, String), Vec<&str>)| {
        let note = untaxed_for(language, tax.0, &tax.1)?;
        Some(if is_for_all { note } else { format!("{}: {note}", names.join(", ")) })
    };
    if !of_members.is_empty() {
        return of_members.iter().filter_map(of_member).collect();
    }
    untaxed().next().and_then(|_| untaxed_for(language, row.tax_treatment, &row.tax_reason)).into_iter().collect()
}

pub(super) fn untaxed_for(language: Language, treatment: TaxTreatment, reason: &str) -> Option<String> {
    let note = language.tax_note(match treatment {
        TaxTreatment::Standard => return None,
        TaxTreatment::Exempt => TaxNote::Exempt,
        TaxTreatment::ReverseCharge => TaxNote::ReverseCharge,
    });
    Some(if reason.is_empty() { note.to_owned() } else { format!("{}: {reason}", note.trim_end_matches('.')) })
}
