//! The pictures of the screens in docs/screens: drawn from the real `App`, so that they never show what is not so.
//!
//! A picture that differs from the page fails its test; `INSTA_UPDATE=always cargo test --test it pictures` draws it
//! anew. Text stands in runs of one style, stretched to their cells; boxes and blocks are lines and rectangles.

use std::fmt::Write as _;
use std::path::Path;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use rentbook::tui::format;

use crate::robot::Robot;
use crate::screens::harbour;

/// Width and height of a cell, and the margin around the screen, in tenths of a pixel; whole eighths for the blocks.
const WIDE: u32 = 88;
const HIGH: u32 = 184;
const EDGE: u32 = 100;
/// The width of a line.
const THIN: u32 = 10;
/// Paper and ink where a cell names no colour.
const PAPER: &str = "#16191d";
const TEXT: &str = "#d7dae0";

const fn named(color: Color) -> Option<&'static str> {
    Some(match color {
        Color::Black => "#16191d",
        Color::Red => "#d0605e",
        Color::Green => "#7fae5e",
        Color::Yellow => "#d3a950",
        Color::Blue => "#5b93c9",
        Color::Magenta => "#b07cc6",
        Color::Cyan => "#56a9b0",
        Color::Gray => "#b7bcc4",
        Color::DarkGray => "#7b828d",
        Color::LightRed => "#ec7a77",
        Color::LightGreen => "#9acb78",
        Color::LightYellow => "#ebc56c",
        Color::LightBlue => "#7ab2e6",
        Color::LightMagenta => "#cb97e0",
        Color::LightCyan => "#74c7ce",
        Color::White => "#f4f6f8",
        _ => return None,
    })
}

/// Ink, paper and weight of a cell.
fn looks(cell: &Cell) -> (&'static str, Option<&'static str>, &'static str) {
    let (mut ink, mut paper) = (named(cell.fg).unwrap_or(TEXT), named(cell.bg));
    if cell.modifier.contains(Modifier::REVERSED) {
        (ink, paper) = (paper.unwrap_or(PAPER), Some(ink));
    }
    let more = if cell.modifier.contains(Modifier::BOLD) {
        " font-weight=\"bold\""
    } else if cell.modifier.contains(Modifier::UNDERLINED) {
        " text-decoration=\"underline\""
    } else if cell.modifier.contains(Modifier::DIM) {
        " opacity=\"0.7\""
    } else {
        ""
    };
    (ink, paper, more)
}

/// The arms of a box character: left, right, up, down.
fn arms(symbol: &str) -> Option<[bool; 4]> {
    Some(match symbol {
        "─" => [true, true, false, false],
        "│" => [false, false, true, true],
        "┌" => [false, true, false, true],
        "┐" => [true, false, false, true],
        "└" => [false, true, true, false],
        "┘" => [true, false, true, false],
        "├" => [false, true, true, true],
        "┤" => [true, false, true, true],
        _ => return None,
    })
}

/// Where in its cell a block stands: x, y, width and height in eighths.
fn block(symbol: &str) -> Option<[u32; 4]> {
    let letter = u32::from(symbol.chars().next()?);
    match letter {
        0x2581..=0x2588 => Some([0, 0x2588 - letter, 8, letter - 0x2580]),
        0x2589..=0x258F => Some([0, 0, 0x2590 - letter, 8]),
        _ => None,
    }
}

fn rectangle(out: &mut String, [x, y, width, height]: [u32; 4], ink: &str) {
    let _ = writeln!(out, "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{ink}\"/>");
}

fn shape(out: &mut String, x: u32, y: u32, cell: &Cell) -> bool {
    let (ink, ..) = looks(cell);
    let (middle, centre) = (x + WIDE / 2, y + HIGH / 2);
    if let Some([left, right, up, down]) = arms(cell.symbol()) {
        let ends = [
            (left, [x, centre - THIN / 2, WIDE / 2 + THIN / 2, THIN]),
            (right, [middle - THIN / 2, centre - THIN / 2, WIDE / 2 + THIN / 2, THIN]),
            (up, [middle - THIN / 2, y, THIN, HIGH / 2 + THIN / 2]),
            (down, [middle - THIN / 2, centre - THIN / 2, THIN, HIGH / 2 + THIN / 2]),
        ];
        ends.into_iter().filter(|(is_there, _)| *is_there).for_each(|(_, place)| rectangle(out, place, ink));
        return true;
    }
    let Some([left, top, width, height]) = block(cell.symbol()) else { return false };
    // A little wider and higher than its cell, so that no seam shows between two.
    let place = [x + left * WIDE / 8, y + top * HIGH / 8, width * WIDE / 8 + 4, height * HIGH / 8 + 4];
    rectangle(out, place, ink);
    true
}

