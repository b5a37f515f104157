//! What rows are shown by: the day, and the shop's way of writing.

use chrono::{Datelike as _, NaiveDate};

use crate::domain::format::Style;
use crate::domain::money::Money;

/// The business day, and how the shop writes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct View {
    pub today: NaiveDate,
    pub style: Style,
}

impl View {
    /// A day as the shop writes it.
    pub fn day(self, day: impl Into<Option<NaiveDate>>) -> String {
        day.into().map(|day| self.style.date(day)).unwrap_or_default()
    }

    /// An amount as the shop writes it, with its currency.
    pub fn money(self, money: Money) -> String {
        format!("{} {}", self.style.amount(money), money.currency())
    }

    /// A day in lists and sentences: `17 Nov`, with its year where that is not this year's: `31 Dec 2024`.
    pub fn short_day(self, day: NaiveDate) -> String {
        if day.year() == self.today.year() { self.style.short_date(day) } else { self.style.long_date(day) }
    }
}
