//! What the reports read, in one go beside the screen, from one state of the book.

use chrono::{Days, NaiveDate};

use crate::domain::calendar::add_months;
use crate::domain::currency::Currency;
use crate::tui::desk::reads::reports::{
    AgingRow, ExpectedRow, FailureRow, MonthRow, Period, StatusRow, Summary, SummaryRow, aging, expected,
    failures_by_week, income_by_month, status_distribution, summary,
};
use crate::tui::desk::reads::{GroupFilter, GroupRow, Page, groups, groups_count};
use crate::tui::desk::{Desk, DeskError};
use crate::tui::forms::period::Between;

/// The weeks of the box of failures.
const WEEKS: u64 = 13;
/// The billing groups that are shown.
const GROUPS: usize = 8;

/// The figures of one period, in one currency where they have one.
#[derive(Clone, Debug)]
pub(super) struct Figures {
    pub(super) summary: Summary,
    /// The same of the period before, as far into it as this one has gone.
    pub(super) before: Summary,
    pub(super) months: Vec<MonthRow>,
    pub(super) statuses: Vec<StatusRow>,
    pub(super) aging: Vec<AgingRow>,
    pub(super) expected: Vec<ExpectedRow>,
    pub(super) failures: Vec<FailureRow>,
    pub(super) groups: Vec<GroupRow>,
    pub(super) group_count: i64,
    /// The day all of it is seen from.
    pub(super) as_of: NaiveDate,
}

impl Figures {
    /// The key figures of a currency.
    pub(super) fn row(&self, currency: Currency) -> Option<&SummaryRow> {
        self.summary.rows.iter().find(|row| row.currency == currency)
    }

    /// Those of the period before.
    pub(super) fn row_before(&self, currency: Currency) -> Option<&SummaryRow> {
        self.before.rows.iter().find(|row| row.currency == currency)
    }

    pub(super) fn months_of(&self, currency: Currency) -> Vec<&MonthRow> {
        self.months.iter().filter(|row| row.collected.currency() == currency).collect()
    }

    pub(super) fn aging_of(&self, currency: Currency) -> Vec<&AgingRow> {
        self.aging.iter().filter(|row| row.amount.currency() == currency).collect()
    }

    pub(super) fn expected_of(&self, currency: Currency) -> Vec<&ExpectedRow> {
        self.expected.iter().filter(|row| row.due.currency() == currency).collect()
    }

    /// Every currency there is a figure of.
    pub(super) fn currencies(&self) -> Vec<String> {
        let mut codes: Vec<String> = self.summary.rows.iter().map(|row| row.currency.code().to_owned()).collect();
        codes.extend(self.months.iter().map(|row| row.collected.currency().code().to_owned()));
        codes.sort_unstable();
        codes.dedup();
        codes
    }
}

/// Reads them all.
pub(super) fn read(desk: &Desk, between: Between, today: NaiveDate) -> Result<Figures, DeskError> {
    let as_of = between.to.min(today).max(between.from);
    let period = Period { from: between.from, to: as_of, as_of };
    // As far into the period before as this one has gone: half a month is not compared with a whole one.
    let reached = if as_of < between.to { between.day_shifted(as_of, -1) } else { between.shifted(-1).to };
    let before = Period { from: between.shifted(-1).from, to: reached, as_of: reached };
    let weeks = Period { from: back(as_of, (WEEKS - 1) * 7), ..period };
    desk.read(|db| {
        let filter = GroupFilter::default();
        Ok::<_, DeskError>(Figures {
            summary: summary(db, period)?,
            before: summary(db, before)?,
            months: income_by_month(db, chart(period))?,
            statuses: status_distribution(db, period)?,
            aging: aging(db, as_of)?,
            expected: expected(db, today)?,
            failures: failures_by_week(db, weeks)?,
            groups: groups(db, &filter, &Page::first(GROUPS), today)?.rows,
            group_count: groups_count(db, &filter)?,
            as_of,
        })
    })
}

/// The months of the chart: of a short period, the twelve that end with it.
fn chart(period: Period) -> Period {
    let first = add_months(period.to, -11).and_then(|day| chrono::Datelike::with_day(&day, 1)).unwrap_or(period.from);
    Period { from: period.from.min(first), ..period }
}

fn back(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(day)
}
