//! What can be done with a credit note.

use crate::adapters::paper_folder;
use crate::services::reads::CreditNote;
use crate::tui::command::{Able, Command};
use crate::tui::desk::{Desk, Trouble};
use crate::tui::dialogs::form::FormDialog;
use crate::tui::page::deed::{Chosen, Deed, On, one};
use crate::tui::paper;
use crate::tui::place::Place;
use crate::tui::reply::Reply;
use crate::tui::things::message::send::SendInvoices;

/// A credit note.
#[derive(Debug)]
pub struct ThisNote {
    row: CreditNote,
}

impl ThisNote {
    /// The credit note under the cursor.
    pub fn new(row: &CreditNote) -> Self {
        Self { row: row.clone() }
    }

    /// Its PDF, made beside the book and shown.
    fn pdf(&self, desk: &Desk) -> Reply {
        let made = desk.credit_note_paper(&self.row.number);
        let made = made.map_err(|error| Trouble::from(error).sentence().to_owned());
        paper::shown(made.and_then(|paper| {
            let (path, on) = (desk.book().path(), self.row.issued_on);
            let kept = paper_folder::keep(path, "credit-notes", on, &self.row.number, &paper.bytes)?;
            Ok((kept, paper))
        }))
    }
}

impl Chosen for ThisNote {
    const ONE: &'static str = "credit note";

    fn marked(&self) -> usize {
        0
    }
}

/// Harmless ones first.
pub static DEEDS: &[Deed<ThisNote>] = &[
    Deed {
        key: |_| Some(Command::Open),
        on: On::Nothing,
        run: |it, _| Reply::Go(Place::Invoice(it.row.invoice)),
        ..one("Open invoice", 'i', |it| format!("Open invoice {}", it.row.invoice_number))
    },
    Deed {
        key: |_| Some(Command::Print),
        word: "PDF",
        run: ThisNote::pdf,
        ..one("PDF", 'f', |it| format!("PDF of credit note {}", it.row.number))
    },
    Deed {
        able: |it| Able::when(!it.row.is_taken_back, "It was taken back."),
        run: |it, desk| Reply::open(FormDialog::new(SendInvoices::note(&it.row, desk), desk)),
        ..one("Send", 'm', |it| format!("Send credit note {} to its contact", it.row.number))
    },
    Deed {
        key: |_| Some(Command::Copy),
        on: On::Nothing,
        run: |it, _| Reply::Copy(it.row.number.clone()),
        ..one("Copy", 'c', |it| format!("Copy the number {}", it.row.number))
    },
];
