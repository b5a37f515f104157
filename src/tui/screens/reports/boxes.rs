//! What stands in each box. Every number is printed; bars are decoration.

use ratatui::layout::Rect;

use super::figures::Figures;
use super::{Card, Reports, behind};
use crate::domain::aging::Bucket;
use crate::domain::money::Money;
use crate::tui::desk::reads::reports::{FailureRow, MonthRow};
use crate::tui::format::{self, Align};
use crate::tui::theme::Ink;
use crate::tui::widgets::bars::{self, HBar};
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::columns::{self, Month};
use crate::tui::words;

/// From this width a box of bars has the shares beside the numbers.
const SHARES_FROM: u16 = 38;

impl Reports {
    /// What stands at the right of a box's title.
    pub(super) fn remark(&self, shown: Card, figures: &Figures) -> String {
        let row = figures.row(self.currency);
        match shown {
            Card::Income => row.map(|row| self.style.amount(row.total_income)).unwrap_or_default(),
            Card::Statuses => figures.statuses.iter().map(|row| row.of(self.currency).0).sum::<i64>().to_string(),
            Card::Ages => row.map(|row| self.style.amount(row.outstanding)).unwrap_or_default(),
            Card::Figures => "against before".to_owned(),
            Card::Groups if figures.has_groups => figures.group_count.to_string(),
            Card::Groups | Card::Expected | Card::Failures => String::new(),
        }
    }

    pub(super) fn draw_figures(&self, canvas: &mut Canvas<'_>, shown: Card, area: Rect, figures: &Figures) {
        match shown {
            Card::Income => self.draw_income(canvas, area, figures),
            Card::Statuses => self.draw_statuses(canvas, area, figures),
            Card::Figures => self.draw_key_figures(canvas, area, figures),
            Card::Ages => self.draw_ages(canvas, area, figures),
            Card::Expected => self.draw_expected(canvas, area, figures),
            Card::Failures => draw_failures(canvas, area, &figures.failures_of(self.currency)),
            Card::Groups => self.draw_groups(canvas, area, figures),
        }
    }

    fn draw_income(&self, canvas: &mut Canvas<'_>, area: Rect, figures: &Figures) {
        let rows = figures.months_of(self.currency);
        let Some(last) = rows.last() else {
            canvas.put(area.x, area.y, area.width, "Nothing was collected in these months.", Ink::Dim);
            return;
        };
        let months =
            rows.iter().map(|row| Month { label: row.month.format("%b").to_string(), value: row.collected.minor() });
        let months: Vec<Month> = months.collect();
        let is_large = area.height > 12;
        let chart = Rect { height: area.height.saturating_sub(if is_large { 4 } else { 1 }), ..area };
        let whole = 10_i64.pow(self.currency.exponent());
        let place = columns::render(canvas, chart, &months, |minor| self.style.number(&(minor / whole).to_string()));
        if is_large {
            self.draw_month_numbers(canvas, area, &rows, place);
        } else {
            let share = behind::share(self.style, last.collected, last.due);
            let (collected, due) = (self.style.amount(last.collected), self.style.amount(last.due));
            let text = format!("{}: {collected} of {due}{share}", last.month.format("%b"));
            canvas.put(area.x, area.bottom() - 1, area.width, &text, Ink::Plain);
        }
    }

