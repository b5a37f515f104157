//! `invoice send`: messages with the PDF of an invoice or credit note, queued or as files for a mail program.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::note;
use super::show::numbered;
use crate::adapters::{mail, mail_folder};
use crate::cli::fault::{Fault, Result};
use crate::cli::out::{Answer, Out, said};
use crate::cli::shapes::place;
use crate::services::actions::sending::SendDraft;
use crate::services::{Action, Desk, Outcome, Refusal};

/// Which papers, and to whom.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Numbers of invoices and credit notes
    #[arg(required = true)]
    numbers: Vec<String>,
    /// To these addresses, parted by commas, not the billing contact's
    #[arg(long, value_name = "EMAIL")]
    to: Option<String>,
    /// Also write each message into this folder, for a mail program to send
    #[arg(long, value_name = "FOLDER")]
    eml: Option<PathBuf>,
}

/// Queues the messages.
pub fn run(args: &Args, desk: &mut Desk, out: &mut Out) -> Result<()> {
    let mut draft = SendDraft { to: args.to.clone(), ..SendDraft::default() };
    for number in &args.numbers {
        match note::numbered(desk, number)? {
            Some(note) => draft.notes.push(note.id),
            None => draft.invoices.push(numbered(desk, number)?),
        }
    }
    if let Some(folder) = &args.eml {
        mail::sender(&desk.shop()?.email).map_err(|why| Refusal::of_field("email", why))?;
        crate::adapters::printing::writable(folder).map_err(|error| Fault::file(folder, error))?;
    }
    let done = desk.perform(Action::SendInvoices(Box::new(draft)))?;
    let Outcome::Messages(messages) = &done.outcome else { return Ok(()) };
    let (mut rows, mut failed) = (Vec::<Value>::new(), None);
    for id in messages {
        let message = desk.outgoing(*id)?;
        let mut row = json!({ "id": id, "recipient": message.recipient, "subject": message.subject });
        if let Some(folder) = &args.eml {
            match mail_folder::write(folder, *id, &message) {
                Ok(path) => row["file"] = place(&path),
                Err(why) => failed = failed.or(Some((*id, why))),
            }
        }
        rows.push(row);
    }
    let json = json!({ "queued": rows.len(), "total": rows.len(), "rows": rows });
    if let Some((id, why)) = failed {
        let again = format!("Do not send again: `rentbook outbox show {id} --eml FILE` writes it.");
        return Err(Fault::unwritten(&json, &said(&done), why, again));
    }
    out.answer(&Answer::new(json).say(said(&done)))
}
