//! The one seam every statement goes through: `?1 … ?n` in, cells out.
//!
//! SQLite today; PostgreSQL can stand behind the same three types. Nothing above the store sees `rusqlite`, and
//! nothing inside the store's aggregates does either.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::str::FromStr;
use std::sync::Mutex;

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, Statement, ToSql};

use super::columns::Columns;
use super::error::{Result, StoreError, StoreFault};
use super::folded_texts::SearchTexts;
use super::heard;
use crate::domain::id;

/// One parameter of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// Nothing.
    Null,
    /// A whole number: ids, minor units, counts, flags.
    Int(i64),
    /// Text: names, codes, ISO dates and instants.
    Text(Cow<'a, str>),
    /// Bytes.
    Blob(Cow<'a, [u8]>),
}

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(number) => ValueRef::Integer(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

/// Plain conversions into a [`Value`]: `type, binding => value`.
macro_rules! values {
    ($($from:ty, $name:ident => $value:expr);+ $(;)?) => {$(
        impl<'a> From<$from> for Value<'a> {
            fn from($name: $from) -> Self {
                $value
            }
        }
    )+};
}

values! {
    i64, number => Self::Int(number);
    i32, number => Self::Int(number.into());
    u32, number => Self::Int(number.into());
    u16, number => Self::Int(number.into());
    u8, number => Self::Int(number.into());
    bool, flag => Self::Int(flag.into());
    String, text => Self::Text(Cow::Owned(text));
    &'a str, text => Self::Text(Cow::Borrowed(text));
    &'a String, text => Self::Text(Cow::Borrowed(text));
    Cow<'a, str>, text => Self::Text(text);
    Vec<u8>, bytes => Self::Blob(Cow::Owned(bytes));
    &'a [u8], bytes => Self::Blob(Cow::Borrowed(bytes));
    NaiveDate, date => Self::Text(Cow::Owned(date.to_string()));
    DateTime<Utc>, instant => Self::Text(Cow::Owned(instant.to_rfc3339_opts(SecondsFormat::Millis, true)));
    id::CustomerId, id => Self::Int(id.0);
    id::ClassId, id => Self::Int(id.0);
    id::GroupId, id => Self::Int(id.0);
    id::AddressId, id => Self::Int(id.0);
    id::ProductId, id => Self::Int(id.0);
    id::VariantId, id => Self::Int(id.0);
    id::AssetId, id => Self::Int(id.0);
    id::OrderId, id => Self::Int(id.0);
    id::SubscriptionId, id => Self::Int(id.0);
    id::PaymentId, id => Self::Int(id.0);
    id::InvoiceId, id => Self::Int(id.0);
    id::CreditNoteId, id => Self::Int(id.0);
    id::ReceiptId, id => Self::Int(id.0);
    id::AllocationId, id => Self::Int(id.0);
    id::RefundId, id => Self::Int(id.0);
    id::ActivityId, id => Self::Int(id.0);
    id::NoteId, id => Self::Int(id.0);
    id::SegmentId, id => Self::Int(id.0);
    id::MessageId, id => Self::Int(id.0);
    id::MethodId, id => Self::Int(id.0);
    id::DepositId, id => Self::Int(id.0);
    id::DisputeId, id => Self::Int(id.0);
    id::AttemptId, id => Self::Int(id.0);
}

impl<'a, T: Into<Value<'a>>> From<Option<T>> for Value<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl<'a> From<&'a Option<String>> for Value<'a> {
    fn from(value: &'a Option<String>) -> Self {
        value.as_deref().into()
    }
}

/// A cell as it stands in the file: the tables know no other kinds.
pub(super) enum RawCell<'r> {
    Null,
    Int(i64),
    /// Text or bytes.
    Bytes(&'r [u8]),
}

/// One row of an answer. Columns count from 0.
pub struct Row<'r>(&'r rusqlite::Row<'r>);

impl Row<'_> {
    /// A whole number.
    pub fn int(&self, column: usize) -> Result<i64> {
        Ok(self.0.get(column)?)
    }

    /// A whole number or nothing.
    pub fn opt_int(&self, column: usize) -> Result<Option<i64>> {
        Ok(self.0.get(column)?)
    }

    /// Text.
    pub fn text(&self, column: usize) -> Result<String> {
        Ok(self.0.get(column)?)
    }

    /// Text as long as the row stands: for rows that are looked at and not kept.
    pub fn str(&self, column: usize) -> Result<&str> {
        self.0.get_ref(column)?.as_str().map_err(|_| self.odd(column))
    }

    /// Text or nothing.
    pub fn opt_text(&self, column: usize) -> Result<Option<String>> {
        Ok(self.0.get(column)?)
    }

    /// Bytes or nothing.
    pub fn opt_bytes(&self, column: usize) -> Result<Option<Vec<u8>>> {
        Ok(self.0.get(column)?)
    }

    /// An ISO date.
    pub fn date(&self, column: usize) -> Result<NaiveDate> {
        self.parsed(column)
    }

    /// An ISO date or nothing.
    pub fn opt_date(&self, column: usize) -> Result<Option<NaiveDate>> {
        self.opt_parsed(column)
    }

    /// An instant in UTC.
    pub fn instant(&self, column: usize) -> Result<DateTime<Utc>> {
        self.parsed(column)
    }

    /// An instant in UTC or nothing.
    pub fn opt_instant(&self, column: usize) -> Result<Option<DateTime<Utc>>> {
        self.opt_parsed(column)
    }

    /// Text that a domain type reads: a code, a currency, a status.
    pub fn parsed<T: FromStr>(&self, column: usize) -> Result<T> {
        let text = self.0.get_ref(column)?.as_str().map_err(|_| self.odd(column))?;
        text.parse().map_err(|_| self.odd(column))
    }

    /// Text that a domain type reads, or nothing.
    pub fn opt_parsed<T: FromStr>(&self, column: usize) -> Result<Option<T>> {
        match self.0.get_ref(column)? {
            ValueRef::Null => Ok(None),
            _ => self.parsed(column).map(Some),
        }
    }

    /// Every cell from column `first` on, as it stands in the file.
    pub(super) fn cells(&self, first: usize) -> impl Iterator<Item = RawCell<'_>> {
        (first..self.0.as_ref().column_count()).map(|column| match self.0.get_ref(column) {
            Ok(ValueRef::Integer(number)) => RawCell::Int(number),
            Ok(ValueRef::Text(bytes) | ValueRef::Blob(bytes)) => RawCell::Bytes(bytes),
            _ => RawCell::Null,
        })
    }

    /// Yes or no: anything but 0 is yes.
    pub fn flag(&self, column: usize) -> Result<bool> {
        Ok(self.int(column)? != 0)
    }

    /// Whether a whole number stands there.
    pub fn is_int(&self, column: usize) -> Result<bool> {
        Ok(matches!(self.0.get_ref(column)?, ValueRef::Integer(_)))
    }

    /// Whether the column holds nothing.
    pub fn is_null(&self, column: usize) -> Result<bool> {
        Ok(matches!(self.0.get_ref(column)?, ValueRef::Null))
    }

    /// A cell that no code of ours can have written. The value stays out of the message: it may be personal.
    fn odd(&self, column: usize) -> StoreError {
        let name = self.0.as_ref().column_name(column).unwrap_or("?").to_owned();
        StoreError::broken(format!("a value in column {column} ({name}) cannot be read"))
    }
}

