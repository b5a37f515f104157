//! An open book.

use std::cell::{Cell, RefCell};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rusqlite::{Connection, InterruptHandle, Transaction, TransactionBehavior};

use super::access::{Access, Mode, Opening};
use super::columns::Columns;
use super::engine::{Db, Disk};
use super::error::{Result, StoreError, StoreFault};
use super::findings::findings;
use super::folded_texts::SearchTexts;
use super::seats::Seat;
use super::{create, look, platform, rest, seal, setup};

/// Under this many free bytes a book warns when it is opened.
pub const LOW_SPACE: u64 = 100_000_000;

/// An open book: one connection to one file.
///
/// While a book is open, no other code of this process may open and close its file: that would drop SQLite's locks.
pub struct Book {
    // Closed first, then the seat is given back.
    connection: Connection,
    touched: seal::Touched,
    seat: Option<Seat>,
    path: PathBuf,
    mode: Mode,
    opening: Opening,
    disk: Cell<Disk>,
    /// Shared by the connections of one terminal.
    texts: Arc<Mutex<SearchTexts>>,
    /// Of the loop's connection alone: see `store::ledger`.
    ledger: RefCell<Option<Columns>>,
    /// Whether one is being read for it.
    awaits_ledger: Cell<bool>,
    /// Shared in the same way.
    sound: Arc<Sound>,
    /// Whether all that is done now stands inside one attempt, which is taken back whole.
    tries: Cell<bool>,
    /// Whether something was saved through it.
    wrote: Cell<bool>,
    /// Whether its first save marks the file (see `rest`).
    marks: bool,
}

/// What is known of the soundness of a file.
#[derive(Default)]
struct Sound {
    in_doubt: AtomicBool,
    damaged: AtomicBool,
}

/// While it lives, a book only tries.
struct Trying<'a>(&'a Cell<bool>);

impl Drop for Trying<'_> {
    fn drop(&mut self) {
        self.0.set(false);
    }
}

/// Stops what a book is doing, from another thread: the statement ends with the fault `Interrupted`.
pub struct Stopper(InterruptHandle);

impl Stopper {
    /// Stops the statement that runs now, if one does.
    pub fn stop(&self) {
        self.0.interrupt();
    }
}

/// The bytes that may still be written on the disk of `path`.
pub fn free_space(path: &Path) -> Result<u64> {
    platform::free_space(path).map_err(|error| StoreError::from(error).at(path))
}

impl Book {
    /// A book in memory, for tests and benches. There is no second connection to it.
    pub fn in_memory() -> Result<Self> {
        let connection = setup::connect_to_memory()?;
        create::lay_schema(&connection)?;
        Self::from_parts(connection, None, ":memory:".into(), Mode::Write, Opening::default())
    }

    pub(super) fn from_parts(
        mut connection: Connection,
        seat: Option<Seat>,
        path: PathBuf,
        mode: Mode,
        opening: Opening,
    ) -> Result<Self> {
        Ok(Self {
            marks: seat.is_some(),
            touched: seal::Touched::listen(&mut connection)?,
            connection,
            seat,
            path,
            mode,
            opening,
            disk: Cell::new(Disk::Fine),
            texts: Arc::default(),
            ledger: RefCell::default(),
            awaits_ledger: Cell::new(false),
            sound: Arc::default(),
            tries: Cell::new(false),
            wrote: Cell::new(false),
        })
    }

    /// The same, with what another connection of this terminal keeps in memory.
    pub(super) fn sharing(mut self, other: &Self) -> Self {
        self.texts = Arc::clone(&other.texts);
        self.sound = Arc::clone(&other.sound);
        self
    }

    /// The same, for a file that has no name yet: nobody copies it.
    pub(super) fn without_mark(mut self) -> Self {
        self.marks = false;
        self
    }

    /// One consistent read: all statements inside see the book of the same moment.
    pub fn read<T, E: From<StoreError>>(&self, work: impl FnOnce(&Db) -> Result<T, E>) -> Result<T, E> {
        if self.tries.get() {
            return work(&Db::new(&self.connection, false, &self.disk));
        }
        let transaction = self.begin(TransactionBehavior::Deferred)?;
        let found = work(&Db::new(&transaction, false, &self.disk).beside(&self.texts, &self.ledger))?;
        transaction.commit().map_err(|error| self.named(error.into()))?;
        Ok(found)
    }

