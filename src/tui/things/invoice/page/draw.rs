//! How the page of an invoice looks.

use ratatui::layout::Rect;

use super::{Invoice, Key, LINES};
use crate::domain::format::Style;
use crate::domain::id::SubscriptionId;
use crate::domain::line_text::with_days;
use crate::domain::status::InvoiceStatus;
use crate::tui::desk::reads::{InvoicePage, InvoiceRow, StepRow};
use crate::tui::page::record::{Parts, Record};
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::panel;
use crate::tui::widgets::strip::{self, Detail, SIDE_FROM};
use crate::tui::widgets::table::{Cell, Column, Row, Width};
use crate::tui::{format, words};

/// The cells of the pane beside the page.
const SIDE: u16 = 40;

/// The columns of the lines.
pub fn line_columns() -> Vec<Column> {
    vec![
        Column::words("Line", Width::Exact(4), 35),
        Column::words("Subscr.", Width::Exact(8), 60),
        Column::words("What", Width::AtLeast(34), 95),
        Column::numbers("Qty", 5, 40),
        Column::numbers("Price", 10, 45),
        Column::numbers("Amount", 11, 90),
    ]
}

/// The lines as rows. Amounts are net where tax is added below them.
pub fn lines(page: &InvoicePage, today: chrono::NaiveDate, style: Style) -> Vec<Row<Key>> {
    let is_consolidated = page.row.group_id.is_some();
    page.lines
        .iter()
        .map(|line| {
            let payment = &line.payment;
            let period = payment.period.map(|(start, end)| {
                let last = end.pred_opt().unwrap_or(end);
                format!(", {}-{}", words::day(start, last, style), words::day(last, today, style))
            });
            let whose = if is_consolidated { format!("{}: ", payment.customer_name) } else { String::new() };
            let cells = vec![
                line.line.to_string().into(),
                payment.subscription_id.map(SubscriptionId::shown).unwrap_or_default().into(),
                format!("{whose}{}", with_days(&payment.text, &line.serial, &period.unwrap_or_default())).into(),
                words::quantity(line.quantity_milli, style).into(),
                style.amount(line.unit).into(),
                style.amount(if page.tax.is_zero() { payment.amount } else { line.net }).into(),
            ];
            Row { key: Key::Line(payment.id), cells, worth: Some(payment.open) }
        })
        .collect()
}

/// The statement of all money, with the steps of collection between.
pub fn money(page: &InvoicePage, style: Style) -> Vec<Row<Key>> {
    let mut dated: Vec<(chrono::NaiveDate, Vec<_>)> =
        page.money.iter().map(|line| (line.on, words::money_cells(line, style))).collect();
    dated.extend(page.steps.iter().map(|step| (step.done_on, step_cells(step, style))));
    dated.sort_by_key(|(on, _)| *on);
    dated.into_iter().enumerate().map(|(at, (_, cells))| Row { key: Key::Money(at), cells, worth: None }).collect()
}

fn step_cells(step: &StepRow, style: Style) -> Vec<Cell> {
    let word = format::sentence(&step.step);
    vec![
        style.long_date(step.done_on).into(),
        word.trim_end_matches('.').to_owned().into(),
        words::ordinal(step.n).into(),
        "".into(),
        "".into(),
        "".into(),
    ]
}

/// The status as the title says it: `! PARTLY PAID, OVERDUE 16 d`.
fn title_status(row: &InvoiceRow, today: chrono::NaiveDate) -> Cell {
    let status = row.status(today);
    let is_part = row.settled.minor() > 0 && row.open.minor() > 0 && status == InvoiceStatus::Overdue;
    let part = if is_part { "PARTLY PAID, " } else { "" };
    let days = row.overdue_days(today).map(|days| format!(" {days} d")).unwrap_or_default();
    let ink = words::invoice_status(row, today, Style::default()).ink;
    Cell::new(format!("{} {part}{}{days}", status.mark(), status.word().to_uppercase()), ink)
}

impl Invoice {
    pub(super) fn draw_all(&self, canvas: &mut Canvas<'_>, area: Rect, parts: &mut Parts<Key>) {
        let Some(page) = &self.page else {
            canvas.put(area.x + 3, area.y + 2, area.width, "This invoice is not in the book. Esc goes back.", Ink::Dim);
            return;
        };
        let mut main = area;
        if area.width >= SIDE_FROM {
            main.width -= SIDE;
            let side = Rect { x: main.right(), width: SIDE, ..area };
            let inside = panel::draw(canvas, side, "Payer and messages", "");
            strip::details(canvas, inside, &self.side(page));
        }
        self.draw_main(canvas, main, page, parts);
    }

