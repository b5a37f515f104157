//! A paper is made whatever its letterhead holds: a logo or a font a shop added is somebody else's file, and the PDF
//! writer may refuse it, or panic on it, long after it was kept.
//!
//! What is there in the book stays; the paper is printed without the part that is bad, and says so to whoever prints it.

use super::letterhead::Letterhead;
use super::{Paper, PaperError};
use crate::paper::apart::apart;

/// A part of the letterhead a paper was printed without.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lost {
    Logo,
    Font,
}

impl Lost {
    /// The word scripts know it by.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Logo => "logo",
            Self::Font => "font",
        }
    }
}

/// A paper under the shop's head.
pub(super) trait Headed: Clone + Sync {
    fn head(&self) -> &Letterhead;
    fn head_mut(&mut self) -> &mut Letterhead;
}

/// Makes a paper, if need be without the parts of its head that cannot be printed.
pub(super) fn made<P: Headed>(paper: &P, lay_out: fn(&P) -> Result<Paper, PaperError>) -> Result<Paper, PaperError> {
    let (logo, font) = (paper.head().logo.is_some(), !paper.head().added_fonts.is_empty());
    if !logo && !font {
        return lay_out(paper);
    }
    let whole = apart(|| lay_out(paper));
    // Sums that do not add up are no matter of the head.
    if matches!(&whole, Ok(_) | Err(PaperError::Money(_))) {
        return whole;
    }
    let ways: [&[Lost]; 3] = [&[Lost::Logo], &[Lost::Font], &[Lost::Logo, Lost::Font]];
    for lost in ways {
        if (lost.contains(&Lost::Logo) && !logo) || (lost.contains(&Lost::Font) && !font) {
            continue;
        }
        let mut without = paper.clone();
        for part in lost {
            match part {
                Lost::Logo => without.head_mut().logo = None,
                Lost::Font => without.head_mut().added_fonts.clear(),
            }
        }
        if let Ok(paper) = apart(|| lay_out(&without)) {
            return Ok(Paper { lost: lost.to_vec(), ..paper });
        }
    }
    whole
}
