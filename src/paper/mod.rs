//! The engine of pages, and the only home of the PDF crate: drawn things as values become bytes. It knows no invoice.
//!
//! | file | what it does |
//! |---|---|
//! | `font`, `runs`, `fallback` | the built-in faces and the one the shop added: text becomes glyphs with widths, in the order it is read and seen; what they lack is collected |
//! | `length`, `canvas`, `text` | whole thousandths of a point; drawn things as values; wrapped lines and blocks |
//! | `flow`, `table` | blocks over pages, kept together; tables with repeated heads and carried sums |
//! | `structure` | the reading order for screen readers |
//! | `qr`, `scripts` | codes for cameras; which font a character would need |
//! | `apart` | work on files of others, where a panic is an answer |
//! | `print`, `logo`, `svg` | the PDF writer: pages, pictures, shapes, what the file says about itself |

pub(crate) mod apart;
pub(crate) mod canvas;
pub(crate) mod fallback;
pub(crate) mod flow;
pub(crate) mod font;
pub(crate) mod length;
pub(crate) mod logo;
pub(crate) mod print;
pub(crate) mod qr;
pub(crate) mod runs;
pub(crate) mod scripts;
pub(crate) mod structure;
pub(crate) mod svg;
pub(crate) mod table;
pub(crate) mod text;

use thiserror::Error;

use crate::domain::money::MoneyError;

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
    #[error("papers cannot be printed with this font: choose a TrueType or OpenType file (.ttf, .otf or .ttc)")]
    NoFont,
    /// A built-in font cannot be read; the program itself is damaged.
    #[error("a built-in font cannot be read")]
    Font,
    /// The PDF writer fell over a file the shop added.
    #[error("the shop's logo or font cannot be printed")]
    Broken,
    /// The lines cannot be added up.
    #[error(transparent)]
    Money(#[from] MoneyError),
    /// The PDF writer refused.
    #[error("the PDF could not be written: {0}")]
    Writer(String),
}
