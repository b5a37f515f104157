//! The walk from the first day to the last: each day the pass runs, people come and order, and money arrives.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use super::DemoOptions;
use super::chance::{Chance, Topic};
use super::diary::{Diary, Event, Noted, Wish};
use super::open_money::OpenMoney;
use super::outside::DemoOutside;
use super::people::{self, CAST, Person};
use super::stock::Stock;
use crate::domain::calendar::{add_days, add_months};
use crate::domain::id::{CustomerId, GroupId, InvoiceId};
use crate::services::pass::PassOptions;
use crate::services::refusal::Result;
use crate::services::{Action, Desk, Done, Outcome, Outside, StoreError};
use crate::store::outbox;

/// Actions a transaction.
const BATCH: usize = 2_000;

/// A demo in the making.
pub(super) struct Walk {
    pub desk: Desk,
    pub seed: u64,
    /// The first and the last day, and the one it is.
    pub first: NaiveDate,
    pub last: NaiveDate,
    pub today: NaiveDate,
    pub people: Vec<Person>,
    pub by_customer: HashMap<CustomerId, usize>,
    pub groups: Vec<GroupId>,
    pub stock: Stock,
    pub diary: Diary,
    pub open: OpenMoney,
    /// The newest invoice whose payment is planned.
    pub seen: InvoiceId,
    /// Orders taken so far: what each is about is drawn by its number.
    pub orders: u64,
    outside: Arc<DemoOutside>,
    next: usize,
}

impl Walk {
    /// Everything that stands before the first customer comes: catalogue, shelf, groups.
    pub fn begin(
        mut desk: Desk,
        outside: Arc<DemoOutside>,
        (first, last): (NaiveDate, NaiveDate),
        options: &DemoOptions,
    ) -> Result<Self> {
        let variants = each(desk.perform_all(&Stock::catalogue())?, |outcome| match outcome {
            Outcome::Variant(_, id) => Some(id),
            _ => None,
        })?;
        let groups = each(desk.perform_all(&people::groups())?, |outcome| match outcome {
            Outcome::Group(id) => Some(id),
            _ => None,
        })?;
        let mut stock = Stock::new(variants);
        desk.perform_all(&stock.stock_up(first))?;
        let days = (last - first).num_days();
        let mut walk = Self {
            desk,
            seed: options.seed,
            first,
            last,
            today: first,
            people: people::everybody(options.seed, options.customers, first, days),
            by_customer: HashMap::new(),
            groups,
            stock,
            diary: Diary::default(),
            open: OpenMoney::default(),
            seen: InvoiceId(0),
            orders: 0,
            outside,
            next: 0,
        };
        walk.cast();
        Ok(walk)
    }

    /// One day.
    pub fn day(&mut self, day: NaiveDate) -> Result<()> {
        self.today = day;
        self.outside.set(day, 7);
        self.desk.run_pass(&PassOptions::default())?;
        self.outside.set(day, 9);
        self.people_come()?;
        let events = self.diary.take_until(day);
        self.outside.set(day, 10);
        let events = self.orders_of(events)?;
        self.plan_payments()?;
        self.outside.set(day, 15);
        let mut events = events;
        events.extend(self.diary.take_until(day));
        self.money_of(events)?;
        self.outside.set(day, 18);
        if day == self.last {
            self.finale()?;
            self.changes()?;
        } else {
            // What was queued before the last day went out in the evening.
            let now = Outside::now(&*self.outside);
            self.desk.book().write(|db| outbox::hand_over(db, now))?;
        }
        Ok(())
    }

    /// Does these, a few thousand a transaction.
    pub fn perform(&mut self, batch: &[Action]) -> Result<Vec<Done>> {
        let mut done = Vec::with_capacity(batch.len());
        for part in batch.chunks(BATCH) {
            done.extend(self.desk.perform_all(part)?);
        }
        Ok(done)
    }

    fn people_come(&mut self) -> Result<()> {
        let from = self.next;
        while self.people.get(self.next).is_some_and(|person| person.joins_on <= self.today) {
            self.next += 1;
        }
        let come: Vec<Action> = self.people[from..self.next].iter().map(|person| person.add(self.seed)).collect();
        let ids = each(self.perform(&come)?, |outcome| match outcome {
            Outcome::Customer(id) => Some(id),
            _ => None,
        })?;
        let mut joins = Vec::new();
        for (at, id) in (from..).zip(ids) {
            self.people[at].id = id;
            self.by_customer.insert(id, at);
            if let Some(group) = self.people[at].group {
                joins.push(Action::JoinGroup { group: self.groups[group], customer: id });
            }
            self.plan_person(at);
            joins.extend(self.method(at));
        }
        self.perform(&joins).map(drop)
    }

