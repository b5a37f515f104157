//! The invoice of a billing group for a month, shown as it will be before it is issued.

use chrono::{Datelike, Months, NaiveDate};

use crate::domain::format::Style;
use crate::domain::id::{GroupId, SubscriptionId};
use crate::domain::money::Money;
use crate::services::StoreFault;
use crate::tui::beside::{Errand, Tally};
use crate::tui::command::Command;
use crate::tui::desk::reads::{GroupRow, InvoicePage, LeftOut, LeftOutWhy, group_left_out, invoice_page};
use crate::tui::desk::{Action, Desk, DeskError, Done, Outcome, Refusal, Trouble};
use crate::tui::format::{self, Align};
use crate::tui::forms::{self, Field, Form, Item, Read};
use crate::tui::place::Place;
use crate::tui::reply::Reply;
use crate::tui::things::invoice::new_invoice::previewed;
use crate::tui::words;

/// The most that are shown with why they are left out.
const SHOWN: usize = 3;
/// The most subscriptions that can be left out one by one.
const BOXES: usize = 40;

/// Which group, and what comes of it.
#[derive(Debug)]
pub struct GroupInvoice {
    group: GroupId,
    head: String,
    months: Vec<NaiveDate>,
    chosen: NaiveDate,
    /// The months to be tried: the first in which something waits is chosen.
    wanted: Vec<NaiveDate>,
    /// What the invoice takes as it is chosen now.
    taken: Vec<Taken>,
    /// What it takes when nothing is left out: a box each.
    offered: Vec<Taken>,
    /// What a person leaves out.
    left: Vec<SubscriptionId>,
    /// What comes of the choices, tried beside the screen: a try is a write, and no key waits for another writer.
    tried: Tally<Tried>,
    preview: Vec<String>,
    style: Style,
}

