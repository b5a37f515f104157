//! Older files brought up to the schema of today: append-only steps, all of them in one transaction.

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use rusqlite::config::DbConfig;
use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::engine::{Db, Disk};
use super::error::{Result, StoreError, StoreFault};
use super::findings::{findings, found_nothing};
use super::version::Migration;
use super::{backup, seal};

/// How long one waits for another program that brings the same book up to date. A large one takes minutes.
const LONGEST_WAIT: Duration = Duration::from_mins(10);

/// A verified backup of the book at `path`, and then the steps it lacks; the backup. None where another program did it
/// meanwhile: who comes second waits for the first, whose backup is enough.
///
/// `reader` is a second connection to the same file: the copy is made through it while the first one keeps every other
/// writer away. When a step fails the file is as it was, and the copy goes.
pub(super) fn bring_up(
    connection: &Connection,
    reader: &Connection,
    path: &Path,
    steps: &[Migration],
    now: DateTime<Utc>,
) -> Result<Option<PathBuf>> {
    let mut copy = None;
    let from = version_of(connection)?;
    let outcome = run(connection, steps, |version| {
        copy = Some(backup::before_migration(reader, path, version, now)?);
        Ok(())
    });
    if let (Err(_), Some(copy)) = (&outcome, &copy) {
        std::fs::remove_file(copy).map_err(|error| StoreError::from(error).at(copy))?;
    }
    outcome?;
    tracing::info!(from, to = version_of(connection)?, "the book is up to date");
    Ok(copy)
}

/// Runs the steps a file still lacks, after `before` where there are some. Before the commit the foreign keys and the
/// pages are checked; when anything fails the file is as it was.
fn run(connection: &Connection, steps: &[Migration], before: impl FnOnce(i64) -> Result<()>) -> Result<()> {
    // Rebuilding a table drops the old one, which would empty its children (sqlite.org/lang_altertable.html, 7).
    // The switch does nothing inside a transaction, hence here.
    connection.pragma_update(None, "foreign_keys", false)?;
    connection.create_scalar_function("fold", 1, FunctionFlags::SQLITE_UTF8, |call| {
        Ok(crate::domain::text::fold(&call.get::<String>(0)?))
    })?;
    // A step may widen a CHECK in the text of its table, which the defensive mode keeps everybody else from.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, false)?;
    let outcome = run_in_one_transaction(connection, steps, before);
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_WRITABLE_SCHEMA, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    if outcome? {
        // A stale plan costs seconds on a large book, never its correctness: so after the commit.
        connection.execute_batch("ANALYZE")?;
    }
    Ok(())
}

/// The one transaction, once nobody else writes.
fn begin_alone(connection: &Connection) -> Result<Transaction<'_>> {
    let until = Instant::now() + LONGEST_WAIT;
    loop {
        match Transaction::new_unchecked(connection, TransactionBehavior::Immediate).map_err(StoreError::from) {
            Err(error) if matches!(error.kind(), StoreFault::Locked { .. }) && Instant::now() < until => {}
            begun => return begun,
        }
    }
}

fn run_in_one_transaction(
    connection: &Connection,
    steps: &[Migration],
    before: impl FnOnce(i64) -> Result<()>,
) -> Result<bool> {
    let work = begin_alone(connection)?;
    // Read inside: another terminal may have migrated while this one waited.
    let version = version_of(&work)?;
    if steps.iter().all(|step| step.to <= version) {
        return Ok(false);
    }
    before(version)?;
    for step in steps.iter().filter(|step| step.to > version) {
        work.execute_batch(step.sql).map_err(|error| StoreError::from(error).during(step.name))?;
        work.pragma_update(None, "user_version", step.to)?;
    }
    if has_seals(&work)? {
        seal::all(&Db::new(&work, true, &Cell::new(Disk::Fine)))?;
    }
    let orphan = "SELECT 'a row of ' || \"table\" || ' without its ' || parent FROM pragma_foreign_key_check";
    found_nothing(&findings(&work, orphan)?)?;
    found_nothing(&findings(&work, "PRAGMA quick_check(5)")?)?;
    work.commit()?;
    Ok(true)
}

/// Since version 3; the books of tests may have none.
fn has_seals(connection: &Connection) -> Result<bool> {
    Ok(connection
        .query_row("SELECT COUNT(*) FROM sqlite_schema WHERE name = 'row_seal'", [], |row| row.get::<_, i64>(0))?
        == 1)
}

