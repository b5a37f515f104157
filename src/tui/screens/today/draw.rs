//! How the start page looks.

use chrono::{Datelike as _, NaiveDate};
use ratatui::layout::Rect;

use super::Today;
use super::found::Found;
use crate::domain::aging::Bucket;
use crate::domain::format::Style;
use crate::services::reads::reports::AgingRow;
use crate::tui::desk::reads::Hit;
use crate::tui::format::{self, Align};
use crate::tui::theme::Ink;
use crate::tui::widgets::bars::{self, HBar};
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::hits::Target;
use crate::tui::widgets::panel;
use crate::tui::widgets::strip::SIDE_FROM;
use crate::tui::widgets::table::Cell;
use crate::tui::{log, words};

/// The cells of the pane beside the queue.
const SIDE: u16 = 42;

/// One hit as cells: what, more of it, an amount, a status.
struct Shown {
    what: String,
    more: String,
    amount: String,
    status: Cell,
}

impl Today {
    pub(super) fn draw(&mut self, canvas: &mut Canvas<'_>, area: Rect) {
        self.is_wide = area.width >= SIDE_FROM && area.height >= 30;
        let line = Rect { height: 1, ..area };
        let finding = self.is_finding();
        let remark = if finding { self.results.count() } else { "name, invoice, reference or amount".to_owned() };
        self.find.render(canvas, line, "Find", &remark);
        let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        if finding {
            return self.draw_found(canvas, body);
        }
        canvas.rule(body.x, body.y, body.width, Ink::Line);
        let mut main = Rect { y: body.y + 1, height: body.height.saturating_sub(1), ..body };
        if self.is_wide {
            main.width -= SIDE;
            let side = Rect { x: main.right(), width: SIDE, ..main };
            self.draw_side(canvas, side);
        }
        self.draw_queue(canvas, main);
    }

    fn draw_queue(&self, canvas: &mut Canvas<'_>, area: Rect) {
        let mut y = area.y;
        for (number, text) in self.greeting.iter().enumerate() {
            let (indent, ink) = if number == 0 { (1, Ink::Title) } else { (3, Ink::Plain) };
            for line in format::wrap(text, usize::from(area.width.saturating_sub(indent + 1))) {
                canvas.put(area.x + indent, y, area.width - indent, &line, ink);
                y += 1;
            }
        }
        let foot = area.bottom().saturating_sub(2);
        // A small window gives its blank line up before a line of work.
        let lines = u16::try_from(self.lines.len()).unwrap_or(u16::MAX);
        y += u16::from(y + lines + 3 <= foot);
        if self.lines.iter().all(|line| line.kind != super::queue::Kind::Overdue) {
            y += canvas.put(area.x + 3, y, area.width - 3, "Nothing overdue. Good.", Ink::Good).min(1);
        }
        if self.lines.is_empty() {
            let text = "Nothing waits for you. F6 takes an order; typing finds anything.";
            canvas.put(area.x + 3, y, area.width - 3, text, Ink::Dim);
        } else {
            self.draw_lines(canvas, Rect { y, height: foot.saturating_sub(y), ..area });
        }
        self.draw_foot(canvas, Rect { y: foot, height: 2, ..area });
    }

    fn draw_lines(&self, canvas: &mut Canvas<'_>, area: Rect) {
        let sums: Vec<String> = self.lines.iter().map(|line| amounts(self.style, &line.what.sums)).collect();
        let currency = self.lines.iter().flat_map(|line| &line.what.sums).next().map(|sum| sum.currency().to_string());
        let head = format!("Amount {}", currency.unwrap_or_default());
        let wide = sums.iter().map(|sum| format::width(sum)).max().unwrap_or(0).max(format::width(&head));
        let columns = |what: &str, count: &str, sum: &str, since: &str| {
            let what = format::pad(what, 36, Align::Left);
            let (count, sum) = (format::pad(count, 8, Align::Right), format::pad(sum, wide, Align::Right));
            format!("{what} {count}  {sum}   {since}")
        };
        let head = columns("What to do today", "How many", &head, "Oldest");
        canvas.put(area.x + 3, area.y, area.width - 3, &head, Ink::Head);
        for (y, (number, line)) in (area.y + 1..area.bottom()).zip(self.lines.iter().enumerate()) {
            let (standing, mark, words) = line.kind.words();
            let since = line.what.oldest_on.map(|on| since(on, self.day, self.style)).unwrap_or_default();
            let sum = sums.get(number).map_or("", String::as_str);
            let text = columns(&format!("{mark} {words}"), &line.what.count.to_string(), sum, &since);
            let here = number == self.at;
            canvas.put(area.x + 1, y, 2, if here { "> " } else { "  " }, Ink::Plain);
            canvas.put(area.x + 3, y, area.width - 3, &text, standing.into());
            let row = Rect { y, height: 1, ..area };
            if here {
                canvas.tint(row, Ink::Cursor);
            }
            canvas.target(row, Target::Row(number));
        }
    }

