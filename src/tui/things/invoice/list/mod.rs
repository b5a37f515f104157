//! The list of invoices: what is open, late, paid, waiting and void.

mod details;
mod rows;

use super::deeds;
use super::deeds::ThisInvoice;
use super::filter::InvoiceWish;
use super::new_invoice::NewInvoice;
use crate::domain::id::InvoiceId;
use crate::shown::cell::Cell as Value;
use crate::shown::column::Listed as _;
use crate::shown::view::View as Shop;
use crate::tui::command::Command;
use crate::tui::desk::reads::{self, Cursor, InvoiceFilter, InvoiceRow, Page, Slice, Totals};
use crate::tui::desk::{Desk, DeskError};
use crate::tui::forms::filter::{FilterForm, Wish as _};
use crate::tui::forms::{FormDialog, segments};
use crate::tui::page::deed::{self, Menu};
use crate::tui::page::list::{At, List, Look, Picked, Turn};
use crate::tui::place::Narrow;
use crate::tui::reply::{Answer, Entry, Reply};
use crate::tui::widgets::listing::Listing;
use crate::tui::widgets::strip::Detail;
use crate::tui::widgets::table::{Column, Row};
use crate::tui::words;
use rows::View;

/// The list of invoices.
#[derive(Debug, Default)]
pub struct Invoices {
    wish: InvoiceWish,
}

/// What is asked for: a view, and what narrows it.
#[derive(Clone, Debug)]
pub struct Asked {
    view: View,
    filter: InvoiceFilter,
}

impl List for Invoices {
    type Key = InvoiceId;
    type Row = InvoiceRow;
    type Query = Asked;

