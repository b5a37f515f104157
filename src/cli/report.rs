//! `report`: the figures of a period, as of a day.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::customer::filter::SegmentArg;
use super::fault::Result;
use super::list::View;
use super::out::{Answer, Out};
use super::shapes::{amount, fraction, percent};
use super::table::{Side, Table};
use super::values;
use crate::domain::currency::Currency;
use crate::domain::money::Money;
use crate::services::Desk;
use crate::services::reads::reports::{self, Period, Summary};
use crate::services::reads::{CustomerFilter, SegmentRow, Whose};

/// Which report.
#[derive(Debug, clap::Subcommand)]
pub enum Verb {
    /// Key figures: income, outstanding, success rate
    Summary(Range),
    /// Income and what came due, month by month
    Income(Range),
    /// Payments that came due, by status
    Status(Range),
    /// Declined attempts, week by week
    Failures(Range),
    /// What is open, by age
    Aging(Range),
    /// What is expected in the next 30, 60 and 90 days
    Expected(SegmentArg),
}

/// The period, and the day it is seen from.
#[derive(Clone, Debug, clap::Args)]
pub struct Range {
    /// First day; by default the first of the book
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = values::day)]
    from: Option<NaiveDate>,
    /// Last day; by default the day it is seen from
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = values::day)]
    to: Option<NaiveDate>,
    /// Seen from this day, by default today: what is dated later is not in it
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = values::day)]
    as_of: Option<NaiveDate>,
    #[command(flatten)]
    of: SegmentArg,
}

impl Range {
    /// Without a first day, from the first one of the book.
    fn period(&self, desk: &Desk) -> Result<Period> {
        let as_of = self.as_of.unwrap_or(desk.today());
        let to = self.to.unwrap_or(as_of);
        let from = match self.from {
            Some(from) => from,
            None => desk.read(reports::first_day)?.unwrap_or(to).min(to),
        };
        Ok(Period { from, to, as_of })
    }
}

/// What is read, how it is written, and of whom it is.
struct Report<'d> {
    desk: &'d Desk,
    view: View,
    segment: Option<SegmentRow>,
}

impl Report<'_> {
    /// Whom it is about, to be looked up in the same state of the book as the figures.
    fn whom(&self) -> Option<&CustomerFilter> {
        self.segment.as_ref().map(|row| &row.filter)
    }

    /// The figures with the segment they are of.
    fn answer(&self, mut json: Value, table: Table) -> Answer {
        let Some(row) = &self.segment else { return Answer::new(json).table(table) };
        if let Some(json) = json.as_object_mut() {
            json.insert("segment".to_owned(), row.name.as_str().into());
        }
        Answer::new(json).table(table).say(format!("Of the customers who are in “{}” today.", row.name))
    }
}

/// Makes the report.
pub fn run(verb: &Verb, desk: &mut Desk, out: &mut Out) -> Result<()> {
    let view = View::of(desk)?;
    let (Verb::Summary(Range { of, .. })
    | Verb::Income(Range { of, .. })
    | Verb::Status(Range { of, .. })
    | Verb::Failures(Range { of, .. })
    | Verb::Aging(Range { of, .. })
    | Verb::Expected(of)) = verb;
    let desk = &*desk;
    let report = Report { desk, view, segment: of.read(desk)? };
    let answer = match verb {
        Verb::Summary(range) => report.summary(range.period(desk)?)?,
        Verb::Income(range) => report.income(range.period(desk)?)?,
        Verb::Status(range) => report.status(range.period(desk)?)?,
        Verb::Failures(range) => report.failures(range.period(desk)?)?,
        Verb::Aging(range) => report.aging(range.as_of.or(range.to).unwrap_or(view.today))?,
        Verb::Expected(_) => report.expected()?,
    };
    out.answer(&answer)
}

fn rows(rows: Vec<Value>, more: Value) -> Value {
    let mut json = more;
    if let Some(json) = json.as_object_mut() {
        json.insert("total".to_owned(), rows.len().into());
        json.insert("rows".to_owned(), rows.into());
    }
    json
}

