//! What passes between `App` and what it shows: an [`Input`] goes in, a [`Reply`] comes out, and only `App` acts on it.
//!
//! A [`Screen`] fills the page; a [`Dialog`] stands above it. Both are given the desk to read, and return what should happen.

mod question;

use std::path::PathBuf;
use std::rc::Rc;

use ratatui::layout::Rect;

use super::beside::Errand;
use super::command::{Able, Command};
use super::desk::{Access, Action, Desk, Done, PassOptions, ShopDraft, Trouble};
use super::jobs::Job;
use super::keymap::Context;
use super::place::Place;
use super::theme::Look;
use super::widgets::canvas::Canvas;
use super::widgets::hits::Target;

pub use question::Question;

/// What a screen or dialog is given.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Input {
    /// A key that means something here.
    Command(Command),
    /// A character to write.
    Typed(char),
    /// A text to write, already one clean line.
    Pasted(String),
    /// A press of the mouse on something the last drawing declared.
    Clicked(Target),
    /// What a dialog opened by this one was given as answer.
    Given(Answer),
}

/// What was chosen in a dialog, for the one that asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answer {
    /// The name under which it was asked for.
    pub asked: &'static str,
    /// What identifies the chosen thing.
    pub key: String,
    pub text: String,
}

/// How a message is meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tone {
    /// A remark.
    Plain,
    /// It is done.
    Good,
    /// It is done, but look.
    Warn,
    /// It is not done.
    Bad,
}

/// One sentence for the message line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Message {
    /// How it is meant.
    pub tone: Tone,
    pub text: String,
}

impl Message {
    /// A message.
    pub fn new(tone: Tone, text: impl Into<String>) -> Self {
        Self { tone, text: text.into() }
    }
}

/// How one gets to another book.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Way {
    /// It is opened where it lies.
    Open(PathBuf, Access),
    /// It is made, for a shop that says this of itself.
    Make(PathBuf, Box<ShopDraft>),
    /// It is made from a backup and opened.
    BringBack {
        from: PathBuf,
        /// Where the book shall lie.
        to: PathBuf,
    },
}

/// What should happen next. `App` does it.
#[derive(Debug)]
pub enum Reply {
    /// It was taken; nothing but a new drawing follows.
    Nothing,
    /// Not for me; `App` does what the command means everywhere.
    Pass,
    /// Show a message.
    Say(Message),
    /// Show all messages of this session.
    Messages,
    /// Change the colours.
    Wear(Look),
    /// Open a dialog.
    Open(Box<dyn Dialog>),
    /// Ask yes or no.
    Ask(Box<Question>),
    /// Close me (a dialog).
    Close,
    /// Close me and give this to the one that opened me.
    Give(Answer),
    /// Perform an action. When it is done, [`Screen::done`] or [`Dialog::done`] hears of it.
    Perform(Box<Action>),
    /// Leave this book for another one.
    Enter(Way),
    /// Run today's pass.
    CatchUp(PassOptions),
    /// Do what a command means, as if its key were pressed.
    Do(Command),
    /// Go to a place.
    Go(Place),
    /// Leave this page, whatever it holds.
    Leave,
    /// Start long work.
    Run(Job),
    /// Copy a text.
    Copy(String),
    /// Show a file in its viewer.
    View(PathBuf),
    /// Leave rentbook.
    Quit,
    /// Several, in order.
    All(Vec<Reply>),
}

impl Reply {
    /// A remark in the message line.
    pub fn say(text: impl Into<String>) -> Self {
        Self::Say(Message::new(Tone::Plain, text))
    }

    /// A refusal in the message line.
    pub fn refuse(text: impl Into<String>) -> Self {
        Self::Say(Message::new(Tone::Bad, text))
    }

    /// Says that marks were dropped, where some were.
    pub fn dropped(marks: usize) -> Self {
        if marks == 0 { Self::Nothing } else { Self::Say(Message::new(Tone::Warn, super::words::dropped(marks))) }
    }

    /// Opens a dialog.
    pub fn open(dialog: impl Dialog + 'static) -> Self {
        Self::Open(Box::new(dialog))
    }

    /// Asks.
    pub fn ask(question: Question) -> Self {
        Self::Ask(Box::new(question))
    }

    /// Performs an action.
    pub fn perform(action: Action) -> Self {
        Self::Perform(Box::new(action))
    }
}

/// What an entry does when it is chosen, with all it works on.
#[derive(Clone)]
pub struct Act(Rc<dyn Fn(&Desk) -> Reply>);

impl Act {
    /// Does this.
    pub fn new(run: impl Fn(&Desk) -> Reply + 'static) -> Self {
        Self(Rc::new(run))
    }

    /// Does it.
    pub fn run(&self, desk: &Desk) -> Reply {
        (self.0)(desk)
    }
}

impl std::fmt::Debug for Act {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Act")
    }
}

/// One entry of the actions of a page (F9), also in the menu (F10).
#[derive(Clone, Debug)]
pub struct Entry {
    /// What comes back in [`Answer::key`] when it is chosen, unless it does something itself.
    pub key: String,
    /// What picks it in a short menu; else its place does.
    pub letter: Option<char>,
    /// What it does itself.
    pub act: Option<Act>,
    pub text: String,
    /// What stands at its right: a key, an amount.
    pub note: String,
    /// Whether it can be chosen, and why not.
    pub able: Able,
}

