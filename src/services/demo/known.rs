//! What the demo shop knows of its customers beside their orders: where to ship, what they like, who was written down
//! twice, and which of them it looks at together.

use super::year::Walk;
use crate::domain::address::Address;
use crate::domain::customer::CustomerKind;
use crate::domain::id::CustomerId;
use crate::services::actions::customer::CustomerDraft;
use crate::services::actions::customer_address::AddressDraft;
use crate::services::actions::customer_preference::PreferenceDraft;
use crate::services::reads::CustomerFilter;
use crate::services::refusal::Result;
use crate::services::{Action, Outcome};

/// A shop with fewer customers than this knows them by heart.
const ENOUGH: usize = 20;

impl Walk {
    /// Writes it down, on the last day.
    pub fn known(&mut self) -> Result<()> {
        if self.people.len() < ENOUGH {
            return Ok(());
        }
        let some: Vec<CustomerId> = self.people.iter().map(|person| person.id).take(6).collect();
        let mut batch = Vec::new();
        for (customer, (label, street)) in some.iter().zip([
            ("Workshop", "3 Slipway"),
            ("Studio", "8 Ropewalk"),
            ("Summer house", "1 Lighthouse Lane"),
        ]) {
            let address =
                Address { line1: street.into(), city: "Exampleton".into(), country: "IE".into(), ..Address::default() };
            let draft = AddressDraft { label: label.into(), address, is_default: true };
            batch.push(Action::AddShippingAddress { customer: *customer, draft: Box::new(draft) });
        }
        for (customer, (months, method, likes)) in some.iter().zip([
            ("12", "bank_transfer", "laptops, grey"),
            ("24", "direct_debit", ""),
            ("6", "card", "monitors"),
        ]) {
            let draft = PreferenceDraft {
                months: months.into(),
                method: method.into(),
                channel: "email".into(),
                text: likes.into(),
                ..PreferenceDraft::default()
            };
            batch.push(Action::SetPreferences { customer: *customer, draft: Box::new(draft) });
        }
        let firms =
            CustomerFilter { kind: Some(CustomerKind::Business), active: Some(true), ..CustomerFilter::default() };
        let gone = CustomerFilter { active: Some(false), lifetime: (Some(1), None), ..CustomerFilter::default() };
        for (name, filter) in [("Firms that rent", firms), ("Rented before", gone)] {
            batch.push(Action::AddSegment { name: name.into(), filter: Box::new(filter) });
        }
        self.perform(&batch)?;
        self.written_down_twice(some.last().copied())
    }

    /// Somebody typed a customer a second time, and somebody else saw it.
    fn written_down_twice(&mut self, kept: Option<CustomerId>) -> Result<()> {
        let Some(kept) = kept else { return Ok(()) };
        let draft = CustomerDraft {
            kind: "individual".into(),
            first_name: "Twyla".into(),
            last_name: "Doppelt".into(),
            email: "twyla.doppelt@mail.example".into(),
            ..CustomerDraft::default()
        };
        for done in self.perform(&[Action::AddCustomer(Box::new(draft))])? {
            if let Outcome::Customer(merged) = done.outcome {
                self.perform(&[Action::MergeCustomers { kept, merged }])?;
            }
        }
        Ok(())
    }
}