/// What the statements of a book have met on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Disk {
    /// Nothing.
    Fine,
    /// No space: it may come back.
    Full,
    /// An error: nobody can say what reached the disk, and a second flush may lie about the first.
    Failed,
}

impl Disk {
    /// What is known after an error too.
    pub(super) fn after(self, error: &StoreError) -> Self {
        match (self, error.kind()) {
            (Self::Failed, _) | (_, StoreFault::Stopped) => Self::Failed,
            (_, StoreFault::DiskFull) => Self::Full,
            _ => self,
        }
    }
}

/// A read or a write in progress: what the functions of the store take.
pub struct Db<'c> {
    connection: &'c Connection,
    may_write: bool,
    disk: &'c Cell<Disk>,
    heard: Option<&'c RefCell<Vec<String>>>,
    texts: Option<&'c Mutex<SearchTexts>>,
    ledger: Option<&'c RefCell<Option<Columns>>>,
}

impl<'c> Db<'c> {
    pub(super) fn new(connection: &'c Connection, may_write: bool, disk: &'c Cell<Disk>) -> Self {
        Self { connection, may_write, disk, heard: None, texts: None, ledger: None }
    }

    /// The same, each statement it prepares noted.
    pub(super) fn heard_by(self, ear: &'c RefCell<Vec<String>>) -> Self {
        Self { heard: Some(ear), ..self }
    }

