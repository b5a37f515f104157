//! Orders of a day: taken, confirmed, left as drafts, cancelled, renewed.

use super::chance::{Chance, Topic};
use super::diary::{Contract, Event, Pending, Wish};
use super::stock::{euros, wish};
use super::year::Walk;
use crate::domain::calendar::{add_days, add_months};
use crate::domain::frequency::Frequency;
use crate::domain::id::OrderId;
use crate::services::actions::customer_address::ShipTo;
use crate::services::actions::order::{ItemDraft, OrderDraft};
use crate::services::refusal::Result;
use crate::services::{Action, Outcome};

/// How many days after its order an order that somebody regrets is cancelled, at most.
const REGRET: i64 = 6;
/// How many days ahead such an order starts: later than anything a pass bills until then, a group's month included, for
/// an order with invoices cannot be cancelled.
const AHEAD: (i64, i64) = (38, 53);

/// What becomes of an order that is about to be taken.
struct Taken {
    person: usize,
    wish: Wish,
    confirm: bool,
    contracts: Vec<Contract>,
    chance: Chance,
}

impl Walk {
    /// Takes the orders of a day; the other events are handed back.
    pub fn orders_of(&mut self, events: Vec<Event>) -> Result<Vec<Event>> {
        let (mut rest, mut taken, mut cancelled) = (Vec::new(), Vec::new(), Vec::new());
        let (mut buy, mut take) = (Vec::new(), Vec::new());
        let (mut confirmed, mut confirm) = (Vec::new(), Vec::new());
        for event in events {
            match event {
                Event::Back(offer) => self.stock.put_back(offer, 1),
                Event::Order(person, wish) => {
                    let (draft, order) = self.order(person, wish);
                    if order.confirm {
                        self.take(&order.contracts, &mut buy);
                    }
                    take.push(Action::AddOrder { draft: Box::new(draft), confirm: order.confirm });
                    taken.push(order);
                }
                Event::Confirm(id, pending) => {
                    self.take(&pending.contracts, &mut buy);
                    confirm.push(Action::ConfirmOrder(id));
                    confirmed.push(pending);
                }
                Event::Cancel(id, offers) => {
                    cancelled.push(Action::CancelOrder(id));
                    for offer in offers {
                        self.stock.put_back(offer, 1);
                    }
                }
                other => rest.push(other),
            }
        }
        // What is cancelled stands on the shelf again before anything is taken from it.
        self.perform(&cancelled)?;
        self.perform(&buy)?;
        self.perform(&confirm)?;
        for pending in &confirmed {
            self.runs(pending.person, &pending.contracts);
        }
        let done = self.perform(&take)?;
        for (order, done) in taken.into_iter().zip(done) {
            if let Outcome::Order(id, _) = done.outcome {
                self.what_becomes_of(id, order);
            }
        }
        Ok(rest)
    }

    /// Takes a unit a contract from the shelf.
    fn take(&mut self, contracts: &[Contract], buy: &mut Vec<Action>) {
        for contract in contracts {
            self.stock.take(contract.offer, 1, self.today, buy);
        }
    }

    fn order(&mut self, person: usize, kind: Wish) -> (OrderDraft, Taken) {
        self.orders += 1;
        let mut chance = Chance::of(self.seed, Topic::Order, self.orders);
        let units = match kind {
            Wish::Any => *chance.pick(&[1, 1, 1, 1, 1, 2, 2, 3]),
            _ => 1,
        };
        let confirm = match kind {
            Wish::Any => chance.percent(85),
            Wish::Draft => false,
            Wish::Contract { .. } | Wish::Regretted => true,
        };
        let mut items = Vec::new();
        let mut contracts = Vec::new();
        for _ in 0..units {
            let (item, offer) = self.item(person, kind, &mut chance);
            let end_on = add_months(item.start_on, i32::try_from(item.months).unwrap_or(12)).unwrap_or(self.last);
            contracts.push(Contract { offer, end_on });
            items.push(item);
        }
        let draft = OrderDraft { customer: self.people[person].id, bill_to: None, items };
        (draft, Taken { person, wish: kind, confirm, contracts, chance })
    }

