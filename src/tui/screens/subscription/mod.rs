//! One subscription: its terms, what it brought in against what its asset cost, and the whole schedule, past and to
//! come, with invoice and status of every payment.

mod changes;
mod rows;

use chrono::NaiveDate;
use ratatui::layout::Rect;

use crate::domain::format::Style;
use crate::domain::id::{PaymentId, SubscriptionId};
use crate::services::DeskError;
use crate::services::papers::Copy;
use crate::services::reads::{ScheduleLine, SubscriptionPage, customer_subscriptions, subscription_page};
use crate::tui::command::{Able, Command};
use crate::tui::deeds::{self, settling};
use crate::tui::desk::{Desk, Target as Paid, Trouble};
use crate::tui::forms::FormDialog;
use crate::tui::forms::change::{ChangeForm, Kind};
use crate::tui::forms::close_deposit::CloseDeposit;
use crate::tui::forms::mark_paid::MarkPaid;
use crate::tui::keymap::Context;
use crate::tui::place::Place;
use crate::tui::reply::{ACTIONS, Answer, Entry, Input, Reply, Screen};
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::hits::Target;
use crate::tui::widgets::record;
use crate::tui::widgets::sections::Sections;
use crate::tui::widgets::table::{Step, Table};

/// What a row is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Key {
    Period(u32, Option<PaymentId>),
    Event(usize),
    Activity(i64),
}

/// The page.
#[derive(Debug)]
pub struct Subscription {
    id: SubscriptionId,
    page: Option<Box<SubscriptionPage>>,
    /// All subscriptions of the same customer, in the order of its page.
    others: Vec<SubscriptionId>,
    sections: Sections,
    tables: [Table<Key>; 3],
    /// The cursor stands on the next payment to come.
    is_placed: bool,
    style: Style,
    today: NaiveDate,
}

impl Subscription {
    /// The page of this subscription.
    pub fn new(id: SubscriptionId) -> Self {
        Self {
            id,
            page: None,
            others: Vec::new(),
            sections: Sections::new(&["Schedule", "Changes", "Activity"]),
            tables: rows::tables(),
            is_placed: false,
            style: Style::default(),
            today: NaiveDate::default(),
        }
    }

    fn fill(&mut self) {
        let Some(page) = self.page.as_deref() else { return };
        let rows = [
            rows::schedule(page, self.style, self.today),
            rows::changes(page, self.style),
            rows::activity(page, self.style),
        ];
        let next =
            page.schedule.iter().find(|line| !rows::is_done(line)).map(|line| Key::Period(line.index, line.payment_id));
        for (number, (table, rows)) in self.tables.iter_mut().zip(rows).enumerate() {
            self.sections.set_count(number, rows.len());
            table.reload();
            if let Some(want) = table.wanted() {
                table.load(&want, rows, false);
            }
        }
        if let (false, Some(next), [schedule, ..]) = (self.is_placed, next, &mut self.tables) {
            schedule.select(next);
            self.is_placed = true;
        }
    }

    /// The period under the cursor.
    fn line(&self) -> Option<&ScheduleLine> {
        let [schedule, ..] = &self.tables;
        let Some(Key::Period(index, payment)) = schedule.key().filter(|_| self.sections.active() == 0) else {
            return None;
        };
        self.page.as_ref()?.schedule.iter().find(|line| line.index == index && line.payment_id == payment)
    }

    fn can_pay(&self) -> Able {
        match self.line() {
            None => Able::because("Go to a payment in the schedule first."),
            Some(line) if line.invoice_number.is_none() => {
                Able::because("This period is not invoiced yet: its payment appears when it starts.")
            }
            Some(line) => Able::when(line.open.minor() > 0, "Nothing is open on this payment."),
        }
    }

    /// Whether the row under the cursor is a period nobody billed yet.
    fn is_to_come(&self) -> Able {
        let is = self.line().is_some_and(|line| line.payment_id.is_none());
        Able::when(is, "Go to a period of the schedule that is still to come.")
    }

    fn pay(&self, desk: &Desk) -> Reply {
        match self.line().and_then(|line| line.payment_id) {
            Some(id) => MarkPaid::open(Paid::Payments(vec![id]), desk),
            None => Reply::refuse("This period is not invoiced yet."),
        }
    }

