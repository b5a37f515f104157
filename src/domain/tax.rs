//! Tax: rates in parts per million, computed once per rate on an invoice and spread over its lines to the cent.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::format::{UnknownWord, coded};
use super::rounding::{Rounding, narrow};
use super::split::largest_remainder;

/// Parts in a whole.
const MILLION: u32 = 1_000_000;

/// A tax rate in parts per million: 9.975 % is 99 750. From 0 to 100 %.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default)]
pub struct TaxRate(u32);

/// How tax is charged to a customer.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum TaxTreatment {
    /// At the rate of what is rented.
    #[default]
    Standard,
    /// Not at all; papers say so.
    Exempt,
    /// Not by the shop: the recipient accounts for it (Directive 2006/112/EC, article 196); papers say so.
    ReverseCharge,
}

coded!(words TaxTreatment { Standard = "standard", Exempt = "exempt", ReverseCharge = "reverse_charge" });

impl FromStr for TaxTreatment {
    type Err = UnknownWord;

    fn from_str(typed: &str) -> Result<Self, Self::Err> {
        match typed.trim().to_ascii_lowercase().replace(['-', ' '], "_").as_str() {
            "taxed" => Ok(Self::Standard),
            code => Self::from_code(code).ok_or_else(|| UnknownWord {
                word: typed.chars().take(40).collect(),
                known: "taxed, exempt, reverse_charge".to_owned(),
            }),
        }
    }
}

impl TaxTreatment {
    /// The word for people.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Standard => "taxed",
            Self::Exempt => "exempt",
            Self::ReverseCharge => "reverse charge",
        }
    }

    /// Whether its customers pay the tax on an invoice.
    pub const fn pays(self) -> bool {
        matches!(self, Self::Standard)
    }

    /// What a customer of this treatment needs beside it; `None` where nothing is missing. The reason stands on invoices,
    /// and so does the number of who accounts for the tax (Directive 2006/112/EC, article 226, 4 and 11).
    pub const fn lacks(self, is_business: bool, has_vat_number: bool, has_reason: bool) -> Option<Lack> {
        match self {
            Self::ReverseCharge if !is_business => Some(Lack::Business),
            Self::ReverseCharge if !has_vat_number => Some(Lack::VatNumber),
            Self::Exempt if !has_reason => Some(Lack::Reason),
            _ => None,
        }
    }
}

/// What a treatment needs that a customer lacks.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum Lack {
    /// Persons do not account for tax.
    #[error("reverse charge is for a business: it accounts for the tax itself")]
    Business,
    /// The number stands on the invoice.
    #[error("reverse charge needs the VAT number of the customer: it stands on the invoice")]
    VatNumber,
    /// The reason stands on the invoice.
    #[error("write why no tax is charged, such as the paragraph or the certificate: it stands on the invoices")]
    Reason,
}

impl Lack {
    /// The field that lacks it.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Business => "tax",
            Self::VatNumber => "vat_number",
            Self::Reason => "tax_reason",
        }
    }
}

/// Why a text or number is no tax rate.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TaxRateError {
    /// Not a number of percent.
    #[error("“{0}” is not a tax rate: write the percent, like 19 or 9.975")]
    NotARate(String),
    /// Above 100 %.
    #[error("a tax rate is from 0 to 100 percent")]
    TooHigh,
    /// More than four digits after the point.
    #[error("a tax rate has at most 4 digits after the point")]
    TooFine,
}

impl TaxRate {
    /// No tax.
    pub const ZERO: Self = Self(0);

    /// A rate of `ppm` parts per million.
    pub const fn new(ppm: u32) -> Result<Self, TaxRateError> {
        if ppm > MILLION { Err(TaxRateError::TooHigh) } else { Ok(Self(ppm)) }
    }

    /// The parts per million.
    pub const fn ppm(self) -> u32 {
        self.0
    }
}

/// Reads the percent in plain decimal text: `19`, `9.975`, `0`.
impl FromStr for TaxRate {
    type Err = TaxRateError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let refuse = || TaxRateError::NotARate(text.chars().take(40).collect());
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || !digits(fraction) {
            return Err(refuse());
        }
        let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
        if fraction.len() > 4 {
            return Err(TaxRateError::TooFine);
        }
        if whole.len() > 3 {
            return Err(TaxRateError::TooHigh);
        }
        Self::new(format!("0{whole}{fraction:0<4}").parse().map_err(|_| refuse())?)
    }
}

