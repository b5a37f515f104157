//! `check`: proves the book, or says what is wrong with it.

use serde_json::json;

use super::fault::{Result, exit};
use super::out::{Answer, Out};
use super::table::{Side, Table};
use crate::services::Desk;

/// How far the check goes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Also every index against its table, search texts, counters, and every amount against the activity log
    #[arg(long)]
    deep: bool,
}

/// Checks the book; the exit code says whether something was found.
pub fn run(args: &Args, desk: &mut Desk, out: &mut Out) -> Result<u8> {
    let report = desk.prove(args.deep, &mut |done, of| {
        out.progress(done, of);
        true
    })?;
    let json = json!({ "ok": report.ok, "violations": report.violations, "deep": args.deep });
    let answer = Answer::new(json);
    if report.ok {
        out.answer(&answer.say("All is well: the file, its references, every rule of money, the log."))?;
        return Ok(exit::DONE);
    }
    let mut table = Table::new(&[("RULE", Side::Left), ("ROWS", Side::Right), ("SUCH AS", Side::Left)]);
    for found in &report.violations {
        table.push(vec![found.name.clone(), found.count.to_string(), found.examples.join(", ")]);
    }
    out.answer(&answer.table(table).say("Something in this book is wrong: keep the file as it is and ask for help."))?;
    Ok(exit::FOUND)
}
