//! What can be done with an invoice.

use std::path::{Path, PathBuf};

use super::new_invoice::NewInvoice;
use super::void::VoidInvoice;
use crate::adapters::{paper_folder, printing};
use crate::domain::id::InvoiceId;
use crate::domain::status::InvoiceState;
use crate::domain::sums;
use crate::services::papers::{Copy, Paper};
pub use crate::shown::columns::invoice::number;
use crate::tui::command::{Able, Command};
use crate::tui::desk::reads::{self, InvoiceRow};
use crate::tui::desk::{self, Action, Desk, Payer, Target, Trouble};
use crate::tui::forms::because::Because;
use crate::tui::forms::{FormDialog, Subject};
use crate::tui::jobs::Outcome;
use crate::tui::page::deed::{Chosen, Deed, On, one};
use crate::tui::place::Place;
use crate::tui::reply::{Act, Entry, Question, Reply};
use crate::tui::things::message::send::SendInvoices;
use crate::tui::things::settling;
use crate::tui::things::settling::credit_note::CreditNote;
use crate::tui::things::settling::mark_paid::MarkPaid;
use crate::tui::{paper, upkeep, words};

/// Why no payment can be taken, if none can. Money that comes for what was given up takes that back.
pub fn can_pay(row: &InvoiceRow) -> Able {
    let is_late = row.state == InvoiceState::Issued && row.written_off.minor() > 0;
    if is_late { Able::Yes } else { is_owed(row) }
}

/// Why nothing is owed on it, if nothing is.
fn is_owed(row: &InvoiceRow) -> Able {
    match row.state {
        InvoiceState::Draft | InvoiceState::InReview => Able::because("It is a draft: it is paid once it is issued."),
        InvoiceState::Void => Able::because("It is void: nothing is owed."),
        InvoiceState::Issued => Able::when(row.open.minor() > 0, "It is paid already."),
    }
}

/// Whether it waits for a person.
pub const fn waits(row: &InvoiceRow) -> bool {
    matches!(row.state, InvoiceState::Draft | InvoiceState::InReview)
}

fn can_send(row: &InvoiceRow) -> Able {
    match row.state {
        InvoiceState::Issued => Able::Yes,
        InvoiceState::Void => Able::because("It is void: nothing is owed."),
        InvoiceState::Draft | InvoiceState::InReview => Able::because("It is a draft: it is approved first."),
    }
}

fn can_void(row: &InvoiceRow) -> Able {
    match row.state {
        InvoiceState::Issued if row.settled.minor() == 0 => Able::Yes,
        InvoiceState::Issued => Able::because("Money is settled on it: it is corrected with a credit note."),
        InvoiceState::Void => Able::because("It is void already."),
        InvoiceState::Draft | InvoiceState::InReview => Able::because("It is not issued."),
    }
}

/// An invoice, and what is marked beside it.
#[derive(Debug)]
pub struct ThisInvoice {
    row: InvoiceRow,
    marked: Vec<InvoiceId>,
    /// What is marked, where it was read: for the menu, not for a key.
    rows: Option<Vec<InvoiceRow>>,
    /// Its own page is open.
    is_here: bool,
    /// F8 approves, as in the view of drafts.
    is_review: bool,
    has_credit: Option<bool>,
}

impl ThisInvoice {
    /// The invoice under the cursor of a list.
    pub fn new(row: &InvoiceRow) -> Self {
        let is_review = waits(row);
        Self { row: row.clone(), marked: Vec::new(), rows: None, is_here: false, is_review, has_credit: None }
    }

    /// On its own page.
    pub fn at_home(self) -> Self {
        Self { is_here: true, ..self }
    }

    /// In the view of what waits for approval, or in another one.
    pub fn in_review(self, is_review: bool) -> Self {
        Self { is_review, ..self }
    }

    /// With so many marked, two at least.
    pub fn with_marked(self, marked: Vec<InvoiceId>) -> Self {
        Self { marked, ..self }
    }

    fn number(&self) -> String {
        number(&self.row)
    }