/// Draws one run of text of one style.
fn run(out: &mut String, x: u32, y: u32, text: &str, cell: &Cell) {
    let (ink, _, more) = looks(cell);
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let cells = u32::try_from(format::width(text)).unwrap();
    let width = cells * WIDE;
    let base = y + HIGH * 18 / 25;
    let _ = writeln!(
        out,
        "<text x=\"{x}\" y=\"{base}\" textLength=\"{width}\" lengthAdjust=\"spacingAndGlyphs\" fill=\"{ink}\"{more}>{escaped}</text>"
    );
}

fn line(out: &mut String, buffer: &Buffer, row: u16) {
    let y = EDGE + u32::from(row) * HIGH;
    let place = |column: u16| EDGE + u32::from(column) * WIDE;
    let cell = |column: u16| &buffer[(column, row)];
    let alike = |from: u16, is_alike: &dyn Fn(&Cell) -> bool| {
        (from..buffer.area.width).take_while(|column| is_alike(cell(*column))).count()
    };
    let cells = |count: usize| u32::try_from(count).unwrap();
    let mut column = 0;
    while column < buffer.area.width {
        let (_, paper, _) = looks(cell(column));
        let count = alike(column, &|next| looks(next).1 == paper).max(1);
        if let Some(paper) = paper {
            rectangle(out, [place(column), y, cells(count) * WIDE, HIGH], paper);
        }
        column += u16::try_from(count).unwrap();
    }
    let mut column = 0;
    while column < buffer.area.width {
        let first = &buffer[(column, row)];
        let start = column;
        let across = alike(column, &|next| next.symbol() == "─" && next.fg == first.fg);
        if across > 1 {
            rectangle(out, [place(column), y + HIGH / 2 - THIN / 2, cells(across) * WIDE, THIN], looks(first).0);
            column += u16::try_from(across).unwrap();
            continue;
        }
        if first.symbol() == " " || shape(out, place(column), y, first) {
            column += 1;
            continue;
        }
        let mut text = String::new();
        while column < buffer.area.width {
            let cell = &buffer[(column, row)];
            let ends = arms(cell.symbol()).is_some() || block(cell.symbol()).is_some() || text.ends_with("  ");
            if ends || looks(cell) != looks(first) {
                break;
            }
            text.push_str(cell.symbol());
            column += u16::try_from(format::width(cell.symbol()).max(1)).unwrap();
        }
        run(out, place(start), y, text.trim_end(), first);
    }
}

fn svg(buffer: &Buffer) -> String {
    let (width, height) =
        (u32::from(buffer.area.width) * WIDE + 2 * EDGE, u32::from(buffer.area.height) * HIGH + 2 * EDGE);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{}\" \
         font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"142\" \
         style=\"white-space: pre\">\n<rect width=\"100%\" height=\"100%\" rx=\"80\" fill=\"{PAPER}\"/>\n",
        width / 10
    );
    for row in 0..buffer.area.height {
        line(&mut out, buffer, row);
    }
    out.push_str("</svg>\n");
    out
}

fn picture(robot: &Robot, name: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/screens").join(format!("{name}.svg"));
    let drawn = svg(robot.buffer());
    if std::env::var("INSTA_UPDATE").is_ok_and(|wish| wish == "always") {
        std::fs::write(&path, &drawn).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == drawn, "{name}.svg differs from its page; draw it anew and look at it:\n{}", robot.text());
}

#[test]
fn the_pictures_of_the_screens_show_the_screens() {
    let mut robot = harbour::robot();
    picture(&robot, "today");
    robot.keys("<Tab><Tab>");
    picture(&robot, "payments");
    robot.keys("0104<F8>BT-778123");
    picture(&robot, "mark_as_paid");
}

#[test]
fn the_picture_of_a_customer_shows_a_customer() {
    let mut robot = harbour::robot();
    robot.keys("<Tab>bright<Enter>");
    picture(&robot, "customer");
}

#[test]
fn the_picture_of_the_reports_shows_the_reports() {
    let mut robot = harbour::robot();
    robot.resize(120, 40).keys("<Tab><Tab><Tab><Tab><Tab>");
    robot.wait_for("Total income");
    picture(&robot, "reports");
}
