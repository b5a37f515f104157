//! The boxes of the reports page. Every number is printed; bars are decoration.

use ratatui::layout::Rect;

use super::BOXES;
use super::read::Figures;
use crate::domain::currency::Currency;
use crate::domain::format::Style;
use crate::domain::money::Money;
use crate::services::reads::reports::SummaryRow;
use crate::tui::format::{self, Align};
use crate::tui::theme::Ink;
use crate::tui::widgets::bars::{self, HBar};
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::columns::{self, Month};
use crate::tui::widgets::panel;

/// Draws all six, two beside each other.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, figures: &Figures, style: Style, focus: usize) {
    let left = area.width / 2;
    let half = |at: u16, y: u16, height: u16| {
        let (x, width) = if at == 0 { (area.x, left) } else { (area.x + left, area.width - left) };
        Rect { x, y, width, height }
    };
    let last = 5.min(area.height / 3);
    let middle = 7.min((area.height - last) / 2).max(4);
    let top = area.height.saturating_sub(last + middle);
    let (second, third) = (area.y + top, area.y + top + middle);
    let places = [
        half(0, area.y, top),
        half(1, area.y, top),
        half(0, second, middle),
        half(1, second, middle),
        half(0, third, last),
        half(1, third, last),
    ];
    let draws: [fn(&mut Canvas<'_>, Rect, &Figures, Style); 6] =
        [income, statuses, key_figures, ages, expected, failed];
    for (at, (place, draw)) in places.into_iter().zip(draws).enumerate() {
        if place.height < 3 {
            continue;
        }
        let name = BOXES[at].0;
        let title = if at == focus { format!("> {name}") } else { name.to_owned() };
        let inside = panel::draw(canvas, place, &title, &remark(at, figures, style));
        draw(canvas, inside, figures, style);
        if at == focus {
            canvas.tint(
                Rect { x: place.x + 1, y: place.y, width: place.width.saturating_sub(2), height: 1 },
                Ink::Active,
            );
        }
    }
}

/// What stands at the right of a box's title.
fn remark(at: usize, figures: &Figures, style: Style) -> String {
    match at {
        0 => own(figures).map(|row| row.currency.code().to_owned()).unwrap_or_default(),
        1 => figures.statuses.iter().map(|row| row.count).sum::<i64>().to_string(),
        3 => own(figures).map(|row| style.amount(row.outstanding)).unwrap_or_default(),
        5 => figures.failures.iter().map(|row| row.declined).sum::<i64>().to_string(),
        _ => String::new(),
    }
}

/// The figures of the shop's own currency, or of the only one there is.
fn own(figures: &Figures) -> Option<&SummaryRow> {
    figures.summary.rows.iter().max_by_key(|row| row.total_income.minor().max(row.outstanding.minor()))
}

fn currency(figures: &Figures) -> Option<Currency> {
    own(figures).map(|row| row.currency)
}

fn income(canvas: &mut Canvas<'_>, area: Rect, figures: &Figures, style: Style) {
    let Some(currency) = currency(figures) else { return };
    let rows: Vec<_> = figures.months.iter().filter(|row| row.collected.currency() == currency).collect();
    let months: Vec<Month> = rows
        .iter()
        .map(|row| Month { label: row.month.format("%b").to_string(), value: row.collected.minor() })
        .collect();
    let whole = 10_i64.pow(currency.exponent());
    let chart = Rect { height: area.height.saturating_sub(1), ..area };
    columns::render(canvas, chart, &months, |minor| style.number(&(minor / whole).to_string()));
    if let Some(last) = rows.last() {
        let share = if last.due.minor() > 0 {
            format!(" = {} %", last.collected.minor() * 100 / last.due.minor())
        } else {
            String::new()
        };
        let (collected, due) = (style.amount(last.collected), style.amount(last.due));
        let text = format!("{}: {collected} of {due} due{share}", last.month.format("%b"));
        canvas.put(area.x, area.bottom() - 1, area.width, &text, Ink::Plain);
    }
}

fn statuses(canvas: &mut Canvas<'_>, area: Rect, figures: &Figures, _style: Style) {
    let bars: Vec<HBar> = figures
        .statuses
        .iter()
        .map(|row| HBar {
            label: format!("{} {}", row.status.mark(), row.status.word()),
            shown: row.count.to_string(),
            value: row.count,
            ink: Ink::Plain,
        })
        .collect();
    bars::render(canvas, Rect { height: area.height.saturating_sub(1), ..area }, &bars);
    let text =
        format!("success {}   failed {}", percent(figures.summary.success_ppm), percent(figures.summary.failed_ppm));
    canvas.put(area.x, area.bottom() - 1, area.width, &text, Ink::Plain);
}

/// Parts per million as a percentage with one digit.
fn percent(ppm: Option<i64>) -> String {
    ppm.map_or_else(|| "-".to_owned(), |ppm| format!("{}.{} %", ppm / 10_000, ppm / 1_000 % 10))
}

fn key_figures(canvas: &mut Canvas<'_>, area: Rect, figures: &Figures, style: Style) {
    let Some(row) = own(figures) else { return };
    let before = figures.before.rows.iter().find(|other| other.currency == row.currency);
    let amount = |money: Option<Money>| money.map_or_else(|| "-".to_owned(), |money| style.amount(money));
    let lines = [
        ("Total income", amount(Some(row.total_income)), change(row.total_income, before.map(|b| b.total_income))),
        ("Open balance", amount(Some(row.outstanding)), change(row.outstanding, before.map(|b| b.outstanding))),
        ("Average payment", amount(row.average_payment), String::new()),
        ("Monthly recurring", amount(Some(row.monthly_recurring)), String::new()),
        ("Due, not invoiced", amount(Some(row.due_not_invoiced)), String::new()),
        ("Credit of customers", amount(Some(row.unapplied_credit)), String::new()),
        ("Deposits held", amount(Some(row.deposits_held)), String::new()),
    ];
    let widest = lines.iter().map(|(_, amount, _)| format::width(amount)).max().unwrap_or(0);
    for (y, (label, amount, change)) in (area.y..area.bottom()).zip(&lines) {
        let text = format!("{label:<19} {} {change}", format::pad(amount, widest, Align::Right));
        canvas.put(area.x, y, area.width, text.trim_end(), Ink::Plain);
    }
}

/// Against the year before, in percent.
fn change(now: Money, before: Option<Money>) -> String {
    match before {
        Some(before) if before.minor() > 0 => {
            let tenths = (now.minor() - before.minor()) * 1000 / before.minor();
            let sign = if tenths < 0 { '-' } else { '+' };
            format!("{sign} {}.{} %", tenths.abs() / 10, tenths.abs() % 10)
        }
        _ => String::new(),
    }
}

fn ages(canvas: &mut Canvas<'_>, area: Rect, figures: &Figures, style: Style) {
    let Some(currency) = currency(figures) else { return };
    let bars: Vec<HBar> = figures
        .aging
        .iter()
        .filter(|row| row.amount.currency() == currency)
        .map(|row| HBar {
            label: row.bucket.word().to_owned(),
            shown: style.amount(row.amount),
            value: row.amount.minor(),
            ink: Ink::Plain,
        })
        .collect();
    bars::render(canvas, area, &bars);
}

fn expected(canvas: &mut Canvas<'_>, area: Rect, figures: &Figures, style: Style) {
    let Some(currency) = currency(figures) else { return };
    let rows = figures.expected.iter().filter(|row| row.due.currency() == currency);
    for (y, row) in (area.y..area.bottom()).zip(rows) {
        let sum = Money::new(row.due.minor() + row.upcoming.minor(), currency);
        let text = format!("{} days {:>12}, invoiced {}", row.days, style.amount(sum), style.amount(row.due));
        canvas.put(area.x, y, area.width, &text, Ink::Plain);
    }
}

fn failed(canvas: &mut Canvas<'_>, area: Rect, figures: &Figures, _style: Style) {
    let most = figures.failures.iter().map(|row| row.declined).max().unwrap_or(0);
    if most == 0 {
        canvas.put(area.x, area.y, area.width, "No charge was declined in these weeks. Good.", Ink::Dim);
        return;
    }
    let weeks: Vec<Month> =
        figures.failures.iter().map(|row| Month { label: row.declined.to_string(), value: row.declined }).collect();
    columns::render(canvas, area, &weeks, |value| value.to_string());
}
