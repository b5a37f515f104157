//! The one that acts: keys come in, screens and dialogs answer with a [`Reply`], and `App` carries it out.
//!
//! There is no queue and no clock in here. [`App::step`] takes one event and says what the loop must do;
//! [`App::draw`] draws all of it. Pages lie in a short stack: a tab, and at most two records above it, so that six
//! times Esc always lead to Today.

mod act;
mod anywhere;
mod books;
mod drafts;
mod draw;
mod leave;
mod ledger;
mod looking;
mod menu;
mod pages;
mod saying;
mod waits;

use std::sync::mpsc::Sender;

use super::beside::Beside;
use super::command::{Able, Command};
use super::desk::{Action, Desk, DeskError, PassOptions, reads};
use super::event::{Event, Mouse, Pace, Press};
use super::jobs::Running;
use super::keymap::{self, Context, Key};
use super::place::{Place, Tab};
use super::reply::{Dialog, Input, Message, Reply, Tone};
use super::terminal::Desktop;
use super::theme::Theme;
use super::widgets::hits::{Hits, Target};
use books::Keeping;
use ledger::Memory;
pub use pages::Opener;
use pages::Pages;
use saying::Said;
use waits::Waits;

/// The smallest window rentbook works in.
pub const SMALLEST: (u16, u16) = (80, 20);

/// From this many Esc in a row a page leaves at once, whatever it could still clear; the next one goes to Today.
const IMPATIENT: u8 = 5;

/// What the loop does after an event.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Flow {
    /// Nothing changed on the screen.
    Still,
    /// Draw.
    Draw,
    /// Draw every cell anew.
    Redraw,
    /// Leave.
    Quit,
}

/// What `App` is made of.
pub struct Parts {
    /// The desk staff work at.
    pub desk: Desk,
    /// Which screen a place is.
    pub open: Opener,
    pub theme: Theme,
    pub desktop: Box<dyn Desktop>,
    /// Where jobs report to.
    pub out: Sender<Event>,
}

/// The whole terminal interface.
pub struct App {
    desk: Desk,
    theme: Theme,
    desktop: Box<dyn Desktop>,
    out: Sender<Event>,
    pages: Pages,
    dialogs: Vec<Box<dyn Dialog>>,
    spoken: Said,
    waits: Option<Waits>,
    job: Option<Running>,
    beside: Option<Beside>,
    memory: Memory,
    keeping: Keeping,
    hits: Hits,
    size: (u16, u16),
    escapes: u8,
    flow: Flow,
}

impl App {
    /// Opens on Today.
    pub fn new(parts: Parts) -> Self {
        let Parts { desk, open, theme, desktop, out } = parts;
        let mut app = Self {
            pages: Pages::new(open, &desk),
            desk,
            theme,
            desktop,
            out,
            dialogs: Vec::new(),
            spoken: Said::default(),
            waits: None,
            job: None,
            beside: None,
            memory: Memory::default(),
            keeping: Keeping::default(),
            hits: Hits::default(),
            size: SMALLEST,
            escapes: 0,
            flow: Flow::Draw,
        };
        app.settle();
        app
    }

    /// The desk, for tests and for the end of the program.
    pub const fn desk(&self) -> &Desk {
        &self.desk
    }

    /// The desk, to set something up before the first event.
    pub const fn desk_mut(&mut self) -> &mut Desk {
        &mut self.desk
    }

    /// The tab that is open, or lies below the open record.
    pub const fn tab(&self) -> Tab {
        self.pages.tab()
    }

    /// How many records lie above the tab.
    pub fn depth(&self) -> usize {
        self.pages.depth()
    }

    /// How many dialogs are open.
    pub fn dialog_count(&self) -> usize {
        self.dialogs.len()
    }

    /// The message, when there is one.
    pub const fn message(&self) -> Option<&Message> {
        self.spoken.now()
    }

    /// Takes one event.
    pub fn step(&mut self, event: Event) -> Flow {
        self.flow = Flow::Draw;
        match event {
            Event::Key(press) => self.key(press),
            Event::Paste(text) => self.paste(text),
            Event::Mouse(mouse) => self.mouse(mouse),
            Event::Resize(width, height) => {
                self.size = (width, height);
                // Sizes come in batches: a window that shrank and grew between two pictures has lost cells.
                self.flow = Flow::Redraw;
            }
            Event::Job(report) => self.job_reports(report),
            Event::Errand => {}
            Event::Ledger(read) => self.keep_ledger(read),
            Event::Looked(looked) => self.looked(looked),
            Event::BackedUp(result) => self.backed_up(result),
            Event::DayChanged => self.begin_day(),
            Event::BookChanged => self.pages.make_stale(),
            Event::Terminate => {
                self.keep_draft();
                self.flow = Flow::Quit;
            }
        }
        self.settle();
        self.flow
    }

