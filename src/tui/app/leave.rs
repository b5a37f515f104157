//! Leaving: one step back, a page, rentbook. What was typed is asked about first.

use super::{App, Flow, IMPATIENT};
use crate::tui::dialogs::confirm::Confirm;
use crate::tui::place::Tab;
use crate::tui::reply::{Question, Reply, Tone};

impl App {
    /// One step back: what is open, the record, the tab. Never out of rentbook.
    pub(super) fn climb(&mut self) {
        if self.dialogs.pop().is_some() {
            return;
        }
        if self.pages.top().is_dirty() {
            return self.ask_to_leave(Vec::new());
        }
        let is_away = self.depth() > 0 || self.tab() != Tab::Today;
        if self.escapes > IMPATIENT && is_away {
            self.pages.go_to_tab(Tab::Today, &self.desk);
        } else if !self.pages.climb(&self.desk) {
            self.say(Tone::Plain, "This is the first page. Ctrl+Q leaves rentbook.");
        }
    }

    /// Whether leaving would lose typed text.
    pub fn is_dirty(&self) -> bool {
        self.dialogs.iter().any(|dialog| dialog.is_dirty()) || self.pages.top().is_dirty()
    }

    /// Asks before the page on top loses what was typed; then leaves it and does the rest.
    pub(super) fn ask_to_leave(&mut self, mut rest: Vec<Reply>) {
        rest.insert(0, Reply::Leave);
        let line = "What you typed here is not saved yet. Discard it?";
        let mut question = Question::dangerous("Leave this page", line, Reply::All(rest));
        (question.yes, question.no, question.escape_is_yes) = ("Discard", "Keep typing", true);
        self.dialogs.push(Box::new(Confirm::new(Box::new(question))));
    }

    pub(super) fn quit(&mut self) {
        if let Some(job) = &self.job {
            let wait = format!("{} is still under way: Esc stops it.", job.title);
            return self.say(Tone::Bad, wait);
        }
        if !self.is_dirty() {
            self.flow = Flow::Quit;
            return;
        }
        let line = "What you typed is not saved yet. Discard it and leave rentbook?";
        let mut question = Question::dangerous("Leave rentbook", line, Reply::Quit);
        (question.yes, question.no) = ("Discard and leave", "Stay");
        self.dialogs.push(Box::new(Confirm::new(Box::new(question))));
    }
}
