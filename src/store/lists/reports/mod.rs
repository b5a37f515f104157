//! The reports: key figures, income by month, status distribution, failures, aging, what is expected.
//!
//! They read a period or the open part of the book through covering indexes; a worker thread runs them. Of the customers
//! of a segment they read what these have, by the indexes that begin with a customer: a small segment of a large book
//! costs what it has, and the segments of a partition add up to the whole.

pub mod attempts;
mod behind;
mod figures;
mod months;
mod named;
mod open;
pub mod recurring;
pub mod stood;
mod summed;
pub mod till;

use chrono::NaiveDate;

use crate::domain::aging::Bucket;
use crate::domain::currency::Currency;
use crate::domain::money::Money;
use crate::domain::status::PaymentStanding;
use crate::store::engine::Db;
use crate::store::error::Result;
use crate::store::lists::whose::Told;
pub use crate::store::lists::whose::Whose;

pub use behind::{Counted, Figure, Thing, behind};
pub use figures::summary;
pub use months::{failures_by_week, income_by_month, status_distribution};
pub use named::named;
pub(super) use open::upcoming;
pub use open::{aging, expected};

/// The period of a report and the day it is seen from: what is dated after `as_of` is not in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    pub as_of: NaiveDate,
}

impl Period {
    /// The last day that is in it.
    pub fn last(self) -> NaiveDate {
        self.to.min(self.as_of)
    }
}

/// The first day there is anything to report of: of an invoice, of a payment that fell due, of money that came.
pub fn first_day(db: &Db) -> Result<Option<NaiveDate>> {
    let firsts = [
        "SELECT MIN(invoiced_on) FROM invoice",
        "SELECT MIN(due_on) FROM payment",
        "SELECT MIN(received_on) FROM receipt",
    ];
    let firsts = firsts.map(|sql| db.one(sql, &[], |row| row.opt_date(0)).map(Option::flatten));
    firsts.into_iter().try_fold(None, |first: Option<NaiveDate>, next| Ok(first.into_iter().chain(next?).min()))
}

/// The key figures.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Summary {
    /// One a currency, by code.
    pub rows: Vec<SummaryRow>,
}

impl Summary {
    /// Those of a currency.
    pub fn of(&self, currency: Currency) -> Option<&SummaryRow> {
        self.rows.iter().find(|row| row.currency == currency)
    }
}

/// The key figures of one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummaryRow {
    pub currency: Currency,
    /// Receipts applied to payments in the period, reversals negative on their day, deposits left out.
    pub total_income: Money,
    /// Open on issued invoices.
    pub outstanding: Money,
    /// Due and not invoiced yet.
    pub due_not_invoiced: Money,
    /// Mean amount of the payments that money paid in the period.
    pub average_payment: Option<Money>,
    /// Payments that money paid in the period.
    pub paid_count: i64,
    /// Received and not applied: a liability.
    pub unapplied_credit: Money,
    /// Deposits held: a liability, money received for them less what went back or was kept.
    pub deposits_held: Money,
    /// What was kept of deposits in the period: a part of the income, since it paid something.
    pub deposits_kept: Money,
    /// Monthly prices of active subscriptions.
    pub monthly_recurring: Money,
    /// Payments that came due in the period and are not cancelled.
    pub due_count: i64,
    /// Of them, those that money paid: parts per million.
    pub success_ppm: Option<i64>,
    /// Failed ÷ the same.
    pub failed_ppm: Option<i64>,
    /// Declined ÷ all attempts made in the period, parts per million.
    pub failed_attempts_ppm: Option<i64>,
}

/// What one month brought in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthRow {
    /// First day of the month.
    pub month: NaiveDate,
    pub collected: Money,
    /// What came due in it, cancelled left out.
    pub due: Money,
}

/// How many payments that came due in the period have a status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusRow {
    pub status: PaymentStanding,
    /// How many and how much, a currency each.
    pub sums: Vec<(i64, Money)>,
}

impl StatusRow {
    /// Of all currencies.
    pub fn count(&self) -> i64 {
        self.sums.iter().map(|(count, _)| count).sum()
    }

    /// Of one.
    pub fn of(&self, currency: Currency) -> (i64, Money) {
        let found = self.sums.iter().find(|(_, sum)| sum.currency() == currency);
        found.copied().unwrap_or((0, Money::zero(currency)))
    }
}

/// The failures of one week in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailureRow {
    /// Monday of the week.
    pub week: NaiveDate,
    pub currency: Currency,
    pub declined: i64,
    /// By reason as given, most first.
    pub by_reason: Vec<(String, i64)>,
    /// Of them, those that money had paid by the day it is seen from.
    pub recovered: i64,
}

/// What is open in one bucket and currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgingRow {
    pub bucket: Bucket,
    pub count: i64,
    pub amount: Money,
}

/// What is expected until a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpectedRow {
    /// Days ahead: 30, 60, 90.
    pub days: i64,
    /// Open on payments due by then, overdue left out.
    pub due: Money,
    /// Periods not yet materialised that start by then, as priced.
    pub upcoming: Money,
}
