//! A list to choose one thing from: typed to narrow, or short, where a digit or letter picks (F9).
//!
//! The choice goes back as an [`Answer`] to the one that asked. What cannot be chosen stays in the list and says why.

use ratatui::layout::Rect;

use super::boxed;
use crate::tui::command::{Able, Command};
use crate::tui::desk::Desk;
use crate::tui::format::{self, Align};
use crate::tui::keymap::Context;
use crate::tui::reply::{Answer, Dialog, Entry, Input, Reply};
use crate::tui::synonyms::{self, Meaning};
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::find::Find;
use crate::tui::widgets::hits::Target;

/// What picks the entries of a short list.
const LETTERS: &str = "123456789abcdefghijklmnopqrstuvwxyz";

/// Finds entries by what was typed.
type Finding = dyn Fn(&Desk, &str) -> Vec<Entry>;

/// It, boxed: it may know whom it finds them for.
struct Search(Box<Finding>);

impl std::fmt::Debug for Search {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Search")
    }
}

/// Where the entries come from.
#[derive(Debug)]
enum Source {
    /// They are all here and are narrowed by their text.
    Here(Vec<Entry>),
    /// The desk finds them.
    Desk(Search),
}

/// A list to choose from.
#[derive(Debug)]
pub struct Picker {
    title: String,
    asked: &'static str,
    source: Source,
    shown: Vec<Entry>,
    find: Find,
    at: usize,
    page: usize,
    /// How many entries stand below each other: in a short list that is too long for the page, half of them.
    deep: usize,
    short: bool,
    /// Everyday words find an entry too.
    by_meaning: bool,
}

impl Picker {
    /// Entries to narrow by typing.
    pub fn new(asked: &'static str, title: impl Into<String>, entries: Vec<Entry>) -> Self {
        let shown = entries.clone();
        let (title, source) = (title.into(), Source::Here(entries));
        let (find, short, by_meaning) = (Find::default(), false, false);
        Self { title, asked, source, shown, find, at: 0, page: 1, deep: 1, short, by_meaning }
    }

    /// A short list whose entries are picked by digit or letter.
    pub fn short(asked: &'static str, title: impl Into<String>, entries: Vec<Entry>) -> Self {
        Self { short: true, ..Self::new(asked, title, entries) }
    }

    /// Deeds, found by everyday words too.
    pub fn of_deeds(asked: &'static str, title: impl Into<String>, entries: Vec<Entry>) -> Self {
        Self { by_meaning: true, ..Self::new(asked, title, entries) }
    }

    /// Entries the desk finds by what is typed.
    pub fn searching(
        asked: &'static str,
        title: impl Into<String>,
        desk: &Desk,
        search: impl Fn(&Desk, &str) -> Vec<Entry> + 'static,
    ) -> Self {
        let first = search(desk, "");
        Self { source: Source::Desk(Search(Box::new(search))), ..Self::new(asked, title, first) }
    }

    /// With the cursor on the entry with `key`.
    pub fn at(mut self, key: &str) -> Self {
        self.at = self.shown.iter().position(|entry| entry.key == key).unwrap_or(0);
        self
    }

    fn narrow(&mut self, desk: &Desk) {
        let typed = self.find.text().to_owned();
        self.shown = match &self.source {
            Source::Desk(search) => (search.0)(desk, self.find.text()),
            Source::Here(entries) => fitting(entries, &typed, self.by_meaning),
        };
        self.at = 0;
    }

    fn choose(&mut self, number: usize, desk: &Desk) -> Reply {
        let Some(entry) = self.shown.get(number) else { return Reply::Nothing };
        self.at = number;
        match (&entry.able, &entry.act) {
            (Able::Yes, Some(act)) => Reply::All(vec![Reply::Close, act.run(desk)]),
            (Able::Yes, None) => {
                Reply::Give(Answer { asked: self.asked, key: entry.key.clone(), text: entry.text.clone() })
            }
            (Able::Because(why), _) => Reply::refuse(why),
            (Able::NotHere, _) => Reply::refuse("That is not possible here."),
        }
    }

