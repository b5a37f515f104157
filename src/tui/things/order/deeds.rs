//! What can be done with an order.

use crate::adapters::paper_folder;
use crate::domain::id::{CustomerId, OrderId};
use crate::domain::status::OrderStatus;
use crate::tui::command::{Able, Command};
use crate::tui::desk::{Action, Desk, Trouble, reads};
use crate::tui::page::deed::{Chosen, Deed, On, one};
use crate::tui::paper;
use crate::tui::place::Place;
use crate::tui::reply::{Question, Reply};

/// Makes the rental agreement of a confirmed order beside the book and shows it.
fn agreement(id: OrderId, desk: &Desk) -> Reply {
    let said = |error| Trouble::from(error).sentence().to_owned();
    let made = || {
        let order = desk.read(|db| reads::order_by_id(db, id)).map_err(said)?;
        let order = order.ok_or("The order is not in this book any more.")?;
        let paper = desk.agreement_paper(id).map_err(said)?;
        let name = format!("O-{id}");
        let path = paper_folder::keep(desk.book().path(), "agreements", order.ordered_on, &name, &paper.bytes)?;
        Ok((path, paper))
    };
    paper::shown(made())
}

/// An order on its page.
#[derive(Debug)]
pub struct ThisOrder {
    pub id: OrderId,
    pub customer: (CustomerId, String),
    pub status: OrderStatus,
    /// What confirming it starts, as a question.
    pub question: String,
}

impl ThisOrder {
    fn can_confirm(&self) -> Able {
        match self.status {
            OrderStatus::Draft => Able::Yes,
            OrderStatus::Confirmed => Able::because("It is confirmed already; its subscriptions run."),
            OrderStatus::Cancelled => Able::because("It is cancelled; take a new order."),
        }
    }

    fn confirm(&self) -> Reply {
        let then = Reply::perform(Action::ConfirmOrder(self.id));
        let mut question = Question::new("Confirm order", &self.question, then);
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
        on: On::Nothing,
        run: |it, _| Reply::Go(Place::Customer(it.customer.0)),
        ..one("Open customer", 'k', |it| format!("Open {}", it.customer.1))
    },
    Deed {
        key: |_| Some(Command::New),
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
        run: |it, _| it.confirm(),
        ..one("Confirm", 'm', |it| format!("Confirm order O-{}", it.id))
    },
    Deed {
        able: |it| Able::when(it.status != OrderStatus::Cancelled, "It is cancelled already."),
        run: |it, _| it.cancel(),
        ..one("Cancel", 'x', |it| format!("Cancel order O-{}", it.id))
    },
];
