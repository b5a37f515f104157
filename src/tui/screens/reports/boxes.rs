//! What stands in each box. Every number is printed; bars are decoration.

use ratatui::layout::Rect;

use super::figures::{Figures, Number};
use super::{Card, Reports};
use crate::domain::aging::Bucket;
use crate::domain::money::Money;
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
        let key = |key| figures.key(self.currency, key).map(|minor| self.amount_of(minor)).unwrap_or_default();
        match shown {
            Card::Income => key("total_income"),
            Card::Statuses => figures.statuses(self.currency).iter().map(|(_, count)| count).sum::<i64>().to_string(),
            Card::Ages => key("outstanding"),
            Card::Figures => "against before".to_owned(),
            Card::Groups if figures.has_groups => figures.group_count.to_string(),
            Card::Groups | Card::Expected | Card::Failures => String::new(),
        }
    }

    fn amount_of(&self, minor: i64) -> String {
        self.style.amount(Money::new(minor, self.currency))
    }

    pub(super) fn draw_figures(&self, canvas: &mut Canvas<'_>, shown: Card, area: Rect, figures: &Figures) {
        match shown {
            Card::Income => self.draw_income(canvas, area, figures),
            Card::Statuses => self.draw_statuses(canvas, area, figures),
            Card::Figures => self.draw_key_figures(canvas, area, figures),
            Card::Ages => self.draw_ages(canvas, area, figures),
            Card::Expected => self.draw_expected(canvas, area, figures),
            Card::Failures => {
                let week = |name: &str, number: &Number<'_>| Week {
                    name: name.to_owned(),
                    declined: number("declined"),
                    recovered: number("recovered"),
                };
                draw_failures(canvas, area, &figures.each("failures", self.currency, week));
            }
            Card::Groups => self.draw_groups(canvas, area, figures),
        }
    }

    fn draw_income(&self, canvas: &mut Canvas<'_>, area: Rect, figures: &Figures) {
        let month = |name: &str, number: &Number<'_>| Earned {
            name: name.to_owned(),
            collected: number("collected"),
            due: number("due"),
        };
        let rows = figures.each("income", self.currency, month);
        let Some(last) = rows.last() else {
            canvas.put(area.x, area.y, area.width, "Nothing was collected in these months.", Ink::Dim);
            return;
        };
        let months = rows.iter().map(|row| Month { label: row.name.clone(), value: row.collected });
        let months: Vec<Month> = months.collect();
        let is_large = area.height > 12;
        let chart = Rect { height: area.height.saturating_sub(if is_large { 4 } else { 1 }), ..area };
        let whole = 10_i64.pow(self.currency.exponent());
        let place = columns::render(canvas, chart, &months, |minor| self.style.number(&(minor / whole).to_string()));
        if is_large {
            self.draw_month_numbers(canvas, area, &rows, place);
        } else {
            let share = match last.due {
                1.. => format!(" = {}", words::percent(self.style, ppm(last.collected, last.due))),
                _ => String::new(),
            };
            let (collected, due) = (self.amount_of(last.collected), self.amount_of(last.due));
            let text = format!("{}: {collected} of {due}{share}", last.name);
            canvas.put(area.x, area.bottom() - 1, area.width, &text, Ink::Plain);
        }
    }

    /// Collected, due and the share of each month, below its column: whole units, or thousands with one digit.
    fn draw_month_numbers(&self, canvas: &mut Canvas<'_>, area: Rect, rows: &[Earned], (first, pitch): (u16, u16)) {
        let whole = 10_i64.pow(self.currency.exponent());
        let largest = rows.iter().map(|row| row.collected.max(row.due)).max().unwrap_or(0);
        let in_thousands = largest >= whole * 10_000;
        let short = |minor: i64| {
            if !in_thousands {
                return (minor / whole).to_string();
            }
            let tenths = minor / (whole * 100);
            self.style.number(&format!("{}.{}", tenths / 10, (tenths % 10).abs()))
        };
        let share = |row: &Earned| match row.due {
            due @ 1.. => (i128::from(row.collected) * 100 / i128::from(due)).to_string(),
            _ => String::new(),
        };
        let thousand = if in_thousands { ", thousand" } else { "" };
        let mut put = |line: u16, word: &str, text: &dyn Fn(&Earned) -> String| {
            let (mut x, y) = (first, area.bottom() - 3 + line);
            for row in rows {
                canvas.put_right(x, y, pitch.saturating_sub(1), &text(row), Ink::Plain);
                x += pitch;
            }
            canvas.put(x + 1, y, area.right().saturating_sub(x + 1), word, Ink::Dim);
        };
        put(0, &format!("in{thousand}"), &|row| short(row.collected));
        put(1, "due", &|row| short(row.due));
        put(2, "%", &share);
    }

    fn draw_statuses(&self, canvas: &mut Canvas<'_>, area: Rect, figures: &Figures) {
        let rows = figures.statuses(self.currency);
        let total: i64 = rows.iter().map(|(_, count)| count).sum();
        let bar = |(label, count): &(String, i64)| HBar {
            label: label.clone(),
            shown: self.with_share(count.to_string(), (*count, total), area.width),
            value: *count,
            ink: Ink::Plain,
        };
        let bars: Vec<HBar> = rows.iter().map(bar).collect();
        bars::render(canvas, Rect { height: area.height.saturating_sub(1), ..area }, &bars);
        let rate = |ppm: Option<i64>| ppm.map_or_else(|| "-".to_owned(), |ppm| words::percent(self.style, ppm));
        let key = |key| figures.key(self.currency, key);
        let (success, failed) = (key("success_rate"), key("failed_rate"));
        let text = format!("success {}   failed {}", rate(success), rate(failed));
        canvas.put(area.x, area.bottom().saturating_sub(1), area.width, &text, Ink::Plain);
    }

    fn with_share(&self, number: String, (part, whole): (i64, i64), width: u16) -> String {
        if whole <= 0 || width < SHARES_FROM {
            return number;
        }
        let share = words::percent(self.style, ppm(part, whole));
        format!("{number}  {}", format::pad(&share, 7, Align::Right))
    }

    fn draw_key_figures(&self, canvas: &mut Canvas<'_>, area: Rect, figures: &Figures) {
        let now = |key| figures.key(self.currency, key);
        if now("total_income").is_none() {
            canvas.put(area.x, area.y, area.width, "No figures in this currency.", Ink::Dim);
            return;
        }
        let before = |key| figures.key_before(self.currency, key);
        let rate = |ppm: Option<i64>| ppm.map_or_else(|| "-".to_owned(), |ppm| words::percent(self.style, ppm));
        let amount = |key| self.amount_of(now(key).unwrap_or(0));
        let changed = |key| self.change(now(key).unwrap_or(0), before(key));
        let points = |key| self.points(now(key), before(key));
        let lines = [
            ("Total income", amount("total_income"), changed("total_income")),
            ("Open on invoices", amount("outstanding"), changed("outstanding")),
            ("Average payment", amount("average_payment"), changed("average_payment")),
            ("Success rate", rate(now("success_rate")), points("success_rate")),
            ("Failed rate", rate(now("failed_rate")), points("failed_rate")),
            ("Monthly recurring", amount("monthly_recurring"), String::new()),
            ("Due, not invoiced", amount("due_not_invoiced"), String::new()),
            ("Credit of customers", amount("unapplied_credit"), String::new()),
            ("Deposits held", amount("deposits_held"), String::new()),
            ("Deposits kept", amount("deposits_kept"), String::new()),
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
        let rows = figures.each("aging", self.currency, |name, number| (name.to_owned(), number("amount")));
        let total: i64 = rows.iter().map(|(_, minor)| minor).sum();
        if total == 0 {
            canvas.put(area.x, area.y, area.width, "Nothing is open. Good.", Ink::Dim);
            return;
        }
        let bar = |(label, minor): &(String, i64)| HBar {
            label: label.clone(),
            shown: self.with_share(self.amount_of(*minor), (*minor, total), area.width),
            value: *minor,
            ink: if label == Bucket::Current.word() { Ink::Plain } else { Ink::Bad },
        };
        let bars: Vec<HBar> = rows.iter().map(bar).collect();
        bars::render(canvas, area, &bars);
        if usize::from(area.height) > bars.len() + 1 {
            let is_late = |label: &str| [Bucket::Current, Bucket::Days30].iter().all(|bucket| bucket.word() != label);
            let late: i64 = rows.iter().filter(|(label, _)| is_late(label)).map(|(_, minor)| minor).sum();
            let share = words::percent(self.style, ppm(late, total));
            canvas.put(area.x, area.bottom() - 1, area.width, &format!("over 30 days: {share}"), Ink::Plain);
        }
    }

    fn draw_expected(&self, canvas: &mut Canvas<'_>, area: Rect, figures: &Figures) {
        let sum = |number: &Number<'_>| number("due").saturating_add(number("upcoming"));
        let rows =
            figures.each("expected", self.currency, |name, number| (name.to_owned(), number("days"), sum(number)));
        let whole = 10_i64.pow(self.currency.exponent());
        if area.height < 3 {
            let part = |(name, _, sum): &(String, i64, i64)| {
                format!("{name} {}", self.style.number(&(sum / whole).to_string()))
            };
            let text = rows.iter().map(part).collect::<Vec<_>>().join("   ");
            canvas.put(area.x, area.y, area.width, &text, Ink::Plain);
            return;
        }
        let bar = |(_, days, sum): &(String, i64, i64)| HBar {
            label: format!("next {days} days"),
            shown: self.amount_of(*sum),
            value: *sum,
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

/// What one month brought.
struct Earned {
    name: String,
    collected: i64,
    due: i64,
}

/// The failures of one week.
struct Week {
    name: String,
    declined: i64,
    recovered: i64,
}

/// Parts per million.
fn ppm(part: i64, whole: i64) -> i64 {
    i64::try_from(i128::from(part) * 1_000_000 / i128::from(whole)).unwrap_or(0)
}

/// One line of upright bars with the worst and the last week; in a higher box a column a week, with its number.
fn draw_failures(canvas: &mut Canvas<'_>, area: Rect, rows: &[Week]) {
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
    let column = |row: &Week| Month { label: row.declined.to_string(), value: row.declined };
    let weeks: Vec<Month> = rows.iter().map(column).collect();
    columns::render(canvas, Rect { height: area.height - 2, ..area }, &weeks, |value| value.to_string());
    let first = rows.first().map(|row| row.name.clone()).unwrap_or_default();
    let text = format!("from the week of {first}: worst {worst}, now {now}");
    canvas.put(area.x, area.bottom() - 2, area.width, &text, Ink::Dim);
    let text = format!("recovered {recovered} of {failed}");
    canvas.put(area.x, area.bottom() - 1, area.width, &text, Ink::Plain);
}