    /// Reads beside the screen what the first keys of a search need, and the ledger behind the lists.
    pub fn warm(&mut self) {
        self.memory = Memory::Wanted;
        self.follow_ledger();
        let today = self.desk.today();
        // What cannot be read now is read, or complained of, when it is needed.
        self.run_beside(Box::new(move |desk| drop(desk.read(|db| reads::warm(db, today).map_err(DeskError::from)))));
    }

    /// Reads what the page on top shows, if that changed.
    fn settle(&mut self) {
        self.follow_ledger();
        if let Err(trouble) = self.pages.refresh(&self.desk) {
            self.say(Tone::Bad, trouble.sentence());
        }
        // Only the newest errand counts: while a form is open, what it tries goes before what the page below counts.
        let errand = match self.dialogs.last_mut() {
            Some(dialog) => dialog.errand(&self.desk),
            None => self.pages.top_mut().errand(),
        };
        if let Some(errand) = errand {
            self.run_beside(errand);
        }
    }

    const fn is_too_small(&self) -> bool {
        self.size.0 < SMALLEST.0 || self.size.1 < SMALLEST.1
    }

    /// Which keys count now.
    fn context(&self) -> Context {
        self.dialogs.last().map_or_else(|| self.pages.top().context(), |dialog| dialog.context())
    }

    fn typing(&self) -> bool {
        self.dialogs.last().map_or_else(|| self.pages.top().typing(), |dialog| dialog.typing())
    }

    fn key(&mut self, press: Press) {
        let Press { key, pace } = press;
        let command = keymap::lookup(self.context(), key, self.typing());
        if self.is_too_small() {
            // Nobody sees what a key would do; only leaving works, and only when nothing would be lost.
            let quits = command == Some(Command::Quit) && !self.is_dirty();
            self.flow = if quits { Flow::Quit } else { Flow::Still };
            return;
        }
        if self.waits.is_some() {
            // What is typed meanwhile would meet another page than people see.
            return if command == Some(Command::Back) { self.give_up() } else { self.flow = Flow::Still };
        }
        self.escapes = if command == Some(Command::Back) { self.escapes.saturating_add(1) } else { 0 };
        match command {
            Some(command) => self.command(command, pace),
            None => self.typed(key),
        }
    }

    fn typed(&mut self, key: Key) {
        match key.typed() {
            Some(letter) => {
                self.let_go(None);
                self.hand_over(Input::Typed(letter));
            }
            None => self.flow = Flow::Still,
        }
    }

    fn paste(&mut self, text: String) {
        if self.is_too_small() {
            self.flow = Flow::Still;
            return;
        }
        self.escapes = 0;
        self.let_go(None);
        self.hand_over(Input::Pasted(text));
    }

    fn mouse(&mut self, mouse: Mouse) {
        if self.is_too_small() {
            self.flow = Flow::Still;
            return;
        }
        self.escapes = 0;
        if mouse.wheel != 0 {
            if self.context() == Context::List {
                return self.hand_over(Input::Clicked(Target::Wheel(mouse.wheel)));
            }
            let command = if mouse.wheel > 0 { Command::Down } else { Command::Up };
            for _ in 0..mouse.wheel.unsigned_abs() {
                self.wheel(command);
            }
            return;
        }
        match self.hits.at(mouse.x, mouse.y) {
            Some(Target::Command(command)) => self.command(command, Pace::Single),
            Some(Target::Tab(number)) => self.open_tab(number),
            Some(target) => self.hand_over(Input::Clicked(target)),
            None => self.flow = Flow::Still,
        }
    }

    /// Where no list is scrolled, the wheel moves the cursor where the arrows do, and does nothing else.
    fn wheel(&mut self, command: Command) {
        let bound = keymap::rows(self.context()).any(|row| row.command == command);
        if bound {
            self.hand_over(Input::Command(command));
        }
    }

    fn open_tab(&mut self, number: usize) {
        if let Some(tab) = Tab::ALL.get(number) {
            self.act(Reply::Go(Place::Tab(*tab)));
        }
    }

