//! The book as a whole: another one is opened, the pass of the day runs, the backup is looked after.

use std::borrow::Cow;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};

use super::{App, Flow, Pages, looking};
use crate::tui::desk::{self, Desk, PassOptions, Trouble};
use crate::tui::entering::{self, Waiting};
use crate::tui::event::Event;
use crate::tui::format::sentence;
use crate::tui::reply::{Question, Reply, Screen, Tone, Way};

/// How often one looks whether a backup is due.
const BETWEEN: Duration = Duration::from_hours(1);
/// How long the end of the program waits for a backup to stop.
const LAST_WAIT: Duration = Duration::from_millis(300);

/// How the thread beside the screen is stopped, and its end.
type Worker = (Box<dyn Fn() + Send>, JoinHandle<()>);

/// What is kept up beside the screen: the file looked through, the backup of the day.
#[derive(Default)]
pub(super) struct Keeping {
    state: String,
    /// How far the look at the file is, where it takes long enough to tell.
    pub(super) looking: Option<(u64, u64)>,
    /// The day begins when the money is looked through.
    pub(super) day_waits: bool,
    worker: Option<Worker>,
    looked_at: Option<Instant>,
}

impl Keeping {
    /// The words of the header: `backup OK 08:01`, or how far the file is looked through.
    pub(super) fn state(&self) -> Cow<'_, str> {
        match self.looking {
            Some((done, of)) => format!("checking the file {done}/{of}").into(),
            None => self.state.as_str().into(),
        }
    }
}

impl App {
    /// This page stands where Today does, until there is a book.
    pub fn begin_with(&mut self, page: Box<dyn Screen>) {
        self.pages.begin_with(page);
        self.settle();
    }

    /// A day begins: the pass runs and the backup is looked after; at a book that was just opened, what there is to
    /// know about that is said.
    pub(super) fn begin_day(&mut self) {
        let Ok(is_demo) = self.desk.shop().map(|shop| shop.is_demo) else { return };
        // Nobody's money hangs on the days between two looks at a made-up shop.
        let options = PassOptions { confirm_gap: is_demo, confirm_clock: is_demo, ..PassOptions::default() };
        let is_new_here = self.keeping.looked_at.is_none() || self.keeping.day_waits;
        if self.waits_for_the_money() {
            return;
        }
        self.run_pass(options, true);
        if let (true, Some(words)) = (is_new_here, entering::opening_words(&self.desk)) {
            self.say(Tone::Warn, words);
        }
        self.keep();
        self.settle();
    }

    /// The file is not where it was opened any more.
    pub(super) fn moved(&mut self) -> Flow {
        const WORDS: &str = "The file of this book was moved, removed or replaced while it is open here: nothing is \
            saved any more. What was saved is in the file that was moved. Leave rentbook and open it where it is now.";
        if self.message().is_some_and(|message| message.text == WORDS) {
            return Flow::Still;
        }
        self.say(Tone::Bad, WORDS);
        Flow::Draw
    }

    /// The end: work that nobody waits for stops. The book is handed over to be closed.
    pub fn finish(mut self) -> Desk {
        if let Some((stop, worker)) = self.keeping.worker.take() {
            stop();
            let until = Instant::now() + LAST_WAIT;
            while !worker.is_finished() && Instant::now() < until {
                std::thread::sleep(Duration::from_millis(5));
            }
        }
        if let Some(beside) = self.beside.take() {
            beside.end(LAST_WAIT);
        }
        self.desk
    }

    /// Leaves this book for another one.
    pub(super) fn enter(&mut self, way: &Way) {
        if let Some(job) = &self.job {
            let wait = format!("{} is still under way: Esc stops it.", job.title);
            return self.say(Tone::Bad, wait);
        }
        match entering::enter(&self.desk, way) {
            Ok(desk) => {
                self.desk = desk;
                self.dialogs.clear();
                self.keeping = Keeping::default();
                self.beside = None;
                self.pages = Pages::new(self.pages.opener(), &self.desk);
                self.begin_day();
                if let Way::Make(_, draft) = way {
                    self.say(Tone::Good, format!("{} is set up. F10 lists everything you can do.", draft.name.trim()));
                }
            }
            Err(trouble) => self.not_performed(&trouble),
        }
    }

