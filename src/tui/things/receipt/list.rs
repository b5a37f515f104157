//! The list of receipts: all money that came in, newest first.

use super::deeds::{DEEDS, ThisReceipt};
use crate::domain::id::ReceiptId;
use crate::domain::money::Money;
use crate::domain::status::ReceiptState;
use crate::shown::cell::Cell as Value;
use crate::shown::column::Listed as _;
use crate::shown::columns::receipt::LIST;
use crate::shown::view::View;
use crate::tui::command::Command;
use crate::tui::desk::reads::{
    Cursor, ListedReceipt, Page, ReceiptFilter, Slice, Totals, paid_by_receipt, receipts, receipts_total,
};
use crate::tui::desk::{Desk, DeskError};
use crate::tui::page::deed::{self, Menu};
use crate::tui::page::list::{List, Look, Picked};
use crate::tui::widgets::strip::Detail;
use crate::tui::widgets::table::{Column, Row, listed};
use crate::tui::words;

/// The list of receipts.
#[derive(Debug, Default)]
pub struct Receipts;

impl List for Receipts {
    type Key = ReceiptId;
    type Row = ListedReceipt;
    type Query = ReceiptFilter;

    const VIEWS: &'static [(&'static str, &'static str)] =
        &[("All", "all"), ("With credit", "credit"), ("On its way", "pending"), ("Came back", "back")];
    const ONE: &'static str = "receipt";
    const NO_ROW: &'static str = "There is no receipt under the cursor.";
    const KEYS: &'static [Command] = &[Command::Main, Command::Print];
    const TAKES_MARKS: bool = false;

    fn query(&self, view: usize, text: &str) -> ReceiptFilter {
        let states = match view {
            2 => vec![ReceiptState::Pending],
            3 => vec![ReceiptState::Failed, ReceiptState::Reversed],
            _ => Vec::new(),
        };
        ReceiptFilter { query: text.to_owned(), states, has_credit: view == 1 }
    }

    fn columns(_query: &ReceiptFilter) -> Vec<Column> {
        listed::columns::<ListedReceipt>(LIST, Some(("received", false)))
    }

    fn read(desk: &Desk, query: &ReceiptFilter, page: &Page) -> Result<Slice<ListedReceipt>, DeskError> {
        desk.read(|db| receipts(db, query, page))
    }

    fn count(desk: &Desk, query: &ReceiptFilter) -> Result<Totals, DeskError> {
        desk.read(|db| receipts_total(db, query))
    }

    fn key(row: &ListedReceipt) -> ReceiptId {
        row.head.id
    }

    fn cursor(row: &ListedReceipt, _query: &ReceiptFilter) -> Cursor {
        row.cursor()
    }

    fn row(row: &ListedReceipt, _query: &ReceiptFilter, look: Look) -> Row<ReceiptId> {
        Row { key: row.head.id, cells: listed::cells(row, LIST, look.view()), worth: None }
    }

    fn keys(_query: &Self::Query) -> Vec<&'static str> {
        ListedReceipt::keys().collect()
    }

    fn values(row: &ListedReceipt, view: View) -> Vec<Value> {
        row.values(view)
    }

    fn title(row: &ListedReceipt) -> String {
        format!("{}  {}", row.head.number, row.payer_name)
    }

    fn details(row: &ListedReceipt, look: Look, desk: &Desk) -> Result<Vec<Detail>, DeskError> {
        let detail = |name: &str, value: String| (name.to_owned(), value);
        let (head, style) = (&row.head, look.style);
        let money = |minor| words::money(style, Money::new(minor, head.currency));
        let mut details = vec![
            detail("Amount", format!("{} by {}", money(head.amount_minor), head.method.word())),
            detail("Received", style.long_date(head.received_on)),
            detail("Credit", money(head.unapplied())),
            detail("Refunded", money(head.refunded_minor)),
        ];
        for (invoice, text, minor) in desk.read(|db| paid_by_receipt(db, head.id))? {
            let name = invoice.unwrap_or_default();
            details.push(detail("Paid", format!("{name} {}  {text}", money(minor)).trim_start().to_owned()));
        }
        Ok(details)
    }

    fn menu(picked: &Picked<'_, Self>) -> Box<dyn Menu> {
        deed::menu(DEEDS, ThisReceipt::new(picked.row))
    }

    fn empty(&self, _query: &ReceiptFilter, view: &'static str, text: &str) -> String {
        match (text, view) {
            ("", "All") => "No money came in yet. F8 on a payment or invoice takes it.".to_owned(),
            ("", "With credit") => "No credit is left of any receipt.".to_owned(),
            ("", _) => "No such money. Left and Right change the view.".to_owned(),
            (typed, _) => format!("No receipt matches \"{typed}\". Esc clears the text, Right looks in other views."),
        }
    }

    fn hint(_query: &ReceiptFilter, _marked: usize) -> &'static str {
        "Type a number, a reference, an amount or who paid; Enter shows what it paid."
    }

    fn counted(query: &ReceiptFilter, totals: Option<&Totals>, look: Look) -> String {
        let open = if query.has_credit { totals.map(|totals| words::sums(look.style, &totals.open)) } else { None };
        match (totals, open) {
            (Some(totals), Some(open)) if totals.count > 0 => {
                format!("{}, credit {open}", words::count(totals.count, Self::ONE))
            }
            _ => words::totals(look.style, totals, Self::ONE, false),
        }
    }

    fn crumbs(&self) -> Vec<String> {
        vec!["Receipts".to_owned()]
    }

    fn word(&self, command: Command, _query: &ReceiptFilter) -> Option<&'static str> {
        match command {
            Command::Main => Some("Cleared"),
            Command::Print => Some("PDF"),
            _ => None,
        }
    }

    fn copied(row: &ListedReceipt) -> Option<String> {
        Some(row.head.number.clone())
    }
}
