//! Calls to the world outside, which can fail half-way: a folder of files, a mail server, a processor of cards.
//!
//! Each is *claimed* in a transaction, then *called* without any lock on the book, then *settled* in a second transaction.
//! A program that ends between the two leaves the claim open, and an open claim is never called again by itself: whoever
//! comes next looks it up outside where that can be asked, and else a person says what became of it.

use super::action::Action;
use super::actions::handing_over::Handed;
use super::desk::Desk;
use super::outgoing::Outgoing;
use super::reads;
use super::refusal::{Refusal, Result};

/// One kind of call.
pub trait Call {
    /// What is claimed at once.
    type Claim;
    /// What the world answers.
    type Answer;

    /// The first transaction.
    fn claim(&mut self, desk: &mut Desk, what: &Self::Claim) -> Result<()>;
    /// The call itself; the book is free meanwhile.
    fn call(&mut self, desk: &Desk, what: &Self::Claim) -> Self::Answer;
    /// The second transaction.
    fn settle(&mut self, desk: &mut Desk, answer: &Self::Answer) -> Result<()>;
}

/// Goes through the claims one by one; the answers, in order. What could not be claimed or settled ends it.
pub fn each<C: Call>(call: &mut C, desk: &mut Desk, claims: &[C::Claim]) -> Result<Vec<C::Answer>> {
    let mut answers = Vec::with_capacity(claims.len());
    for claim in claims {
        call.claim(desk, claim)?;
        let answer = call.call(desk, claim);
        call.settle(desk, &answer)?;
        answers.push(answer);
    }
    Ok(answers)
}

/// What takes messages to where they are sent from.
pub trait Courier {
    /// Takes a message over.
    fn take(&mut self, id: i64, message: &Outgoing) -> Handed;
    /// Whether a message that was taken up some time ago is there; `None` where that cannot be asked.
    fn has(&mut self, id: i64, message: &Outgoing) -> Option<bool>;
}

/// So many messages are taken up at once: at most so many are in doubt when the program is killed.
const AT_ONCE: usize = 20;

struct Messages<'c>(&'c mut dyn Courier);

impl Call for Messages<'_> {
    type Claim = Vec<i64>;
    type Answer = Vec<(i64, Handed)>;

    fn claim(&mut self, desk: &mut Desk, what: &Vec<i64>) -> Result<()> {
        desk.perform(Action::ClaimMessages(what.clone())).map(drop)
    }

    fn call(&mut self, desk: &Desk, what: &Vec<i64>) -> Vec<(i64, Handed)> {
        let take = |id: &i64| match desk.outgoing(*id) {
            Ok(message) => (*id, self.0.take(*id, &message)),
            Err(error) => (*id, Handed::NotGone(error.to_string())),
        };
        what.iter().map(take).collect()
    }

    fn settle(&mut self, desk: &mut Desk, answers: &Vec<(i64, Handed)>) -> Result<()> {
        desk.perform(Action::SettleMessages(answers.clone())).map(drop)
    }
}

/// What became of messages that were to be sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    pub sent: Vec<i64>,
    /// They did not go out, and wait on: the first reason is the shop's to mend.
    pub waiting: Vec<(i64, String)>,
    /// Taken up before, by this or another program, and never answered for: a person says what became of them.
    pub in_doubt: Vec<i64>,
}

/// Sends messages: those named, or all that wait. What was in doubt is looked up first.
pub fn send(desk: &mut Desk, named: &[i64], courier: &mut dyn Courier) -> Result<Sent> {
    let mut done = Sent::default();
    let mut found = Vec::new();
    for id in desk.read(reads::messages_in_doubt)? {
        let message = desk.outgoing(id)?;
        if courier.has(id, &message) == Some(true) {
            found.push((id, Handed::Gone));
        } else {
            done.in_doubt.push(id);
        }
    }
    if !found.is_empty() {
        done.sent.extend(found.iter().map(|(id, _)| *id));
        desk.perform(Action::SettleMessages(found))?;
    }
    let waiting = desk.read(reads::waiting_messages)?;
    if let Some(id) = named.iter().find(|id| !waiting.contains(id) && !done.sent.contains(id)) {
        return Err(not_waiting(*id, done.in_doubt.contains(id)).into());
    }
    let is_asked = |id: &i64| named.is_empty() || named.contains(id);
    let asked: Vec<i64> = waiting.into_iter().filter(is_asked).collect();
    let claims: Vec<Vec<i64>> = asked.chunks(AT_ONCE).map(<[i64]>::to_vec).collect();
    for (id, answer) in each(&mut Messages(courier), desk, &claims)?.into_iter().flatten() {
        match answer {
            Handed::Gone => done.sent.push(id),
            Handed::NotGone(why) => done.waiting.push((id, why)),
            Handed::Unsure(_) => done.in_doubt.push(id),
        }
    }
    Ok(done)
}

fn not_waiting(id: i64, is_in_doubt: bool) -> Refusal {
    let message = if is_in_doubt {
        format!("it is not known whether message {id} went out: look, then mark it as sent or let it wait again")
    } else {
        format!("message {id} does not wait to be sent")
    };
    Refusal::new("not_waiting", message)
}
