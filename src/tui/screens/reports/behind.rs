//! The lines of each box with the rows behind them: Enter lists them, and goes to the rows of the one chosen.

use chrono::{Days, NaiveDate};

use super::figures::Figures;
use super::{Card, Reports};
use crate::domain::aging::Bucket;
use crate::domain::money::Money;
use crate::domain::status::PaymentStatus;
use crate::tui::command::Able;
use crate::tui::desk::reads::reports::Standing;
use crate::tui::dialogs::picker::Picker;
use crate::tui::place::{Narrow, Place, Tab};
use crate::tui::reply::{Entry, Reply};
use crate::tui::words;

/// Under this name the chosen line comes back.
pub(super) const LINE: &str = "line of a box";

/// A line of a box and where its rows are.
pub(super) struct Line {
    text: String,
    note: String,
    place: Option<Place>,
}

impl Line {
    fn new(text: impl Into<String>, note: impl Into<String>, place: impl Into<Option<Place>>) -> Self {
        Self { text: text.into(), note: note.into(), place: place.into() }
    }
}

fn viewed(view: &'static str) -> Narrow {
    Narrow { view: Some(view), ..Narrow::default() }
}

impl Reports {
    /// Lists the lines of the box that has the cursor.
    pub(super) fn open_box(&self) -> Reply {
        let Some(figures) = &self.figures else {
            return Reply::say("The figures are still being read.");
        };
        let lines = self.lines(figures);
        let entry = |(number, line): (usize, &Line)| {
            let able = Able::when(line.place.is_some(), "There is no list of the rows behind this figure.");
            Entry::new(number.to_string(), &line.text).note(&line.note).able(able)
        };
        let entries: Vec<Entry> = lines.iter().enumerate().map(entry).collect();
        if entries.is_empty() {
            return Reply::say("There is nothing behind this box.");
        }
        Reply::open(Picker::new(LINE, self.focus.title(), entries))
    }

    /// Goes to the rows of a line.
    pub(super) fn go_behind(&self, key: &str) -> Reply {
        let lines = self.figures.as_ref().map(|figures| self.lines(figures)).unwrap_or_default();
        let line = key.parse().ok().and_then(|number: usize| lines.into_iter().nth(number));
        line.and_then(|line| line.place).map_or(Reply::Nothing, Reply::Go)
    }

    fn lines(&self, figures: &Figures) -> Vec<Line> {
        match self.focus {
            Card::Income => self.months(figures),
            Card::Statuses => self.statuses(figures),
            Card::Figures => self.key_figures(figures),
            Card::Ages => self.ages(figures),
            Card::Expected => self.expected(figures),
            Card::Failures => self.failures(figures),
            Card::Groups => self.groups(figures),
        }
    }

    /// The payments of whom the figures are of.
    fn payments(&self, narrow: Narrow) -> Place {
        Place::Rows(Tab::Payments, Narrow { segment: self.segment.clone().map(Box::new), ..narrow })
    }

    /// The periods to come, which are listed of everybody only.
    fn to_come(&self) -> Option<Place> {
        self.segment.is_none().then(|| self.payments(viewed("upcoming")))
    }

    fn amount(&self, money: Money) -> String {
        self.style.amount(money)
    }

    fn months(&self, figures: &Figures) -> Vec<Line> {
        let line = |row: &&crate::tui::desk::reads::reports::MonthRow| {
            let last = crate::domain::calendar::add_months(row.month, 1).and_then(|day| day.pred_opt());
            let narrow = Narrow { paid: (Some(row.month), last), ..viewed("all") };
            let share = share(self.style, row.collected, row.due);
            let (collected, due) = (self.amount(row.collected), self.amount(row.due));
            Line::new(
                row.month.format("%B %Y").to_string(),
                format!("{collected} of {due} due{share}"),
                self.payments(narrow),
            )
        };
        // The newest month first: it is asked about most.
        figures.months_of(self.currency).iter().rev().map(line).collect()
    }

    fn statuses(&self, figures: &Figures) -> Vec<Line> {
        let due = (Some(self.between.from), Some(figures.as_of));
        let line = |row: &crate::tui::desk::reads::reports::StatusRow| {
            let status = match row.status {
                Standing::Status(status) => status,
                Standing::WrittenOff => PaymentStatus::Paid,
            };
            let narrow = Narrow { status: Some(status), due, ..viewed("all") };
            let text = format!("{} {}", row.status.mark(), row.status.word());
            let (count, sum) = row.of(self.currency);
            Line::new(text, format!("{count}   {}", self.amount(sum)), self.payments(narrow))
        };
        figures.statuses.iter().map(line).collect()
    }