/// The percent without its sign and without idle zeros: `19`, `9.975`.
impl fmt::Display for TaxRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, fraction) = (self.0 / 10_000, format!("{:04}", self.0 % 10_000));
        match fraction.trim_end_matches('0') {
            "" => f.pad(&whole.to_string()),
            fraction => f.pad(&format!("{whole}.{fraction}")),
        }
    }
}

/// Whether the shop's prices have the tax on top of them or in them.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PriceBasis {
    /// Tax is added to the price, the default.
    #[default]
    Net,
    /// Tax is contained in the price, and a line's gross never moves.
    Gross,
}

coded!(PriceBasis { Net = "net", Gross = "gross" });

impl PriceBasis {
    /// In words, behind a price.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Net => "without tax",
            Self::Gross => "with tax",
        }
    }
}

/// Where tax is rounded.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaxScope {
    /// Once per rate on the whole document, the default.
    #[default]
    Document,
    /// On every line by itself.
    Line,
}

coded!(TaxScope { Document = "document", Line = "line" });

/// A line with its tax, in minor units; `gross` is always `net + tax`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct TaxedLine {
    pub net: i64,
    /// The tax of this line.
    pub tax: i64,
    /// What is to be paid.
    pub gross: i64,
}

/// Taxes the lines of one invoice, in their order. `lines` are amounts as priced (net or gross by `basis`), in minor
/// units, with their rates. The tax of a rate is computed once on the sum of its lines, rounded half away from zero,
/// and spread by largest remainder, so that the line grosses add up to the total; with [`TaxScope::Line`] each line is
/// rounded by itself. With gross prices the gross of a line is its price and never moves.
pub fn tax_lines(lines: &[(i64, TaxRate)], basis: PriceBasis, scope: TaxScope) -> Vec<TaxedLine> {
    let mut out = vec![TaxedLine::default(); lines.len()];
    let mut rates: Vec<TaxRate> = lines.iter().map(|(_, rate)| *rate).collect();
    rates.sort_unstable();
    rates.dedup();
    for rate in rates {
        let places: Vec<usize> = (0..lines.len()).filter(|at| lines.get(*at).is_some_and(|l| l.1 == rate)).collect();
        let priced: Vec<i64> = places.iter().filter_map(|at| lines.get(*at).map(|line| line.0)).collect();
        let taxes = taxes_of_rate(&priced, 0, rate, basis, scope, Rounding::HalfUp);
        for ((place, priced), tax) in places.into_iter().zip(priced).zip(taxes) {
            if let Some(line) = out.get_mut(place) {
                *line = match basis {
                    PriceBasis::Net => TaxedLine { net: priced, tax, gross: priced.saturating_add(tax) },
                    PriceBasis::Gross => TaxedLine { net: priced.saturating_sub(tax), tax, gross: priced },
                };
            }
        }
    }
    out
}

