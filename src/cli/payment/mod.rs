//! `payment`: what is owed, listed and shown; its status without money.

mod change;

use chrono::NaiveDate;
use clap::ValueEnum;
use serde_json::{Map, Value, json};

use super::customer::filter::SegmentArg;
use super::fault::{Fault, Result};
use super::list::{Listing, Rows, View, found_once};
use super::out::{Answer, Out, said};
use super::shapes::{amount, money};
use super::table::Table;
use super::values;
use crate::domain::id::{CustomerId, GroupId, PaymentId, SubscriptionId};
use crate::domain::method::Method;
use crate::domain::status::PaymentStanding;
use crate::services::reads::{self, PaymentFilter, PaymentRow, PaymentSort, PaymentView, UpcomingFilter};
use crate::services::{Action, Desk, Done, Outcome};
use crate::shown::column::Listed;

/// What to do with payments.
#[derive(Debug, clap::Subcommand)]
pub enum Verb {
    /// List payments
    List(Box<List>),
    /// Show one payment
    Show(One),
    /// The money is on its way
    Process(One),
    /// The money did not come
    Fail(Because),
    /// Money that was on its way is not: open again
    #[command(alias = "reopen")]
    Release(Because),
    /// A charge was tried again, outside
    Retry(change::Retry),
    /// It is not owed any more: its invoice is voided, or its line credited on a shared one
    Cancel(change::Cancel),
    /// Give up what is open of it, by a credit note
    Waive(Because),
    /// Open or close a dispute
    Dispute(change::Dispute),
    /// Bill a period of a subscription ahead, so that it can be paid
    Ahead {
        /// Any day of the period; the next one without it
        #[arg(long, value_name = "DAY", value_parser = values::day)]
        period: Option<NaiveDate>,
        /// The subscription
        #[arg(value_parser = values::id::<SubscriptionId>)]
        subscription: SubscriptionId,
    },
}

/// Which payment.
#[derive(Debug, clap::Args)]
pub struct One {
    /// The payment
    #[arg(value_parser = values::id::<PaymentId>)]
    id: PaymentId,
}

/// Which payment, and why.
#[derive(Debug, clap::Args)]
pub struct Because {
    /// The payment
    #[arg(value_parser = values::id::<PaymentId>)]
    id: PaymentId,
    /// Why
    #[arg(long, default_value = "")]
    reason: String,
}

/// Saved views.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Saved {
    /// Pending, processing and failed
    Open,
    /// Open and past the due day
    Overdue,
    /// Failed
    Failed,
    /// On its way
    Processing,
    /// Paid by money
    Paid,
    /// Every one
    All,
    /// Periods not yet billed
    Upcoming,
}

/// Which payments.
#[derive(Debug, clap::Args)]
pub struct List {
    /// Customer, company, invoice number, subscription, reference or amount
    #[arg(long, default_value = "")]
    query: String,
    /// Only these: pending, processing, paid, credited, `written_off`, failed, cancelled; several parted by commas
    #[arg(long, value_delimiter = ',', value_name = "S,…", value_parser = values::word::<PaymentStanding>)]
    status: Vec<PaymentStanding>,
    /// Due on this day or later
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = values::day)]
    due_from: Option<NaiveDate>,
    /// Due on this day or before
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = values::day)]
    due_to: Option<NaiveDate>,
    /// Paid on this day or later
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = values::day)]
    paid_from: Option<NaiveDate>,
    /// Paid on this day or before
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = values::day)]
    paid_to: Option<NaiveDate>,
    /// Only this customer's
    #[arg(long, value_name = "ID", value_parser = values::id::<CustomerId>)]
    customer: Option<CustomerId>,
    #[command(flatten)]
    of: SegmentArg,
    /// Only what is billed to this group
    #[arg(long, value_name = "ID", value_parser = values::id::<GroupId>)]
    group: Option<GroupId>,
    /// Only this subscription's
    #[arg(long, value_name = "ID", value_parser = values::id::<SubscriptionId>)]
    subscription: Option<SubscriptionId>,
    /// Only those with an open dispute
    #[arg(long)]
    disputed: bool,
    /// Only paid by this method
    #[arg(long, value_parser = values::word::<Method>)]
    method: Option<Method>,
    /// A saved view
    #[arg(long, default_value = "all")]
    view: Saved,
    /// due, amount, customer or status; with a - in front the other way round
    #[arg(long, default_value = "due", value_parser = sorted, allow_hyphen_values = true)]
    sort: (PaymentSort, bool),
    #[command(flatten)]
    rows: Rows,
}