    fn draw_main(&self, canvas: &mut Canvas<'_>, area: Rect, page: &InvoicePage, parts: &mut Parts<Key>) {
        let Parts { sections, tables } = parts;
        let [lines, money] = tables.as_mut_slice() else { return };
        lines.set_focus(sections.active() == LINES);
        money.set_focus(sections.active() != LINES);
        let status = title_status(&page.row, self.today);
        let title = format!("Invoice {}", crate::tui::things::invoice::deeds::number(&page.row));
        let inside = panel::draw(canvas, area, &title, &status.text);
        let cells = u16::try_from(format::width(&status.text)).unwrap_or(0);
        let x = area.right().saturating_sub(cells + 3);
        canvas.tint(Rect { x, y: area.y, width: cells, height: 1 }, status.ink);
        self.head(canvas, inside, page);
        panel::divide(canvas, area, inside.y + 2, "", "");
        let totals = self.totals(page);
        let total_rows = u16::try_from(totals.len()).unwrap_or(0);
        // Below: the divider, the money, a blank, the open balance.
        let spare = inside.height.saturating_sub(3 + total_rows + 1 + 1);
        let wanted = u16::try_from(page.lines.len()).unwrap_or(u16::MAX).saturating_add(1);
        let paid = u16::try_from(money.rows().len().max(1)).unwrap_or(u16::MAX).saturating_add(1);
        let line_rows = wanted.min(spare.saturating_sub(paid.min(spare / 2))).max(2);
        let line_area = Rect { y: inside.y + 3, height: line_rows, ..inside };
        lines.render(canvas, line_area, self.empty(LINES));
        // A blank before the totals, where nothing is lost by it.
        let mut y = line_area.bottom() + u16::from(line_rows + paid < spare);
        for (name, amount) in &totals {
            let name = format::pad(name, 28, format::Align::Left);
            canvas.put_right(inside.x, y, inside.width - 1, &format!("{name}{amount:>14}"), Ink::Plain);
            y += 1;
        }
        panel::divide(canvas, area, y, "Money", "");
        let balance = inside.bottom().saturating_sub(1);
        let money_area = Rect { y: y + 1, height: balance.saturating_sub(y + 1), ..inside };
        money.render(canvas, money_area, self.empty(1));
        self.balance(canvas, Rect { y: balance, height: 1, ..inside }, page);
    }

    fn head(&self, canvas: &mut Canvas<'_>, inside: Rect, page: &InvoicePage) {
        let address = page.payer_address.lines().collect::<Vec<_>>().join(", ");
        let payer =
            [page.payer_name.as_str(), &address].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
        let net = (page.row.due_on - page.row.invoiced_on).num_days();
        let terms =
            if net > 0 { format!("   {} to pay", words::count(net, "day")) } else { "   due at once".to_owned() };
        let right = 40.min(inside.width / 2);
        let left = inside.width - right - 2;
        let x = inside.right() - right;
        canvas.put(inside.x + 1, inside.y, left, &format::cut(&payer.join(", "), usize::from(left)), Ink::Plain);
        let dated = format!("Issued {}{terms}", self.style.long_date(page.row.invoiced_on));
        canvas.put(x, inside.y, right, &dated, Ink::Plain);
        let tax =
            if page.payer_tax_number.is_empty() { String::new() } else { format!("VAT {}", page.payer_tax_number) };
        let kind = page.row.kind.word();
        let about = page.about.as_ref().map(|(_, number)| format!(", about {number}")).unwrap_or_default();
        let second = if tax.is_empty() { format!("{kind}{about}") } else { format!("{tax}   {kind}{about}") };
        canvas.put(inside.x + 1, inside.y + 1, left, &second, Ink::Dim);
        let due = format!(
            "Due    {}   {}",
            self.style.long_date(page.row.due_on),
            words::distance(page.row.due_on, self.today)
        );
        canvas.put(x, inside.y + 1, right, &due, Ink::Plain);
    }

    /// Subtotal, tax by rate, total: as name and amount.
    fn totals(&self, page: &InvoicePage) -> Vec<(String, String)> {
        let style = self.style;
        let mut totals = Vec::new();
        if !page.tax.is_zero() {
            totals.push(("Subtotal".to_owned(), style.amount(page.subtotal)));
            let rates = page.taxes.iter().filter(|tax| !tax.tax.is_zero());
            totals.extend(rates.map(|tax| {
                let name = format!("Tax {} % on {}", words::rate(tax.tax_ppm, style), style.amount(tax.net));
                (name, style.amount(tax.tax))
            }));
        }
        totals.push((format!("Total {}", page.row.total.currency()), style.amount(page.row.total)));
        totals
    }

    fn balance(&self, canvas: &mut Canvas<'_>, line: Rect, page: &InvoicePage) {
        let text = format!("OPEN BALANCE   {}", words::money(self.style, page.row.open));
        let late = page.row.overdue_days(self.today).is_some();
        let ink = if late { Ink::Bad } else { Ink::Title };
        let used = canvas.put(line.x + 3, line.y, line.width - 3, &text, ink);
        let next = match (page.promised_on, page.overdue_on) {
            (Some(day), _) if !page.row.open.is_zero() => format!("promised for {}", self.style.long_date(day)),
            (_, Some(day)) if late => format!("overdue since {}", self.style.long_date(day)),
            _ => String::new(),
        };
        canvas.put(line.x + 3 + used + 7, line.y, line.width.saturating_sub(used + 10), &next, Ink::Plain);
    }

    /// What the pane beside the page says.
    fn side(&self, page: &InvoicePage) -> Vec<Detail> {
        let detail = |name: &str, value: String| (name.to_owned(), value);
        let mut details = vec![detail("", page.payer_name.clone())];
        details.extend(page.payer_address.lines().map(|line| detail("", line.to_owned())));
        if page.row.payer_name != page.payer_name {
            details.push(detail("Today", page.row.payer_name.clone()));
        }
        details.push(detail("Currency", page.row.total.currency().to_string()));
        for note in &page.credit_notes {
            let amount = self.style.amount(note.total);
            details.push(detail("Credit", format!("{} {amount}, {}", note.number, note.reason)));
        }
        if page.messages.is_empty() {
            details.push(detail("Mail", "nothing was sent from here".to_owned()));
        }
        for message in &page.messages {
            let day = words::day(message.queued_at.date_naive(), self.today, self.style);
            let what = words::message(&message.kind);
            details.push(detail(&what, format!("{day}, {} to {}", message.state, message.recipient)));
        }
        details
    }
}
