//! What keys do to a field.

use chrono::{Datelike as _, Days, NaiveDate};

use super::field::{Field, Item, Kind};
use super::{Ahead, Unknown};
use crate::tui::command::Command;

/// What became of a character.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Typed {
    Changed,
    /// The value is what it was.
    Same,
    /// No value of the list begins so.
    Unknown(Unknown),
}

impl Field {
    /// Says at the right of a date which day it is: `Mon, today`.
    pub(super) fn explain_day(&mut self) {
        if let Kind::Date { day, today, .. } = &self.kind {
            self.hint = day.map(|day| explain(day, *today)).unwrap_or_default();
        }
    }

    /// Writes a character.
    pub fn typed(&mut self, letter: char) -> Typed {
        if let Kind::Choice { items, at, ahead } = &mut self.kind {
            return match ahead.typed(items.iter().map(|item| item.text.as_str()), letter) {
                Ok(found) => {
                    self.error = None;
                    let before = at.replace(found);
                    if before == Some(found) { Typed::Same } else { Typed::Changed }
                }
                Err(unknown) => Typed::Unknown(unknown),
            };
        }
        let changed = match &mut self.kind {
            Kind::Text(line) | Kind::Amount(line) => line.typed(letter),
            Kind::Date { .. } => self.typed_date(letter),
            Kind::Lookup { line, key } => {
                *key = None;
                line.typed(letter)
            }
            Kind::Choice { .. } | Kind::Check(_) => false,
            Kind::Notes(notes, _) => notes.typed(letter),
        };
        if changed {
            self.error = None;
            Typed::Changed
        } else {
            Typed::Same
        }
    }

    /// What was typed to find a value is done with: the caret goes elsewhere.
    pub fn rest(&mut self) {
        if let Kind::Choice { ahead, .. } = &mut self.kind {
            ahead.clear();
        }
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
            Kind::Choice { items, at, ahead } => step(items, at, ahead, command),
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

/// Moves through a few values, or takes back a letter of what was typed to find one.
fn step(items: &[Item], at: &mut Option<usize>, ahead: &mut Ahead, command: Command) -> Option<bool> {
    let last = items.len().checked_sub(1)?;
    let next = match command {
        Command::DelLeft if !ahead.text().is_empty() => {
            let found = ahead.erased(items.iter().map(|item| item.text.as_str()));
            *at = found.or(*at);
            return Some(true);
        }
        Command::Left => at.map_or(last, |at| at.saturating_sub(1)),
        Command::Right => at.map_or(0, |at| (at + 1).min(last)),
        Command::Home => 0,
        Command::End => last,
        _ => return None,
    };
    ahead.clear();
    *at = Some(next);
    Some(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::format::Style;

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
    fn choices_go_by_arrows_and_typed_words() {
        let items = ["Bank transfer", "Card", "Cash", "Check"].map(|text| Item::new(text.to_lowercase(), text));
        let mut field = Field::choice("method", "Method", items.to_vec(), "card");
        assert_eq!(field.value(), "card");
        assert_eq!(keys(&mut field, "cash"), "cash");
        assert_eq!(keys(&mut field, "b"), "bank transfer");
        assert_eq!(field.typed('7'), Typed::Unknown(Unknown("b7".to_owned())));
        assert_eq!(field.value(), "bank transfer");
        assert_eq!(field.command(Command::Left), Some(false));
        assert_eq!(field.command(Command::End), Some(true));
        assert_eq!(field.value(), "check");
        assert_eq!(field.command(Command::Up), None);
    }

    // F4
    #[test]
    fn what_only_a_person_can_choose_begins_with_nothing() {
        let items = ["Paid", "Declined"].map(|text| Item::new(text.to_lowercase(), text)).to_vec();
        let mut field = Field::undecided("outcome", "Outcome", items);
        assert_eq!((field.value(), field.is_changed()), (String::new(), false));
        assert_eq!(keys(&mut field, "d"), "declined");
        assert!(field.is_changed());
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
        assert!(field.typed('x') == Typed::Same && !field.takes_text() && !field.pasted("yes"));
        assert_eq!(field.command(Command::Toggle), Some(true));
        assert_eq!(field.value(), "yes");
    }
}