    fn key_figures(&self, figures: &Figures) -> Vec<Line> {
        let Some(row) = figures.row(self.currency) else { return Vec::new() };
        let days = (Some(self.between.from), Some(figures.as_of));
        let paid = || self.payments(Narrow { paid: days, ..viewed("all") });
        let due = |status| self.payments(Narrow { due: days, status, ..viewed("all") });
        let rate = |ppm: Option<i64>| ppm.map_or_else(|| "-".to_owned(), |ppm| words::percent(self.style, ppm));
        let average = row.average_payment.map_or_else(|| "-".to_owned(), |money| self.amount(money));
        vec![
            Line::new("Total income", self.amount(row.total_income), paid()),
            Line::new("Average payment", average, paid()),
            Line::new("Open balance", self.amount(row.outstanding), self.payments(viewed("open"))),
            Line::new("Success rate", rate(row.success_ppm), due(Some(PaymentStatus::Paid))),
            Line::new("Failed rate", rate(row.failed_ppm), due(Some(PaymentStatus::Failed))),
            Line::new("Due and not invoiced", self.amount(row.due_not_invoiced), self.payments(viewed("open"))),
            Line::new("Monthly recurring", self.amount(row.monthly_recurring), self.to_come()),
            Line::new("Credit of customers", self.amount(row.unapplied_credit), None),
            Line::new("Deposits held", self.amount(row.deposits_held), None),
            Line::new("Deposits kept, in the income", self.amount(row.deposits_kept), None),
        ]
    }

    fn ages(&self, figures: &Figures) -> Vec<Line> {
        let ago = |days| back(figures.as_of, days);
        let line = |row: &&crate::tui::desk::reads::reports::AgingRow| {
            let due = match row.bucket {
                Bucket::Current => (Some(figures.as_of), None),
                Bucket::Days30 => (ago(30), ago(1)),
                Bucket::Days60 => (ago(60), ago(31)),
                Bucket::Days90 => (ago(90), ago(61)),
                Bucket::Older => (None, ago(91)),
            };
            let note = format!("{}   {}", words::count(row.count, "invoice"), self.amount(row.amount));
            Line::new(row.bucket.word(), note, self.payments(Narrow { due, ..viewed("open") }))
        };
        figures.aging_of(self.currency).iter().map(line).collect()
    }

    fn expected(&self, figures: &Figures) -> Vec<Line> {
        let mut lines = Vec::new();
        for row in figures.expected_of(self.currency) {
            let until = self.today.checked_add_days(Days::new(row.days.unsigned_abs()));
            let due = (Some(self.today), until);
            let invoiced = Narrow { due, ..viewed("open") };
            let (days, due) = (row.days, self.amount(row.due));
            lines.push(Line::new(format!("Next {days} days, due already"), due, self.payments(invoiced)));
            let text = format!("Next {days} days, periods to come");
            lines.push(Line::new(text, self.amount(row.upcoming), self.to_come()));
        }
        lines
    }

    fn failures(&self, figures: &Figures) -> Vec<Line> {
        let line = |row: &crate::tui::desk::reads::reports::FailureRow| {
            let reasons = row.by_reason.iter().map(|(reason, count)| format!("{count} {}", reason.replace('_', " ")));
            let reasons = reasons.collect::<Vec<_>>().join(", ");
            let text = format!("Week of {}", row.week.format("%d %b %Y"));
            let note = format!("{} failed, {} recovered   {reasons}", row.declined, row.recovered);
            Line::new(text, note.trim_end().to_owned(), self.payments(viewed("failed")))
        };
        figures.failures_of(self.currency).into_iter().rev().map(line).collect()
    }

    fn groups(&self, figures: &Figures) -> Vec<Line> {
        let line = |row: &crate::tui::desk::reads::GroupRow| {
            let note = format!("monthly {}   open {}", self.amount(row.monthly), self.amount(row.outstanding));
            Line::new(&row.name, note, Place::Group(row.id))
        };
        let mut lines: Vec<Line> = figures.groups_of(self.currency).into_iter().map(line).collect();
        if usize::try_from(figures.group_count).is_ok_and(|count| count > lines.len()) {
            lines.push(Line::new("All billing groups", figures.group_count.to_string(), Place::Tab(Tab::Groups)));
        }
        lines
    }
}

/// ` = 95.0 %`, where there is something to compare with.
pub(super) fn share(style: crate::domain::format::Style, part: Money, whole: Money) -> String {
    if whole.minor() <= 0 {
        return String::new();
    }
    let ppm = i128::from(part.minor()) * 1_000_000 / i128::from(whole.minor());
    format!(" = {}", words::percent(style, i64::try_from(ppm).unwrap_or(0)))
}

fn back(day: NaiveDate, days: u64) -> Option<NaiveDate> {
    day.checked_sub_days(Days::new(days))
}
