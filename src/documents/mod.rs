//! Bytes of a PDF from values; the only home of the PDF crate.
//!
//! Values in, bytes out: no file, no clock, no machine detail, so the same values give the same bytes.

mod invoice;
mod letterhead;
mod words;

use thiserror::Error;

pub use invoice::{
    AccountBalance, InvoicePaper, InvoicePaperKind, PaperLine, PaperSettlement, PaperTax, Stamp, invoice,
};
pub use letterhead::{Bank, Letterhead, PaperSize};
pub use words::Language;

/// A finished document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Paper {
    /// The PDF file.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// Characters the built-in fonts cannot show, each once, in order; the paper itself says so in a note.
    pub missing: Vec<char>,
}

/// Why a paper could not be made.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum PaperError {
    /// The logo's bytes are no PNG picture the printer can read.
    #[error("the shop's logo cannot be read: it has to be a PNG picture")]
    Logo,
    /// A built-in font cannot be read; the program itself is damaged.
    #[error("a built-in font cannot be read")]
    Font,
    /// The PDF writer refused.
    #[error("the PDF could not be written: {0}")]
    Writer(String),
}
