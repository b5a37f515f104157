//! Another file is opened: where it lies, or copied to where the book is kept.

use std::path::PathBuf;

use super::Front;
use crate::tui::desk::{Access, Desk};
use crate::tui::forms::{Field, Form, FormDialog, Item, Read};
use crate::tui::reply::{Reply, Way};

/// Which file, and how.
#[derive(Debug)]
struct OpenFile {
    front: Front,
    /// There is nothing yet where the book is kept.
    is_free: bool,
}

/// Asks for the file.
pub(super) fn reply(front: &Front, desk: &Desk) -> Reply {
    let is_free = std::fs::symlink_metadata(&front.book).is_err() && front.access == Access::ReadWrite;
    Reply::open(FormDialog::new(OpenFile { front: front.clone(), is_free }, desk))
}

impl Form for OpenFile {
    fn writes(&self) -> bool {
        false
    }

    fn title(&self) -> String {
        "Open a file".to_owned()
    }

    fn fields(&self, _desk: &Desk) -> Vec<Field> {
        let mut fields = vec![Field::text("path", "File").hint("~ is your folder").width(44)];
        if self.is_free {
            let ways = vec![Item::new("copy", "copy it here, to my place"), Item::new("stay", "open it where it is")];
            fields.push(Field::choice("how", "Then", ways, "copy").width(30));
        }
        fields
    }

    fn effect(&self, read: &mut Read<'_>, _desk: &Desk) -> Vec<String> {
        if self.is_free && read.text("how") == "copy" {
            let place = self.front.book.display();
            return vec![
                format!("The copy is looked through and kept as {place}."),
                "The file itself stays as it is.".to_owned(),
            ];
        }
        vec![
            "The file is opened and written where it is; start rentbook with".to_owned(),
            "--book and its path to come back to it.".to_owned(),
        ]
    }

    fn submit(&self, read: &mut Read<'_>, _desk: &Desk) -> Option<Reply> {
        let path = path_of(&read.required("path")?);
        let copy = self.is_free && read.text("how") == "copy";
        Some(Reply::Enter(if copy {
            Way::BringBack { from: path, to: self.front.book.clone() }
        } else {
            Way::Open(path, self.front.access)
        }))
    }

    fn save_word(&self) -> &'static str {
        "Open"
    }
}

/// A path as typed or dropped on the window: `~`, quotes around it, blanks behind a backslash.
fn path_of(typed: &str) -> PathBuf {
    let typed = typed.trim();
    let quoted = |mark: char| typed.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark));
    let plain = match quoted('\'').or_else(|| quoted('"')) {
        Some(inner) => inner.to_owned(),
        None => typed.replace("\\ ", " "),
    };
    let own = std::env::var_os("HOME").map(PathBuf::from);
    match (plain.strip_prefix("~/"), own) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => PathBuf::from(plain),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_read_as_it_is_typed_or_dropped() {
        for (typed, path) in [
            ("/a/b.db", "/a/b.db"),
            (" '/a b/c.db' ", "/a b/c.db"),
            ("\"/a b/c.db\"", "/a b/c.db"),
            (r"/a\ b/c.db", "/a b/c.db"),
        ] {
            assert_eq!(path_of(typed), PathBuf::from(path));
        }
        assert!(path_of("~/shop.db").ends_with("shop.db") && !path_of("~/shop.db").starts_with("~"));
    }
}