    /// Collected, due and the share of each month, below its column: whole units, or thousands with one digit.
    fn draw_month_numbers(&self, canvas: &mut Canvas<'_>, area: Rect, rows: &[&MonthRow], (first, pitch): (u16, u16)) {
        let whole = 10_i64.pow(self.currency.exponent());
        let largest = rows.iter().map(|row| row.collected.minor().max(row.due.minor())).max().unwrap_or(0);
        let in_thousands = largest >= whole * 10_000;
        let short = |minor: i64| {
            if !in_thousands {
                return (minor / whole).to_string();
            }
            let tenths = minor / (whole * 100);
            self.style.number(&format!("{}.{}", tenths / 10, (tenths % 10).abs()))
        };
        let share = |row: &MonthRow| match row.due.minor() {
            due @ 1.. => (i128::from(row.collected.minor()) * 100 / i128::from(due)).to_string(),
            _ => String::new(),
        };
        let thousand = if in_thousands { ", thousand" } else { "" };
        let mut put = |line: u16, word: &str, text: &dyn Fn(&MonthRow) -> String| {
            let (mut x, y) = (first, area.bottom() - 3 + line);
            for row in rows {
                canvas.put_right(x, y, pitch.saturating_sub(1), &text(row), Ink::Plain);
                x += pitch;
            }
            canvas.put(x + 1, y, area.right().saturating_sub(x + 1), word, Ink::Dim);
        };
        put(0, &format!("in{thousand}"), &|row| short(row.collected.minor()));
        put(1, "due", &|row| short(row.due.minor()));
        put(2, "%", &share);
    }

    fn draw_statuses(&self, canvas: &mut Canvas<'_>, area: Rect, figures: &Figures) {
        let count = |row: &crate::tui::desk::reads::reports::StatusRow| row.of(self.currency).0;
        let total: i64 = figures.statuses.iter().map(count).sum();
        let bar = |row: &crate::tui::desk::reads::reports::StatusRow| HBar {
            label: format!("{} {}", row.status.mark(), row.status.word()),
            shown: self.with_share(count(row).to_string(), (count(row), total), area.width),
            value: count(row),
            ink: Ink::Plain,
        };
        let bars: Vec<HBar> = figures.statuses.iter().map(bar).collect();
        bars::render(canvas, Rect { height: area.height.saturating_sub(1), ..area }, &bars);
        let rate = |ppm: Option<i64>| ppm.map_or_else(|| "-".to_owned(), |ppm| words::percent(self.style, ppm));
        let row = figures.row(self.currency);
        let (success, failed) = (row.and_then(|row| row.success_ppm), row.and_then(|row| row.failed_ppm));
        let text = format!("success {}   failed {}", rate(success), rate(failed));
        canvas.put(area.x, area.bottom().saturating_sub(1), area.width, &text, Ink::Plain);
    }

    fn with_share(&self, number: String, (part, whole): (i64, i64), width: u16) -> String {
        if whole <= 0 || width < SHARES_FROM {
            return number;
        }
        let ppm = i128::from(part) * 1_000_000 / i128::from(whole);
        let share = words::percent(self.style, i64::try_from(ppm).unwrap_or(0));
        format!("{number}  {}", format::pad(&share, 7, Align::Right))
    }

    fn draw_key_figures(&self, canvas: &mut Canvas<'_>, area: Rect, figures: &Figures) {
        let Some(row) = figures.row(self.currency) else {
            canvas.put(area.x, area.y, area.width, "No figures in this currency.", Ink::Dim);
            return;
        };
        let before = figures.row_before(self.currency);
        let changed = |now: Money, then: Option<Money>| self.change(now.minor(), then.map(Money::minor));
        let average = row.average_payment.unwrap_or(Money::zero(self.currency));
        let (success, failed) = (before.and_then(|row| row.success_ppm), before.and_then(|row| row.failed_ppm));
        let rate = |ppm: Option<i64>| ppm.map_or_else(|| "-".to_owned(), |ppm| words::percent(self.style, ppm));
        let amount = |money| self.style.amount(money);
        let lines = [
            ("Total income", amount(row.total_income), changed(row.total_income, before.map(|row| row.total_income))),
            ("Open on invoices", amount(row.outstanding), changed(row.outstanding, before.map(|row| row.outstanding))),
            ("Average payment", amount(average), changed(average, before.and_then(|row| row.average_payment))),
            ("Success rate", rate(row.success_ppm), self.points(row.success_ppm, success)),
            ("Failed rate", rate(row.failed_ppm), self.points(row.failed_ppm, failed)),
            ("Monthly recurring", amount(row.monthly_recurring), String::new()),
            ("Due, not invoiced", amount(row.due_not_invoiced), String::new()),
            ("Credit of customers", amount(row.unapplied_credit), String::new()),
            ("Deposits held", amount(row.deposits_held), String::new()),
            ("Deposits kept", amount(row.deposits_kept), String::new()),
        ];
        let widest = lines.iter().map(|(_, number, _)| format::width(number)).max().unwrap_or(0);
        for (y, (label, number, change)) in (area.y..area.bottom()).zip(&lines) {
            let number = format::pad(number, widest, Align::Right);
            let label = format::pad(label, if area.width > 45 { 22 } else { 16 }, Align::Left);
            let text = format!("{label} {number} {}", format::pad(change, 9, Align::Right));
            canvas.put(area.x, y, area.width, &text, Ink::Plain);
        }
    }

