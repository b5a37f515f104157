//! The real binary.

use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

/// What a run of the binary came to.
#[derive(Debug)]
pub struct Said {
    /// `None` where it was killed.
    pub code: Option<i32>,
    /// The object on standard output, null where there is none.
    pub json: Value,
    pub errors: String,
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            json: serde_json::from_slice(&output.stdout).unwrap_or(Value::Null),
            errors: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

/// The command line of a person at a book.
pub fn command(book: &Path, operator: &str, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rentbook"));
    for name in ["RENTBOOK_BOOK", "RENTBOOK_TODAY", "RENTBOOK_OPERATOR"] {
        command.env_remove(name);
    }
    command.arg("--book").arg(book).args(["--json", "--operator", operator]).args(words);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Starts it.
pub fn start(book: &Path, operator: &str, words: &[&str]) -> Child {
    command(book, operator, words).spawn().unwrap()
}

/// Runs it to its end.
pub fn run(book: &Path, operator: &str, words: &[&str]) -> Said {
    command(book, operator, words).output().unwrap().into()
}

/// Runs it; it has to be done.
pub fn done(book: &Path, operator: &str, words: &[&str]) -> Value {
    let said = run(book, operator, words);
    assert_eq!(said.code, Some(0), "{words:?}: {} {}", said.errors, said.json);
    said.json
}
