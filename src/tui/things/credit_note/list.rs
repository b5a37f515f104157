//! The list of credit notes, newest first.

use super::deeds::{DEEDS, ThisNote};
use crate::domain::id::CreditNoteId;
use crate::domain::money::Money;
use crate::shown::cell::Cell as Value;
use crate::shown::column::Listed as _;
use crate::shown::columns::credit_note::LIST;
use crate::shown::view::View;
use crate::tui::command::Command;
use crate::tui::desk::reads::{CreditNote, Cursor, Page, Slice, Totals, credit_notes_page, credit_notes_total};
use crate::tui::desk::{Desk, DeskError};
use crate::tui::page::deed::{self, Menu};
use crate::tui::page::list::{List, Look, Picked};
use crate::tui::widgets::strip::Detail;
use crate::tui::widgets::table::{Column, Row, listed};
use crate::tui::words;

/// The list of credit notes.
#[derive(Debug, Default)]
pub struct CreditNotes;

fn total(row: &CreditNote) -> Money {
    Money::new(row.total.net.saturating_add(row.total.tax), row.currency)
}

impl List for CreditNotes {
    type Key = CreditNoteId;
    type Row = CreditNote;
    type Query = String;

    const VIEWS: &'static [(&'static str, &'static str)] = &[("All", "all")];
    const ONE: &'static str = "credit note";
    const NO_ROW: &'static str = "There is no credit note under the cursor.";
    const KEYS: &'static [Command] = &[Command::Print];
    const TAKES_MARKS: bool = false;

    fn query(&self, _view: usize, text: &str) -> String {
        text.to_owned()
    }

    fn columns(_query: &String) -> Vec<Column> {
        listed::columns::<CreditNote>(LIST, Some(("issued", false)))
    }

    fn read(desk: &Desk, query: &String, page: &Page) -> Result<Slice<CreditNote>, DeskError> {
        desk.read(|db| credit_notes_page(db, query, page))
    }

    fn count(desk: &Desk, query: &String) -> Result<Totals, DeskError> {
        desk.read(|db| credit_notes_total(db, query))
    }

    fn key(row: &CreditNote) -> CreditNoteId {
        row.id
    }

    fn cursor(row: &CreditNote, _query: &String) -> Cursor {
        row.cursor()
    }

    fn row(row: &CreditNote, _query: &String, look: Look) -> Row<CreditNoteId> {
        Row { key: row.id, cells: listed::cells(row, LIST, look.view()), worth: None }
    }

    fn keys(_query: &Self::Query) -> Vec<&'static str> {
        CreditNote::keys().collect()
    }

    fn values(row: &CreditNote, view: View) -> Vec<Value> {
        row.values(view)
    }

    fn title(row: &CreditNote) -> String {
        format!("{}  {}", row.number, row.payer_name)
    }

    fn details(row: &CreditNote, look: Look, _desk: &Desk) -> Result<Vec<Detail>, DeskError> {
        let detail = |name: &str, value: String| (name.to_owned(), value);
        let money = |minor| words::money(look.style, Money::new(minor, row.currency));
        Ok(vec![
            detail("Amount", format!("{}, of it tax {}", money(total(row).minor()), money(row.total.tax))),
            detail("Issued", look.style.long_date(row.issued_on)),
            detail("Corrects", row.invoice_number.clone()),
            detail("Reason", row.reason.clone()),
            detail("", if row.is_taken_back { "It was taken back." } else { "" }.to_owned()),
        ])
    }

    fn menu(picked: &Picked<'_, Self>) -> Box<dyn Menu> {
        deed::menu(DEEDS, ThisNote::new(picked.row))
    }

    fn empty(&self, _query: &String, _view: &'static str, text: &str) -> String {
        if text.is_empty() {
            return "There are no credit notes. F9 on an invoice or payment writes one.".to_owned();
        }
        format!("No credit note matches \"{text}\". Esc shows all again.")
    }

    fn hint(_query: &String, _marked: usize) -> &'static str {
        "Type a number or a payer; Enter opens the invoice it corrects."
    }

    fn counted(_query: &String, totals: Option<&Totals>, look: Look) -> String {
        words::totals(look.style, totals, Self::ONE, false)
    }

    fn crumbs(&self) -> Vec<String> {
        vec!["Credit notes".to_owned()]
    }

    fn word(&self, command: Command, _query: &String) -> Option<&'static str> {
        match command {
            Command::Print => Some("PDF"),
            Command::Open => Some("Invoice"),
            _ => None,
        }
    }

    fn copied(row: &CreditNote) -> Option<String> {
        Some(row.number.clone())
    }
}
