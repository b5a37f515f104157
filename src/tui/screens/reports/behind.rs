//! The lines of each box with the rows behind them: Enter lists the lines, then the rows of the one chosen, which are
//! those the figure was added up from.

use super::figures::{self, Figures};
use super::{Card, Reports, counted};
use crate::domain::money::Money;
use crate::tui::command::Able;
use crate::tui::desk::Desk;
use crate::tui::desk::reads::reports::{AgingRow, Figure, MonthRow, Period, StatusRow};
use crate::tui::dialogs::picker::Picker;
use crate::tui::place::{Place, Tab};
use crate::tui::reply::{Entry, Reply};
use crate::tui::words;

/// Under this name the chosen line comes back.
pub(super) const LINE: &str = "line of a box";

/// What is behind a line.
enum Behind {
    /// The rows of a figure, read over a period.
    Rows(Figure, Period),
    /// A page.
    Page(Place),
}

/// A line of a box and what is behind it.
struct Line {
    text: String,
    note: String,
    behind: Behind,
}

impl Line {
    fn new(text: impl Into<String>, note: impl Into<String>, behind: Behind) -> Self {
        Self { text: text.into(), note: note.into(), behind }
    }
}

impl Reports {
    /// Lists the lines of the box that has the cursor.
    pub(super) fn open_box(&self) -> Reply {
        let Some(figures) = &self.figures else {
            return Reply::say("The figures are still being read.");
        };
        let lines = self.lines(figures);
        let entry = |(number, line): (usize, &Line)| {
            Entry::new(number.to_string(), &line.text).note(&line.note).able(Able::Yes)
        };
        let entries: Vec<Entry> = lines.iter().enumerate().map(entry).collect();
        if entries.is_empty() {
            return Reply::say("There is nothing behind this box.");
        }
        Reply::open(Picker::new(LINE, self.focus.title(), entries))
    }

