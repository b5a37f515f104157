//! The papers beside the book: `invoices/2025/2025-0108.pdf` in the folder the book lies in.

use std::path::{Path, PathBuf};

use chrono::{Datelike as _, NaiveDate};

use super::files;

/// The longest name of a file, without its ending.
const LONGEST: usize = 80;

/// Writes a paper of `kind` and returns where it is. An older copy of the same name is replaced in one step, so that
/// a viewer that has it open never reads half a file.
pub fn keep(book: &Path, kind: &str, on: NaiveDate, name: &str, bytes: &[u8]) -> Result<PathBuf, String> {
    keep_as(book, kind, on, (name, "pdf"), bytes)
}

/// The same for a file of another ending.
pub fn keep_as(
    book: &Path,
    kind: &str,
    on: NaiveDate,
    (name, ending): (&str, &str),
    bytes: &[u8],
) -> Result<PathBuf, String> {
    let folder = folder(book, kind, on)?;
    let path = folder.join(format!("{}.{ending}", safe(name)));
    let told = |error| format!("{} could not be written: {}.", path.display(), files::plain(error));
    files::make_folder(&folder).and_then(|()| files::write(&path, bytes, true)).map_err(told)?;
    Ok(path)
}

/// Where papers of `kind` lie; it is made when the first one is written.
pub fn folder(book: &Path, kind: &str, on: NaiveDate) -> Result<PathBuf, String> {
    let home = book.parent().filter(|_| book.is_file()).ok_or("A book in memory has no folder for its papers.")?;
    Ok(home.join(kind).join(on.year().to_string()))
}

/// A name that is a file's name on every system: letters, digits, `-`, `_`, `.` and blanks; never empty, never hidden.
pub fn safe(name: &str) -> String {
    let plain = |letter: char| if letter.is_alphanumeric() || "-_. ".contains(letter) { letter } else { '-' };
    let name: String = name.chars().map(plain).take(LONGEST).collect();
    let name = name.trim_matches(['.', ' ']);
    if name.is_empty() { "paper".to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_number_becomes_a_name_on_every_system() {
        for (number, name) in [
            ("2025-0108", "2025-0108"),
            ("INV/2025/7", "INV-2025-7"),
            ("../../etc/passwd", "-..-etc-passwd"),
            ("a\0b\u{202e}c", "a-b-c"),
            ("..", "paper"),
            ("", "paper"),
        ] {
            assert_eq!(safe(number), name);
        }
        assert_eq!(safe(&"x".repeat(300)).len(), LONGEST);
    }

    #[test]
    fn a_paper_lies_beside_its_book_and_is_replaced_whole() {
        let home = tempfile::tempdir().unwrap();
        let book = home.path().join("shop.db");
        let on = NaiveDate::from_ymd_opt(2025, 11, 17).unwrap();
        assert!(keep(&book, "invoices", on, "2025-0108", b"one").is_err(), "there is no book yet");
        fs::write(&book, b"").unwrap();
        for text in [b"one".as_slice(), b"two"] {
            let path = keep(&book, "invoices", on, "2025-0108", text).unwrap();
            assert_eq!(path, home.path().join("invoices/2025/2025-0108.pdf"));
            assert_eq!(fs::read(path).unwrap(), text);
        }
        assert_eq!(fs::read_dir(home.path().join("invoices/2025")).unwrap().count(), 1);
    }
}
