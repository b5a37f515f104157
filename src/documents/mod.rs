//! Bytes of a PDF from values; the only home of the PDF crate.
//!
//! Values in, bytes out: no file, no clock, no machine detail, so the same values give the same bytes.

//!
//! | file | what it does |
//! |---|---|
//! | `font` | the built-in faces: text becomes glyphs with widths; what they lack is collected |
//! | `length`, `canvas`, `text` | whole thousandths of a point; drawn things as values; wrapped lines and blocks |
//! | `flow`, `table` | blocks over pages, kept together; tables with repeated heads and carried sums |
//! | `structure` | the reading order for screen readers |
//! | `qr`, `scripts` | codes for cameras; which font a character would need |
//! | `print`, `logo` | the PDF writer: pages, pictures, what the file says about itself |
//! | `letterhead`, `stamp`, `composition`, `words` | what all papers share: head, foot, stamps, page numbers, languages |
//! | [`invoice`](fn@invoice), [`agreement`](fn@agreement) | the papers, one folder each |

mod agreement;
mod canvas;
mod composition;
mod flow;
mod font;
mod invoice;
mod length;
mod letterhead;
mod logo;
mod print;
mod qr;
mod scripts;
mod stamp;
mod statement;
mod structure;
mod table;
mod text;
mod word;
mod words;

use thiserror::Error;

use crate::domain::money::MoneyError;

pub use agreement::{AgreementItem, AgreementPaper, AgreementPayment, agreement};
pub use invoice::{
    AccountBalance, InvoicePaper, InvoicePaperKind, PaperLine, PaperSettlement, PaperTax, Prices, Stamp, invoice,
};
pub use letterhead::{Bank, Letterhead, PaperSize};
pub use logo::check_logo;
pub use scripts::fonts_for;
pub use statement::{Movement, OpenByAge, StatementPaper, statement};
pub use word::{TaxNote, Word};
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
    /// The logo's bytes are no picture the printer can read.
    #[error("the shop's logo cannot be read: it has to be a PNG or JPEG picture of at most 16 million pixels")]
    Logo,
    /// A built-in font cannot be read; the program itself is damaged.
    #[error("a built-in font cannot be read")]
    Font,
    /// The lines cannot be added up.
    #[error(transparent)]
    Money(#[from] MoneyError),
    /// The PDF writer refused.
    #[error("the PDF could not be written: {0}")]
    Writer(String),
}