    fn draw_foot(&self, canvas: &mut Canvas<'_>, area: Rect) {
        let sums = |sums: &[crate::domain::money::Money]| {
            if sums.is_empty() { "nothing".to_owned() } else { amounts(self.style, sums) }
        };
        let (expected, collected) = (sums(&self.facts.expected_week), sums(&self.facts.collected_month));
        let text = format!("Expected next 7 days:  {expected}        Collected this month:  {collected}");
        canvas.put(area.x + 3, area.y, area.width - 3, &text, Ink::Plain);
        if let Some(done) = &self.facts.last_done {
            let (what, about) = (log::what(done.log), log::about(done, self.style));
            let about = if about.is_empty() { about } else { format!(": {about}") };
            let on = words::day(done.business_on, self.day, self.style);
            let line = format!("Last done:  {on}  {what}{about}  ({})", done.operator);
            canvas.put(area.x + 3, area.y + 1, area.width - 3, &line, Ink::Dim);
        }
    }

    /// The pane of a large window: what is open, by age.
    fn draw_side(&mut self, canvas: &mut Canvas<'_>, area: Rect) {
        let style = self.style;
        let rows = self.aging.totals().cloned();
        let height = rows.as_ref().map_or(8, |rows| u16::try_from(rows.len()).unwrap_or(0) + 3);
        let area = Rect { y: area.y + 1, height: height.min(area.height - 1), ..area };
        let inside = {
            let currency = rows.as_ref().and_then(|rows| rows.first()).map(|row| row.amount.currency().to_string());
            panel::draw(canvas, area, "Open by age", &currency.unwrap_or_default())
        };
        let Some(rows) = rows else {
            canvas.put(inside.x + 1, inside.y, inside.width, "...", Ink::Dim);
            return;
        };
        let first = rows.first().map(|row| row.amount.currency());
        let is_one = rows.iter().all(|row| Some(row.amount.currency()) == first);
        let bars: Vec<HBar> = rows.iter().map(|row| bar(row, is_one, style)).collect();
        let place = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
        bars::render(canvas, place, &bars);
    }

    fn draw_found(&self, canvas: &mut Canvas<'_>, area: Rect) {
        let inside = panel::draw(canvas, area, "", "");
        if self.results.is_empty() {
            let text =
                "Nothing matches. It looks in names, email, phone, numbers of all kinds, references and amounts.";
            canvas.put(inside.x + 3, inside.y + 1, inside.width - 3, text, Ink::Dim);
            return;
        }
        let mut rows: Vec<(Option<usize>, &str)> = Vec::new();
        let mut heading = "";
        for (number, found) in self.results.all().iter().enumerate() {
            if heading_of(found) != heading {
                heading = heading_of(found);
                rows.push((None, heading));
            }
            rows.push((Some(number), ""));
        }
        let cursor = rows.iter().position(|(number, _)| *number == Some(self.results.at())).unwrap_or(0);
        let skip = (cursor + 1).saturating_sub(usize::from(inside.height));
        for (y, (number, heading)) in (inside.y..inside.bottom()).zip(rows.into_iter().skip(skip)) {
            let row = Rect { y, height: 1, ..inside };
            let Some((number, found)) = number.and_then(|number| Some((number, self.results.all().get(number)?)))
            else {
                canvas.put(row.x + 1, y, row.width, heading, Ink::Head);
                continue;
            };
            self.draw_hit(canvas, row, found, number == self.results.at());
            canvas.target(row, Target::Row(number));
        }
    }

