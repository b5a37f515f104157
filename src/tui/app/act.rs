//! Carrying out replies.

use std::path::Path;

use super::{App, Flow};
use crate::tui::beside::{Beside, Errand};
use crate::tui::command::Command;
use crate::tui::desk::{Access, Action, Done, Trouble};
use crate::tui::dialogs::confirm::Confirm;
use crate::tui::event::Pace;
use crate::tui::jobs::{Job, Report, Running};
use crate::tui::keymap::{self, Context};
use crate::tui::path;
use crate::tui::place::Place;
use crate::tui::reply::{Answer, Input, Question, Reply, Tone, Way};
use crate::tui::words;

impl App {
    /// Carries out what a screen or dialog asked for.
    pub(super) fn act(&mut self, reply: Reply) {
        match reply {
            Reply::Nothing | Reply::Pass => {}
            Reply::Say(message) => self.say(message.tone, message.text),
            Reply::Messages => self.show_said(),
            Reply::Wear(look) => {
                self.theme = self.theme.wearing(look);
                self.say(Tone::Good, format!("To start so each time: rentbook --theme {}", look.code()));
            }
            // Nobody fills in what cannot be saved.
            Reply::Open(dialog) if dialog.writes() && self.desk.is_view_only() => self.say(Tone::Bad, words::VIEW_ONLY),
            Reply::Open(dialog) => self.dialogs.push(dialog),
            Reply::Ask(question) => self.dialogs.push(Box::new(Confirm::new(question))),
            Reply::Close => drop(self.dialogs.pop()),
            Reply::Give(answer) => self.give(answer),
            Reply::Perform(action) => self.perform(*action),
            Reply::Enter(way) => self.enter(&way),
            Reply::CatchUp(options) => self.run_pass(options, false),
            Reply::Do(command) => self.command(command, Pace::Single),
            Reply::Go(place) if place.writes() && self.desk.is_view_only() => self.say(Tone::Bad, words::VIEW_ONLY),
            Reply::Go(place) if self.pages.top().is_dirty() => self.ask_to_leave(vec![Reply::Go(place)]),
            Reply::Go(place) => {
                self.dialogs.clear();
                self.pages.go(&place, &self.desk);
            }
            Reply::Leave => {
                self.dialogs.clear();
                self.pages.climb(&self.desk);
            }
            Reply::Run(job) => self.run(job),
            Reply::Copy(text) => self.copy(&text),
            Reply::View(file) => self.view(&file),
            Reply::Quit => self.flow = Flow::Quit,
            Reply::All(replies) => replies.into_iter().for_each(|reply| self.act(reply)),
        }
    }

    /// Closes the dialog on top and hands its answer to the one below.
    fn give(&mut self, answer: Answer) {
        self.dialogs.pop();
        self.hand_over(Input::Given(answer));
    }

    fn perform(&mut self, action: Action) {
        self.attempt(action, true);
    }

    /// Tells the dialog that asked, then the page below it: both may have something to do now.
    pub(super) fn performed(&mut self, done: &Done) {
        self.say_done(told(done));
        self.pages.make_stale();
        if let Some(dialog) = self.dialogs.last_mut() {
            let reply = dialog.done(done, &self.desk);
            self.act(reply);
        }
        let reply = self.pages.top_mut().done(done, &self.desk);
        self.act(reply);
    }

    pub(super) fn not_performed(&mut self, trouble: &Trouble) {
        if self.ask_about_pass(trouble) {
            return;
        }
        let reply = match self.dialogs.last_mut() {
            Some(dialog) => dialog.refused(trouble),
            None => self.pages.top_mut().refused(trouble),
        };
        // Someone else may have changed what is shown: that is often why.
        self.pages.make_stale();
        self.act(reply);
    }

    /// Something is done that no dialog waited for.
    pub(super) fn settled(&mut self, done: &Done) {
        self.pages.make_stale();
        self.say_done(told(done));
    }

    /// Something is not done that no dialog waited for.
    pub(super) fn not_settled(&mut self, trouble: &Trouble) {
        // What is older is taken back too: by its line in the list of what was done.
        if trouble.code() == Some("not_undoable") {
            let line = format!("{} F8 takes it back in the list of what was done.", trouble.sentence());
            let question = Question::new("Undo", &line, Reply::Go(Place::Undoable));
            return self.act(Reply::ask(Question { yes: "Show the list", no: "Leave it", ..question }));
        }
        self.say(Tone::Bad, trouble.sentence());
    }

    fn run(&mut self, job: Job) {
        if let Some(running) = &self.job {
            let wait = format!("{} is still under way: wait for it, or stop it with Esc.", running.title);
            return self.say(Tone::Bad, wait);
        }
        match Running::start(job, self.out.clone()) {
            Ok(running) => self.job = Some(running),
            Err(error) => self.say(Tone::Bad, format!("The work could not be started: {error}. Nothing was changed.")),
        }
    }

    /// A running job tells how far it is, or how it ended.
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
                            self.enter(&Way::Open(book, Access::ReadWrite));
                        }
                        if outcome.is_stopped {
                            self.say(Tone::Plain, outcome.said);
                        } else {
                            self.say_done(outcome.said);
                        }
                        if let Some(file) = outcome.view {
                            self.act(Reply::View(file));
                        }
                    }
                    Err(sentence) => self.say(Tone::Bad, sentence),
                }
            }
        }
    }

    fn copy(&mut self, text: &str) {
        match self.desktop.copy(text) {
            Ok(()) => self.say(Tone::Good, format!("Copied: {text}")),
            Err(sentence) => self.say(Tone::Bad, sentence),
        }
    }

    /// Shows a file; where there is no desktop its path is shown and copied.
    fn view(&mut self, file: &Path) {
        let shown = path::shown(file);
        match self.desktop.view(file) {
            Ok(true) => self.say(Tone::Good, format!("Opened {shown}")),
            Ok(false) => {
                let copied = self.desktop.copy(&file.display().to_string()).is_ok();
                let how = if copied { " (path copied)" } else { "" };
                self.say(Tone::Good, format!("Saved: {shown}{how}"));
            }
            Err(sentence) => self.say(Tone::Bad, sentence),
        }
    }

    /// Reads something beside the screen; where the book has one connection only, at once.
    pub(super) fn run_beside(&mut self, errand: Errand) {
        if self.beside.is_none() {
            self.beside = Beside::start(&self.desk, self.out.clone());
        }
        match &self.beside {
            Some(beside) => beside.run(errand),
            None => errand(&self.desk),
        }
    }
}

/// What an Action says, with the key that takes it back.
fn told(done: &Done) -> String {
    done.told(&keymap::keys_of(Context::Detail, Command::Undo))
}
