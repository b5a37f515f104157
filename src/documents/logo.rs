//! The shop's logo: a PNG picture, measured before it is decoded.

use krilla::image::Image;

use super::PaperError;
use super::length::Length;
use super::print;

/// More pixels than any sheet can show; a picture that claims more is refused before memory is taken for it.
const MOST_PIXELS: u64 = 16_000_000;

/// A logo that can be printed.
pub(super) struct Logo {
    image: Image,
    width: u32,
    height: u32,
}

impl Logo {
    /// Reads a PNG picture.
    pub(super) fn read(png: &[u8]) -> Result<Self, PaperError> {
        let (width, height) = size(png).ok_or(PaperError::Logo)?;
        if width == 0 || height == 0 || u64::from(width) * u64::from(height) > MOST_PIXELS {
            return Err(PaperError::Logo);
        }
        let image = print::image(png.to_vec()).ok_or(PaperError::Logo)?;
        Ok(Self { image, width, height })
    }

    /// The picture for the PDF writer.
    pub(super) fn image(&self) -> Image {
        self.image.clone()
    }

    /// As large as it fits into a box, in its own proportions.
    pub(super) fn fit(&self, width: Length, height: Length) -> (Length, Length) {
        let scaled = |other: Length, from: u32, to: u32| {
            Length::try_from(i64::from(other) * i64::from(to) / i64::from(from.max(1))).unwrap_or(other)
        };
        let wide = scaled(height, self.height, self.width);
        if wide <= width { (wide.max(1), height) } else { (width, scaled(width, self.width, self.height).max(1)) }
    }
}

/// Width and height from the header chunk, which the format puts first.
fn size(png: &[u8]) -> Option<(u32, u32)> {
    let header = png.strip_prefix(b"\x89PNG\r\n\x1a\n")?.get(4..16)?;
    let number = |at: usize| header.get(at..at + 4)?.try_into().ok().map(u32::from_be_bytes);
    header.starts_with(b"IHDR").then_some((number(4)?, number(8)?))
}