/// The tax of each line of one rate, in minor units. The lines are `finer` digits finer than a minor unit (1.001 EUR
/// is 1001 with `finer` 1), which no invoice of the book has; they and the rounding are parameters, not settings.
pub fn taxes_of_rate(
    priced: &[i64],
    finer: u32,
    rate: TaxRate,
    basis: PriceBasis,
    scope: TaxScope,
    rounding: Rounding,
) -> Vec<i64> {
    let whole = match basis {
        PriceBasis::Net => MILLION,
        PriceBasis::Gross => MILLION + rate.ppm(),
    };
    let denominator = i128::from(whole) * 10_i128.pow(finer.min(9));
    let exact: Vec<i128> = priced.iter().map(|line| i128::from(*line) * i128::from(rate.ppm())).collect();
    let taxes = match scope {
        TaxScope::Line => exact.iter().map(|line| rounding.div(*line, denominator)).collect(),
        TaxScope::Document => {
            let total = rounding.div(exact.iter().sum(), denominator);
            largest_remainder(total, &exact, denominator)
        }
    };
    taxes.into_iter().map(narrow).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(text: &str) -> TaxRate {
        text.parse().unwrap()
    }

    #[test]
    fn a_rate_is_read_and_shown_as_percent() {
        for (text, ppm, shown) in [
            ("9.975", 99_750, "9.975"),
            ("19", 190_000, "19"),
            ("0", 0, "0"),
            ("100", 1_000_000, "100"),
            ("007.50", 75_000, "7.5"),
            ("0.0001", 1, "0.0001"),
        ] {
            assert_eq!(rate(text).ppm(), ppm);
            assert_eq!(rate(text).to_string(), shown);
        }
    }

    #[test]
    fn what_is_no_rate_is_refused_in_words() {
        for text in ["", "x", "-1", "1.", ".5", "1,5", "1e2", "1.2.3"] {
            assert!(matches!(text.parse::<TaxRate>(), Err(TaxRateError::NotARate(_))), "{text}");
        }
        assert_eq!("100.0001".parse::<TaxRate>(), Err(TaxRateError::TooHigh));
        assert_eq!("99999999999".parse::<TaxRate>(), Err(TaxRateError::TooHigh));
        assert_eq!("1.00001".parse::<TaxRate>(), Err(TaxRateError::TooFine));
        assert!(TaxRate::new(1_000_001).is_err());
    }

    #[test]
    fn a_treatment_is_read_as_people_write_it_and_says_what_it_lacks() {
        for (typed, treatment) in [
            ("taxed", TaxTreatment::Standard),
            ("standard", TaxTreatment::Standard),
            ("Exempt", TaxTreatment::Exempt),
            ("reverse-charge", TaxTreatment::ReverseCharge),
            ("reverse charge", TaxTreatment::ReverseCharge),
        ] {
            assert_eq!(typed.parse(), Ok(treatment));
        }
        assert!("free".parse::<TaxTreatment>().is_err());
        assert_eq!(TaxTreatment::ReverseCharge.lacks(false, true, false), Some(Lack::Business));
        assert_eq!(TaxTreatment::ReverseCharge.lacks(true, false, false), Some(Lack::VatNumber));
        assert_eq!(TaxTreatment::ReverseCharge.lacks(true, true, false), None);
        assert_eq!(TaxTreatment::Exempt.lacks(false, false, false), Some(Lack::Reason));
        assert_eq!(TaxTreatment::Standard.lacks(false, false, false), None);
    }

    #[test]
    fn line_grosses_add_up_to_the_total_of_the_document() {
        let lines = [(6833, rate("20")), (1000, rate("7")), (6833, rate("20"))];
        let taxed = tax_lines(&lines, PriceBasis::Net, TaxScope::Document);
        assert_eq!(taxed.iter().map(|line| line.tax).collect::<Vec<_>>(), [1367, 70, 1366]);
        assert_eq!(taxed.iter().map(|line| line.gross).sum::<i64>(), 6833 + 1000 + 6833 + 2733 + 70);
        let by_line = tax_lines(&lines, PriceBasis::Net, TaxScope::Line);
        assert_eq!(by_line.iter().map(|line| line.tax).collect::<Vec<_>>(), [1367, 70, 1367]);
    }

    #[test]
    fn with_gross_prices_the_gross_of_a_line_never_moves() {
        let lines = [(299, rate("4")), (8900, rate("19")), (8900, rate("19"))];
        for scope in [TaxScope::Document, TaxScope::Line] {
            let taxed = tax_lines(&lines, PriceBasis::Gross, scope);
            assert_eq!(taxed.iter().map(|line| line.gross).collect::<Vec<_>>(), [299, 8900, 8900]);
            assert!(taxed.iter().all(|line| line.net + line.tax == line.gross));
            assert_eq!(taxed.iter().map(|line| line.tax).collect::<Vec<_>>(), [12, 1421, 1421]);
        }
    }

    #[test]
    fn a_line_below_zero_is_taxed_like_one_above() {
        let taxed = tax_lines(&[(-1000, rate("20"))], PriceBasis::Net, TaxScope::Document);
        assert_eq!(taxed, [TaxedLine { net: -1000, tax: -200, gross: -1200 }]);
    }
}
