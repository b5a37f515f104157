//! The tables, indexes and triggers of a book beside those of this program's schema: one that is missing, added or written
//! otherwise no longer refuses what it should.

use std::sync::OnceLock;

use super::engine::Db;
use super::error::Result;
use super::{create, setup};

/// Name and statement of every object.
pub(super) type Shape = Vec<(String, String)>;

/// Every object and its statement; white space, comments and quotes aside, which a step of the schema writes as it can.
pub(super) fn of(connection: &rusqlite::Connection) -> Result<Shape> {
    let mut statement = connection.prepare(OBJECTS)?;
    let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, flat(&row.get::<_, String>(1)?))))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

const OBJECTS: &str = "SELECT type || ' ' || name, COALESCE(sql, '') FROM sqlite_schema \
    WHERE name NOT LIKE 'sqlite_stat%' ORDER BY 1";

fn flat(sql: &str) -> String {
    let plain = |line: &str| line.split("--").next().unwrap_or_default().replace('"', "");
    let lines = sql.lines().map(plain).collect::<Vec<_>>().join(" ");
    let spaced = lines.replace(',', " , ").replace('(', " ( ").replace(')', " ) ");
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The objects of a book that are not those of the schema.
pub(super) fn odd(db: &Db) -> Result<Vec<String>> {
    let ours = known()?;
    let found: Shape = db.all(OBJECTS, &[], |row| Ok((row.text(0)?, flat(row.str(1)?))))?;
    let missing = ours.iter().filter(|object| !found.contains(object));
    let added = found.iter().filter(|object| !ours.contains(object));
    let mut odd: Vec<_> = missing.chain(added).map(|(name, _)| name.clone()).collect();
    odd.sort();
    odd.dedup();
    Ok(odd)
}

/// Those of the schema, made once.
fn known() -> Result<&'static Shape> {
    static KNOWN: OnceLock<Shape> = OnceLock::new();
    if let Some(shape) = KNOWN.get() {
        return Ok(shape);
    }
    let connection = setup::connect_to_memory()?;
    create::lay_schema(&connection)?;
    let shape = of(&connection)?;
    Ok(KNOWN.get_or_init(|| shape))
}