    /// Against the period before, in percent.
    fn change(&self, now: i64, then: Option<i64>) -> String {
        let Some(then) = then.filter(|then| *then > 0) else { return String::new() };
        let ppm = (i128::from(now) - i128::from(then)) * 1_000_000 / i128::from(then);
        self.signed(i64::try_from(ppm).unwrap_or(0))
    }

    /// The difference of two rates, in points.
    fn points(&self, now: Option<i64>, then: Option<i64>) -> String {
        let Some((now, then)) = now.zip(then) else { return String::new() };
        self.signed(now - then).replace('%', "p")
    }

    fn signed(&self, ppm: i64) -> String {
        let sign = if ppm < 0 { '-' } else { '+' };
        format!("{sign} {}", words::percent(self.style, ppm.abs()))
    }

    fn draw_ages(&self, canvas: &mut Canvas<'_>, area: Rect, figures: &Figures) {
        let rows = figures.aging_of(self.currency);
        let total: i64 = rows.iter().map(|row| row.amount.minor()).sum();
        if total == 0 {
            canvas.put(area.x, area.y, area.width, "Nothing is open. Good.", Ink::Dim);
            return;
        }
        let bar = |row: &&crate::tui::desk::reads::reports::AgingRow| HBar {
            label: row.bucket.word().to_owned(),
            shown: self.with_share(self.style.amount(row.amount), (row.amount.minor(), total), area.width),
            value: row.amount.minor(),
            ink: if row.bucket == Bucket::Current { Ink::Plain } else { Ink::Bad },
        };
        let bars: Vec<HBar> = rows.iter().map(bar).collect();
        bars::render(canvas, area, &bars);
        if usize::from(area.height) > bars.len() + 1 {
            let late: i64 = rows.iter().filter(|row| row.bucket > Bucket::Days30).map(|row| row.amount.minor()).sum();
            let share = words::percent(
                self.style,
                i64::try_from(i128::from(late) * 1_000_000 / i128::from(total)).unwrap_or(0),
            );
            canvas.put(area.x, area.bottom() - 1, area.width, &format!("over 30 days: {share}"), Ink::Plain);
        }
    }

    fn draw_expected(&self, canvas: &mut Canvas<'_>, area: Rect, figures: &Figures) {
        let rows = figures.expected_of(self.currency);
        let sum =
            |row: &crate::tui::desk::reads::reports::ExpectedRow| row.due.minor().saturating_add(row.upcoming.minor());
        let whole = 10_i64.pow(self.currency.exponent());
        if area.height < 3 {
            let part = |row: &&crate::tui::desk::reads::reports::ExpectedRow| {
                format!("{} d {}", row.days, self.style.number(&(sum(row) / whole).to_string()))
            };
            let text = rows.iter().map(part).collect::<Vec<_>>().join("   ");
            canvas.put(area.x, area.y, area.width, &text, Ink::Plain);
            return;
        }
        let bar = |row: &&crate::tui::desk::reads::reports::ExpectedRow| HBar {
            label: format!("next {} days", row.days),
            shown: self.style.amount(Money::new(sum(row), self.currency)),
            value: sum(row),
            ink: Ink::Plain,
        };
        let bars: Vec<HBar> = rows.iter().map(bar).collect();
        bars::render(canvas, area, &bars);
        if usize::from(area.height) > bars.len() {
            let text = "Due already and periods to come, without overdue ones.";
            canvas.put(area.x, area.bottom() - 1, area.width, text, Ink::Dim);
        }
    }

