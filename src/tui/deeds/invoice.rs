//! What can be done with an invoice.

use std::path::{Path, PathBuf};

use crate::adapters::{paper_folder, printing};
use crate::domain::id::InvoiceId;
use crate::domain::money::Money;
use crate::domain::status::InvoiceState;
use crate::services::papers::{Copy, Paper};
use crate::tui::command::Able;
use crate::tui::deeds::settling;
use crate::tui::desk::reads::{self, InvoiceRow};
use crate::tui::desk::{Action, Desk, Payer, Target, Trouble};
use crate::tui::forms::because::Because;
use crate::tui::forms::credit_note::CreditNote;
use crate::tui::forms::mark_paid::MarkPaid;
use crate::tui::forms::send_invoice::SendInvoices;
use crate::tui::forms::use_credit::UseCredit;
use crate::tui::forms::void_invoice::VoidInvoice;
use crate::tui::forms::{FormDialog, Subject};
use crate::tui::jobs::{Job, Outcome};
use crate::tui::paper;
use crate::tui::place::Place;
use crate::tui::reply::{Entry, Question, Reply};
use crate::tui::words;

/// The number, or what stands for it on a draft.
pub fn number(row: &InvoiceRow) -> String {
    row.number.clone().unwrap_or_else(|| format!("draft {}", row.id))
}

