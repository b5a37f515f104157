//! One order: its items, the subscriptions they became, and the schedule as ordered.

mod rows;

use chrono::NaiveDate;
use ratatui::layout::Rect;

use super::deeds;
use super::deeds::ThisOrder;
use crate::domain::format::Style;
use crate::domain::id::{OrderId, SubscriptionId, VariantId};
use crate::domain::status::OrderStatus;
use crate::services::DeskError;
use crate::services::order_plan::Plan;
use crate::services::reads::{OrderPage, SavedAddress, order_page};
use crate::tui::command::{Able, Command};
use crate::tui::desk::{Desk, Trouble};
use crate::tui::keymap::Context;
use crate::tui::page::deed;
use crate::tui::place::Place;
use crate::tui::reply::{Entry, Input, Reply, Screen};
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::hits::Target;
use crate::tui::widgets::record::{self, Head};
use crate::tui::widgets::sections::Sections;
use crate::tui::widgets::table::{Row, Step, Table};
use crate::tui::words;

/// What a row is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Key {
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
    sections: Sections,
    tables: [Table<Key>; 4],
    style: Style,
    today: NaiveDate,
}

impl Order {
    /// The page of this order.
    pub fn new(id: OrderId) -> Self {
        Self {
            id,
            page: None,
            plan: None,
            sections: Sections::new(&["Items", "Subscriptions", "Schedule", "Activity"]),
            tables: rows::tables(),
            style: Style::default(),
            today: NaiveDate::default(),
        }
    }

    fn table(&self) -> Option<&Table<Key>> {
        self.tables.get(self.sections.active())
    }

    fn key(&self) -> Option<Key> {
        self.table().and_then(Table::key)
    }

    fn fill(&mut self) {
        let Some(page) = &self.page else { return };
        let rows: [Vec<Row<Key>>; 4] = [
            rows::items(page, self.style),
            rows::subscriptions(page, self.style),
            rows::schedule(self.plan.as_ref(), self.style),
            rows::activity(page, self.style),
        ];
        for (number, (table, rows)) in self.tables.iter_mut().zip(rows).enumerate() {
            self.sections.set_count(number, rows.len());
            table.reload();
            if let Some(want) = table.wanted() {
                table.load(&want, rows, false);
            }
        }
    }

    fn status(&self) -> Option<OrderStatus> {
        self.page.as_ref().map(|page| page.status)
    }

    /// What is done with: the order as it stands.
    fn this(&self) -> Option<ThisOrder> {
        self.page.as_ref().map(ThisOrder::at_home)
    }

    fn open(&self) -> Reply {
        match self.key() {
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
    fn goes_to(&self) -> Option<String> {
        let Some(Key::Item(number, _)) = self.key().filter(|_| self.sections.active() == 0) else { return None };
        let line = self.page.as_ref()?.items.get(number)?;
        let to = line.ship_to.as_ref().map_or_else(|| "the billing address".to_owned(), SavedAddress::one_line);
        let serial = line.serial.as_ref().map(|serial| format!("; asset {serial}")).unwrap_or_default();
        Some(match self.status() {
            Some(OrderStatus::Draft) => format!("Goes to {to}{serial}. F8 confirms the draft."),
            Some(OrderStatus::Cancelled) => format!("It was to go to {to}{serial}."),
            _ => format!("Ordered to go to {to}{serial}."),
        })
    }

    fn head(&self) -> Head {
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

impl Screen for Order {
    fn context(&self) -> Context {
        Context::Detail
    }

    fn crumbs(&self) -> Vec<String> {
        let name = self.page.as_ref().map(|page| page.customer_name.clone()).unwrap_or_default();
        vec!["Customers".to_owned(), name, format!("Order O-{}", self.id)]
    }

    fn refresh(&mut self, desk: &Desk) -> Result<(), Trouble> {
        (self.style, self.today) = (desk.shop()?.style, desk.today());
        self.page = desk.read(|db| order_page(db, self.id, self.today).map_err(DeskError::from))?;
        self.plan = self.page.as_ref().and_then(|page| Plan::new(&deeds::planning(page)));
        self.fill();
        Ok(())
    }

    fn can(&self, command: Command) -> Able {
        match command {
            Command::Open => Able::when(self.key().is_some(), "There is no row under the cursor."),
            Command::Main | Command::Print | Command::New => {
                let able = self.this().and_then(|this| deed::can(deeds::DEEDS, command, &this));
                able.unwrap_or_else(|| Able::because("This order is not in the book."))
            }
            _ => Able::NotHere,
        }
    }

    fn word(&self, command: Command) -> Option<&'static str> {
        match command {
            Command::Main => Some("Confirm"),
            Command::Print => Some("Agreement"),
            Command::New => Some("New order"),
            Command::Next => Some("Section"),
            _ => None,
        }
    }

    fn actions(&self, desk: &Desk) -> Vec<Entry> {
        self.this().map(|this| deed::entries(deeds::DEEDS, this, desk)).unwrap_or_default()
    }

    fn hint(&self) -> (String, String) {
        let left = match (&self.page, self.status()) {
            (None, _) => "There is no such order in this book. Esc goes back.",
            (_, Some(OrderStatus::Draft)) => "A draft bills nothing. F8 confirms it.",
            _ => "Tab shows the next section, Enter opens the row.",
        };
        let left = self.goes_to().unwrap_or_else(|| left.to_owned());
        (left, self.table().map(Table::position_text).unwrap_or_default())
    }

    fn handle(&mut self, input: Input, desk: &Desk) -> Reply {
        let command = match input {
            Input::Command(command) => command,
            Input::Given(_) => return Reply::Nothing,
            Input::Clicked(Target::Chip(section)) => {
                self.sections.choose(section);
                return Reply::Nothing;
            }
            Input::Clicked(target) => {
                let section = self.sections.active();
                let again = self.tables.get_mut(section).and_then(|table| table.clicked(target));
                return if again == Some(true) { self.open() } else { Reply::Nothing };
            }
            Input::Typed(_) | Input::Pasted(_) => return Reply::Pass,
        };
        if self.sections.command(command) {
            return Reply::Nothing;
        }
        let section = self.sections.active();
        if self.tables.get_mut(section).map(|table| table.command(command)) == Some(Step::Taken) {
            return Reply::Nothing;
        }
        if command == Command::Open {
            return self.open();
        }
        self.this().and_then(|this| deed::run(deeds::DEEDS, command, &this, desk)).unwrap_or(Reply::Pass)
    }

    fn render(&mut self, canvas: &mut Canvas<'_>, area: Rect) {
        let body = record::draw(canvas, area, &self.head(), &self.sections);
        let empty = rows::empty(self.sections.active(), self.status());
        if let Some(table) = self.tables.get_mut(self.sections.active()) {
            table.render(canvas, body, empty);
        }
    }
}