    fn print(&self, desk: &Desk) -> Reply {
        match self.line().and_then(|line| line.invoice_id) {
            Some(id) => deeds::invoice::pdf(id, Copy::Current, desk),
            None => Reply::refuse("This period stands on no invoice yet."),
        }
    }

    fn open(&self) -> Reply {
        match self.line() {
            Some(ScheduleLine { payment_id: Some(id), .. }) => Reply::Go(Place::Payment(*id)),
            Some(line) => {
                let due = self.style.long_date(line.due_on);
                Reply::say(format!("This period is not invoiced yet; it will be due on {due}."))
            }
            None => Reply::Nothing,
        }
    }

    /// Shows another subscription of the same customer.
    fn step(&mut self, forward: bool, desk: &Desk) -> Reply {
        let here = self.others.iter().position(|id| *id == self.id);
        let there = here.and_then(|at| if forward { at.checked_add(1) } else { at.checked_sub(1) });
        let Some(id) = there.and_then(|at| self.others.get(at)).copied() else {
            let end = if forward { "last" } else { "first" };
            return Reply::say(format!("This is the {end} subscription of this customer."));
        };
        (self.id, self.is_placed) = (id, false);
        match self.refresh(desk) {
            Ok(()) => Reply::Nothing,
            Err(trouble) => Reply::refuse(trouble.sentence()),
        }
    }

    fn given(&self, answer: &Answer, desk: &Desk) -> Reply {
        let Some(page) = self.page.as_deref().filter(|_| answer.asked == ACTIONS) else { return Reply::Nothing };
        match answer.key.as_str() {
            "customer" => Reply::Go(Place::Customer(page.row.customer_id)),
            "order" => Reply::Go(Place::Order(page.row.order_id)),
            "invoice" => match self.line().and_then(|line| line.invoice_id) {
                Some(id) => Reply::Go(Place::Invoice(id)),
                None => Reply::Nothing,
            },
            "pdf" => self.print(desk),
            "paid" => self.pay(desk),
            "ahead" | "unbilled" => match self.line() {
                Some(line) if answer.key == "ahead" => settling::bill_ahead(self.id, line.start_on),
                Some(line) => settling::cancel_ahead((self.id, &page.row.customer_name), line.start_on, desk),
                None => Reply::Nothing,
            },
            "copy" => Reply::Copy(self.id.shown()),
            "deposit" => match &page.deposit {
                Some(deposit) => settling::opened(CloseDeposit::new(deposit, desk), desk),
                None => Reply::Nothing,
            },
            "serial" => Reply::Copy(page.row.serial.clone().unwrap_or_default()),
            key => match Kind::ALL.into_iter().find(|kind| kind.key() == key) {
                Some(kind) => Reply::open(FormDialog::new(ChangeForm::new(kind, page), desk)),
                None => Reply::Nothing,
            },
        }
    }
}

impl Screen for Subscription {
    fn context(&self) -> Context {
        Context::Detail
    }

    fn crumbs(&self) -> Vec<String> {
        let name = self.page.as_ref().map(|page| page.row.customer_name.clone()).unwrap_or_default();
        vec!["Customers".to_owned(), name, self.id.shown()]
    }

    fn crumb_note(&self) -> String {
        let here = self.others.iter().position(|id| *id == self.id).map_or(0, |at| at + 1);
        match self.others.len() {
            0 | 1 => String::new(),
            many => format!("{here} of {many}   Left/Right: others"),
        }
    }

    fn refresh(&mut self, desk: &Desk) -> Result<(), Trouble> {
        (self.style, self.today) = (desk.shop()?.style, desk.today());
        let (id, today) = (self.id, self.today);
        self.page = desk.read(|db| subscription_page(db, id, today).map_err(DeskError::from))?.map(Box::new);
        if let Some(page) = &self.page {
            let customer = page.row.customer_id;
            let others = desk.read(|db| customer_subscriptions(db, customer, today).map_err(DeskError::from))?;
            self.others = others.iter().map(|one| one.row.id).collect();
        }
        self.fill();
        Ok(())
    }