impl Entry {
    /// An entry that can be chosen.
    pub fn new(key: impl Into<String>, text: impl Into<String>) -> Self {
        let (key, text) = (key.into(), text.into());
        Self { key, letter: None, act: None, text, note: String::new(), able: Able::Yes }
    }

    /// An entry that does something itself, picked by its place.
    pub fn acting(text: impl Into<String>, run: impl Fn(&Desk) -> Reply + 'static) -> Self {
        Self { act: Some(Act::new(run)), ..Self::new("", text) }
    }

    /// An entry that does something itself, picked by its letter.
    pub fn of(text: impl Into<String>, letter: char, act: Act) -> Self {
        Self { letter: Some(letter), act: Some(act), ..Self::new("", text) }
    }

    /// With a note at its right.
    pub fn note(self, note: impl Into<String>) -> Self {
        Self { note: note.into(), ..self }
    }

    /// Able or not.
    pub fn able(self, able: Able) -> Self {
        Self { able, ..self }
    }
}

/// A page.
pub trait Screen {
    /// Which keys it has.
    fn context(&self) -> Context;

    /// Whether text is being typed here, so that Space and `?` are text.
    fn typing(&self) -> bool {
        false
    }

    /// The way to this page (`Customers`, `Acme Corp`); empty on the six tabs, which show the tabs instead.
    fn crumbs(&self) -> Vec<String> {
        Vec::new()
    }

    /// What stands at the right of the crumbs: `3 of 41   Left/Right: others`.
    fn crumb_note(&self) -> String {
        String::new()
    }

    /// Reads what it shows, anew. Called when it is first shown, and when something it may show has changed.
    fn refresh(&mut self, desk: &Desk) -> Result<(), Trouble>;

    /// What it wants read beside the screen (a count, a sum), once each time it wants it.
    fn errand(&mut self) -> Option<Errand> {
        None
    }

    /// Shows only these rows; for the six tabs, when one arrives from a line or a figure.
    fn narrow(&mut self, _narrow: &super::place::Narrow) {}

    /// Whether a command can be done now. Moving and typing need no answer; they are handed over always.
    fn can(&self, command: Command) -> Able;

    /// The word of the footer for a command, where this page has a better one (`Mark paid`).
    fn word(&self, _command: Command) -> Option<&'static str> {
        None
    }

    /// What can be done with the record under the cursor: harmless entries first, each with what it does.
    fn actions(&self, _desk: &Desk) -> Vec<Entry> {
        Vec::new()
    }

    /// What stands in the message line while there is no message: a hint at the left, a position at the right.
    fn hint(&self) -> (String, String) {
        (String::new(), String::new())
    }

    /// Takes an input.
    fn handle(&mut self, input: Input, desk: &Desk) -> Reply;

    /// Whether the presses of a held key count.
    fn takes_held(&self, _command: Command) -> bool {
        true
    }

    /// Whether leaving it would lose typed text; then it is asked about first.
    fn is_dirty(&self) -> bool {
        false
    }

    /// What is half typed: a title, then each field with its text.
    fn typed(&self) -> Vec<(String, String)> {
        Vec::new()
    }

    /// An action it asked for is done.
    fn done(&mut self, _done: &Done, _desk: &Desk) -> Reply {
        Reply::Nothing
    }

    /// An action it asked for was not done.
    fn refused(&mut self, trouble: &Trouble) -> Reply {
        Reply::refuse(trouble.sentence())
    }

    /// Draws itself into `area`.
    fn render(&mut self, canvas: &mut Canvas<'_>, area: Rect);
}

/// Something above the page that has all the keys until it closes.
pub trait Dialog: std::fmt::Debug {
    /// Which keys it has.
    fn context(&self) -> Context;

    /// Whether text is being typed here.
    fn typing(&self) -> bool {
        false
    }

    /// Whether a command can be done now.
    fn can(&self, _command: Command) -> Able {
        Able::Yes
    }

    /// The word of the footer for a command, where this dialog has a better one.
    fn word(&self, _command: Command) -> Option<&'static str> {
        None
    }

    /// Whether a second press counts that may be the first repeat of a held key. Questions say no.
    fn takes_soon(&self, _command: Command) -> bool {
        true
    }

    /// Whether the presses of a held key count. Questions and buttons say no.
    fn takes_held(&self, _command: Command) -> bool {
        true
    }

    /// Whether closing it would lose typed text.
    fn is_dirty(&self) -> bool {
        false
    }

    /// What is half typed: a title, then each field with its text.
    fn typed(&self) -> Vec<(String, String)> {
        Vec::new()
    }

    /// Whether it is there to write to the book: it is not opened where the book is open for viewing only.
    fn writes(&self) -> bool {
        false
    }

    /// Takes an input.
    fn handle(&mut self, input: Input, desk: &Desk) -> Reply;

    /// What it wants tried beside the screen, once.
    fn errand(&mut self, _desk: &Desk) -> Option<Errand> {
        None
    }

    /// An action it asked for is done: it closes, unless it has more to do.
    fn done(&mut self, _done: &Done, _desk: &Desk) -> Reply {
        Reply::Close
    }

    /// An action it asked for was not done; it stays open with all that was typed.
    fn refused(&mut self, trouble: &Trouble) -> Reply {
        Reply::refuse(trouble.sentence())
    }

    /// The hint for the message line.
    fn hint(&self) -> String {
        String::new()
    }

    /// Draws itself somewhere in `area`.
    fn render(&mut self, canvas: &mut Canvas<'_>, area: Rect);
}
