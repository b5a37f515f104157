//! Credit notes beside invoices: listed, shown and printed by the same verbs.

use std::path::Path;

use serde_json::json;

use crate::adapters::files;
use crate::cli::fault::{Fault, Result};
use crate::cli::list::{Rows, View, kept};
use crate::cli::out::{Answer, Out};
use crate::cli::shapes::{amount, credit_note as shape, place};
use crate::cli::table::{Side, Table};
use crate::domain::money::Money;
use crate::services::Desk;
use crate::services::reads::{self, CreditNote, NoteFilter};
use crate::shown::column::Listed;

/// The credit note with this number, if it is one.
pub fn numbered(desk: &Desk, number: &str) -> Result<Option<CreditNote>> {
    Ok(desk.read(|db| reads::credit_note_numbered(db, number.trim()))?)
}

/// Lists credit notes, newest first.
pub fn list(filter: &NoteFilter, rows: &Rows, desk: &Desk, out: &mut Out) -> Result<()> {
    let notes = desk.read(|db| reads::credit_notes(db, filter, rows.most()))?;
    kept(&notes, rows, View::of(desk)?, out)
}

/// One credit note with its lines.
pub fn show(note: &CreditNote, desk: &Desk, out: &mut Out) -> Result<()> {
    let view = View::of(desk)?;
    let lines = desk.read(|db| reads::credit_note_lines(db, note.id))?;
    let mut json = note.json(view);
    json["lines"] = lines.iter().map(|line| shape::line(note, line)).collect();
    let mut table = Table::new(&[("WHAT FOR", Side::Left), ("NET", Side::Right), ("GROSS", Side::Right)]);
    for line in &lines {
        let money = |minor| view.style.amount(Money::new(minor, note.currency));
        table.push(vec![line.text.clone(), money(line.part.net), money(line.part.gross())]);
    }
    out.answer(&Answer::new(json).table(Table::fields(&shape::fields(note, view))).say("").table(table))
}

/// Prints one into a file, or under its number into a folder.
pub fn print(
    note: &CreditNote,
    (target, is_folder, force): (&Path, bool, bool),
    desk: &Desk,
    out: &mut Out,
) -> Result<()> {
    let to = if is_folder {
        target.join(format!("{}.pdf", files::slug(&note.number, "credit-note")))
    } else {
        target.to_owned()
    };
    let paper = desk.credit_note_paper(&note.number)?;
    files::write(&to, &paper.bytes, force).map_err(|error| Fault::file(&to, error))?;
    let json = json!({
        "number": note.number, "invoice": note.invoice_number, "file": place(&to), "pages": paper.pages,
        "total": amount(Money::new(note.total.gross(), note.currency)),
    });
    let said = format!("Credit note {} was saved as {}.", note.number, to.display());
    out.answer(&Answer::new(json).say(said).of_paper(&paper))
}
