//! Work beside the screen: one job with its progress, and reads that nobody needs to watch.

use super::App;
use crate::tui::desk::{Access, Desk};
use crate::tui::event::Event;
use crate::tui::jobs::{Errand, Job, Report, Running};
use crate::tui::reply::{Reply, Tone, Way};

/// The read that is under way.
#[derive(Default)]
pub(super) struct Errands(Option<Box<dyn Fn() + Send>>);

impl App {
    pub(super) fn run(&mut self, job: Job) {
        if let Some(running) = &self.job {
            let wait = format!("{} is still under way: wait for it, or stop it with Esc.", running.title);
            return self.say(Tone::Bad, wait);
        }
        match Running::start(job, self.out.clone()) {
            Ok(running) => self.job = Some(running),
            Err(error) => self.say(Tone::Bad, format!("The work could not be started: {error}. Nothing was changed.")),
        }
    }

    pub(super) fn job_reports(&mut self, report: Report) {
        match report {
            Report::Step(done, total) => {
                if let Some(job) = &mut self.job {
                    job.steps = Some((done, total));
                }
            }
            Report::Done(result) => {
                self.job = None;
                self.pages.make_stale();
                match result {
                    Ok(outcome) => {
                        if let Some(book) = outcome.open {
                            self.act(Reply::Enter(Way::Open(book, Access::ReadWrite)));
                        }
                        self.say(Tone::Good, outcome.said);
                        if let Some(file) = outcome.view {
                            self.act(Reply::View(file));
                        }
                    }
                    Err(sentence) => self.say(Tone::Bad, sentence),
                }
            }
        }
    }

    /// Sends a page's read to a thread; the one before is stopped. A book in memory has one connection only: there
    /// the read is done at once.
    pub(super) fn send(&mut self, errand: Errand) {
        if let Some(stop) = self.errands.0.take() {
            stop();
        }
        let Ok(desk) = self.desk.again() else { return errand.run(&self.desk) };
        let stopper = desk.book().stopper();
        let out = self.out.clone();
        let reading = move || {
            errand.run(&desk);
            let _ = out.send(Event::Fetched);
        };
        if std::thread::Builder::new().name("read".to_owned()).spawn(reading).is_ok() {
            self.errands.0 = Some(Box::new(move || stopper.stop()));
        }
    }

    /// A desk of its own for a worker, where the book can give one.
    pub(super) fn second_desk(&self) -> Option<Desk> {
        self.desk.again().ok()
    }
}
