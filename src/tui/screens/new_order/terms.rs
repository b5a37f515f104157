//! Step 3: on which day it bills, and whether it is confirmed at once.

use crate::tui::desk::Desk;
use crate::tui::forms::{Field, Form, Item, Read};
use crate::tui::reply::Reply;

/// The fields of the step.
#[derive(Debug)]
pub(super) struct TermsStep;

/// What they say.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Terms {
    /// The day of the month it bills on; each item's own start where none is named.
    pub anchor_day: Option<u32>,
    /// It is confirmed in the same step.
    pub confirm: bool,
}

impl Terms {
    /// `Billed on day 1 of the month`.
    pub(super) fn billing(self) -> String {
        match self.anchor_day {
            Some(day) => format!("day {day} of the month"),
            None => "the day each item starts".to_owned(),
        }
    }
}

/// Reads the fields.
pub(super) fn read_terms(read: &mut Read<'_>) -> Option<Terms> {
    let anchor_day = read.optional("anchor", |text| match text.parse() {
        Ok(day @ 1..=31) => Ok(day),
        _ => Err("write a day of the month from 1 to 31, or nothing"),
    });
    Some(Terms { anchor_day: anchor_day?, confirm: read.text("confirm") == "now" })
}

impl Form for TermsStep {
    fn title(&self) -> String {
        "New order".to_owned()
    }

    fn fields(&self, _desk: &Desk) -> Vec<Field> {
        let when = vec![Item::new("now", "Confirm now"), Item::new("draft", "Keep as a draft")];
        vec![
            Field::text("anchor", "Bills on day").width(4).hint("1 to 31; empty: the day each item starts"),
            Field::choice("confirm", "When saved", when, "now"),
        ]
    }

    fn submit(&self, read: &mut Read<'_>, _desk: &Desk) -> Option<Reply> {
        read_terms(read).map(|_| Reply::Close)
    }
}

/// What the choices mean, below the fields.
pub(super) fn meaning(terms: Terms, lead_days: u32) -> Vec<String> {
    let confirm = if terms.confirm {
        "Confirm now: subscriptions start, and what is due is invoiced."
    } else {
        "Keep as a draft: nothing is billed until somebody confirms it."
    };
    let anchor = match terms.anchor_day {
        Some(_) => "Days before the first billing day are a shorter period, priced by the day.",
        None => "Each item bills on the day of the month on which it starts.",
    };
    let lead = match lead_days {
        0 => "Each period is invoiced on its first day.".to_owned(),
        1 => "Each period is invoiced one day before its first day.".to_owned(),
        many => format!("Each period is invoiced {many} days before its first day."),
    };
    vec![confirm.to_owned(), anchor.to_owned(), lead]
}
