//! Which rows a write changed: the engine tells of each, also of what triggers did.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use rusqlite::Connection;
use rusqlite::hooks::Action;

use super::kinds::KINDS;
use crate::store::error::Result;

/// A table by its place in [`TABLES`], and a row of it; whether the row was added. A row that was taken back within the
/// write is told of too: whoever reads finds out.
pub type Touches = BTreeMap<(usize, i64), bool>;

/// The tables that have something sealed, each once.
static TABLES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let mut tables: Vec<_> = KINDS.iter().map(|kind| kind.table).collect();
    tables.sort_unstable();
    tables.dedup();
    tables
});

/// The place of a table, where something of it is sealed.
pub(super) fn place(table: &str) -> Option<usize> {
    TABLES.binary_search(&table).ok()
}

/// What a connection was told since it was asked last.
#[derive(Clone, Default)]
pub struct Touched(Arc<Mutex<Touches>>);

impl Touched {
    /// Listens to every change that goes through this connection.
    pub fn listen(connection: &mut Connection) -> Result<Self> {
        let heard = Self::default();
        let ear = heard.clone();
        connection.update_hook(Some(move |action: Action, _: &str, table: &str, row: i64| {
            let Some(table) = place(table) else { return };
            let mut touches = ear.0.lock().unwrap_or_else(PoisonError::into_inner);
            touches.entry((table, row)).or_insert(action == Action::SQLITE_INSERT);
        }))?;
        Ok(heard)
    }

    /// What was told, which is forgotten here.
    pub fn take(&self) -> Touches {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
