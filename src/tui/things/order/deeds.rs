//! What can be done with an order.

use crate::adapters::paper_folder;
use crate::domain::calendar::add_days;
use crate::domain::id::{CustomerId, OrderId};
use crate::domain::status::OrderStatus;
use crate::services::order_plan::{Plan, Planning};
use crate::tui::command::{Able, Command};
use crate::tui::desk::reads::{self, OrderPage, OrderRow};
use crate::tui::desk::{Action, Desk, DeskError, Trouble};
use crate::tui::page::deed::{Chosen, Deed, On, one};
use crate::tui::paper;
use crate::tui::place::Place;
use crate::tui::reply::{Question, Reply};
use crate::tui::words;

/// Makes the rental agreement of a confirmed order beside the book and shows it.
fn agreement(id: OrderId, desk: &Desk) -> Reply {
    let said = |error| Trouble::from(error).sentence().to_owned();
    let made = || {
        let order = desk.read(|db| reads::order_by_id(db, id)).map_err(said)?;
        let order = order.ok_or("The order is no longer in this book.")?;
        let paper = desk.agreement_paper(id).map_err(said)?;
        let name = format!("O-{id}");
        let path = paper_folder::keep(desk.book().path(), "agreements", order.ordered_on, &name, &paper.bytes)?;
        Ok((path, paper))
    };
    paper::shown(made())
}

/// The items of an order, ready to be scheduled.
pub fn planning(page: &OrderPage) -> Vec<Planning> {
    let items = page.items.iter().map(|item| Planning {
        what: item.product.clone(),
        quantity: item.quantity,
        schedule: item.schedule,
        monthly: item.price,
        deposit: item.deposit,
    });
    items.collect()
}

/// What confirming an order starts.
fn question(page: &OrderPage, desk: &Desk) -> Result<String, DeskError> {
    let shop = desk.shop()?;
    let Some(plan) = Plan::new(&planning(page)) else { return Ok(String::new()) };
    let units: u32 = page.items.iter().map(|item| item.quantity).sum();
    let (count, sum) = plan.due_by(add_days(desk.today(), i64::from(shop.lead_days)));
    let starts = words::count(i64::from(units), "subscription");
    let due = match count {
        0 => "nothing is invoiced yet".to_owned(),
        _ => format!(
            "{} invoiced at once, {}",
            words::count(i64::try_from(count).unwrap_or(i64::MAX), "payment"),
            words::money(shop.style, sum)
        ),
    };
    Ok(format!("Confirm order O-{} of {}? It starts {starts}; {due}.", page.id, page.customer_name))
}

/// An order.
#[derive(Debug)]
pub struct ThisOrder {
    id: OrderId,
    customer: (CustomerId, String),
    status: OrderStatus,
    /// Its own page is open.
    is_here: bool,
}

impl ThisOrder {
    /// The order of a row of the list.
    pub fn new(row: &OrderRow) -> Self {
        let customer = (row.customer_id, row.customer_name.clone());
        Self { id: row.id, customer, status: row.status, is_here: false }
    }

    /// The order whose page is open.
    pub fn at_home(page: &OrderPage) -> Self {
        let customer = (page.customer_id, page.customer_name.clone());
        Self { id: page.id, customer, status: page.status, is_here: true }
    }

    fn can_confirm(&self) -> Able {
        match self.status {
            OrderStatus::Draft => Able::Yes,
            OrderStatus::Confirmed => Able::because("It is confirmed already; its subscriptions run."),
            OrderStatus::Cancelled => Able::because("It is cancelled; take a new order."),
        }
    }

    fn confirm(&self, desk: &Desk) -> Reply {
        let page = desk.read(|db| reads::order_page(db, self.id, desk.today()).map_err(DeskError::from));
        let asked = match page.and_then(|page| page.map(|page| question(&page, desk)).transpose()) {
            Ok(Some(asked)) => asked,
            Ok(None) => return Reply::refuse("The order is no longer in this book."),
            Err(error) => return Reply::refuse(Trouble::from(error).sentence()),
        };
        let then = Reply::perform(Action::ConfirmOrder(self.id));
        let mut question = Question::new("Confirm order", &asked, then);
        (question.yes, question.no) = ("Confirm", "Not yet");
        Reply::ask(question)
    }

    fn cancel(&self) -> Reply {
        let line = format!("Cancel order O-{}? This works only while nothing of it is invoiced.", self.id);
        let mut question = Question::dangerous("Cancel order", &line, Reply::perform(Action::CancelOrder(self.id)));
        (question.yes, question.no) = ("Cancel the order", "Keep it");
        Reply::ask(question)
    }
}

impl Chosen for ThisOrder {
    const ONE: &'static str = "order";

    fn marked(&self) -> usize {
        0
    }
}

/// Harmless ones first.
pub static DEEDS: &[Deed<ThisOrder>] = &[
    Deed {
        key: |_| Some(Command::Open),
        on: On::Nothing,
        able: |it| if it.is_here { Able::NotHere } else { Able::Yes },
        run: |it, _| Reply::Go(Place::Order(it.id)),
        ..one("Open", 'o', |it| format!("Open order O-{}", it.id))
    },
    Deed {
        on: On::Nothing,
        run: |it, _| Reply::Go(Place::Customer(it.customer.0)),
        ..one("Open customer", 'k', |it| format!("Open {}", it.customer.1))
    },
    Deed {
        key: |it| it.is_here.then_some(Command::New),
        on: On::Nothing,
        run: |it, _| Reply::Go(Place::NewOrder(Some(it.customer.0))),
        ..one("New order", 'n', |it| format!("New order for {}", it.customer.1))
    },
    Deed {
        on: On::Nothing,
        run: |it, _| Reply::Go(Place::OrderAgain(it.id)),
        ..one("Order again", 'a', |it| format!("Order the same again as O-{}", it.id))
    },
    Deed {
        key: |_| Some(Command::Print),
        word: "Agreement",
        able: |it| {
            let why = "An agreement is printed of a confirmed order: F8 confirms it.";
            Able::when(it.status == OrderStatus::Confirmed, why)
        },
        run: |it, desk| agreement(it.id, desk),
        ..one("PDF", 'f', |it| format!("Rental agreement of O-{}", it.id))
    },
    Deed {
        key: |_| Some(Command::Copy),
        on: On::Nothing,
        run: |it, _| Reply::Copy(format!("O-{}", it.id)),
        ..one("Copy", 'c', |it| format!("Copy the number O-{}", it.id))
    },
    Deed {
        key: |_| Some(Command::Main),
        able: ThisOrder::can_confirm,
        run: ThisOrder::confirm,
        ..one("Confirm", 'm', |it| format!("Confirm order O-{}", it.id))
    },
    Deed {
        able: |it| Able::when(it.status != OrderStatus::Cancelled, "It is cancelled already."),
        run: |it, _| it.cancel(),
        ..one("Cancel", 'x', |it| format!("Cancel order O-{}", it.id))
    },
];
