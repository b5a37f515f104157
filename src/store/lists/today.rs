//! Today: what the pass did and what waits for a person. Every figure by an index, whatever the age of the book.

use chrono::{DateTime, NaiveDate, Utc};

use super::customer_page::ActivityRow;
use crate::domain::money::Money;
use crate::store::engine::Db;
use crate::store::error::Result;

/// One line of the work queue.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct TodayLine {
    /// How many.
    pub count: i64,
    /// What they add up to, one sum a currency.
    pub sums: Vec<Money>,
    /// The oldest of them.
    pub oldest_on: Option<NaiveDate>,
}

/// What stands on the start page.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Today {
    /// Payments open and past due.
    pub overdue: TodayLine,
    /// Payments open and due today.
    pub due_today: TodayLine,
    /// Payments that failed.
    pub failed: TodayLine,
    /// Payments whose money is on its way.
    pub processing: TodayLine,
    /// Invoices that wait for approval.
    pub to_review: TodayLine,
    /// Payments due and not invoiced yet.
    pub uninvoiced: TodayLine,
    /// Contracts that end within 30 days; sums are monthly prices.
    pub ending: TodayLine,
    /// Follow-ups from notes that are due.
    pub follow_ups: TodayLine,
    /// Lines of bank statements to match.
    pub bank_lines: TodayLine,
    /// Messages that wait to be sent.
    pub messages: TodayLine,
    /// Customers with live subscriptions and no billing address.
    pub missing_addresses: TodayLine,
    /// Due in the next seven days, today included: open payments and periods not yet materialised.
    pub expected_week: Vec<Money>,
    /// Income of this month so far.
    pub collected_month: Vec<Money>,
    /// The last thing a person did.
    pub last_done: Option<ActivityRow>,
    /// The day the pass was done for last.
    pub last_pass_on: Option<NaiveDate>,
    /// When.
    pub last_pass_at: Option<DateTime<Utc>>,
    /// What it did: its rows of the log, whose subject is `pass:` and that day.
    pub last_pass: Vec<ActivityRow>,
}

/// The start page.
///
/// # Errors
/// When the file fails.
pub fn today(_db: &Db, _today: NaiveDate) -> Result<Today> {
    Ok(Today::default())
}
