//! The activity log: who did what, when, about what.

use crate::services::reads::ActivityRow;
use crate::shown::cell::Cell;
use crate::shown::column::{Column, Listed, Place, Side, Width, at};
use crate::shown::log;
use crate::shown::view::View;

type Step = Column<ActivityRow>;

impl Listed for ActivityRow {
    const ONE: &'static str = "step";
    const COLUMNS: &'static [Column<Self>] = &[
        Step::new("id", |row, _| Cell::Count(row.id.0)).table("NO.", Side::Right).numbers("No.", 6).falling("number"),
        Step::new("at", |row, _| Cell::Plain(row.at.to_rfc3339())),
        Step::new("on", |row, _| row.business_on.into()).table("DATE", Side::Code).words("Date", Width::Exact(11)),
        Step::new("operator", |row, _| (&row.operator).into()).table("WHO", Side::Left).words("Who", Width::Exact(8)),
        Step::new("what", |row, _| log::what(row.log).into())
            .table("WHAT", Side::Left)
            .words("What", Width::AtLeast(26)),
        Step::new("customer_name", |row, _| row.customer_name.as_deref().into()),
        Step::new("invoice", |row, _| row.invoice.as_deref().into()),
        Step::new("about", |row, view| Cell::Text(about(row, view)))
            .table("ABOUT", Side::Left)
            .words("About", Width::AtLeast(20)),
        Step::new("undoes", |row, _| row.undoes_id.into()),
        Step::new("can_undo", |row, _| row.can_undo.into()),
        Step::new("undone", |row, _| row.is_undone.into()),
        Step::told("standing", |row, _| standing(row).into()).table("UNDO", Side::Code).words("Undo", Width::Exact(10)),
    ];
}

/// The list of what was done.
pub const LIST: &[Place] =
    &[at("id", 8), at("on", 9), at("operator", 6), at("what", 9), at("about", 5), at("standing", 7)];

/// Where a step stands, in a word.
pub const fn standing(row: &ActivityRow) -> &'static str {
    match (row.can_undo, row.is_undone) {
        (true, _) => "",
        (_, true) => "taken back",
        _ => "stays",
    }
}

/// Whom and what it was about.
pub fn about(row: &ActivityRow, view: View) -> String {
    let parts = [row.customer_name.clone().unwrap_or_default(), log::about(row, view.style)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}
