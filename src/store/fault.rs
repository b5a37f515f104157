//! From the codes of SQLite and of the system to the faults of a book.

use std::io;

use rusqlite::ffi::ErrorCode;

use super::error::{StoreError, StoreFault};

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let fault = match &error {
            rusqlite::Error::SqliteFailure(failure, words) => classify(*failure, words.as_deref()),
            rusqlite::Error::SqlInputError { error: failure, msg, .. } => classify(*failure, Some(msg)),
            _ => StoreFault::Broken,
        };
        let detail = match &error {
            rusqlite::Error::SqliteFailure(failure, _) => format!("{error} (code {})", failure.extended_code),
            _ => error.to_string(),
        };
        Self::caused(fault, error).with_detail(detail)
    }
}

impl From<io::Error> for StoreError {
    fn from(error: io::Error) -> Self {
        let fault = match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => StoreFault::Missing,
            io::ErrorKind::PermissionDenied => StoreFault::NotAllowed,
            io::ErrorKind::ReadOnlyFilesystem => StoreFault::ReadOnly,
            io::ErrorKind::AlreadyExists => StoreFault::AlreadyThere,
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => StoreFault::DiskFull,
            _ => StoreFault::Broken,
        };
        let detail = error.to_string();
        Self::caused(fault, error).with_detail(detail)
    }
}

fn classify(failure: rusqlite::ffi::Error, words: Option<&str>) -> StoreFault {
    match failure.code {
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::FileLockingProtocolFailed => {
            StoreFault::Locked { pid: None, user: None }
        }
        ErrorCode::ConstraintViolation | ErrorCode::TypeMismatch => {
            StoreFault::Refused(words.unwrap_or("the book refuses this").to_owned())
        }
        ErrorCode::TooBig => StoreFault::Refused("This is too long for the book.".to_owned()),
        ErrorCode::DiskFull => StoreFault::DiskFull,
        // The shared memory beside the book could not grow.
        ErrorCode::SystemIoFailure if failure.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE => {
            StoreFault::DiskFull
        }
        ErrorCode::SystemIoFailure => StoreFault::Stopped,
        ErrorCode::DatabaseCorrupt => StoreFault::Corrupt,
        ErrorCode::NotADatabase => StoreFault::NotADatabase,
        ErrorCode::ReadOnly => StoreFault::ReadOnly,
        ErrorCode::PermissionDenied | ErrorCode::CannotOpen => StoreFault::NotAllowed,
        ErrorCode::OperationInterrupted => StoreFault::Interrupted,
        _ => StoreFault::Broken,
    }
}
