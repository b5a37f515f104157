//! Why a command was not done, and the exit code that says so.

use std::io;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use thiserror::Error;

use crate::services::{DeskError, Refusal, StoreError};

/// The exit codes; scripts rely on them.
pub mod exit {
    /// Done.
    pub const DONE: u8 = 0;
    /// A rule said no.
    pub const REFUSED: u8 = 1;
    /// The command line is wrong.
    pub const WRONG: u8 = 2;
    /// The book, or another file, cannot be opened, read or written.
    pub const BROKEN: u8 = 3;
    /// The check found something.
    pub const FOUND: u8 = 4;
}

/// Why a command was not done.
#[derive(Debug, Error)]
pub enum Fault {
    /// A rule said no; nothing was written.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The book cannot be opened, read or written.
    #[error("{}", missing_or(.0))]
    Broken(#[from] StoreError),
    /// The command line is wrong.
    #[error("{0}")]
    Wrong(String),
    /// Another file cannot be read or written.
    #[error("{}: {}. Nothing was changed in the book.", .path.display(), words(.error))]
    File {
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// The book was changed, and a file that goes with it could not be written.
    #[error("{done} But its file could not be written: {why}. {again}")]
    Unwritten {
        /// What is booked, in a sentence.
        done: String,
        /// What went wrong with the file.
        why: String,
        /// How to get the file.
        again: String,
        /// What the command would have answered.
        json: Value,
    },
    /// Nobody reads the output any more.
    #[error("the output was closed")]
    Closed,
    /// The output cannot be written.
    #[error("the output cannot be written: {0}")]
    Output(io::Error),
}

/// A result of a command.
pub type Result<T, E = Fault> = std::result::Result<T, E>;

impl From<DeskError> for Fault {
    fn from(error: DeskError) -> Self {
        match error {
            DeskError::Refused(refusal) => Self::Refused(confirmed_by(refusal)),
            DeskError::Broken(error) => Self::Broken(error),
        }
    }
}

/// What the clock is in the way of names the command that confirms it.
fn confirmed_by(mut refusal: Refusal) -> Refusal {
    let option = match refusal.code {
        "gap" => "--confirm-gap",
        "clock_back" => "--confirm-clock",
        _ => return refusal,
    };
    let message = format!("{} (`rentbook run --dry-run` shows it, `rentbook run {option}` confirms)", refusal.message);
    refusal.message = message;
    refusal
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe { Self::Closed } else { Self::Output(error) }
    }
}

impl Fault {
    /// There is no such thing in the book.
    pub fn unknown(what: &str, which: impl std::fmt::Display) -> Self {
        Self::Refused(Refusal::new("unknown", format!("there is no {what} {which} in this book")))
    }

    /// A file that is not the book.
    pub fn file(path: &Path, error: io::Error) -> Self {
        Self::File { path: path.to_owned(), error }
    }

    /// A file that was to be written after the book was changed.
    pub fn unwritten(answer: &Value, done: &str, why: impl Into<String>, again: impl Into<String>) -> Self {
        Self::Unwritten { done: done.to_owned(), why: why.into(), again: again.into(), json: answer.clone() }
    }

    /// The exit code.
    pub fn exit(&self) -> u8 {
        match self {
            Self::Refused(_) => exit::REFUSED,
            Self::Wrong(_) => exit::WRONG,
            Self::Broken(_) | Self::File { .. } | Self::Unwritten { .. } | Self::Output(_) => exit::BROKEN,
            Self::Closed => exit::DONE,
        }
    }

    /// `{"error": {"kind", "message", …}}`
    pub fn json(&self) -> Value {
        let kind = match self {
            Self::Refused(refusal) => refusal.code,
            Self::Broken(error) => error.kind().word(),
            Self::Wrong(_) => "usage",
            Self::File { error, .. } if error.kind() == io::ErrorKind::AlreadyExists => "already_there",
            Self::File { .. } => "file",
            Self::Unwritten { .. } => "file_after_booking",
            Self::Output(_) | Self::Closed => "output",
        };
        let mut body = json!({ "kind": kind, "message": self.to_string() });
        if let (Self::Unwritten { json: Value::Object(more), .. }, Some(body)) = (self, body.as_object_mut()) {
            body.extend(more.clone());
        }
        if let (Self::Refused(refusal), Some(body)) = (self, body.as_object_mut()) {
            if let Some(field) = refusal.field {
                body.insert("field".into(), field.into());
            }
            if let Some(Value::Object(more)) = &refusal.details {
                body.extend(more.clone());
            }
        }
        json!({ "error": body })
    }
}

/// The store's own sentence; a missing book is also told how to look around first.
fn missing_or(error: &StoreError) -> String {
    let sentence = error.to_string();
    match error.kind() {
        crate::services::StoreFault::Missing => {
            sentence.replacen("`rentbook init`,", "`rentbook init` (or `rentbook demo` to look around),", 1)
        }
        _ => sentence,
    }
}

/// What the system says of a file, in words.
pub fn words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::AlreadyExists => {
            "there is such a file already; name another one, or say --force to replace it".to_owned()
        }
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "you are not allowed to write there".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        io::ErrorKind::IsADirectory => "that is a folder".to_owned(),
        _ => error.to_string(),
    }
}
