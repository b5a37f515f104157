//! Strings that break programs, and what must not be left of them.

use rentbook::services::{Desk, DeskError};

/// Each with what it tries.
pub const STRINGS: &[&str] = &[
    "a\u{1b}[2J\u{1b}[31mred\u{1b}[0m",
    "\u{1b}]0;title\u{7}b\u{1b}]52;c;cm0gLXJm\u{7}",
    "\u{1b}]8;;http://example.com\u{1b}\\link\u{1b}]8;;\u{1b}\\",
    "\u{9b}31mcsi\u{9d}0;t\u{9c}",
    "\u{1b}P+q544e\u{1b}\\\u{1b}_apc\u{1b}\\dcs",
    "bell\u{7}back\u{8}\u{8}tab\tvertical\u{b}form\u{c}del\u{7f}nel\u{85}",
    "two\r\nlines\nand\rthree\u{2028}four\u{2029}five",
    "abc\u{202e}gpj.exe\u{202c}\u{2066}x\u{2069}",
    "zero\u{200b}wi\u{feff}dth\u{2060}jo\u{200d}in\u{ad}er",
    "tag\u{e0041}\u{e0042}inter\u{fff9}linear\u{fffb}",
    "👩‍👩‍👧‍👦 🏴‍☠️ 😀",
    "مرحبا שלום ‏x",
    "Z̸̡͓̀a̴l̶g̷o̸ ﷽ ﷽",
    "'; DROP TABLE customer; --",
    "%_[]^\\\" OR \"a\"=\"a NEAR(* AND",
    "../../../../etc/passwd",
    "C:\\CON\\..\\NUL",
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd",
    "+1-2",
    "{{7*7}} ${7*7} <%= 7 %> {seq:0999999}",
    "<script>alert(1)</script> &amp; &#0;",
    "%n%s%x%d $(reboot) `reboot` | && ;",
    "NaN",
    "1e400",
    "-0",
    "９９９ ٣٤ Ⅷ ½",
    "   \u{a0}\u{3000}  ",
    "--help",
    "\u{fdd0}\u{ffff}\u{10ffff}\u{e000}",
    "ﬀ ǅ ŉ ß İ ı",
];

/// A long one: more than any field takes, as much as a command line does.
pub fn long() -> String {
    "x\u{301}é漢 ".repeat(12_000)
}

/// Whether a character must never reach a terminal or the book: it moves, hides or turns text around.
pub fn is_evil(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' | '\u{2028}' | '\u{2029}')
}

/// Every text of every table that holds what it must not; lines may end.
pub fn evil_cells(desk: &Desk) -> Vec<String> {
    let mut found = Vec::new();
    for (place, text) in texts(desk) {
        if text.chars().any(|c| c != '\n' && is_evil(c)) {
            found.push(format!("{place}: {text:?}"));
        }
    }
    found
}

/// Every text of the book, and where it stands.
pub fn texts(desk: &Desk) -> Vec<(String, String)> {
    desk.read(|db| {
        let columns = db.all(
            "SELECT t.name, c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' \
             AND c.type = 'TEXT'",
            &[],
            |row| Ok((row.text(0)?, row.text(1)?)),
        )?;
        let mut found = Vec::new();
        for (table, column) in columns {
            let sql = format!("SELECT {column} FROM {table} WHERE {column} IS NOT NULL");
            db.each(&sql, &[], |row| {
                found.push((format!("{table}.{column}"), row.text(0)?));
                Ok(())
            })?;
        }
        Ok::<_, DeskError>(found)
    })
    .unwrap()
}
