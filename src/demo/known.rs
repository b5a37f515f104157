//! What the demo shop knows of its customers beside their orders: where to ship, what they like, who was written down
//! twice, and which of them it looks at together.

use super::year::Walk;
use crate::domain::address::Address;
use crate::domain::calendar::add_days;
use crate::domain::customer::CustomerKind;
use crate::domain::frequency::Frequency;
use crate::domain::id::{AddressId, CustomerId};
use crate::services::actions::customer::{CustomerDraft, NoteDraft};
use crate::services::actions::customer_address::{AddressDraft, ShipTo};
use crate::services::actions::customer_preference::PreferenceDraft;
use crate::services::actions::order::{ItemDraft, OrderDraft};
use crate::services::reads::{self, CustomerFilter};
use crate::services::refusal::Result;
use crate::services::{Action, Outcome};
use crate::store::address;

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
        for (customer, (months, frequency, method, likes)) in some.iter().zip([
            ("12", "quarter", "bank_transfer", "laptops of 16 inch, grey"),
            ("24", "", "direct_debit", ""),
            ("6", "month", "card", "monitors"),
        ]) {
            let draft = PreferenceDraft {
                months: months.into(),
                frequency: frequency.into(),
                method: method.into(),
                channel: "email".into(),
                text: likes.into(),
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
        self.moved(&some)?;
        self.places_of_a_firm()?;
        if let Some(customer) = some.last() {
            self.called_back(*customer)?;
        }
        self.written_down_twice(some.last().copied())
    }

    /// Two of them moved: a workshop, and a home. The addresses before stay in the history.
    fn moved(&mut self, some: &[CustomerId]) -> Result<()> {
        let &[workshop, home, ..] = some else { return Ok(()) };
        let at = |street: &str| Address {
            line1: street.into(),
            city: "Exampleton".into(),
            country: "IE".into(),
            ..Address::default()
        };
        let mut batch = vec![Action::SetBillingAddress { customer: home, address: at("22 Harbour View") }];
        if let Some(old) = self.desk.read(|db| address::default_of(db, workshop, "shipping"))? {
            let draft = AddressDraft { label: "Workshop".into(), address: at("5 Slipway"), is_default: true };
            batch.push(Action::ChangeAddress { address: old.id, draft: Box::new(draft) });
        }
        self.perform(&batch).map(drop)
    }

    /// A firm with a store and an accounts office: what it ordered last goes to two places and is billed to the second.
    fn places_of_a_firm(&mut self) -> Result<()> {
        let Some(customer) = self.people.iter().skip(12).find(|person| person.is_business).map(|person| person.id)
        else {
            return Ok(());
        };
        let places = [("Store", "40 North Wall"), ("Accounts office", "2 Ledger Court")];
        let new = places.map(|(label, street)| {
            let address =
                Address { line1: street.into(), city: "Exampleton".into(), country: "IE".into(), ..Address::default() };
            let draft = AddressDraft { label: label.into(), address, is_default: false };
            Action::AddShippingAddress { customer, draft: Box::new(draft) }
        });
        self.perform(&new)?;
        let known = self.desk.read(|db| reads::customer_addresses(db, customer))?;
        let id = |name: &str| known.iter().find(|row| row.label == name && row.to_on.is_none()).map(|row| row.id);
        let (Some(store), Some(office)) = (id(places[0].0), id(places[1].0)) else { return Ok(()) };
        let unit = |offer: usize, to: AddressId| ItemDraft {
            variant: self.stock.variant(offer),
            quantity: 1,
            serial: String::new(),
            months: 12,
            frequency: Frequency::Monthly,
            // Later than the pass of today bills ahead.
            start_on: add_days(self.last, 10),
            anchor_day: None,
            price: String::new(),
            deposit: String::new(),
            ship_to: ShipTo::Address(to),
        };
        let items = vec![unit(0, office), unit(6, store)];
        let draft = Box::new(OrderDraft { customer, bill_to: Some(office), items });
        self.perform(&[Action::AddOrder { draft, confirm: true }]).map(drop)
    }

    /// Somebody promised a call this morning, and made it.
    fn called_back(&mut self, customer: CustomerId) -> Result<()> {
        let promised = NoteDraft {
            on: None,
            customer,
            kind: "phone".into(),
            summary: "Asked when the van comes.".into(),
            follow_up_on: Some(self.last),
            follow_up_action: "call back before noon".into(),
        };
        let made = self.perform(&[Action::AddNote(promised)])?;
        let done = made.into_iter().filter_map(|done| match done.outcome {
            Outcome::Note(id) => Some(Action::FollowUp(id)),
            _ => None,
        });
        self.perform(&done.collect::<Vec<_>>()).map(drop)
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
