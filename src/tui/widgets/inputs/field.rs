//! One field of a form.

use chrono::{Datelike as _, Days, NaiveDate};

use super::{Line, Notes};
use crate::domain::format::Style;
use crate::tui::command::Command;
use crate::tui::format::Align;

/// One value of a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Item {
    /// What identifies it.
    pub key: String,
    /// How it reads.
    pub text: String,
    /// What stands beside it in the list.
    pub note: String,
}

impl Item {
    /// A value.
    #[must_use]
    pub fn new(key: impl Into<String>, text: impl Into<String>) -> Self {
        Self { key: key.into(), text: text.into(), note: String::new() }
    }

    /// With something beside it.
    #[must_use]
    pub fn note(self, note: impl Into<String>) -> Self {
        Self { note: note.into(), ..self }
    }
}

/// What a field holds.
#[derive(Clone, Debug)]
pub enum Kind {
    /// One line.
    Text(Line),
    /// One line, flush right.
    Amount(Line),
    /// A day, written the shop's way.
    Date {
        /// What stands there.
        line: Line,
        /// The day it was read as, while the text is unchanged.
        day: Option<NaiveDate>,
        /// The business day.
        today: NaiveDate,
        /// The shop's way.
        style: Style,
    },
    /// One of a few values.
    Choice {
        /// The values.
        items: Vec<Item>,
        /// The chosen one.
        at: usize,
    },
    /// One of many values, found by typing.
    Lookup {
        /// What stands there.
        line: Line,
        /// The key of the chosen value, while the text is its text.
        key: Option<String>,
    },
    /// Yes or no.
    Check(bool),
    /// Several lines; so many are shown.
    Notes(Notes, u16),
}

/// A field with its label.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name in `submit`.
    pub name: &'static str,
    /// Its label.
    pub label: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// The cells it takes.
    pub width: u16,
    /// What stands at its right.
    pub hint: String,
    /// What stands below it: why its text was refused.
    pub error: Option<String>,
    /// What it held the last time (Ctrl+D).
    pub last: Option<String>,
    start: String,
}

impl Field {
    fn new(name: &'static str, label: &'static str, width: u16, kind: Kind) -> Self {
        let mut field =
            Self { name, label, kind, width, hint: String::new(), error: None, last: None, start: String::new() };
        field.start = field.value();
        field
    }

    /// A line of text.
    #[must_use]
    pub fn text(name: &'static str, label: &'static str) -> Self {
        Self::new(name, label, 34, Kind::Text(Line::new(200)))
    }

    /// An amount.
    #[must_use]
    pub fn amount(name: &'static str, label: &'static str) -> Self {
        Self::new(name, label, 14, Kind::Amount(Line::new(30)))
    }

    /// A day; `today` and `style` are the shop's.
    #[must_use]
    pub fn date(
        name: &'static str,
        label: &'static str,
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
    #[must_use]
    pub fn choice(name: &'static str, label: &'static str, items: Vec<Item>, chosen: &str) -> Self {
        let at = items.iter().position(|item| item.key == chosen).unwrap_or(0);
        Self::new(name, label, 22, Kind::Choice { items, at })
    }

    /// One of many values, which the form finds by what is typed.
    #[must_use]
    pub fn lookup(name: &'static str, label: &'static str, chosen: Option<&Item>) -> Self {
        let mut field = Self::new(name, label, 34, Kind::Lookup { line: Line::new(200), key: None });
        if let Some(item) = chosen {
            field.choose(item);
        }
        field.start = field.value();
        field
    }

    /// Yes or no; `hint` says to what.
    #[must_use]
    pub fn check(name: &'static str, label: &'static str, on: bool) -> Self {
        Self::new(name, label, 3, Kind::Check(on))
    }

    /// Several lines.
    #[must_use]
    pub fn notes(name: &'static str, label: &'static str, text: &str, rows: u16) -> Self {
        Self::new(name, label, 44, Kind::Notes(Notes::with(text), rows.max(1)))
    }

    /// Filled in beforehand.
    #[must_use]
    pub fn with(mut self, text: impl AsRef<str>) -> Self {
        self.fill(text.as_ref());
        self.start = self.value();
        self
    }

    /// With something at its right.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: hint.into(), ..self }
    }

