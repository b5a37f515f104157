//! What several attempts ask of a book.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hasher};

use rentbook::domain::id::ActivityId;
use rentbook::services::{Action, Desk, DeskError, Done};
use rentbook::store::Db;

/// The check finds nothing.
pub fn sound(desk: &Desk) {
    let report = desk.check_deep().unwrap();
    assert!(report.ok, "{:#?}", report.violations);
}

/// One text a row.
pub fn rows(desk: &Desk, sql: &str) -> Vec<String> {
    desk.read(|db| db.all(sql, &[], |row| row.text(0))).unwrap()
}

/// One number.
pub fn number(desk: &Desk, sql: &str) -> i64 {
    desk.read(|db| db.one(sql, &[], |row| row.int(0))).unwrap().unwrap()
}

/// Every table with a digest of all its rows, but for what the program notes of its file.
pub fn digest(desk: &Desk) -> BTreeMap<String, u64> {
    desk.read(|db| {
        let tables =
            db.all("SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'book_state'", &[], |row| {
                row.text(0)
            })?;
        tables.into_iter().map(|table| Ok((table.clone(), digest_of(db, &table)?))).collect::<Result<_, DeskError>>()
    })
    .unwrap()
}

fn digest_of(db: &Db, table: &str) -> Result<u64, DeskError> {
    let columns = db.all(&format!("SELECT name FROM pragma_table_info('{table}')"), &[], |row| row.text(0))?;
    let cells: Vec<String> = columns.iter().map(|column| format!("quote({column})")).collect();
    let mut hasher = DefaultHasher::new();
    db.each(&format!("SELECT {} FROM {table} ORDER BY 1", cells.join(" || '|' || ")), &[], |row| {
        hasher.write(row.text(0)?.as_bytes());
        Ok(())
    })?;
    Ok(hasher.finish())
}

/// The tables in which two digests differ.
pub fn differing(one: &BTreeMap<String, u64>, other: &BTreeMap<String, u64>) -> Vec<String> {
    one.iter().filter(|(table, digest)| other.get(*table) != Some(digest)).map(|(table, _)| table.clone()).collect()
}

/// The newest step that can be taken back and was not; customers who were added are passed over.
pub fn newest_undoable(desk: &Desk) -> ActivityId {
    let newest = "SELECT a.id FROM activity a WHERE a.is_undoable = 1 AND a.action <> 'add_customer' AND a.action <> 'change_setting' \
        AND NOT EXISTS (SELECT 1 FROM activity u WHERE u.undoes_id = a.id) ORDER BY a.id DESC LIMIT 1";
    ActivityId(number(desk, newest))
}

/// Takes it back by its number, past newer steps that cannot be.
pub fn take_back(desk: &mut Desk) -> Done {
    let named = newest_undoable(desk);
    desk.perform(Action::Undo(Some(named))).unwrap()
}
