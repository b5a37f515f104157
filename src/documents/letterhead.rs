//! The shop's head and foot, shared by every paper.

use crate::documents::words::Language;
use crate::domain::format::Style;

/// The sheet a paper is laid out for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum PaperSize {
    /// 210 × 297 mm.
    #[default]
    A4,
    /// 8.5 × 11 inches, the sheet of the Americas.
    Letter,
}

/// Where a customer pays to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Bank {
    /// Account holder.
    pub holder: String,
    /// IBAN as stored; it is printed in groups of four.
    pub iban: Option<String>,
    /// BIC.
    pub bic: Option<String>,
    /// Name of the bank.
    pub name: Option<String>,
    /// Other details, printed as they are, e.g. `Routing no. 021000021`.
    pub account_lines: Vec<String>,
}

/// The shop as its papers show it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Letterhead {
    /// Name of the shop.
    pub shop_name: String,
    /// Postal address, one part a line.
    pub address: Vec<String>,
    /// Mail address, phone, web site.
    pub contact: Vec<String>,
    /// Tax and register numbers with their labels, e.g. `VAT ID DE123456789`.
    pub tax_numbers: Vec<String>,
    /// Bank details.
    pub bank: Option<Bank>,
    /// Logo, the bytes of a PNG picture.
    pub logo: Option<Vec<u8>>,
    /// How numbers and dates are written.
    pub style: Style,
    /// Payment instructions, printed above the bank details.
    pub instructions: Option<String>,
    /// Language of the labels.
    pub language: Language,
    /// The sheet.
    pub size: PaperSize,
}