    fn draw_hit(&self, canvas: &mut Canvas<'_>, row: Rect, found: &Found, here: bool) {
        canvas.put(row.x + 1, row.y, 2, if here { "> " } else { "  " }, Ink::Plain);
        match found {
            Found::Command(text, key, _) => {
                canvas.put(row.x + 3, row.y, row.width - 3, text, Ink::Plain);
                canvas.put_right(row.right() - 6, row.y, 4, key, Ink::Key);
            }
            Found::Hit(hit) => {
                let shown = shown(hit, self.day, self.style);
                let what = row.width.saturating_sub(3 + 13 + 15 + 18 + 1);
                canvas.put(
                    row.x + 3,
                    row.y,
                    what,
                    &format::pad(&shown.what, usize::from(what), Align::Left),
                    Ink::Plain,
                );
                let x = row.x + 3 + what + 1;
                canvas.put(x, row.y, 12, &shown.more, Ink::Dim);
                canvas.put_right(x + 12, row.y, 14, &shown.amount, Ink::Plain);
                canvas.put(x + 28, row.y, row.right().saturating_sub(x + 28), &shown.status.text, shown.status.ink);
            }
        }
        if here {
            canvas.tint(row, Ink::Cursor);
        }
    }
}

/// Amounts without their currency while there is one currency only.
fn amounts(style: Style, sums: &[crate::domain::money::Money]) -> String {
    match sums {
        [one] => style.amount(*one),
        many => words::sums(style, many),
    }
}

/// `31 Oct  (17 d)`, `08 Sep 2025`.
fn since(on: NaiveDate, today: NaiveDate, style: Style) -> String {
    match (today - on).num_days() {
        // Of another year the day itself says how long it is; both do not fit.
        days @ 1.. if on.year() == today.year() => format!("{}  ({days} d)", words::day(on, today, style)),
        _ => words::day(on, today, style),
    }
}

fn bar(row: &AgingRow, is_one: bool, style: Style) -> HBar {
    let (label, ink) = match row.bucket {
        Bucket::Current => ("not due".to_owned(), Ink::Plain),
        Bucket::Older => ("over 90 d".to_owned(), Ink::Bad),
        bucket => (format!("{} d", bucket.code()), Ink::Plain),
    };
    let label = if is_one { label } else { format!("{label}  {}", row.amount.currency()) };
    HBar { label, shown: style.amount(row.amount), value: row.amount.minor(), ink }
}

const fn heading_of(found: &Found) -> &'static str {
    match found {
        Found::Command(..) => "Commands",
        Found::Hit(hit) => match **hit {
            Hit::Customer(_) => "Customers",
            Hit::Group(_) => "Billing groups",
            Hit::Payment(_) | Hit::Invoice(_) => "Payments and invoices",
            Hit::Subscription(_) => "Subscriptions",
            Hit::Asset(_) => "Assets",
        },
    }
}

fn shown(hit: &Hit, today: NaiveDate, style: Style) -> Shown {
    let plain = |text: String| Cell::new(text, Ink::Plain);
    match hit {
        Hit::Customer(row) => Shown {
            what: row.name.clone(),
            more: row.kind.code().to_owned(),
            amount: format!("owes {}", style.amount(row.outstanding)),
            status: plain(words::count(row.active_subscriptions, "subscription")),
        },
        Hit::Group(row) => Shown {
            what: row.name.clone(),
            more: words::count(row.member_count, "member"),
            amount: format!("owes {}", style.amount(row.outstanding)),
            status: plain(format!("billed on the {}", words::ordinal(row.billing_day))),
        },
        Hit::Payment(row) => {
            let day = style.long_date(row.paid_on.unwrap_or(row.due_on));
            let amount = if row.open.minor() > 0 { row.open } else { row.amount };
            let number = crate::tui::things::payment::deeds::number(row);
            Shown {
                what: format!("{number}  {}", row.customer_name),
                more: day,
                amount: style.amount(amount),
                status: words::payment_status(row, today, style),
            }
        }
        Hit::Invoice(row) => Shown {
            what: format!("{}  {}", crate::tui::things::invoice::deeds::number(row), row.payer_name),
            more: style.long_date(row.invoiced_on),
            amount: style.amount(if row.open.minor() > 0 { row.open } else { row.total }),
            status: words::invoice_status(row, today, style),
        },
        Hit::Subscription(row) => Shown {
            what: format!("{}  {}", row.id.shown(), row.customer_name),
            more: row.product.clone(),
            amount: style.amount(row.price),
            status: plain(row.status.word().to_owned()),
        },
        Hit::Asset(row) => Shown {
            what: format!("{}  {}", row.serial, row.product),
            more: row.customer_name.clone().unwrap_or_default(),
            amount: String::new(),
            status: plain(row.state.word().to_owned()),
        },
    }
}