    /// The same, beside what is kept in memory of the book; for reads.
    pub(super) fn beside(self, texts: &'c Mutex<SearchTexts>, ledger: &'c RefCell<Option<Columns>>) -> Self {
        Self { texts: Some(texts), ledger: Some(ledger), ..self }
    }

    /// Where the ledger is kept, in a read of its own connection; what is in it may be older than this read.
    pub(super) const fn ledger(&self) -> Option<&'c RefCell<Option<Columns>>> {
        self.ledger
    }

    /// The texts customers are searched by, as kept in memory.
    pub(super) const fn search_texts(&self) -> Option<&'c Mutex<SearchTexts>> {
        self.texts
    }

    /// Runs a statement; the number of rows it changed.
    pub fn execute(&self, sql: &str, params: &[Value]) -> Result<usize> {
        self.told(sql, || {
            let mut statement = self.prepare(sql)?;
            Ok(statement.execute(rusqlite::params_from_iter(params))?)
        })
    }

    /// Adds one row; its number.
    pub fn insert(&self, sql: &str, params: &[Value]) -> Result<i64> {
        self.told(sql, || {
            let mut statement = self.prepare(sql)?;
            Ok(statement.insert(rusqlite::params_from_iter(params))?)
        })
    }

    /// The first row of the answer, if there is one.
    pub fn one<T>(&self, sql: &str, params: &[Value], map: impl FnOnce(&Row) -> Result<T>) -> Result<Option<T>> {
        self.told(sql, || {
            let mut statement = self.prepare(sql)?;
            let reads_only = statement.readonly();
            let mut rows = statement.query(rusqlite::params_from_iter(params))?;
            let Some(row) = rows.next()? else { return Ok(None) };
            let found = map(&Row(row))?;
            // Foreign keys of an `INSERT … RETURNING` are judged when the statement ends: let it end.
            while !reads_only && rows.next()?.is_some() {}
            Ok(Some(found))
        })
    }

    /// All rows of the answer.
    pub fn all<T>(&self, sql: &str, params: &[Value], mut map: impl FnMut(&Row) -> Result<T>) -> Result<Vec<T>> {
        let mut found = Vec::new();
        self.each(sql, params, |row| {
            found.push(map(row)?);
            Ok(())
        })?;
        Ok(found)
    }

    /// Every row of the answer in turn, none kept: for exports of any size.
    pub fn each(&self, sql: &str, params: &[Value], mut visit: impl FnMut(&Row) -> Result<()>) -> Result<()> {
        self.told(sql, || {
            let mut statement = self.prepare(sql)?;
            let mut rows = statement.query(rusqlite::params_from_iter(params))?;
            while let Some(row) = rows.next()? {
                visit(&Row(row))?;
            }
            Ok(())
        })
    }

    /// The statement from the cache. Inside a read only readers are let through: a deferred transaction that reads
    /// and then writes fails at once beside another writer, and no waiting helps it.
    fn prepare(&self, sql: &str) -> Result<rusqlite::CachedStatement<'c>> {
        let statement = self.connection.prepare_cached(sql)?;
        heard::hear(sql);
        if let Some(ear) = self.heard {
            ear.borrow_mut().push(sql.to_owned());
        }
        if self.may_write || Statement::readonly(&statement) {
            Ok(statement)
        } else {
            Err(StoreError::broken("a write was tried inside a read".to_owned()))
        }
    }

    fn told<T>(&self, sql: &str, run: impl FnOnce() -> Result<T>) -> Result<T> {
        run().map_err(|error| {
            self.disk.set(self.disk.get().after(&error));
            error.during(sql)
        })
    }
}
