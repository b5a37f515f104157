//! The page of one payment: what it is for, its invoice, its money, what was tried and what was done.

mod draw;

use chrono_tz::Tz;
use ratatui::layout::Rect;

use super::deeds;
use super::deeds::ThisPayment;
use crate::domain::format::Style;
use crate::domain::id::PaymentId;
use crate::tui::command::{Able, Command};
use crate::tui::desk::reads::{self, Page, PaymentFilter, PaymentPage, PaymentSort, PaymentView};
use crate::tui::desk::{self, Desk, Done, Trouble};
use crate::tui::page::deed::{self, Menu};
use crate::tui::page::record::{Parts, Record, Spot, neighbour};
use crate::tui::place::Place;
use crate::tui::reply::Reply;
use crate::tui::things::settling;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::table::{Column, Row};
use crate::tui::words;

/// A payment.
#[derive(Debug)]
pub struct Payment {
    id: PaymentId,
    page: Option<PaymentPage>,
    zone: Tz,
    today: chrono::NaiveDate,
    style: Style,
}

impl Payment {
    /// The page of this payment.
    pub fn new(id: PaymentId) -> Self {
        Self { id, page: None, zone: Tz::UTC, today: chrono::NaiveDate::MIN, style: Style::default() }
    }
}

impl Record for Payment {
    /// Rows are known by their place.
    type Key = usize;

    const GONE: &'static str = "There is no such payment in this book.";
    const KEYS: &'static [Command] = &[Command::Main, Command::Print];

    fn sections() -> Vec<&'static str> {
        vec!["Money", "Attempts and changes", "Done"]
    }

    fn columns(&self, section: usize) -> Vec<Column> {
        match section {
            0 => words::money_columns(),
            1 => draw::tried_columns(),
            _ => draw::done_columns(),
        }
    }

    fn read(&mut self, desk: &Desk) -> Result<(), Trouble> {
        (self.today, self.style) = (desk.today(), desk::style(desk));
        self.zone = desk.shop().map_or(Tz::UTC, |shop| shop.time_zone);
        self.page = desk.read(|db| reads::payment_page(db, self.id, self.today))?;
        Ok(())
    }

    fn rows(&self, section: usize) -> Vec<Row<usize>> {
        let Some(page) = &self.page else { return Vec::new() };
        match section {
            0 => draw::money(page, self.style),
            1 => draw::tried(page, self.style),
            _ => draw::done(page, self.zone, self.style),
        }
    }

    fn crumbs(&self) -> Vec<String> {
        let name = self.page.as_ref().map(|page| format!("{}, {}", deeds::number(&page.row), page.row.customer_name));
        vec!["Payments".to_owned(), name.unwrap_or_else(|| "?".to_owned())]
    }

    fn crumb_note(&self) -> String {
        "Left/Right: this customer's others".to_owned()
    }

    fn menu(&self, _at: Spot<usize>) -> Option<Box<dyn Menu>> {
        self.page.as_ref().map(|page| deed::menu(deeds::DEEDS, ThisPayment::new(&page.row).at_home()))
    }

    fn open(&self, _at: Spot<usize>, _desk: &Desk) -> Reply {
        let invoice = self.page.as_ref().and_then(|page| page.row.invoice_id);
        invoice.map_or(Reply::Nothing, |id| Reply::Go(Place::Invoice(id)))
    }

    fn can_open(&self, _at: Spot<usize>) -> Able {
        match &self.page {
            Some(page) => Able::when(page.row.invoice_id.is_some(), "It is not on an invoice yet."),
            None => Able::because(Self::GONE),
        }
    }

    fn hint(&self, _at: Spot<usize>) -> String {
        "Enter opens the invoice, Tab changes the section, F9 lists what can be done.".to_owned()
    }

    fn hint_note(&self, _position: String) -> String {
        String::new()
    }

    fn empty(&self, section: usize) -> &'static str {
        match section {
            0 => "No money yet. F8 marks it as paid.",
            1 => "Nothing was tried or changed by hand.",
            _ => "Nobody did anything about it yet.",
        }
    }

    fn word(&self, command: Command, _at: Spot<usize>) -> Option<&'static str> {
        match command {
            Command::Main => Some("Mark paid"),
            Command::Print => Some("PDF"),
            Command::Open => Some("Invoice"),
            _ => None,
        }
    }

    /// The payment of the same customer before or after this one.
    fn step(&mut self, forward: bool, desk: &Desk) -> Result<(), Reply> {
        let Some(row) = self.page.as_ref().map(|page| &page.row) else { return Err(Reply::Nothing) };
        let (view, customer) = (PaymentView::All, Some(row.customer_id));
        let filter = PaymentFilter { view, customer, ..PaymentFilter::default() };
        let cursor = row.cursor(PaymentSort::Due);
        let page = if forward { Page::after(cursor, 1) } else { Page::before(cursor, 1) };
        let found = desk.read(|db| reads::payments(db, &filter, &page, self.today));
        let end = if forward { "newest" } else { "first" };
        let said = || format!("This is the {end} payment of {}.", row.customer_name);
        self.id = neighbour(found.map(|slice| slice.rows), said)?.id;
        Ok(())
    }

    fn done(&mut self, done: &Done, desk: &Desk) -> Reply {
        settling::follow_up(done, desk)
    }

    fn draw(&self, canvas: &mut Canvas<'_>, area: Rect, parts: &mut Parts<usize>) {
        self.draw_all(canvas, area, parts);
    }
}
