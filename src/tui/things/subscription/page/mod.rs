//! One subscription: its terms, what it brought in against what its asset cost, and the whole schedule, past and to
//! come, with invoice and status of every payment.

mod rows;

use chrono::NaiveDate;

use super::deeds;
use super::deeds::ThisSubscription;
use crate::domain::format::Style;
use crate::domain::id::{PaymentId, SubscriptionId};
use crate::domain::tax::PriceBasis;
use crate::services::DeskError;
use crate::services::reads::{ScheduleLine, SubscriptionPage, customer_subscriptions, subscription_page};
use crate::tui::command::{Able, Command};
use crate::tui::desk::{Desk, Trouble};
use crate::tui::page::deed::{self, Menu};
use crate::tui::page::record::{Record, Spot};
use crate::tui::place::Place;
use crate::tui::reply::Reply;
use crate::tui::widgets::record::Head;
use crate::tui::widgets::table::{Column, Row};

/// What a row is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Key {
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
    style: Style,
    today: NaiveDate,
}

impl Subscription {
    /// The page of this subscription.
    pub fn new(id: SubscriptionId) -> Self {
        Self { id, page: None, others: Vec::new(), style: Style::default(), today: NaiveDate::default() }
    }

    /// The period under the cursor.
    fn line(&self, at: Spot<Key>) -> Option<&ScheduleLine> {
        let Some(Key::Period(index, payment)) = at.key.filter(|_| at.section == 0) else { return None };
        self.page.as_ref()?.schedule.iter().find(|line| line.index == index && line.payment_id == payment)
    }
}

impl Record for Subscription {
    type Key = Key;

    const GONE: &'static str = "This subscription is not in the book.";
    const KEYS: &'static [Command] = &[Command::Main, Command::Print, Command::New];

    fn sections() -> Vec<&'static str> {
        vec!["Schedule", "Changes", "Activity"]
    }

    fn columns(&self, section: usize) -> Vec<Column> {
        rows::columns(section)
    }

    fn read(&mut self, desk: &Desk) -> Result<(), Trouble> {
        (self.style, self.today) = (desk.shop()?.style, desk.today());
        let (id, today) = (self.id, self.today);
        self.page = desk.read(|db| subscription_page(db, id, today).map_err(DeskError::from))?.map(Box::new);
        if let Some(page) = &self.page {
            let customer = page.row.customer_id;
            let others = desk.read(|db| customer_subscriptions(db, customer, today).map_err(DeskError::from))?;
            self.others = others.iter().map(|one| one.row.id).collect();
        }
        Ok(())
    }

    fn rows(&self, section: usize) -> Vec<Row<Key>> {
        let Some(page) = self.page.as_deref() else { return Vec::new() };
        match section {
            0 => rows::schedule(page, self.style, self.today),
            1 => rows::changes(page, self.style),
            _ => rows::activity(page, self.style),
        }
    }

    fn head(&self) -> Head {
        match self.page.as_deref() {
            Some(page) => rows::head(page, self.style, self.today),
            None => Head { title: self.id.shown(), ..Head::default() },
        }
    }

    fn crumbs(&self) -> Vec<String> {
        let name = self.page.as_ref().map(|page| page.row.customer_name.clone()).unwrap_or_default();
        vec!["Customers".to_owned(), name, self.id.shown()]
    }

    /// The subscription, and the period under the cursor.
    fn menu(&self, at: Spot<Key>) -> Option<Box<dyn Menu>> {
        let this = ThisSubscription { page: self.page.clone()?, line: self.line(at).cloned() };
        Some(deed::menu(deeds::DEEDS, this))
    }

    fn open(&self, at: Spot<Key>, _desk: &Desk) -> Reply {
        match self.line(at) {
            Some(ScheduleLine { payment_id: Some(id), .. }) => Reply::Go(Place::Payment(*id)),
            Some(line) => {
                let due = self.style.long_date(line.due_on);
                Reply::say(format!("This period is not invoiced yet; it will be due on {due}."))
            }
            None => Reply::Nothing,
        }
    }

    fn hint(&self, at: Spot<Key>) -> String {
        match &self.page {
            None => "There is no such subscription in this book. Esc goes back.",
            Some(page) if self.line(at).is_some_and(|line| line.status.is_none()) => match page.prices_are {
                PriceBasis::Net => "To come: shown as priced, tax is added when it is invoiced.",
                PriceBasis::Gross => "To come: its price has the tax in it.",
            },
            Some(_) => "Enter opens it, F8 marks it paid; F9 changes the contract.",
        }
        .to_owned()
    }

    fn empty(&self, section: usize) -> &'static str {
        rows::empty(section)
    }

    fn word(&self, command: Command, _at: Spot<Key>) -> Option<&'static str> {
        match command {
            Command::Main => Some("Mark paid"),
            Command::Print => Some("PDF"),
            Command::New => Some("New order"),
            _ => None,
        }
    }

    fn can_open(&self, at: Spot<Key>) -> Able {
        Able::when(self.line(at).is_some(), "There is nothing to open here.")
    }

    fn crumb_note(&self) -> String {
        let here = self.others.iter().position(|id| *id == self.id).map_or(0, |at| at + 1);
        match self.others.len() {
            0 | 1 => String::new(),
            many => format!("{here} of {many}   Left/Right: others"),
        }
    }

    /// The next payment to come.
    fn start(&self) -> Option<Key> {
        let next = self.page.as_ref()?.schedule.iter().find(|line| !rows::is_done(line))?;
        Some(Key::Period(next.index, next.payment_id))
    }

    /// Another subscription of the same customer.
    fn step(&mut self, forward: bool, _desk: &Desk) -> Result<(), Reply> {
        let here = self.others.iter().position(|id| *id == self.id);
        let there = here.and_then(|at| if forward { at.checked_add(1) } else { at.checked_sub(1) });
        let Some(id) = there.and_then(|at| self.others.get(at)).copied() else {
            let end = if forward { "last" } else { "first" };
            return Err(Reply::say(format!("This is the {end} subscription of this customer.")));
        };
        self.id = id;
        Ok(())
    }
}
