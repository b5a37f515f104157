//! The tables of statements: cases parted by empty lines, each with a sentence over it.
//!
//! ```text
//! -- A receipt is deleted.
//! --! a receipt is never deleted          (what the refusal says; without this line the case is allowed)
//! DELETE FROM receipt WHERE id = {whole}; (several statements: only the last one is refused)
//! --? SELECT …                            (true afterwards)
//! ```
//!
//! `{name}` is the id of a row of the book. `COPY table id WITH column = value, …` inserts a row like that one but for
//! the columns named.

use std::collections::{HashMap, HashSet};

/// Ids by name, and the columns of each table.
#[derive(Default)]
pub struct Words {
    pub names: HashMap<String, i64>,
    pub columns: HashMap<String, Vec<String>>,
}

/// One sentence and the statements that try it.
pub struct Case {
    pub name: String,
    pub refusal: Option<String>,
    pub steps: Vec<String>,
    pub truths: Vec<String>,
    /// Every word of the statements, to find the cases of a table.
    pub mentions: HashSet<String>,
}

impl Words {
    /// Statement with its names filled in and its `COPY` written out.
    pub fn plain(&self, sql: &str) -> String {
        let mut filled = String::new();
        let mut rest = sql.trim();
        while let Some((before, after)) = rest.split_once('{') {
            let (name, behind) = after.split_once('}').unwrap_or_else(|| panic!("a name has no end: {sql}"));
            match self.names.get(name) {
                Some(id) => filled.push_str(&format!("{before}{id}")),
                // JSON, not a name.
                None if name.is_empty() => filled.push_str(&format!("{before}{{}}")),
                None => panic!("{name} is nobody in the book: {sql}"),
            }
            rest = behind;
        }
        filled.push_str(rest);
        match filled.strip_prefix("COPY ") {
            Some(copy) => self.copy(copy),
            None => filled,
        }
    }

    fn copy(&self, copy: &str) -> String {
        let (from, changes) = copy.split_once(" WITH ").unwrap_or_else(|| panic!("COPY without WITH: {copy}"));
        let (table, id) = from.split_once(' ').unwrap_or_else(|| panic!("COPY without a row: {copy}"));
        let columns = self.columns.get(table).unwrap_or_else(|| panic!("no table {table}"));
        let changes: HashMap<&str, &str> = at_top(changes, ',')
            .into_iter()
            .map(|change| change.split_once('=').unwrap_or_else(|| panic!("no value: {change}")))
            .map(|(column, value)| (column.trim(), value.trim()))
            .collect();
        if let Some(unknown) = changes.keys().find(|column| !columns.iter().any(|known| known == *column)) {
            panic!("{table} has no column {unknown}");
        }
        let kept: Vec<&str> =
            columns.iter().map(String::as_str).filter(|column| *column != "id" || changes.contains_key("id")).collect();
        let values: Vec<&str> = kept.iter().map(|column| changes.get(column).copied().unwrap_or(column)).collect();
        format!("INSERT INTO {table} ({}) SELECT {} FROM {table} WHERE id = {id}", kept.join(", "), values.join(", "))
    }

    /// The cases of a file.
    pub fn cases(&self, text: &str) -> Vec<Case> {
        let blocks = text.split("\n\n").filter(|block| statements(block).next().is_some());
        blocks.map(|block| self.case(block)).collect()
    }

    fn case(&self, block: &str) -> Case {
        let marked = |mark: &str| block.lines().filter_map(|line| line.strip_prefix(mark)).collect::<Vec<_>>();
        let steps: Vec<String> = statements(block).map(|step| self.plain(&step)).collect();
        let words = |step: &String| step.split(|c: char| !is_word(c)).map(str::to_owned).collect::<Vec<_>>();
        Case {
            name: marked("-- ").join(" "),
            refusal: marked("--! ").first().map(|line| (*line).to_owned()),
            truths: marked("--? ").into_iter().map(|line| self.plain(line)).collect(),
            mentions: steps.iter().flat_map(words).collect(),
            steps,
        }
    }
}

/// Whether a character belongs to a name of SQL.
pub fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// The statements of a text without the comment lines; a statement ends with `;` at the end of a line.
pub fn statements(text: &str) -> impl Iterator<Item = String> {
    let code: Vec<&str> = text.lines().filter(|line| !line.starts_with("--")).collect();
    let code = code.join("\n") + "\n";
    code.split(";\n").map(|sql| sql.trim().to_owned()).filter(|sql| !sql.is_empty()).collect::<Vec<_>>().into_iter()
}

/// The parts of a text between separators that stand outside quotes and parentheses.
pub fn at_top(text: &str, separator: char) -> Vec<&str> {
    let (mut parts, mut start, mut depth, mut quoted) = (Vec::new(), 0, 0_i32, false);
    for (at, c) in text.char_indices() {
        match c {
            '\'' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth -= 1,
            _ if c == separator && depth == 0 && !quoted => {
                parts.push(text[start..at].trim());
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(text[start..].trim());
    parts
}
