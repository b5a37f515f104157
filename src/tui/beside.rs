//! Reading beside the screen: counts and sums that may take a second on an old book come from a thread with a
//! connection of its own, and are thrown away as soon as the next key asks for others.
//!
//! A screen hands an [`Errand`] to `App` by `Screen::errand`; what it brings lies in the screen's own [`Tally`] when
//! the loop wakes. A book in memory has one connection only, so there the errand is run at once.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::desk::{Desk, Trouble};
use super::event::Event;
use crate::services::reads::Totals;
use crate::services::{DeskError, StoreFault};

/// Something to read beside the screen.
pub type Errand = Box<dyn FnOnce(&Desk) + Send>;

/// The thread that runs errands, one after the other; only the newest counts.
pub struct Beside {
    asks: Sender<(u64, Errand)>,
    thread: JoinHandle<()>,
    newest: Arc<AtomicU64>,
    stopper: crate::services::Stopper,
}

impl fmt::Debug for Beside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Beside").field("newest", &self.newest).finish_non_exhaustive()
    }
}

impl Beside {
    /// A thread with a desk of its own; `None` where the book has one connection only.
    pub fn start(desk: &Desk, out: Sender<Event>) -> Option<Self> {
        let own = desk.again().ok()?;
        let stopper = own.book().stopper();
        let newest = Arc::new(AtomicU64::new(0));
        let (asks, inbox) = channel::<(u64, Errand)>();
        let known = Arc::clone(&newest);
        let running = move || {
            for (number, errand) in inbox {
                if number == known.load(Ordering::SeqCst) {
                    errand(&own);
                    if out.send(Event::Errand).is_err() {
                        return;
                    }
                }
            }
        };
        let thread = thread::Builder::new().name("beside".to_owned()).spawn(running).ok()?;
        Some(Self { asks, thread, newest, stopper })
    }

    /// Ends the thread and closes its connection, so that the last one who leaves is the screen's own.
    pub fn end(self, limit: Duration) {
        let Self { asks, thread, stopper, .. } = self;
        drop(asks);
        let until = Instant::now() + limit;
        while !thread.is_finished() && Instant::now() < until {
            stopper.stop();
            thread::sleep(Duration::from_millis(1));
        }
    }

    /// Runs this errand next, and stops the one that runs now.
    pub fn run(&self, errand: Errand) {
        let number = self.newest.fetch_add(1, Ordering::SeqCst) + 1;
        self.stopper.stop();
        // Where the thread is gone the screen hears so: what it waits on is dropped.
        let _ = self.asks.send((number, errand));
    }
}

/// Where a count stands.
#[derive(Debug)]
enum State<T> {
    /// It has to be asked for.
    Wanted,
    /// It is being read.
    Asked(Receiver<Result<T, Trouble>>),
    /// It is known, or could not be read.
    Known(Option<T>),
}

/// A count, or another figure, that follows its page: unknown until the thread beside the screen brings it.
#[derive(Debug)]
pub struct Tally<T = Totals>(State<T>);

impl<T> Default for Tally<T> {
    fn default() -> Self {
        Self(State::Wanted)
    }
}

impl<T: Send + 'static> Tally<T> {
    /// The filter changed or the book did: what is known is no longer true.
    pub fn forget(&mut self) {
        self.0 = State::Wanted;
    }

    /// It came with the rows.
    pub fn know(&mut self, totals: T) {
        self.0 = State::Known(Some(totals));
    }

    /// There is nothing to count here.
    pub fn leave_out(&mut self) {
        self.0 = State::Known(None);
    }

    /// The errand that counts, once.
    pub fn errand<F>(&mut self, count: F) -> Option<Errand>
    where
        F: FnOnce(&Desk) -> Result<T, DeskError> + Send + 'static,
    {
        self.take_in();
        let State::Wanted = self.0 else { return None };
        let (brings, takes) = channel();
        self.0 = State::Asked(takes);
        Some(Box::new(move |desk| {
            let counted = count(desk);
            // What was stopped is not known, and is asked for again when it is wanted again.
            let stopped = |error: &DeskError| matches!(error.fault(), Some(StoreFault::Interrupted));
            if !counted.as_ref().is_err_and(stopped) {
                let _ = brings.send(counted.map_err(Trouble::from));
            }
        }))
    }

    fn take_in(&mut self) {
        let State::Asked(takes) = &self.0 else { return };
        self.0 = match takes.try_recv() {
            Ok(Ok(totals)) => State::Known(Some(totals)),
            Ok(Err(_)) => State::Known(None),
            Err(TryRecvError::Empty) => return,
            Err(TryRecvError::Disconnected) => State::Wanted,
        };
    }

    /// What was counted, once it is here.
    pub fn totals(&mut self) -> Option<&T> {
        self.take_in();
        match &self.0 {
            State::Known(totals) => totals.as_ref(),
            State::Wanted | State::Asked(_) => None,
        }
    }

    /// What was counted, handed over once it is here.
    pub fn taken(&mut self) -> Option<T> {
        self.take_in();
        let State::Known(totals) = &mut self.0 else { return None };
        totals.take()
    }

    /// Whether it is still being counted.
    pub const fn is_awaited(&self) -> bool {
        !matches!(self.0, State::Known(_))
    }
}
