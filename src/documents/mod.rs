//! The papers of the shop: bytes of a PDF from values, laid out on the engine of pages ([`crate::paper`]).
//!
//! Values in, bytes out: no file, no clock, no machine detail, so the same values give the same bytes.
//!
//! | file | what it does |
//! |---|---|
//! | `letterhead`, `stamp`, `composition`, `words` | what all papers share: head, foot, stamps, page numbers, languages |
//! | `trial`, `guard` | whether papers can be made with a logo or a font; papers made without those that are bad |
//! | [`invoice`](fn@invoice), [`agreement`](fn@agreement) | the papers, one folder each |

mod agreement;
mod composition;
mod guard;
mod invoice;
mod letterhead;
mod sentence;
mod stamp;
mod statement;
mod trial;
mod word;
mod words;

pub use crate::paper::PaperError;
pub use crate::paper::apart::THREAD as PAPER_THREAD;
pub use crate::paper::fallback::FallbackFont;
pub use crate::paper::scripts::fonts_for;
pub use agreement::{AgreementItem, AgreementPaper, AgreementPayment, agreement};
pub use guard::Lost;
pub use invoice::{
    AccountBalance, InvoicePaper, InvoicePaperKind, PaperLine, PaperSettlement, PaperTax, Prices, SettledBy, Stamp,
    invoice,
};
pub use letterhead::{Bank, Letterhead, PaperSize};
pub use sentence::Sentence;
pub use statement::{Movement, OpenByAge, StatementPaper, statement};
pub use trial::{check_font, check_font_whole, check_logo, missing};
pub use word::{TaxNote, Word};
pub use words::Language;

/// A finished document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Paper {
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// Characters the fonts cannot show, each once, in order: told to the shop, and nowhere on the paper.
    pub missing: Vec<char>,
    /// Parts of the letterhead that cannot be printed, so it was made without them.
    pub lost: Vec<Lost>,
}