    fn chosen(&self) -> Vec<InvoiceId> {
        if self.marked.is_empty() { vec![self.row.id] } else { self.marked.clone() }
    }

    /// What is done to the marked ones, as far as they fit; `None` where none is marked.
    fn many(&self, what: &str, fits: fn(&InvoiceRow) -> bool) -> Option<String> {
        let count = |rows: &Vec<InvoiceRow>| rows.iter().filter(|row| fits(row)).count();
        let all = self.marked.len();
        let fitting = self.rows.as_ref().map_or(all, count);
        let shown = if fitting == 0 { all } else { fitting };
        (all > 0).then(|| format!("{what} {}", words::count(i64::try_from(shown).unwrap_or(i64::MAX), "invoice")))
    }

    /// Whether one of the marked ones fits; of the one under the cursor what `one` says.
    fn able(&self, one: Able, fits: fn(&InvoiceRow) -> bool, why: &str) -> Able {
        match (&self.rows, self.marked.is_empty()) {
            (_, true) => one,
            (None, false) => Able::Yes,
            (Some(rows), false) => Able::when(rows.iter().any(fits), why),
        }
    }
}

/// What can be done where there is no invoice.
pub fn new_entry() -> Entry {
    Entry::of("New extra invoice", 'z', Act::new(|desk| NewInvoice::open(None, desk))).note("F6")
}

impl Chosen for ThisInvoice {
    const ONE: &'static str = "invoice";

    fn marked(&self) -> usize {
        self.marked.len()
    }

    fn read(self, desk: &Desk) -> Self {
        let rows = desk.read(|db| reads::invoices_by_id(db, &self.marked)).ok();
        Self { has_credit: Some(payer_has_credit(&self.row, desk)), rows, ..self }
    }
}

fn is_payable(row: &InvoiceRow) -> bool {
    can_pay(row).is_yes()
}

fn is_sendable(row: &InvoiceRow) -> bool {
    can_send(row).is_yes()
}

