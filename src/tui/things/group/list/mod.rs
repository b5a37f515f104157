//! All billing groups: found as one types; F8 makes the invoice of the one under the cursor.

mod rows;

use super::deeds;
use super::deeds::ThisGroup;
use super::form::GroupForm;
use crate::domain::id::GroupId;
use crate::shown::cell::Cell as Value;
use crate::shown::column::Listed as _;
use crate::shown::columns::group::LIST;
use crate::shown::view::View;
use crate::tui::command::Command;
use crate::tui::desk::reads::{Cursor, GroupFilter, GroupRow, Page, Slice, Totals, groups, groups_by_id, groups_count};
use crate::tui::desk::{Desk, DeskError, Outcome};
use crate::tui::forms::FormDialog;
use crate::tui::page::deed::{self, Menu};
use crate::tui::page::list::{At, List, Look, Picked, Turn};
use crate::tui::reply::{Act, Entry, Reply};
use crate::tui::widgets::strip::Detail;
use crate::tui::widgets::table::{Column, Row, listed};

/// The list of billing groups.
#[derive(Debug, Default)]
pub struct Groups {
    reverse: bool,
}

impl List for Groups {
    type Key = GroupId;
    type Row = GroupRow;
    type Query = GroupFilter;

    const VIEWS: &'static [(&'static str, &'static str)] = &[("All", "all")];
    const ONE: &'static str = "group";
    const NO_ROW: &'static str = "There is no group under the cursor. F6 makes a new one.";
    const KEYS: &'static [Command] = &[Command::Edit, Command::Main];
    const OWN: &'static [Command] = &[Command::New, Command::Filter];

    fn query(&self, _view: usize, text: &str) -> GroupFilter {
        GroupFilter { query: text.to_owned(), reverse: self.reverse }
    }

    fn columns(query: &GroupFilter) -> Vec<Column> {
        listed::columns::<GroupRow>(LIST, Some(("name", query.reverse)))
    }

    fn sorted(&mut self, head: &'static str, _query: &GroupFilter) -> bool {
        self.reverse ^= head == "Group";
        head == "Group"
    }

    fn read(desk: &Desk, query: &GroupFilter, page: &Page) -> Result<Slice<GroupRow>, DeskError> {
        desk.read(|db| groups(db, query, page, desk.today()))
    }

    fn count(desk: &Desk, query: &GroupFilter) -> Result<Totals, DeskError> {
        let count = desk.read(|db| groups_count(db, query).map_err(DeskError::from))?;
        Ok(Totals { count, ..Totals::default() })
    }

    fn key(row: &GroupRow) -> GroupId {
        row.id
    }

    fn cursor(row: &GroupRow, _query: &GroupFilter) -> Cursor {
        row.cursor()
    }

    fn row(row: &GroupRow, _query: &GroupFilter, look: Look) -> Row<GroupId> {
        Row { key: row.id, cells: listed::cells(row, LIST, look.view()), worth: Some(row.outstanding) }
    }

    fn keys(_query: &Self::Query) -> Vec<&'static str> {
        GroupRow::keys().collect()
    }

    fn values(row: &GroupRow, view: View) -> Vec<Value> {
        row.values(view)
    }

    fn title(row: &GroupRow) -> String {
        row.name.clone()
    }

    fn details(row: &GroupRow, look: Look, _desk: &Desk) -> Result<Vec<Detail>, DeskError> {
        Ok(rows::details(row, look.style, look.today))
    }

    fn menu(picked: &Picked<'_, Self>) -> Box<dyn Menu> {
        deed::menu(deeds::DEEDS, ThisGroup::new(picked.row, picked.marked.len()))
    }

    fn empty(&self, _query: &GroupFilter, _view: &'static str, text: &str) -> String {
        if text.is_empty() {
            return "There are no billing groups yet: one invoice and one payment for several customers. F6 makes one."
                .to_owned();
        }
        format!("No group matches \"{text}\". Esc shows all again; F6 makes a group of it.")
    }

    fn hint(_query: &GroupFilter, _marked: usize) -> &'static str {
        "Type a name, contact or email. F8 makes its invoice."
    }

    fn word(&self, command: Command, _query: &GroupFilter) -> Option<&'static str> {
        match command {
            Command::Main => Some("Make invoice"),
            Command::New => Some("New group"),
            Command::Filter => Some(if self.reverse { "A to Z" } else { "Z to A" }),
            _ => None,
        }
    }

    fn own(&mut self, command: Command, at: &At<'_, Self>, desk: &Desk) -> Turn {
        match command {
            Command::New => Turn::Do(Reply::open(FormDialog::new(GroupForm::new(at.text), desk))),
            Command::Filter => {
                self.reverse = !self.reverse;
                Turn::Anew(Reply::Nothing)
            }
            _ => Turn::Pass,
        }
    }

    fn copied(row: &GroupRow) -> Option<String> {
        Some(if row.email.is_empty() { row.name.clone() } else { row.email.clone() })
    }

    fn more(&self, _at: &At<'_, Self>, _desk: &Desk) -> Vec<Entry> {
        let turn = if self.reverse { "Sort from A to Z" } else { "Sort from Z to A" };
        vec![Entry::of(turn, 'z', Act::new(|_| Reply::Do(Command::Filter))).note("F4")]
    }

    fn made(outcome: &Outcome, desk: &Desk) -> Option<(GroupId, Option<GroupRow>)> {
        let Outcome::Group(id) = *outcome else { return None };
        let read = desk.read(|db| groups_by_id(db, &[id], desk.today()).map_err(DeskError::from));
        Some((id, read.ok().and_then(|rows| rows.into_iter().next())))
    }
}
