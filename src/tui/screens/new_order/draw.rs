//! How the wizard looks.

use ratatui::layout::Rect;

use super::columns::row_count;
use super::{NewOrder, Step};
use crate::domain::calendar::add_days;
use crate::services::order_plan::Planned;
use crate::tui::format::{self, Align};
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::hits::Target;
use crate::tui::widgets::inputs::Kind;
use crate::tui::widgets::panel;
use crate::tui::words;

/// What stands in the first step while nobody is chosen.
const NOBODY: [&str; 3] = [
    "Type a part of the name, of the email or of the phone number, and choose.",
    "A customer who is not in the book yet: F6, and come back here.",
    "Nothing is saved before the last step; Esc goes one step back.",
];

/// The cells of an address where two stand on one line.
const HALF: usize = 26;

/// Where the value of the focused field begins.
pub(super) type Anchor = Option<(u16, u16)>;

impl NewOrder {
    pub(super) fn draw(&mut self, canvas: &mut Canvas<'_>, area: Rect) {
        let inside = panel::draw(canvas, area, "", "");
        let anchor = match self.step {
            Step::Customer => self.draw_customer(canvas, inside),
            Step::Items => {
                let body = self.draw_head(canvas, area, inside);
                self.draw_items(canvas, body)
            }
            Step::Terms => {
                let body = self.draw_head(canvas, area, inside);
                self.draw_terms(canvas, body)
            }
            Step::Check => {
                let body = self.draw_head(canvas, area, inside);
                self.draw_check(canvas, body);
                None
            }
        };
        self.draw_buttons(canvas, inside);
        if let (Some(list), Some((x, y))) = (self.form().and_then(|form| form.list()), anchor) {
            list.render(canvas, inside, x.saturating_sub(2), y);
        }
    }

