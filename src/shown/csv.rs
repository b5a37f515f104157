//! Tables as CSV for spreadsheets: separator and decimal mark of the shop's country, amounts as numbers, days as ISO. A
//! text that a spreadsheet would take for a formula stays a text; a telephone number keeps its sign.

use std::io::{self, Write};

use super::cell::Cell;
use super::words;
use crate::domain::format::Style;

/// How a file parts its cells and its decimals.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Dialect {
    comma: u8,
    point: char,
    /// Whether the file says by its first bytes that it is UTF-8: Excel asks for it.
    has_mark: bool,
}

impl Dialect {
    /// For programs: comma, point, nothing before the first title.
    pub const PLAIN: Self = Self { comma: b',', point: '.', has_mark: false };

    /// For the spreadsheet of a shop that writes numbers like this: where a comma parts decimals, a semicolon parts cells.
    pub const fn of(style: Style) -> Self {
        match style.number.marks() {
            (_, ',') => Self { comma: b';', point: ',', has_mark: true },
            _ => Self { has_mark: true, ..Self::PLAIN },
        }
    }

    fn written(self, cell: &Cell) -> String {
        match cell {
            Cell::Nothing => String::new(),
            Cell::Text(text) => harmless(text),
            Cell::Plain(text) => text.clone(),
            Cell::Word(code, _) => (*code).to_owned(),
            Cell::Day(day) => day.to_string(),
            Cell::Flag(is_so) => is_so.to_string(),
            Cell::Money(_) | Cell::Count(_) | Cell::Percent(_) | Cell::Share(_) => {
                cell.decimal().replace('.', self.point.encode_utf8(&mut [0; 4]))
            }
        }
    }
}

/// A table that is being written, row by row.
#[derive(Debug)]
pub struct Csv<W: Write> {
    to: csv::Writer<W>,
    dialect: Dialect,
}

impl<W: Write> Csv<W> {
    /// Begins with the titles.
    pub fn new<'a>(mut to: W, dialect: Dialect, head: impl IntoIterator<Item = &'a str>) -> io::Result<Self> {
        if dialect.has_mark {
            to.write_all("\u{feff}".as_bytes())?;
        }
        let mut to = csv::WriterBuilder::new()
            .delimiter(dialect.comma)
            // What parts cells in other countries stands between quotes too, where it is no decimal mark here.
            .comment((dialect.comma == b',').then_some(b';'))
            .flexible(true)
            .from_writer(to);
        to.write_record(head)?;
        Ok(Self { to, dialect })
    }

    /// One row.
    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = &'a Cell>) -> io::Result<()> {
        let dialect = self.dialect;
        Ok(self.to.write_record(cells.into_iter().map(|cell| dialect.written(cell)))?)
    }

    /// The end: gives back what was written to.
    pub fn done(self) -> io::Result<W> {
        self.to.into_inner().map_err(|broken| io::Error::new(broken.error().kind(), broken.to_string()))
    }
}

/// A whole table at once.
pub fn bytes<'a>(
    dialect: Dialect,
    head: impl IntoIterator<Item = &'a str>,
    rows: impl IntoIterator<Item = Vec<Cell>>,
) -> io::Result<Vec<u8>> {
    let mut table = Csv::new(Vec::new(), dialect, head)?;
    for row in rows {
        table.row(&row)?;
    }
    table.done()
}

/// How many are in a file, as people hear it: `12 payments are in a.csv.`
pub fn written(total: usize, one: &str, file: &str) -> String {
    let count = words::count(i64::try_from(total).unwrap_or(i64::MAX), one);
    format!("{count} {} in {file}", if total == 1 { "is" } else { "are" })
}

/// What a spreadsheet takes for the beginning of a formula.
const FORMULA: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\n'];
/// What parts cells or lines somewhere: the comma here, the semicolon or the tab where a comma parts cents.
const PARTS: [char; 5] = [',', ';', '\t', '\n', '\r'];

/// A text no spreadsheet calculates: a `'` stands before what begins like a formula, at its beginning and behind each
/// letter that parts cells anywhere.
pub fn harmless(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for cell in text.split_inclusive(PARTS) {
        if is_armed(cell) {
            out.push('\'');
        }
        out.push_str(cell);
    }
    out
}

/// The text that stood in a cell of [`harmless`].
pub fn read_back(written: &str) -> String {
    let own = |cell: &'_ str| match cell.strip_prefix('\'') {
        Some(rest) if is_armed(rest) => rest.to_owned(),
        _ => cell.to_owned(),
    };
    written.split_inclusive(PARTS).map(own).collect()
}

/// Whether a spreadsheet would calculate it, or would where blanks and quotes before it are cut off. Those that were
/// kept from it before count too, so that each reads back as what it was.
fn is_armed(cell: &str) -> bool {
    let bare = cell.trim_start_matches([' ', '\u{a0}', '"', '\'']);
    bare.starts_with(FORMULA) && !is_signed(cell)
}

