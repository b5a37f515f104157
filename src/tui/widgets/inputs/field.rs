//! One field of a form.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::{Ahead, Line, Notes};
use crate::domain::format::Style;
use crate::tui::format::Align;

/// One value of a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Item {
    pub key: String,
    pub text: String,
    /// What stands beside it in the list.
    pub note: String,
}

impl Item {
    /// A value.
    pub fn new(key: impl Into<String>, text: impl Into<String>) -> Self {
        Self { key: key.into(), text: text.into(), note: String::new() }
    }

    /// With something beside it.
    pub fn note(self, note: impl Into<String>) -> Self {
        Self { note: note.into(), ..self }
    }
}

/// The cells of a field of several lines.
const NOTES: u16 = 44;

/// What a field holds.
#[derive(Clone, Debug)]
pub enum Kind {
    /// One line.
    Text(Line),
    /// One line, flush right.
    Amount(Line),
    /// A day, written the shop's way.
    Date {
        line: Line,
        /// The day it was read as, while the text is unchanged.
        day: Option<NaiveDate>,
        /// The business day.
        today: NaiveDate,
        style: Style,
    },
    /// One of a few values.
    Choice {
        items: Vec<Item>,
        /// The chosen one; none while a person has not said which.
        at: Option<usize>,
        /// What was typed to find it.
        ahead: Ahead,
    },
    /// One of many values, found by typing.
    Lookup {
        line: Line,
        /// The key of the chosen value, while the text is its text.
        key: Option<String>,
    },
    /// Yes or no.
    Check(bool),
    /// Several lines; so many are shown.
    Notes(Notes, u16),
}

/// A name or label; most are written in the code, those of added rows are made.
pub type Name = Cow<'static, str>;

/// A field with its label.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name in `submit`.
    pub name: Name,
    pub label: Name,
    pub kind: Kind,
    /// The cells it takes.
    pub width: u16,
    /// What stands at its right.
    pub hint: String,
    /// What stands below it: why its text was refused.
    pub error: Option<String>,
    /// What it held the last time (Ctrl+D).
    pub last: Option<String>,
    /// It does not belong to what is filled in now: neither shown nor gone to. Its value is kept.
    pub is_hidden: bool,
    start: String,
}

impl Field {
    fn new(name: impl Into<Name>, label: impl Into<Name>, width: u16, kind: Kind) -> Self {
        let (name, label) = (name.into(), label.into());
        let mut field = Self {
            name,
            label,
            kind,
            width,
            hint: String::new(),
            error: None,
            last: None,
            is_hidden: false,
            start: String::new(),
        };
        field.start = field.value();
        field
    }

    /// A line of text.
    pub fn text(name: impl Into<Name>, label: impl Into<Name>) -> Self {
        Self::new(name, label, 34, Kind::Text(Line::new(200)))
    }

    /// An amount.
    pub fn amount(name: impl Into<Name>, label: impl Into<Name>) -> Self {
        Self::new(name, label, 14, Kind::Amount(Line::new(30)))
    }

    /// A day; `today` and `style` are the shop's.
    pub fn date(
        name: impl Into<Name>,
        label: impl Into<Name>,
        day: Option<NaiveDate>,
        today: NaiveDate,
        style: Style,
    ) -> Self {
        let mut line = Line::new(20);
        line.set(&day.map(|day| style.date(day)).unwrap_or_default());
        let mut field = Self::new(name, label, 12, Kind::Date { line, day, today, style });
        field.explain_day();
        field
    }

    /// One of a few values; `chosen` is the key of the first choice.
    pub fn choice(name: impl Into<Name>, label: impl Into<Name>, items: Vec<Item>, chosen: &str) -> Self {
        let at = Some(items.iter().position(|item| item.key == chosen).unwrap_or(0));
        Self::new(name, label, 22, Kind::Choice { items, at, ahead: Ahead::default() })
    }

    /// One of a few values that only a person can choose.
    pub fn undecided(name: impl Into<Name>, label: impl Into<Name>, items: Vec<Item>) -> Self {
        Self::new(name, label, 22, Kind::Choice { items, at: None, ahead: Ahead::default() })
    }

