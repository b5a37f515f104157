//! `redo`: does once more what `undo` took back just now.

use serde_json::json;

use super::fault::Result;
use super::out::{Answer, Out, said};
use crate::services::{Action, Desk, Outcome};

/// Does it again.
pub fn run(desk: &mut Desk, out: &mut Out) -> Result<()> {
    let done = desk.perform(Action::Redo)?;
    let (receipt, payment) = match &done.outcome {
        Outcome::Received(received) => (Some(received.number.clone()), None),
        Outcome::Payment(id) => (None, Some(id.0)),
        _ => (None, None),
    };
    let said = said(&done);
    out.answer(&Answer::new(json!({ "receipt": receipt, "payment": payment, "said": said })).say(said))
}
