//! The statements of the store: those that stand in its code, whole, and those somebody was heard to send.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::tidy::sources;

/// Housekeeping of the file, which another engine does its own way.
const OF_THE_FILE: &[&str] = &[
    "src/store/backup.rs",
    "src/store/book.rs",
    "src/store/book/",
    "src/store/check.rs",
    "src/store/connecting.rs",
    "src/store/create.rs",
    "src/store/forget.rs",
    "src/store/look.rs",
    "src/store/migrate.rs",
    "src/store/opening.rs",
    "src/store/restore.rs",
    "src/store/setup.rs",
];

/// What only SQLite has; a statement that names it is housekeeping too.
const SQLITE: &[&str] = &["PRAGMA", "pragma_", "sqlite_", "VACUUM", "ANALYZE", "EXPLAIN"];

fn is_statement(text: &str) -> bool {
    ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH "].iter().any(|verb| text.starts_with(verb))
        && !SQLITE.iter().any(|word| text.contains(word))
}

/// On one line, with single blanks.
pub fn flat(sql: &str) -> String {
    sql.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every whole statement written in the store's code. One put together from parts is only heard.
pub fn written() -> BTreeSet<String> {
    let of_the_file = |path: &str| OF_THE_FILE.iter().any(|own| path.starts_with(own));
    let mut found = BTreeSet::new();
    for source in sources("src/store").into_iter().filter(|source| !of_the_file(&source.path)) {
        let texts = literals(&source.code.join("\n"));
        found.extend(texts.iter().map(|text| flat(text)).filter(|text| is_statement(text) && !text.contains('{')));
    }
    found
}

/// Every statement in a file of those that were sent.
pub fn heard(file: &Path) -> BTreeSet<String> {
    fs::read_to_string(file).unwrap_or_default().lines().map(flat).filter(|text| is_statement(text)).collect()
}

/// The texts between quotes in Rust code.
fn literals(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = code;
    while let Some(at) = rest.find(['"', '\'']) {
        let quote = &rest[at..];
        rest = if let Some(after) = quote.strip_prefix('\'') {
            // A letter such as '"' or '\'' is no text; a lifetime is only passed by.
            ["\"'", "\\''", "\\\"'"].iter().find_map(|letter| after.strip_prefix(letter)).unwrap_or(after)
        } else {
            let (text, after) = literal(&quote[1..]);
            found.push(text);
            after
        };
    }
    found
}

/// One text up to its closing quote, and what comes behind it.
fn literal(code: &str) -> (String, &str) {
    let mut text = String::new();
    let mut letters = code.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return (text, &code[at + 1..]),
            '\\' => match letters.next() {
                Some((_, '\n')) => text.push(' '),
                Some((_, 'n')) => text.push('\n'),
                Some((_, other)) => text.push(other),
                None => break,
            },
            other => text.push(other),
        }
    }
    (text, "")
}

/// `?1` is `$1`; a bare `?` counts on.
pub fn for_postgres(sql: &str) -> String {
    let mut told = String::new();
    let (mut quoted, mut next) = (false, 1);
    let mut letters = sql.chars().peekable();
    while let Some(letter) = letters.next() {
        quoted ^= letter == '\'';
        if letter != '?' || quoted {
            told.push(letter);
            continue;
        }
        told.push('$');
        if !letters.peek().is_some_and(char::is_ascii_digit) {
            told.push_str(&next.to_string());
            next += 1;
        }
    }
    told
}

#[test]
fn statements_are_read_out_of_code() {
    let code = "let a = '\"'; f(\"SELECT \\\"x\\\" \\\n        FROM y WHERE z = ?2 AND w = '?'\", 'b');";
    assert_eq!(
        literals(code).iter().map(|text| flat(text)).collect::<Vec<_>>(),
        ["SELECT \"x\" FROM y WHERE z = ?2 AND w = '?'"]
    );
    assert_eq!(for_postgres("a = ?2 AND b = '?'"), "a = $2 AND b = '?'");
    assert_eq!(for_postgres("a = ? AND b = ?"), "a = $1 AND b = $2");
}
