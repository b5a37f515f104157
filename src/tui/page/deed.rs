//! What can be done with a thing, wherever it stands: one table a thing, used by its list, its page, Find anything, the
//! menu of F9 and the menu of all commands alike. Nothing but the table links an entry of a menu to what it does.
//!
//! A deed has one letter everywhere. It says of itself what it works on: on one record, on all marked ones, or on
//! neither; the menu greys what cannot work on what is marked, with the reason.

use std::rc::Rc;

use crate::tui::command::{Able, Command};
use crate::tui::desk::Desk;
use crate::tui::reply::{Act, Entry, Reply};

/// What a deed works on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum On {
    /// One record; greyed while several are marked.
    One,
    /// All marked records, or the one under the cursor.
    Marked,
    /// No record is changed by it, or none at all is needed: it opens, copies, or begins something new.
    Nothing,
}

/// What a page has its deeds for: the record under the cursor, and what is marked.
pub trait Chosen {
    /// What one of them is called.
    const ONE: &'static str;

    /// How many are marked.
    fn marked(&self) -> usize;

    /// With what only the menu has to know, and a key does not.
    fn read(self, _desk: &Desk) -> Self
    where
        Self: Sized,
    {
        self
    }
}

/// Something that can be done with a thing.
#[derive(Debug)]
pub struct Deed<C: 'static> {
    /// Its name, the same on every page that has it.
    pub name: &'static str,
    /// What picks it in the menu, everywhere.
    pub letter: char,
    /// The command whose key does it too, as things stand.
    pub key: fn(&C) -> Option<Command>,
    /// What its key is called in the footer.
    pub word: &'static str,
    pub on: On,
    /// What it does, and to what.
    pub text: fn(&C) -> String,
    /// Whether it can be done; what does not belong here is left out.
    pub able: fn(&C) -> Able,
    pub run: fn(&C, &Desk) -> Reply,
}

/// A deed on one record that can always be done; the rest of it is said where it stands.
pub const fn one<C>(name: &'static str, letter: char, text: fn(&C) -> String) -> Deed<C> {
    Deed { name, letter, key: |_| None, word: name, on: On::One, text, able: |_| Able::Yes, run: |_, _| Reply::Nothing }
}

impl<C: Chosen> Deed<C> {
    /// Whether it can be done, with what is marked.
    fn can(&self, chosen: &C) -> Able {
        match (chosen.marked(), (self.able)(chosen)) {
            (marked @ 2.., able) if self.on == On::One && able.is_here() => {
                Able::Because(format!("This works on one {}, and {marked} are marked: Esc unmarks them.", C::ONE))
            }
            (_, able) => able,
        }
    }
}

/// What can be done with something, whatever it is.
pub trait Menu {
    /// Whether the key of a command does something; `None` where there is no such deed.
    fn can(&self, command: Command) -> Option<Able>;

    /// What the key of a command is called.
    fn word(&self, command: Command) -> Option<&'static str>;

    /// Does what the key of a command means, or says why not.
    fn run(&self, command: Command, desk: &Desk) -> Option<Reply>;

    /// All of it, for F9 and F10.
    fn entries(self: Box<Self>, desk: &Desk) -> Vec<Entry>;
}

/// The deeds of a table on what is chosen.
struct Bound<C: 'static> {
    table: &'static [Deed<C>],
    chosen: C,
}

/// The deeds of a table on what is chosen.
pub fn menu<C: Chosen + 'static>(table: &'static [Deed<C>], chosen: C) -> Box<dyn Menu> {
    Box::new(Bound { table, chosen })
}

impl<C: Chosen + 'static> Menu for Bound<C> {
    fn can(&self, command: Command) -> Option<Able> {
        can(self.table, command, &self.chosen)
    }

    fn word(&self, command: Command) -> Option<&'static str> {
        word(self.table, command, &self.chosen)
    }

    fn run(&self, command: Command, desk: &Desk) -> Option<Reply> {
        run(self.table, command, &self.chosen, desk)
    }

    fn entries(self: Box<Self>, desk: &Desk) -> Vec<Entry> {
        entries(self.table, self.chosen, desk)
    }
}

/// The entries of a table, for F9 and F10.
pub fn entries<C: Chosen + 'static>(table: &'static [Deed<C>], chosen: C, desk: &Desk) -> Vec<Entry> {
    let chosen = Rc::new(chosen.read(desk));
    let entry = |deed: &'static Deed<C>| {
        let able = deed.can(&chosen);
        let note = (deed.key)(&chosen).map_or("", key);
        let own = Rc::clone(&chosen);
        let act = Act::new(move |desk| (deed.run)(&own, desk));
        able.is_here().then(|| Entry::of((deed.text)(&chosen), deed.letter, act).note(note).able(able))
    };
    table.iter().filter_map(entry).collect()
}

/// Whether the key of a command does something with what is chosen; `None` where the table has no such command.
pub fn can<C: Chosen>(table: &'static [Deed<C>], command: Command, chosen: &C) -> Option<Able> {
    of(table, command, chosen).map(|deed| deed.can(chosen))
}

/// What the key of a command is called.
pub fn word<C: Chosen>(table: &'static [Deed<C>], command: Command, chosen: &C) -> Option<&'static str> {
    of(table, command, chosen).map(|deed| deed.word)
}

/// Does what the key of a command means, or says why not.
pub fn run<C: Chosen>(table: &'static [Deed<C>], command: Command, chosen: &C, desk: &Desk) -> Option<Reply> {
    let deed = of(table, command, chosen)?;
    Some(match deed.can(chosen) {
        Able::Yes => (deed.run)(chosen, desk),
        Able::Because(why) => Reply::refuse(why),
        Able::NotHere => Reply::Pass,
    })
}

/// The deed of a command: the first of its deeds that belongs here.
fn of<C: Chosen>(table: &'static [Deed<C>], command: Command, chosen: &C) -> Option<&'static Deed<C>> {
    let mut own = table.iter().filter(|deed| (deed.key)(chosen) == Some(command)).peekable();
    let first = own.peek().copied();
    own.find(|deed| (deed.able)(chosen).is_here()).or(first)
}

/// The key of a command, as a menu shows it.
const fn key(command: Command) -> &'static str {
    match command {
        Command::Open => "Enter",
        Command::Edit => "F2",
        Command::New => "F6",
        Command::Print => "F7",
        Command::Main => "F8",
        Command::Copy => "Ctrl+C",
        _ => "",
    }
}
