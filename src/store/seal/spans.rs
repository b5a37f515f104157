//! Ranges of rows that never change, written and read.

use super::digest::Sum;
use super::kinds::{Kind, Way};
use crate::store::engine::{Db, Row};
use crate::store::error::{Result, StoreError};

/// Most rows of a range: what was edited is named as closely.
const WIDTH: i64 = 100;

/// A year of numbers, in the position of an invoice.
const YEAR: i64 = 1_000_000_000;

/// A range of rows of one kind with its digest. A position is the id of a row, or of an invoice its year and number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub from: i64,
    pub to: i64,
    pub digest: i64,
}

impl Span {
    /// As it stands in a seal.
    pub fn write(&self, kind: &Kind, covers: &mut String) {
        if !covers.is_empty() {
            covers.push_str(", ");
        }
        let Self { from, to, digest } = self;
        covers.extend([kind.name, " ", &from.to_string(), "-", &to.to_string(), &format!(" {digest:016x}")]);
    }

    /// The kinds and ranges of a seal.
    pub fn read(covers: &str) -> Result<Vec<(&str, Self)>> {
        let one = |part: &'_ str| -> Option<Self> {
            let (range, digest) = part.split_once(' ')?;
            let (from, to) = range.split_once('-')?;
            let digest = i64::from_ne_bytes(u64::from_str_radix(digest, 16).ok()?.to_ne_bytes());
            Some(Self { from: from.parse().ok()?, to: to.parse().ok()?, digest })
        };
        let odd = || StoreError::broken("a seal cannot be read");
        covers
            .split(", ")
            .map(|part| {
                let (kind, rest) = part.split_once(' ').ok_or_else(odd)?;
                Ok((kind, one(rest).ok_or_else(odd)?))
            })
            .collect()
    }
}

/// What a person calls a position.
pub(super) fn named(kind: &Kind, position: i64) -> String {
    match kind.way {
        Way::Issued => format!("invoice {} of {}", position % YEAR, position / YEAR),
        _ => format!("{} {position}", kind.table.replace('_', " ")),
    }
}

/// The position of an invoice.
pub(super) const fn position(year: i64, number: i64) -> i64 {
    year * YEAR + number
}

/// Rows of a kind that lie between two positions, in their order, each with its position in column 0.
pub(super) fn rows(db: &Db, kind: &Kind, (from, to): (i64, i64), visit: impl FnMut(&Row) -> Result<()>) -> Result<()> {
    let Kind { table, columns, .. } = kind;
    if kind.way == Way::Issued {
        // In the order of the index on year and number.
        let sql = format!(
            "SELECT i.number_year * {YEAR} + i.number_seq, {columns} FROM invoice i JOIN payment p ON p.invoice_id = i.id \
             WHERE (i.number_year, i.number_seq) >= (?1, ?2) AND (i.number_year, i.number_seq) <= (?3, ?4) \
             ORDER BY i.number_year, i.number_seq, p.line"
        );
        return db.each(
            &sql,
            &[(from / YEAR).into(), (from % YEAR).into(), (to / YEAR).into(), (to % YEAR).into()],
            visit,
        );
    }
    let sql = format!("SELECT id, {columns} FROM {table} WHERE id BETWEEN ?1 AND ?2 ORDER BY id");
    db.each(&sql, &[from.into(), to.into()], visit)
}

/// The ranges of the rows between two positions, as they stand now.
pub(super) fn of(db: &Db, kind: &Kind, between: (i64, i64)) -> Result<Vec<Span>> {
    let mut spans = Vec::new();
    let mut open: Option<(i64, i64, Sum)> = None;
    rows(db, kind, between, |row| {
        let at = row.int(0)?;
        match &mut open {
            Some((from, to, sum)) if at == *to || (at == *to + 1 && at - *from < WIDTH) => {
                *to = at;
                sum.row(row, 1);
            }
            _ => {
                spans.extend(open.take().map(closed));
                let mut sum = Sum::of(kind.name);
                sum.row(row, 1);
                open = Some((at, at, sum));
            }
        }
        Ok(())
    })?;
    spans.extend(open.map(closed));
    Ok(spans)
}

fn closed((from, to, sum): (i64, i64, Sum)) -> Span {
    Span { from, to, digest: sum.number() }
}