fn sorted(text: &str) -> Result<(PaymentSort, bool), String> {
    let (word, reverse) = text.strip_prefix('-').map_or((text, false), |word| (word, true));
    let sort = match word {
        "due" => PaymentSort::Due,
        "amount" => PaymentSort::Amount,
        "customer" => PaymentSort::Customer,
        "status" => PaymentSort::Status,
        "paid" => PaymentSort::Paid,
        _ => return Err("sort by due, amount, customer, status or paid".to_owned()),
    };
    Ok((sort, reverse))
}

/// Does it.
pub fn run(verb: Verb, desk: &mut Desk, out: &mut Out) -> Result<()> {
    match verb {
        Verb::List(args) => list(&args, desk, out),
        Verb::Show(One { id }) => show(id, desk, out),
        Verb::Process(One { id }) => change(Action::ProcessPayment { payment: id }, id, desk, out),
        Verb::Fail(Because { id, reason }) => change(Action::FailPayment { payment: id, reason }, id, desk, out),
        Verb::Retry(args) => {
            let id = args.id;
            change(args.action(desk), id, desk, out)
        }
        Verb::Cancel(args) => made(args.action()?, desk, out),
        Verb::Waive(Because { id, reason }) => change(Action::WaivePayment { payment: id, reason }, id, desk, out),
        Verb::Dispute(args) => {
            let id = args.id;
            change(args.action(), id, desk, out)
        }
        Verb::Ahead { subscription, period } => made(Action::BillAhead { subscription, day: period }, desk, out),
        Verb::Release(Because { id, reason }) => change(Action::ReopenPayment { payment: id, reason }, id, desk, out),
    }
}

fn list(args: &List, desk: &Desk, out: &mut Out) -> Result<()> {
    let view = View::of(desk)?;
    if matches!(args.view, Saved::Upcoming) {
        let filter = args.to_come(desk)?;
        return Listing {
            total: None,
            rows: args.rows.clone(),
            read: Box::new(|page| Ok(desk.read(|db| reads::upcoming(db, &filter, page, view.today))?)),
            cursor: Box::new(reads::UpcomingRow::cursor),
            more: Map::new(),
        }
        .write(view, out);
    }
    let filter = args.filter(desk)?;
    let totals = desk.read(|db| reads::payments_total(db, &filter, view.today))?;
    let sums =
        totals.amount.iter().zip(&totals.open).map(
            |(sum, open)| json!({ "currency": sum.currency().code(), "amount": amount(*sum), "open": amount(*open) }),
        );
    Listing {
        total: Some(totals.count),
        rows: args.rows.clone(),
        read: found_once(
            |page| Ok(desk.read(|db| reads::payments(db, &filter, page, view.today))?),
            || Ok(desk.read(|db| reads::payment_ids(db, &filter, view.today))?),
            (|ids: &[PaymentId]| Ok(desk.read(|db| reads::payments_by_id(db, ids))?), |row: &PaymentRow| row.id),
        ),
        cursor: Box::new(|row: &PaymentRow| row.cursor(filter.sort)),
        more: Map::from_iter([("sums".to_owned(), Value::Array(sums.collect()))]),
    }
    .write(view, out)
}

impl List {
    /// Which periods still to come; what only a payment has is refused.
    fn to_come(&self, desk: &Desk) -> Result<UpcomingFilter> {
        let asked = [
            ("--status", !self.status.is_empty()),
            ("--paid-from", self.paid_from.is_some()),
            ("--paid-to", self.paid_to.is_some()),
            ("--method", self.method.is_some()),
            ("--disputed", self.disputed),
            ("--subscription", self.subscription.is_some()),
            ("--sort", self.sort.0 != PaymentSort::Due),
        ];
        if let Some((option, _)) = asked.iter().find(|(_, is_asked)| *is_asked) {
            let known = "--query, --customer, --segment, --group, --due-from and --due-to";
            return Err(Fault::Wrong(format!("periods still to come know only {known}: leave {option} out")));
        }
        Ok(UpcomingFilter {
            query: self.query.clone(),
            customer: self.customer,
            segment: self.of.read(desk)?.map(|row| Box::new(row.filter)),
            group: self.group,
            starts: (self.due_from, self.due_to),
            reverse: self.sort.1,
        })
    }

