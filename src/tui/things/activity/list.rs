//! The activity log as a list: who did what, when, about what; a step of it is taken back.

use super::deeds::{DEEDS, ThisActivity};
use crate::domain::id::ActivityId;
use crate::shown::cell::Cell as Value;
use crate::shown::column::Listed as _;
use crate::shown::columns::activity::{LIST, about, standing};
use crate::shown::view::View;
use crate::tui::command::Command;
use crate::tui::desk::reads::{
    ActivityFilter, ActivityRow, Cursor, Page, Slice, Steps, Totals, activities, activities_count,
};
use crate::tui::desk::{Desk, DeskError};
use crate::tui::log;
use crate::tui::page::deed::{self, Menu};
use crate::tui::page::list::{List, Look, Picked};
use crate::tui::widgets::strip::Detail;
use crate::tui::widgets::table::{Column, Row, listed};

/// The list of what was done.
#[derive(Debug, Default)]
pub struct Activities;

impl List for Activities {
    type Key = ActivityId;
    type Row = ActivityRow;
    type Query = ActivityFilter;

    const VIEWS: &'static [(&'static str, &'static str)] =
        &[("By people", "people"), ("Can be taken back", "undoable"), ("All", "all")];
    const ONE: &'static str = "step";
    const NO_ROW: &'static str = "There is no step under the cursor.";
    const KEYS: &'static [Command] = &[Command::Main];
    const TAKES_MARKS: bool = false;

    fn query(&self, view: usize, text: &str) -> ActivityFilter {
        let steps = match view {
            0 => Steps::Done,
            1 => Steps::Undoable,
            _ => Steps::All,
        };
        ActivityFilter { query: text.to_owned(), steps }
    }

    fn columns(_query: &ActivityFilter) -> Vec<Column> {
        listed::columns::<ActivityRow>(LIST, Some(("number", false)))
    }

    fn read(desk: &Desk, query: &ActivityFilter, page: &Page) -> Result<Slice<ActivityRow>, DeskError> {
        desk.read(|db| activities(db, query, page))
    }

    fn count(desk: &Desk, query: &ActivityFilter) -> Result<Totals, DeskError> {
        let count = desk.read(|db| activities_count(db, query).map_err(DeskError::from))?;
        Ok(Totals { count, ..Totals::default() })
    }

    fn key(row: &ActivityRow) -> ActivityId {
        row.id
    }

    fn cursor(row: &ActivityRow, _query: &ActivityFilter) -> Cursor {
        row.cursor()
    }

    fn row(row: &ActivityRow, _query: &ActivityFilter, look: Look) -> Row<ActivityId> {
        Row { key: row.id, cells: listed::cells(row, LIST, look.view()), worth: None }
    }

    fn keys(_query: &Self::Query) -> Vec<&'static str> {
        ActivityRow::keys().collect()
    }

    fn values(row: &ActivityRow, view: View) -> Vec<Value> {
        row.values(view)
    }

    fn title(row: &ActivityRow) -> String {
        format!("Step {}", row.id)
    }

    fn details(row: &ActivityRow, look: Look, _desk: &Desk) -> Result<Vec<Detail>, DeskError> {
        let detail = |name: &str, value: String| (name.to_owned(), value);
        let standing = match standing(row) {
            "" => "F8 takes it back",
            "stays" => "cannot be taken back: F9 says why",
            other => other,
        };
        Ok(vec![
            detail("", log::what(row.log).to_owned()),
            detail("Done", format!("{} by {}", look.style.long_date(row.business_on), row.operator)),
            detail("About", about(row, look.view())),
            detail("Undo", standing.to_owned()),
        ])
    }

    fn menu(picked: &Picked<'_, Self>) -> Box<dyn Menu> {
        deed::menu(DEEDS, ThisActivity::new(picked.row))
    }

    fn empty(&self, query: &ActivityFilter, _view: &'static str, text: &str) -> String {
        match (text, query.steps) {
            ("", Steps::Undoable) => "Nothing is left that can be taken back.".to_owned(),
            ("", _) => "Nothing was done in this book yet.".to_owned(),
            (typed, _) => format!("No step matches \"{typed}\". Esc clears the text, Right looks in other views."),
        }
    }

    fn hint(_query: &ActivityFilter, _marked: usize) -> &'static str {
        "Type who, what or whom; F8 takes the step under the cursor back."
    }

    fn crumbs(&self) -> Vec<String> {
        vec!["Activity".to_owned()]
    }

    fn word(&self, command: Command, _query: &ActivityFilter) -> Option<&'static str> {
        (command == Command::Main).then_some("Take back")
    }

    fn copied(row: &ActivityRow) -> Option<String> {
        Some(row.id.to_string())
    }
}
