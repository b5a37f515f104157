//! Fonts the shop added: each kept once, by the digest of its bytes, for as long as a paper may be printed again.

use sha2::{Digest, Sha256};

use super::engine::Db;
use super::error::Result;

/// The digests of the fonts papers of today are printed with, in the order they are asked, and their names.
pub fn chosen(db: &Db) -> Result<Vec<(String, String)>> {
    let sql = "SELECT digest, name FROM font WHERE place IS NOT NULL ORDER BY place, id";
    db.all(sql, &[], |row| Ok((row.text(0)?, row.text(1)?)))
}

/// The bytes of a font.
pub fn content(db: &Db, digest: &str) -> Result<Option<Vec<u8>>> {
    Ok(db.one("SELECT content FROM font WHERE digest = ?1", &[digest.into()], |row| row.opt_bytes(0))?.flatten())
}

/// Prints papers from now on with this font beside those there are. One of the same name gives way to it.
pub fn add(db: &Db, name: &str, bytes: &[u8]) -> Result<()> {
    let digest = super::activity::digits(&Sha256::digest(bytes));
    db.execute("UPDATE font SET place = NULL WHERE name = ?1 AND digest <> ?2", &[name.into(), (&digest).into()])?;
    let next = db.one("SELECT COALESCE(MAX(place), 0) + 1 FROM font", &[], |row| row.int(0))?.unwrap_or(1);
    let known = db.one("SELECT id FROM font WHERE digest = ?1", &[(&digest).into()], |row| row.int(0))?;
    if let Some(id) = known {
        db.execute("UPDATE font SET place = ?2 WHERE id = ?1 AND place IS NULL", &[id.into(), next.into()])?;
    } else {
        let sql = "INSERT INTO font (digest, name, content, place) VALUES (?1, ?2, ?3, ?4)";
        db.insert(sql, &[(&digest).into(), name.into(), Some(bytes).into(), next.into()])?;
    }
    changed(db)
}

/// Prints papers from now on with the built-in fonts alone.
pub fn none(db: &Db) -> Result<()> {
    db.execute("UPDATE font SET place = NULL WHERE place IS NOT NULL", &[])?;
    changed(db)
}

fn changed(db: &Db) -> Result<()> {
    db.execute("UPDATE shop SET version = version + 1 WHERE id = 1", &[]).map(drop)
}
