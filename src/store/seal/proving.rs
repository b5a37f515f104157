//! Holding the rows against their seals.

use std::collections::HashMap;

use super::closing::{HEAD, digest_of_all, head, linked};
use super::digest::Sum;
use super::kinds::{KINDS, Kind, Way};
use super::spans::{self, Span, named};
use crate::store::check::Violation;
use crate::store::engine::Db;
use crate::store::error::Result;

/// What is not as it was saved.
pub fn violations(db: &Db) -> Result<Vec<Violation>> {
    let (mut sealed, broken) = chain(db)?;
    let mut found = Vec::new();
    found.extend(Violation::of("the seals are one unbroken chain", &broken));
    let (mut changed, mut foreign) = (Vec::new(), Vec::new());
    for kind in KINDS {
        match kind.way {
            Way::Once | Way::Issued => {
                let mut spans = sealed.remove(kind.name).unwrap_or_default();
                spans.sort_unstable_by_key(|span| span.from);
                ranges(db, kind, &spans, &mut changed, &mut foreign)?;
            }
            Way::Newest => each(db, kind, &mut changed, &mut foreign)?,
            Way::Whole => {
                let kept =
                    db.one("SELECT digest FROM row_seal WHERE kind = ?1", &[kind.name.into()], |row| row.int(0))?;
                let is_empty =
                    db.one(&format!("SELECT 1 FROM {} LIMIT 1", kind.table), &[], |row| row.int(0))?.is_none();
                if kept != Some(digest_of_all(db, kind)?) && !(kept.is_none() && is_empty) {
                    changed.push(format!("the table {}", kind.table));
                }
            }
        }
    }
    found.extend(Violation::of("what was saved is as it was saved", &changed));
    found.extend(Violation::of("every row was saved by this program", &foreign));
    Ok(found)
}

/// The ranges of each kind, by its name.
type Sealed = HashMap<String, Vec<Span>>;

/// The ranges, and what breaks the chain they stand in.
fn chain(db: &Db) -> Result<(Sealed, Vec<String>)> {
    let mut sealed = Sealed::new();
    let (mut broken, mut last) = (Vec::new(), (0, 0));
    db.each("SELECT id, covers, digest FROM seal ORDER BY id", &[], |row| {
        let (id, covers, digest) = (row.int(0)?, row.str(1)?, row.int(2)?);
        if id != last.0 + 1 || digest != linked(last.1, id, covers) {
            broken.push(format!("seal {id}"));
        }
        last = (id, digest);
        match Span::read(covers) {
            Ok(spans) => {
                for (kind, span) in spans {
                    sealed.entry(kind.to_owned()).or_default().push(span);
                }
            }
            Err(_) => broken.push(format!("seal {id}")),
        }
        Ok(())
    })?;
    let noted = db.one("SELECT value FROM book_state WHERE key = ?1", &[HEAD.into()], |row| row.text(0))?;
    let is_head = noted.as_deref().map_or(last.0 == 0, |noted| noted == head(last.0, last.1));
    if !is_head {
        broken.push("the newest seal".to_owned());
    }
    Ok((sealed, broken))
}

/// Walks the rows of a kind once, beside the ranges they were sealed in.
fn ranges(db: &Db, kind: &Kind, spans: &[Span], changed: &mut Vec<String>, foreign: &mut Vec<String>) -> Result<()> {
    let mut rest = spans.iter();
    let mut open: Option<(Span, Sum)> = None;
    let mut next = rest.next();
    let mut settle = |open: Option<(Span, Sum)>| {
        if let Some((span, sum)) = open
            && sum.number() != span.digest
        {
            changed.push(told(kind, span));
        }
    };
    spans::rows(db, kind, (0, i64::MAX), |row| {
        let at = row.int(0)?;
        while open.as_ref().is_none_or(|(span, _)| at > span.to) {
            let Some(span) = next.filter(|span| at >= span.from) else { break };
            settle(open.replace((*span, Sum::of(kind.name))));
            next = rest.next();
        }
        match &mut open {
            Some((span, sum)) if (span.from..=span.to).contains(&at) => sum.row(row, 1),
            _ => foreign.push(named(kind, at)),
        }
        Ok(())
    })?;
    settle(open.take());
    // Ranges that no row came to.
    while let Some(span) = next {
        settle(Some((*span, Sum::of(kind.name))));
        next = rest.next();
    }
    Ok(())
}

fn told(kind: &Kind, span: Span) -> String {
    if span.from == span.to {
        named(kind, span.from)
    } else {
        format!("one of {} to {}", named(kind, span.from), named(kind, span.to))
    }
}

/// Every row of a kind beside the digest of how it was saved last, and every digest beside its row.
fn each(db: &Db, kind: &Kind, changed: &mut Vec<String>, foreign: &mut Vec<String>) -> Result<()> {
    let Kind { name, table, columns, .. } = kind;
    let mut kept: HashMap<i64, i64> = HashMap::new();
    db.each("SELECT row_id, digest FROM row_seal WHERE kind = ?1", &[(*name).into()], |row| {
        kept.insert(row.int(0)?, row.int(1)?);
        Ok(())
    })?;
    db.each(&format!("SELECT id, {columns} FROM {table}{}", kind.where_only()), &[], |row| {
        let id = row.int(0)?;
        match kept.remove(&id) {
            None => foreign.push(named(kind, id)),
            Some(digest) if digest != Sum::of_row(name, row) => changed.push(named(kind, id)),
            Some(_) => {}
        }
        Ok(())
    })?;
    changed.extend(kept.into_keys().map(|id| named(kind, id)));
    Ok(())
}