/// Why no payment can be taken, if none can.
pub fn can_pay(row: &InvoiceRow) -> Able {
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

/// The entries for the invoice, harmless ones first. `is_here` says that its own page is open.
pub fn entries(row: &InvoiceRow, is_here: bool, desk: &Desk) -> Vec<Entry> {
    let mut entries = Vec::new();
    if !is_here {
        entries.push(Entry::new("open", format!("Open invoice {}", number(row))).note("Enter"));
    }
    entries.push(Entry::new("pdf", "PDF with what was paid since").note("F7"));
    let issued = Able::when(row.number.is_some(), "It is a draft: there is no issued copy yet.");
    entries.push(Entry::new("issued", "PDF as it was issued").able(issued));
    let payer = row.customer_id.is_some() || row.group_id.is_some();
    entries.push(Entry::new("payer", format!("Open {}", row.payer_name)).able(Able::when(payer, "It has no payer.")));
    entries.push(Entry::new("copy", format!("Copy the number {}", number(row))).note("Ctrl+C"));
    entries.push(Entry::new("new", "New invoice out of turn").note("F6"));
    let approve = Able::when(waits(row), "It is issued already.");
    entries.push(Entry::new("approve", "Approve: issue it today").able(approve));
    entries.push(Entry::new("send", "Send it to the billing contact").able(can_send(row)));
    entries.push(Entry::new("paid", "Take payment").note("F8").able(can_pay(row)));
    let credit = match can_pay(row) {
        Able::Yes => Able::when(payer_has_credit(row, desk), "Its payer has no credit."),
        cannot => cannot,
    };
    entries.push(Entry::new("credit", "Pay it from credit").able(credit));
    let issued = row.state == InvoiceState::Issued;
    entries.push(Entry::new("note", "Credit note").able(Able::when(issued, "Only an issued invoice is credited.")));
    entries.push(Entry::new("off", "Write off what is open").able(can_pay(row)));
    entries.push(Entry::new("void", "Void the invoice").able(can_void(row)));
    entries
}

/// What the entries do where several invoices are marked: to how many of them, or why to none.
pub fn tell_many(entries: &mut [Entry], marked: &[InvoiceRow]) {
    let count_of = |fits: &dyn Fn(&InvoiceRow) -> bool| marked.iter().filter(|row| fits(row)).count();
    let (all, open) = (marked.len(), count_of(&|row| can_pay(row) == Able::Yes));
    let (drafts, issued) = (count_of(&waits), count_of(&|row| can_send(row) == Able::Yes));
    for entry in entries {
        let (what, count, why) = match entry.key.as_str() {
            "paid" => ("Take payment of", open, "Nothing is open on the marked invoices."),
            "pdf" => ("PDFs of", all, ""),
            "approve" => ("Approve", drafts, "None of the marked invoices waits for approval."),
            "send" => ("Send", issued, "None of the marked invoices is issued."),
            _ => continue,
        };
        let shown = if count == 0 { all } else { count };
        let many = words::count(i64::try_from(shown).unwrap_or(i64::MAX), "invoice");
        (entry.text, entry.able) = (format!("{what} {many}"), Able::when(count > 0, why));
    }
}

fn payer_has_credit(row: &InvoiceRow, desk: &Desk) -> bool {
    let payer = row.group_id.map(Payer::Group).or(row.customer_id.map(Payer::Customer));
    payer.is_some_and(|payer| settling::has_credit(payer, desk))
}

/// Does one of the entries; `None` when the key is another's.
pub fn deed(key: &str, row: &InvoiceRow, desk: &Desk) -> Option<Reply> {
    Some(match key {
        "open" => Reply::Go(Place::Invoice(row.id)),
        "pdf" => pdf(row.id, Copy::Current, desk),
        "issued" => pdf(row.id, Copy::AsIssued, desk),
        "payer" => match (row.group_id, row.customer_id) {
            (Some(group), _) => Reply::Go(Place::Group(group)),
            (None, Some(customer)) => Reply::Go(Place::Customer(customer)),
            (None, None) => Reply::Nothing,
        },
        "copy" => Reply::Copy(number(row)),
        "new" => crate::tui::forms::new_invoice::NewInvoice::open(row.customer_id, desk),
        "paid" => MarkPaid::open(Target::Invoices(vec![row.id]), desk),
        "approve" => approve(&[row.id], desk),
        "send" => send(vec![row.id], number(row), desk),
        "credit" => settling::opened(UseCredit::new(Target::Invoices(vec![row.id]), desk), desk),
        "note" => settling::opened(CreditNote::of_invoice(row, desk), desk),
        "off" => Reply::open(FormDialog::new(write_off(row, desk), desk)),
        "void" => Reply::open(FormDialog::new(VoidInvoice::new(row, crate::tui::desk::style(desk)), desk)),
        _ => return None,
    })
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
            let mut sums: Vec<Money> = Vec::new();
            for total in many.iter().map(|row| row.total) {
                match sums.iter_mut().find(|sum| sum.currency() == total.currency()) {
                    Some(sum) => *sum = sum.plus(total).unwrap_or(*sum),
                    None => sums.push(total),
                }
            }
            let sums = words::sums(style, &sums);
            let line = format!("{count} over {sums} get their numbers and are issued today.");
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
        .effect(format!("After saving: nobody waits for {} any more; it is no income.", row.open))
        .saying("Write off")
}

/// Makes the PDF of an invoice beside the book and shows it.
pub fn pdf(id: InvoiceId, copy: Copy, desk: &Desk) -> Reply {
    paper::shown(written(id, copy, desk))
}

fn written(id: InvoiceId, copy: Copy, desk: &Desk) -> Result<(PathBuf, Paper), String> {
    let said = |error| Trouble::from(error).sentence().to_owned();
    let row = desk.read(|db| reads::invoices_by_id(db, &[id])).map_err(said)?.into_iter().next();
    let row = row.ok_or("The invoice is not in this book any more.")?;
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
    let own = match desk.again() {
        Ok(own) => own,
        Err(error) => return Reply::refuse(Trouble::from(error).sentence()),
    };
    let total = ids.len();
    Reply::Run(Job::new(format!("Making {total} PDFs"), move |pace| {
        let home = own.book().path().parent().map(Path::to_owned).unwrap_or_default();
        let folder = home.join("invoices").join(own.today().format("%Y").to_string());
        printing::writable(&folder)
            .map_err(|error| format!("Nothing is printed: {} cannot be written: {error}.", folder.display()))?;
        let printed = printing::print(&own, &ids, (&folder, true), Copy::Current, |done, all| pace.step(done, all));
        Ok(Outcome { is_stopped: printed.is_stopped, ..Outcome::said(told(&printed, total, &folder)) })
    }))
}

/// What became of a batch, in a sentence or two.
fn told(printed: &printing::Printed, total: usize, folder: &Path) -> String {
    let done = printed.files.len();
    let place = folder.display();
    let lost = printed.files.iter().filter(|file| !file.notes.is_empty()).count();
    let bad = match lost {
        0 => String::new(),
        some => format!(" {some} of them stand without the logo or the added font: it cannot be printed."),
    };
    let lacking = printed.files.iter().filter(|file| !file.missing.is_empty()).count();
    let fonts = match lacking {
        0 => String::new(),
        some => format!(" {some} of them lack characters; each says which. F10, Shop settings adds a font."),
    };
    match printed.failed.first() {
        Some((number, why)) => {
            format!("{done} of {total} PDFs are made in {place}. {number} is not: {why}.{fonts}{bad}")
        }
        None if printed.is_stopped => format!("Stopped: {done} of {total} PDFs are made, in {place}."),
        None => format!("{done} PDFs are made, in {place}.{fonts}{bad}"),
    }
}