    /// Shows the rows of a line.
    pub(super) fn go_behind(&self, key: &str, desk: &Desk) -> Reply {
        let lines = self.figures.as_ref().map(|figures| self.lines(figures)).unwrap_or_default();
        match key.parse().ok().and_then(|number: usize| lines.into_iter().nth(number)) {
            Some(Line { text, behind: Behind::Rows(figure, period), .. }) => {
                let of = counted::Asked { figure, period, currency: self.currency, segment: self.segment.as_ref() };
                counted::open(&text, &of, self.style, desk)
            }
            Some(Line { behind: Behind::Page(place), .. }) => Reply::Go(place),
            None => Reply::Nothing,
        }
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

    /// The period the boxes are about.
    const fn period(&self, figures: &Figures) -> Period {
        Period { from: self.between.from, to: figures.as_of, as_of: figures.as_of }
    }

    fn amount(&self, money: Money) -> String {
        self.style.amount(money)
    }

    fn months(&self, figures: &Figures) -> Vec<Line> {
        let period = figures::chart(self.period(figures));
        let lines = |row: &&MonthRow| {
            let share = share(self.style, row.collected, row.due);
            let (collected, due) = (self.amount(row.collected), self.amount(row.due));
            let month = row.month.format("%B %Y").to_string();
            let due_text = format!("{month}, what came due");
            [
                Line::new(month, format!("{collected}{share}"), Behind::Rows(Figure::IncomeOf(row.month), period)),
                Line::new(due_text, due, Behind::Rows(Figure::DueIn(row.month), period)),
            ]
        };
        // The newest month first: it is asked about most.
        figures.months_of(self.currency).iter().rev().flat_map(lines).collect()
    }

    fn statuses(&self, figures: &Figures) -> Vec<Line> {
        let line = |row: &StatusRow| {
            let text = format!("{} {}", row.status.mark(), row.status.word());
            let (count, sum) = row.of(self.currency);
            let behind = Behind::Rows(Figure::Standing(row.status), self.period(figures));
            Line::new(text, format!("{count}   {}", self.amount(sum)), behind)
        };
        figures.statuses.iter().map(line).collect()
    }

    fn key_figures(&self, figures: &Figures) -> Vec<Line> {
        let Some(row) = figures.row(self.currency) else { return Vec::new() };
        let rate = |ppm: Option<i64>| ppm.map_or_else(|| "-".to_owned(), |ppm| words::percent(self.style, ppm));
        let average = row.average_payment.map_or_else(|| "-".to_owned(), |money| self.amount(money));
        let period = self.period(figures);
        let line = |text: &str, note: String, figure| Line::new(text, note, Behind::Rows(figure, period));
        vec![
            line("Total income", self.amount(row.total_income), Figure::Income),
            line("Average payment", average, Figure::Paid),
            line("Open on invoices", self.amount(row.outstanding), Figure::Outstanding),
            line("Success rate: paid", rate(row.success_ppm), Figure::Success),
            line("Failed rate: failed", rate(row.failed_ppm), Figure::Failed),
            line("Came due, which both are of", row.due_count.to_string(), Figure::CameDue),
            line("Due and not invoiced", self.amount(row.due_not_invoiced), Figure::NotInvoiced),
            line("Monthly recurring", self.amount(row.monthly_recurring), Figure::Recurring),
            line("Credit of customers", self.amount(row.unapplied_credit), Figure::Credit),
            line("Deposits held", self.amount(row.deposits_held), Figure::Held),
            line("Deposits kept, in the income", self.amount(row.deposits_kept), Figure::Kept),
        ]
    }

    fn ages(&self, figures: &Figures) -> Vec<Line> {
        let line = |row: &&AgingRow| {
            let note = format!("{}   {}", words::count(row.count, "invoice"), self.amount(row.amount));
            Line::new(row.bucket.word(), note, Behind::Rows(Figure::Aged(row.bucket), self.period(figures)))
        };
        figures.aging_of(self.currency).iter().map(line).collect()
    }

    fn expected(&self, figures: &Figures) -> Vec<Line> {
        let mut lines = Vec::new();
        let period = Period { from: self.today, to: self.today, as_of: self.today };
        for row in figures.expected_of(self.currency) {
            let (days, due) = (row.days, self.amount(row.due));
            let text = format!("Next {days} days, due already");
            lines.push(Line::new(text, due, Behind::Rows(Figure::DueWithin(days), period)));
            let text = format!("Next {days} days, periods to come");
            let upcoming = self.amount(row.upcoming);
            lines.push(Line::new(text, upcoming, Behind::Rows(Figure::UpcomingWithin(days), period)));
        }
        lines
    }

    fn failures(&self, figures: &Figures) -> Vec<Line> {
        let period = figures::weeks(self.period(figures));
        let line = |row: &crate::tui::desk::reads::reports::FailureRow| {
            let reasons = row.by_reason.iter().map(|(reason, count)| format!("{count} {}", reason.replace('_', " ")));
            let reasons = reasons.collect::<Vec<_>>().join(", ");
            let text = format!("Week of {}", row.week.format("%d %b %Y"));
            let note = format!("{} failed, {} recovered   {reasons}", row.declined, row.recovered);
            Line::new(text, note.trim_end().to_owned(), Behind::Rows(Figure::FailedIn(row.week), period))
        };
        figures.failures_of(self.currency).into_iter().rev().map(line).collect()
    }

    fn groups(&self, figures: &Figures) -> Vec<Line> {
        let line = |row: &crate::tui::desk::reads::GroupRow| {
            let note = format!("monthly {}   open {}", self.amount(row.monthly), self.amount(row.outstanding));
            Line::new(&row.name, note, Behind::Page(Place::Group(row.id)))
        };
        let mut lines: Vec<Line> = figures.groups_of(self.currency).into_iter().map(line).collect();
        if usize::try_from(figures.group_count).is_ok_and(|count| count > lines.len()) {
            let all = Behind::Page(Place::Tab(Tab::Groups));
            lines.push(Line::new("All billing groups", figures.group_count.to_string(), all));
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
