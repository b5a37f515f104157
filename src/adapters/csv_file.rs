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
pub fn bytes(head: &[&str], rows: impl IntoIterator<Item = Vec<Cell>>) -> Result<Vec<u8>, String> {
    let mut out = csv::Writer::from_writer(Vec::new());
    let told = |error: csv::Error| format!("The table could not be written: {error}.");
    out.write_record(head).map_err(told)?;
    for row in rows {
        let cells = row.into_iter().map(|cell| match cell {
            Cell::Text(text) => harmless(&text),
            Cell::Plain(text) => text,
        });
        out.write_record(cells).map_err(told)?;
    }
    out.into_inner().map_err(|error| format!("The table could not be written: {error}."))
}

/// A text no spreadsheet calculates: one that begins like a formula gets a `'` before it.
pub fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { format!("'{text}") } else { text.to_owned() }
}

/// The text that stood in a cell of [`harmless`].
pub fn read_back(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if harmless(text) != text => text,
        _ => cell,
    }
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
        let rows = [vec![Cell::Text("=HYPERLINK(\"x\")".into()), Cell::Plain("-12.50".into())]];
        let table = String::from_utf8(bytes(&["name", "open"], rows).unwrap()).unwrap();
        assert_eq!(table, "name,open\n\"'=HYPERLINK(\"\"x\"\")\",-12.50\n");
    }
}
