//! `report`: the figures of a period, as of a day. Every report of `shown::reports` is a verb.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{ArgMatches, Args as _, Command, FromArgMatches, Subcommand};
use serde_json::json;

use super::customer::filter::SegmentArg;
use super::fault::{Fault, Result};
use super::list::View;
use super::out::{Answer, Out};
use super::shapes::{percent, place};
use super::table::{Side, Table};
use super::values;
use crate::adapters::files;
use crate::services::Desk;
use crate::services::reads::reports::{self, Period};
use crate::services::reads::{SegmentRow, Whose};
use crate::shown::cell::Cell;
use crate::shown::csv::{Dialect, bytes};
use crate::shown::reports::{Asked, Over, REPORTS, Report, by_key};
use crate::shown::sheet::{Row, Sheet, Value};

/// Which report, and of what.
#[derive(Debug)]
pub struct Verb {
    report: &'static Report,
    range: Range,
}

/// The period, and the day it is seen from.
#[derive(Clone, Debug, Default, clap::Args)]
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
    rest: Rest,
}

/// What every report takes.
#[derive(Clone, Debug, Default, clap::Args)]
struct Rest {
    #[command(flatten)]
    of: SegmentArg,
    /// Write it to this file as a table
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
    /// Replace a file that is there
    #[arg(long, requires = "csv")]
    force: bool,
}

impl Subcommand for Verb {
    fn augment_subcommands(all: Command) -> Command {
        REPORTS.iter().fold(all, |all, report| {
            let command = Command::new(report.key);
            let command = match report.over {
                Over::Today => Rest::augment_args(command),
                _ => Range::augment_args(command),
            };
            all.subcommand(command.about(report.help).after_help(format!("How it is added up: {}", report.formula)))
        })
    }

    fn augment_subcommands_for_update(all: Command) -> Command {
        Self::augment_subcommands(all)
    }

    fn has_subcommand(name: &str) -> bool {
        by_key(name).is_some()
    }
}

impl FromArgMatches for Verb {
    fn from_arg_matches(all: &ArgMatches) -> Result<Self, clap::Error> {
        let missing = || clap::Error::new(clap::error::ErrorKind::MissingSubcommand);
        let (name, own) = all.subcommand().ok_or_else(missing)?;
        let report = by_key(name).ok_or_else(missing)?;
        let range = match report.over {
            Over::Today => Range { rest: Rest::from_arg_matches(own)?, ..Range::default() },
            _ => Range::from_arg_matches(own)?,
        };
        Ok(Self { report, range })
    }

    fn update_from_arg_matches(&mut self, all: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(all)?;
        Ok(())
    }
}

impl Range {
    /// Without a first day, from the first one of the book.
    fn period(&self, over: Over, desk: &Desk) -> Result<Period> {
        if matches!(over, Over::Day | Over::Today) {
            let day = self.as_of.or(self.to).unwrap_or(desk.today());
            return Ok(Period { from: day, to: day, as_of: day });
        }
        let as_of = self.as_of.unwrap_or(desk.today());
        let to = self.to.unwrap_or(as_of);
        let from = match self.from {
            Some(from) => from,
            None => desk.read(reports::first_day)?.unwrap_or(to).min(to),
        };
        Ok(Period { from, to, as_of })
    }
}

/// Makes the report.
pub fn run(verb: &Verb, desk: &Desk, out: &mut Out) -> Result<()> {
    let Verb { report, range } = verb;
    let view = View::of(desk)?;
    let (period, own) = (range.period(report.over, desk)?, desk.shop()?.currency);
    let segment = range.rest.of.read(desk)?;
    let sheet = desk.read(|db| {
        // Whom it is about is looked up in the same state of the book as the figures.
        let whose = Whose::within(db, segment.as_ref().map(|row| &row.filter), view.today)?;
        (report.make)(db, &Asked { period, whose: &whose, own })
    })?;
    match &range.rest.csv {
        Some(file) => {
            let rows = sheet.file_rows(&|cell| shown(view, cell));
            let table = bytes(Dialect::of(view.style), sheet.file_head(), rows);
            let bytes = table.map_err(|error| Fault::file(file, error))?;
            files::write(file, &bytes, range.rest.force).map_err(|error| Fault::file(file, error))?;
            let said = format!("The report is in {}.", file.display());
            out.answer(&Answer::new(json!({ "file": place(file), "said": said })).say(said))
        }
        None => out.answer(&answer(&sheet, segment.as_ref(), view)),
    }
}

/// The figures with the segment they are of.
fn answer(sheet: &Sheet, segment: Option<&SegmentRow>, view: View) -> Answer {
    let answer = Answer::new(sheet.json()).table(table(sheet, view));
    let Some(row) = segment else { return answer };
    let said = format!("Of the customers who are in “{}” today.", row.name);
    answer.with("segment", row.name.as_str().into()).say(said)
}

fn table(sheet: &Sheet, view: View) -> Table {
    let titled = || sheet.columns.iter().enumerate().filter(|(_, column)| !column.title.is_empty());
    if sheet.is_down {
        return down(sheet, view);
    }
    let side = |is_number| if is_number { Side::Right } else { Side::Code };
    let columns: Vec<_> = titled().map(|(_, column)| (column.title, side(column.is_number))).collect();
    let mut table = Table::new(&columns);
    for row in &sheet.rows {
        table.push(titled().filter_map(|(at, _)| row.values.get(at)).map(|value| text(value, view)).collect());
    }
    table
}

/// Names beside values; of several currencies each has its own rates: no count is of all of them.
fn down(sheet: &Sheet, view: View) -> Table {
    let mut table = Table::new(&[("", Side::Left), ("", Side::Right)]);
    let of = |row: &Row| row.currency.filter(|_| sheet.rows.len() > 1);
    for row in &sheet.rows {
        for (column, value) in sheet.columns.iter().zip(&row.values).filter(|(column, _)| !column.title.is_empty()) {
            let title = match of(row) {
                Some(currency) if !column.names_money => format!("{}, {currency}", column.title),
                _ => column.title.to_owned(),
            };
            table.push(vec![title, text(value, view)]);
        }
    }
    table
}

fn text(value: &Value, view: View) -> String {
    value.text(None, &|cell| shown(view, cell))
}

fn shown(view: View, cell: &Cell) -> String {
    match cell {
        Cell::Nothing => "-".to_owned(),
        Cell::Text(text) | Cell::Plain(text) => text.clone(),
        Cell::Word(_, word) => (*word).to_owned(),
        Cell::Day(day) => view.day(*day),
        Cell::Money(money) => view.money(*money),
        Cell::Share(ppm) => percent(Some(*ppm)),
        Cell::Count(_) | Cell::Percent(_) => cell.decimal(),
        Cell::Flag(is_so) => (if *is_so { "yes" } else { "no" }).to_owned(),
    }
}
