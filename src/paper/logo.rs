//! The shop's logo: a PNG or JPEG picture, measured before it is decoded, or an SVG drawing.

use krilla::image::Image;

use super::PaperError;
use super::length::Length;
use super::svg::Drawing;

/// More pixels than any sheet can show; a picture that claims more is refused before memory is taken for it.
const MOST_PIXELS: u64 = 16_000_000;

/// A logo that can be printed.
pub(crate) struct Logo {
    art: Art,
    width: u32,
    height: u32,
}

/// What a logo is made of.
pub(crate) enum Art {
    /// Dots.
    Image(Image),
    /// Shapes.
    Drawing(Box<Drawing>),
}

impl Logo {
    /// Reads a PNG or JPEG picture or an SVG drawing.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, PaperError> {
        if bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start().starts_with(b"<") {
            let drawing = Drawing::read(bytes)?;
            let (width, height) = drawing.size();
            return Ok(Self { art: Art::Drawing(Box::new(drawing)), width, height });
        }
        let (picture, (width, height)) = png_size(bytes)
            .map(|size| (Picture::Png, size))
            .or_else(|| jpeg_size(bytes).map(|size| (Picture::Jpeg, size)))
            .ok_or(PaperError::Logo)?;
        if width == 0 || height == 0 || u64::from(width) * u64::from(height) > MOST_PIXELS {
            return Err(PaperError::Logo);
        }
        let image = image(bytes.to_vec(), picture).ok_or(PaperError::Logo)?;
        Ok(Self { art: Art::Image(image), width, height })
    }

    /// What the PDF writer draws.
    pub(crate) const fn art(&self) -> &Art {
        &self.art
    }

    /// As large as it fits into a box, in its own proportions.
    pub(crate) fn fit(&self, width: Length, height: Length) -> (Length, Length) {
        let scaled = |other: Length, from: u32, to: u32| {
            Length::try_from(i64::from(other) * i64::from(to) / i64::from(from.max(1))).unwrap_or(other)
        };
        let wide = scaled(height, self.height, self.width);
        if wide <= width { (wide.max(1), height) } else { (width, scaled(width, self.width, self.height).max(1)) }
    }
}

/// The kinds of picture a logo may be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Picture {
    Png,
    Jpeg,
}

/// A logo as the PDF writer takes it; PDF/A forbids smoothing.
fn image(bytes: Vec<u8>, picture: Picture) -> Option<Image> {
    match picture {
        Picture::Png => Image::from_png(bytes.into(), false).ok(),
        Picture::Jpeg => Image::from_jpeg(bytes.into(), false).ok(),
    }
}

/// Width and height from the header chunk, which the format puts first.
fn png_size(png: &[u8]) -> Option<(u32, u32)> {
    let header = png.strip_prefix(b"\x89PNG\r\n\x1a\n")?.get(4..16)?;
    let number = |at: usize| header.get(at..at + 4)?.try_into().ok().map(u32::from_be_bytes);
    header.starts_with(b"IHDR").then_some((number(4)?, number(8)?))
}

/// Width and height from the first frame header (ISO 10918: a marker `FF C0` to `FF CF` but `C4`, `C8` and `CC`).
fn jpeg_size(jpeg: &[u8]) -> Option<(u32, u32)> {
    let mut rest = jpeg.strip_prefix(b"\xff\xd8")?;
    loop {
        let (&[0xff, marker], after) = rest.split_first_chunk::<2>()? else { return None };
        if marker == 0xff {
            rest = rest.get(1..)?;
            continue;
        }
        let length = usize::from(u16::from_be_bytes(*after.first_chunk::<2>()?));
        if matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc) {
            let number = |at: usize| after.get(at..at + 2)?.try_into().ok().map(u16::from_be_bytes);
            return Some((u32::from(number(5)?), u32::from(number(3)?)));
        }
        rest = after.get(length.max(2)..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_jpeg_tells_its_size_in_its_frame_header() {
        let head = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xff\xc2\x00\x0b\x08\x00\x20\x01\x00\x03";
        assert_eq!(jpeg_size(head), Some((256, 32)));
        for cut in 0..head.len() - 1 {
            assert_eq!(jpeg_size(&head[..cut]), None, "{cut} bytes");
        }
        assert_eq!(jpeg_size(b"\xff\xd8\xff\xc4\x00\x00"), None);
    }
}