    /// What somebody is going to order, and what is going to be noted about them.
    fn plan_person(&mut self, at: usize) {
        let person = &self.people[at];
        let mut chance = Chance::of(self.seed, Topic::Extra, person.at as u64);
        if person.at >= CAST {
            self.diary.note(self.today, Event::Order(at, Wish::Any));
            if chance.percent(38) {
                let later = add_days(self.today, chance.between(40, 300));
                let wish = if chance.percent(6) { Wish::Regretted } else { Wish::Any };
                self.diary.note(later, Event::Order(at, wish));
            }
        }
        if chance.percent(30) {
            let extra = add_days(self.today, chance.between(30, 360));
            self.diary.note(extra, Event::Extra(at));
        }
        if chance.percent(40) {
            let day = add_days(self.today, chance.between(1, 200));
            self.diary.note(day, Event::Note(at, *chance.pick(NOTES)));
        }
    }

    /// The first few customers: a payment due today, contracts that end soon, notes to come back to today.
    fn cast(&mut self) {
        let months = i32::try_from((self.last - self.first).num_days() / 31).unwrap_or(i32::MAX).clamp(1, 12);
        let cast: Vec<(usize, usize)> =
            self.people.iter().enumerate().filter(|(_, person)| person.at < CAST).map(|(at, p)| (at, p.at)).collect();
        for (at, role) in cast {
            let joins_on = self.people[at].joins_on;
            // Half a contract ago, so that a period begins today; the contracts of the others end in a few days.
            let (ends_in, back) =
                if role == 0 { (0, (months / 2).max(1)) } else { (9 * i64::try_from(role).unwrap_or(1) - 3, months) };
            let start = add_months(add_days(self.last, ends_in), -back).unwrap_or(self.first).max(joins_on);
            let anchor_day = (role == 0).then_some(self.last.day());
            let wish = Wish::Contract { months: months.unsigned_abs() + u32::from(role == 0), anchor_day };
            self.diary.note(start, Event::Order(at, wish));
            let (noted, due) = CALLS[role];
            let day = add_days(self.last, due - 7).max(joins_on);
            let follow_up = (add_days(self.last, due) - day).num_days();
            let noted = Noted { follow_up: noted.follow_up.map(|(_, action)| (follow_up, action)), ..noted };
            self.diary.note(day, Event::Note(at, noted));
        }
        let near = |days: i64| add_days(self.last, -days);
        let drafts = [(near(2), Wish::Draft), (near(1), Wish::Draft), (near(12), Wish::Regretted)];
        for (at, (day, wish)) in drafts.into_iter().enumerate().filter(|(at, _)| *at < self.people.len()) {
            let day = day.max(self.people[at].joins_on);
            self.diary.note(day, Event::Order(at, wish));
        }
    }
}

/// The ids of what was made, in order.
pub(super) fn each<T>(done: Vec<Done>, id: impl Fn(Outcome) -> Option<T>) -> Result<Vec<T>> {
    let odd = || StoreError::broken("an Action of the demo made something else").into();
    done.into_iter().map(|done| id(done.outcome).ok_or_else(odd)).collect()
}

const fn noted(kind: &'static str, summary: &'static str, follow_up: Option<(i64, &'static str)>) -> Noted {
    Noted { kind, summary, follow_up }
}

/// What is noted about the first few, and in how many days from the last one somebody comes back to it.
const CALLS: [(Noted, i64); CAST] = [
    (noted("phone", "Asked for a second screen of the same kind; wants a price.", Some((7, "send the offer"))), 0),
    (noted("email", "Contract ends soon; thinks about staying another year.", Some((7, "ask about the extension"))), 0),
    (noted("meeting", "Looked at the larger desk in the shop.", Some((7, "call back"))), -3),
    (noted("phone", "Moves house next month; needs a date for the van.", Some((7, "agree on the date"))), 4),
];

const NOTES: &[Noted] = &[
    noted("phone", "Prefers calls in the morning.", None),
    noted("email", "Sent the manual once more.", None),
    noted("phone", "The charger was loose; a new one is on the way.", Some((5, "ask whether it arrived"))),
    noted("meeting", "Happy with the service, may take two more next year.", None),
    noted("email", "Asked for invoices with the cost centre; entered as contact.", None),
    noted("other", "Key of the bike lock is kept in the shop.", None),
];