/// Harmless ones first.
pub static DEEDS: &[Deed<ThisInvoice>] = &[
    Deed {
        key: |_| Some(Command::Open),
        on: On::Nothing,
        able: |it| if it.is_here { Able::NotHere } else { Able::Yes },
        run: |it, _| Reply::Go(Place::Invoice(it.row.id)),
        ..one("Open", 'o', |it| format!("Open invoice {}", it.number()))
    },
    Deed {
        key: |_| Some(Command::Print),
        word: "PDF",
        on: On::Marked,
        run: |it, desk| match it.marked.as_slice() {
            [] => pdf(it.row.id, Copy::Current, desk),
            many => pdfs(many.to_vec(), desk),
        },
        ..one("PDF", 'f', |it| {
            it.many("PDFs of", |_| true).unwrap_or_else(|| format!("PDF of {}, paid so far", it.number()))
        })
    },
    Deed {
        able: |it| Able::when(it.row.number.is_some(), "It is a draft: there is no issued copy yet."),
        run: |it, desk| pdf(it.row.id, Copy::AsIssued, desk),
        ..one("PDF as issued", 'h', |it| format!("PDF of {} as issued", it.number()))
    },
    Deed {
        on: On::Nothing,
        able: |it| Able::when(it.row.customer_id.is_some() || it.row.group_id.is_some(), "It has no payer."),
        run: |it, _| match (it.row.group_id, it.row.customer_id) {
            (Some(group), _) => Reply::Go(Place::Group(group)),
            (None, Some(customer)) => Reply::Go(Place::Customer(customer)),
            (None, None) => Reply::Nothing,
        },
        ..one("Open customer", 'k', |it| format!("Open {}", it.row.payer_name))
    },
    Deed {
        key: |_| Some(Command::Copy),
        on: On::Nothing,
        run: |it, _| Reply::Copy(it.number()),
        ..one("Copy", 'c', |it| format!("Copy the number {}", it.number()))
    },
    Deed {
        key: |_| Some(Command::New),
        word: "New invoice",
        on: On::Nothing,
        run: |it, desk| NewInvoice::open(it.row.customer_id, desk),
        ..one("New invoice", 'z', |_| "New extra invoice".to_owned())
    },
    Deed {
        key: |it| it.is_review.then_some(Command::Main),
        word: "Approve",
        on: On::Marked,
        able: |it| {
            let one = Able::when(waits(&it.row), "It is issued already.");
            it.able(one, waits, "None of the marked invoices waits for approval.")
        },
        run: |it, desk| approve(&it.chosen(), desk),
        ..one("Approve", 'a', |it| {
            it.many("Approve", waits).unwrap_or_else(|| format!("Approve {}: issue it today", it.number()))
        })
    },
    Deed {
        on: On::Marked,
        able: |it| it.able(can_send(&it.row), is_sendable, "None of the marked invoices is issued."),
        run: |it, desk| {
            let many = words::count(i64::try_from(it.marked.len()).unwrap_or(i64::MAX), "invoice");
            send(it.chosen(), if it.marked.is_empty() { it.number() } else { many }, desk)
        },
        ..one("Send", 'm', |it| {
            it.many("Send", is_sendable).unwrap_or_else(|| format!("Send {} to its contact", it.number()))
        })
    },
    Deed {
        key: |it| if it.is_review { None } else { Some(Command::Main) },
        word: "Take payment",
        on: On::Marked,
        able: |it| it.able(can_pay(&it.row), is_payable, "Nothing is open on the marked invoices."),
        run: |it, desk| MarkPaid::open(Target::Invoices(it.chosen()), desk),
        ..one("Mark paid", 'p', |it| {
            it.many("Take payment of", is_payable).unwrap_or_else(|| format!("Take payment of {}", it.number()))
        })
    },
    Deed {
        able: |it| match is_owed(&it.row) {
            Able::Yes => Able::when(it.has_credit.unwrap_or(true), "Its payer has no credit."),
            cannot => cannot,
        },
        run: |it, desk| settling::use_credit(Target::Invoices(vec![it.row.id]), desk),
        ..one("Pay from credit", 'u', |it| format!("Pay {} from credit", it.number()))
    },
    Deed {
        able: |it| Able::when(it.row.state == InvoiceState::Issued, "Only an issued invoice is credited."),
        run: |it, desk| settling::opened(CreditNote::of_invoice(&it.row, desk), desk),
        ..one("Credit note", 't', |it| format!("Credit note on {}", it.number()))
    },
    Deed {
        able: |it| is_owed(&it.row),
        run: |it, desk| Reply::open(FormDialog::new(write_off(&it.row, desk), desk)),
        ..one("Write off", 'w', |it| format!("Write off the rest of {}", it.number()))
    },
    Deed {
        able: |it| can_void(&it.row),
        run: |it, desk| Reply::open(FormDialog::new(VoidInvoice::new(&it.row, desk::style(desk)), desk)),
        ..one("Void", 'v', |it| format!("Void {}", it.number()))
    },
];

fn payer_has_credit(row: &InvoiceRow, desk: &Desk) -> bool {
    let payer = row.group_id.map(Payer::Group).or(row.customer_id.map(Payer::Customer));
    payer.is_some_and(|payer| settling::has_credit(payer, desk))
}

/// Asks, with count and sum, and issues drafts.
pub fn approve(ids: &[InvoiceId], desk: &Desk) -> Reply {
    let rows = match desk.read(|db| reads::invoices_by_id(db, ids)) {
        Ok(rows) => rows,
        Err(error) => return Reply::refuse(Trouble::from(error).sentence()),
    };
    let drafts: Vec<&InvoiceRow> = rows.iter().filter(|row| waits(row)).collect();
    let ids: Vec<InvoiceId> = drafts.iter().map(|row| row.id).collect();
    let then = Reply::perform(Action::ApproveInvoices(ids));
    match drafts.as_slice() {
        [] => Reply::refuse("None of these waits for approval."),
        [_] => then,
        many => {
            let style = crate::tui::desk::style(desk);
            let count = words::count(i64::try_from(many.len()).unwrap_or(i64::MAX), "invoice");
            let sums = words::sums(style, &sums::of(many.iter().map(|row| row.total)).unwrap_or_default());
            let line = format!("{count} for {sums} get their numbers and are issued today.");
            Reply::ask(Question { yes: "Approve", no: "Wait", ..Question::dangerous("Approve invoices", &line, then) })
        }
    }
}

