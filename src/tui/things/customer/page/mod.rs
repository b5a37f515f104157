//! One customer: what it is worth and owes, and everything that hangs on it, section by section.

mod act;
mod care;
mod draw;
mod head;
mod paged;
mod reading;
mod receipts;
mod rows;
mod sections;

use chrono::NaiveDate;
use ratatui::layout::Rect;

use super::home;
use crate::domain::format::Style;
use crate::domain::id::CustomerId;
use crate::services::DeskError;
use crate::services::reads::{
    AddressRow, CustomerFilter, CustomerPage, InvoiceRow, NoteRow, Page, PaymentRow, PaymentView, ReceiptRow,
    customer_page, customers,
};
use crate::tui::command::{Able, Command};
use crate::tui::desk::{Desk, Trouble};
use crate::tui::page::deed::{self, Menu};
use crate::tui::page::record::{Parts, Record, Spot, neighbour};
use crate::tui::reply::{Answer, Reply};
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::table::{Column, Row, Want};
use sections::{Key, SECTIONS, Section};

/// A customer.
#[derive(Debug)]
pub struct Customer {
    id: CustomerId,
    page: Option<Box<CustomerPage>>,
    /// Which payments are shown (F4).
    payments_shown: PaymentView,
    payments: Vec<PaymentRow>,
    /// Whether the section of the payments shows receipts (F4).
    receipts_shown: bool,
    receipts: Vec<ReceiptRow>,
    invoices: Vec<InvoiceRow>,
    /// How many payments or invoices there are in all, in the section that is open.
    paged: Option<usize>,
    addresses: Vec<AddressRow>,
    notes: Vec<NoteRow>,
    /// The list it was found in: Left and Right go through it.
    list: CustomerFilter,
    /// The next payments and the last one, for the overview.
    around: Vec<PaymentRow>,
    style: Style,
    today: NaiveDate,
}

impl Customer {
    /// The page of this customer.
    pub fn new(id: CustomerId) -> Self {
        Self {
            id,
            page: None,
            payments_shown: PaymentView::All,
            payments: Vec::new(),
            receipts_shown: false,
            receipts: Vec::new(),
            invoices: Vec::new(),
            paged: None,
            addresses: Vec::new(),
            notes: Vec::new(),
            list: CustomerFilter::default(),
            around: Vec::new(),
            style: Style::default(),
            today: NaiveDate::default(),
        }
    }

    /// Found in this list: Left and Right go through it.
    pub fn among(self, list: CustomerFilter) -> Self {
        Self { list, ..self }
    }

    /// The payment under the cursor.
    fn payment(&self, at: Spot<Key>) -> Option<&PaymentRow> {
        let Some(Key::Payment(id)) = at.key else { return None };
        self.payments.iter().find(|row| row.id == id)
    }

    /// The invoice under the cursor.
    fn invoice(&self, at: Spot<Key>) -> Option<&InvoiceRow> {
        let Some(Key::Invoice(id)) = at.key else { return None };
        self.invoices.iter().find(|row| row.id == id)
    }
}

impl Record for Customer {
    type Key = Key;

    const GONE: &'static str = "There is no such customer in this book.";
    /// It says itself what its keys do in each section.
    const KEYS: &'static [Command] = &[];
    const LAZY: bool = true;

