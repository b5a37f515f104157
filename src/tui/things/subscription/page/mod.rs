//! One subscription: its terms, what it brought in against what its asset cost, and the whole schedule, past and to
//! come, with invoice and status of every payment.

mod rows;

use chrono::NaiveDate;
use ratatui::layout::Rect;

use super::deeds;
use super::deeds::ThisSubscription;
use crate::domain::format::Style;
use crate::domain::id::{PaymentId, SubscriptionId};
use crate::services::DeskError;
use crate::services::reads::{ScheduleLine, SubscriptionPage, customer_subscriptions, subscription_page};
use crate::tui::command::{Able, Command};
use crate::tui::desk::{Desk, Trouble};
use crate::tui::keymap::Context;
use crate::tui::page::deed;
use crate::tui::place::Place;
use crate::tui::reply::{Entry, Input, Reply, Screen};
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

    /// What is done with: the subscription, and the period under the cursor.
    fn this(&self) -> Option<ThisSubscription> {
        Some(ThisSubscription { page: self.page.clone()?, line: self.line().cloned() })
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
        let Some(this) = self.this() else { return Able::NotHere };
        match command {
            Command::Open => Able::when(self.line().is_some(), "There is nothing to open here."),
            Command::Main | Command::Print | Command::New => {
                deed::can(deeds::DEEDS, command, &this).unwrap_or(Able::NotHere)
            }
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

    fn actions(&self, desk: &Desk) -> Vec<Entry> {
        self.this().map(|this| deed::entries(deeds::DEEDS, this, desk)).unwrap_or_default()
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
            Input::Given(_) => return Reply::Nothing,
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
        match command {
            Command::Open => self.open(),
            Command::RecordNext => self.step(true, desk),
            Command::RecordPrev => self.step(false, desk),
            _ => {
                let done = self.this().and_then(|this| deed::run(deeds::DEEDS, command, &this, desk));
                done.unwrap_or(Reply::Pass)
            }
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
