//! The days a statement of account is about.

use chrono::{Datelike, NaiveDate};

use crate::domain::format::Style;
use crate::tui::desk::{self, Desk};
use crate::tui::forms::{Field, Form, Read};
use crate::tui::reply::{Answer, Reply};

/// Under this name the days come back.
pub const ASKED: &str = "statement";

/// Asks for the first and the last day.
#[derive(Debug)]
pub struct StatementForm {
    name: String,
    style: Style,
}

impl StatementForm {
    /// For the account of this payer.
    pub fn new(name: &str, desk: &Desk) -> Self {
        Self { name: name.to_owned(), style: desk::style(desk) }
    }
}

/// The days of an answer.
pub fn days(answer: &Answer) -> Option<(NaiveDate, NaiveDate)> {
    let (from, to) = answer.key.split_once(' ').filter(|_| answer.asked == ASKED)?;
    Some((from.parse().ok()?, to.parse().ok()?))
}

impl Form for StatementForm {
    fn writes(&self) -> bool {
        false
    }

    fn title(&self) -> String {
        "Statement of account".to_owned()
    }

    fn head(&self, _desk: &Desk) -> Vec<String> {
        vec![self.name.clone()]
    }

    /// From the first of January to today.
    fn fields(&self, desk: &Desk) -> Vec<Field> {
        let today = desk.today();
        let first = NaiveDate::from_ymd_opt(today.year(), 1, 1).unwrap_or(today);
        vec![
            Field::date("from", "First day", Some(first), today, self.style),
            Field::date("to", "Last day", Some(today), today, self.style),
        ]
    }

    fn effect(&self, _read: &mut Read<'_>, _desk: &Desk) -> Vec<String> {
        vec!["A PDF: what was open before, every movement, how old the rest is.".to_owned()]
    }

    fn save_word(&self) -> &'static str {
        "Open PDF"
    }

    fn submit(&self, read: &mut Read<'_>, desk: &Desk) -> Option<Reply> {
        let (from, to) = (read.date("from"), read.date("to"));
        let (from, to) = (from?, to?);
        if to > desk.today() {
            read.refuse("to", "A statement ends today at the latest.");
            return None;
        }
        if from > to {
            read.refuse("from", "The first day must be before the last.");
            return None;
        }
        let answer = Answer { asked: ASKED, key: format!("{from} {to}"), text: self.name.clone() };
        Some(Reply::Give(answer))
    }
}