    /// What picks an entry of a short list: its own letter, else the first that is nobody's, by its place.
    fn letter(&self, number: usize) -> Option<char> {
        let own = |entry: &Entry| entry.letter;
        if let Some(letter) = self.shown.get(number).and_then(own) {
            return Some(letter);
        }
        let before = self.shown.iter().take(number).filter(|entry| entry.letter.is_none()).count();
        let mut free = LETTERS.chars().filter(|letter| !self.shown.iter().any(|entry| entry.letter == Some(*letter)));
        free.nth(before)
    }

    fn typed(&mut self, letter: char, desk: &Desk) -> Reply {
        if self.short {
            let typed = Some(letter.to_ascii_lowercase());
            let picked = (0..self.shown.len()).find(|number| self.letter(*number) == typed);
            return picked.map_or(Reply::Nothing, |number| self.choose(number, desk));
        }
        if self.find.typed(letter) {
            self.narrow(desk);
        }
        Reply::Nothing
    }

    fn command(&mut self, command: Command, desk: &Desk) -> Reply {
        let last = self.shown.len().saturating_sub(1);
        self.at = match command {
            Command::Up => self.at.checked_sub(1).unwrap_or(last),
            Command::Down if self.at == last => 0,
            Command::Down | Command::Next => (self.at + 1).min(last),
            Command::Prev => self.at.saturating_sub(1),
            Command::PageUp => self.at.saturating_sub(self.page),
            Command::PageDown => (self.at + self.page).min(last),
            Command::Left if self.short => self.at.checked_sub(self.deep).unwrap_or(self.at),
            Command::Right if self.short && self.at + self.deep <= last => self.at + self.deep,
            Command::Right if self.short => self.at,
            Command::Choose => return self.choose(self.at, desk),
            Command::Back if !self.find.is_empty() => {
                self.find.clear();
                self.narrow(desk);
                return Reply::Nothing;
            }
            _ => match self.find.command(command) {
                Some(_) => {
                    self.narrow(desk);
                    return Reply::Nothing;
                }
                None => return Reply::Pass,
            },
        };
        Reply::Nothing
    }

    fn rows(&self, canvas: &mut Canvas<'_>, body: Rect) {
        let columns = if self.short { self.shown.len().div_ceil(self.deep.max(1)).max(1) } else { 1 };
        let width = body.width / u16::try_from(columns).unwrap_or(1);
        let deep = usize::from(body.height).max(1);
        let first = if columns > 1 { 0 } else { (self.at + 1).saturating_sub(deep) };
        let notes = if columns > 1 { 0 } else { widest(&self.shown, |entry| &entry.note) };
        for number in first..self.shown.len().min(first + deep * columns) {
            let below = number - first;
            let x = body.x + u16::try_from(below / deep).unwrap_or(0) * width;
            let y = body.y + u16::try_from(below % deep).unwrap_or(0);
            self.row(canvas, Rect { x, y, width, height: 1 }, number, notes);
        }
        if self.shown.is_empty() {
            canvas.put(body.x + 1, body.y, body.width, "Nothing matches. Backspace shows more again.", Ink::Dim);
        }
    }

    /// Draws an entry; its note takes at least `notes` cells.
    fn row(&self, canvas: &mut Canvas<'_>, place: Rect, number: usize, notes: usize) {
        let Some(entry) = self.shown.get(number) else { return };
        let letter = self.letter(number).unwrap_or(' ');
        let lead = if self.short { format!("{letter} ") } else { String::new() };
        let mark = if number == self.at { '>' } else { ' ' };
        let room = usize::from(place.width).saturating_sub(5 + lead.len() + format::width(&entry.note).max(notes));
        let text = if entry.able.is_yes() { entry.text.clone() } else { format!("({})", entry.text) };
        let text = format::pad(&text, room, Align::Left);
        let line = format!(" {mark} {lead}{text} {}", entry.note);
        canvas.put(place.x, place.y, place.width, &line, if entry.able.is_yes() { Ink::Plain } else { Ink::Off });
        if number == self.at {
            canvas.tint(place, Ink::Cursor);
        }
        canvas.target(place, Target::Row(number));
    }

