//! Invoices and credit notes go to their billing contacts: as messages that wait to be sent, or as files the mail program sends.

use std::fmt::Write as _;
use std::path::PathBuf;

use crate::adapters::mail_folder::Folder;
use crate::adapters::{mail, paper_folder, printing};
use crate::domain::contact;
use crate::domain::id::{CreditNoteId, InvoiceId};
use crate::services::actions::sending::SendDraft;
use crate::services::outside_calls;
use crate::services::reads::CreditNote;
use crate::tui::desk::{Action, Desk, Done, Outcome, Trouble};
use crate::tui::forms::{Field, Form, Item, Read};
use crate::tui::jobs::Outcome as JobOutcome;
use crate::tui::reply::Reply;
use crate::tui::{upkeep, words};

/// Which papers, and to whom.
#[derive(Debug)]
pub struct SendInvoices {
    invoices: Vec<InvoiceId>,
    notes: Vec<CreditNoteId>,
    what: String,
    to: String,
    is_file: bool,
}

impl SendInvoices {
    /// For these; `what` names them.
    pub fn new(invoices: Vec<InvoiceId>, what: String, desk: &Desk) -> Self {
        let to = match invoices.as_slice() {
            [one] => desk.billing_contact(*one).unwrap_or_default(),
            _ => String::new(),
        };
        Self { invoices, notes: Vec::new(), what, to, is_file: false }
    }

    /// For a credit note, which goes where its invoice went.
    pub fn note(note: &CreditNote, desk: &Desk) -> Self {
        let to = desk.billing_contact(note.invoice).unwrap_or_default();
        let what = format!("credit note {}", note.number);
        Self { invoices: Vec::new(), notes: vec![note.id], what, to, is_file: false }
    }

    fn count(&self) -> usize {
        self.invoices.len() + self.notes.len()
    }
}

/// Writes the messages beside the book.
fn files(ids: &[i64], desk: &Desk) -> Result<Vec<PathBuf>, String> {
    let today = desk.today();
    ids.iter()
        .map(|id| {
            let message = desk.outgoing(*id).map_err(|error| Trouble::from(error).sentence().to_owned())?;
            let bytes = mail::eml(&message)?;
            let stem = Some(message.file_name.trim_end_matches(".pdf")).filter(|stem| !stem.is_empty());
            let name = format!("{}-{id}", stem.unwrap_or("message"));
            paper_folder::keep_as(desk.book().path(), "messages", today, (&name, "eml"), &bytes)
        })
        .collect()
}

/// Sends messages that wait, by files for the mail program beside the book; each is sent from then on.
pub fn by_folder(ids: Vec<i64>, desk: &Desk) -> Reply {
    let sender = desk.shop().map(|shop| shop.email.clone()).unwrap_or_default();
    if let Err(why) = mail::sender(&sender) {
        return Reply::refuse(why);
    }
    upkeep::beside(desk, "Sending messages", move |own, _| {
        let folder = paper_folder::folder(own.book().path(), "messages", own.today())?;
        printing::writable(&folder).map_err(|error| format!("{} cannot be written: {error}.", folder.display()))?;
        let mut courier = Folder::new(folder.clone());
        let done =
            outside_calls::send(own, &ids, &mut courier).map_err(|error| Trouble::from(error).sentence().to_owned())?;
        let mut said = match done.sent.len() {
            0 => "No messages are waiting.".to_owned(),
            1 => format!("1 message is sent: its file is in {}.", folder.display()),
            many => format!("{many} messages are sent: their files are in {}.", folder.display()),
        };
        if !done.in_doubt.is_empty() {
            let many = words::count(i64::try_from(done.in_doubt.len()).unwrap_or(i64::MAX), "message");
            let _ =
                write!(said, " Of {many} it is not known whether they went out: F9 says so or lets them wait again.");
        }
        match done.waiting.first() {
            Some((id, why)) => Err(format!("{said} Message {id} is still waiting: {why}")),
            None => Ok(JobOutcome::said(said)),
        }
    })
}

/// Writes messages as files for the mail program: one is opened, of many it is said where they lie.
pub fn handed_over(ids: &[i64], desk: &Desk) -> Result<Reply, String> {
    Ok(match files(ids, desk)?.as_slice() {
        [one] => Reply::View(one.clone()),
        many => {
            let folder = many.last().and_then(|path| path.parent()).map(|path| path.display().to_string());
            Reply::say(format!("{} messages are in {}.", many.len(), folder.unwrap_or_default()))
        }
    })
}

impl Form for SendInvoices {
    fn title(&self) -> String {
        format!("Send {}", self.what)
    }

    fn fields(&self, _desk: &Desk) -> Vec<Field> {
        let ways = vec![Item::new("outbox", "by rentbook"), Item::new("file", "by my mail program")];
        let to = Field::text("to", "To").with(&self.to).width(40);
        let to = if self.count() > 1 { to.hint("empty: to each payer") } else { to.hint(", parts several") };
        vec![to, Field::choice("way", "Sent", ways, "outbox")]
    }

    fn effect(&self, read: &mut Read<'_>, _desk: &Desk) -> Vec<String> {
        let many = words::count(i64::try_from(self.count()).unwrap_or(i64::MAX), "message");
        match read.text("way").as_str() {
            "file" => {
                vec![format!("After saving: {many} as files beside the book,"), "to be opened and sent.".to_owned()]
            }
            _ => {
                vec![format!("After saving: {many} in the outbox."), "Nothing is sent before you say so.".to_owned()]
            }
        }
    }

    fn changed(&mut self, _name: &str, fields: &mut [Field], _desk: &Desk) {
        self.is_file = fields.iter().any(|field| field.name == "way" && field.value() == "file");
    }

    fn save_word(&self) -> &'static str {
        "Send"
    }

    fn submit(&self, read: &mut Read<'_>, desk: &Desk) -> Option<Reply> {
        if self.is_file {
            let shop = desk.shop().map(|shop| shop.email.clone()).unwrap_or_default();
            read.parse("way", |_| mail::sender(&shop))?;
        }
        let to = read.optional("to", contact::emails)?;
        let draft = SendDraft { invoices: self.invoices.clone(), notes: self.notes.clone(), to };
        Some(Reply::perform(Action::SendInvoices(Box::new(draft))))
    }

    fn done(&mut self, done: &Done, desk: &Desk) -> Reply {
        let Outcome::Messages(ids) = &done.outcome else { return Reply::Close };
        if !self.is_file {
            return Reply::Close;
        }
        let then = handed_over(ids, desk).unwrap_or_else(|why| Reply::refuse(format!("{} No file: {why}", done.said)));
        Reply::All(vec![Reply::Close, then])
    }
}
