//! What becomes of a deposit when its contract is over: what nobody paid falls with it, what is held is told of.

use super::changing::Changing;
use crate::documents::Sentence;
use crate::domain::credit_note::NetTax;
use crate::domain::status::{DepositState, PaymentStatus};
use crate::services::contract_credits::TakenBack;
use crate::services::letterhead::said;
use crate::services::refusal::{OrUnknown, Result};
use crate::store::{deposit, receipt};

impl Changing<'_> {
    /// What is open of the deposit is not owed any more where the contract is over by this change; a contract that ends
    /// on a day to come needs it until then, and the pass lets it fall. One on an invoice in review falls by the pass too.
    pub fn drop_deposit(&mut self) -> Result<()> {
        let found = deposit::of_subscription(self.work.db, self.sub.id)?;
        let Some(deposit) = found.filter(|deposit| deposit.state == DepositState::Held) else { return Ok(()) };
        let owed = receipt::owed(self.work.db, deposit.payment)?.or_unknown("payment", deposit.payment)?;
        let open = if owed.status.is_open() && !self.after.status.is_live() { owed.open_minor() } else { 0 };
        let falls = match &owed.invoice {
            _ if open == 0 => false,
            _ if owed.status == PaymentStatus::Processing => {
                let amount = self.amount(open);
                self.tell(format!(
                    "Money for its deposit of {amount} is on its way: return or keep it once it is there."
                ));
                false
            }
            None => {
                self.cancels.push(owed.id);
                true
            }
            Some(invoice) if invoice.is_issued => {
                let text = said(self.work, Sentence::DepositFalls, &[("number", &self.sub.id.shown())]);
                self.credits.push(TakenBack { payment: owed.id, text, part: NetTax { net: open, tax: 0 } });
                true
            }
            Some(_) => false,
        };
        if falls {
            let amount = self.amount(open);
            if open == owed.amount_minor {
                self.tell(format!("Its unpaid deposit of {amount} is not owed any more."));
            } else {
                self.tell(format!("The unpaid {amount} of its deposit is not owed any more."));
            }
        }
        let held = deposit::money(self.work.db, &deposit)?.held;
        if held > 0 {
            let amount = self.amount(held);
            self.tell(format!("Its deposit of {amount} is still held: return or keep it."));
        }
        Ok(())
    }
}
