//! What can be wrong with a book. One sentence a fault: what happened, what is safe, what to do.

use std::error::Error;
use std::fmt;
use std::path::{Path, PathBuf};

/// A result of the store.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreFault {
    /// No file of that name.
    Missing,
    /// A folder, not a file.
    Folder,
    /// A pipe, socket or device.
    NotAFile,
    /// A symbolic link.
    Link,
    /// A file without a byte in it.
    Empty,
    /// Not an SQLite file.
    NotADatabase,
    /// An SQLite file of another program.
    OtherProgram,
    /// Written by a newer rentbook.
    NewerVersion {
        /// The version of the file's schema.
        found: i64,
        /// The newest this program knows.
        known: i64,
    },
    /// Written by an older rentbook and not brought up to date, because it was opened for viewing.
    OlderVersion {
        /// The version of the file's schema.
        found: i64,
        /// The one this program needs.
        known: i64,
    },
    /// Shorter than its own header says.
    Truncated,
    /// SQLite found damage.
    Corrupt,
    /// Opened for viewing, or the file or its folder cannot be written.
    ReadOnly,
    /// This user may not read it, or may not write into the folder.
    NotAllowed,
    /// Another program holds it.
    Locked {
        /// Which process, where the system tells.
        pid: Option<u32>,
        /// Whose process.
        user: Option<String>,
    },
    /// No space left.
    DiskFull,
    /// On a network share.
    NetworkShare,
    /// A file of that name stands there already.
    AlreadyThere,
    /// The disk reported an error while writing; this book takes no more writes until it is opened again.
    Stopped,
    /// The statement was interrupted on request.
    Interrupted,
    /// The schema said no: a trigger's words or the name of the constraint.
    Refused(String),
    /// Anything else: a fault of the program or of the system.
    Broken,
}

impl StoreFault {
    /// One short word for logs and JSON.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Folder => "folder",
            Self::NotAFile => "not_a_file",
            Self::Link => "link",
            Self::Empty => "empty",
            Self::NotADatabase => "not_a_database",
            Self::OtherProgram => "other_program",
            Self::NewerVersion { .. } => "newer_version",
            Self::OlderVersion { .. } => "older_version",
            Self::Truncated => "truncated",
            Self::Corrupt => "corrupt",
            Self::ReadOnly => "read_only",
            Self::NotAllowed => "not_allowed",
            Self::Locked { .. } => "locked",
            Self::DiskFull => "disk_full",
            Self::NetworkShare => "network_share",
            Self::AlreadyThere => "already_there",
            Self::Stopped => "stopped",
            Self::Interrupted => "interrupted",
            Self::Refused(_) => "refused",
            Self::Broken => "broken",
        }
    }
}

/// A fault of a book.
#[derive(Debug)]
pub struct StoreError {
    fault: StoreFault,
    path: Option<PathBuf>,
    backup: Option<PathBuf>,
    detail: String,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl StoreError {
    /// A fault without more to say.
    #[must_use]
    pub fn new(fault: StoreFault) -> Self {
        Self { fault, path: None, backup: None, detail: String::new(), source: None }
    }

    /// A rule of the store said no.
    #[must_use]
    pub fn refused(sentence: impl Into<String>) -> Self {
        Self::new(StoreFault::Refused(sentence.into()))
    }

    /// A fault of the program: what was seen.
    #[must_use]
    pub fn broken(detail: impl Into<String>) -> Self {
        Self { detail: detail.into(), ..Self::new(StoreFault::Broken) }
    }

    /// What is wrong.
    #[must_use]
    pub fn kind(&self) -> &StoreFault {
        &self.fault
    }

    /// What the schema said, when it was the schema that said no.
    #[must_use]
    pub fn refusal(&self) -> Option<&str> {
        match &self.fault {
            StoreFault::Refused(words) => Some(words),
            _ => None,
        }
    }

    /// What a developer wants to read in the log: never shown to staff, never with values.
    #[must_use]
    pub fn detail(&self) -> &str {
        &self.detail
    }

    /// The file concerned.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// The newest good backup, when the book is damaged and there is one.
    #[must_use]
    pub fn backup(&self) -> Option<&Path> {
        self.backup.as_deref()
    }

    pub(super) fn caused(fault: StoreFault, source: impl Error + Send + Sync + 'static) -> Self {
        Self { source: Some(Box::new(source)), ..Self::new(fault) }
    }

    /// Names the file, unless a closer one is named already.
    #[must_use]
    pub(super) fn at(mut self, path: &Path) -> Self {
        self.path.get_or_insert_with(|| path.to_owned());
        self
    }

    #[must_use]
    pub(super) fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }

    #[must_use]
    pub(super) fn with_backup(mut self, backup: Option<PathBuf>) -> Self {
        self.backup = backup;
        self
    }

