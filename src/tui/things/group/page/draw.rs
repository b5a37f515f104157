//! How the page looks: who the group is and how it pays above, a section below.

use ratatui::layout::Rect;

use super::{Group, Section};
use crate::tui::desk::reads::{GroupPage, Performance};
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::hits::Target;
use crate::tui::widgets::panel;
use crate::tui::{format, words};

/// The rows of facts above the section.
const FACTS: u16 = 4;

impl Group {
    pub(super) fn draw(&mut self, canvas: &mut Canvas<'_>, area: Rect) {
        let Some(page) = self.page.take() else {
            canvas.put(area.x + 3, area.y + 2, area.width, "This group is not in the book any more.", Ink::Dim);
            return;
        };
        let row = &page.row;
        let right = format!("net {}, billed on day {}", row.terms_days, row.billing_day);
        let inside = panel::draw(canvas, area, &row.name, &right);
        let line = inside.y + FACTS;
        self.draw_facts(canvas, inside, &page);
        panel::divide(canvas, area, line, "", "");
        let (_, below) = panel::split(inside, line);
        self.draw_sections(canvas, Rect { height: 1, ..below }, &page);
        let body = Rect { y: below.y + 1, height: below.height.saturating_sub(1), ..below };
        let empty = self.empty();
        self.table.render(canvas, body, empty);
        self.page = Some(page);
    }

    fn draw_facts(&self, canvas: &mut Canvas<'_>, inside: Rect, page: &GroupPage) {
        let (row, style) = (&page.row, self.style);
        let mut put = |y: u16, text: &str, ink: Ink| {
            canvas.put(inside.x + 1, inside.y + y, inside.width.saturating_sub(2), text, ink);
        };
        let tax = if page.tax_number.is_empty() { String::new() } else { format!("VAT {}", page.tax_number) };
        let address = page.address.replace('\n', ", ");
        let email = if page.invoice_emails.is_empty() { &row.email } else { &page.invoice_emails };
        let who: Vec<&str> =
            [row.contact_name.as_str(), email, &tax, &address].into_iter().filter(|text| !text.is_empty()).collect();
        put(0, &if who.is_empty() { "No contact yet: F2 adds one.".to_owned() } else { who.join("   ") }, Ink::Plain);
        let late =
            if row.overdue.is_zero() { String::new() } else { format!(" ({} overdue)", style.amount(row.overdue)) };
        let owes = if row.outstanding.is_zero() {
            "Owes nothing".to_owned()
        } else {
            format!("Owes {}{late}", words::money(style, row.outstanding))
        };
        let credit =
            if row.credit.is_zero() { String::new() } else { format!("   Credit {}", style.amount(row.credit)) };
        let waits = match page.uninvoiced {
            (0, _) => "nothing to bill yet".to_owned(),
            (count, sum) => format!("{} of {} not invoiced yet", words::count(count, "payment"), style.amount(sum)),
        };
        let monthly = style.amount(row.monthly);
        put(1, &format!("{owes}{credit}   Monthly {monthly}   {waits}"), words::open_ink(!row.overdue.is_zero()));
        put(2, &self.performance(&page.performance), Ink::Plain);
        let billed = match row.last_billed_on {
            Some(day) => format!("Last billed on {}", style.long_date(day)),
            None => "Not billed yet".to_owned(),
        };
        put(3, &format!("{billed}   Group since {}", style.long_date(page.created_on)), Ink::Dim);
    }

    /// `Invoiced 3,706.56 (12), paid 3,397.68   Success 96.2 %   Days to pay 11.4`
    fn performance(&self, how: &Performance) -> String {
        if how.invoice_count == 0 {
            return "Not invoiced yet.".to_owned();
        }
        let style = self.style;
        let (invoiced, paid) = (style.amount(how.invoiced), style.amount(how.paid));
        let mut parts = vec![format!("Invoiced {invoiced} ({}), paid {paid}", how.invoice_count)];
        parts.extend(how.success_ppm.map(|ppm| format!("Success {}", words::percent(style, ppm))));
        let days = |tenths: i64| style.number(&format!("{}.{}", tenths / 10, tenths % 10));
        parts.extend(how.days_to_pay_tenths.map(|tenths| format!("Days to pay {}", days(tenths))));
        parts.join("   ")
    }

    fn draw_sections(&self, canvas: &mut Canvas<'_>, line: Rect, page: &GroupPage) {
        let mut x = line.x + 1;
        for (number, section) in Section::ALL.into_iter().enumerate() {
            let name = match section {
                Section::Members => format!("Members {}", page.row.member_count),
                Section::Subscriptions => format!("Subscriptions {}", page.subscriptions.len()),
                Section::Invoices => format!("Invoices {}", self.invoices.len()),
            };
            let (text, ink) = if section == self.section {
                (format!("[{name}]"), Ink::Active)
            } else {
                (format!(" {name} "), Ink::Plain)
            };
            let used = canvas.put(x, line.y, line.right().saturating_sub(x), &format::clean(&text), ink);
            canvas.target(Rect { x, width: used, ..line }, Target::Chip(number));
            x += used + 1;
        }
    }

    const fn empty(&self) -> &'static str {
        match self.section {
            Section::Members => "Nobody is in this group yet. F6 adds a member.",
            Section::Subscriptions => "No member rents anything now.",
            Section::Invoices => "This group has no invoices yet. F8 makes one.",
        }
    }
}
