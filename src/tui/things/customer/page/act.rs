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
use crate::tui::forms::FormDialog;
use crate::tui::page::record::{Parts, Spot};
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
    pub(super) fn able(&self, command: Command, at: Spot<Key>) -> Able {
        if self.page.is_none() {
            return Able::NotHere;
        }
        match command {
            Command::Edit if Section::at(at.section) == Section::Addresses => {
                Able::when(self.address_row(at).is_some(), "That address is no longer in use. F6 adds one.")
            }
            Command::Edit | Command::New => Able::Yes,
            Command::Open => Able::when(at.key.is_some(), "There is no row under the cursor."),
            Command::Filter if Section::at(at.section) == Section::Payments => Able::Yes,
            Command::Print if self.receipt(at).is_some() => Able::Yes,
            Command::Print if matches!(Section::at(at.section), Section::Payments | Section::Invoices) => {
                let invoice = self.payment(at).and_then(|row| row.invoice_id).or(self.invoice(at).map(|row| row.id));
                Able::when(invoice.is_some(), "This row is not on an invoice yet.")
            }
            Command::Main => match (self.payment(at), self.invoice(at)) {
                (Some(row), _) => payment::deeds::can_pay(row),
                (_, Some(row)) => invoice::deeds::can_pay(row),
                _ => Able::Yes,
            },
            _ => Able::NotHere,
        }
    }

    pub(super) fn command(&self, command: Command, at: Spot<Key>, desk: &Desk) -> Option<Reply> {
        let page = self.page.as_deref()?;
        Some(match command {
            Command::Edit => {
                let own = self.edit_row(page, at, desk);
                own.unwrap_or_else(|| Reply::open(FormDialog::new(CustomerForm::edit(page), desk)))
            }
            Command::New => self.add(page, at, desk),
            Command::Main if Section::at(at.section) == Section::Notes => self.follow_up(at),
            Command::Main => self.take_payment(at, desk),
            Command::Filter => Reply::open(Picker::short(WHICH, "Which payments", self.views())),
            Command::Print => self.print(at, desk),
            Command::Copy => {
                Reply::Copy(if page.row.email.is_empty() { &page.row.name } else { &page.row.email }.clone())
            }
            _ => Reply::Pass,
        })
    }

    /// Opens the row under the cursor.
    pub(super) fn opened(&self, at: Spot<Key>, desk: &Desk) -> Reply {
        match at.key {
            Some(Key::Subscription(id)) => Reply::Go(Place::Subscription(id)),
            Some(Key::Order(id)) => Reply::Go(Place::Order(id)),
            Some(Key::Payment(id)) => Reply::Go(Place::Payment(id)),
            Some(Key::Receipt(_)) => self.this_receipt(at).map_or(Reply::Nothing, |receipt| receipt.show(desk)),
            Some(Key::Invoice(id)) => Reply::Go(Place::Invoice(id)),
            _ => Reply::Nothing,
        }
    }

    /// What F6 makes in this section.
    fn add(&self, page: &CustomerPage, at: Spot<Key>, desk: &Desk) -> Reply {
        match Section::at(at.section) {
            Section::Notes => self.note(page, desk),
            Section::Addresses => care::addresses(page, self.address_row(at)),
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
    fn take_payment(&self, at: Spot<Key>, desk: &Desk) -> Reply {
        let target = match (self.payment(at), self.invoice(at)) {
            (Some(row), _) => Target::Payments(vec![row.id]),
            (_, Some(row)) => Target::Invoices(vec![row.id]),
            _ => Target::Payer(Payer::Customer(self.id)),
        };
        MarkPaid::open(target, desk)
    }

    fn print(&self, at: Spot<Key>, desk: &Desk) -> Reply {
        match (self.payment(at), self.invoice(at)) {
            (Some(row), _) => payment::deeds::pdf(row, desk),
            (_, Some(row)) => invoice::deeds::pdf(row.id, Copy::Current, desk),
            _ => self.this_receipt(at).map_or(Reply::Nothing, |receipt| receipt.pdf(desk)),
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
    pub(super) fn this(&self, at: Spot<Key>) -> Option<AtHome> {
        let method = if let Some(Key::Method(id)) = at.key { Some(id) } else { None };
        let address = self.address_row(at).cloned();
        Some(AtHome { page: self.page.clone()?, method, receipt: self.this_receipt(at), address })
    }

    pub(super) fn answered(&mut self, answer: &Answer, parts: &mut Parts<Key>, desk: &Desk) -> Reply {
        if let Some(reply) = statement::given(answer, Payer::Customer(self.id), desk) {
            return reply;
        }
        if answer.asked != WHICH {
            return Reply::Nothing;
        }
        self.show_receipts(answer.key == RECEIPTS, parts);
        let view = VIEWS.iter().find(|(_, known, _)| *known == answer.key);
        self.payments_shown = view.map_or(PaymentView::All, |(view, ..)| *view);
        Reply::Nothing
    }
}
