//! A logo or a font is tried whole before it is kept.

use crate::documents::{FallbackFont, check_font_whole, check_logo};

pub use crate::documents::PAPER_THREAD;

/// What a shop can add to its papers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Logo,
    Font,
}

impl Kind {
    /// The word one process tells the other.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Logo => "logo",
            Self::Font => "font",
        }
    }

    /// The kind of a word.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Logo, Self::Font].into_iter().find(|kind| kind.code() == code)
    }

    /// The most bytes such a file may have.
    pub const fn most_bytes(self) -> u64 {
        match self {
            // A larger one would swell every letterhead.
            Self::Logo => 1_000_000,
            // What a cell of the book holds, with room to spare.
            Self::Font => 24_000_000,
        }
    }

    fn too_large(self) -> &'static str {
        match self {
            Self::Logo => "a logo has at most one million bytes: make the picture smaller",
            Self::Font => "a font has at most 24 million bytes: choose a smaller one",
        }
    }

    /// Refuses what is too large.
    pub fn check_size(self, bytes: &[u8]) -> Result<(), &'static str> {
        if u64::try_from(bytes.len()).is_ok_and(|length| length <= self.most_bytes()) {
            Ok(())
        } else {
            Err(self.too_large())
        }
    }

    /// Why a file is not kept that gave no reason of its own.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Logo => "no paper can be printed with this picture: it is damaged, or too much for a logo",
            Self::Font => "no paper can be printed with this font: it is damaged, or too much for a paper",
        }
    }
}

/// Whether papers can be printed with it, in the process this is called in.
pub fn check(kind: Kind, bytes: &[u8]) -> Result<(), String> {
    kind.check_size(bytes)?;
    match kind {
        Kind::Logo => check_logo(bytes),
        Kind::Font => FallbackFont::read_apart(bytes).and_then(|font| check_font_whole(&font)),
    }
    .map_err(|error| error.to_string())
}
