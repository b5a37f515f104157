//! The page of one invoice: its lines and tax, and the statement of all money with what was open after each.

mod draw;

use ratatui::layout::Rect;

use super::deeds;
use super::deeds::ThisInvoice;
use crate::adapters::paper_folder;
use crate::domain::format::Style;
use crate::domain::id::{InvoiceId, PaymentId};
use crate::tui::command::{Able, Command};
use crate::tui::desk::reads::{self, InvoiceFilter, InvoicePage, InvoiceSort, Page};
use crate::tui::desk::{self, Desk, Trouble};
use crate::tui::page::deed::{self, Menu};
use crate::tui::page::record::{Parts, Record, Spot, neighbour};
use crate::tui::place::Place;
use crate::tui::reply::Reply;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::table::{Column, Row};
use crate::tui::words;

/// The number of the section of the lines; the money follows.
const LINES: usize = 0;

/// What a row is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Key {
    Line(PaymentId),
    Money(usize),
}

/// An invoice.
#[derive(Debug)]
pub struct Invoice {
    id: InvoiceId,
    page: Option<InvoicePage>,
    today: chrono::NaiveDate,
    style: Style,
}

impl Invoice {
    /// The page of this invoice.
    pub fn new(id: InvoiceId) -> Self {
        Self { id, page: None, today: chrono::NaiveDate::MIN, style: Style::default() }
    }
}

impl Record for Invoice {
    type Key = Key;

    const GONE: &'static str = "There is no such invoice in this book.";
    const KEYS: &'static [Command] = &[Command::Main, Command::Print, Command::New];

    fn sections() -> Vec<&'static str> {
        vec!["Lines", "Money"]
    }

    fn columns(&self, section: usize) -> Vec<Column> {
        if section == LINES { draw::line_columns() } else { words::money_columns() }
    }

    fn read(&mut self, desk: &Desk) -> Result<(), Trouble> {
        (self.today, self.style) = (desk.today(), desk::style(desk));
        self.page = desk.read(|db| reads::invoice_page(db, self.id, self.today))?;
        Ok(())
    }

    fn rows(&self, section: usize) -> Vec<Row<Key>> {
        match &self.page {
            Some(page) if section == LINES => draw::lines(page, self.today, self.style),
            Some(page) => draw::money(page, self.style),
            None => Vec::new(),
        }
    }

    fn crumbs(&self) -> Vec<String> {
        let number = self.page.as_ref().map_or_else(|| "?".to_owned(), |page| deeds::number(&page.row));
        vec!["Invoices".to_owned(), number]
    }

    fn crumb_note(&self) -> String {
        "Left/Right: the numbers before and after".to_owned()
    }

    fn menu(&self, _at: Spot<Key>) -> Option<Box<dyn Menu>> {
        self.page.as_ref().map(|page| deed::menu(deeds::DEEDS, ThisInvoice::new(&page.row).at_home()))
    }

    fn open(&self, at: Spot<Key>, _desk: &Desk) -> Reply {
        if let Some(Key::Line(id)) = at.key { Reply::Go(Place::Payment(id)) } else { Reply::Nothing }
    }

    fn can_open(&self, at: Spot<Key>) -> Able {
        match &self.page {
            None => Able::because(Self::GONE),
            Some(_) if at.section == LINES => Able::Yes,
            Some(_) => Able::because("Money has no page of its own: Tab goes back to the lines."),
        }
    }

    /// Where its PDF lies.
    fn hint(&self, _at: Spot<Key>) -> String {
        let Some(page) = &self.page else { return String::new() };
        let year = page.row.invoiced_on.format("%Y");
        let name = paper_folder::safe(&deeds::number(&page.row));
        format!("PDF: invoices/{year}/{name}.pdf beside the book")
    }

    /// When it was sent.
    fn hint_note(&self, _position: String) -> String {
        let Some(page) = &self.page else { return String::new() };
        let sent = page.messages.iter().find(|message| message.kind == "invoice");
        let sent = sent.and_then(|message| message.sent_at).map(|at| self.style.long_date(at.date_naive()));
        sent.map_or_else(|| "not sent from here".to_owned(), |day| format!("sent {day}"))
    }

    fn empty(&self, section: usize) -> &'static str {
        if section == LINES { "This invoice has no lines." } else { "No money yet. F8 takes a payment." }
    }

    fn word(&self, command: Command, at: Spot<Key>) -> Option<&'static str> {
        match command {
            Command::Main => self.menu(at).and_then(|menu| menu.word(command)),
            Command::Print => Some("Open PDF"),
            Command::New => Some("New invoice"),
            _ => None,
        }
    }

    /// The invoice numbered before or after this one.
    fn step(&mut self, forward: bool, desk: &Desk) -> Result<(), Reply> {
        let Some(row) = self.page.as_ref().map(|page| &page.row) else { return Err(Reply::Nothing) };
        let filter = InvoiceFilter { sort: InvoiceSort::Number, ..InvoiceFilter::default() };
        let cursor = row.cursor(InvoiceSort::Number);
        // Newest numbers come first in that order.
        let page = if forward { Page::before(cursor, 1) } else { Page::after(cursor, 1) };
        let found = desk.read(|db| reads::invoices(db, &filter, &page, self.today));
        let end = if forward { "newest" } else { "first" };
        self.id = neighbour(found.map(|slice| slice.rows), || format!("This is the {end} invoice."))?.id;
        Ok(())
    }

    fn draw(&self, canvas: &mut Canvas<'_>, area: Rect, parts: &mut Parts<Key>) {
        self.draw_all(canvas, area, parts);
    }
}