impl GroupInvoice {
    /// The form, on the first month in which something waits.
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
        let mut form = Self {
            group: row.id,
            head,
            months,
            chosen: this,
            wanted: Vec::new(),
            taken: Vec::new(),
            offered: Vec::new(),
            left: Vec::new(),
            tried: Tally::default(),
            preview: Vec::new(),
            style,
        };
        // Most often nothing waits for a month that has passed, so this one is tried first.
        let order = [Some(this), this.checked_add_months(Months::new(1)), this.checked_sub_months(Months::new(1))];
        form.wanted = order.into_iter().flatten().filter(|month| form.months.contains(month)).collect();
        form.wait();
        form
    }

    fn asked(&self) -> Asked {
        Asked { group: self.group, left: self.left.clone() }
    }

    /// What stood there is no longer true.
    fn wait(&mut self) {
        self.tried.forget();
        self.taken.clear();
        forms::wait(&mut self.preview);
    }

    /// Takes what came of the choices; the boxes below the month follow.
    fn look(&mut self, (month, tried): Tried) {
        self.chosen = month;
        self.wanted = vec![month];
        match tried {
            Ok((page, left)) => {
                self.taken = taken(&page);
                self.preview = self.sums(&page, &left);
            }
            Err(why) => {
                self.taken.clear();
                self.preview = format::wrap(&why, 66);
            }
        }
        // What was left out keeps its place, so that it can be taken again.
        if self.left.is_empty() {
            self.offered.clone_from(&self.taken);
        }
    }

    fn month(&self) -> Field {
        let item = |month: &NaiveDate| Item::new(month.to_string(), month.format("%B %Y").to_string());
        Field::choice("month", "Period", self.months.iter().map(item).collect(), &self.chosen.to_string())
    }

    /// A box a subscription: who, which, what, when, how much.
    fn boxes(&self, fields: &mut [Field]) {
        for (at, field) in fields.iter_mut().skip(1).enumerate() {
            field.is_hidden = at >= self.offered.len();
            if let Some((id, who, what, period, net)) = self.offered.get(at) {
                let part = |text: &str, cells| format::pad(text, cells, Align::Left);
                let period = period.map(|(from, to)| {
                    let [from, last] = [from, to.pred_opt().unwrap_or(to)].map(|day| self.style.short_date(day));
                    format!("{from} - {last}")
                });
                let amount = format::pad(&self.style.amount(*net), 8, Align::Right);
                let period = part(&period.unwrap_or_default(), 15);
                let of = part(&id.shown(), 6);
                field.hint = format!("{} {of} {} {period} {amount}", part(who, 13), part(what, 11));
            }
        }
    }

    fn sums(&self, page: &InvoicePage, left: &[LeftOut]) -> Vec<String> {
        let amount = |money| format::pad(&self.style.amount(money), 10, Align::Right);
        let mut lines = Vec::new();
        for extra in page.lines.iter().filter(|line| line.payment.subscription_id.is_none()) {
            lines.push(format!("{} {}", format::pad(&extra.payment.text, 55, Align::Left), amount(extra.net)));
        }
        let beyond = taken(page).len().saturating_sub(BOXES);
        if beyond > 0 {
            lines.push(format!(
                "and {} of which all are taken",
                words::count(i64::try_from(beyond).unwrap_or(i64::MAX), "more subscription")
            ));
        }
        for out in left.iter().take(SHOWN) {
            let who = format::pad(&out.customer_name, 15, Align::Left);
            let of = out.subscription_id.shown();
            lines.push(format!("{who} {of}  left out: {}", self.why(&out.why)));
        }
        if left.len() > SHOWN {
            lines.push(format!("and {} more are left out", left.len() - SHOWN));
        }
        let sum = |name: &str, money| format!("{} {}", format::pad(name, 55, Align::Right), amount(money));
        lines.push(sum("Net", page.subtotal));
        lines.push(sum("Tax", page.tax));
        let row = &page.row;
        let code = row.total.currency();
        let number = row.number.clone().unwrap_or_else(|| "after review".to_owned());
        let due = self.style.long_date(row.due_on);
        lines.push(sum(&format!("Number {number}, due {due}  TOTAL {code}"), row.total));
        lines
    }

    fn why(&self, why: &LeftOutWhy) -> String {
        match why {
            LeftOutWhy::Chosen => "waits for a later invoice".to_owned(),
            LeftOutWhy::OnInvoice(Some(number)) => format!("already on invoice {number}"),
            LeftOutWhy::OnInvoice(None) => "already on an invoice in review".to_owned(),
            LeftOutWhy::Paused => "paused".to_owned(),
            LeftOutWhy::StartsLater(day) => format!("next period starts {}", self.style.long_date(*day)),
            LeftOutWhy::NoPeriodLeft => "no period is left".to_owned(),
        }
    }
}

/// What is asked for, whatever the month.
#[derive(Debug)]
struct Asked {
    group: GroupId,
    left: Vec<SubscriptionId>,
}

/// A month, and the invoice that would come of it with what is left out, or why there is none.
type Tried = (NaiveDate, Result<(Box<InvoicePage>, Vec<LeftOut>), String>);

impl Asked {
    fn action(&self, month: NaiveDate) -> Action {
        match self.left.as_slice() {
            [] => Action::InvoiceGroup { group: self.group, month },
            left => Action::InvoiceGroupPart { group: self.group, month, leave_out: left.to_vec() },
        }
    }

    /// The first month in which something waits; where nothing does, the first of all.
    fn first(&self, months: &[NaiveDate], desk: &Desk) -> Result<Tried, DeskError> {
        let mut nothing = None;
        for month in months {
            match self.try_out(*month, desk) {
                Ok(found) => return Ok((*month, Ok(found))),
                Err(error) if matches!(error.fault(), Some(StoreFault::Interrupted)) => return Err(error),
                Err(error) => {
                    nothing.get_or_insert((*month, Err(Trouble::from(error).sentence().to_owned())));
                }
            }
        }
        nothing.ok_or_else(|| Refusal::new("unknown", "there is no month to invoice").into())
    }