    const VIEWS: &'static [(&'static str, &'static str)] = &[
        ("Open", "open"),
        ("Overdue", "overdue"),
        ("Paid", "paid"),
        ("Drafts", "drafts"),
        ("Void", "void"),
        ("All", "all"),
    ];
    const ONE: &'static str = "invoice";
    const NO_ROW: &'static str = "There is no row here.";
    const KEYS: &'static [Command] = &[Command::Main, Command::Print];
    const OWN: &'static [Command] = &[Command::New, Command::Filter];

    fn query(&self, view: usize, text: &str) -> Asked {
        let view = View::ALL.get(view).copied().unwrap_or(View::Open);
        let mut filter =
            InvoiceFilter { query: text.to_owned(), statuses: view.statuses(), ..InvoiceFilter::default() };
        self.wish.apply(&mut filter, view.usual());
        Asked { view, filter }
    }

    fn columns(query: &Asked) -> Vec<Column> {
        rows::columns(query.view, &query.filter)
    }

    fn sorted(&mut self, head: &'static str, query: &Asked) -> bool {
        let code = match head {
            "Due" => "due",
            "Number" => "number",
            "Total" => "amount",
            "Payer" => "customer",
            _ => return false,
        };
        let is_so = Self::columns(query).iter().any(|column| column.title == head && column.order.is_some());
        (self.wish.reverse, self.wish.sort) = (is_so && !query.filter.reverse, code.to_owned());
        true
    }

    fn read(desk: &Desk, query: &Asked, page: &Page) -> Result<Slice<InvoiceRow>, DeskError> {
        desk.read(|db| reads::invoices(db, &query.filter, page, desk.today()))
    }

    fn count(desk: &Desk, query: &Asked) -> Result<Totals, DeskError> {
        desk.read(|db| reads::invoices_total(db, &query.filter, desk.today()))
    }

    fn key(row: &InvoiceRow) -> InvoiceId {
        row.id
    }

    fn cursor(row: &InvoiceRow, query: &Asked) -> Cursor {
        row.cursor(query.filter.sort)
    }

    fn row(row: &InvoiceRow, query: &Asked, look: Look) -> Row<InvoiceId> {
        rows::row(row, query.view, look)
    }

    fn keys(_query: &Self::Query) -> Vec<&'static str> {
        InvoiceRow::keys().collect()
    }

    fn values(row: &InvoiceRow, view: Shop) -> Vec<Value> {
        row.values(view)
    }

    fn title(row: &InvoiceRow) -> String {
        format!("{}  {}", deeds::number(row), row.payer_name)
    }

    fn details(row: &InvoiceRow, look: Look, desk: &Desk) -> Result<Vec<Detail>, DeskError> {
        let page = desk.read(|db| reads::invoice_page(db, row.id, look.today))?;
        Ok(details::of(row, page.as_ref(), look.today, look.style))
    }

    fn menu(picked: &Picked<'_, Self>) -> Box<dyn Menu> {
        let invoice = ThisInvoice::new(picked.row).in_review(picked.query.view == View::Drafts);
        deed::menu(deeds::DEEDS, invoice.with_marked(picked.marked.to_vec()))
    }

    fn empty(&self, query: &Asked, view: &'static str, text: &str) -> String {
        if !text.is_empty() {
            let view = view.to_lowercase();
            return format!(
                "Nothing among {view} invoices has \"{text}\". Left and Right look in other views, Esc clears the text."
            );
        }
        if !self.wish.is_plain() {
            return "No invoice matches the filter. Esc takes it away, F4 changes it.".to_owned();
        }
        match query.view {
            View::Open => {
                "No invoice is open. They are made by themselves when a period starts; F6 makes an extra one."
            }
            View::Overdue => "Nothing overdue. Good.",
            View::Paid => "No invoice is paid yet. F8 takes a payment: Left and Right lead to the open ones.",
            View::Drafts => "No invoice waits for approval. They do where a customer class asks for it.",
            View::Void => "No invoice was withdrawn.",
            View::All => "There are no invoices yet. They are made when a period starts; F6 makes an extra one.",
        }
        .to_owned()
    }

    fn hint(query: &Asked, marked: usize) -> &'static str {
        match marked {
            0 => "Type to search, Space marks, Left/Right change the view.",
            1 => "F8 takes the payment of the marked invoice, Esc takes the mark away.",
            _ if query.view == View::Drafts => "F8 approves the marked invoices, F7 makes their PDFs.",
            _ => "F8 pays the marked invoices with one receipt, F7 makes their PDFs.",
        }
    }

    fn is_quick(query: &Asked) -> bool {
        query.filter.is_first_view()
    }

    fn among(desk: &Desk, query: &Asked, keys: &[InvoiceId]) -> Result<Vec<InvoiceId>, DeskError> {
        desk.read(|db| reads::invoices_among(db, &query.filter, keys, desk.today()))
    }

    fn counted(query: &Asked, totals: Option<&Totals>, look: Look) -> String {
        words::totals(look.style, totals, Self::ONE, query.view.is_open())
    }

    fn chips(&self, _query: &Asked, look: Look) -> Vec<(&'static str, String)> {
        self.wish.chips(look.style)
    }

    fn is_plain(&self, _listing: &Listing<InvoiceId>) -> bool {
        self.wish.is_plain()
    }

    fn clear(&mut self, _listing: &mut Listing<InvoiceId>) -> Option<InvoiceId> {
        self.wish = InvoiceWish::default();
        None
    }

    fn narrow(&mut self, narrow: &Narrow) {
        let segment = narrow.segment.as_deref().cloned();
        self.wish = InvoiceWish { due: narrow.due, unsent: narrow.unsent, segment, ..InvoiceWish::default() };
    }

    fn refreshed(&mut self, desk: &Desk) {
        self.wish.segment = segments::again(self.wish.segment.take(), desk);
    }

    fn word(&self, command: Command, query: &Asked) -> Option<&'static str> {
        match command {
            Command::Main if query.view == View::Drafts => Some("Approve"),
            Command::Main => Some("Take payment"),
            Command::Print => Some("PDF"),
            Command::New => Some("New invoice"),
            _ => None,
        }
    }

    fn own(&mut self, command: Command, at: &At<'_, Self>, desk: &Desk) -> Turn {
        match command {
            Command::New => Turn::Do(NewInvoice::open(at.row.and_then(|row| row.customer_id), desk)),
            Command::Filter => {
                let form = FilterForm::new(self.wish.clone(), at.look.style);
                Turn::Do(Reply::open(FormDialog::new(form, desk)))
            }
            _ => Turn::Pass,
        }
    }

    fn given(&mut self, answer: &Answer, _at: &At<'_, Self>, _on: &mut Listing<InvoiceId>, _desk: &Desk) -> Turn {
        match InvoiceWish::from_answer(answer) {
            Some(wish) => {
                self.wish = wish;
                Turn::Anew(Reply::Nothing)
            }
            None => Turn::Pass,
        }
    }

    fn copied(row: &InvoiceRow) -> Option<String> {
        Some(deeds::number(row))
    }

    fn more(&self, at: &At<'_, Self>, _desk: &Desk) -> Vec<Entry> {
        if at.row.is_some() { Vec::new() } else { vec![deeds::new_entry()] }
    }
}
