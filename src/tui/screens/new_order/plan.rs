//! What an order will bill: every period of every item, and what it adds up to. As priced; tax comes on top.

use chrono::NaiveDate;

use super::items::{Catalogue, named};
use crate::domain::currency::Currency;
use crate::domain::money::Money;
use crate::domain::schedule::{Schedule, price};
use crate::services::actions::order::ItemDraft;

/// One payment to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Planned {
    /// First and last day of the period.
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// `2 x Laptop Pro, 14 grey`.
    pub what: String,
    /// Its place among the payments of its item, and how many there are.
    pub place: (u32, u32),
    /// What it costs, all units.
    pub amount: Money,
}

/// The whole of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Plan {
    pub payments: Vec<Planned>,
    pub per_month: Money,
    pub total: Money,
    pub deposits: Money,
}

impl Plan {
    /// The plan of these items; `None` when one of them cannot be scheduled or two have different currencies.
    pub(super) fn new(items: &[ItemDraft], anchor_day: Option<u32>, catalogue: &Catalogue) -> Option<Self> {
        let catalogue = catalogue.borrow();
        let currency = catalogue.get(&items.first()?.variant)?.price.currency();
        let nothing = Money::zero(currency);
        let mut plan = Self { payments: Vec::new(), per_month: nothing, total: nothing, deposits: nothing };
        for item in items {
            let variant = catalogue.get(&item.variant).filter(|variant| variant.price.currency() == currency)?;
            let units = if item.quantity == 1 { String::new() } else { format!("{} x ", item.quantity) };
            plan.add(item, anchor_day, &format!("{units}{}", named(variant)), currency)?;
        }
        plan.payments.sort_by_key(|payment| payment.from);
        Some(plan)
    }

    fn add(&mut self, item: &ItemDraft, anchor_day: Option<u32>, what: &str, currency: Currency) -> Option<()> {
        let schedule = Schedule::for_months(item.start_on, item.months, item.frequency, anchor_day).ok()?;
        let monthly = Money::parse(&item.price, currency).ok()?;
        let units = |money: i64| money.checked_mul(i64::from(item.quantity)).map(|minor| Money::new(minor, currency));
        self.per_month = self.per_month.plus(units(monthly.minor())?).ok()?;
        if !item.deposit.is_empty() {
            self.deposits = self.deposits.plus(units(Money::parse(&item.deposit, currency).ok()?.minor())?).ok()?;
        }
        let count = schedule.count();
        for period in schedule.periods() {
            let amount = units(price(&period, item.frequency, monthly.minor()))?;
            self.total = self.total.plus(amount).ok()?;
            let (from, to) = (period.start, period.last_day());
            let place = (period.index + 1, count);
            self.payments.push(Planned { from, to, what: what.to_owned(), place, amount });
        }
        Some(())
    }

    /// What the first day brings, and what the last.
    pub(super) fn ends(&self) -> Option<[(NaiveDate, Money); 2]> {
        let day = |on: NaiveDate| {
            let on_day = self.payments.iter().filter(|payment| payment.from == on).map(|payment| payment.amount);
            on_day.reduce(|sum, amount| sum.plus(amount).unwrap_or(sum)).map(|sum| (on, sum))
        };
        Some([day(self.payments.first()?.from)?, day(self.payments.last()?.from)?])
    }

    /// How many payments start by this day, and what they come to.
    pub(super) fn due_by(&self, day: NaiveDate) -> (usize, Money) {
        let due: Vec<Money> =
            self.payments.iter().filter(|payment| payment.from <= day).map(|payment| payment.amount).collect();
        let sum = due.iter().fold(Money::zero(self.total.currency()), |sum, amount| sum.plus(*amount).unwrap_or(sum));
        (due.len(), sum)
    }
}
