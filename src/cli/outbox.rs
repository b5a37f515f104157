//! `outbox`: messages to customers, listed, read and withdrawn.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use super::fault::{Fault, Result};
use super::list::{Listing, Rows, View};
use super::out::{Answer, Out, said};
use super::shapes::place;
use super::values;
use crate::adapters::mail_folder::Folder;
use crate::adapters::{files, mail};
use crate::domain::status::OutboxState;
use crate::services::outside_calls;
use crate::services::reads::{self, MessageFilter, OutboxRow};
use crate::services::{Action, Desk, Refusal};
use crate::shown::column::Listed;

/// What to do with messages.
#[derive(Debug, clap::Subcommand)]
pub enum Verb {
    /// List messages, newest first
    List {
        /// Part of the address or the subject
        #[arg(long, default_value = "")]
        query: String,
        /// Only these, parted by commas: queued, sending, sent, bounced, held or cancelled
        #[arg(long, value_delimiter = ',', value_name = "S,…", value_parser = values::word::<OutboxState>)]
        status: Vec<OutboxState>,
        #[command(flatten)]
        rows: Rows,
    },
    /// Show one message
    Show {
        id: i64,
        /// Also write it, with its PDF, into this file for a mail program
        #[arg(long, value_name = "FILE")]
        eml: Option<PathBuf>,
        /// Replace a file that is there
        #[arg(long, requires = "eml")]
        force: bool,
    },
    /// Send messages that wait: each is written into a folder for a mail program, and is sent from then on
    Send {
        /// Their numbers; all that wait where none is named
        ids: Vec<i64>,
        /// The folder
        #[arg(long, value_name = "FOLDER")]
        eml: PathBuf,
    },
    /// Say that messages went out by another way
    Sent {
        /// Their numbers
        #[arg(required = true)]
        ids: Vec<i64>,
    },
    /// Say that messages of which it was not known did not go out: they wait again
    Again {
        /// Their numbers
        #[arg(required = true)]
        ids: Vec<i64>,
    },
    /// Withdraw messages that wait
    Cancel {
        /// Their numbers
        #[arg(required = true)]
        ids: Vec<i64>,
    },
}

/// Lists, shows or withdraws.
pub fn run(verb: Verb, desk: &mut Desk, out: &mut Out) -> Result<()> {
    match verb {
        Verb::List { query, status, rows } => list(&query, status, rows, desk, out),
        Verb::Show { id, eml, force } => show(id, eml, force, desk, out),
        Verb::Send { ids, eml } => send(&ids, &eml, desk, out),
        Verb::Sent { ids } => {
            let done = desk.perform(Action::MarkSent(ids.clone()))?;
            out.answer(&Answer::new(json!({ "sent": ids, "said": said(&done) })).say(said(&done)))
        }
        Verb::Again { ids } => {
            let done = desk.perform(Action::ReleaseMessages(ids.clone()))?;
            out.answer(&Answer::new(json!({ "queued": ids, "said": said(&done) })).say(said(&done)))
        }
        Verb::Cancel { ids } => {
            let done = desk.perform(Action::CancelMessages(ids.clone()))?;
            out.answer(&Answer::new(json!({ "cancelled": ids })).say(said(&done)))
        }
    }
}

/// Writes what waits into the folder. A message whose file could not be written waits on; one of which it is not known
/// whether it went out is named and left alone.
fn send(ids: &[i64], folder: &Path, desk: &mut Desk, out: &mut Out) -> Result<()> {
    mail::sender(&desk.shop()?.email).map_err(|why| Refusal::of_field("email", why))?;
    crate::adapters::printing::writable(folder).map_err(|error| Fault::file(folder, error))?;
    let mut courier = Folder::new(folder.to_owned());
    let done = outside_calls::send(desk, ids, &mut courier)?;
    let mut rows: Vec<Value> = Vec::new();
    for (id, path) in &courier.written {
        let recipient = desk.outgoing(*id)?.recipient;
        rows.push(json!({ "id": id, "recipient": recipient, "file": place(path) }));
    }
    let mut sentence = match done.sent.as_slice() {
        [] => "No messages are waiting.".to_owned(),
        [one] => format!("Message {one} is sent. It is in {}.", folder.display()),
        many => format!("{} messages are sent. They are in {}.", many.len(), folder.display()),
    };
    if !done.in_doubt.is_empty() {
        let ids = done.in_doubt.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        let _ = write!(
            sentence,
            " It is not known whether these went out: {ids}. Look, then say `rentbook outbox sent {ids}` or \
             `rentbook outbox again {ids}`."
        );
    }
    let json = json!({
        "sent": done.sent.len(), "total": rows.len(), "rows": rows, "unsure": done.in_doubt, "said": sentence,
    });
    if let Some((id, why)) = done.waiting.first() {
        return Err(Fault::unwritten(
            &json,
            &sentence,
            why.clone(),
            format!("Message {id} is still waiting: send it again."),
        ));
    }
    out.answer(&Answer::new(json).say(sentence))
}

fn list(query: &str, states: Vec<OutboxState>, rows: Rows, desk: &Desk, out: &mut Out) -> Result<()> {
    let filter = MessageFilter { query: query.to_owned(), states, is_waiting: false };
    let count = |states: &[OutboxState]| {
        let filter = MessageFilter { states: states.to_vec(), ..filter.clone() };
        desk.read(|db| reads::messages_count(db, &filter))
    };
    let mut more = Map::new();
    // Of all that fit the query, whatever the status asked for.
    more.insert("queued".to_owned(), count(&[OutboxState::Queued])?.into());
    more.insert("unsure".to_owned(), count(&[OutboxState::Sending, OutboxState::Held])?.into());
    more.insert("sent".to_owned(), count(&[OutboxState::Sent])?.into());
    more.insert("failed".to_owned(), count(&[OutboxState::Bounced])?.into());
    Listing {
        total: Some(count(&filter.states)?),
        rows,
        read: Box::new(|page| Ok(desk.read(|db| reads::messages(db, &filter, page))?)),
        cursor: Box::new(OutboxRow::cursor),
        more,
    }
    .write(View::of(desk)?, out)
}

fn show(id: i64, eml: Option<PathBuf>, force: bool, desk: &Desk, out: &mut Out) -> Result<()> {
    let none = || Refusal::new("unknown", format!("there is no message {id}"));
    let row = desk.read(|db| reads::outbox_row(db, id))?.ok_or_else(none)?;
    let message = desk.outgoing(id)?;
    let mut json = row.json(View::of(desk)?);
    json["body"] = json!(message.body);
    json["attachment"] = json!(Some(&message.file_name).filter(|name| !name.is_empty()));
    json["message_id"] = json!(message.message_id);
    let mut text = format!("To: {}\nSubject: {}", message.recipient, message.subject);
    if !message.file_name.is_empty() {
        let _ = write!(text, "\nAttached: {}", message.file_name);
    }
    let _ = write!(text, "\nStatus: {}\n\n{}", row.state.word().to_lowercase(), message.body);
    if let Some(path) = eml {
        let bytes = mail::eml(&message).map_err(|why| Refusal::of_field("email", why))?;
        files::write(&path, &bytes, force).map_err(|error| Fault::file(&path, error))?;
        let _ = write!(text, "\nWritten to {}.", path.display());
        json["file"] = place(&path);
    }
    out.answer(&Answer::new(json).verbatim(format!("{}\n", text.trim_end())))
}
