//! What the deeds of the list work on, and marking all of it.

use super::super::deeds::{ThisPayment, ThisPeriod};
use super::Payments;
use super::rows::{self, Key, Line};
use crate::tui::desk::Desk;
use crate::tui::desk::reads::{self, PaymentView};
use crate::tui::reply::Reply;

/// How many rows can be marked at once.
const MOST_MARKED: usize = 2_000;

impl Payments {
    /// The payment that is worked on: the one under the cursor, or the only one that is marked, with all that are.
    pub(super) fn this(&self) -> Option<ThisPayment> {
        let marked = self.list.table.marks().keys();
        let line = match marked {
            [one] => self.known.get(one),
            _ => self.line(),
        };
        let payment = ThisPayment::new(line.and_then(Line::payment)?);
        Some(match marked.len() {
            0 | 1 => payment.retried(self.view() == PaymentView::Failed),
            _ => payment.with_marked(marked.iter().copied().filter_map(Key::payment).collect()),
        })
    }

    /// The period still to come that is worked on.
    pub(super) fn this_period(&self) -> Option<ThisPeriod> {
        let marked = self.list.table.marks().keys();
        let line = match marked {
            [one] => self.known.get(one),
            _ => self.line(),
        };
        match line {
            Some(Line::Upcoming(row)) => Some(ThisPeriod { row: row.clone(), marked: marked.len() }),
            _ => None,
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