    /// Notes the statement, for the log.
    #[must_use]
    pub(super) fn during(mut self, sql: &str) -> Self {
        let first: String = sql.split_whitespace().take(40).collect::<Vec<_>>().join(" ");
        if self.detail.is_empty() {
            self.detail = format!("in: {first}");
        } else if !self.detail.contains("in: ") {
            self.detail = format!("{} in: {first}", self.detail);
        }
        self
    }

    /// Whether the disk itself failed, so that nobody can say what reached it.
    pub(super) fn is_disk_failure(&self) -> bool {
        self.fault == StoreFault::Stopped
    }

    fn sentence(&self, book: &str) -> String {
        match &self.fault {
            StoreFault::Missing => format!(
                "There is no book at {book}. Nothing was changed. Make one with `rentbook init`, or name the right file with --book."
            ),
            StoreFault::Folder => {
                format!("{book} is a folder, not a book. Nothing was changed. Name the file inside it.")
            }
            StoreFault::NotAFile => {
                format!("{book} is a pipe or a device, not a file. Nothing was changed. Name an ordinary file.")
            }
            StoreFault::Link => format!(
                "{book} is a symbolic link, which could be turned to another file. Nothing was changed. Name the file it points to."
            ),
            StoreFault::Empty => format!(
                "{book} is empty: there is no book in it. Nothing was changed. Remove it and run `rentbook init`, or restore a backup to it."
            ),
            StoreFault::NotADatabase => {
                format!(
                    "{book} is not a rent book but some other kind of file. Nothing was changed. Name the right file with --book."
                )
            }
            StoreFault::OtherProgram => {
                format!(
                    "{book} is a database of another program. Nothing was changed. Name the right file with --book."
                )
            }
            StoreFault::NewerVersion { found, known } => format!(
                "{book} was written by a newer rentbook (version {found} of the file, this program knows {known}). Nothing was changed. Install the newer rentbook."
            ),
            StoreFault::OlderVersion { found, known } => format!(
                "{book} was written by an older rentbook (version {found} of the file, this program needs {known}). Nothing was changed. Open it once for writing to bring it up to date."
            ),
            StoreFault::Truncated => {
                format!("{book} is cut off: a part at the end is missing. Nothing was changed. {}", self.way_back())
            }
            StoreFault::Corrupt => {
                format!("{book} is damaged. Nothing was changed. {}", self.way_back())
            }
            StoreFault::ReadOnly => format!(
                "{book} is open for viewing only, so nothing was saved. Everything can be read. Open it without --view-only, where you may write the file and its folder."
            ),
            StoreFault::NotAllowed => format!(
                "You are not allowed to use {book}. Nothing was changed. Ask its owner, or check the rights of the file and its folder."
            ),
            StoreFault::Locked { pid, user } => format!(
                "{book} is in use by {}. Nothing was changed. Try again in a moment, or close the other program.",
                holder(*pid, user.as_deref())
            ),
            StoreFault::DiskFull => format!(
                "The disk of {book} is full, so this was not saved. Everything saved before is safe and can be read. Make room and try again."
            ),
            StoreFault::NetworkShare => format!(
                "{book} lies on a network share, where two computers could damage it. Nothing was changed. Move it to a disk of this computer."
            ),
            StoreFault::AlreadyThere => {
                format!("{book} is there already. Nothing was changed. Choose another name, or remove it first.")
            }
            StoreFault::Stopped => format!(
                "The disk failed while {book} was being written, so this may not be saved. What was saved before is safe. Check the disk, then open the book again."
            ),
            StoreFault::Interrupted => "Stopped on request. Nothing was changed.".to_owned(),
            StoreFault::Refused(words) => words.clone(),
            StoreFault::Broken => format!(
                "Something went wrong inside rentbook with {book}. The last step was not saved; everything saved before is safe. Please report it with the log file."
            ),
        }
    }

    fn way_back(&self) -> String {
        self.backup.as_ref().map_or_else(
            || "Keep the file as it is and restore a backup with `rentbook restore`.".to_owned(),
            |backup| {
                format!(
                    "Keep the file as it is; the newest good backup comes back with `rentbook restore {}`.",
                    backup.display()
                )
            },
        )
    }
}

fn holder(pid: Option<u32>, user: Option<&str>) -> String {
    match (pid, user) {
        (Some(pid), Some(user)) => format!("another program (process {pid} of {user})"),
        (Some(pid), None) => format!("another program (process {pid})"),
        (None, _) => "another program".to_owned(),
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let book = self.path.as_ref().map_or_else(|| "the book".to_owned(), |path| path.display().to_string());
        let sentence = self.sentence(&book);
        let mut letters = sentence.chars();
        match letters.next() {
            Some(first) if self.path.is_none() => write!(f, "{}{}", first.to_uppercase(), letters.as_str()),
            _ => f.write_str(&sentence),
        }
    }
}

impl Error for StoreError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