    fn draw_groups(&self, canvas: &mut Canvas<'_>, area: Rect, figures: &Figures) {
        if figures.groups_of(self.currency).is_empty() {
            let none = if figures.has_groups {
                "There are no billing groups."
            } else {
                "A segment has customers, no groups: Esc shows all again."
            };
            canvas.put(area.x, area.y, area.width, none, Ink::Dim);
            return;
        }
        let name = usize::from(area.width).saturating_sub(34);
        let line = |name_text: &str, parts: [&str; 3]| {
            let [members, monthly, open] = parts;
            let number = |text: &str, cells| format::pad(text, cells, Align::Right);
            let name = format::pad(name_text, name, Align::Left);
            format!("{name} {} {} {}", number(members, 7), number(monthly, 11), number(open, 11))
        };
        canvas.put(area.x, area.y, area.width, &line("Group", ["Members", "Monthly", "Open"]), Ink::Head);
        for (y, row) in (area.y + 1..area.bottom()).zip(figures.groups_of(self.currency)) {
            let (monthly, open) = (self.style.amount(row.monthly), self.style.amount(row.outstanding));
            let text = line(&row.name, [&row.member_count.to_string(), &monthly, &open]);
            canvas.put(area.x, y, area.width, &text, words::open_ink(!row.overdue.is_zero()));
        }
    }
}

/// One line of upright bars with the worst and the last week; in a higher box a column a week, with its number.
fn draw_failures(canvas: &mut Canvas<'_>, area: Rect, rows: &[&FailureRow]) {
    let worst = rows.iter().map(|row| row.declined).max().unwrap_or(0);
    if worst == 0 {
        canvas.put(area.x, area.y, area.width, "Nothing failed in these weeks. Good.", Ink::Dim);
        return;
    }
    let (failed, recovered) =
        rows.iter().fold((0, 0), |(failed, back), row| (failed + row.declined, back + row.recovered));
    let now = rows.last().map_or(0, |row| row.declined);
    if area.height < 4 {
        let up = canvas.theme().lines().up;
        let bar = |value: i64| match bars::eighths(value, worst, 1).checked_sub(1) {
            Some(eighth) => up.get(eighth).copied().unwrap_or(" "),
            None => " ",
        };
        let line: String = rows.iter().map(|row| bar(row.declined)).collect();
        let used = canvas.put(area.x, area.y, area.width, &line, Ink::Bar);
        let text = format!("  worst {worst}, now {now}");
        canvas.put(area.x + used, area.y, area.width.saturating_sub(used), &text, Ink::Plain);
        return;
    }
    let column = |row: &&FailureRow| Month { label: row.declined.to_string(), value: row.declined };
    let weeks: Vec<Month> = rows.iter().map(column).collect();
    columns::render(canvas, Rect { height: area.height - 2, ..area }, &weeks, |value| value.to_string());
    let first = rows.first().map(|row| row.week.format("%d %b").to_string()).unwrap_or_default();
    let text = format!("from the week of {first}: worst {worst}, now {now}");
    canvas.put(area.x, area.bottom() - 2, area.width, &text, Ink::Dim);
    let text = format!("recovered {recovered} of {failed}");
    canvas.put(area.x, area.bottom() - 1, area.width, &text, Ink::Plain);
}
