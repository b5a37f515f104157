//! `invoice credit`: a credit note over an invoice, some of its lines, or a part of them.

use std::path::PathBuf;

use serde_json::json;

use super::show::numbered;
use crate::adapters::files;
use crate::cli::fault::{Fault, Result};
use crate::cli::out::{Answer, Out, said};
use crate::cli::shapes::amount;
use crate::services::actions::crediting::CreditDraft;
use crate::services::{Action, Desk, Outcome, reads};

/// What is credited, and why.
#[derive(Debug, clap::Args)]
pub struct Args {
    number: String,
    /// A line, or so much of it: 2 or 2=15.00; may be said several times
    #[arg(long = "line", value_name = "N[=AMOUNT]", conflicts_with = "amount")]
    lines: Vec<String>,
    /// So much over all lines but a deposit, which is named with --line; by default all that is left
    #[arg(long, allow_hyphen_values = true, default_value = "", hide_default_value = true)]
    amount: String,
    /// Why
    #[arg(long)]
    reason: String,
    /// Print the credit note into this file
    #[arg(long, value_name = "FILE")]
    pdf: Option<PathBuf>,
}

/// Issues the credit note.
pub fn run(args: &Args, desk: &mut Desk, out: &mut Out) -> Result<()> {
    let invoice = numbered(desk, &args.number)?;
    let known = desk.read(|db| reads::creditable_lines(db, invoice))?;
    let line = |written: &String| {
        let (number, part) = written.split_once('=').unwrap_or((written, ""));
        let found = known.iter().find(|line| number.trim().parse() == Ok(line.line));
        let found = found.ok_or_else(|| Fault::unknown("line", number.chars().take(40).collect::<String>()))?;
        Ok((found.payment, part.trim().to_owned()))
    };
    let lines = args.lines.iter().map(line).collect::<Result<_>>()?;
    let draft = CreditDraft { lines, amount: args.amount.clone(), reason: args.reason.clone() };
    let done = desk.perform(Action::Credit { invoice, draft: Box::new(draft) })?;
    let Outcome::Credited(note) = done.outcome else {
        return out.answer(&Answer::new(json!({ "said": said(&done.said) })).say(said(&done.said)));
    };
    let mut answer = Answer::new(json!({
        "number": note.number,
        "invoice": args.number.trim(),
        "total": amount(note.total),
        "freed": amount(note.freed),
        "currency": note.total.currency().code(),
        "file": args.pdf,
        "said": said(&done.said),
    }))
    .say(said(&done.said));
    if let Some(file) = &args.pdf {
        let paper = desk.credit_note_paper(&note.number)?;
        files::write(file, &paper.bytes, false).map_err(|error| Fault::file(file, error))?;
        answer = answer.say(format!("It is printed to {}.", file.display()));
    }
    out.answer(&answer)
}