impl Report<'_> {
    fn summary(&self, period: Period) -> Result<Answer> {
        let found =
            self.desk.read(|db| reports::summary(db, period, &Whose::within(db, self.whom(), self.view.today)?))?;
        let own = self.desk.shop()?.currency;
        let mut table = Table::new(&[("", Side::Left), ("", Side::Right)]);
        for row in &found.rows {
            for (name, sum) in [
                ("Total income", Some(row.total_income)),
                ("Outstanding", Some(row.outstanding)),
                ("Due, not invoiced", Some(row.due_not_invoiced)),
                ("Average payment", row.average_payment),
                ("Monthly recurring income", Some(row.monthly_recurring)),
                ("Unapplied credit", Some(row.unapplied_credit)),
                ("Deposits held", Some(row.deposits_held)),
                ("Deposits kept", Some(row.deposits_kept)),
            ] {
                table.push(vec![name.to_owned(), sum.map_or_else(|| "-".to_owned(), |sum| self.view.money(sum))]);
            }
            // Of several currencies each has its own rates: no count is of all of them.
            let of = if found.rows.len() > 1 { format!(", {}", row.currency) } else { String::new() };
            table.push(vec![format!("Success rate{of}"), percent(row.success_ppm)]);
            table.push(vec![format!("Failed rate{of}"), percent(row.failed_ppm)]);
            table.push(vec![format!("Failed attempts{of}"), percent(row.failed_attempts_ppm)]);
        }
        Ok(self.answer(summary_json(&found, own, period), table))
    }

    fn income(&self, period: Period) -> Result<Answer> {
        let found = self
            .desk
            .read(|db| reports::income_by_month(db, period, &Whose::within(db, self.whom(), self.view.today)?))?;
        let mut table = Table::new(&[("MONTH", Side::Code), ("COLLECTED", Side::Right), ("DUE", Side::Right)]);
        let mut each = Vec::new();
        for row in found {
            let month = row.month.format("%Y-%m").to_string();
            table.push(vec![month.clone(), self.view.money(row.collected), self.view.money(row.due)]);
            each.push(json!({
                "month": month,
                "currency": row.collected.currency().code(),
                "collected": amount(row.collected),
                "due": amount(row.due),
            }));
        }
        Ok(self.answer(rows(each, json!({ "from": period.from, "to": period.to })), table))
    }

    fn status(&self, period: Period) -> Result<Answer> {
        let found = self
            .desk
            .read(|db| reports::status_distribution(db, period, &Whose::within(db, self.whom(), self.view.today)?))?;
        let mut table = Table::new(&[("STATUS", Side::Code), ("PAYMENTS", Side::Right), ("AMOUNT", Side::Right)]);
        let mut each = Vec::new();
        for row in found {
            let sums: Vec<String> = row.sums.iter().map(|(_, sum)| self.view.money(*sum)).collect();
            table.push(vec![row.status.word().to_owned(), row.count().to_string(), sums.join(", ")]);
            let of = |(count, sum): &(i64, Money)| json!({ "currency": sum.currency().code(), "amount": amount(*sum), "count": count });
            let sums: Vec<Value> = row.sums.iter().map(of).collect();
            each.push(json!({ "status": row.status.code(), "count": row.count(), "sums": sums }));
        }
        Ok(self.answer(rows(each, json!({ "from": period.from, "to": period.to })), table))
    }

    fn failures(&self, period: Period) -> Result<Answer> {
        let found = self
            .desk
            .read(|db| reports::failures_by_week(db, period, &Whose::within(db, self.whom(), self.view.today)?))?;
        let mut table = Table::new(&[("WEEK OF", Side::Code), ("DECLINED", Side::Right), ("RECOVERED", Side::Right)]);
        let mut each = Vec::new();
        for row in found {
            table.push(vec![self.view.day(row.week), row.declined.to_string(), row.recovered.to_string()]);
            each.push(json!({
            "week": row.week,
            "currency": row.currency.code(),
            "declined": row.declined,
            "recovered": row.recovered,
            "reasons": row.by_reason.iter().map(|(reason, count)| json!({ "reason": reason, "count": count })).collect::<Vec<_>>(),
        }));
        }
        Ok(self.answer(rows(each, json!({ "from": period.from, "to": period.to })), table))
    }

    fn aging(&self, as_of: NaiveDate) -> Result<Answer> {
        let found =
            self.desk.read(|db| reports::aging(db, as_of, &Whose::within(db, self.whom(), self.view.today)?))?;
        let own = self.desk.shop()?.currency;
        let mut table = Table::new(&[("DAYS LATE", Side::Code), ("INVOICES", Side::Right), ("OPEN", Side::Right)]);
        let mut each = Vec::new();
        let mut open = Money::zero(own);
        for row in found {
            if row.amount.currency() == own {
                open = open.plus(row.amount).unwrap_or(open);
            }
            table.push(vec![row.bucket.word().to_owned(), row.count.to_string(), self.view.money(row.amount)]);
            each.push(json!({
                "bucket": row.bucket.code(),
                "count": row.count,
                "amount": amount(row.amount),
                "currency": row.amount.currency().code(),
            }));
        }
        let more = json!({ "as_of": as_of, "outstanding": amount(open), "currency": own.code() });
        Ok(self.answer(rows(each, more), table))
    }

    fn expected(&self) -> Result<Answer> {
        let found = self
            .desk
            .read(|db| reports::expected(db, self.view.today, &Whose::within(db, self.whom(), self.view.today)?))?;
        let mut table = Table::new(&[("DAYS", Side::Right), ("DUE", Side::Right), ("UPCOMING", Side::Right)]);
        let mut each = Vec::new();
        for row in found {
            table.push(vec![row.days.to_string(), self.view.money(row.due), self.view.money(row.upcoming)]);
            each.push(json!({
                "days": row.days,
                "currency": row.due.currency().code(),
                "due": amount(row.due),
                "upcoming": amount(row.upcoming),
            }));
        }
        Ok(self.answer(rows(each, json!({ "as_of": self.view.today })), table))
    }
}

