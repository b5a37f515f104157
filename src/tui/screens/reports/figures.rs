//! What the reports read, in one go beside the screen, from one state of the book.

use chrono::{Days, NaiveDate};

use crate::domain::calendar::add_months;
use crate::domain::currency::Currency;
use crate::shown::reports::{Asked, Over, REPORTS, Report, by_key};
use crate::shown::sheet::{Row, Sheet};
use crate::tui::desk::reads::reports::Period;
use crate::tui::desk::reads::{GroupFilter, GroupRow, Page, SegmentRow, Whose, groups, groups_count};
use crate::tui::desk::{Desk, DeskError};
use crate::tui::forms::period::Between;

/// The weeks of the box of failures.
const WEEKS: u64 = 13;
/// The billing groups that are shown.
const GROUPS: usize = 8;

/// The figures of one period.
#[derive(Clone, Debug)]
pub(super) struct Figures {
    /// Every report, by its name.
    pub(super) sheets: Vec<(&'static str, Sheet)>,
    /// The key figures of the period before, as far into it as this one has gone.
    pub(super) before: Sheet,
    pub(super) groups: Vec<GroupRow>,
    pub(super) group_count: i64,
    /// Whether billing groups are among the figures at all.
    pub(super) has_groups: bool,
}

/// A number of a row of a report in a money.
pub(super) type Number<'a> = dyn Fn(&str) -> i64 + 'a;

impl Figures {
    /// A report.
    pub(super) fn sheet(&self, key: &str) -> Option<&Sheet> {
        self.sheets.iter().find(|(known, _)| *known == key).map(|(_, sheet)| sheet)
    }

    /// What each row of a report in a money says: its name in few letters, and its numbers by their keys.
    pub(super) fn each<T>(&self, key: &str, currency: Currency, say: impl Fn(&str, &Number<'_>) -> T) -> Vec<T> {
        let Some(sheet) = self.sheet(key) else { return Vec::new() };
        let row = |row: &Row| say(&row.short, &|key| sheet.number(row, key, (key, currency)).unwrap_or(0));
        sheet.rows_of(currency).map(row).collect()
    }

    /// A key figure of a currency, where it is known.
    pub(super) fn key(&self, currency: Currency, key: &str) -> Option<i64> {
        key_figure(self.sheet("summary")?, currency, key)
    }

    /// The same of the period before.
    pub(super) fn key_before(&self, currency: Currency, key: &str) -> Option<i64> {
        key_figure(&self.before, currency, key)
    }

    /// Every status, and how many payments stand there.
    pub(super) fn statuses(&self, currency: Currency) -> Vec<(String, i64)> {
        let Some(sheet) = self.sheet("status") else { return Vec::new() };
        let row = |row: &Row| (row.name.clone(), sheet.number(row, "sums", ("count", currency)).unwrap_or(0));
        sheet.rows_of(currency).map(row).collect()
    }

    /// The groups that pay in a currency.
    pub(super) fn groups_of(&self, currency: Currency) -> Vec<&GroupRow> {
        self.groups.iter().filter(|row| row.outstanding.currency() == currency).collect()
    }

    /// Every currency there is a figure of.
    pub(super) fn currencies(&self) -> Vec<String> {
        let rows = self.sheets.iter().flat_map(|(_, sheet)| &sheet.rows);
        let mut codes: Vec<String> = rows.filter_map(|row| row.currency).map(|own| own.code().to_owned()).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }
}

fn key_figure(sheet: &Sheet, currency: Currency, key: &str) -> Option<i64> {
    sheet.rows_of(currency).next().and_then(|row| sheet.number(row, key, (key, currency)))
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
    let own = desk.shop()?.currency;
    desk.read(|db| {
        let filter = GroupFilter::default();
        let whose = Whose::within(db, segment.map(|row| &row.filter), today)?;
        let has_groups = !whose.is_part();
        let shown = if has_groups { groups(db, &filter, &Page::first(GROUPS), today)?.rows } else { Vec::new() };
        let make = |report: &Report, period| (report.make)(db, &Asked { period, whose: &whose, own });
        let mut sheets = Vec::with_capacity(REPORTS.len());
        for report in &REPORTS {
            sheets.push((report.key, make(report, over(report.over, period, today))?));
        }
        let summary = by_key("summary").unwrap_or(&REPORTS[0]);
        Ok::<_, DeskError>(Figures {
            sheets,
            before: make(summary, before)?,
            groups: shown,
            group_count: if has_groups { groups_count(db, &filter)? } else { 0 },
            has_groups,
        })
    })
}

/// Over what a report is read where the page shows a period.
fn over(over: Over, period: Period, today: NaiveDate) -> Period {
    match over {
        Over::Period | Over::Day => period,
        Over::Months => chart(period),
        Over::Weeks => weeks(period),
        Over::Today => Period { from: today, to: today, as_of: today },
    }
}

/// The months of the chart: of a short period, the twelve that end with it.
fn chart(period: Period) -> Period {
    let first = add_months(period.to, -11).and_then(|day| chrono::Datelike::with_day(&day, 1)).unwrap_or(period.from);
    Period { from: period.from.min(first), ..period }
}

/// The weeks of the box of failures, up to the end of a period.
fn weeks(period: Period) -> Period {
    Period { from: back(period.as_of, (WEEKS - 1) * 7), ..period }
}

fn back(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(day)
}
