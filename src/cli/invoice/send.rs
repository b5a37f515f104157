//! `invoice send`: messages with the PDF, queued or as files for a mail program.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::show::numbered;
use crate::adapters::{files, mail};
use crate::cli::fault::{Fault, Result};
use crate::cli::out::{Answer, Out};
use crate::domain::id::InvoiceId;
use crate::services::actions::sending::SendDraft;
use crate::services::{Action, Desk, Outcome};

/// Which invoices, and to whom.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Numbers of the invoices
    #[arg(required = true)]
    numbers: Vec<String>,
    /// To this address, not the billing contact's
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
        crate::adapters::printing::writable(folder).map_err(|error| Fault::file(folder, error))?;
    }
    let done = desk.perform(Action::SendInvoices(Box::new(SendDraft { invoices, to: args.to.clone() })))?;
    let Outcome::Messages(messages) = &done.outcome else { return Ok(()) };
    let mut rows: Vec<Value> = Vec::new();
    for id in messages {
        let message = desk.outgoing(*id)?;
        let mut row = json!({ "id": id, "recipient": message.recipient, "subject": message.subject });
        if let Some(folder) = &args.eml {
            let number = message.file_name.trim_end_matches(".pdf");
            let path = folder.join(format!("{}-{id}.eml", files::slug(number, "invoice")));
            let bytes = mail::eml(&message).map_err(Fault::Wrong)?;
            files::write(&path, &bytes, true).map_err(|error| Fault::file(&path, error))?;
            row["file"] = json!(path);
        }
        rows.push(row);
    }
    let json = json!({ "queued": rows.len(), "total": rows.len(), "rows": rows });
    out.answer(&Answer::new(json).say(crate::cli::out::said(&done.said)))
}
