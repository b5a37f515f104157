//! Every fault of a book and its words: what happened, what is safe, what to do.

use std::path::Path;

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
    /// A file with more than one name.
    Linked,
    /// Beside it lies the log of another file, which a program still has open.
    StrangeLog {
        /// Which process.
        pid: Option<u32>,
    },
    /// A file beside the book that is SQLite's is a link, a folder or a pipe.
    OddLog,
    /// Moved, removed or replaced while it was open here.
    Moved,
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
        user: Option<String>,
    },
    /// No space left.
    DiskFull,
    /// No space left while the last step was being saved, and nobody can say whether it was.
    Unsure,
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
    pub fn word(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Folder => "folder",
            Self::NotAFile => "not_a_file",
            Self::Link => "link",
            Self::Linked => "linked",
            Self::StrangeLog { .. } => "strange_log",
            Self::OddLog => "odd_log",
            Self::Moved => "moved",
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
            Self::Unsure => "unsure",
            Self::NetworkShare => "network_share",
            Self::AlreadyThere => "already_there",
            Self::Stopped => "stopped",
            Self::Interrupted => "interrupted",
            Self::Refused(_) => "refused",
            Self::Broken => "broken",
        }
    }
}

/// The sentence of a fault of the book at `path`; `backup` is the newest good one.
pub(super) fn sentence(fault: &StoreFault, path: Option<&Path>, backup: Option<&Path>) -> String {
    let Some(path) = path else { return capital(&words(fault, "the book", backup)) };
    words(fault, &path.display().to_string(), backup)
}

fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| format!("{}{}", first.to_uppercase(), letters.as_str()))
}

fn words(fault: &StoreFault, book: &str, backup: Option<&Path>) -> String {
    let way_back = || way_back(backup);
    let (happened, advice) = match fault {
        StoreFault::Truncated => ("is cut off: a part at the end is missing", way_back()),
        StoreFault::Corrupt => ("is damaged", way_back()),
        StoreFault::Locked { pid, user } => {
            let holder = holder(*pid, user.as_deref());
            return format!(
                "{book} is in use by {holder}. Nothing was changed. Try again in a moment, or close the other program."
            );
        }
        StoreFault::StrangeLog { pid } => {
            let holder = holder(*pid, None);
            return format!(
                "The file that stood at {book} before is still open in {holder}, whose log lies beside it. \
                 Nothing was changed. Close that program first, then open this book again."
            );
        }
        StoreFault::NewerVersion { found, known } => {
            return format!(
                "{book} was written by a newer rentbook (version {found} of the file; this program knows {known}). \
                 Nothing was changed. Install the newer rentbook."
            );
        }
        StoreFault::OlderVersion { found, known } => {
            return format!(
                "{book} was written by an older rentbook (version {found} of the file; this program needs {known}). \
                 Nothing was changed. Open it once for writing: that brings it up to date."
            );
        }
        StoreFault::Refused(words) => return words.clone(),
        _ => return plain(fault).replace("BOOK", book),
    };
    format!("{book} {happened}. Nothing was changed. {advice}")
}

/// The sentences that need no more than the name of the book.
fn plain(fault: &StoreFault) -> &'static str {
    match fault {
        StoreFault::Missing => {
            "There is no book at BOOK. Nothing was changed. Make one with `rentbook init`, or name the right file with --book."
        }
        StoreFault::Folder => "BOOK is a folder, not a book. Nothing was changed. Name the file inside it.",
        StoreFault::NotAFile => "BOOK is a pipe or a device, not a file. Nothing was changed. Name an ordinary file.",
        StoreFault::Link => {
            "BOOK is a symbolic link, which could be turned to another file. Nothing was changed. Name the file it points to."
        }
        StoreFault::Linked => {
            "BOOK has a second name (a hard link), under which another program could lose what is saved here. Nothing was changed. Remove the other name, or copy the file and open the copy."
        }
        StoreFault::OddLog => {
            "BOOK, which belongs to the book beside it, is a link, a folder or a pipe and no ordinary file. Nothing was changed. Move it away, and find out who put it there."
        }
        StoreFault::Moved => {
            "BOOK was moved, removed or replaced while it was open here, so this was not saved. What was saved before is in the file that was moved. Leave rentbook and open that file where it is now, or put it back."
        }
        StoreFault::Empty => {
            "BOOK is an empty file: there is no book in it. Nothing was changed. Remove it and run `rentbook init`, or restore a backup to it."
        }
        StoreFault::NotADatabase => {
            "BOOK is not a rent book but some other kind of file. Nothing was changed. Name the right file with --book."
        }
        StoreFault::OtherProgram => {
            "BOOK is a database of another program. Nothing was changed. Name the right file with --book."
        }
        StoreFault::ReadOnly => {
            "BOOK is open for viewing only, so nothing was saved. Everything can be read. Open it without --view-only, where you may write the file and its folder."
        }
        StoreFault::NotAllowed => {
            "You are not allowed to use BOOK. Nothing was changed. Ask its owner, or check the rights of the file and of its folder."
        }
        StoreFault::DiskFull => {
            "The disk of BOOK is full, so this was not saved. Everything saved before is safe and can be read. Make room and try again."
        }
        StoreFault::Unsure => {
            "The disk of BOOK became full while the last step was being saved, so it may not be saved. Everything saved before is safe. Make room, open the book again and look before you do it once more."
        }
        StoreFault::NetworkShare => {
            "BOOK lies on a network share, where two computers could damage it. Nothing was changed. Move it to a disk of this computer."
        }
        StoreFault::AlreadyThere => {
            "BOOK is there already. Nothing was changed. Choose another name, or move that file away first."
        }
        StoreFault::Stopped => {
            "The disk failed under BOOK, so the last step may not be saved. What was saved before is safe. Check the disk, then open the book again."
        }
        StoreFault::Interrupted => "Stopped on request. Nothing was changed.",
        _ => {
            "Something went wrong inside rentbook with BOOK. The last step was not saved; everything saved before is safe. Please report it with the log file."
        }
    }
}

fn way_back(backup: Option<&Path>) -> String {
    backup.map_or_else(
        || "Keep the file as it is and bring back a backup with `rentbook restore`.".to_owned(),
        |backup| {
            let backup = backup.display();
            format!("Keep the file as it is; the newest good backup comes back with `rentbook restore {backup}`.")
        },
    )
}

fn holder(pid: Option<u32>, user: Option<&str>) -> String {
    match (pid, user) {
        (Some(pid), _) if pid == std::process::id() => "another part of this program".to_owned(),
        (Some(pid), Some(user)) => format!("another program (process {pid} of {user})"),
        (Some(pid), None) => format!("another program (process {pid})"),
        (None, _) => "another program".to_owned(),
    }
}