    /// Does what a command means: the dialog or page on top first, then what it means everywhere.
    fn command(&mut self, command: Command, pace: Pace) {
        let top = self.dialogs.last();
        let takes = match pace {
            Pace::Single => true,
            Pace::Soon => top.is_none_or(|top| top.takes_soon(command)),
            Pace::Held => top.map_or_else(|| self.pages.top().takes_held(command), |top| top.takes_held(command)),
        };
        if !takes {
            return match pace {
                Pace::Soon => self.say(Tone::Plain, "That key came twice at once: press it again to answer."),
                _ => self.flow = Flow::Still,
            };
        }
        self.let_go(Some(command));
        if let (Command::Back, true, Some(job)) = (command, self.dialogs.is_empty(), &self.job)
            && !job.is_cancelled()
        {
            job.cancel();
            let stopping = format!("{}: stopping after this step.", job.title);
            self.say(Tone::Plain, stopping);
            return;
        }
        match self.able(command) {
            Able::Yes => {}
            Able::Because(why) => return self.say(Tone::Bad, why),
            Able::NotHere => return self.say(Tone::Plain, "That key does nothing on this page. F1 shows the keys."),
        }
        let impatient = command == Command::Back && self.escapes >= IMPATIENT && self.dialogs.is_empty();
        if impatient {
            self.everywhere(command);
        } else {
            self.hand_over(Input::Command(command));
        }
    }

    /// Whether a command can be done now.
    pub(super) fn able(&self, command: Command) -> Able {
        use Command::{Accept, AddRow, CandNext, CandPrev, Edit, Filter, Hold, Lookup, Main, Mark, MarkAll, MarkDown};
        use Command::{MarkUp, Preview, SameAsLast, Save};
        let on_page = self.dialogs.is_empty();
        match command {
            Command::Menu | Command::Actions | Command::Refresh | Command::Undo | Command::Redo if !on_page => {
                Able::because("Finish what is open first, or close it with Esc.")
            }
            Command::New | Command::Open | Command::Print | Command::Pane if on_page => self.pages.top().can(command),
            Edit | Filter | Lookup | Main | Mark | MarkAll | MarkDown | MarkUp | Accept | CandNext | CandPrev
            | Hold | AddRow | Preview | SameAsLast | Save
                if on_page =>
            {
                self.pages.top().can(command)
            }
            Command::Undo | Command::Redo if self.pages.top().is_dirty() => {
                Able::because("Save what you typed first, or leave this page with Esc.")
            }
            _ => self.dialogs.last().map_or(Able::Yes, |dialog| dialog.can(command)),
        }
    }

    /// Gives an input to the dialog or page on top and carries out its reply.
    fn hand_over(&mut self, input: Input) {
        let command = if let Input::Command(command) = &input { Some(*command) } else { None };
        let letter = matches!(input, Input::Typed(_));
        let reply = match self.dialogs.last_mut() {
            Some(dialog) => dialog.handle(input, &self.desk),
            None => self.pages.top_mut().handle(input, &self.desk),
        };
        match (reply, command) {
            (Reply::Pass, Some(command)) => self.everywhere(command),
            (Reply::Pass, None) if letter => {
                self.say(Tone::Plain, "Letters do nothing here: F9 lists what can be done, F10 every command.");
            }
            (reply, _) => self.act(reply),
        }
    }

    /// What a command means where nobody else takes it.
    fn everywhere(&mut self, command: Command) {
        match command {
            Command::Help => self.dialogs.push(Box::new(self.help())),
            Command::Menu => self.open_menu(),
            Command::Actions => self.open_actions(),
            Command::Back => self.climb(),
            Command::Quit => self.quit(),
            Command::Redraw => self.flow = Flow::Redraw,
            Command::Refresh => self.run_pass(PassOptions::default(), false),
            Command::Undo => self.attempt(Action::Undo(None), false),
            Command::Redo => self.attempt(Action::Redo, false),
            Command::Next => self.step_tab(1),
            Command::Prev => self.step_tab(-1),
            Command::Copy => self.say(Tone::Plain, "There is nothing to copy here."),
            _ => {}
        }
    }

    fn step_tab(&mut self, steps: isize) {
        if self.dialogs.is_empty() && self.depth() == 0 {
            self.pages.go_to_tab(self.pages.tab().step(steps), &self.desk);
        }
    }
}
