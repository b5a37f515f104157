//! Another program writes: who it is stands on the screen at once, the step is tried again until it can be done, and Esc
//! gives up. Nothing that was typed is lost.

use std::time::Duration;

use super::{App, Flow};
use crate::tui::desk::{self, Action, DeskError, News, StoreFault, Trouble};
use crate::tui::event::Event;
use crate::tui::reply::Tone;

/// How long one try waits; longer than other windows need, shorter than people notice.
const TRY: Duration = Duration::from_millis(200);
/// The time between two tries.
const BETWEEN: Duration = Duration::from_millis(300);

/// A step that waits for another program.
pub(super) struct Waits {
    action: Action,
    /// A page or a dialog asked for it and hears how it ends.
    is_asked: bool,
}

impl App {
    /// Looks whether the day or the book changed while nobody typed.
    pub fn look(&mut self) -> Flow {
        if self.waits.is_some() {
            return self.try_again();
        }
        match desk::look(&mut self.desk) {
            Some(News::Day) => self.step(Event::DayChanged),
            Some(News::Book) => self.step(Event::BookChanged),
            Some(News::Moved) => self.moved(),
            None => {
                self.keep_if_due();
                desk::rest(&self.desk);
                Flow::Still
            }
        }
    }

    /// Performs an action, or begins to wait for who is in the way.
    pub(super) fn attempt(&mut self, action: Action, is_asked: bool) {
        let is_known = self.waits.take().is_some();
        self.desk.book().wait_at_most(Some(TRY));
        let result = self.desk.perform(action.clone());
        self.desk.book().wait_at_most(None);
        let trouble = match result {
            Ok(done) if is_asked => return self.performed(&done),
            Ok(done) => return self.settled(&done),
            Err(error) => error,
        };
        if let Some(who) = in_the_way(&trouble) {
            if !is_known {
                let words = "Waiting for it; Esc gives up, and what you typed stays.";
                self.say(Tone::Warn, format!("{who} is writing to the book. {words}"));
            }
            self.waits = Some(Waits { action, is_asked });
            return;
        }
        let trouble = Trouble::from(trouble);
        if is_asked { self.not_performed(&trouble) } else { self.not_settled(&trouble) }
    }

    /// Tries once more what waits.
    pub(super) fn try_again(&mut self) -> Flow {
        let Some(Waits { action, is_asked }) = &self.waits else { return Flow::Still };
        let (action, is_asked) = (action.clone(), *is_asked);
        self.attempt(action, is_asked);
        self.settle();
        Flow::Draw
    }

    /// Gives up waiting.
    pub(super) fn give_up(&mut self) {
        self.waits = None;
        self.say(Tone::Bad, "You gave up waiting: nothing was saved. What you typed is still here.");
    }

    /// How long the loop waits for an event.
    pub const fn patience(&self, usual: Duration) -> Duration {
        if self.waits.is_some() { BETWEEN } else { usual }
    }
}

/// Who is in the way, where that is why nothing was done.
fn in_the_way(error: &DeskError) -> Option<String> {
    match error.fault() {
        Some(StoreFault::Locked { pid: Some(pid), user: Some(user) }) => {
            Some(format!("Another program (process {pid} of {user})"))
        }
        Some(StoreFault::Locked { pid: Some(pid), .. }) => Some(format!("Another program (process {pid})")),
        Some(StoreFault::Locked { .. }) => Some("Another program".to_owned()),
        _ => None,
    }
}
