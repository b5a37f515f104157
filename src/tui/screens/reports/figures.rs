//! What the reports read, in one go beside the screen, from one state of the book.

use chrono::{Days, NaiveDate};

use crate::domain::calendar::add_months;
use crate::domain::currency::Currency;
use crate::tui::desk::reads::reports::{
    AgingRow, ExpectedRow, FailureRow, MonthRow, Period, StatusRow, Summary, SummaryRow, aging, expected,
    failures_by_week, income_by_month, status_distribution, summary,
};
use crate::tui::desk::reads::{GroupFilter, GroupRow, Page, SegmentRow, Whose, groups, groups_count};
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
    /// Whether billing groups are among the figures at all.
    pub(super) has_groups: bool,
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

    pub(super) fn failures_of(&self, currency: Currency) -> Vec<&FailureRow> {
        self.failures.iter().filter(|row| row.currency == currency).collect()
    }

    /// The groups that pay in a currency.
    pub(super) fn groups_of(&self, currency: Currency) -> Vec<&GroupRow> {
        self.groups.iter().filter(|row| row.outstanding.currency() == currency).collect()
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

/// Reads them all: of everybody, or of the customers of a segment. Billing groups are no customers: with a segment they
/// are left out.
pub(super) fn read(
    desk: &Desk,
    between: Between,
    segment: Option<&SegmentRow>,
    today: NaiveDate,
) -> Result<Figures, DeskError> {
    let as_of = between.to.min(today).max(between.from);
    let period = Period { from: between.from, to: as_of, as_of };
    // As far into the period before as this one has gone: half a month is not compared with a whole one.
    let reached = if as_of < between.to { between.day_shifted(as_of, -1) } else { between.shifted(-1).to };
    let before = Period { from: between.shifted(-1).from, to: reached, as_of: reached };
    desk.read(|db| {
        let filter = GroupFilter::default();
        let whose = Whose::within(db, segment.map(|row| &row.filter), today)?;
        let has_groups = !whose.is_part();
        let shown = if has_groups { groups(db, &filter, &Page::first(GROUPS), today)?.rows } else { Vec::new() };
        Ok::<_, DeskError>(Figures {
            summary: summary(db, period, &whose)?,
            before: summary(db, before, &whose)?,
            months: income_by_month(db, chart(period), &whose)?,
            statuses: status_distribution(db, period, &whose)?,
            aging: aging(db, as_of, &whose)?,
            expected: expected(db, today, &whose)?,
            failures: failures_by_week(db, weeks(period), &whose)?,
            groups: shown,
            group_count: if has_groups { groups_count(db, &filter)? } else { 0 },
            has_groups,
            as_of,
        })
    })
}

/// The months of the chart: of a short period, the twelve that end with it.
pub(super) fn chart(period: Period) -> Period {
    let first = add_months(period.to, -11).and_then(|day| chrono::Datelike::with_day(&day, 1)).unwrap_or(period.from);
    Period { from: period.from.min(first), ..period }
}

/// The weeks of the box of failures, up to the end of a period.
pub(super) fn weeks(period: Period) -> Period {
    Period { from: back(period.as_of, (WEEKS - 1) * 7), ..period }
}

fn back(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(day)
}
