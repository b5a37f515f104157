//! Bytes of a PDF from values; the only home of the PDF crate.
//!
//! Values in, bytes out: no file, no clock, no machine detail, so the same values give the same bytes.

//!
//! | file | what it does |
//! |---|---|
//! | `font`, `runs`, `fallback` | the built-in faces and the one the shop added: text becomes glyphs with widths, in the order it is read and seen; what they lack is collected |
//! | `length`, `canvas`, `text` | whole thousandths of a point; drawn things as values; wrapped lines and blocks |
//! | `flow`, `table` | blocks over pages, kept together; tables with repeated heads and carried sums |
//! | `structure` | the reading order for screen readers |
//! | `qr`, `scripts` | codes for cameras; which font a character would need |
//! | `print`, `logo`, `svg` | the PDF writer: pages, pictures, shapes, what the file says about itself |
//! | `letterhead`, `stamp`, `composition`, `words` | what all papers share: head, foot, stamps, page numbers, languages |
//! | `trial` | whether papers can be made with a font |
//! | [`invoice`](fn@invoice), [`agreement`](fn@agreement) | the papers, one folder each |

mod agreement;
mod canvas;
mod composition;
mod fallback;
mod flow;
mod font;
mod invoice;
mod length;
mod letterhead;
mod logo;
mod print;
mod qr;
mod runs;
mod scripts;
mod stamp;
mod statement;
mod structure;
mod svg;
mod table;
mod text;
mod trial;
mod word;
mod words;

use thiserror::Error;

use crate::domain::money::MoneyError;

pub use agreement::{AgreementItem, AgreementPaper, AgreementPayment, agreement};
pub use fallback::FallbackFont;
pub use invoice::{
    AccountBalance, InvoicePaper, InvoicePaperKind, PaperLine, PaperSettlement, PaperTax, Prices, Stamp, invoice,
};
pub use letterhead::{Bank, Letterhead, PaperSize};
pub use logo::check_logo;
pub use scripts::fonts_for;
pub use statement::{Movement, OpenByAge, StatementPaper, statement};
pub use trial::check_font;
pub use word::{TaxNote, Word};
pub use words::Language;

/// A finished document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Paper {
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
    #[error("the shop's logo cannot be read: it has to be a PNG, JPEG or SVG picture of at most 16 million pixels")]
    Logo,
    /// The logo is an SVG with something that is not drawn.
    #[error(
        "an SVG logo is printed as shapes, and this one has {0}: turn it into paths, or save the logo as PNG or JPEG"
    )]
    LogoHolds(&'static str),
    /// A font that was to be added is none.
    #[error("this is no font that papers can be printed with: choose a TrueType or OpenType file (.ttf, .otf or .ttc)")]
    NoFont,
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
