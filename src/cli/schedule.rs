//! `schedule`: the payments of a contract, without a book.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::fault::{Fault, Result};
use super::out::{Answer, Out};
use super::table::{Side, Table};
use super::values;
use crate::domain::currency::Currency;
use crate::domain::format;
use crate::domain::frequency::Frequency;
use crate::domain::money::Money;
use crate::domain::schedule::{Schedule, price};
use crate::services::Refusal;

/// A contract.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// First day of the contract
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = values::day)]
    start: NaiveDate,
    /// How often it bills: month, quarter, half-year, year or two-years
    #[arg(long, default_value = "month", value_parser = values::word::<Frequency>)]
    every: Frequency,
    /// Contract length in months
    #[arg(long, required_unless_present = "end")]
    months: Option<u32>,
    /// Price a month
    #[arg(long, allow_hyphen_values = true)]
    price: String,
    /// Currency of the price
    #[arg(long, default_value = "USD")]
    currency: String,
    /// Day of the month it bills on; by default the start's own
    #[arg(long, value_name = "1-31")]
    anchor_day: Option<u32>,
    /// The day after the contract, instead of its length
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = values::day)]
    end: Option<NaiveDate>,
}

/// Shows the schedule.
pub fn run(args: &Args, out: &mut Out) -> Result<()> {
    let currency = Currency::new(&args.currency).map_err(|error| refused("currency", &error))?;
    let monthly = Money::parse(&args.price, currency).map_err(|error| refused("price", &error))?;
    let schedule = read(args)?;
    let mut table = Table::new(&[
        ("N", Side::Right),
        ("FROM", Side::Code),
        ("TO", Side::Code),
        ("DUE", Side::Code),
        ("AMOUNT", Side::Right),
    ]);
    let mut payments: Vec<Value> = Vec::new();
    let mut total = Money::zero(currency);
    for period in schedule.periods() {
        let amount = Money::new(price(&period, schedule.frequency, monthly.minor()), currency);
        total = total.plus(amount).map_err(|error| refused("price", &error))?;
        let n = period.index + 1;
        let (start, last) = (period.start.to_string(), period.last_day().to_string());
        table.push(vec![n.to_string(), start.clone(), last, start, format!("{amount} {currency}")]);
        payments.push(json!({
            "n": n,
            "period_start": period.start,
            "period_end": period.end,
            "last_day": period.last_day(),
            "due_on": period.start,
            "amount": amount.to_string(),
        }));
    }
    let count = payments.len();
    let json = json!({
        "payments": payments,
        "count": count,
        "total": total.to_string(),
        "currency": currency.code(),
        "start_on": schedule.start,
        "end_on": schedule.end,
        "anchor_day": schedule.anchor_day,
    });
    out.answer(&Answer::new(json).table(table).say(format!("{}, {total} {currency}", format::count(count, "payment"))))
}

fn read(args: &Args) -> Result<Schedule> {
    let by_months = |months| Schedule::for_months(args.start, months, args.every, args.anchor_day);
    let schedule = match (args.end, args.months) {
        (Some(end), _) => Schedule::new(args.start, end, args.every, args.anchor_day),
        (None, Some(months)) => by_months(months),
        (None, None) => return Err(Fault::Wrong("say how long it runs: --months or --end".to_owned())),
    };
    Ok(schedule.map_err(|error| refused("contract", &error))?)
}

fn refused(field: &'static str, error: &dyn std::fmt::Display) -> Refusal {
    Refusal::of_field(field, error)
}