fn summary_json(found: &Summary, own: Currency, period: Period) -> Value {
    let each: Vec<Value> = found
        .rows
        .iter()
        .map(|row| {
            json!({
                "currency": row.currency.code(),
                "total_income": amount(row.total_income),
                "outstanding": amount(row.outstanding),
                "due_not_invoiced": amount(row.due_not_invoiced),
                "average_payment": row.average_payment.map(amount),
                "paid_count": row.paid_count,
                "unapplied_credit": amount(row.unapplied_credit),
                "deposits_held": amount(row.deposits_held),
                "deposits_kept": amount(row.deposits_kept),
                "monthly_recurring": amount(row.monthly_recurring),
                "success_rate": fraction(row.success_ppm),
                "failed_rate": fraction(row.failed_ppm),
                "failed_attempts_rate": fraction(row.failed_attempts_ppm),
                "due_count": row.due_count,
            })
        })
        .collect();
    let of_shop = found.of(own);
    let sum = |pick: fn(&reports::SummaryRow) -> Money| amount(of_shop.map_or(Money::zero(own), pick));
    let mut top = json!({
        "currency": own.code(),
        "total_income": sum(|row| row.total_income),
        "outstanding": sum(|row| row.outstanding),
        "due_not_invoiced": sum(|row| row.due_not_invoiced),
        "average_payment": of_shop.and_then(|row| row.average_payment).map(amount),
        "monthly_recurring": sum(|row| row.monthly_recurring),
        "success_rate": fraction(of_shop.and_then(|row| row.success_ppm)),
        "failed_rate": fraction(of_shop.and_then(|row| row.failed_ppm)),
        "failed_attempts_rate": fraction(of_shop.and_then(|row| row.failed_attempts_ppm)),
        "due_count": of_shop.map_or(0, |row| row.due_count),
        "from": period.from,
        "to": period.to,
        "as_of": period.as_of,
    });
    if let Some(top) = top.as_object_mut() {
        top.insert("rows".to_owned(), each.into());
    }
    top
}