/// A sign with digits behind it and nothing that could call a function: a telephone number, an amount. Where it is all
/// digits and strokes it is a sum, which the spreadsheet would work out.
fn is_signed(cell: &str) -> bool {
    let Some(rest) = cell.strip_prefix(['+', '-']) else { return false };
    let rest = rest.trim_end_matches(PARTS);
    let is_sum = rest.contains(['-', '/']) && !rest.contains([' ', '\u{a0}']);
    rest.starts_with(|c: char| c.is_ascii_digit() || c == '(')
        && rest.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '\u{a0}' | '(' | ')' | '.' | '-' | '/'))
        && !is_sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::currency::Currency;
    use crate::domain::format::NumberStyle;
    use crate::domain::money::Money;

    const OURS: Dialect = Dialect::PLAIN;

    #[test]
    fn a_text_that_looks_like_a_formula_stays_a_text_and_is_read_back() {
        for text in ["=1+1", "+cmd|' /C calc'!A0", "-A1", "@SUM(A1)", "\t=1", "O'Brien", "'quoted", "a,\"b\"\nc", ""] {
            assert!(!harmless(text).starts_with(['=', '+', '-', '@', '\t']), "{text}");
            assert_eq!(read_back(&harmless(text)), text);
        }
        assert_eq!(harmless("O'Brien; Sons, Ltd - 2"), "O'Brien; Sons, Ltd - 2", "what is no formula stays as it is");
        let rows = [vec![Cell::text("=HYPERLINK(\"x\")"), Cell::Money(Money::new(-1250, Currency::EUR))]];
        let table = String::from_utf8(bytes(OURS, ["name", "open"], rows).unwrap()).unwrap();
        assert_eq!(table, "name,open\n\"'=HYPERLINK(\"\"x\"\")\",-12.50\n");
    }

    // F71
    #[test]
    fn a_telephone_number_keeps_its_sign() {
        for text in ["+49 30 1234567", "+4930123456", "+1 (555) 010-2030", "-5", "+49 30 12-0", "+44 (0)20 7946 0000"] {
            assert_eq!(harmless(text), text);
            assert_eq!(read_back(text), text);
        }
        for text in ["+49-30-12", "-1+1", "-2*3", "+A1", "-", "+", "- 5", "+1e9", "+1;=2"] {
            assert_ne!(harmless(text), text, "{text}");
            assert_eq!(read_back(&harmless(text)), text);
        }
    }

    // F71
    #[test]
    fn the_file_is_written_as_the_country_of_the_shop_reads_it() {
        let style = |number| Style { number, ..Style::default() };
        let rows = || [vec![Cell::text("Żółć; Söhne"), Cell::Money(Money::new(120_450, Currency::EUR))]];
        let written = |dialect| String::from_utf8(bytes(dialect, ["name", "open"], rows()).unwrap()).unwrap();
        let german = written(Dialect::of(style(NumberStyle::PointComma)));
        assert_eq!(german, "\u{feff}name;open\n\"Żółć; Söhne\";1204,50\n");
        assert_eq!(written(Dialect::of(style(NumberStyle::SpaceComma))), german);
        let english = written(Dialect::of(style(NumberStyle::CommaPoint)));
        assert_eq!(english, "\u{feff}name,open\n\"Żółć; Söhne\",1204.50\n");
        assert_eq!(written(OURS), english.trim_start_matches('\u{feff}'));
    }

    // F113
    #[test]
    fn a_text_that_is_cut_into_cells_elsewhere_gives_no_formula_there() {
        for text in
            ["x;=1+1", "x,=1", "a\n=1", "a;\t@b", "x; =1", "x;\"=1\"", "x;'=1", "x;' =1", "; -A2", "'; '+B1", "\r\n=1"]
        {
            let kept = harmless(text);
            for cell in kept.split(PARTS) {
                let bare = cell.trim_start_matches([' ', '"']);
                assert!(!bare.starts_with(FORMULA), "{text:?} gives {cell:?}");
            }
            assert_eq!(read_back(&kept), text);
            let table = String::from_utf8(bytes(OURS, ["name"], [vec![Cell::text(text)]]).unwrap()).unwrap();
            assert!(table.starts_with("name\n\"") && table.ends_with("\"\n"), "{table}");
        }
    }

    #[test]
    fn any_text_reads_back() {
        let letters = ['\'', '=', ';', ' ', '"', '\n', '1', '-'];
        for number in 0..letters.len().pow(5) {
            let text: String = (0..5).map(|at| letters[number / letters.len().pow(at) % letters.len()]).collect();
            assert_eq!(read_back(&harmless(&text)), text, "{text:?}");
        }
    }
}
