//! The statement of account of a payer, made beside the book and shown.

pub mod form;

use crate::adapters::paper_folder;
use crate::tui::desk::{Desk, Payer, Trouble};
use crate::tui::forms::FormDialog;
use crate::tui::paper;
use crate::tui::reply::{Answer, Reply};
use form::{StatementForm, days};

/// Asks for the days.
pub fn ask(name: &str, desk: &Desk) -> Reply {
    Reply::open(FormDialog::new(StatementForm::new(name, desk), desk))
}

/// Makes the PDF over the days of an answer; `None` when the answer is another's.
pub fn given(answer: &Answer, payer: Payer, desk: &Desk) -> Option<Reply> {
    let (from, to) = days(answer)?;
    let made = desk.statement_paper(payer, (from, to)).map_err(|error| Trouble::from(error).sentence().to_owned());
    let kept = made.and_then(|paper| {
        let name = format!("{} {from} to {to}", answer.text);
        let path = paper_folder::keep(desk.book().path(), "statements", to, &name, &paper.bytes)?;
        Ok((path, paper))
    });
    Some(paper::shown(kept))
}
