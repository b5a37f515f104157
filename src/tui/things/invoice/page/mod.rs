//! The page of one invoice: its lines and tax, and the statement of all money with what was open after each.

mod draw;

use ratatui::layout::Rect;

use super::deeds;
use super::deeds::ThisInvoice;
use crate::domain::format::Style;
use crate::domain::id::{InvoiceId, PaymentId};
use crate::tui::command::{Able, Command};
use crate::tui::desk::reads::{self, Direction, InvoiceFilter, InvoicePage, InvoiceSort, Page};
use crate::tui::desk::{self, Desk, Trouble};
use crate::tui::keymap::Context;
use crate::tui::page::deed;
use crate::tui::place::Place;
use crate::tui::reply::{Entry, Input, Reply, Screen};
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::table::{Step, Table};
use crate::tui::words;

/// The part of the page that has the cursor.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Section {
    Lines,
    Money,
}

/// The page of an invoice.
pub struct Invoice {
    id: InvoiceId,
    page: Option<InvoicePage>,
    lines: Table<PaymentId>,
    money: Table<usize>,
    section: Section,
    today: chrono::NaiveDate,
    style: Style,
}

impl Invoice {
    /// The page of this invoice.
    pub fn new(id: InvoiceId) -> Self {
        let (lines, money) = (Table::new(draw::line_columns()), Table::new(words::money_columns()));
        let today = chrono::NaiveDate::MIN;
        Self { id, page: None, lines, money, section: Section::Lines, today, style: Style::default() }
    }

    fn read(&mut self, desk: &Desk) -> Result<(), Trouble> {
        (self.today, self.style) = (desk.today(), desk::style(desk));
        self.page = desk.read(|db| reads::invoice_page(db, self.id, self.today))?;
        if let Some(page) = &self.page {
            self.lines.set_rows(draw::lines(page, self.today, self.style));
            self.money.set_rows(draw::money(page, self.style));
        }
        Ok(())
    }

    fn this(&self) -> Option<ThisInvoice> {
        self.page.as_ref().map(|page| ThisInvoice::new(&page.row).at_home())
    }

    /// The invoice numbered before or after this one.
    fn neighbour(&mut self, direction: Direction, desk: &Desk) -> Reply {
        let Some(row) = self.page.as_ref().map(|page| page.row.clone()) else { return Reply::Nothing };
        let filter = InvoiceFilter { sort: InvoiceSort::Number, ..InvoiceFilter::default() };
        let cursor = row.cursor(InvoiceSort::Number);
        // Newest numbers come first in that order.
        let page = match direction {
            Direction::Forward => Page::before(cursor, 1),
            Direction::Backward => Page::after(cursor, 1),
        };
        let found = desk.read(|db| reads::invoices(db, &filter, &page, self.today));
        let next = found.map(|slice| slice.rows.into_iter().next()).map_err(Trouble::from);
        match next {
            Ok(Some(next)) => {
                self.id = next.id;
                self.read(desk).map_or_else(|trouble| Reply::refuse(trouble.sentence()), |()| Reply::Nothing)
            }
            Ok(None) if direction == Direction::Forward => Reply::say("This is the newest invoice."),
            Ok(None) => Reply::say("This is the first invoice."),
            Err(trouble) => Reply::refuse(trouble.sentence()),
        }
    }

    fn command(&mut self, command: Command, desk: &Desk) -> Reply {
        let step = match self.section {
            Section::Lines => self.lines.command(command),
            Section::Money => self.money.command(command),
        };
        if step == Step::Taken {
            return Reply::Nothing;
        }
        match command {
            Command::Next | Command::Prev => {
                self.section = if self.section == Section::Lines { Section::Money } else { Section::Lines };
                Reply::Nothing
            }
            Command::RecordNext => self.neighbour(Direction::Forward, desk),
            Command::RecordPrev => self.neighbour(Direction::Backward, desk),
            Command::Open => self.lines.key().map_or(Reply::Nothing, |id| Reply::Go(Place::Payment(id))),
            _ => self.this().and_then(|this| deed::run(deeds::DEEDS, command, &this, desk)).unwrap_or(Reply::Pass),
        }
    }
}

impl Screen for Invoice {
    fn context(&self) -> Context {
        Context::Detail
    }

    fn crumbs(&self) -> Vec<String> {
        let number = self.page.as_ref().map_or_else(|| "?".to_owned(), |page| deeds::number(&page.row));
        vec!["Invoices".to_owned(), number]
    }

    fn crumb_note(&self) -> String {
        "Left/Right: the numbers before and after".to_owned()
    }

    fn refresh(&mut self, desk: &Desk) -> Result<(), Trouble> {
        self.read(desk)
    }

    fn can(&self, command: Command) -> Able {
        let Some(this) = self.this() else { return Able::because("There is no such invoice in this book.") };
        match command {
            Command::Open if self.section == Section::Money => {
                Able::because("Money has no page of its own: Tab goes back to the lines.")
            }
            Command::Open => Able::Yes,
            Command::Edit | Command::Filter => Able::NotHere,
            _ => deed::can(deeds::DEEDS, command, &this).unwrap_or(Able::Yes),
        }
    }

    fn word(&self, command: Command) -> Option<&'static str> {
        match command {
            Command::Main => self.this().and_then(|this| deed::word(deeds::DEEDS, command, &this)),
            Command::Print => Some("Open PDF"),
            Command::Next => Some("Section"),
            Command::New => Some("New invoice"),
            _ => None,
        }
    }

    fn actions(&self, desk: &Desk) -> Vec<Entry> {
        self.this().map(|this| deed::entries(deeds::DEEDS, this, desk)).unwrap_or_default()
    }

    fn hint(&self) -> (String, String) {
        let Some(page) = &self.page else { return (String::new(), String::new()) };
        let sent = page.messages.iter().find(|message| message.kind == "invoice");
        let sent = sent.and_then(|message| message.sent_at).map(|at| self.style.long_date(at.date_naive()));
        let year = page.row.invoiced_on.format("%Y");
        let name = crate::adapters::paper_folder::safe(&deeds::number(&page.row));
        let sent = sent.map_or_else(|| "not sent from here".to_owned(), |day| format!("sent {day}"));
        (format!("PDF: invoices/{year}/{name}.pdf beside the book"), sent)
    }

    fn handle(&mut self, input: Input, desk: &Desk) -> Reply {
        match input {
            Input::Command(command) => self.command(command, desk),
            Input::Clicked(target) => match (self.section, self.lines.clicked(target)) {
                (Section::Lines, Some(true)) => self.command(Command::Open, desk),
                _ => Reply::Nothing,
            },
            Input::Typed(_) => Reply::Pass,
            Input::Pasted(_) | Input::Given(_) => Reply::Nothing,
        }
    }

    fn render(&mut self, canvas: &mut Canvas<'_>, area: Rect) {
        self.draw(canvas, area);
    }
}
