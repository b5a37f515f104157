//! The customer orders again: the same items from another day on.

use super::{Field, Form, Read};
use crate::domain::id::OrderId;
use crate::services::order_plan::Plan;
use crate::services::reads::OrderPage;
use crate::tui::desk::{self, Action, Desk, Outcome, Trouble};
use crate::tui::place::Place;
use crate::tui::reply::Reply;
use crate::tui::{format, words};

/// An order like an older one.
#[derive(Debug)]
pub struct OrderAgain {
    id: OrderId,
    name: String,
    items: Vec<String>,
    plan: Option<Plan>,
}

impl OrderAgain {
    /// The form for an order as its page shows it.
    #[must_use]
    pub fn new(page: &OrderPage, plan: Option<Plan>) -> Self {
        let line = |item: &crate::services::reads::OrderLine| {
            format!("{} x {}, {} months at {}", item.quantity, item.product, item.months, item.price)
        };
        Self { id: page.id, name: page.customer_name.clone(), items: page.items.iter().map(line).collect(), plan }
    }

    fn action(&self, read: &mut Read<'_>, desk: &Desk) -> Option<Result<Action, Trouble>> {
        let start = read.date("start")?;
        let confirm = read.is_on("confirm");
        let draft = desk.order_again(self.id, start).map_err(Trouble::from);
        Some(draft.map(|draft| Action::AddOrder { draft: Box::new(draft), confirm }))
    }
}

impl Form for OrderAgain {
    fn title(&self) -> String {
        format!("Order O-{} again", self.id)
    }

    fn head(&self, desk: &Desk) -> Vec<String> {
        let style = desk::style(desk);
        let mut head = vec![self.name.clone()];
        head.extend(self.items.iter().take(6).cloned());
        if self.items.len() > 6 {
            head.push(format!("and {} more items", self.items.len() - 6));
        }
        if let Some(plan) = &self.plan {
            let payments = words::count(i64::try_from(plan.payments.len()).unwrap_or(i64::MAX), "payment");
            head.push(format!("{payments}, {} in all", words::money(style, plan.total)));
        }
        head
    }

    fn fields(&self, desk: &Desk) -> Vec<Field> {
        let today = desk.today();
        vec![
            Field::date("start", "Starts on", Some(today), today, desk::style(desk)),
            Field::check("confirm", "Confirm at once", true),
        ]
    }

    fn effect(&self, read: &mut Read<'_>, desk: &Desk) -> Vec<String> {
        let tried = match self.action(read, desk) {
            None => return Vec::new(),
            Some(action) => action.and_then(|action| Ok(desk.try_out(&action, |_, done| Ok(done.said.clone()))?)),
        };
        let said = tried.unwrap_or_else(|trouble| trouble.sentence().to_owned());
        format::wrap(&format!("After saving: {said}"), 64)
    }

    fn submit(&self, read: &mut Read<'_>, desk: &Desk) -> Option<Reply> {
        Some(match self.action(read, desk)? {
            Ok(action) => Reply::perform(action),
            Err(trouble) => Reply::refuse(trouble.sentence()),
        })
    }

    fn done(&mut self, done: &crate::tui::desk::Done, _desk: &Desk) -> Reply {
        match done.outcome {
            Outcome::Order(id, _) => Reply::All(vec![Reply::Close, Reply::Go(Place::Order(id))]),
            _ => Reply::Close,
        }
    }
}
