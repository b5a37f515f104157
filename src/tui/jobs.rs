//! Long work on a thread of its own: bulk PDFs, imports, exports, sending, backup. It brings its own connection to
//! the book, reports how far it is, and stops between two steps when asked.

use std::cell::Cell;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use super::event::Event;
pub use super::job_report::{Outcome, Report};

/// Work shorter than this shows no progress.
const QUIET: Duration = Duration::from_millis(300);
/// The time between two reports.
const BETWEEN: Duration = Duration::from_millis(50);

/// The work itself. An error is one sentence: what happened, what is safe, what to do.
type Work = Box<dyn FnOnce(&Pace) -> Result<Outcome, String> + Send>;

/// Work to be done beside the screen.
pub struct Job {
    /// What is being done: `Making 40 invoices`.
    pub title: String,
    work: Work,
}

impl Job {
    /// A job; `work` calls [`Pace::step`] between its steps and stops when that says so.
    pub fn new(title: impl Into<String>, work: impl FnOnce(&Pace) -> Result<Outcome, String> + Send + 'static) -> Self {
        Self { title: title.into(), work: Box::new(work) }
    }
}

impl fmt::Debug for Job {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Job").field("title", &self.title).finish_non_exhaustive()
    }
}

/// How a job tells how far it is, and hears that it should stop.
#[derive(Debug)]
pub struct Pace {
    out: Sender<Event>,
    stop: Arc<AtomicBool>,
    started: Instant,
    told: Cell<Duration>,
}

impl Pace {
    /// Tells that `done` of `total` steps are done; false when the job should stop here.
    pub fn step(&self, done: u64, total: u64) -> bool {
        let passed = self.started.elapsed();
        if passed > QUIET && passed.saturating_sub(self.told.get()) > BETWEEN {
            self.told.set(passed);
            let _ = self.out.send(Event::Job(Report::Step(done, total)));
        }
        !self.stop.load(Ordering::Relaxed)
    }
}

/// Says how the job ended even when its thread panics.
struct LastWord {
    out: Sender<Event>,
    result: Option<Result<Outcome, String>>,
}

impl Drop for LastWord {
    fn drop(&mut self) {
        let broken = || Err("The work stopped on an error of its own; what was saved before is safe.".to_owned());
        let result = self.result.take().unwrap_or_else(broken);
        let _ = self.out.send(Event::Job(Report::Done(result)));
    }
}

/// A job that runs, as the screen sees it.
#[derive(Debug)]
pub struct Running {
    /// What is being done.
    pub title: String,
    /// Steps done and steps in all, once it took long enough to tell.
    pub steps: Option<(u64, u64)>,
    stop: Arc<AtomicBool>,
}

impl Running {
    /// Starts the job; its reports arrive through `out`.
    pub fn start(job: Job, out: Sender<Event>) -> std::io::Result<Self> {
        let stop = Arc::new(AtomicBool::new(false));
        let pace = Pace { out: out.clone(), stop: Arc::clone(&stop), started: Instant::now(), told: Cell::default() };
        let Job { title, work } = job;
        let working = move || {
            let mut last = LastWord { out, result: None };
            last.result = Some(work(&pace));
        };
        std::thread::Builder::new().name("job".to_owned()).spawn(working)?;
        Ok(Self { title, steps: None, stop })
    }

    /// Asks the job to stop at its next step.
    pub fn cancel(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// Whether it was asked to stop.
    pub fn is_cancelled(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;

    #[test]
    fn a_job_stops_between_two_steps_when_asked() {
        let (out, inbox) = channel();
        let endless = Job::new("Counting", |pace| {
            let mut steps = 0;
            while pace.step(steps, 0) {
                steps += 1;
                std::thread::yield_now();
            }
            Ok(Outcome::said("Stopped."))
        });
        let running = Running::start(endless, out).unwrap();
        running.cancel();
        let last = inbox.iter().last().unwrap();
        assert!(matches!(last, Event::Job(Report::Done(Ok(outcome))) if outcome.said == "Stopped."));
        assert!(running.is_cancelled());
    }

    #[test]
    fn a_job_that_panics_still_reports() {
        let (out, inbox) = channel();
        let broken = Job::new("Breaking", |_| panic!("on purpose"));
        Running::start(broken, out).unwrap();
        assert!(matches!(inbox.iter().last(), Some(Event::Job(Report::Done(Err(_))))));
    }
}