    /// Runs today's pass and reads all pages anew; `quiet` says nothing when nothing was new.
    pub(super) fn run_pass(&mut self, options: PassOptions, quiet: bool) {
        match desk::pass(&mut self.desk, &options) {
            Ok(Some(said)) => self.say_done(said),
            Ok(None) if quiet => {}
            Ok(None) if self.desk.is_view_only() => {
                self.say(Tone::Plain, "Refreshed; billing does not run while the book is open for viewing.");
            }
            Ok(None) => self.say(Tone::Plain, "Refreshed; nothing new is due."),
            Err(trouble) if self.ask_about_pass(&trouble) => {}
            Err(trouble) => self.say(Tone::Bad, trouble.sentence()),
        }
        self.pages.make_stale();
    }

    /// Asks about a pass that waits for a person; false when the trouble is another one.
    pub(super) fn ask_about_pass(&mut self, trouble: &Trouble) -> bool {
        let Some(waiting) = entering::waits_for_a_person(trouble) else { return false };
        self.act(Reply::ask(pass_question(waiting)));
        true
    }

    /// Looks after the file and the backup of the day, on a thread of its own.
    pub(super) fn keep(&mut self) {
        self.keeping.looked_at = Some(Instant::now());
        if self.keeping.worker.as_ref().is_some_and(|(_, it)| !it.is_finished()) {
            return;
        }
        let is_demo = self.desk.shop().is_ok_and(|shop| shop.is_demo);
        let backs_up = !self.desk.is_view_only() && !is_demo;
        let round = self.desk.look_due().ok().flatten();
        if !backs_up && round.is_none() {
            return;
        }
        let Ok(desk) = self.desk.again() else { return };
        self.desk.book().doubt(!self.desk.is_view_only() && round.as_ref().is_some_and(|round| round.is_unclean));
        let (stopper, out) = (desk.book().stopper(), self.out.clone());
        let keeping = move || {
            let is_sound = round.is_none_or(|round| looking::look_through(&desk, &round, &out));
            if is_sound && backs_up {
                let _ = out.send(Event::BackedUp(desk.back_up_if_due().map_err(|error| error.to_string())));
            }
        };
        match std::thread::Builder::new().name("keeping".to_owned()).spawn(keeping) {
            Ok(worker) => self.keeping.worker = Some((Box::new(move || stopper.stop()), worker)),
            Err(_) => self.desk.book().doubt(false),
        }
    }

    /// Looks after the backup again when an hour has passed.
    pub(super) fn keep_if_due(&mut self) {
        if self.keeping.looked_at.is_some_and(|at| at.elapsed() > BETWEEN) {
            self.keep();
        }
    }

    /// The backup was looked after.
    pub(super) fn backed_up(&mut self, result: Result<Option<DateTime<Utc>>, String>) {
        match result {
            Ok(made) => self.keeping.state = made.map(|at| self.backup_words(at)).unwrap_or_default(),
            Err(sentence) => {
                "backup FAILED".clone_into(&mut self.keeping.state);
                self.say(Tone::Warn, format!("No backup was made. {sentence}"));
            }
        }
    }

    fn backup_words(&self, at: DateTime<Utc>) -> String {
        let Ok(shop) = self.desk.shop() else { return String::new() };
        let local = at.with_timezone(&shop.time_zone).naive_local();
        let today = self.desk.today() == local.date();
        let when = if today {
            local.format("%H:%M").to_string()
        } else {
            crate::tui::words::day(local.date(), self.desk.today(), shop.style)
        };
        format!("backup OK {when}")
    }
}

/// The question before a pass that reaches far, or goes back.
fn pass_question(waiting: Waiting) -> Question {
    let Waiting { why, steps, confirmed, is_clock_back } = waiting;
    let mut lines = vec![sentence(&why), " ".to_owned()];
    match steps.as_slice() {
        [] => lines.push("Nothing would come due, be issued, become overdue or end.".to_owned()),
        steps => {
            lines.push("Today's billing would do all of this at once:".to_owned());
            lines.extend(steps.iter().map(|step| format!("- {step}")));
        }
    }
    lines.push(" ".to_owned());
    let advice = if is_clock_back {
        "Say no and set the clock of this computer right, unless you know that it is."
    } else {
        "Is today's date at the top right? If not, say no and set the clock of this computer right first."
    };
    lines.push(advice.to_owned());
    let mut question = Question::dangerous("Today's billing has not run yet", "", Reply::CatchUp(confirmed));
    (question.lines, question.yes, question.no) = (lines, "Run it", "Not now");
    question
}
