//! What can be done on the page.

use super::super::form::CustomerForm;
use super::super::note::NoteForm;
use super::super::pay_method::PayMethod;
use super::Customer;
use super::sections::{Key, Section};
use crate::services::papers::Copy;
use crate::services::reads::{CustomerPage, PaymentView};
use crate::tui::command::{Able, Command};
use crate::tui::desk::{Action, Desk, Payer, Target};
use crate::tui::dialogs::picker::Picker;
use crate::tui::dialogs::text::Text;
use crate::tui::forms::{FormDialog, lookups};
use crate::tui::place::Place;
use crate::tui::reply::{ACTIONS, Answer, Entry, Question, Reply};
use crate::tui::things::invoice::new_invoice::NewInvoice;
use crate::tui::things::settling;
use crate::tui::things::settling::mark_paid::MarkPaid;
use crate::tui::things::settling::use_credit::UseCredit;

/// Under this name the group to join comes back.
const JOIN: &str = "join group";
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
                Able::when(self.address_row().is_some(), "That address holds no longer: it is history. F6 adds one.")
            }
            Command::Edit | Command::New => Able::Yes,
            Command::Open => Able::when(self.key().is_some(), "There is no row under the cursor."),
            Command::Filter if self.section() == Section::Payments => Able::Yes,
            Command::Print if self.receipt().is_some() => Able::Yes,
            Command::Print if matches!(self.section(), Section::Payments | Section::Invoices) => {
                let invoice = self.payment().and_then(|row| row.invoice_id).or(self.invoice().map(|row| row.id));
                Able::when(invoice.is_some(), "This row stands on no invoice yet.")
            }
            Command::Main => match (self.payment(), self.invoice()) {
                (Some(row), _) => crate::tui::things::payment::deeds::can_pay(row),
                (_, Some(row)) => crate::tui::things::invoice::deeds::can_pay(row),
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
            Some(Key::Receipt(_)) => self.open_receipt(desk),
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
            Section::Addresses => self.which_address(),
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

    /// The payment method under the cursor.
    fn held_method(&self) -> Option<i64> {
        if let Some(Key::Method(id)) = self.key() { Some(id) } else { None }
    }

    /// What is done with the method under the cursor.
    fn change_method(&self, action: fn(i64) -> Action) -> Reply {
        self.held_method().map_or(Reply::Nothing, |id| Reply::perform(action(id)))
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
            (Some(row), _) => crate::tui::things::payment::deeds::pdf(row, desk),
            (_, Some(row)) => crate::tui::things::invoice::deeds::pdf(row.id, Copy::Current, desk),
            _ => self.print_receipt(desk),
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

    /// The entries of F9, harmless ones first.
    pub(super) fn entries(&self) -> Vec<Entry> {
        let Some(page) = self.page.as_deref() else { return Vec::new() };
        let row = &page.row;
        let group = row.group_name.clone().unwrap_or_default();
        let in_group = Able::when(row.group_id.is_some(), "This customer is in no billing group.");
        let alone = match row.group_id {
            None => Able::Yes,
            Some(_) => Able::Because(format!("It is in {group}: it has to leave that group first.")),
        };
        let open = Able::when(page.erased_on.is_none(), "The data of this customer is erased already.");
        let on_method =
            Able::when(self.held_method().is_some(), "Put the cursor on a row of the section Methods first.");
        let has_credit = Able::when(!row.credit.is_zero(), "This customer has no credit.");
        let mut entries = vec![
            Entry::new("note", "Add a note").letter('j'),
            Entry::new("order", "New order").letter('n').note("F6"),
            Entry::new("invoice", "New invoice out of turn").letter('z'),
            Entry::new("copy", format!("Copy the customer number {}", row.id)).letter('c'),
            Entry::new("mail", "Copy the email address")
                .letter('l')
                .able(Able::when(!row.email.is_empty(), "This customer has no email address."))
                .note("Ctrl+C"),
            Entry::new("group", format!("Open billing group {group}").trim_end().to_owned())
                .letter('b')
                .able(in_group.clone()),
            Entry::new("statement", "Statement of account as PDF").letter('h'),
            Entry::new("export", "Export all held on this customer").letter('e'),
            Entry::new("pay", format!("Take payment of {}", row.name)).letter('p').note("F8"),
            Entry::new("address", "Addresses").letter('s'),
            Entry::new("prefer", "Preferences").letter('q'),
            Entry::new("method", "Add a payment method").letter('m'),
            Entry::new("default", "Make it the default method").letter('d').able(on_method.clone()),
            Entry::new("remove", "Take the method off").letter('t').able(on_method),
            Entry::new("credit", format!("Use the credit of {}", row.name)).letter('u').able(has_credit),
            self.refund_entry(page),
            Entry::new("join", "Join a billing group").letter('w').able(alone),
            Entry::new("leave", format!("Leave billing group {group}").trim_end().to_owned())
                .letter('x')
                .able(in_group),
            Entry::new("merge", "Merge with another record").letter('g'),
            Entry::new("erase", "Erase the personal data").letter('v').able(open),
        ];
        let at = entries.iter().position(|entry| entry.key == "address").unwrap_or(entries.len());
        entries.splice(at..at, self.clearing_entries());
        entries
    }

    pub(super) fn given(&mut self, answer: &Answer, desk: &Desk) -> Reply {
        if let Some(reply) = self.cared(answer, desk) {
            return reply;
        }
        let Some(page) = self.page.as_deref() else { return Reply::Nothing };
        if let Some(reply) = crate::tui::things::statement::given(answer, Payer::Customer(self.id), desk) {
            return reply;
        }
        match (answer.asked, answer.key.as_str()) {
            (ACTIONS, "note") => self.note(page, desk),
            (ACTIONS, "order") => Reply::Go(Place::NewOrder(Some(self.id))),
            (ACTIONS, "invoice") => NewInvoice::open(Some(self.id), desk),
            (ACTIONS, "copy") => Reply::Copy(self.id.to_string()),
            (ACTIONS, "mail") => Reply::Copy(page.row.email.clone()),
            (ACTIONS, "group") => page.row.group_id.map_or(Reply::Nothing, |id| Reply::Go(Place::Group(id))),
            (ACTIONS, "statement") => crate::tui::things::statement::ask(&page.row.name, desk),
            (ACTIONS, "pay") => MarkPaid::open(Target::Payer(Payer::Customer(self.id)), desk),
            (ACTIONS, "export") => Self::start_export(),
            (ACTIONS, "address") => self.which_address(),
            (ACTIONS, "prefer") => self.prefer(page, desk),
            (ACTIONS, "merge") => Self::start_merge(desk),
            (ACTIONS, "erase") => self.ask_to_erase(page, desk),
            (ACTIONS, "method") => self.method(page, desk),
            (ACTIONS, "default") => self.change_method(Action::DefaultMethod),
            (ACTIONS, "remove") => self.change_method(Action::RemoveMethod),
            (ACTIONS, "credit") => {
                settling::opened(UseCredit::new(Target::Payer(Payer::Customer(self.id)), desk), desk)
            }
            (ACTIONS, "back") => self.refund(desk),
            (ACTIONS, "clear") => self.clear_receipt(desk),
            (ACTIONS, "bounce") => self.bounce_receipt(desk),
            (ACTIONS, "join") => Reply::open(Picker::searching(JOIN, "Join which billing group?", desk, groups)),
            (ACTIONS, "leave") => self.leave(page),
            (JOIN, group) => match group.parse() {
                Ok(group) => Reply::perform(Action::JoinGroup { group, customer: self.id }),
                Err(_) => Reply::Nothing,
            },
            (WHICH, code) => {
                self.show_receipts(code == RECEIPTS);
                let view = VIEWS.iter().find(|(_, known, _)| *known == code);
                self.payments_shown = view.map_or(PaymentView::All, |(view, ..)| *view);
                self.loaded(desk)
            }
            _ => Reply::Nothing,
        }
    }

    fn leave(&self, page: &CustomerPage) -> Reply {
        let group = page.row.group_name.clone().unwrap_or_default();
        let line =
            format!("Take {} out of {group}? What is not invoiced yet is then billed to the customer.", page.row.name);
        let question =
            Question::new("Leave billing group", &line, Reply::perform(Action::LeaveGroup { customer: self.id }));
        Reply::ask(Question { yes: "Leave", no: "Stay", ..question })
    }
}

/// The groups that fit what is typed.
fn groups(desk: &Desk, typed: &str) -> Vec<Entry> {
    let found = lookups::items("group", typed, desk);
    found.into_iter().map(|item| Entry::new(item.key, item.text).note(item.note)).collect()
}
