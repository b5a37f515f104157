//! The file looked through beside the screen: told in the header; what is found makes the book one for viewing.

use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use super::App;
use crate::services::StoreFault;
use crate::tui::desk::{Desk, DeskError, Round};
use crate::tui::event::{Event, Looked};
use crate::tui::format::sentence;
use crate::tui::reply::Tone;

/// A look shorter than this is not told of, and the day waits so long without a word.
const QUIET: Duration = Duration::from_millis(300);
/// The time between two steps that are told.
const BETWEEN: Duration = Duration::from_millis(100);

/// Looks through what is due, on a thread of its own; false where damage was found or the look was stopped.
pub(super) fn look_through(desk: &Desk, round: &Round, out: &Sender<Event>) -> bool {
    let (started, mut told_at) = (Instant::now(), Duration::ZERO);
    let mut was_in_doubt = desk.book().is_in_doubt();
    let looked = desk.look_through(round, &mut |done, of| {
        let passed = started.elapsed();
        let is_sure_now = std::mem::replace(&mut was_in_doubt, desk.book().is_in_doubt()) && !was_in_doubt;
        if is_sure_now || (passed > QUIET && passed.saturating_sub(told_at) > BETWEEN) {
            told_at = passed;
            return out.send(Event::Looked(Looked::Step(done, of))).is_ok();
        }
        true
    });
    let is_stopped = |error: &DeskError| matches!(error.fault(), Some(StoreFault::Interrupted));
    let is_sound = looked.is_ok();
    // A look that broke off keeps nobody from saving; damage does by itself.
    desk.book().doubt(false);
    match looked {
        Ok(()) => drop(out.send(Event::Looked(Looked::Done))),
        Err(error) if is_stopped(&error) => {}
        Err(error) => {
            tracing::error!(%error, "the look at the file ended badly");
            drop(out.send(Event::Looked(Looked::Broken(sentence(&error.to_string())))));
        }
    }
    is_sound
}

impl App {
    /// After an unclean end the money is looked through before the day begins; a small book takes no time one sees.
    /// Whether the day waits.
    pub(super) fn waits_for_the_money(&mut self) -> bool {
        if !self.keeping.day_waits {
            if !self.desk.book().opening().was_unclean {
                return false;
            }
            self.keep();
            let until = Instant::now() + QUIET;
            while self.desk.book().is_in_doubt() && Instant::now() < until {
                std::thread::sleep(Duration::from_millis(2));
            }
        }
        let waits = self.desk.book().is_in_doubt();
        self.keeping.day_waits = waits;
        if waits {
            self.say(
                Tone::Warn,
                "rentbook was not closed properly the last time: the money in the book is looked through first. \
                 Everything can be read; saving begins in a few seconds.",
            );
        }
        waits
    }

    /// The look at the file tells how far it is.
    pub(super) fn looked(&mut self, looked: Looked) {
        self.keeping.looking = None;
        match looked {
            Looked::Step(done, of) => self.keeping.looking = (done < of).then_some((done, of)),
            Looked::Done => {}
            Looked::Broken(sentence) => {
                self.say(Tone::Bad, sentence);
                self.pages.make_stale();
            }
        }
        if self.keeping.day_waits && !self.desk.book().is_in_doubt() {
            self.begin_day();
        }
    }
}