fn version_of(connection: &Connection) -> Result<i64> {
    Ok(connection.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::version::{MIGRATIONS, VERSION};
    use crate::store::{Access, Book, create, setup, shape};

    /// The schema of version 1.
    const FIRST: &str = include_str!("migrations/0001_schema.sql");

    fn old_book() -> Connection {
        let connection = setup::connect_to_memory().unwrap();
        connection
            .execute_batch(
                "CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
                 CREATE TABLE child (id INTEGER PRIMARY KEY, parent_id INTEGER NOT NULL REFERENCES parent) STRICT;
                 INSERT INTO parent VALUES (1, 'Ann');
                 INSERT INTO child VALUES (1, 1), (2, 1);
                 PRAGMA user_version = 1;",
            )
            .unwrap();
        connection
    }

    fn version(connection: &Connection) -> i64 {
        version_of(connection).unwrap()
    }

    fn schema(connection: &Connection) -> shape::Shape {
        shape::of(connection).unwrap()
    }

    const REBUILD: Migration = Migration {
        to: 2,
        name: "0002_rebuild",
        sql: "CREATE TABLE new_parent (id INTEGER PRIMARY KEY, name TEXT NOT NULL, tag TEXT) STRICT;
              INSERT INTO new_parent SELECT id, name, 'old' FROM parent;
              DROP TABLE parent;
              ALTER TABLE new_parent RENAME TO parent;",
    };
    const ADD: Migration =
        Migration { to: 3, name: "0003_add", sql: "CREATE TABLE step_three (id INTEGER PRIMARY KEY) STRICT;" };

    #[test]
    fn an_older_book_keeps_its_rows_and_gets_every_step_once() {
        let connection = old_book();
        run(&connection, &[REBUILD], |_| Ok(())).unwrap();
        run(&connection, &[REBUILD, ADD], |_| Ok(())).unwrap();
        run(&connection, &[REBUILD, ADD], |_| Ok(())).unwrap();
        assert_eq!(version(&connection), 3);
        let rows: i64 = connection
            .query_row("SELECT COUNT(*) FROM child JOIN parent ON parent.id = parent_id AND tag = 'old'", [], |row| {
                row.get(0)
            })
            .unwrap();
        assert_eq!(rows, 2);
        assert!(connection.execute("INSERT INTO child VALUES (3, 99)", []).is_err(), "foreign keys are on again");
    }

    #[test]
    fn a_step_that_fails_leaves_the_book_as_it_was() {
        for (sql, why) in [
            ("CREATE TABLE more (id INTEGER PRIMARY KEY) STRICT; INSERT INTO nowhere VALUES (1);", "bad statement"),
            ("DELETE FROM parent;", "orphans"),
        ] {
            let connection = old_book();
            let before = schema(&connection);
            let failing = Migration { to: 3, name: "0003_failing", sql };
            run(&connection, &[REBUILD, failing], |_| Ok(())).expect_err(why);
            assert_eq!(version(&connection), 1, "{why}");
            assert_eq!(schema(&connection), before, "{why}");
            let rows: i64 = connection.query_row("SELECT COUNT(*) FROM parent", [], |row| row.get(0)).unwrap();
            assert_eq!(rows, 1, "{why}");
            assert!(connection.is_autocommit(), "{why}");
            assert!(
                connection.execute("INSERT INTO child VALUES (3, 99)", []).is_err(),
                "{why}: foreign keys are on again"
            );
        }
    }

    #[test]
    fn a_file_is_backed_up_before_it_is_brought_up() {
        let now = DateTime::UNIX_EPOCH;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shop.db");
        let book = Book::create(&path).unwrap();
        book.write(|db| db.execute("INSERT INTO book_state (key, value) VALUES ('who', 'Ann')", &[])).unwrap();
        let failing = Migration { to: VERSION + 2, name: "failing", sql: "INSERT INTO nowhere VALUES (1)" };
        let add = Migration { to: VERSION + 1, ..ADD };
        let reader = book.again().unwrap();
        let backups = folder.path().join("backups");
        bring_up(book.connection(), reader.connection(), book.path(), &[add, failing], now).unwrap_err();
        assert_eq!(std::fs::read_dir(&backups).unwrap().count(), 0, "a try that failed leaves no copy (F107)");
        let copy = bring_up(book.connection(), reader.connection(), book.path(), &[add], now).unwrap().unwrap();
        let again = bring_up(book.connection(), reader.connection(), book.path(), &[add], now).unwrap();
        assert_eq!((again, std::fs::read_dir(&backups).unwrap().count()), (None, 1), "who comes second");
        drop(reader);
        book.close().unwrap();
        let error = Book::open(&path, Access::ReadWrite, now).err().unwrap();
        assert_eq!(*error.kind(), StoreFault::NewerVersion { found: VERSION + 1, known: VERSION });
        let old = Book::open(&copy, Access::ViewOnly, now).unwrap();
        let who = old.read(|db| db.one("SELECT value FROM book_state WHERE key = 'who'", &[], |row| row.text(0)));
        assert_eq!(who.unwrap().as_deref(), Some("Ann"));
    }

    #[test]
    fn the_steps_lead_to_the_schema_of_today() {
        let new = setup::connect_to_memory().unwrap();
        create::lay_schema(&new).unwrap();
        let old = setup::connect_to_memory().unwrap();
        old.execute_batch(FIRST).unwrap();
        old.pragma_update(None, "user_version", 1).unwrap();
        run(&old, MIGRATIONS, |_| Ok(())).unwrap();
        assert_eq!(schema(&old), schema(&new));
        assert_eq!(version(&old), version(&new));
    }

    #[test]
    fn the_steps_count_up_by_one_from_two() {
        assert!(MIGRATIONS.iter().zip(2..).all(|(step, number)| step.to == number));
        assert!(MIGRATIONS.iter().all(|step| step.name.starts_with(&format!("{:04}_", step.to))));
    }
}
