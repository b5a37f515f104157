//! The commands, as a script sees them: the real binary, its output and its exit code.

mod asks;
mod bad;
mod chosen;
#[cfg(unix)]
mod files;
mod journey;
#[cfg(unix)]
mod modes;
mod money;
#[cfg(unix)]
mod papers;
mod people;
mod rented;
mod shapes;
mod tables;

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// What a command left behind.
pub struct Ran {
    /// The exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Ran {
    /// The one object on standard output.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}{}", self.out, self.err))
    }

    /// The error of a command that was not done.
    pub fn error(&self) -> (String, String) {
        let error = &self.json()["error"];
        (error["kind"].as_str().unwrap().to_owned(), error["message"].as_str().unwrap().to_owned())
    }
}

/// A folder with room for a book, and a day.
pub struct Shop {
    folder: TempDir,
    /// The day commands work on.
    pub today: &'static str,
}

impl Shop {
    /// A folder without a book.
    pub fn empty(today: &'static str) -> Self {
        Self { folder: tempfile::tempdir().unwrap(), today }
    }

    /// A shop that prices in US dollars without tax, with Ana Delgado, a laptop at 89.00 and one asset.
    pub fn with_ana(today: &'static str) -> Self {
        let shop = Self::empty(today);
        shop.does(&["init", "--name", "Harbour", "--currency", "USD", "--country", "US"]);
        shop.does(&["customer", "add", "--first", "Ana", "--last", "Delgado", "--email", "ana@example.com"]);
        shop.does(&["product", "add", "--name", "Laptop", "--variant", "14 inch", "--price", "89"]);
        shop.does(&["asset", "add", "--variant", "1", "--serial", "SN-1", "--cost", "900"]);
        shop
    }

    /// The same, with a confirmed order of twelve months from today.
    pub fn with_order(today: &'static str) -> Self {
        let shop = Self::with_ana(today);
        shop.does(&["order", "add", "--customer", "1", "--item", "1", "--months", "12", "--confirm"]);
        shop
    }

    /// A path in the folder.
    pub fn at(&self, name: &str) -> PathBuf {
        self.folder.path().canonicalize().unwrap().join(name)
    }

    /// The book.
    pub fn book(&self) -> PathBuf {
        self.at("book.db")
    }

    /// Runs a command on this book, with `--json` where it is asked for.
    pub fn run(&self, words: &[&str]) -> Ran {
        rentbook(&self.book(), self.today, words)
    }

    /// Runs a command that must succeed; its object.
    pub fn does(&self, words: &[&str]) -> Value {
        let ran = self.run(&[words, &["--json"]].concat());
        assert_eq!(ran.code, 0, "{words:?}: {}{}", ran.out, ran.err);
        ran.json()
    }

    /// Runs a command that must be refused with this code; kind and message.
    pub fn refuses(&self, code: i32, words: &[&str]) -> (String, String) {
        let ran = self.run(&[words, &["--json"]].concat());
        assert_eq!(ran.code, code, "{words:?}: {}{}", ran.out, ran.err);
        assert!(!ran.err.is_empty(), "{words:?} says nothing to the person");
        ran.error()
    }
}

/// Runs the binary.
pub fn rentbook(book: &Path, today: &str, words: &[&str]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rentbook"));
    command.env("RENTBOOK_BOOK", book).env("RENTBOOK_TODAY", today).env("RENTBOOK_OPERATOR", "mia");
    // Nothing of a test reaches the places of the person who runs it.
    let home = book.parent().unwrap().join("home");
    command.env("HOME", &home).env("XDG_STATE_HOME", &home).env("XDG_DATA_HOME", &home).args(words);
    let output = command.output().unwrap();
    Ran {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}
