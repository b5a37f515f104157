//! How the page looks: head, sections and rows; on a wide screen the facts beside them.

use ratatui::layout::Rect;

use super::sections::{Key, Section};
use super::{Customer, head};
use crate::domain::id::SubscriptionId;
use crate::domain::status::PaymentStatus;
use crate::services::reads::PaymentRow;
use crate::tui::page::record::{Parts, Record};
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::strip::SIDE_FROM;
use crate::tui::widgets::{panel, record};
use crate::tui::{format, words};

/// The cells of the facts beside the sections.
const SIDE: u16 = 38;

impl Customer {
    pub(super) fn draw_all(&self, canvas: &mut Canvas<'_>, area: Rect, parts: &mut Parts<Key>) {
        let Some(page) = self.page.as_deref() else {
            canvas.put(area.x + 3, area.y + 2, area.width, "There is no such customer in this book.", Ink::Dim);
            return;
        };
        let is_wide = area.width >= SIDE_FROM;
        let main = if is_wide { Rect { width: area.width - SIDE, ..area } } else { area };
        let body = record::draw(canvas, main, &head::head(page, self.style, self.today), &parts.sections);
        if is_wide {
            let side = Rect { x: main.right(), width: SIDE, ..area };
            let inside = panel::draw(canvas, side, "About", "");
            draw_facts(canvas, inside, &head::facts(page, self.style));
        }
        let section = parts.sections.active();
        if Section::at(section) == Section::Overview {
            self.draw_overview(canvas, body, is_wide, parts);
        } else if let Some(table) = parts.open_mut() {
            table.render(canvas, body, self.empty(section));
        }
    }

    /// What is rented now, the payments around today, the latest note.
    fn draw_overview(&self, canvas: &mut Canvas<'_>, body: Rect, is_wide: bool, parts: &mut Parts<Key>) {
        let notes = self.page.as_deref().map(|page| head::facts(page, self.style)).unwrap_or_default();
        let notes: Vec<_> =
            notes.into_iter().filter(|(name, _)| matches!(*name, "Latest note" | "Follow-up")).collect();
        let below = if is_wide { 0 } else { u16::try_from(notes.len() + 1).unwrap_or(0) };
        let rows = parts.tables.first().map_or(0, |table| table.rows().len());
        let wanted = u16::try_from(rows + 1).unwrap_or(u16::MAX).max(3);
        let least = 5.min(u16::try_from(self.around.len()).unwrap_or(0) + 2);
        let height = wanted.min(body.height.saturating_sub(below + least).max(3));
        if let Some(table) = parts.tables.first_mut() {
            table.render(canvas, Rect { height, ..body }, Section::Overview.empty());
        }
        let mut y = body.y + height + 1;
        if !self.around.is_empty() {
            canvas.put(body.x + 3, y, body.width - 3, "Next and last payments", Ink::Head);
            y += 1;
        }
        let around = around(&self.around, usize::from(body.bottom().saturating_sub(y + below)));
        for (y, row) in (y..body.bottom()).zip(&around) {
            let status = words::payment_status(row, self.today, self.style);
            let of = row.subscription_id.map(SubscriptionId::shown).unwrap_or_default();
            let number = row.invoice_number.clone().unwrap_or_default();
            let amount = format::pad(&self.style.amount(row.amount), 10, format::Align::Right);
            let due = self.style.long_date(row.due_on);
            let line = format!("{due}  {of:<7} {number:<11}{amount}  ");
            let used = canvas.put(body.x + 3, y, body.width - 3, &line, Ink::Plain);
            let method = row.method.map(|method| format!("  {}", method.word().to_lowercase())).unwrap_or_default();
            let room = body.width.saturating_sub(used + 4);
            canvas.put(body.x + 3 + used, y, room, &format!("{}{method}", status.text), status.ink);
        }
        y += u16::try_from(around.len()).unwrap_or(0) + 1;
        for (y, (name, value)) in (y..body.bottom()).zip(notes).filter(|_| !is_wide) {
            let used = canvas.put(body.x + 3, y, body.width - 3, &format!("{name:<12} "), Ink::Dim);
            canvas.put(body.x + 3 + used, y, body.width.saturating_sub(used + 4), &value, Ink::Plain);
        }
    }
}

/// The payments that fit into so many lines: open ones first, and at least one that was paid.
fn around(payments: &[PaymentRow], lines: usize) -> Vec<PaymentRow> {
    let (open, paid): (Vec<_>, Vec<_>) = payments.iter().partition(|row| row.status != PaymentStatus::Paid);
    let kept = lines.saturating_sub(usize::from(!paid.is_empty()));
    open.into_iter().take(kept).chain(paid).take(lines).cloned().collect()
}

/// Names above their values, which are broken where the pane ends.
fn draw_facts(canvas: &mut Canvas<'_>, area: Rect, facts: &[(&'static str, String)]) {
    let cells = area.width.saturating_sub(3);
    let mut y = area.y;
    for (name, value) in facts {
        let lines = format::wrap(value, usize::from(cells));
        if y + 1 >= area.bottom() {
            return;
        }
        canvas.put(area.x + 1, y, cells, name, Ink::Dim);
        y += 1;
        for line in lines {
            if y >= area.bottom() {
                return;
            }
            canvas.put(area.x + 2, y, cells, &line, Ink::Plain);
            y += 1;
        }
        y += 1;
    }
}