    /// Keeps a ledger that another connection of this terminal read; it follows the book from here on.
    pub fn keep_ledger(&self, columns: Columns) {
        self.ledger.replace(Some(columns));
        self.awaits_ledger.set(false);
    }

    /// A ledger is being read beside, or will not come after all.
    pub fn await_ledger(&self, is_coming: bool) {
        self.awaits_ledger.set(is_coming);
    }

    /// Whether a ledger is to come, until which only what an index knows is answered at once.
    pub fn awaits_ledger(&self) -> bool {
        self.awaits_ledger.get()
    }

    /// Whether lists are answered from memory.
    pub fn has_ledger(&self) -> bool {
        self.ledger.try_borrow().is_ok_and(|columns| columns.is_some())
    }

    /// One read, and the text of every statement it prepared: how tests look at their plans.
    pub fn overheard<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&Db) -> Result<T, E>,
    ) -> Result<(T, Vec<String>), E> {
        let transaction = self.begin(TransactionBehavior::Deferred)?;
        let ear = RefCell::new(Vec::new());
        let found = work(&Db::new(&transaction, false, &self.disk).heard_by(&ear))?;
        drop(transaction);
        Ok((found, ear.into_inner()))
    }

    /// One write: all of it is saved when this returns `Ok`, nothing of it when it returns an error. `work` computes
    /// nothing long: other writers wait for it. It may be run again by an engine that asks for it; SQLite does not.
    pub fn write<T, E: From<StoreError>>(&self, work: impl FnMut(&Db) -> Result<T, E>) -> Result<T, E> {
        self.refuse_writing().inspect_err(|error| self.let_go_of_moved(error))?;
        let outcome = if self.tries.get() { self.try_once(work) } else { self.write_once(work) };
        match self.disk.get() {
            Disk::Full if outcome.is_err() => self.make_room(),
            Disk::Failed => self.leave_log()?,
            _ => {}
        }
        outcome
    }

    /// Lets `work` read and write as often as it likes, each of its writes seen by what follows, and takes all of it back:
    /// no row, no number, no trace stays. Other writers wait for it as for a save.
    pub fn try_out<T, E: From<StoreError>>(&self, work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        self.refuse_writing()?;
        let transaction = self.begin(TransactionBehavior::Immediate)?;
        self.tries.set(true);
        let trying = Trying(&self.tries);
        let outcome = work();
        drop(trying);
        transaction.rollback().map_err(|error| self.named(error.into()))?;
        outcome
    }

    fn refuse_writing(&self) -> Result<()> {
        match (self.access(), self.disk.get()) {
            (Access::ViewOnly, _) => Err(self.named(StoreError::new(StoreFault::ReadOnly))),
            (_, Disk::Failed) => Err(self.named(StoreError::new(StoreFault::Stopped))),
            _ => self.refuse_moved(),
        }
    }

    fn refuse_moved(&self) -> Result<()> {
        if self.is_moved() { Err(self.named(StoreError::new(StoreFault::Moved))) } else { Ok(()) }
    }

    /// One write of an attempt: where it fails, nothing of it stays for what is tried next.
    fn try_once<T, E: From<StoreError>>(&self, mut work: impl FnMut(&Db) -> Result<T, E>) -> Result<T, E> {
        let step = |sql: &str| self.connection.execute_batch(sql).map_err(|error| self.named(error.into()));
        step("SAVEPOINT tried")?;
        let outcome = work(&Db::new(&self.connection, true, &self.disk));
        if outcome.is_err() {
            step("ROLLBACK TO tried")?;
        }
        step("RELEASE tried")?;
        outcome
    }

    fn write_once<T, E: From<StoreError>>(&self, mut work: impl FnMut(&Db) -> Result<T, E>) -> Result<T, E> {
        let transaction = self.begin(TransactionBehavior::Immediate)?;
        self.touched.take();
        let db = Db::new(&transaction, true, &self.disk);
        let numbered = seal::numbered(&db)?;
        let done = work(&db)?;
        seal::close(&db, &self.touched.take(), &numbered)?;
        self.refuse_moved()?;
        let is_first = self.marks && rest::mark(&transaction).map_err(|error| self.named(error))?;
        if let Err(error) = transaction.commit() {
            return Err(self.not_committed(error.into()).into());
        }
        self.wrote.set(true);
        if is_first {
            rest::fold_mark(&self.connection);
        }
        Ok(done)
    }

    /// Changes whenever another connection has saved something: cheap to ask after every event.
    pub fn data_version(&self) -> Result<i64> {
        let ask = || self.connection.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0));
        ask().map_err(|error: rusqlite::Error| self.named(error.into()))
    }

    /// What SQLite finds wrong with the whole file, pages and foreign keys; empty when all is well. Takes seconds on
    /// a large book.
    pub fn integrity(&self) -> Result<Vec<String>> {
        let orphans =
            "SELECT 'a row of ' || \"table\" || ' without its ' || parent FROM pragma_foreign_key_check LIMIT 100";
        let both = || {
            let mut found = findings(&self.connection, "PRAGMA integrity_check(100)")?;
            found.extend(findings(&self.connection, orphans)?);
            Ok(found)
        };
        both().map_err(|error| self.named(error))
    }

    /// A handle that stops what this book is doing from another thread.
    pub fn stopper(&self) -> Stopper {
        Stopper(self.connection.get_interrupt_handle())
    }

    /// Where the book lies, links in its folder resolved.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What this book lets one do.
    pub fn access(&self) -> Access {
        if self.is_damaged() { Access::ViewOnly } else { self.mode.access() }
    }

    /// How opening went: why it is for viewing only, whether it was checked or brought up to date.
    pub fn opening(&self) -> &Opening {
        &self.opening
    }

    /// Closes the book: fresh statistics, and the log folded into the file by the last one who closes. Never waits.
    pub fn close(self) -> Result<()> {
        self.optimise();
        drop(self);
        Ok(())
    }

    /// Fresh statistics, where nobody is in the way.
    pub(super) fn optimise(&self) {
        if self.access() == Access::ReadWrite && self.disk.get() != Disk::Failed && !self.is_moved() {
            let optimised = self
                .connection
                .busy_timeout(Duration::ZERO)
                .and_then(|()| self.connection.execute_batch("PRAGMA optimize"));
            if let Err(error) = optimised {
                tracing::info!(%error, "the statistics of the book are not fresh");
            }
        }
    }

    /// Whether it has no file.
    pub(super) fn is_in_memory(&self) -> bool {
        self.seat.is_none()
    }

    /// Which file it is; none in memory.
    pub(super) fn file_key(&self) -> Option<platform::FileKey> {
        self.seat.as_ref().map(Seat::key)
    }

    /// What its statements have met on the disk.
    pub(super) fn disk(&self) -> Disk {
        self.disk.get()
    }

    /// Whether the mark may be taken off: what a copy without its log tells stays until somebody goes on in it.
    pub(super) fn may_unmark(&self) -> bool {
        self.marks && (self.wrote.get() || !self.opening.lacks_its_log)
    }

    /// Whether a log with something in it lies beside.
    pub(super) fn has_log(&self) -> bool {
        look::has_log(&self.path)
    }

    /// How SQLite opened it.
    pub(super) fn mode(&self) -> Mode {
        self.mode
    }

    /// The connection itself, for the store's own housekeeping and its tests.
    pub(super) fn connection(&self) -> &Connection {
        &self.connection
    }

    fn begin(&self, behaviour: TransactionBehavior) -> Result<Transaction<'_>> {
        Transaction::new_unchecked(&self.connection, behaviour).map_err(|error| self.named(error.into()))
    }

    /// Notes what the error says about the disk, and adds what the sentence needs.
    fn named(&self, error: StoreError) -> StoreError {
        self.disk.set(self.disk.get().after(&error));
        look::name_holder(error, &self.path).at(&self.path)
    }
}

impl Drop for Book {
    fn drop(&mut self) {
        self.before_close();
    }
}

mod doubting;
mod failing;
mod patience;
mod resting;
#[cfg(test)]
mod tests;