    /// One of many values, which the form finds by what is typed.
    pub fn lookup(name: impl Into<Name>, label: impl Into<Name>, chosen: Option<&Item>) -> Self {
        let mut field = Self::new(name, label, 34, Kind::Lookup { line: Line::new(200), key: None });
        if let Some(item) = chosen {
            field.choose(item);
        }
        field.start = field.value();
        field
    }

    /// Yes or no; `hint` says to what.
    pub fn check(name: impl Into<Name>, label: impl Into<Name>, on: bool) -> Self {
        Self::new(name, label, 3, Kind::Check(on))
    }

    /// Several lines.
    pub fn notes(name: impl Into<Name>, label: impl Into<Name>, text: &str, rows: u16) -> Self {
        Self::new(name, label, NOTES, Kind::Notes(Notes::with(text, NOTES), rows.max(1)))
    }

    /// Filled in beforehand.
    pub fn with(mut self, text: impl AsRef<str>) -> Self {
        self.fill(text.as_ref());
        self.start = self.value();
        self
    }

    /// With something at its right.
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: hint.into(), ..self }
    }

    /// With so many cells.
    pub fn width(self, width: u16) -> Self {
        Self { width, ..self }
    }

    /// With what it held the last time.
    pub fn last(self, last: Option<String>) -> Self {
        Self { last, ..self }
    }

    /// Its value as text: what was typed; of a choice the key; of a check box `yes` or nothing.
    pub fn value(&self) -> String {
        match &self.kind {
            Kind::Text(line) | Kind::Amount(line) | Kind::Date { line, .. } => line.text().trim().to_owned(),
            Kind::Choice { .. } => self.item().map(|item| item.key.clone()).unwrap_or_default(),
            Kind::Lookup { line, key } => key.clone().unwrap_or_else(|| line.text().trim().to_owned()),
            Kind::Check(on) => if *on { "yes" } else { "" }.to_owned(),
            Kind::Notes(notes, _) => notes.text().trim().to_owned(),
        }
    }

    /// The chosen one of a few values.
    pub fn item(&self) -> Option<&Item> {
        match &self.kind {
            Kind::Choice { items, at, .. } => items.get((*at)?),
            _ => None,
        }
    }

    /// Puts a text in, as if it were typed and read.
    pub fn fill(&mut self, text: &str) {
        match &mut self.kind {
            Kind::Text(line) | Kind::Amount(line) => line.set(text),
            Kind::Date { line, day, .. } => {
                line.set(text);
                *day = None;
            }
            Kind::Choice { items, at, ahead } => {
                ahead.clear();
                *at = items.iter().position(|item| item.key == text).or(*at);
            }
            Kind::Lookup { line, key } => {
                line.set(text);
                *key = None;
            }
            Kind::Check(on) => *on = !text.is_empty(),
            Kind::Notes(notes, _) => *notes = Notes::with(text, NOTES),
        }
    }

    /// Chooses a value of a list.
    pub fn choose(&mut self, item: &Item) {
        match &mut self.kind {
            Kind::Lookup { line, key } => {
                line.set(&item.text);
                *key = Some(item.key.clone());
            }
            _ => self.fill(&item.key),
        }
    }

    /// Sets the day of a date field.
    pub fn set_day(&mut self, new: NaiveDate) {
        if let Kind::Date { line, day, style, .. } = &mut self.kind {
            line.set(&style.date(new));
            *day = Some(new);
        }
        self.explain_day();
    }

    /// Whether its value is another one than at the beginning.
    pub fn is_changed(&self) -> bool {
        self.value() != self.start
    }

    /// Whether characters are text here.
    pub const fn takes_text(&self) -> bool {
        !matches!(self.kind, Kind::Check(_))
    }

    /// Where its text stands.
    pub const fn align(&self) -> Align {
        if matches!(self.kind, Kind::Amount(_)) { Align::Right } else { Align::Left }
    }
}
