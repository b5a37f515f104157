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
use crate::tui::keymap::Context;
use crate::tui::page::deed;
use crate::tui::reply::{Entry, Input, Reply, Screen};
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::hits::Target;
use crate::tui::widgets::sections::Sections;
use crate::tui::widgets::table::{Step, Table};
use sections::{Key, SECTIONS, Section};

/// The page.
#[derive(Debug)]
pub struct Customer {
    id: CustomerId,
    page: Option<Box<CustomerPage>>,
    sections: Sections,
    /// One table a section, in their order.
    tables: Vec<Table<Key>>,
    /// Which payments are shown (F4).
    payments_shown: PaymentView,
    payments: Vec<PaymentRow>,
    /// Whether the section of the payments shows receipts (F4).
    receipts_shown: bool,
    receipts: Vec<ReceiptRow>,
    invoices: Vec<InvoiceRow>,
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
        let names: Vec<&'static str> = SECTIONS.iter().map(|section| section.title()).collect();
        Self {
            id,
            page: None,
            sections: Sections::new(&names),
            tables: SECTIONS.iter().map(|section| Table::new(rows::columns(*section))).collect(),
            payments_shown: PaymentView::All,
            payments: Vec::new(),
            receipts_shown: false,
            receipts: Vec::new(),
            invoices: Vec::new(),
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

    fn section(&self) -> Section {
        SECTIONS.get(self.sections.active()).copied().unwrap_or(Section::Overview)
    }

    fn table(&self) -> Option<&Table<Key>> {
        self.tables.get(self.sections.active())
    }

    fn key(&self) -> Option<Key> {
        self.table().and_then(Table::key)
    }

    /// The payment under the cursor.
    fn payment(&self) -> Option<&PaymentRow> {
        let Some(Key::Payment(id)) = self.key() else { return None };
        self.payments.iter().find(|row| row.id == id)
    }

    /// The invoice under the cursor.
    fn invoice(&self) -> Option<&InvoiceRow> {
        let Some(Key::Invoice(id)) = self.key() else { return None };
        self.invoices.iter().find(|row| row.id == id)
    }

    /// Reads the open section.
    fn load(&mut self, desk: &Desk) -> Result<(), Trouble> {
        if self.is_paged() {
            return self.load_paged(desk);
        }
        let rows = self.read_section(desk)?;
        let number = self.sections.active();
        if self.section() != Section::Overview {
            self.sections.set_count(number, rows.len());
        }
        if let Some(table) = self.tables.get_mut(number) {
            table.reload();
            if let Some(want) = table.wanted() {
                table.load(&want, rows, false);
            }
        }
        Ok(())
    }

    fn loaded(&mut self, desk: &Desk) -> Reply {
        match self.load(desk) {
            Ok(()) => Reply::Nothing,
            Err(trouble) => Reply::refuse(trouble.sentence()),
        }
    }

    fn filled(&mut self, desk: &Desk) -> Reply {
        match self.fill(desk) {
            Ok(()) => Reply::Nothing,
            Err(trouble) => Reply::refuse(trouble.sentence()),
        }
    }

    /// Shows the customer before or after this one, in the order of the list it was found in.
    fn step(&mut self, forward: bool, desk: &Desk) -> Reply {
        let Some(page) = &self.page else { return Reply::Nothing };
        let place = page.row.cursor(self.list.sort);
        let wanted = if forward { Page::after(place, 1) } else { Page::before(place, 1) };
        let found = desk.read(|db| customers(db, &self.list, &wanted, self.today).map_err(DeskError::from));
        match found.map(|slice| slice.rows.into_iter().next()) {
            Ok(Some(row)) => {
                let section = self.sections.active();
                *self = Self::new(row.id).among(std::mem::take(&mut self.list));
                self.sections.choose(section);
                match self.refresh(desk) {
                    Ok(()) => Reply::Nothing,
                    Err(trouble) => Reply::refuse(trouble.sentence()),
                }
            }
            Ok(None) => {
                let end = if forward { "last" } else { "first" };
                let of = if self.list == CustomerFilter::default() { "by name" } else { "of that list" };
                Reply::say(format!("This is the {end} customer {of}."))
            }
            Err(error) => Reply::refuse(Trouble::from(error).sentence()),
        }
    }
}

impl Screen for Customer {
    fn context(&self) -> Context {
        Context::Detail
    }

    fn crumbs(&self) -> Vec<String> {
        let name = self.page.as_ref().map(|page| page.row.name.clone()).unwrap_or_default();
        vec!["Customers".to_owned(), name]
    }

    fn crumb_note(&self) -> String {
        "Left/Right: others".to_owned()
    }

    fn refresh(&mut self, desk: &Desk) -> Result<(), Trouble> {
        (self.style, self.today) = (desk.shop()?.style, desk.today());
        let (id, today) = (self.id, self.today);
        self.page = desk.read(|db| customer_page(db, id, today).map_err(DeskError::from))?.map(Box::new);
        if let Some(page) = &self.page {
            // A merged customer reads as the one it was merged into.
            self.id = page.row.id;
            self.load(desk)?;
        }
        Ok(())
    }

    fn can(&self, command: Command) -> Able {
        self.able(command)
    }

    fn word(&self, command: Command) -> Option<&'static str> {
        match (command, self.section()) {
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
            (Command::Next, _) => Some("Section"),
            _ => None,
        }
    }

    fn actions(&self, desk: &Desk) -> Vec<Entry> {
        self.this().map(|this| deed::entries(home::DEEDS, this, desk)).unwrap_or_default()
    }

    fn hint(&self) -> (String, String) {
        let left = match (&self.page, self.section()) {
            (None, _) => "There is no such customer in this book. Esc goes back.".to_owned(),
            (Some(page), Section::Overview) => head::billing(page),
            (Some(_), Section::Payments) if self.receipts_shown => {
                "Enter shows what it paid; F9 refunds its credit; F4: payments.".to_owned()
            }
            (Some(_), Section::Payments) => "Enter opens the payment; F4 chooses which are shown.".to_owned(),
            _ => "Tab shows the next section, Enter opens the row.".to_owned(),
        };
        (left, self.table().map(Table::position_text).unwrap_or_default())
    }

    fn handle(&mut self, input: Input, desk: &Desk) -> Reply {
        let command = match input {
            Input::Command(command) => command,
            Input::Given(answer) => return self.given(&answer, desk),
            Input::Clicked(Target::Chip(section)) => {
                self.sections.choose(section);
                return self.loaded(desk);
            }
            Input::Clicked(target) => {
                let section = self.sections.active();
                let again = self.tables.get_mut(section).and_then(|table| table.clicked(target));
                return if again == Some(true) { self.open(desk) } else { self.filled(desk) };
            }
            Input::Typed(_) | Input::Pasted(_) => return Reply::Pass,
        };
        if self.sections.command(command) {
            return self.loaded(desk);
        }
        let section = self.sections.active();
        if self.tables.get_mut(section).map(|table| table.command(command)) == Some(Step::Taken) {
            return self.filled(desk);
        }
        self.command(command, desk)
    }

    fn render(&mut self, canvas: &mut Canvas<'_>, area: Rect) {
        self.draw(canvas, area);
    }
}
