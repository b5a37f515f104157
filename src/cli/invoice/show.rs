//! `invoice show`, and what every verb answers with: the invoice as it is now.

use crate::cli::fault::{Fault, Result};
use crate::cli::list::View;
use crate::cli::out::{Answer, said};
use crate::cli::shapes::invoice as shape;
use crate::cli::table::Table;
use crate::domain::id::InvoiceId;
use crate::services::reads::{self, InvoiceLine};
use crate::services::{Desk, Done};
use crate::shown::column::Listed;

/// The invoice with this number.
pub fn numbered(desk: &Desk, number: &str) -> Result<InvoiceId> {
    let found = desk.read(|db| reads::invoice_by_number(db, number.trim()))?;
    let unknown = || Fault::unknown("invoice", number.chars().take(40).collect::<String>());
    Ok(found.ok_or_else(unknown)?.id)
}

/// The page of an invoice; after an Action, what happened stands first.
pub fn shown(desk: &Desk, id: InvoiceId, done: Option<&Done>) -> Result<Answer> {
    let view = View::of(desk)?;
    let page = desk.read(|db| reads::invoice_page(db, id, view.today))?;
    let page = page.ok_or_else(|| Fault::unknown("invoice", id))?;
    let mut json = shape::page(&page, view);
    if let (Some(done), Some(json)) = (done, json.as_object_mut()) {
        json.insert("said".to_owned(), said(done).into());
    }
    let answer = Answer::new(json);
    if let Some(done) = done {
        return Ok(answer.say(said(done)));
    }
    let mut lines = Table::new(&InvoiceLine::titles());
    for line in &page.lines {
        lines.push(line.cells(view));
    }
    Ok(answer.table(Table::fields(&shape::fields(&page, view))).say("").table(lines))
}
