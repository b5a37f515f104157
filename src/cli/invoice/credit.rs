//! `invoice credit`: a credit note over an invoice, some of its lines, or a part of them.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::show::numbered;
use crate::adapters::files::Ready;
use crate::cli::fault::{Fault, Result, words};
use crate::cli::out::{Answer, Out, said};
use crate::cli::shapes::{amount, place};
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
    /// Replace a file that is there
    #[arg(long, requires = "pdf")]
    force: bool,
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
    let ready = args.pdf.as_deref().map(|file| Ready::at(file, args.force).map_err(|error| Fault::file(file, error)));
    let ready = ready.transpose()?;
    let done = desk.perform(Action::Credit { invoice, draft: Box::new(draft) })?;
    let Outcome::Credited(note) = &done.outcome else {
        return out.answer(&Answer::new(json!({ "said": said(&done) })).say(said(&done)));
    };
    let mut json = json!({
        "number": note.number,
        "invoice": args.number.trim(),
        "total": amount(note.total),
        "freed": amount(note.freed),
        "currency": note.total.currency().code(),
        "file": Value::Null,
        "said": said(&done),
    });
    let mut sentences = vec![said(&done)];
    if let (Some(file), Some(ready)) = (&args.pdf, ready) {
        let paper = desk.credit_note_paper(&note.number).map_err(|error| error.to_string());
        let kept = paper.and_then(|paper| ready.write(&paper.bytes).map(|()| paper).map_err(|error| words(&error)));
        let kept = kept.map_err(|why| {
            let again = format!("Do not credit again: `rentbook invoice pdf {} FILE` prints it.", note.number);
            Fault::unwritten(&json, &said(&done), format!("{}: {why}", file.display()), again)
        })?;
        json["file"] = place(file);
        sentences.push(format!("It was saved as {}.", file.display()));
        return out.answer(&sentences.into_iter().fold(Answer::new(json), Answer::say).of_paper(&kept));
    }
    out.answer(&sentences.into_iter().fold(Answer::new(json), Answer::say))
}
