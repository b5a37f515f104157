//! A customer gets a new billing address; the one before is kept in the history.

use super::customer::{address_fields, read_address};
use crate::domain::address::Address;
use crate::domain::id::CustomerId;
use crate::tui::desk::{Action, Desk};
use crate::tui::forms::{Field, Form, Read};
use crate::tui::reply::Reply;

/// The fields of a billing address.
#[derive(Debug)]
pub struct AddressForm {
    customer: CustomerId,
    name: String,
    stands: Address,
}

impl AddressForm {
    /// A new billing address of this customer; `stands` is the one that holds now.
    #[must_use]
    pub fn new(customer: CustomerId, name: impl Into<String>, stands: Address) -> Self {
        Self { customer, name: name.into(), stands }
    }
}

impl Form for AddressForm {
    fn title(&self) -> String {
        "New billing address".to_owned()
    }

    fn head(&self, _desk: &Desk) -> Vec<String> {
        vec![self.name.clone()]
    }

    fn fields(&self, desk: &Desk) -> Vec<Field> {
        address_fields(&self.stands, desk)
    }

    fn effect(&self, _read: &mut Read<'_>, desk: &Desk) -> Vec<String> {
        let style = desk.shop().map(|shop| shop.style).unwrap_or_default();
        vec![
            format!("Invoices from {} on go there.", style.long_date(desk.today())),
            "Those issued before keep the address they were issued with.".to_owned(),
        ]
    }

    fn submit(&self, read: &mut Read<'_>, desk: &Desk) -> Option<Reply> {
        let address = read_address(read, desk)?;
        if address.is_empty() {
            read.refuse("address", "write at least a street or a town");
            return None;
        }
        Some(Reply::perform(Action::SetBillingAddress { customer: self.customer, address }))
    }
}
