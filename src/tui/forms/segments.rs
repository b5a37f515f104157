//! The field of a segment, for the forms that narrow a list or a report to its customers.

use super::lookups::or_any;
use super::{Field, Item, Read};
use crate::services::DeskError;
use crate::services::reads::{SegmentRow, segments};
use crate::tui::desk::Desk;

/// The segments one can choose.
pub fn all(desk: &Desk) -> Vec<SegmentRow> {
    desk.read(|db| segments(db).map_err(DeskError::from)).unwrap_or_default()
}

/// What a segment is called among the choices: one of the shop's own may have the code of any other as its name.
pub fn key(row: &SegmentRow) -> String {
    row.id.map_or_else(|| row.code.clone(), |id| format!("own {id}"))
}

/// The field, with the one that holds.
pub fn field(chosen: &str, desk: &Desk) -> Field {
    let items = or_any(all(desk).iter().map(|row| Item::new(key(row), &row.name)));
    Field::choice("segment", "Segment", items, chosen).width(28)
}

/// The segment that was chosen.
pub fn chosen(read: &mut Read<'_>, desk: &Desk) -> Option<SegmentRow> {
    let text = read.text("segment");
    all(desk).into_iter().find(|row| key(row) == text)
}

/// As it is kept now, where one is chosen.
pub fn again(chosen: Option<SegmentRow>, desk: &Desk) -> Option<SegmentRow> {
    let row = chosen?;
    Some(desk.read(|db| row.clone().again(db).map_err(DeskError::from)).unwrap_or(row))
}
