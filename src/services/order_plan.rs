//! What an order will bill: every period of every item in the order of time, and what it adds up to. As priced: tax is
//! added on the invoice.

use chrono::NaiveDate;

use crate::domain::money::Money;
use crate::domain::schedule::{Schedule, price};

/// One item of an order, ready to be scheduled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planning {
    /// What is rented, in words.
    pub what: String,
    /// How many units.
    pub quantity: u32,
    pub schedule: Schedule,
    /// Price a month and unit.
    pub monthly: Money,
    /// Security money a unit.
    pub deposit: Money,
}

/// One payment to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// First day of the period.
    pub from: NaiveDate,
    /// Its last day.
    pub to: NaiveDate,
    /// What is rented; `2 x` before it where there are several units.
    pub what: String,
    /// Its place among the payments of its item, from 1, and how many there are.
    pub place: (u32, u32),
    /// How many payments it is: one a unit.
    pub units: u32,
    /// What it costs, all units.
    pub amount: Money,
    /// Security money on its invoice: all of the item's with its first payment.
    pub deposit: Money,
}

/// The whole of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Every payment, soonest first.
    pub payments: Vec<Planned>,
    /// Monthly prices of all units.
    pub per_month: Money,
    pub total: Money,
    /// Security money of all units.
    pub deposits: Money,
}

impl Plan {
    /// The plan of these items; `None` when there are none, when they have different currencies, or when a sum is
    /// larger than the book can hold.
    pub fn new(items: &[Planning]) -> Option<Self> {
        let nothing = Money::zero(items.first()?.monthly.currency());
        let mut plan = Self { payments: Vec::new(), per_month: nothing, total: nothing, deposits: nothing };
        for item in items {
            plan.add(item)?;
        }
        plan.payments.sort_by_key(|payment| payment.from);
        Some(plan)
    }

    fn add(&mut self, item: &Planning) -> Option<()> {
        let units = |one: Money| {
            let minor = one.minor().checked_mul(i64::from(item.quantity));
            minor.map(|minor| Money::new(minor, one.currency()))
        };
        self.per_month = self.per_month.plus(units(item.monthly)?).ok()?;
        let deposit = units(item.deposit)?;
        self.deposits = self.deposits.plus(deposit).ok()?;
        let count = item.schedule.count();
        let what = if item.quantity == 1 { item.what.clone() } else { format!("{} x {}", item.quantity, item.what) };
        for period in item.schedule.periods() {
            let one = price(&period, item.schedule.frequency, item.monthly.minor());
            let amount = units(Money::new(one, item.monthly.currency()))?;
            self.total = self.total.plus(amount).ok()?;
            let (from, to) = (period.start, period.last_day());
            self.payments.push(Planned {
                from,
                to,
                what: what.clone(),
                place: (period.index + 1, count),
                units: item.quantity,
                amount,
                deposit: if period.index == 0 { deposit } else { Money::zero(deposit.currency()) },
            });
        }
        Some(())
    }

    /// The first day with what it costs, and the last one.
    pub fn ends(&self) -> Option<[(NaiveDate, Money); 2]> {
        let on = |day: NaiveDate| (day, self.sum(|payment| payment.from == day).1);
        Some([on(self.payments.first()?.from), on(self.payments.last()?.from)])
    }

    /// How many payments start by this day, and what they come to.
    pub fn due_by(&self, day: NaiveDate) -> (usize, Money) {
        self.sum(|payment| payment.from <= day)
    }

    /// The security money that stands on invoices of periods that start by this day.
    pub fn deposits_by(&self, day: NaiveDate) -> Money {
        let minor = self.payments.iter().filter(|payment| payment.from <= day).map(|payment| payment.deposit.minor());
        Money::new(minor.sum(), self.total.currency())
    }

    /// What each of the payments costs that start by this day, where it is the same.
    pub fn each_by(&self, day: NaiveDate) -> Option<Money> {
        let each = |payment: &Planned| payment.amount.minor() / i64::from(payment.units.max(1));
        let mut due = self.payments.iter().filter(|payment| payment.from <= day).map(each);
        let first = due.next()?;
        due.all(|other| other == first).then(|| Money::new(first, self.total.currency()))
    }

    /// How many payments there are, one a unit.
    pub fn count(&self) -> usize {
        self.sum(|_| true).0
    }

    fn sum(&self, fits: impl Fn(&Planned) -> bool) -> (usize, Money) {
        let payments: Vec<&Planned> = self.payments.iter().filter(|payment| fits(payment)).collect();
        // No part of the total is larger than the total, which fits.
        let sum = payments.iter().map(|payment| payment.amount.minor()).sum();
        let count = payments.iter().map(|payment| payment.units as usize).sum();
        (count, Money::new(sum, self.total.currency()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::currency::Currency;
    use crate::domain::frequency::Frequency;

    fn item(quantity: u32, start: &str, months: u32, anchor: Option<u32>) -> Planning {
        let schedule = Schedule::for_months(start.parse().unwrap(), months, Frequency::Monthly, anchor).unwrap();
        let money = |minor| Money::new(minor, Currency::EUR);
        Planning { what: "Laptop".into(), quantity, schedule, monthly: money(8900), deposit: money(5000) }
    }

    #[test]
    fn twelve_months_at_89_are_twelve_payments() {
        let plan = Plan::new(&[item(1, "2024-01-01", 12, None)]).unwrap();
        assert_eq!((plan.payments.len(), plan.total.minor()), (12, 106_800));
        let [(first, _), (last, amount)] = plan.ends().unwrap();
        assert_eq!(
            (first.to_string(), last.to_string(), amount.minor()),
            ("2024-01-01".into(), "2024-12-01".into(), 8900)
        );
        assert_eq!(plan.due_by("2024-02-01".parse().unwrap()), (2, Money::new(17_800, Currency::EUR)));
    }

    #[test]
    fn units_multiply_and_items_stand_in_the_order_of_time() {
        let plan = Plan::new(&[item(2, "2024-02-01", 2, None), item(1, "2024-01-15", 1, None)]).unwrap();
        assert_eq!(plan.payments.first().unwrap().what, "Laptop");
        assert_eq!(plan.payments.last().unwrap().what, "2 x Laptop");
        // F22: two units are two payments each time.
        assert_eq!((plan.count(), plan.due_by("2024-02-01".parse().unwrap()).0), (5, 3));
        assert_eq!(plan.each_by("2024-12-31".parse().unwrap()).map(crate::domain::money::Money::minor), Some(8900));
        assert_eq!((plan.per_month.minor(), plan.deposits.minor(), plan.total.minor()), (26_700, 15_000, 44_500));
        let of_first = |day: &str| plan.deposits_by(day.parse().unwrap()).minor();
        assert_eq!((of_first("2023-12-31"), of_first("2999-12-31")), (0, 15_000), "with the first payment, and once");
        assert_eq!(Plan::new(&[]), None);
    }
}
