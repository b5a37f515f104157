//! Codes for phone cameras: a text as black and white squares.

use std::rc::Rc;

use qrcode::{Color, EcLevel, QrCode};

use super::canvas::{Area, Ink, Op, Squares};
use super::length::{Length, mm};
use super::structure::{Place, Role};
use super::text::{Block, Pen};

/// White squares a reader needs around the code (ISO 18004).
const QUIET: i32 = 4;
/// Side of the white ground; a camera reads it from a hand's breadth.
pub(crate) const SIDE: Length = mm(32);

/// The code of a text, with medium error correction as the European Payments Council asks; none where it is too long.
pub(crate) fn squares(text: &str) -> Option<Squares> {
    let code = QrCode::with_error_correction_level(text.as_bytes(), EcLevel::M).ok()?;
    let dark = code.to_colors().into_iter().map(|colour| colour == Color::Dark).collect();
    Some(Squares { side: code.width(), dark })
}

/// Draws a code on a white ground whose left upper corner is at `x`, `y`; whether it could be drawn.
pub(crate) fn draw(pen: &mut Pen, block: &mut Block, text: &str, x: Length, y: Length) -> bool {
    let Some(squares) = squares(text) else { return false };
    let count = i32::try_from(squares.side).unwrap_or(1) + 2 * QUIET;
    let one = SIDE / count;
    block.fill(x, y, SIDE, SIDE, Ink::WHITE);
    let (side, edge) = (one * (count - 2 * QUIET), (SIDE - one * (count - 2 * QUIET)) / 2);
    let area = Area { x: x + edge, y: y + edge, width: side, height: side };
    pen.structure.open(Role::Code);
    let place: Place = pen.structure.place();
    block.ops.push(Op::Squares { area, squares: Rc::new(squares), place });
    pen.structure.close();
    block.height = block.height.max(y + SIDE);
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Eight dots a square, with the quiet zone.
    fn read_back(squares: &Squares) -> String {
        let zone = usize::try_from(QUIET).unwrap();
        let dots = (squares.side + 2 * zone) * 8;
        let shade = |x: usize, y: usize| {
            let at = |dot: usize| (dot / 8).checked_sub(zone).filter(|at| *at < squares.side);
            let dark = at(x).zip(at(y)).is_some_and(|(x, y)| squares.dark[y * squares.side + x]);
            if dark { 0 } else { 255 }
        };
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(dots, dots, shade);
        let grids = image.detect_grids();
        assert_eq!(grids.len(), 1);
        grids[0].decode().unwrap().1
    }

    #[test]
    fn a_code_is_read_back_as_it_was_written() {
        for text in [
            "BCD\n002\n1\nSCT\n\nHarbour Cycles Ltd\nIE29AIBK93115212345678\nEUR89.00\n\nRF1520250007".to_owned(),
            format!(
                "BCD\n002\n1\nSCT\nAIBKIE2D\n{}\nMT84MALT011000012345MTLCAST001S\nEUR999999999.99\n\n\n{}",
                "Ö".repeat(70),
                "x".repeat(80)
            ),
        ] {
            assert_eq!(read_back(&squares(&text).unwrap()), text);
        }
        assert!(squares(&"x".repeat(4_000)).is_none());
    }
}
