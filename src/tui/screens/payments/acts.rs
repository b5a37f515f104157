//! What F8 does on the list, and what is done with many rows at once.

use super::Payments;
use super::rows::{self, Key, Line};
use crate::tui::deeds::{payment as deeds, settling};
use crate::tui::desk::reads::{self, PaymentView};
use crate::tui::desk::{Desk, Target, Trouble};
use crate::tui::forms::FormDialog;
use crate::tui::forms::mark_each::{MOST as MOST_EACH, MarkEach};
use crate::tui::forms::mark_paid::MarkPaid;
use crate::tui::reply::Reply;

/// How many rows can be marked at once.
const MOST_MARKED: usize = 2_000;

impl Payments {
    /// The main job: a period ahead is billed, what failed is charged again, else it is marked as paid.
    pub(super) fn main(&self, desk: &Desk) -> Reply {
        match self.line() {
            Some(Line::Upcoming(row)) => settling::upcoming_deed("ahead", row, desk),
            Some(Line::Payment(row)) if self.is_retry() => settling::retry(row, desk),
            _ => self.mark_paid(desk),
        }
    }

    /// In the view of what failed F8 charges again, unless rows are marked.
    pub(super) fn is_retry(&self) -> bool {
        self.view() == PaymentView::Failed && self.list.table.marks().is_empty()
    }

    pub(super) fn mark_paid(&self, desk: &Desk) -> Reply {
        let ids = self.list.table.chosen().into_iter().filter_map(Key::payment).collect::<Vec<_>>();
        if ids.is_empty() { Reply::Nothing } else { MarkPaid::open(Target::Payments(ids), desk) }
    }

    /// The marked payments, each with a receipt of its own.
    pub(super) fn mark_each(&self, desk: &Desk) -> Reply {
        let ids: Vec<_> = self.list.table.chosen().into_iter().filter_map(Key::payment).collect();
        if ids.len() > MOST_EACH {
            return Reply::refuse(format!("These are more than {MOST_EACH}: mark fewer rows."));
        }
        match desk.read(|db| reads::payments_by_id(db, &ids)) {
            Ok(rows) => match rows.iter().find(|row| !deeds::can_pay(row).is_yes()) {
                Some(row) => Reply::refuse(format!("{} cannot be marked as paid: unmark it.", deeds::number(row))),
                None => Reply::open(FormDialog::new(MarkEach::new(rows), desk)),
            },
            Err(error) => Reply::refuse(Trouble::from(error).sentence()),
        }
    }

    pub(super) fn mark_all(&mut self, desk: &Desk) -> Reply {
        let found = rows::read(desk, &self.filter(), &reads::Page::first(MOST_MARKED + 1));
        match found {
            Err(trouble) => Reply::refuse(trouble.sentence()),
            Ok(slice) if slice.rows.len() > MOST_MARKED => {
                Reply::refuse(format!("These are more than {MOST_MARKED}: narrow the list first, then mark all."))
            }
            Ok(slice) => {
                self.list.table.mark_these(slice.rows.iter().map(|line| (line.key(), Some(line.worth()))));
                Reply::Nothing
            }
        }
    }
}