    /// Who orders, above the other steps; returns what lies below.
    fn draw_head(&self, canvas: &mut Canvas<'_>, area: Rect, inside: Rect) -> Rect {
        let line = |canvas: &mut Canvas<'_>, y: u16, name: &str, value: &str| {
            let used = canvas.put(inside.x + 1, y, inside.width - 1, &format!("{name}  "), Ink::Dim);
            canvas.put(inside.x + 1 + used, y, inside.width.saturating_sub(used + 2), value, Ink::Plain);
        };
        if let Some(who) = &self.who {
            line(canvas, inside.y, "Customer", &who.title());
            line(canvas, inside.y + 1, "Bill to ", &self.goes_to(who));
        }
        panel::divide(canvas, area, inside.y + 2, "", "");
        panel::split(inside, inside.y + 2).1
    }

    /// Where it is billed to, and in the last step where it is shipped to when that is elsewhere.
    fn goes_to(&self, who: &super::Who) -> String {
        let chosen =
            |name: &str| match self.forms[2].fields().iter().find(|field| field.name == name).map(|it| &it.kind) {
                Some(Kind::Lookup { line, key: Some(_) }) => line.text().to_owned(),
                _ => String::new(),
            };
        let bill_to = Some(chosen("bill_to")).filter(|text| !text.is_empty()).unwrap_or_else(|| who.bill_to());
        match chosen("ship_to") {
            ship_to if self.step == Step::Check && !ship_to.is_empty() => {
                format!("{}  Ship to  {ship_to}", format::pad(&bill_to, HALF, Align::Left))
            }
            _ => bill_to,
        }
    }

    fn draw_customer(&mut self, canvas: &mut Canvas<'_>, inside: Rect) -> Anchor {
        canvas.put(inside.x + 2, inside.y + 1, inside.width - 2, "Who orders?", Ink::Title);
        let fields = Rect { x: inside.x + 1, y: inside.y + 3, width: inside.width - 2, height: 3 };
        let (below, anchor) = self.forms[0].draw_fields(canvas, fields);
        let Some(who) = &self.who else {
            for (y, line) in (below + 1..inside.bottom()).zip(NOBODY) {
                canvas.put(inside.x + 3, y, inside.width.saturating_sub(4), line, Ink::Dim);
            }
            return anchor;
        };
        let mut y = below + 1;
        for (name, value) in who.facts(self.style, self.today) {
            canvas.put(inside.x + 3, y, 12, name, Ink::Dim);
            let ink = if value.starts_with('!') { Ink::Bad } else { Ink::Plain };
            canvas.put(inside.x + 15, y, inside.width.saturating_sub(16), &value, ink);
            y += 1;
        }
        let alike = who.alike();
        let ink = if alike.starts_with('!') { Ink::Warn } else { Ink::Dim };
        canvas.put(inside.x + 3, y + 1, inside.width.saturating_sub(4), &alike, ink);
        anchor
    }

    /// What it comes to, in two lines.
    pub(super) fn draw_sums(&self, canvas: &mut Canvas<'_>, area: Rect) {
        let (x, width) = (area.x + 3, area.width.saturating_sub(4));
        let Some((plan, [first, last])) = self.plan.as_ref().and_then(|plan| Some((plan, plan.ends()?))) else {
            canvas.put(x, area.y, width, "The sums appear here as soon as a row is filled in.", Ink::Dim);
            return;
        };
        let amount = |money| format!("{:>12}", self.style.amount(money));
        let day = |day| self.style.long_date(day);
        let one =
            format!("Per month      {}   First payment {} {}", amount(plan.per_month), day(first.0), amount(first.1));
        let two = format!("Contract total {}   Last payment  {} {}", amount(plan.total), day(last.0), amount(last.1));
        let count = words::count(i64::try_from(plan.count()).unwrap_or(0), "payment");
        let deposits = if plan.deposits.is_zero() {
            String::new()
        } else {
            format!(", and deposits of {}", self.style.amount(plan.deposits))
        };
        let three = match self.unread.as_slice() {
            [] if self.short > 0 => {
                let wait = if self.short == 1 { "waits" } else { "wait" };
                let short = words::count(self.short, "contract");
                format!("! {count}{deposits}; {short} {wait} for an asset, too few are free.")
            }
            [] if self.prices == "with tax" => format!("{count}{deposits}. Prices are with tax."),
            [] => format!("{count}{deposits}. Tax, if any, is added on the invoice."),
            [row] => format!("! Row {} is not counted: it is not filled in yet.", row + 1),
            rows => format!("! {} rows are not counted: they are not filled in yet.", rows.len()),
        };
        let ink = if three.starts_with('!') { Ink::Warn } else { Ink::Dim };
        canvas.put(x, area.y, width, &one, Ink::Plain);
        canvas.put(x, area.y + 1, width, &two, Ink::Plain);
        canvas.put(x, area.y + 2, width, &three, ink);
    }

    fn draw_terms(&mut self, canvas: &mut Canvas<'_>, body: Rect) -> Anchor {
        let fields = Rect { x: body.x + 1, y: body.y + 1, width: body.width - 2, height: 8 };
        let (below, anchor) = self.forms[2].draw_fields(canvas, fields);
        let mut y = below + 1;
        if let Some(terms) = self.terms() {
            for line in super::terms::meaning(terms, self.lead_days) {
                canvas.put(body.x + 3, y, body.width.saturating_sub(4), &line, Ink::Dim);
                y += 1;
            }
        }
        self.draw_sums(canvas, Rect { y: body.bottom().saturating_sub(5), height: 3, ..body });
        anchor
    }

    fn draw_check(&mut self, canvas: &mut Canvas<'_>, body: Rect) {
        let (Some(plan), Some(terms)) = (&self.plan, self.terms()) else { return };
        let x = body.x + 3;
        let width = body.width.saturating_sub(4);
        canvas.put(x, body.y, width, &line("Starts", "Period until", "#", "What", "Amount", width), Ink::Head);
        let rows = Rect { y: body.y + 1, height: body.height.saturating_sub(8), ..body };
        self.fits = usize::from(rows.height).max(1);
        for (y, payment) in (rows.y..rows.bottom()).zip(plan.payments.iter().skip(self.top)) {
            canvas.put(x, y, width, &self.planned(payment, width), Ink::Plain);
        }
        let y = body.bottom().saturating_sub(7);
        panel::divide(canvas, Rect { x: body.x - 1, width: body.width + 2, ..body }, y, "", "");
        self.draw_sums(canvas, Rect { y: y + 1, height: 3, ..body });
        let consequence = self.consequence(terms);
        let ink = if consequence.starts_with('!') { Ink::Warn } else { Ink::Title };
        canvas.put(x, y + 4, width, &consequence, ink);
        canvas.put(x, y + 5, width, &self.elsewhere(), Ink::Dim);
    }

    /// The items that go elsewhere than the order.
    fn elsewhere(&self) -> String {
        let (fields, places) = (self.forms[1].fields(), self.places.borrow());
        let rows = (0..row_count(fields)).filter_map(|row| Some((row + 1, places.elsewhere(fields, row)?)));
        match rows.collect::<Vec<_>>().as_slice() {
            [] => String::new(),
            [(row, to)] => format!("Row {row} goes to {to}."),
            [first, more @ ..] => format!("Row {} goes to {}; {} more go elsewhere too.", first.0, first.1, more.len()),
        }
    }

    fn planned(&self, payment: &Planned, width: u16) -> String {
        let place = format!("{}/{}", payment.place.0, payment.place.1);
        let day = |day| self.style.long_date(day);
        line(&day(payment.from), &day(payment.to), &place, &payment.what, &self.style.amount(payment.amount), width)
    }

    /// What F2 will do.
    fn consequence(&self, terms: super::Terms) -> String {
        let Some(plan) = &self.plan else { return String::new() };
        if !terms.confirm {
            return format!("F2 keeps it as a draft; it would bill on {}.", terms.billing());
        }
        let until = add_days(self.today, i64::from(self.lead_days));
        let late = plan.payments.iter().filter(|payment| payment.from < self.today).count();
        let mark = if late > 1 { "! " } else { "" };
        let (payments, sum) = match plan.due_by(until) {
            (0, _) => return "F2 confirms it; nothing is invoiced yet.".to_owned(),
            (1, sum) => (format!("1 payment of {}", self.style.amount(sum)), String::new()),
            (many, sum) => {
                let units = plan.payments.iter().any(|payment| payment.units > 1);
                let each = plan.each_by(until).filter(|_| units);
                let each = each.map(|each| format!(" of {}", self.style.amount(each))).unwrap_or_default();
                (format!("{many} payments{each}"), format!(", {}", self.style.amount(sum)))
            }
        };
        let deposits = plan.deposits_by(until);
        if deposits.is_zero() {
            let verb = if sum.is_empty() { "is" } else { "are" };
            return format!("{mark}F2 confirms it; {payments} {verb} invoiced at once{sum}.");
        }
        format!("{mark}F2 confirms it, invoices {payments}{sum} and deposits of {}.", self.style.amount(deposits))
    }

    fn draw_buttons(&self, canvas: &mut Canvas<'_>, inside: Rect) {
        let next = match self.step.next() {
            Some(next) => format!("Next: {}", next.title()),
            None if self.terms().is_some_and(|terms| terms.confirm) => "Save and confirm".to_owned(),
            None => "Save the draft".to_owned(),
        };
        let back = if self.step == Step::Customer { "Leave" } else { "Back" };
        let texts = [format!("[ F2 {next} ]"), format!("[ Esc {back} ]")];
        let y = inside.bottom().saturating_sub(1);
        let mut x = inside.x + 2;
        for (number, text) in texts.into_iter().enumerate() {
            let focused = self.on_button() == Some(number);
            let text = format!("{}{text}", if focused { '>' } else { ' ' });
            let used = canvas.put(x, y, inside.right().saturating_sub(x), &text, Ink::Plain);
            let place = Rect { x, y, width: used, height: 1 };
            if focused {
                canvas.tint(place, Ink::Cursor);
            }
            canvas.target(place, Target::Button(number));
            x += used + 4;
        }
    }
}

/// One line of the schedule.
fn line(from: &str, to: &str, place: &str, what: &str, amount: &str, width: u16) -> String {
    let rest = usize::from(width).saturating_sub(12 + 14 + 8 + 13);
    format!(
        "{} {} {} {} {}",
        format::pad(from, 11, Align::Left),
        format::pad(to, 13, Align::Left),
        format::pad(place, 7, Align::Right),
        format::pad(what, rest, Align::Left),
        format::pad(amount, 12, Align::Right)
    )
}
