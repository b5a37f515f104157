//! Tables as CSV for spreadsheets: a text that a spreadsheet would take for a formula stays a text.

/// One cell.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Cell {
    /// Somebody's text.
    Text(String),
    /// A number, a date or a code: written as it is.
    Plain(String),
}

/// The table as bytes, comma-separated, UTF-8, one line a row.
pub fn bytes(head: &[&str], rows: impl IntoIterator<Item = Vec<Cell>>) -> Vec<u8> {
    let mut out = head.iter().map(|title| quoted(title)).collect::<Vec<_>>().join(",");
    out.push('\n');
    for row in rows {
        let cells = row.into_iter().map(|cell| match cell {
            Cell::Text(text) => quoted(&harmless(&text)),
            Cell::Plain(text) => quoted(&text),
        });
        out.push_str(&cells.collect::<Vec<_>>().join(","));
        out.push('\n');
    }
    out.into_bytes()
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
        if is_armed(rest_of(text, cell)) {
            out.push('\'');
        }
        out.push_str(cell);
    }
    out
}

/// The text that stood in a cell of [`harmless`].
pub fn read_back(written: &str) -> String {
    let own = |cell| match rest_of(written, cell).strip_prefix('\'') {
        Some(rest) if is_armed(rest) => &cell[1..],
        _ => cell,
    };
    written.split_inclusive(PARTS).map(own).collect()
}

/// Whether a spreadsheet would calculate it, or would where blanks and quotes before it are cut off. Those that were
/// kept from it before count too, so that each reads back as what it was.
fn is_armed(cell: &str) -> bool {
    cell.trim_start_matches([' ', '\u{a0}', '"', '\'']).starts_with(FORMULA)
}

/// From a part of a text to its end: a letter that parts cells may also begin a formula.
fn rest_of<'a>(text: &'a str, part: &'a str) -> &'a str {
    let at = part.as_ptr() as usize - text.as_ptr() as usize;
    text.get(at..).unwrap_or(part)
}

/// The cell between quotes where anything in it parts cells here or elsewhere.
fn quoted(cell: &str) -> String {
    let is_plain = !cell.contains(PARTS) && !cell.contains('"') && cell.trim() == cell;
    if is_plain { cell.to_owned() } else { format!("\"{}\"", cell.replace('"', "\"\"")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_looks_like_a_formula_stays_a_text_and_is_read_back() {
        for text in ["=1+1", "+49 30", "-5", "@SUM(A1)", "\t=1", "O'Brien", "'quoted", "a,\"b\"\nc", "", "Acme"] {
            assert!(!harmless(text).starts_with(['=', '+', '-', '@', '\t']), "{text}");
            assert_eq!(read_back(&harmless(text)), text);
        }
        assert_eq!(harmless("O'Brien; Sons, Ltd - 2"), "O'Brien; Sons, Ltd - 2", "what is no formula stays as it is");
        let rows = [vec![Cell::Text("=HYPERLINK(\"x\")".into()), Cell::Plain("-12.50".into())]];
        let table = String::from_utf8(bytes(&["name", "open"], rows)).unwrap();
        assert_eq!(table, "name,open\n\"'=HYPERLINK(\"\"x\"\")\",-12.50\n");
    }

    // F113
    #[test]
    fn a_text_that_is_cut_into_cells_elsewhere_gives_no_formula_there() {
        for text in
            ["x;=1+1", "x,=1", "a\n=1", "a\t\t@b", "x; =1", "x;\"=1\"", "x;'=1", "x;' =1", "; -2", "'; '+1", "\r\n=1"]
        {
            let kept = harmless(text);
            for cell in kept.split(PARTS) {
                let bare = cell.trim_start_matches([' ', '"']);
                assert!(!bare.starts_with(FORMULA), "{text:?} gives {cell:?}");
            }
            assert_eq!(read_back(&kept), text);
            let table = String::from_utf8(bytes(&["name"], [vec![Cell::Text(text.into())]])).unwrap();
            assert!(table.starts_with("name\n\"") && table.ends_with("\"\n"), "{table}");
            let mut back = csv::Reader::from_reader(table.as_bytes());
            let row = back.records().next().unwrap().unwrap();
            assert_eq!(read_back(&row[0]), text);
        }
    }

    #[test]
    fn any_text_reads_back() {
        let letters = ['\'', '=', ';', ' ', '"', '\n', 'a', '-'];
        for number in 0..letters.len().pow(5) {
            let text: String = (0..5).map(|at| letters[number / letters.len().pow(at) % letters.len()]).collect();
            assert_eq!(read_back(&harmless(&text)), text, "{text:?}");
        }
    }
}