    /// With so many cells.
    #[must_use]
    pub fn width(self, width: u16) -> Self {
        Self { width, ..self }
    }

    /// With what it held the last time.
    #[must_use]
    pub fn last(self, last: Option<String>) -> Self {
        Self { last, ..self }
    }

    /// Its value as text: what was typed; of a choice the key; of a check box `yes` or nothing.
    #[must_use]
    pub fn value(&self) -> String {
        match &self.kind {
            Kind::Text(line) | Kind::Amount(line) | Kind::Date { line, .. } => line.text().trim().to_owned(),
            Kind::Choice { items, at } => items.get(*at).map(|item| item.key.clone()).unwrap_or_default(),
            Kind::Lookup { line, key } => key.clone().unwrap_or_else(|| line.text().trim().to_owned()),
            Kind::Check(on) => if *on { "yes" } else { "" }.to_owned(),
            Kind::Notes(notes, _) => notes.text().trim().to_owned(),
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
            Kind::Choice { items, at } => *at = items.iter().position(|item| item.key == text).unwrap_or(*at),
            Kind::Lookup { line, key } => {
                line.set(text);
                *key = None;
            }
            Kind::Check(on) => *on = !text.is_empty(),
            Kind::Notes(notes, _) => *notes = Notes::with(text),
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

    fn explain_day(&mut self) {
        if let Kind::Date { day, today, .. } = &self.kind {
            self.hint = day.map(|day| explain(day, *today)).unwrap_or_default();
        }
    }

    /// Whether its value is another one than at the beginning.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.value() != self.start
    }

    /// Whether characters are text here.
    #[must_use]
    pub const fn takes_text(&self) -> bool {
        !matches!(self.kind, Kind::Check(_))
    }

    /// Where its text stands.
    #[must_use]
    pub const fn align(&self) -> Align {
        if matches!(self.kind, Kind::Amount(_)) { Align::Right } else { Align::Left }
    }

    /// Writes a character; false when nothing changed.
    pub fn typed(&mut self, letter: char) -> bool {
        let changed = match &mut self.kind {
            Kind::Text(line) | Kind::Amount(line) => line.typed(letter),
            Kind::Date { .. } => self.typed_date(letter),
            Kind::Lookup { line, key } => {
                *key = None;
                line.typed(letter)
            }
            Kind::Choice { items, at } => start_with(items, at, letter),
            Kind::Check(_) => false,
            Kind::Notes(notes, _) => notes.typed(letter),
        };
        if changed {
            self.error = None;
        }
        changed
    }

    /// `t` is today, `y` yesterday; `+` and `-` move the day that stands there.
    fn typed_date(&mut self, letter: char) -> bool {
        let Kind::Date { line, day, today, .. } = &mut self.kind else { return false };
        let moved = match (letter.to_ascii_lowercase(), *day) {
            ('t', _) => Some(*today),
            ('y', _) => today.pred_opt(),
            ('+', Some(day)) => day.checked_add_days(Days::new(1)),
            ('-', Some(day)) if line.is_fresh() => day.checked_sub_days(Days::new(1)),
            _ => None,
        };
        if let Some(new) = moved {
            self.set_day(new);
            return true;
        }
        *day = None;
        let changed = line.typed(letter);
        self.hint.clear();
        changed
    }

    /// Writes a pasted text.
    pub fn pasted(&mut self, text: &str) -> bool {
        self.error = None;
        match &mut self.kind {
            Kind::Text(line) | Kind::Amount(line) => line.pasted(text),
            Kind::Date { line, day, .. } => {
                *day = None;
                line.pasted(text)
            }
            Kind::Lookup { line, key } => {
                *key = None;
                line.pasted(text)
            }
            Kind::Notes(notes, _) => notes.pasted(text),
            Kind::Choice { .. } | Kind::Check(_) => false,
        }
    }

    /// Does what the command means for the field. `None` when it means nothing, else whether its value changed.
    pub fn command(&mut self, command: Command) -> Option<bool> {
        let before = self.value();
        match &mut self.kind {
            Kind::Text(line) | Kind::Amount(line) => line.command(command),
            Kind::Date { line, day, .. } => line.command(command).inspect(|changed| {
                if *changed {
                    *day = None;
                }
            }),
            Kind::Lookup { line, key } => line.command(command).inspect(|changed| {
                if *changed {
                    *key = None;
                }
            }),
            Kind::Choice { items, at } => step(items.len(), at, command),
            Kind::Check(on) => matches!(command, Command::Toggle).then(|| {
                *on = !*on;
                true
            }),
            Kind::Notes(notes, _) => notes.command(command),
        }?;
        let changed = self.value() != before;
        if changed {
            self.error = None;
        }
        Some(changed)
    }
}

/// `Mon, today`.
fn explain(day: NaiveDate, today: NaiveDate) -> String {
    let distance = (day - today).num_days();
    let word = match distance {
        0 => "today".to_owned(),
        -1 => "yesterday".to_owned(),
        1 => "tomorrow".to_owned(),
        past @ i64::MIN..0 => format!("{} days ago", -past),
        ahead => format!("in {ahead} days"),
    };
    format!("{}, {word}", day.weekday())
}

fn step(count: usize, at: &mut usize, command: Command) -> Option<bool> {
    *at = match command {
        Command::Left => at.saturating_sub(1),
        Command::Right => (*at + 1).min(count.saturating_sub(1)),
        Command::Home => 0,
        Command::End => count.saturating_sub(1),
        _ => return None,
    };
    Some(true)
}

/// Goes to the next value that starts with the letter.
fn start_with(items: &[Item], at: &mut usize, letter: char) -> bool {
    let letter = letter.to_lowercase().to_string();
    let fits = |item: &Item| item.text.to_lowercase().starts_with(&letter);
    let mut order = (*at + 1..items.len()).chain(0..=*at);
    let found = order.find(|number| items.get(*number).is_some_and(fits));
    let changed = found.is_some_and(|number| number != *at);
    *at = found.unwrap_or(*at);
    changed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn date_field() -> Field {
        let today = day("2025-11-17");
        Field::date("on", "Date", Some(today), today, Style::default())
    }

    fn keys(field: &mut Field, text: &str) -> String {
        for letter in text.chars() {
            field.typed(letter);
        }
        field.value()
    }

    #[test]
    fn days_move_by_plus_and_minus_and_letters() {
        for (typed, value) in [
            ("", "17/11/2025"),
            ("+", "18/11/2025"),
            ("--", "15/11/2025"),
            ("y", "16/11/2025"),
            ("+t", "17/11/2025"),
            ("1711", "1711"),
            ("2025-11-01", "2025-11-01"),
        ] {
            assert_eq!(keys(&mut date_field(), typed), value, "{typed}");
        }
        let mut field = date_field();
        assert_eq!(field.hint, "Mon, today");
        keys(&mut field, "--");
        assert_eq!(field.hint, "Sat, 2 days ago");
        assert!(field.is_changed());
    }

    #[test]
    fn choices_go_by_arrows_and_first_letters() {
        let items = ["Bank transfer", "Card", "Cash", "Check"].map(|text| Item::new(text.to_lowercase(), text));
        let mut field = Field::choice("method", "Method", items.to_vec(), "card");
        assert_eq!(field.value(), "card");
        assert_eq!(keys(&mut field, "c"), "cash");
        assert_eq!(keys(&mut field, "ccc"), "cash");
        assert_eq!(keys(&mut field, "b"), "bank transfer");
        assert_eq!(field.command(Command::Left), Some(false));
        assert_eq!(field.command(Command::End), Some(true));
        assert_eq!(field.value(), "check");
        assert_eq!(field.command(Command::Up), None);
    }

    #[test]
    fn a_chosen_value_is_lost_when_its_text_is_changed() {
        let mut field = Field::lookup("customer", "Customer", Some(&Item::new("7", "Acme")));
        assert_eq!(field.value(), "7");
        assert!(!field.is_changed());
        field.command(Command::DelLeft);
        assert_eq!(field.value(), "Acm");
        field.choose(&Item::new("8", "Acme Dental"));
        assert_eq!(field.value(), "8");
    }

    #[test]
    fn a_check_box_takes_no_text() {
        let mut field = Field::check("mail", "Receipt", false);
        assert!(!field.typed('x') && !field.takes_text() && !field.pasted("yes"));
        assert_eq!(field.command(Command::Toggle), Some(true));
        assert_eq!(field.value(), "yes");
    }
}
