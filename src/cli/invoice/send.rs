//! `invoice send`: messages with the PDF, queued or as files for a mail program.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::show::numbered;
use crate::adapters::{files, mail};
use crate::cli::fault::{Fault, Result, words};
use crate::cli::out::{Answer, Out, said};
use crate::cli::shapes::place;
use crate::domain::id::InvoiceId;
use crate::services::actions::sending::SendDraft;
use crate::services::outgoing::Outgoing;
use crate::services::{Action, Desk, Outcome, Refusal};

/// Which invoices, and to whom.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Numbers of the invoices
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
    let invoices = args.numbers.iter().map(|number| numbered(desk, number)).collect::<Result<Vec<InvoiceId>>>()?;
    if let Some(folder) = &args.eml {
        mail::sender(&desk.shop()?.email).map_err(|why| Refusal::of_field("email", why))?;
        crate::adapters::printing::writable(folder).map_err(|error| Fault::file(folder, error))?;
    }
    let done = desk.perform(Action::SendInvoices(Box::new(SendDraft { invoices, to: args.to.clone() })))?;
    let Outcome::Messages(messages) = &done.outcome else { return Ok(()) };
    let (mut rows, mut failed) = (Vec::<Value>::new(), None);
    for id in messages {
        let message = desk.outgoing(*id)?;
        let mut row = json!({ "id": id, "recipient": message.recipient, "subject": message.subject });
        if let Some(folder) = &args.eml {
            match written(folder, *id, &message) {
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

/// A message as a file: never over another one, which may be of another book.
pub fn written(folder: &Path, id: i64, message: &Outgoing) -> Result<PathBuf, String> {
    let bytes = mail::eml(message)?;
    let number = files::slug(message.file_name.trim_end_matches(".pdf"), "invoice");
    let mut path = folder.join(format!("{number}-{id}.eml"));
    for copy in 2..=99 {
        if std::fs::symlink_metadata(&path).is_err() {
            break;
        }
        path = folder.join(format!("{number}-{id}-{copy}.eml"));
    }
    files::write(&path, &bytes, false).map_err(|error| format!("{}: {}", path.display(), words(&error)))?;
    Ok(path)
}
