//! Segments as lists, reports and exports use them: those every shop has, and the filters a shop keeps.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::customers::{CustomerFilter, Segment, customers_count};
use crate::domain::id::SegmentId;
use crate::store::engine::Db;
use crate::store::error::Result;
use crate::store::segment;

/// A segment to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SegmentRow {
    /// Its number, where the shop made it.
    pub id: Option<SegmentId>,
    /// One word for commands: `high_value`, or the name the shop gave it.
    pub code: String,
    /// As screens write it.
    pub name: String,
    pub filter: CustomerFilter,
}

impl SegmentRow {
    /// The same as it is kept now: somebody may have changed whom it holds, or what it is called. One that was taken off
    /// meanwhile holds whom it held.
    pub fn again(self, db: &Db) -> Result<Self> {
        let Some(id) = self.id else { return Ok(self) };
        Ok(segments(db)?.into_iter().find(|row| row.id == Some(id)).unwrap_or(self))
    }
}

/// The filter of a segment as it is kept.
pub fn segment_text(filter: &CustomerFilter) -> String {
    filter.written()
}

/// Reads [`segment_text`] back; `None` where it is none.
pub fn segment_filter(text: &str) -> Option<CustomerFilter> {
    CustomerFilter::read(text)
}

/// All segments: those every shop has first, then the shop's own by name.
pub fn segments(db: &Db) -> Result<Vec<SegmentRow>> {
    let built_in = Segment::ALL.into_iter().map(|segment| SegmentRow {
        id: None,
        code: segment.code().to_owned(),
        name: segment.word().to_owned(),
        filter: CustomerFilter { segment: Some(segment), ..CustomerFilter::default() },
    });
    let own = segment::all(db)?.into_iter().filter_map(|saved| {
        let filter = segment_filter(&saved.filter)?;
        Some(SegmentRow { id: Some(saved.id), code: saved.name.clone(), name: saved.name, filter })
    });
    Ok(built_in.chain(own).collect())
}

/// The segment a command or a person names: by code, name or number.
pub fn segment_named(db: &Db, name: &str) -> Result<Option<SegmentRow>> {
    let name = name.trim();
    let built_in = Segment::from_code(name);
    let fits = |row: &SegmentRow| match (row.id, built_in) {
        (None, Some(segment)) => row.code == segment.code(),
        (Some(id), None) => row.name.to_lowercase() == name.to_lowercase() || id.to_string() == name,
        _ => false,
    };
    Ok(segments(db)?.into_iter().find(fits))
}

/// How many customers each segment has today. May take a moment on a large book.
pub fn segment_counts(db: &Db, today: NaiveDate) -> Result<Vec<(SegmentRow, i64)>> {
    let rows = segments(db)?;
    rows.into_iter()
        .map(|row| Ok((customers_count(db, &row.filter, today)?, row)))
        .map(|pair| pair.map(|(n, row)| (row, n)))
        .collect()
}