    fn filter(&self, desk: &Desk) -> Result<PaymentFilter> {
        Ok(PaymentFilter {
            view: match self.view {
                Saved::Open => PaymentView::Open,
                Saved::Overdue => PaymentView::Overdue,
                Saved::Failed => PaymentView::Failed,
                Saved::Processing => PaymentView::Processing,
                Saved::Paid => PaymentView::Paid,
                Saved::All => PaymentView::All,
                Saved::Upcoming => PaymentView::Upcoming,
            },
            query: self.query.clone(),
            statuses: self.status.clone(),
            due: (self.due_from, self.due_to),
            paid: (self.paid_from, self.paid_to),
            customer: self.customer,
            segment: self.of.filter(desk)?,
            group: self.group,
            subscription: self.subscription,
            method: self.method,
            disputed: self.disputed,
            sort: self.sort.0,
            reverse: self.sort.1,
        })
    }
}

fn row(desk: &Desk, id: PaymentId) -> Result<PaymentRow> {
    let found = desk.read(|db| reads::payments_by_id(db, &[id]))?;
    found.into_iter().next().ok_or_else(|| Fault::unknown("payment", id))
}

fn show(id: PaymentId, desk: &Desk, out: &mut Out) -> Result<()> {
    let view = View::of(desk)?;
    let page = desk.read(|db| reads::payment_page(db, id, view.today))?.ok_or_else(|| Fault::unknown("payment", id))?;
    let mut json = page.row.json(view);
    if let Some(json) = json.as_object_mut() {
        json.insert("net".to_owned(), amount(page.net));
        json.insert("tax".to_owned(), amount(page.tax));
        json.insert("money".to_owned(), page.money.iter().map(money::json).collect());
        json.insert("period_of".to_owned(), json!(page.period_of));
        let card = page.card().map(|(brand, last_four)| json!({ "brand": brand, "last_four": last_four }));
        json.insert("card".to_owned(), json!(card));
        json.insert("charges".to_owned(), page.attempts.iter().map(money::attempt).collect());
        let disputes = desk.read(|db| reads::disputes_of(db, id))?;
        json.insert("disputes".to_owned(), disputes.iter().map(money::dispute).collect());
    }
    let row = &page.row;
    let fields = Table::fields(&[
        ("Payment", format!("P-{} {}", row.id, row.text)),
        ("Customer", format!("{} {}", row.customer_id, row.customer_name)),
        ("Status", row.standing().word().to_owned()),
        ("Due", view.day(row.due_on)),
        ("Amount", view.money(row.amount)),
        ("Paid", view.money(row.paid)),
        ("Open", view.money(row.open)),
        ("Invoice", row.invoice_number.clone().unwrap_or_default()),
        ("Paid on", view.day(row.paid_on)),
        ("Method", row.method.map(Method::word).unwrap_or_default().to_owned()),
    ]);
    out.answer(&Answer::new(json).table(fields))
}

/// Does what names its payment only when it is done.
fn made(action: Action, desk: &mut Desk, out: &mut Out) -> Result<()> {
    let id = match &action {
        Action::CancelPayment { payment, .. } => Some(*payment),
        _ => None,
    };
    let done = desk.perform(action)?;
    let id = match done.outcome {
        Outcome::Payment(id) => Some(id),
        _ => id,
    };
    match id {
        Some(id) => told(&done, id, desk, out),
        None => out.answer(&Answer::new(json!({ "said": said(&done) })).say(said(&done))),
    }
}

fn change(action: Action, id: PaymentId, desk: &mut Desk, out: &mut Out) -> Result<()> {
    let done = desk.perform(action)?;
    told(&done, id, desk, out)
}

fn told(done: &Done, id: PaymentId, desk: &Desk, out: &mut Out) -> Result<()> {
    let mut json = row(desk, id)?.json(View::of(desk)?);
    if let Some(json) = json.as_object_mut() {
        json.insert("said".to_owned(), said(done).into());
    }
    out.answer(&Answer::new(json).say(said(done)))
}
