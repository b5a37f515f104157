//! How a book is open: for writing or for viewing, and how that came.

use std::fmt;
use std::path::PathBuf;

/// What an open book lets one do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Read and write.
    ReadWrite,
    /// Read only; SQLite itself refuses every write.
    ViewOnly,
}

/// How opening went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opening {
    /// Why the book is open for viewing only; the words of a banner.
    pub view_because: Option<ViewBecause>,
    /// The book had not been closed properly: a crash, a kill, a power cut. SQLite has put it right.
    pub was_unclean: bool,
    /// The file was copied or moved away from its log: the last saves are missing in it.
    pub lacks_its_log: bool,
    /// The version it was brought up from.
    pub migrated_from: Option<i64>,
    /// The verified backup made before that.
    pub backup: Option<PathBuf>,
}

/// Why a book is open for viewing only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ViewBecause {
    /// It was asked for.
    Asked,
    /// The file cannot be written.
    ReadOnlyFile,
    /// The folder cannot be written, and SQLite needs files beside the book.
    ReadOnlyFolder,
}

impl fmt::Display for ViewBecause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Asked => "Viewing only, as asked: nothing can be changed.",
            Self::ReadOnlyFile => "Viewing only: you may not write this file, so nothing can be changed.",
            Self::ReadOnlyFolder => {
                "Viewing only: you may not write the folder of this file, so nothing can be changed."
            }
        })
    }
}

/// How SQLite is to open the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// For reading and writing.
    Write,
    /// For reading, beside writers.
    View,
    /// For reading a file nobody can write, in a folder where SQLite's own files cannot be made.
    Frozen,
}

impl Mode {
    /// What it lets one do.
    pub(super) fn access(self) -> Access {
        match self {
            Self::Write => Access::ReadWrite,
            Self::View | Self::Frozen => Access::ViewOnly,
        }
    }
}
