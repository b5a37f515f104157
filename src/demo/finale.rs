//! The last day: something of everything is in the book.

use super::diary::Pay;
use super::open_money::Owing;
use super::year::Walk;
use crate::domain::id::InvoiceId;
use crate::services::refusal::Result;
use crate::services::{Action, Payer};

impl Walk {
    /// Money on its way, money that failed, an invoice paid in part: of each at least one.
    pub fn finale(&mut self) -> Result<()> {
        let mut batch = Vec::new();
        let last = self.last;
        let fresh =
            |owing: &Owing| owing.open == owing.total && !owing.is_touched && matches!(owing.payer, Payer::Customer(_));
        let chosen = |walk: &Self, pick: &dyn Fn(&Owing) -> bool, most: usize| -> Vec<InvoiceId> {
            walk.open
                .all()
                .into_iter()
                .filter(|(_, owing)| fresh(owing) && pick(owing))
                .map(|(id, _)| id)
                .take(most)
                .collect()
        };
        for id in chosen(self, &|owing| owing.due_on < last, 2) {
            let fail = |payment| Action::FailPayment { payment, reason: "insufficient funds".into() };
            self.on_lines(id, &mut batch, fail)?;
        }
        for id in chosen(self, &|owing| owing.due_on > last, 2) {
            self.on_lines(id, &mut batch, |payment| Action::ProcessPayment { payment })?;
        }
        for id in chosen(self, &|owing| owing.due_on > last, 2) {
            batch.extend(self.receipt(id, Pay::Part(40)));
        }
        self.perform(&batch)?;
        self.known()?;
        self.last_money()
    }
}
