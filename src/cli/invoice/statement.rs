//! `invoice statement`: the account of a customer or group over a period, as PDF or JSON.

use std::path::PathBuf;

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::adapters::files;
use crate::cli::fault::{Fault, Result};
use crate::cli::list::View;
use crate::cli::out::{Answer, Out};
use crate::cli::shapes::{amount, place};
use crate::cli::table::{Side, Table};
use crate::cli::values;
use crate::domain::aging::Bucket;
use crate::domain::id::{CustomerId, GroupId};
use crate::services::{Desk, Payer};

/// Whose account, over which days.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Of this customer
    #[arg(long, value_name = "ID", value_parser = values::id::<CustomerId>, required_unless_present = "group", conflicts_with = "group")]
    customer: Option<CustomerId>,
    /// Of this group
    #[arg(long, value_name = "ID", value_parser = values::id::<GroupId>)]
    group: Option<GroupId>,
    /// First day
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = values::day)]
    from: NaiveDate,
    /// Last day; today when it is not said
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = values::day)]
    to: Option<NaiveDate>,
    /// The PDF file to write
    file: Option<PathBuf>,
    /// Replace the file if it is there
    #[arg(long)]
    force: bool,
}

/// Shows the account, and writes its PDF where a file is named.
pub fn run(args: &Args, desk: &Desk, out: &mut Out) -> Result<()> {
    let payer = match (args.customer, args.group) {
        (Some(customer), _) => Payer::Customer(customer),
        (None, Some(group)) => Payer::Group(group),
        (None, None) => return Err(Fault::Wrong("name a customer or a group".to_owned())),
    };
    let view = View::of(desk)?;
    let days = (args.from, args.to.unwrap_or(view.today));
    let values = desk.statement_values(payer, days)?;
    let mut rows: Vec<Value> = Vec::new();
    let mut table = Table::new(&[
        ("DATE", Side::Code),
        ("MOVEMENT", Side::Left),
        ("AMOUNT", Side::Right),
        ("BALANCE", Side::Right),
    ]);
    let mut balance = values.opening;
    for movement in &values.movements {
        balance = balance.plus(movement.amount).map_err(|error| Fault::Wrong(error.to_string()))?;
        rows.push(json!({
            "on": movement.on, "text": movement.text, "detail": movement.detail,
            "amount": amount(movement.amount), "balance": amount(balance),
        }));
        let cells = [view.day(movement.on), movement.text.clone(), view.style.amount(movement.amount)];
        table.push(cells.into_iter().chain([view.style.amount(balance)]).collect());
    }
    let aging: Vec<Value> = Bucket::ALL
        .iter()
        .zip(values.open.late)
        .map(|(bucket, open)| json!({ "bucket": bucket.code(), "amount": amount(open) }))
        .collect();
    let mut json = json!({
        "from": days.0, "to": days.1, "currency": values.closing.currency().code(), "opening": amount(values.opening),
        "closing": amount(values.closing), "credit": amount(values.open.unapplied), "aging": aging,
        "total": rows.len(), "rows": rows,
    });
    let said = format!("Open before {}, after {}.", view.money(values.opening), view.money(values.closing));
    let (mut said, mut printed) = (vec![said], None);
    if let Some(file) = &args.file {
        let made = desk.statement_paper(payer, days)?;
        files::write(file, &made.bytes, args.force).map_err(|error| Fault::file(file, error))?;
        json["file"] = place(file);
        said.push(format!("The statement was saved as {}.", file.display()));
        printed = Some(made);
    }
    let answer = said.into_iter().fold(Answer::new(json).table(table), Answer::say);
    out.answer(&match printed {
        Some(made) => answer.of_paper(&made),
        None => answer,
    })
}
