//! The page of one payment: what it is for, its invoice, its money, what was tried and what was done.

mod draw;

use ratatui::layout::Rect;

use super::deeds;
use super::deeds::ThisPayment;
use crate::domain::format::Style;
use crate::domain::id::PaymentId;
use crate::tui::command::{Able, Command};
use crate::tui::desk::reads::{self, Direction, Page, PaymentFilter, PaymentPage, PaymentSort, PaymentView};
use crate::tui::desk::{self, Desk, Done, Trouble};
use crate::tui::keymap::Context;
use crate::tui::page::deed;
use crate::tui::place::Place;
use crate::tui::reply::{Entry, Input, Reply, Screen};
use crate::tui::things::settling;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::table::{Step, Table};
use crate::tui::words;

/// The parts of the page that can have the cursor.
const SECTIONS: usize = 3;

/// The page of a payment.
pub struct Payment {
    id: PaymentId,
    page: Option<PaymentPage>,
    /// Money, attempts and changes, activity.
    tables: [Table<usize>; SECTIONS],
    section: usize,
    today: chrono::NaiveDate,
    style: Style,
}

impl Payment {
    /// The page of this payment.
    pub fn new(id: PaymentId) -> Self {
        let tables = [words::money_columns(), draw::tried_columns(), draw::done_columns()].map(Table::new);
        Self { id, page: None, tables, section: 0, today: chrono::NaiveDate::MIN, style: Style::default() }
    }

    fn read(&mut self, desk: &Desk) -> Result<(), Trouble> {
        (self.today, self.style) = (desk.today(), desk::style(desk));
        self.page = desk.read(|db| reads::payment_page(db, self.id, self.today))?;
        if let Some(page) = &self.page {
            let zone = desk.shop().map_or(chrono_tz::UTC, |shop| shop.time_zone);
            let rows =
                [draw::money(page, self.style), draw::tried(page, self.style), draw::done(page, zone, self.style)];
            for (table, rows) in self.tables.iter_mut().zip(rows) {
                table.set_rows(rows);
            }
        }
        Ok(())
    }

    /// The payment of the same customer before or after this one.
    fn neighbour(&mut self, direction: Direction, desk: &Desk) -> Reply {
        let Some(row) = self.page.as_ref().map(|page| page.row.clone()) else { return Reply::Nothing };
        let (view, customer) = (PaymentView::All, Some(row.customer_id));
        let filter = PaymentFilter { view, customer, ..PaymentFilter::default() };
        let cursor = row.cursor(PaymentSort::Due);
        let page = match direction {
            Direction::Forward => Page::after(cursor, 1),
            Direction::Backward => Page::before(cursor, 1),
        };
        let found = desk.read(|db| reads::payments(db, &filter, &page, self.today)).map_err(Trouble::from);
        match found.map(|slice| slice.rows.into_iter().next()) {
            Ok(Some(next)) => {
                self.id = next.id;
                self.read(desk).map_or_else(|trouble| Reply::refuse(trouble.sentence()), |()| Reply::Nothing)
            }
            Ok(None) if direction == Direction::Forward => {
                Reply::say(format!("This is the newest payment of {}.", row.customer_name))
            }
            Ok(None) => Reply::say(format!("This is the first payment of {}.", row.customer_name)),
            Err(trouble) => Reply::refuse(trouble.sentence()),
        }
    }

    fn this(&self) -> Option<ThisPayment> {
        self.page.as_ref().map(|page| ThisPayment::new(&page.row).at_home())
    }

    fn command(&mut self, command: Command, desk: &Desk) -> Reply {
        let table = self.tables.get_mut(self.section);
        if table.is_some_and(|table| table.command(command) == Step::Taken) {
            return Reply::Nothing;
        }
        let row = self.page.as_ref().map(|page| &page.row);
        match command {
            Command::Next => self.section = (self.section + 1) % SECTIONS,
            Command::Prev => self.section = (self.section + SECTIONS - 1) % SECTIONS,
            Command::RecordNext => return self.neighbour(Direction::Forward, desk),
            Command::RecordPrev => return self.neighbour(Direction::Backward, desk),
            Command::Open => {
                let invoice = row.and_then(|row| row.invoice_id);
                return invoice.map_or(Reply::Nothing, |id| Reply::Go(Place::Invoice(id)));
            }
            _ => {
                let done = self.this().and_then(|this| deed::run(deeds::DEEDS, command, &this, desk));
                return done.unwrap_or(Reply::Pass);
            }
        }
        Reply::Nothing
    }
}

impl Screen for Payment {
    fn context(&self) -> Context {
        Context::Detail
    }

    fn crumbs(&self) -> Vec<String> {
        let name = self.page.as_ref().map(|page| format!("{}, {}", deeds::number(&page.row), page.row.customer_name));
        vec!["Payments".to_owned(), name.unwrap_or_else(|| "?".to_owned())]
    }

    fn crumb_note(&self) -> String {
        "Left/Right: this customer's others".to_owned()
    }

    fn refresh(&mut self, desk: &Desk) -> Result<(), Trouble> {
        self.read(desk)
    }

    fn can(&self, command: Command) -> Able {
        let Some(page) = &self.page else { return Able::because("There is no such payment in this book.") };
        match command {
            Command::Open => Able::when(page.row.invoice_id.is_some(), "It is not on an invoice yet."),
            Command::Edit | Command::Filter | Command::New => Able::NotHere,
            _ => self.this().and_then(|this| deed::can(deeds::DEEDS, command, &this)).unwrap_or(Able::Yes),
        }
    }

    fn word(&self, command: Command) -> Option<&'static str> {
        match command {
            Command::Main => Some("Mark paid"),
            Command::Print => Some("PDF"),
            Command::Open => Some("Invoice"),
            Command::Next => Some("Section"),
            _ => None,
        }
    }

    fn actions(&self, desk: &Desk) -> Vec<Entry> {
        self.this().map(|this| deed::entries(deeds::DEEDS, this, desk)).unwrap_or_default()
    }

    fn hint(&self) -> (String, String) {
        ("Enter opens the invoice, Tab changes the section, F9 lists what can be done.".to_owned(), String::new())
    }

    fn handle(&mut self, input: Input, desk: &Desk) -> Reply {
        match input {
            Input::Command(command) => self.command(command, desk),
            Input::Typed(_) => Reply::Pass,
            Input::Pasted(_) | Input::Given(_) | Input::Clicked(_) => Reply::Nothing,
        }
    }

    fn done(&mut self, done: &Done, desk: &Desk) -> Reply {
        settling::follow_up(done, desk)
    }

    fn render(&mut self, canvas: &mut Canvas<'_>, area: Rect) {
        self.draw(canvas, area);
    }
}
