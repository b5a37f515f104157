//! What the reports page reads, in one go beside the screen.

use chrono::{Days, NaiveDate};

use crate::domain::calendar::add_months;
use crate::services::DeskError;
use crate::services::reads::reports::{
    AgingRow, ExpectedRow, FailureRow, MonthRow, Period, StatusRow, Summary, aging, expected, failures_by_week,
    income_by_month, status_distribution, summary,
};
use crate::tui::desk::{Desk, Trouble};

/// Twelve months, seen from today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    from: NaiveDate,
    to: NaiveDate,
    as_of: NaiveDate,
}

impl Span {
    /// The twelve months that end with the month of `today`, moved by so many months.
    pub(super) fn ending(today: NaiveDate, moved: i32) -> Self {
        use chrono::Datelike;
        let first = today.with_day(1).unwrap_or(today);
        let month = |n: i32| add_months(first, n).unwrap_or(first);
        let to = month(moved + 1).checked_sub_days(Days::new(1)).unwrap_or(today);
        Self { from: month(moved - 11), to, as_of: today }
    }

    /// `Dec 2024 - Nov 2025`.
    pub(super) fn words(self) -> String {
        format!("{} - {}", self.from.format("%b %Y"), self.to.format("%b %Y"))
    }

    const fn period(self) -> Period {
        Period { from: self.from, to: self.to, as_of: self.as_of }
    }

    /// The last thirteen weeks of it.
    fn weeks(self) -> Period {
        let to = self.to.min(self.as_of);
        Period { from: to.checked_sub_days(Days::new(84)).unwrap_or(to), to, as_of: self.as_of }
    }
}

/// The figures of one span.
#[derive(Clone, Debug)]
pub(super) struct Figures {
    pub(super) summary: Summary,
    pub(super) before: Summary,
    pub(super) months: Vec<MonthRow>,
    pub(super) statuses: Vec<StatusRow>,
    pub(super) aging: Vec<AgingRow>,
    pub(super) expected: Vec<ExpectedRow>,
    pub(super) failures: Vec<FailureRow>,
}

/// Reads them all from one state of the book.
pub(super) fn figures(desk: &Desk, span: Span) -> Result<Figures, Trouble> {
    let year_before = |day: NaiveDate| add_months(day, -12).unwrap_or(day);
    let before = Period { from: year_before(span.from), to: year_before(span.to), as_of: year_before(span.as_of) };
    let read = desk.read(|db| {
        Ok::<_, DeskError>(Figures {
            summary: summary(db, span.period())?,
            before: summary(db, before)?,
            months: income_by_month(db, span.period())?,
            statuses: status_distribution(db, span.period())?,
            aging: aging(db, span.to.min(span.as_of))?,
            expected: expected(db, span.as_of)?,
            failures: failures_by_week(db, span.weeks())?,
        })
    });
    Ok(read?)
}
