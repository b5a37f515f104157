//! Whether papers can be made with a font: some of its letters are put on one.

use super::PaperError;
use super::composition::{Composition, Label};
use super::letterhead::Letterhead;
use crate::paper::fallback::FallbackFont;

/// Makes a paper with some letters of a font, so that none fails later for it.
pub fn check_font(font: &FallbackFont) -> Result<(), PaperError> {
    let letterhead = Letterhead { shop_name: font.sample(), fallback: Some(font.clone()), ..Letterhead::default() };
    let paper = Composition::start(&letterhead)?;
    let label = Label { title: String::new(), dated: chrono::NaiveDate::default(), backdrop: None };
    paper.finish(&label).map(drop).map_err(|_| PaperError::NoFont)
}