/// Opens the form that sends invoices.
pub fn send(ids: Vec<InvoiceId>, what: String, desk: &Desk) -> Reply {
    Reply::open(FormDialog::new(SendInvoices::new(ids, what, desk), desk))
}

fn write_off(row: &InvoiceRow, desk: &Desk) -> Because {
    Because::new("Write off", row.id.0, |id, _, reason| Some(Action::WriteOff { invoice: InvoiceId(id), reason }))
        .of(Subject::of_invoice(row, crate::tui::desk::style(desk)))
        .about(vec![format!("Invoice   {}   {}", number(row), row.payer_name)])
        .effect(format!("After saving: {} is no longer expected and is no income.", row.open))
        .saying("Write off")
}

/// Makes the PDF of an invoice beside the book and shows it.
pub fn pdf(id: InvoiceId, copy: Copy, desk: &Desk) -> Reply {
    paper::shown(written(id, copy, desk))
}

fn written(id: InvoiceId, copy: Copy, desk: &Desk) -> Result<(PathBuf, Paper), String> {
    let said = |error| Trouble::from(error).sentence().to_owned();
    let row = desk.read(|db| reads::invoices_by_id(db, &[id])).map_err(said)?.into_iter().next();
    let row = row.ok_or("The invoice is no longer in this book.")?;
    let paper = desk.invoice_paper(id, copy).map_err(said)?;
    let name = match copy {
        Copy::Current => number(&row),
        Copy::AsIssued => format!("{} as issued", number(&row)),
    };
    let path = paper_folder::keep(desk.book().path(), "invoices", row.invoiced_on, &name, &paper.bytes)?;
    Ok((path, paper))
}

/// Makes the PDFs of many invoices in a folder beside the book, on a thread of its own. One that cannot be made is named
/// and does not stop the others.
pub fn pdfs(ids: Vec<InvoiceId>, desk: &Desk) -> Reply {
    let total = ids.len();
    upkeep::beside(desk, format!("Making {total} PDFs"), move |own, pace| {
        let folder = paper_folder::folder(own.book().path(), "invoices", own.today())?;
        printing::writable(&folder)
            .map_err(|error| format!("Nothing is printed: {} cannot be written: {error}.", folder.display()))?;
        let printed = printing::print(own, &ids, (&folder, true), Copy::Current, |done, all| pace.step(done, all));
        Ok(Outcome { is_stopped: printed.is_stopped, ..Outcome::said(told(&printed, total, &folder)) })
    })
}

/// What became of a batch, in a sentence or two.
fn told(printed: &printing::Printed, total: usize, folder: &Path) -> String {
    let done = printed.files.len();
    let place = folder.display();
    let lost = printed.files.iter().filter(|file| file.notes.len() > usize::from(!file.missing.is_empty())).count();
    let bad = match lost {
        0 => String::new(),
        some => format!(" {some} of them are without the logo or the added font, which cannot be printed."),
    };
    let lacking = printed.files.iter().filter(|file| !file.missing.is_empty()).count();
    let fonts = match lacking {
        0 => String::new(),
        some => format!(" {some} of them lack characters. F10, Shop settings adds a font."),
    };
    match printed.failed.first() {
        Some((number, why)) => {
            format!("{done} of {total} PDFs were made in {place}. {number} is not: {why}.{fonts}{bad}")
        }
        None if printed.is_stopped => format!("Stopped: {done} of {total} PDFs were made, in {place}."),
        None => format!("{done} PDFs were made, in {place}.{fonts}{bad}"),
    }
}
