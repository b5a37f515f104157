//! Fonts the shop added: each kept once, by the digest of its bytes, for as long as a paper may be printed again.

use sha2::{Digest, Sha256};

use super::engine::Db;
use super::error::Result;

/// The digest of the font papers of today are printed with, where the shop added one, and its name.
pub fn chosen(db: &Db) -> Result<Option<(String, String)>> {
    let sql = "SELECT f.digest, f.name FROM shop s JOIN font f ON f.id = s.font_id WHERE s.id = 1";
    db.one(sql, &[], |row| Ok((row.text(0)?, row.text(1)?)))
}

/// The bytes of a font.
pub fn content(db: &Db, digest: &str) -> Result<Option<Vec<u8>>> {
    Ok(db.one("SELECT content FROM font WHERE digest = ?1", &[digest.into()], |row| row.opt_bytes(0))?.flatten())
}

/// Prints papers from now on with this font, or with the built-in ones alone.
pub fn choose(db: &Db, font: Option<(&str, &[u8])>) -> Result<()> {
    let id = font.map(|(name, bytes)| keep(db, name, bytes)).transpose()?;
    db.execute("UPDATE shop SET font_id = ?1, version = version + 1 WHERE id = 1", &[id.into()]).map(drop)
}

/// The row of a font, made where these bytes were never kept.
fn keep(db: &Db, name: &str, bytes: &[u8]) -> Result<i64> {
    let digest = super::activity::digits(&Sha256::digest(bytes));
    let known = db.one("SELECT id FROM font WHERE digest = ?1", &[(&digest).into()], |row| row.int(0))?;
    match known {
        Some(id) => Ok(id),
        None => db.insert(
            "INSERT INTO font (digest, name, content) VALUES (?1, ?2, ?3)",
            &[(&digest).into(), name.into(), Some(bytes).into()],
        ),
    }
}
