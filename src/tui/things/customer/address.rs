//! A customer gets an address, or one of its addresses changes; the one before is kept in the history.

use super::form::{address_fields, read_address};
use crate::domain::address::Address;
use crate::domain::id::{AddressId, CustomerId};
use crate::domain::text;
use crate::services::actions::customer_address::AddressDraft;
use crate::services::reads::AddressRow;
use crate::tui::desk::{self, Action, Desk};
use crate::tui::forms::{Field, Form, Read};
use crate::tui::reply::Reply;

/// What becomes of the address that is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Use {
    Billing,
    Shipping,
    Change { address: AddressId, is_billing: bool },
}

/// The fields of an address.
#[derive(Debug)]
pub struct AddressForm {
    customer: CustomerId,
    name: String,
    used: Use,
    label: String,
    is_default: bool,
    stands: Address,
}

impl AddressForm {
    /// A new billing address of this customer; `stands` is the one that holds now.
    pub fn billing(customer: CustomerId, name: impl Into<String>, stands: Address) -> Self {
        let (name, label) = (name.into(), String::new());
        Self { customer, name, used: Use::Billing, label, is_default: true, stands }
    }

    /// Another shipping address of this customer.
    pub fn shipping(customer: CustomerId, name: impl Into<String>) -> Self {
        let (name, label) = (name.into(), String::new());
        Self { customer, name, used: Use::Shipping, label, is_default: false, stands: Address::default() }
    }

    /// With the street filled in that was typed elsewhere.
    pub fn at_street(mut self, typed: &str) -> Self {
        typed.clone_into(&mut self.stands.line1);
        self
    }

    /// An address that holds is changed.
    pub fn change(customer: CustomerId, name: impl Into<String>, row: &AddressRow) -> Self {
        let used = Use::Change { address: row.id, is_billing: row.kind == "billing" };
        let (label, is_default) = (row.label.clone(), row.is_default);
        Self { customer, name: name.into(), used, label, is_default, stands: row.address() }
    }

    const fn is_billing(&self) -> bool {
        matches!(self.used, Use::Billing | Use::Change { is_billing: true, .. })
    }
}

impl Form for AddressForm {
    fn title(&self) -> String {
        match self.used {
            Use::Billing => "New billing address",
            Use::Shipping => "New shipping address",
            Use::Change { is_billing: true, .. } => "Change billing address",
            Use::Change { .. } => "Change shipping address",
        }
        .to_owned()
    }

    fn head(&self, _desk: &Desk) -> Vec<String> {
        vec![self.name.clone()]
    }

    fn fields(&self, desk: &Desk) -> Vec<Field> {
        let mut fields = address_fields(&self.stands, desk);
        if !self.is_billing() {
            let label = Field::text("label", "Called").with(&self.label).width(22).hint("such as Workshop");
            fields.insert(0, label);
            fields.push(Field::check("default", "Ship there by default", self.is_default));
        }
        fields
    }

    fn effect(&self, _read: &mut Read<'_>, desk: &Desk) -> Vec<String> {
        let today = desk::style(desk).long_date(desk.today());
        match self.used {
            Use::Billing | Use::Change { is_billing: true, .. } => vec![
                format!("Invoices from {today} on go there."),
                "Those issued before keep the address they were issued with.".to_owned(),
            ],
            Use::Shipping => vec!["Orders can be shipped there.".to_owned()],
            Use::Change { .. } => vec![
                "What is shipped to the old address is shipped to this one.".to_owned(),
                "The old one stays in the history.".to_owned(),
            ],
        }
    }

    fn submit(&self, read: &mut Read<'_>, desk: &Desk) -> Option<Reply> {
        let label = read.parse("label", |label| text::clean_line(label, 60));
        let address = read_address(read, desk)?;
        if address.is_empty() {
            read.refuse("address", "write at least a street or a town");
            return None;
        }
        let draft = AddressDraft { label: label?, address, is_default: read.is_on("default") };
        Some(Reply::perform(match self.used {
            Use::Billing => Action::SetBillingAddress { customer: self.customer, address: draft.address },
            Use::Shipping => Action::AddShippingAddress { customer: self.customer, draft: Box::new(draft) },
            Use::Change { address, .. } => Action::ChangeAddress { address, draft: Box::new(draft) },
        }))
    }
}
