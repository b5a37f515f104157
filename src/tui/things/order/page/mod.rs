//! One order: its items, the subscriptions they became, and the schedule as ordered.

mod rows;

use chrono::NaiveDate;

use super::deeds;
use super::deeds::ThisOrder;
use crate::domain::format::Style;
use crate::domain::id::{OrderId, SubscriptionId, VariantId};
use crate::domain::status::OrderStatus;
use crate::services::DeskError;
use crate::services::order_plan::Plan;
use crate::services::reads::{OrderPage, SavedAddress, order_page};
use crate::tui::command::Command;
use crate::tui::desk::{Desk, Trouble};
use crate::tui::page::deed::{self, Menu};
use crate::tui::page::record::{Record, Spot};
use crate::tui::place::Place;
use crate::tui::reply::Reply;
use crate::tui::widgets::record::{self, Head};
use crate::tui::widgets::table::{Column, Row};
use crate::tui::words;

/// What a row is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Key {
    Item(usize, VariantId),
    Subscription(SubscriptionId),
    Planned(usize),
    Activity(i64),
}

/// The page.
#[derive(Debug)]
pub struct Order {
    id: OrderId,
    page: Option<OrderPage>,
    plan: Option<Plan>,
    style: Style,
    today: NaiveDate,
}

impl Order {
    /// The page of this order.
    pub fn new(id: OrderId) -> Self {
        Self { id, page: None, plan: None, style: Style::default(), today: NaiveDate::default() }
    }

    fn status(&self) -> Option<OrderStatus> {
        self.page.as_ref().map(|page| page.status)
    }

    fn opened(&self, key: Option<Key>) -> Reply {
        match key {
            Some(Key::Subscription(id)) => Reply::Go(Place::Subscription(id)),
            Some(Key::Item(_, variant)) => {
                let page = self.page.as_ref();
                let of = |page: &OrderPage| {
                    let line = page.items.iter().find(|item| item.variant_id == variant)?;
                    page.subscriptions.iter().find(|one| one.product == line.product).map(|one| one.id)
                };
                match page.and_then(of) {
                    Some(id) => Reply::Go(Place::Subscription(id)),
                    None => Reply::say("It has no subscription yet: F8 confirms the order."),
                }
            }
            Some(Key::Planned(_)) => Reply::say("Payments and invoices stand on the page of the subscription."),
            Some(Key::Activity(_)) | None => Reply::Nothing,
        }
    }

    /// Where the item under the cursor goes.
    fn goes_to(&self, at: Spot<Key>) -> Option<String> {
        let Some(Key::Item(number, _)) = at.key.filter(|_| at.section == 0) else { return None };
        let line = self.page.as_ref()?.items.get(number)?;
        let to = line.ship_to.as_ref().map_or_else(|| "the billing address".to_owned(), SavedAddress::one_line);
        let serial = line.serial.as_ref().map(|serial| format!("; asset {serial}")).unwrap_or_default();
        Some(match self.status() {
            Some(OrderStatus::Draft) => format!("Goes to {to}{serial}. F8 confirms the draft."),
            Some(OrderStatus::Cancelled) => format!("It was to go to {to}{serial}."),
            _ => format!("Ordered to go to {to}{serial}."),
        })
    }

    fn title(&self) -> Head {
        let Some(page) = &self.page else {
            return Head { title: format!("Order O-{}", self.id), ..Head::default() };
        };
        let (name, plain) = (record::name, |text: String| record::plain(text));
        let status = words::order_status(page.status).text;
        let bill = if page.billing_address.is_empty() { "-" } else { &page.billing_address };
        let mut lines = vec![vec![
            name("Customer  "),
            plain(page.customer_name.clone()),
            name("   Bill to  "),
            plain(bill.to_owned()),
        ]];
        if let Some(plan) = &self.plan {
            let amount = |money| self.style.amount(money);
            let count = words::count(i64::try_from(plan.payments.len()).unwrap_or(0), "payment");
            lines.push(vec![
                name("Per month  "),
                plain(amount(plan.per_month)),
                name("   Contract total  "),
                plain(amount(plan.total)),
                name("   "),
                plain(count),
                name("   Deposits  "),
                plain(amount(plan.deposits)),
            ]);
        }
        let title = format!("Order O-{}  of {}", self.id, self.style.long_date(page.ordered_on));
        Head { title, state: status, lines }
    }
}

impl Record for Order {
    type Key = Key;

    const GONE: &'static str = "This order is not in the book.";
    const KEYS: &'static [Command] = &[Command::Main, Command::Print, Command::New];

    fn sections() -> Vec<&'static str> {
        vec!["Items", "Subscriptions", "Schedule", "Activity"]
    }

    fn columns(&self, section: usize) -> Vec<Column> {
        rows::columns(section)
    }

    fn read(&mut self, desk: &Desk) -> Result<(), Trouble> {
        (self.style, self.today) = (desk.shop()?.style, desk.today());
        self.page = desk.read(|db| order_page(db, self.id, self.today).map_err(DeskError::from))?;
        self.plan = self.page.as_ref().and_then(|page| Plan::new(&deeds::planning(page)));
        Ok(())
    }

    fn rows(&self, section: usize) -> Vec<Row<Key>> {
        let Some(page) = &self.page else { return Vec::new() };
        match section {
            0 => rows::items(page, self.style),
            1 => rows::subscriptions(page, self.style),
            2 => rows::schedule(self.plan.as_ref(), self.style),
            _ => rows::activity(page, self.style),
        }
    }

    fn head(&self) -> Head {
        self.title()
    }

    fn crumbs(&self) -> Vec<String> {
        let name = self.page.as_ref().map(|page| page.customer_name.clone()).unwrap_or_default();
        vec!["Customers".to_owned(), name, format!("Order O-{}", self.id)]
    }

    fn menu(&self, _at: Spot<Key>) -> Option<Box<dyn Menu>> {
        self.page.as_ref().map(|page| deed::menu(deeds::DEEDS, ThisOrder::at_home(page)))
    }

    fn open(&self, at: Spot<Key>, _desk: &Desk) -> Reply {
        self.opened(at.key)
    }

    fn hint(&self, at: Spot<Key>) -> String {
        let left = match (&self.page, self.status()) {
            (None, _) => "There is no such order in this book. Esc goes back.",
            (_, Some(OrderStatus::Draft)) => "A draft bills nothing. F8 confirms it.",
            _ => "Tab shows the next section, Enter opens the row.",
        };
        self.goes_to(at).unwrap_or_else(|| left.to_owned())
    }

    fn empty(&self, section: usize) -> &'static str {
        rows::empty(section, self.status())
    }

    fn word(&self, command: Command, _at: Spot<Key>) -> Option<&'static str> {
        match command {
            Command::Main => Some("Confirm"),
            Command::Print => Some("Agreement"),
            Command::New => Some("New order"),
            _ => None,
        }
    }
}
