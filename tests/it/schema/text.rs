//! The text of the schema, statement by statement.

use rentbook::store::SCHEMA;

/// What a statement makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Table,
    UniqueIndex,
    Index,
    Trigger,
}

/// One statement of the schema, comments left out.
#[derive(Clone, Debug)]
pub struct Statement {
    pub kind: Kind,
    /// The table, index or trigger it makes.
    pub name: String,
    /// The table it is about.
    pub table: String,
    pub sql: String,
}

/// The whole schema, in its order.
pub fn schema() -> Vec<Statement> {
    let bare: Vec<&str> = SCHEMA.lines().map(without_comment).collect();
    let mut found = Vec::new();
    let mut open = String::new();
    for line in bare {
        open.push_str(line);
        open.push('\n');
        let text = open.trim();
        let ends = if text.starts_with("CREATE TRIGGER") { text.ends_with("END;") } else { text.ends_with(';') };
        if ends {
            found.push(statement(text));
            open.clear();
        } else if text.is_empty() {
            open.clear();
        }
    }
    assert!(open.trim().is_empty(), "the schema ends in the middle of: {open}");
    found
}

/// A line up to its comment.
fn without_comment(line: &str) -> &str {
    let mut quoted = false;
    for (at, c) in line.char_indices() {
        quoted ^= c == '\'';
        if !quoted && line[at..].starts_with("--") {
            return line[..at].trim_end();
        }
    }
    line.trim_end()
}

fn statement(text: &str) -> Statement {
    let words: Vec<&str> = text.split_whitespace().collect();
    let after = |word: &str| words.iter().skip_while(|found| **found != word).nth(1).map(|name| (*name).to_owned());
    let (kind, maker) = match words[1] {
        "TABLE" => (Kind::Table, "TABLE"),
        "INDEX" => (Kind::Index, "INDEX"),
        "UNIQUE" => (Kind::UniqueIndex, "INDEX"),
        "TRIGGER" => (Kind::Trigger, "TRIGGER"),
        other => panic!("the schema makes a {other}"),
    };
    let name = after(maker).unwrap();
    let table = if kind == Kind::Table { name.clone() } else { after("ON").unwrap() };
    Statement { kind, name, table, sql: text.trim_end_matches(';').to_owned() }
}
