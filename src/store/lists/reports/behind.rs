//! The rows behind a figure: the very rows it was added up from, so count and sum are those of the figure.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::stood::{Stood, Which, stood};
use super::{Period, Whose, attempts, open, recurring, till};
use crate::domain::aging::{Bucket, bucket};
use crate::domain::calendar::add_months;
use crate::domain::currency::Currency;
use crate::domain::id::{InvoiceId, PaymentId, ReceiptId, SubscriptionId};
use crate::domain::money::Money;
use crate::domain::status::{PaymentStanding, PaymentStatus};
use crate::store::engine::Db;
use crate::store::error::Result;

/// A figure of the reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// Total income of the period.
    Income,
    /// Income of the month that begins on this day.
    IncomeOf(NaiveDate),
    /// What came due in that month.
    DueIn(NaiveDate),
    /// Open on issued invoices.
    Outstanding,
    /// Of it, the invoices of one age.
    Aged(Bucket),
    /// Due and on no invoice.
    NotInvoiced,
    /// What came due in the period and stands so.
    Standing(PaymentStanding),
    /// What came due in the period and is not cancelled: the whole that shares are of.
    CameDue,
    /// Of it, what money paid.
    Success,
    /// Of it, what failed.
    Failed,
    /// What money paid in the period, whenever it was due: what an average is of.
    Paid,
    /// Contracts that ran, at their prices a month.
    Recurring,
    /// Received and on no payment.
    Credit,
    /// Money that stands on deposits.
    Held,
    /// Of the income: what was kept of deposits.
    Kept,
    /// Payments that failed in the week of this Monday.
    FailedIn(NaiveDate),
    /// Open and due in so many days from the day it is seen from.
    DueWithin(i64),
    /// Periods nobody has billed that start in so many days.
    UpcomingWithin(i64),
}

/// What a row of a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Thing {
    Payment(PaymentId),
    Invoice(InvoiceId),
    Receipt(ReceiptId),
    Subscription(SubscriptionId),
}

/// One row of a figure, and what it adds to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    pub on: NaiveDate,
    pub thing: Thing,
    pub amount: Money,
}

/// The rows behind a figure of one currency, by their days.
#[expect(clippy::too_many_lines, reason = "one match says of every figure which rows it counts")]
pub fn behind(db: &Db, figure: Figure, period: Period, currency: Currency, whose: &Whose) -> Result<Vec<Counted>> {
    let (span, day) = ((period.from, period.last()), period.as_of);
    let mut rows = match figure {
        Figure::Income => came(till::income(db, span, whose)?),
        Figure::IncomeOf(month) => came(till::income(db, month_of(month, span), whose)?),
        Figure::Kept => came(till::kept(db, span, whose)?),
        Figure::DueIn(month) => {
            let (from, to) = month_of(month, span);
            owed(stood(db, Which::Due(from, to), day, whose)?, Stood::came_due)
        }
        Figure::Standing(standing) => {
            let is_so = |row: &Stood| !row.is_drafted && row.standing() == standing;
            owed(stood(db, Which::Due(span.0, span.1), day, whose)?, is_so)
        }
        Figure::CameDue | Figure::Success | Figure::Failed => {
            let is_so = |row: &Stood| {
                row.came_due()
                    && match figure {
                        Figure::Success => row.is_paid(),
                        Figure::Failed => row.status == PaymentStatus::Failed,
                        _ => true,
                    }
            };
            owed(stood(db, Which::Due(span.0, span.1), day, whose)?, is_so)
        }
        Figure::Paid => {
            let rows = stood(db, Which::Paid(span.0, span.1), day, whose)?.into_iter().filter(Stood::is_paid);
            rows.map(|row| of_payment(row.payment, row.paid_on.unwrap_or(row.due_on), row.amount)).collect()
        }
        Figure::Outstanding => invoices(stood(db, Which::Outstanding, day, whose)?),
        Figure::Aged(age) => {
            let mut rows = invoices(stood(db, Which::Outstanding, day, whose)?);
            rows.retain(|row| bucket(row.on, day) == age);
            rows
        }
        Figure::NotInvoiced => {
            let rows = stood(db, Which::NotInvoiced, day, whose)?.into_iter();
            rows.map(|row| of_payment(row.payment, row.due_on, row.open)).collect()
        }
        Figure::Recurring => {
            let row = |one: recurring::Ran| (one.start_on, Thing::Subscription(one.subscription), one.price);
            recurring::ran(db, day, whose)?.into_iter().map(row).map(counted).collect()
        }
        Figure::Credit => {
            let row = |one: till::Credit| (one.on, Thing::Receipt(one.receipt), one.amount);
            till::credit(db, day, whose)?.into_iter().map(row).map(counted).collect()
        }
        Figure::Held => {
            till::held(db, day, whose)?.into_iter().map(|row| of_payment(row.payment, row.since, row.amount)).collect()
        }
        Figure::FailedIn(week) => {
            let (from, to) = (week.max(period.from), (week + Days::new(6)).min(span.1));
            let rows = attempts::failures(db, Period { from, to, ..period }, whose)?;
            rows.into_iter().map(|row| of_payment(row.payment, row.on, row.amount)).collect()
        }
        Figure::DueWithin(days) => {
            let rows = open::due_within(db, day, until(day, days), whose)?.into_iter();
            rows.map(|(payment, on, amount)| of_payment(payment, on, amount)).collect()
        }
        Figure::UpcomingWithin(days) => {
            let row = |one: open::Upcoming| (one.on, Thing::Subscription(one.subscription), one.amount);
            open::upcoming_rows(db, until(day, days), whose)?.into_iter().map(row).map(counted).collect()
        }
    };
    rows.retain(|row| row.amount.currency() == currency);
    rows.sort_by_key(|row| (row.on, row.thing));
    Ok(rows)
}

fn counted((on, thing, amount): (NaiveDate, Thing, Money)) -> Counted {
    Counted { on, thing, amount }
}

const fn of_payment(payment: PaymentId, on: NaiveDate, amount: Money) -> Counted {
    Counted { on, thing: Thing::Payment(payment), amount }
}

fn came(rows: Vec<till::Came>) -> Vec<Counted> {
    rows.into_iter().map(|row| of_payment(row.payment, row.on, row.amount)).collect()
}

/// Whole amounts of payments.
fn owed(rows: Vec<Stood>, is_meant: impl Fn(&Stood) -> bool) -> Vec<Counted> {
    rows.into_iter().filter(is_meant).map(|row| of_payment(row.payment, row.due_on, row.amount)).collect()
}

/// What is open, invoice by invoice, by the days they are due.
fn invoices(rows: Vec<Stood>) -> Vec<Counted> {
    let mut open: BTreeMap<InvoiceId, Counted> = BTreeMap::new();
    for row in rows {
        let Some((invoice, due_on)) = row.invoice else { continue };
        let zero = Counted { on: due_on, thing: Thing::Invoice(invoice), amount: Money::zero(row.currency()) };
        let entry = open.entry(invoice).or_insert(zero);
        entry.amount = Money::new(entry.amount.minor() + row.open.minor(), row.currency());
    }
    open.into_values().collect()
}

/// The days of a month that are in a span.
fn month_of(month: NaiveDate, (from, to): (NaiveDate, NaiveDate)) -> (NaiveDate, NaiveDate) {
    let last = add_months(month, 1).and_then(|next| next.pred_opt()).unwrap_or(to);
    (from.max(month), to.min(last))
}

fn until(day: NaiveDate, days: i64) -> NaiveDate {
    day.checked_add_days(Days::new(days.unsigned_abs())).unwrap_or(day)
}
