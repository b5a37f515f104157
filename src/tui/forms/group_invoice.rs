//! The invoice of a billing group for a month, shown as it will be before it is issued.

use chrono::{Datelike, Months, NaiveDate};

use super::{Field, Form, Item, Read};
use crate::domain::format::Style;
use crate::domain::id::GroupId;
use crate::tui::desk::reads::{GroupRow, InvoiceLine, InvoicePage, invoice_page};
use crate::tui::desk::{Action, Desk, Done, Outcome, Refusal, Trouble};
use crate::tui::format::{self, Align};
use crate::tui::place::Place;
use crate::tui::reply::Reply;
use crate::tui::words;

/// The most lines that are shown.
const SHOWN: usize = 8;

/// Which group, and what comes of it.
#[derive(Debug)]
pub struct GroupInvoice {
    group: GroupId,
    head: String,
    months: Vec<NaiveDate>,
    chosen: NaiveDate,
    preview: Vec<String>,
    style: Style,
}

impl GroupInvoice {
    /// The form, on the first month in which something waits.
    #[must_use]
    pub fn new(row: &GroupRow, desk: &Desk) -> Self {
        let today = desk.today();
        let this = today.with_day(1).unwrap_or(today);
        let at = |month: Option<NaiveDate>| month.filter(|month| (*month - today).num_days() <= 31);
        let months: Vec<NaiveDate> =
            [this.checked_sub_months(Months::new(1)), Some(this), this.checked_add_months(Months::new(1))]
                .into_iter()
                .filter_map(at)
                .collect();
        let style = desk.shop().map(|shop| shop.style).unwrap_or_default();
        let members = words::count(row.member_count, "member");
        let head = format!("{}, {members}, billed on day {}, net {}", row.name, row.billing_day, row.terms_days);
        let mut form = Self { group: row.id, head, months, chosen: this, preview: Vec::new(), style };
        let waits = |month: &NaiveDate| form.try_out(*month, desk).is_ok();
        // Most often nothing waits for a month that has passed, so this one is tried first.
        let order = [Some(this), this.checked_add_months(Months::new(1)), this.checked_sub_months(Months::new(1))];
        let known: Vec<NaiveDate> = order.into_iter().flatten().filter(|month| form.months.contains(month)).collect();
        form.chosen = known.into_iter().find(waits).unwrap_or(this);
        form.look(desk);
        form
    }

    fn try_out(&self, month: NaiveDate, desk: &Desk) -> Result<InvoicePage, Trouble> {
        let today = desk.today();
        let page = desk.try_out(&Action::InvoiceGroup { group: self.group, month }, |db, done| {
            let none = || Refusal::new("unknown", "no invoice came of it");
            let Outcome::Invoice(id, _) = done.outcome else { return Err(none().into()) };
            invoice_page(db, id, today)?.ok_or_else(|| none().into())
        })?;
        Ok(page)
    }

    fn look(&mut self, desk: &Desk) {
        self.preview = match self.try_out(self.chosen, desk) {
            Ok(page) => self.lines(&page),
            Err(trouble) => format::wrap(trouble.sentence(), 66),
        };
    }

    fn lines(&self, page: &InvoicePage) -> Vec<String> {
        let amount = |money| format::pad(&self.style.amount(money), 10, Align::Right);
        let part = |text: &str, cells| format::pad(text, cells, Align::Left);
        let line = |line: &InvoiceLine| {
            let payment = &line.payment;
            let of = payment.subscription_id.map(words::subscription).unwrap_or_default();
            let period = payment.period.map(|(from, to)| {
                let [from, last] = [from, to.pred_opt().unwrap_or(to)].map(|day| self.style.short_date(day));
                format!("{from} - {last}")
            });
            let (who, what) = (part(&payment.customer_name, 17), part(&payment.text, 20));
            format!("{who} {} {what} {} {}", part(&of, 6), part(&period.unwrap_or_default(), 15), amount(line.net))
        };
        let mut lines: Vec<String> = page.lines.iter().take(SHOWN).map(line).collect();
        if page.lines.len() > SHOWN {
            lines.push(format!("and {} more lines", page.lines.len() - SHOWN));
        }
        let sum = |name: &str, money| format!("{} {}", format::pad(name, 61, Align::Right), amount(money));
        lines.push(sum("Net", page.subtotal));
        lines.push(sum("Tax", page.tax));
        let row = &page.row;
        let code = row.total.currency();
        let number = row.number.clone().unwrap_or_else(|| "after review".to_owned());
        let due = self.style.long_date(row.due_on);
        lines.push(sum(&format!("Number {number}, due {due}     TOTAL {code}"), row.total));
        lines
    }
}

impl Form for GroupInvoice {
    fn title(&self) -> String {
        "Invoice for a billing group".to_owned()
    }

    fn head(&self, _desk: &Desk) -> Vec<String> {
        vec![self.head.clone()]
    }

    fn fields(&self, _desk: &Desk) -> Vec<Field> {
        let item = |month: &NaiveDate| Item::new(month.to_string(), month.format("%B %Y").to_string());
        let items = self.months.iter().map(item).collect();
        vec![Field::choice("month", "Period", items, &self.chosen.to_string())]
    }

    fn changed(&mut self, _name: &str, fields: &mut [Field], desk: &Desk) {
        let month = fields.first().and_then(|field| field.value().parse().ok());
        if let Some(month) = month {
            self.chosen = month;
            self.look(desk);
        }
    }

    fn effect(&self, _read: &mut Read<'_>, _desk: &Desk) -> Vec<String> {
        self.preview.clone()
    }

    fn submit(&self, read: &mut Read<'_>, _desk: &Desk) -> Option<Reply> {
        let month = read.parse("month", str::parse::<NaiveDate>)?;
        Some(Reply::perform(Action::InvoiceGroup { group: self.group, month }))
    }

    fn save_word(&self) -> &'static str {
        "Issue invoice"
    }

    /// The invoice is shown: F7 makes its PDF.
    fn done(&mut self, done: &Done, _desk: &Desk) -> Reply {
        match done.outcome {
            Outcome::Invoice(id, _) => Reply::Go(Place::Invoice(id)),
            _ => Reply::Close,
        }
    }
}
