//! How the page of a payment looks.

use chrono_tz::Tz;
use ratatui::layout::Rect;

use super::Payment;
use crate::domain::format::Style;
use crate::tui::desk::reads::PaymentPage;
use crate::tui::page::record::{Parts, Record};
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::panel;
use crate::tui::widgets::strip::{self, Detail};
use crate::tui::widgets::table::{Cell, Column, Row, Table, Width};
use crate::tui::{format, log, words};

/// The rows of the facts above the sections.
const FACTS: u16 = 5;

/// Columns of attempts and changes of status.
pub fn tried_columns() -> Vec<Column> {
    vec![
        Column::words("Date", Width::Exact(11), 90),
        Column::words("Status", Width::Exact(16), 85),
        Column::numbers("Amount", 10, 50),
        Column::words("Why", Width::AtLeast(20), 80),
    ]
}

/// Columns of what people did.
pub fn done_columns() -> Vec<Column> {
    vec![
        Column::words("When", Width::Exact(17), 90),
        Column::words("Who", Width::Exact(10), 60),
        Column::words("What", Width::AtLeast(24), 85),
    ]
}

fn numbered(cells: impl Iterator<Item = Vec<Cell>>) -> Vec<Row<usize>> {
    cells.enumerate().map(|(key, cells)| Row { key, cells, worth: None }).collect()
}

/// The money box.
pub fn money(page: &PaymentPage, style: Style) -> Vec<Row<usize>> {
    numbered(page.money.iter().map(|line| words::money_cells(line, style)))
}

/// Attempts and changes of status, newest first.
pub fn tried(page: &PaymentPage, style: Style) -> Vec<Row<usize>> {
    let mut dated: Vec<(chrono::NaiveDate, Vec<Cell>)> = Vec::new();
    for attempt in page.attempts.iter().rev() {
        let why = [&words::declined(attempt), &attempt.processor_reference];
        let why = why.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(", ");
        let status = format!("{} {}", attempt.state.mark(), attempt.state.word());
        let cells = vec![
            style.long_date(attempt.attempted_on).into(),
            status.into(),
            style.amount(attempt.amount).into(),
            why.into(),
        ];
        dated.push((attempt.attempted_on, cells));
    }
    for change in page.changes_newest_first().filter(|change| !change.is_reversal) {
        let status = format!("{} {}", change.to.mark(), change.to.word());
        let cells =
            vec![style.long_date(change.changed_on).into(), status.into(), "".into(), change.reason.clone().into()];
        dated.push((change.changed_on, cells));
    }
    dated.sort_by_key(|(on, _)| std::cmp::Reverse(*on));
    numbered(dated.into_iter().map(|(_, cells)| cells))
}

/// What people did about it, newest first.
pub fn done(page: &PaymentPage, zone: Tz, style: Style) -> Vec<Row<usize>> {
    numbered(page.activity.iter().map(|row| {
        let at = row.at.with_timezone(&zone);
        let when = format!("{} {}", style.long_date(at.date_naive()), at.format("%H:%M"));
        let (what, about) = (log::what(row.log), log::about(row, style));
        let what = if about.is_empty() { what.to_owned() } else { format!("{what}: {about}") };
        vec![when.into(), row.operator.clone().into(), what.into()]
    }))
}

impl Payment {
    pub(super) fn draw_all(&self, canvas: &mut Canvas<'_>, area: Rect, parts: &mut Parts<usize>) {
        let Some(page) = &self.page else {
            canvas.put(area.x + 3, area.y + 2, area.width, "This payment is not in the book. Esc goes back.", Ink::Dim);
            return;
        };
        let status = words::payment_status(&page.row, self.today, self.style);
        let title = format!("Payment P-{}  {}", page.row.id, page.row.text);
        let inside = panel::draw(canvas, area, &title, &status.text);
        let cells = u16::try_from(format::width(&status.text)).unwrap_or(0);
        canvas.tint(Rect { x: area.right().saturating_sub(cells + 3), y: area.y, width: cells, height: 1 }, status.ink);
        strip::details(canvas, Rect { height: FACTS, ..inside }, &self.facts(page));
        let mut y = inside.y + FACTS;
        let heights = heights(&parts.tables, inside.height.saturating_sub(FACTS));
        let active = parts.sections.active();
        let sections = parts.tables.iter_mut().zip(Self::sections()).zip(heights);
        for (number, ((table, title), height)) in sections.enumerate() {
            let marked = if number == active { format!("[{title}]") } else { title.to_owned() };
            panel::divide(canvas, area, y, &marked, "");
            table.set_focus(number == active);
            let body = Rect { y: y + 1, height: height.saturating_sub(1), ..inside };
            table.render(canvas, body, self.empty(number));
            y += height;
        }
    }