    fn can(&self, command: Command) -> Able {
        let is_known = self.page.is_some();
        match command {
            Command::Open if is_known => Able::when(self.line().is_some(), "There is nothing to open here."),
            Command::Main if is_known => self.can_pay(),
            Command::Print if is_known => {
                let has_invoice = self.line().is_some_and(|line| line.invoice_id.is_some());
                Able::when(has_invoice, "This row stands on no invoice yet.")
            }
            Command::New if is_known => Able::Yes,
            _ => Able::NotHere,
        }
    }

    fn word(&self, command: Command) -> Option<&'static str> {
        match command {
            Command::Main => Some("Mark paid"),
            Command::Print => Some("PDF"),
            Command::New => Some("New order"),
            Command::Next => Some("Section"),
            _ => None,
        }
    }

    fn actions(&self, _desk: &Desk) -> Vec<Entry> {
        let Some(page) = self.page.as_deref() else { return Vec::new() };
        let invoice = self.line().and_then(|line| line.invoice_number.clone());
        let has_invoice = || Able::when(invoice.is_some(), "This row stands on no invoice yet.");
        let number = invoice.clone().unwrap_or_default();
        let has_serial = Able::when(page.row.serial.is_some(), "It has no asset with a serial number.");
        let mut entries = vec![
            Entry::new("customer", format!("Open {}", page.row.customer_name)),
            Entry::new("order", format!("Open order O-{}", page.row.order_id)),
            Entry::new("invoice", format!("Open invoice {number}").trim_end().to_owned()).able(has_invoice()),
            Entry::new("pdf", "PDF of the invoice").note("F7").able(has_invoice()),
            Entry::new("copy", format!("Copy the number {}", self.id.shown())).note("Ctrl+C"),
            Entry::new("serial", "Copy the serial number").able(has_serial),
            Entry::new("paid", "Mark as paid").note("F8").able(self.can_pay()),
            Entry::new("ahead", "Invoice this period now").able(self.is_to_come()),
            Entry::new("unbilled", "Cancel this period").able(self.is_to_come()),
        ];
        entries.extend(changes::entries(page));
        entries
    }

    fn hint(&self) -> (String, String) {
        let left = match &self.page {
            None => "There is no such subscription in this book. Esc goes back.",
            Some(_) if self.line().is_some_and(|line| line.status.is_none()) => {
                "To come: shown as priced, tax is added when it is invoiced."
            }
            Some(_) => "Enter opens it, F8 marks it paid; F9 changes the contract.",
        };
        let table = self.tables.get(self.sections.active());
        (left.to_owned(), table.map(Table::position_text).unwrap_or_default())
    }

    fn handle(&mut self, input: Input, desk: &Desk) -> Reply {
        let section = self.sections.active();
        let command = match input {
            Input::Command(command) => command,
            Input::Given(answer) => return self.given(&answer, desk),
            Input::Clicked(Target::Chip(section)) => {
                self.sections.choose(section);
                return Reply::Nothing;
            }
            Input::Clicked(target) => {
                let again = self.tables.get_mut(section).and_then(|table| table.clicked(target));
                return if again == Some(true) { self.open() } else { Reply::Nothing };
            }
            Input::Typed(_) | Input::Pasted(_) => return Reply::Pass,
        };
        if self.sections.command(command) {
            return Reply::Nothing;
        }
        if self.tables.get_mut(section).map(|table| table.command(command)) == Some(Step::Taken) {
            return Reply::Nothing;
        }
        match (command, &self.page) {
            (Command::Open, _) => self.open(),
            (Command::Main, _) => self.pay(desk),
            (Command::Print, _) => self.print(desk),
            (Command::RecordNext, _) => self.step(true, desk),
            (Command::RecordPrev, _) => self.step(false, desk),
            (Command::New, Some(page)) => Reply::Go(Place::NewOrder(Some(page.row.customer_id))),
            (Command::Copy, _) => Reply::Copy(self.id.shown()),
            _ => Reply::Pass,
        }
    }

    fn render(&mut self, canvas: &mut Canvas<'_>, area: Rect) {
        let head = match self.page.as_deref() {
            Some(page) => rows::head(page, self.style, self.today),
            None => record::Head { title: self.id.shown(), ..record::Head::default() },
        };
        let body = record::draw(canvas, area, &head, &self.sections);
        let section = self.sections.active();
        if let Some(table) = self.tables.get_mut(section) {
            table.render(canvas, body, rows::empty(section));
        }
    }
}
