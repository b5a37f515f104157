//! What can be done on the page.

use super::super::care;
use super::super::form::CustomerForm;
use super::super::home::AtHome;
use super::super::note::NoteForm;
use super::super::pay_method::PayMethod;
use super::Customer;
use super::sections::{Key, Section};
use crate::services::papers::Copy;
use crate::services::reads::{CustomerPage, PaymentView};
use crate::tui::command::{Able, Command};
use crate::tui::desk::{Desk, Payer, Target};
use crate::tui::dialogs::picker::Picker;
use crate::tui::dialogs::text::Text;
use crate::tui::forms::FormDialog;
use crate::tui::place::Place;
use crate::tui::reply::{Answer, Entry, Reply};
use crate::tui::things::settling::mark_paid::MarkPaid;
use crate::tui::things::{invoice, payment, statement};

/// Under this name the payments to show come back.
const WHICH: &str = "which payments";

/// What shows receipts among them.
const RECEIPTS: &str = "receipts";

/// The payments one can choose to see.
const VIEWS: [(PaymentView, &str, &str); 6] = [
    (PaymentView::All, "all", "All payments"),
    (PaymentView::Open, "open", "Open"),
    (PaymentView::Overdue, "overdue", "Overdue"),
    (PaymentView::Failed, "failed", "Failed"),
    (PaymentView::Processing, "processing", "Processing"),
    (PaymentView::Paid, "paid", "Paid"),
];

impl Customer {
    pub(super) fn able(&self, command: Command) -> Able {
        if self.page.is_none() {
            return Able::NotHere;
        }
        match command {
            Command::Edit if self.section() == Section::Addresses => {
                Able::when(self.address_row().is_some(), "That address is no longer in use. F6 adds one.")
            }
            Command::Edit | Command::New => Able::Yes,
            Command::Open => Able::when(self.key().is_some(), "There is no row under the cursor."),
            Command::Filter if self.section() == Section::Payments => Able::Yes,
            Command::Print if self.receipt().is_some() => Able::Yes,
            Command::Print if matches!(self.section(), Section::Payments | Section::Invoices) => {
                let invoice = self.payment().and_then(|row| row.invoice_id).or(self.invoice().map(|row| row.id));
                Able::when(invoice.is_some(), "This row is not on an invoice yet.")
            }
            Command::Main => match (self.payment(), self.invoice()) {
                (Some(row), _) => payment::deeds::can_pay(row),
                (_, Some(row)) => invoice::deeds::can_pay(row),
                _ => Able::Yes,
            },
            _ => Able::NotHere,
        }
    }

    pub(super) fn command(&mut self, command: Command, desk: &Desk) -> Reply {
        let Some(page) = self.page.as_deref() else { return Reply::Pass };
        match command {
            Command::Open => self.open(desk),
            Command::Edit => {
                let own = self.edit_row(page, desk);
                own.unwrap_or_else(|| Reply::open(FormDialog::new(CustomerForm::edit(page), desk)))
            }
            Command::New => self.add(page, desk),
            Command::Main if self.section() == Section::Notes => self.follow_up(),
            Command::Main => self.take_payment(desk),
            Command::Filter => Reply::open(Picker::short(WHICH, "Which payments", self.views())),
            Command::Print => self.print(desk),
            Command::RecordNext => self.step(true, desk),
            Command::RecordPrev => self.step(false, desk),
            Command::Copy => {
                Reply::Copy(if page.row.email.is_empty() { &page.row.name } else { &page.row.email }.clone())
            }
            _ => Reply::Pass,
        }
    }

    /// Opens the row under the cursor.
    pub(super) fn open(&self, desk: &Desk) -> Reply {
        match self.key() {
            Some(Key::Subscription(id)) => Reply::Go(Place::Subscription(id)),
            Some(Key::Order(id)) => Reply::Go(Place::Order(id)),
            Some(Key::Payment(id)) => Reply::Go(Place::Payment(id)),
            Some(Key::Receipt(_)) => self.this_receipt().map_or(Reply::Nothing, |receipt| receipt.show(desk)),
            Some(Key::Invoice(id)) => Reply::Go(Place::Invoice(id)),
            Some(Key::Note(_) | Key::Address(_) | Key::Preference(_) | Key::Activity(_) | Key::Method(_)) => {
                self.show()
            }
            None => Reply::Nothing,
        }
    }

    /// Shows a row whose text is longer than its line.
    fn show(&self) -> Reply {
        let cells = self.table().and_then(|table| table.row()).map(|row| &row.cells);
        let text = cells.map(|cells| cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join("\n"));
        text.map_or(Reply::Nothing, |text| Reply::open(Text::new(self.section().title(), text)))
    }

    /// What F6 makes in this section.
    fn add(&self, page: &CustomerPage, desk: &Desk) -> Reply {
        match self.section() {
            Section::Notes => self.note(page, desk),
            Section::Addresses => care::addresses(page, self.address_row()),
            Section::Preferences => self.prefer(page, desk),
            Section::Methods => self.method(page, desk),
            _ => Reply::Go(Place::NewOrder(Some(self.id))),
        }
    }

    fn note(&self, page: &CustomerPage, desk: &Desk) -> Reply {
        Reply::open(FormDialog::new(NoteForm::new(self.id, &page.row.name), desk))
    }

    fn method(&self, page: &CustomerPage, desk: &Desk) -> Reply {
        Reply::open(FormDialog::new(PayMethod::new(self.id, &page.row.name), desk))
    }

    /// Money for the row under the cursor, or for all this customer owes.
    fn take_payment(&self, desk: &Desk) -> Reply {
        let target = match (self.payment(), self.invoice()) {
            (Some(row), _) => Target::Payments(vec![row.id]),
            (_, Some(row)) => Target::Invoices(vec![row.id]),
            _ => Target::Payer(Payer::Customer(self.id)),
        };
        MarkPaid::open(target, desk)
    }

    fn print(&self, desk: &Desk) -> Reply {
        match (self.payment(), self.invoice()) {
            (Some(row), _) => payment::deeds::pdf(row, desk),
            (_, Some(row)) => invoice::deeds::pdf(row.id, Copy::Current, desk),
            _ => self.this_receipt().map_or(Reply::Nothing, |receipt| receipt.pdf(desk)),
        }
    }

    fn views(&self) -> Vec<Entry> {
        let entry = |(view, code, word): (PaymentView, &str, &str)| {
            let now = view == self.payments_shown && !self.receipts_shown;
            Entry::new(code, word).note(if now { "shown now" } else { "" })
        };
        let receipts = Entry::new(RECEIPTS, "Receipts").note(if self.receipts_shown { "shown now" } else { "" });
        VIEWS.into_iter().map(entry).chain([receipts]).collect()
    }

    /// What F9 works on: the customer, and the row under the cursor.
    pub(super) fn this(&self) -> Option<AtHome> {
        let method = if let Some(Key::Method(id)) = self.key() { Some(id) } else { None };
        let address = self.address_row().cloned();
        Some(AtHome { page: self.page.clone()?, method, receipt: self.this_receipt(), address })
    }

    pub(super) fn given(&mut self, answer: &Answer, desk: &Desk) -> Reply {
        if let Some(reply) = statement::given(answer, Payer::Customer(self.id), desk) {
            return reply;
        }
        if answer.asked != WHICH {
            return Reply::Nothing;
        }
        self.show_receipts(answer.key == RECEIPTS);
        let view = VIEWS.iter().find(|(_, known, _)| *known == answer.key);
        self.payments_shown = view.map_or(PaymentView::All, |(view, ..)| *view);
        self.loaded(desk)
    }
}