    fn item(&self, person: usize, kind: Wish, chance: &mut Chance) -> (ItemDraft, usize) {
        let is_business = self.people[person].is_business;
        let (offer, price) = wish(chance, is_business);
        let months = match kind {
            Wish::Contract { months, .. } => months,
            _ => *chance.pick(&[6, 6, 12, 12, 12, 12, 12, 24, 24, 24, 36]),
        };
        let frequency = match (kind, chance.below(100)) {
            (Wish::Any, 84..=95) => Frequency::Quarterly,
            (Wish::Any, 96..) if months >= 12 => Frequency::Annual,
            _ => Frequency::Monthly,
        };
        let start_on = match kind {
            Wish::Any => add_days(self.today, chance.between(0, 6)),
            Wish::Contract { .. } => self.today,
            Wish::Draft => add_days(self.today, chance.between(3, 20)),
            Wish::Regretted => add_days(self.today, chance.between(AHEAD.0, AHEAD.1)),
        };
        // Some like everything to fall due on the first.
        let first_of_month = matches!(kind, Wish::Any) && chance.percent(8);
        let deposit =
            if !is_business && chance.percent(30) { euros(price * chance.between(1, 2)) } else { String::new() };
        let item = ItemDraft {
            variant: self.stock.variant(offer),
            quantity: 1,
            serial: String::new(),
            months,
            frequency,
            start_on,
            anchor_day: if let Wish::Contract { anchor_day, .. } = kind {
                anchor_day
            } else {
                first_of_month.then_some(1)
            },
            price: euros(price),
            deposit,
            ship_to: ShipTo::Usual,
        };
        (item, offer)
    }

    fn what_becomes_of(&mut self, id: OrderId, order: Taken) {
        let Taken { person, wish, confirm, contracts, mut chance } = order;
        match wish {
            Wish::Regretted => {
                let offers = contracts.iter().map(|unit| unit.offer).collect();
                self.diary.note(add_days(self.today, chance.between(2, REGRET)), Event::Cancel(id, offers));
            }
            _ if confirm => self.runs(person, &contracts),
            Wish::Any if chance.percent(10) => {
                self.diary.note(add_days(self.today, chance.between(1, 9)), Event::Cancel(id, Vec::new()));
            }
            Wish::Any => {
                let pending = Pending { person, contracts };
                self.diary.note(add_days(self.today, chance.between(1, 5)), Event::Confirm(id, pending));
            }
            Wish::Contract { .. } | Wish::Draft => {}
        }
    }

    /// Contracts run: on their end the units come back, and some customers stay.
    fn runs(&mut self, person: usize, contracts: &[Contract]) {
        for contract in contracts.iter().filter(|contract| contract.end_on <= self.last) {
            self.diary.note(contract.end_on, Event::Back(contract.offer));
        }
        let Some(end_on) = contracts.iter().map(|contract| contract.end_on).max() else { return };
        let mut chance = Chance::of(self.seed, Topic::Extra, self.orders ^ (person as u64) << 32);
        if end_on <= self.last && chance.percent(60) {
            self.diary.note(end_on, Event::Order(person, Wish::Any));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::pass::horizon;

    #[test]
    fn no_pass_bills_an_order_before_somebody_regrets_it() {
        let first = chrono::NaiveDate::from_ymd_opt(2023, 12, 1).unwrap();
        for ordered_on in (0..800).map(|days| add_days(first, days)) {
            let starts_on = add_days(ordered_on, AHEAD.0);
            assert!((0..=REGRET).all(|days| horizon(add_days(ordered_on, days), 7) < starts_on), "{ordered_on}");
        }
    }
}
