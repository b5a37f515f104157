//! The outbox: messages to customers, those that wait first; Enter reads one, F7 hands it to the mail program.

mod rows;

use super::deeds;
use super::deeds::ThisMessage;
use crate::shown::cell::Cell as Value;
use crate::shown::column::Listed as _;
use crate::shown::columns::message::LIST;
use crate::shown::view::View;
use crate::tui::command::Command;
use crate::tui::desk::reads::{self, Cursor, MessageFilter, OutboxRow, Page, Slice, Totals};
use crate::tui::desk::{Desk, DeskError};
use crate::tui::page::deed::{self, Menu};
use crate::tui::page::list::{List, Look, Picked};
use crate::tui::widgets::strip::Detail;
use crate::tui::widgets::table::{Column, Row, listed};

/// The list of messages.
#[derive(Debug, Default)]
pub struct Messages;

impl List for Messages {
    type Key = i64;
    type Row = OutboxRow;
    type Query = MessageFilter;

    const VIEWS: &'static [(&'static str, &'static str)] = &[("Waiting", "waiting"), ("All", "all")];
    const ONE: &'static str = "message";
    const NO_ROW: &'static str = "There is no message under the cursor.";
    const KEYS: &'static [Command] = &[Command::Print];
    const OWN: &'static [Command] = &[];

    fn query(&self, view: usize, text: &str) -> MessageFilter {
        MessageFilter { query: text.to_owned(), is_waiting: view == 0, states: Vec::new() }
    }

    fn columns(_query: &MessageFilter) -> Vec<Column> {
        listed::columns::<OutboxRow>(LIST, Some(("queued", false)))
    }

    fn read(desk: &Desk, query: &MessageFilter, page: &Page) -> Result<Slice<OutboxRow>, DeskError> {
        desk.read(|db| reads::messages(db, query, page))
    }

    fn count(desk: &Desk, query: &MessageFilter) -> Result<Totals, DeskError> {
        let count = desk.read(|db| reads::messages_count(db, query).map_err(DeskError::from))?;
        Ok(Totals { count, ..Totals::default() })
    }

    fn key(row: &OutboxRow) -> i64 {
        row.id
    }

    fn cursor(row: &OutboxRow, _query: &MessageFilter) -> Cursor {
        row.cursor()
    }

    fn row(row: &OutboxRow, _query: &MessageFilter, look: Look) -> Row<i64> {
        Row { key: row.id, cells: listed::cells(row, LIST, look.view()), worth: None }
    }

    fn keys(_query: &Self::Query) -> Vec<&'static str> {
        OutboxRow::keys().collect()
    }

    fn values(row: &OutboxRow, view: View) -> Vec<Value> {
        row.values(view)
    }

    fn title(row: &OutboxRow) -> String {
        row.subject.clone()
    }

    fn details(row: &OutboxRow, look: Look, _desk: &Desk) -> Result<Vec<Detail>, DeskError> {
        Ok(rows::details(row, look.style))
    }

    fn menu(picked: &Picked<'_, Self>) -> Box<dyn Menu> {
        let message = ThisMessage::new(picked.row);
        let waits = |id: &i64| picked.known.get(*id).is_none_or(OutboxRow::can_cancel);
        let marked = picked.marked.to_vec();
        let waiting = marked.iter().copied().filter(waits).collect();
        deed::menu(deeds::DEEDS, if marked.is_empty() { message } else { message.with_marked(marked, waiting) })
    }

    fn empty(&self, query: &MessageFilter, _view: &'static str, text: &str) -> String {
        match (text, query.is_waiting) {
            ("", true) => {
                "No messages are waiting. Invoices are sent from their list or page by F9; Right shows all messages."
            }
            ("", false) => "There are no messages yet. Invoices are sent from their list or page by F9.",
            (typed, _) => return format!("No message matches \"{typed}\". Esc clears the text, Right looks in all."),
        }
        .to_owned()
    }

    fn hint(_query: &MessageFilter, _marked: usize) -> &'static str {
        "Nothing is sent by itself. F9 sends, F7: mail program."
    }

    fn crumbs(&self) -> Vec<String> {
        vec!["Messages".to_owned()]
    }

    fn word(&self, command: Command, _query: &MessageFilter) -> Option<&'static str> {
        match command {
            Command::Open => Some("Read"),
            Command::Print => Some("Mail program"),
            _ => None,
        }
    }

    fn copied(row: &OutboxRow) -> Option<String> {
        Some(row.recipient.clone())
    }
}