    /// How wide the box is for all of `entries`, and how many of them stand below each other in a box that may be as
    /// large as `most`.
    fn measure(&self, entries: &[Entry], most: Rect) -> (u16, usize) {
        let column = u16::try_from(widest(entries, |entry| &entry.text) + widest(entries, |entry| &entry.note) + 12)
            .unwrap_or(u16::MAX);
        if self.short && entries.len() > usize::from(most.height) {
            return ((column * 2 + 2).clamp(44, most.width.max(44)), entries.len().div_ceil(2));
        }
        (column.saturating_add(2).clamp(44, most.width.saturating_sub(4).max(44)), entries.len().max(4))
    }
}

fn widest(entries: &[Entry], part: fn(&Entry) -> &str) -> usize {
    entries.iter().map(|entry| format::width(part(entry))).max().unwrap_or(0)
}

/// The entries that fit what was typed, the best first; those that fit alike stay in their order.
fn fitting(entries: &[Entry], typed: &str, by_meaning: bool) -> Vec<Entry> {
    let words = |entry: &Entry| if by_meaning { synonyms::of(&entry.text) } else { Meaning::default() };
    let rank = |entry: &Entry| synonyms::rank(typed, &format!("{} {}", entry.text, entry.note), &words(entry));
    let mut found: Vec<(u8, &Entry)> = entries.iter().filter_map(|entry| Some((rank(entry)?, entry))).collect();
    // Of deeds that fit alike, those that can be done stand first.
    found.sort_by_key(|(rank, entry)| (*rank, by_meaning && !entry.able.is_yes()));
    found.into_iter().map(|(_, entry)| entry.clone()).collect()
}

impl Dialog for Picker {
    fn context(&self) -> Context {
        if self.short { Context::MenuShort } else { Context::Choice }
    }

    fn typing(&self) -> bool {
        !self.short
    }

    fn can(&self, command: Command) -> Able {
        if command == Command::New { Able::NotHere } else { Able::Yes }
    }

    fn takes_held(&self, command: Command) -> bool {
        command != Command::Choose
    }

    fn handle(&mut self, input: Input, desk: &Desk) -> Reply {
        match input {
            Input::Typed(letter) => self.typed(letter, desk),
            Input::Pasted(text) if !self.short && self.find.pasted(&text) => {
                self.narrow(desk);
                Reply::Nothing
            }
            Input::Clicked(Target::Row(number)) => self.choose(number, desk),
            Input::Command(command) => self.command(command, desk),
            Input::Clicked(_) | Input::Pasted(_) | Input::Given(_) => Reply::Nothing,
        }
    }

    fn hint(&self) -> String {
        match self.shown.get(self.at).map(|entry| &entry.able) {
            Some(Able::Because(why)) => why.clone(),
            _ if self.short => "A digit or letter picks; Enter chooses.".to_owned(),
            _ => "Type to narrow; Enter chooses.".to_owned(),
        }
    }

    fn render(&mut self, canvas: &mut Canvas<'_>, area: Rect) {
        let all = match &self.source {
            Source::Here(entries) => entries,
            Source::Desk(_) => &self.shown,
        };
        let head = u16::from(!self.short);
        let most = Rect { height: area.height.saturating_sub(4 + head), ..area };
        let (width, deep) = self.measure(all, most);
        self.deep = deep;
        let rows = u16::try_from(deep).unwrap_or(u16::MAX);
        let height = rows.saturating_add(2 + head).min(most.height + 2 + head);
        let inside = boxed(canvas, area, width, height, &self.title);
        if inside.height <= head {
            return;
        }
        if !self.short {
            self.find.render(canvas, Rect { height: 1, ..inside }, "Find", "");
        }
        let body = Rect { y: inside.y + head, height: inside.height - head, ..inside };
        self.page = usize::from(body.height).max(1);
        self.rows(canvas, body);
        let below = self.shown.len().saturating_sub(self.at.max(self.page.saturating_sub(1)) + 1);
        if below > 0 && deep > self.page {
            let more = format!(" {below} more below ");
            let x = inside.right().saturating_sub(u16::try_from(more.len()).unwrap_or(0) + 2);
            canvas.put(x, inside.bottom(), inside.width, &more, Ink::Dim);
        }
    }
}
