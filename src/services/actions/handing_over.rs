//! Messages on their way out of the book: taken up in one transaction, answered for in another (see
//! [`crate::services::outside_calls`]). What was taken up and never answered for is in doubt: a person says what became of it.

use serde_json::json;

use crate::domain::id::MessageId;
use crate::domain::log::{Log, Subject};
use crate::domain::status::OutboxState;
use crate::services::done::{Done, Outcome, Touched};
use crate::services::reads;
use crate::services::refusal::{OrUnknown, Refusal, Result};
use crate::services::work::{Entry, Work};
use crate::store::outbox;

/// What became of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Handed {
    /// It went out.
    Gone,
    /// It certainly did not, and why: it waits again.
    NotGone(String),
    /// Nobody knows, and why: it is put aside for a person, never sent again by itself.
    Unsure(String),
}

/// Takes messages up; all of them or none.
pub(in crate::services) fn claim(work: &Work, messages: &[i64]) -> Result<Done> {
    for id in messages {
        if !outbox::claim(work.db, *id, work.now)? {
            return Err(not_so(work, *id, "is {}, it does not wait any more")?);
        }
    }
    logged(work, Log::ClaimMessages, messages, "being sent")
}

/// Keeps what became of messages. One of which somebody said it meanwhile stays as that was said.
pub(in crate::services) fn settle(work: &Work, answers: &[(i64, Handed)]) -> Result<Done> {
    let mut sent = Vec::new();
    for (id, answer) in answers {
        match answer {
            Handed::Gone if outbox::settle(work.db, *id, work.now)? => sent.push(*id),
            Handed::Gone => {}
            Handed::NotGone(why) => drop(outbox::release(work.db, *id, work.now, why)?),
            Handed::Unsure(why) => drop(outbox::put_aside(work.db, *id, why)?),
        }
    }
    let ids: Vec<i64> = answers.iter().map(|(id, _)| *id).collect();
    let done = logged(work, Log::SettleMessages, &ids, "sent")?;
    let said = match sent.as_slice() {
        [] => "No message was sent.".to_owned(),
        [one] => format!("Message {one} is sent."),
        many => format!("{} messages are sent.", many.len()),
    };
    Ok(Done { said, outcome: Outcome::Messages(sent), ..done })
}

/// Messages in doubt did not go out: they wait again.
pub(in crate::services) fn release(work: &Work, messages: &[i64]) -> Result<Done> {
    for id in messages {
        if !outbox::release(work.db, *id, work.now, "")? {
            return Err(not_so(work, *id, "is {}: nothing about it is in doubt")?);
        }
    }
    logged(work, Log::ReleaseMessages, messages, "waiting again")
}

fn not_so(work: &Work, id: i64, how: &str) -> Result<crate::services::refusal::DeskError> {
    let message = reads::outbox_row(work.db, id)?.or_unknown("message", id)?;
    let state = match message.state {
        OutboxState::Sending => "being sent".to_owned(),
        other => other.word().to_lowercase(),
    };
    Ok(Refusal::new("not_waiting", format!("message {id} {}", how.replace("{}", &state))).into())
}

fn logged(work: &Work, step: Log, messages: &[i64], becomes: &str) -> Result<Done> {
    let Some(first) = messages.first() else {
        return Err(Refusal::new("nothing_to_send", "name the messages").into());
    };
    let details = json!({ "messages": messages });
    work.log(&Entry { details, ..Entry::new(step, Subject::Message(MessageId(*first))) })?;
    let said = match messages {
        [one] => format!("Message {one} is {becomes}."),
        many => format!("{} messages are {becomes}.", many.len()),
    };
    Ok(Done::new(said, Outcome::Messages(messages.to_vec()), &[Touched::Money]))
}