    fn facts(&self, page: &PaymentPage) -> Vec<Detail> {
        let (row, style) = (&page.row, self.style);
        let detail = |name: &str, value: String| (name.to_owned(), value);
        let tax = if page.tax.is_zero() {
            String::new()
        } else {
            format!(" ({} + {} % tax)", style.amount(page.net), words::rate(page.tax_ppm, style))
        };
        let invoice = page.invoice.as_ref().map(|invoice| {
            let number = invoice.number.clone().unwrap_or_else(|| "draft".to_owned());
            let total = if invoice.total == row.amount {
                String::new()
            } else {
                format!(" ({} in all)", style.amount(invoice.total))
            };
            format!("{number} of {}{total}", words::day(invoice.invoiced_on, self.today, style))
        });
        let subscription = page.subscription.as_ref();
        let subscription = subscription.map(|own| format!("{}, {} a month", own.id.shown(), style.amount(own.price)));
        let period = row.period.map(|(start, end)| {
            let place = page.period_of.map(|(number, of)| format!(", {number} of {of}")).unwrap_or_default();
            format!("{}{place}", words::span(start, end.pred_opt().unwrap_or(end), style))
        });
        let method = method_of(page);
        let due = match row.paid_on {
            Some(paid) => detail(
                "Paid",
                format!("{}, was due {}", style.long_date(paid), words::day(row.due_on, self.today, style)),
            ),
            None => {
                detail("Due", format!("{}, {}", style.long_date(row.due_on), words::distance(row.due_on, self.today)))
            }
        };
        let owes = if page.customer_open.is_zero() {
            "owes nothing".to_owned()
        } else {
            let count = words::count(page.customer_open_count, "payment");
            format!("owes {} in {count}", style.amount(page.customer_open))
        };
        let group = match (&page.dispute, &row.group_name) {
            (Some((since, why)), _) => {
                detail("Disputed", format!("since {}: {why}", words::day(*since, self.today, style)))
            }
            (None, Some(name)) => detail("Group", name.clone()),
            (None, None) => detail("Method", method.clone()),
        };
        let usual =
            if row.group_name.is_some() || page.dispute.is_some() { method } else { row.kind.word().to_owned() };
        vec![
            detail("Customer", row.customer_name.clone()),
            due,
            detail("Subscription", subscription.unwrap_or_else(|| "none".to_owned())),
            detail("Invoice", invoice.unwrap_or_else(|| "not invoiced yet".to_owned())),
            detail("Period", period.unwrap_or_else(|| "none".to_owned())),
            group,
            detail("Amount", format!("{}{tax}", words::money(style, row.amount))),
            detail(if usual == row.kind.word() { "Kind" } else { "Method" }, usual),
            detail("Open", words::money(style, row.open)),
            detail("Customer", owes),
        ]
    }
}

/// How it was paid, or how this customer pays.
fn method_of(page: &PaymentPage) -> String {
    match (page.row.method, &page.default_method) {
        (Some(method), _) => page.card().map_or_else(
            || method.word().to_owned(),
            |(brand, last_four)| format!("{} {brand} ..{last_four}", method.word()),
        ),
        (None, Some(usual)) if usual.last_four.is_empty() => format!("usually {}", usual.method.word()),
        (None, Some(usual)) => format!("usually {} {} ..{}", usual.method.word(), usual.brand, usual.last_four),
        (None, None) => "not known yet".to_owned(),
    }
}

/// How the rows below the facts are shared: what is needed first, the rest to the last section.
fn heights(tables: &[Table<usize>], rows: u16) -> [u16; 3] {
    let need = |number: usize| {
        let rows = tables.get(number).map_or(0, |table| table.rows().len());
        u16::try_from(rows).unwrap_or(u16::MAX).saturating_add(2).max(4)
    };
    let third = rows / 3;
    let money = need(0).min(third.max(4));
    let tried = need(1).min(third.max(4));
    [money, tried, rows.saturating_sub(money + tried)]
}
