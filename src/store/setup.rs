//! How a connection is set before it is trusted with a book.

use std::ffi::OsString;
use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags};

use super::error::{Result, StoreError};

/// How long a writer waits for another before it gives up.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

/// Older ones can lose a commit when two connections reset the log at once.
const OLDEST_SQLITE: i32 = 3_051_003;

/// A connection to the file at `path`, an absolute path without links in it.
#[expect(clippy::disallowed_methods, reason = "the one place where a connection to a file is made")]
pub(super) fn connect(path: &Path, flags: OpenFlags) -> Result<Connection> {
    let found = rusqlite::version_number();
    if found < OLDEST_SQLITE {
        return Err(StoreError::broken(format!("SQLite {found} is too old, {OLDEST_SQLITE} is needed")));
    }
    let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_EXRESCODE;
    let connection = Connection::open_with_flags(path, flags)?;
    harden(&connection)?;
    Ok(connection)
}

/// Everything that is set without touching the file.
fn harden(connection: &Connection) -> Result<()> {
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(256);
    for (config, on) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, true),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, true),
        // A plan that does not hang on the values bound: else each new value has the statement compiled again.
        (DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true),
        (DbConfig::SQLITE_DBCONFIG_WRITABLE_SCHEMA, false),
    ] {
        connection.set_db_config(config, on)?;
    }
    // One attached file is what VACUUM INTO needs; the lengths hold any logo and any statement of ours.
    for (limit, most) in [
        (Limit::SQLITE_LIMIT_LENGTH, 32 << 20),
        (Limit::SQLITE_LIMIT_SQL_LENGTH, 1 << 20),
        (Limit::SQLITE_LIMIT_COLUMN, 200),
        (Limit::SQLITE_LIMIT_EXPR_DEPTH, 200),
        (Limit::SQLITE_LIMIT_COMPOUND_SELECT, 50),
        (Limit::SQLITE_LIMIT_ATTACHED, 1),
        (Limit::SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1_000),
        (Limit::SQLITE_LIMIT_TRIGGER_DEPTH, 50),
        (Limit::SQLITE_LIMIT_WORKER_THREADS, 0),
    ] {
        connection.set_limit(limit, most)?;
    }
    // recursive_triggers: else REPLACE walks through the append-only triggers. temp_store: personal text stays out
    // of the system's folder for temporary files. fullfsync: what FULL means on macOS.
    connection.execute_batch(
        "PRAGMA recursive_triggers = ON;
         PRAGMA cell_size_check = ON;
         PRAGMA mmap_size = 0;
         PRAGMA secure_delete = ON;
         PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -16000;
         PRAGMA synchronous = FULL;
         PRAGMA fullfsync = ON;
         PRAGMA checkpoint_fullfsync = ON;",
    )?;
    Ok(())
}

/// A connection to nothing but memory.
pub(super) fn connect_to_memory() -> Result<Connection> {
    let connection = Connection::open_in_memory()?;
    harden(&connection)?;
    Ok(connection)
}

/// Write-ahead logging, for a connection that may write. What a crash leaves in the log is read back here.
pub(super) fn log_ahead(connection: &Connection) -> Result<()> {
    let mode: String = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
    if mode != "wal" {
        return Err(StoreError::broken(format!("the journal mode is {mode}, not wal")));
    }
    connection.execute_batch("PRAGMA journal_size_limit = 67108864")?;
    Ok(())
}

/// For a file that has no name yet: nobody waits for its commits. There is no way back either: after a failure the
/// file has to be thrown away.
pub(super) fn hurry(connection: &Connection) -> Result<()> {
    // The defensive mode keeps every book from being without a journal; this one is no book yet.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, false)?;
    connection.execute_batch(
        "PRAGMA locking_mode = EXCLUSIVE;
         PRAGMA journal_mode = OFF;
         PRAGMA synchronous = OFF;
         PRAGMA secure_delete = OFF;
         PRAGMA cache_size = -400000;",
    )?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    Ok(())
}

/// Back to write-ahead logging beside others, before the file is given its name.
pub(super) fn end_hurry(connection: &Connection) -> Result<()> {
    // The exclusive lock is given back by the first read after the mode is normal again.
    connection.execute_batch("PRAGMA locking_mode = NORMAL; SELECT 1 FROM book_state LIMIT 1")?;
    log_ahead(connection)
}

/// A connection that SQLite itself keeps from writing.
pub(super) fn connect_to_view(path: &Path, flags: OpenFlags) -> Result<Connection> {
    let connection = connect(path, flags)?;
    connection.execute_batch("PRAGMA query_only = ON")?;
    Ok(connection)
}

/// The address of a file that nobody writes: SQLite then needs neither locks nor files beside it.
pub(super) fn frozen_uri(path: &Path) -> OsString {
    let mut uri = b"file://".to_vec();
    for &byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'/' | b'-' | b'_' | b'.' | b'~' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => uri.push(byte),
            _ => uri.extend(format!("%{byte:02X}").into_bytes()),
        }
    }
    uri.extend(b"?immutable=1");
    String::from_utf8_lossy(&uri).into_owned().into()
}