    fn try_out(&self, month: NaiveDate, desk: &Desk) -> Result<(Box<InvoicePage>, Vec<LeftOut>), DeskError> {
        let today = desk.today();
        let last = month.checked_add_months(Months::new(1)).and_then(|next| next.pred_opt()).unwrap_or(month);
        desk.try_out(&self.action(month), |db, done| {
            let none = || Refusal::new("unknown", "no invoice was made");
            let Outcome::Invoice(id, _) = done.outcome else { return Err(none().into()) };
            let left = group_left_out(db, self.group, id, (month, last), &self.left)?;
            Ok((Box::new(invoice_page(db, id, today)?.ok_or_else(none)?), left))
        })
    }
}

/// A subscription on the invoice: whose, what for, its last period, all it adds without tax.
type Taken = (SubscriptionId, String, String, Option<(NaiveDate, NaiveDate)>, Money);

fn taken(page: &InvoicePage) -> Vec<Taken> {
    let mut taken: Vec<Taken> = Vec::new();
    for line in &page.lines {
        let Some(id) = line.payment.subscription_id else { continue };
        if let Some(known) = taken.iter_mut().find(|known| known.0 == id) {
            known.3 = line.payment.period.or(known.3);
            known.4 = known.4.plus(line.net).unwrap_or(known.4);
        } else {
            let payment = &line.payment;
            taken.push((id, payment.customer_name.clone(), payment.text.clone(), payment.period, line.net));
        }
    }
    taken
}

impl Form for GroupInvoice {
    fn title(&self) -> String {
        "Invoice for a billing group".to_owned()
    }

    fn head(&self, desk: &Desk) -> Vec<String> {
        // Numbers follow the days of issue, so the invoice is always dated today.
        vec![
            self.head.clone(),
            format!("Invoice date {}: always today, so that numbers follow dates", self.style.long_date(desk.today())),
        ]
    }

    fn fields(&self, _desk: &Desk) -> Vec<Field> {
        let mut fields = vec![self.month()];
        fields.extend((0..BOXES).map(|at| Field::check(format!("take{at}"), "Take", true)));
        self.boxes(&mut fields);
        fields
    }

    fn changed(&mut self, name: &str, fields: &mut [Field], _desk: &Desk) {
        if name == "month" {
            let Some(month) = fields.first().and_then(|field| field.value().parse().ok()) else { return };
            self.wanted = vec![month];
            self.chosen = month;
            self.left.clear();
            for field in fields.iter_mut().skip(1) {
                field.fill("yes");
            }
        } else {
            let is_off = |at: usize| fields.get(at + 1).is_some_and(|field| field.value().is_empty());
            let left = self.offered.iter().take(BOXES).enumerate().filter(|(at, _)| is_off(*at));
            self.left = left.map(|(_, line)| line.0).collect();
        }
        self.wait();
    }

    fn errand(&mut self) -> Option<Errand> {
        let (asked, months) = (self.asked(), self.wanted.clone());
        self.tried.errand(move |desk| asked.first(&months, desk))
    }

    fn arrived(&mut self, fields: &mut [Field]) -> Option<Vec<String>> {
        let tried = self.tried.taken()?;
        self.look(tried);
        if let Some(month) = fields.first_mut().filter(|month| month.value() != self.chosen.to_string()) {
            *month = self.month();
        }
        self.boxes(fields);
        Some(self.preview.clone())
    }

    fn effect(&self, _read: &mut Read<'_>, _desk: &Desk) -> Vec<String> {
        self.preview.clone()
    }

    fn submit(&self, read: &mut Read<'_>, _desk: &Desk) -> Option<Reply> {
        let month = read.parse("month", str::parse::<NaiveDate>)?;
        Some(Reply::perform(self.asked().action(month)))
    }

    fn offers(&self, command: Command) -> bool {
        command == Command::Preview
    }

    fn command(&mut self, _command: Command, _fields: &mut Vec<Field>, desk: &Desk) -> Reply {
        previewed(&self.asked().action(self.chosen), desk)
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