    fn sections() -> Vec<&'static str> {
        SECTIONS.iter().map(|section| section.title()).collect()
    }

    fn columns(&self, section: usize) -> Vec<Column> {
        match Section::at(section) {
            Section::Payments if self.receipts_shown => rows::receipt_columns(),
            section => rows::columns(section),
        }
    }

    fn read(&mut self, desk: &Desk) -> Result<(), Trouble> {
        (self.style, self.today) = (desk.shop()?.style, desk.today());
        let (id, today) = (self.id, self.today);
        self.page = desk.read(|db| customer_page(db, id, today).map_err(DeskError::from))?.map(Box::new);
        // A merged customer reads as the one it was merged into.
        self.id = self.page.as_ref().map_or(id, |page| page.row.id);
        Ok(())
    }

    fn load(&mut self, section: usize, want: &Want<Key>, desk: &Desk) -> Result<(Vec<Row<Key>>, bool), Trouble> {
        match Section::at(section) {
            _ if self.page.is_none() => Ok((Vec::new(), false)),
            Section::Payments if !self.receipts_shown => self.more_payments(want, desk),
            Section::Invoices => self.more_invoices(want, desk),
            section => {
                self.paged = None;
                Ok((self.read_section(section, desk)?, false))
            }
        }
    }

    fn count(&self, section: usize, rows: usize) -> Option<usize> {
        (Section::at(section) != Section::Overview && self.page.is_some()).then_some(rows)
    }

    fn total(&self, _section: usize) -> Option<usize> {
        self.paged
    }

    fn crumbs(&self) -> Vec<String> {
        let name = self.page.as_ref().map(|page| page.row.name.clone()).unwrap_or_default();
        vec!["Customers".to_owned(), name]
    }

    fn crumb_note(&self) -> String {
        "Left/Right: others".to_owned()
    }

    fn menu(&self, at: Spot<Key>) -> Option<Box<dyn Menu>> {
        self.this(at).map(|this| deed::menu(home::DEEDS, this))
    }

    fn open(&self, at: Spot<Key>, desk: &Desk) -> Reply {
        self.opened(at, desk)
    }

    fn whole(&self, at: Spot<Key>) -> Option<&'static str> {
        let long =
            matches!(at.key?, Key::Note(_) | Key::Address(_) | Key::Preference(_) | Key::Activity(_) | Key::Method(_));
        long.then(|| Section::at(at.section).title())
    }

    fn can(&self, command: Command, at: Spot<Key>) -> Option<Able> {
        Some(self.able(command, at))
    }

    fn run(&self, command: Command, at: Spot<Key>, desk: &Desk) -> Option<Reply> {
        self.command(command, at, desk)
    }

    fn word(&self, command: Command, at: Spot<Key>) -> Option<&'static str> {
        match (command, Section::at(at.section)) {
            (Command::Main, Section::Payments) if !self.receipts_shown => Some("Mark paid"),
            (Command::Main, Section::Notes) => Some("Done"),
            (Command::Edit, Section::Addresses) => Some("Edit address"),
            (Command::Edit, Section::Preferences) => Some("Change"),
            (Command::Main, _) => Some("Take payment"),
            (Command::New, Section::Notes) => Some("New note"),
            (Command::New, Section::Methods) => Some("New method"),
            (Command::New, Section::Addresses) => Some("Address"),
            (Command::New, _) => Some("New order"),
            (Command::Print, _) => Some("PDF"),
            (Command::Filter, _) => Some("Which"),
            _ => None,
        }
    }

    fn hint(&self, at: Spot<Key>) -> String {
        match (&self.page, Section::at(at.section)) {
            (None, _) => "There is no such customer in this book. Esc goes back.",
            (Some(page), Section::Overview) => return head::billing(page),
            (Some(_), Section::Payments) if self.receipts_shown => {
                "Enter shows what it paid; F9 refunds its credit; F4: payments."
            }
            (Some(_), Section::Payments) => "Enter opens the payment; F4 chooses which are shown.",
            _ => "Tab shows the next section, Enter opens the row.",
        }
        .to_owned()
    }

    fn empty(&self, section: usize) -> &'static str {
        match Section::at(section) {
            Section::Payments if self.receipts_shown => "No money came from this customer yet. F8 takes a payment.",
            section => section.empty(),
        }
    }

    /// The customer before or after this one, in the order of the list it was found in.
    fn step(&mut self, forward: bool, desk: &Desk) -> Result<(), Reply> {
        let Some(page) = &self.page else { return Err(Reply::Nothing) };
        let place = page.row.cursor(self.list.sort);
        let wanted = if forward { Page::after(place, 1) } else { Page::before(place, 1) };
        let found = desk.read(|db| customers(db, &self.list, &wanted, self.today).map_err(DeskError::from));
        let end = if forward { "last" } else { "first" };
        let of = if self.list == CustomerFilter::default() { "by name" } else { "of that list" };
        let next = neighbour(found.map(|slice| slice.rows), || format!("This is the {end} customer {of}."))?;
        *self = Self::new(next.id).among(std::mem::take(&mut self.list));
        Ok(())
    }

    fn given(&mut self, answer: &Answer, parts: &mut Parts<Key>, desk: &Desk) -> Reply {
        self.answered(answer, parts, desk)
    }

    fn draw(&self, canvas: &mut Canvas<'_>, area: Rect, parts: &mut Parts<Key>) {
        self.draw_all(canvas, area, parts);
    }
}
