//! `customer edit` and `customer address`: what is not named stays as it is.

use super::person::{Person, Place};
use super::show;
use crate::cli::fault::{Fault, Result};
use crate::cli::out::Out;
use crate::cli::values;
use crate::domain::address::Address;
use crate::domain::id::CustomerId;
use crate::services::actions::customer::CustomerDraft;
use crate::services::reads::{self, AddressRow, CustomerPage};
use crate::services::{Action, Desk};

/// What changes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The customer
    #[arg(value_parser = values::id::<CustomerId>)]
    id: CustomerId,
    #[command(flatten)]
    person: Person,
    #[command(flatten)]
    place: Place,
}

/// A new billing address.
#[derive(Debug, clap::Args)]
pub struct AddressArgs {
    /// The customer
    #[arg(value_parser = values::id::<CustomerId>)]
    id: CustomerId,
    #[command(flatten)]
    place: Place,
}

/// Saves the customer.
///
/// # Errors
/// When the book refuses.
pub fn run(args: Args, desk: &mut Desk, out: &mut Out) -> Result<()> {
    let page = page(desk, args.id)?;
    let mut draft = as_it_is(&page);
    let before = std::mem::take(&mut draft.address);
    draft.address = args.place.told(before);
    args.person.tell(&mut draft);
    let done = desk.perform(Action::EditCustomer { id: args.id, version: page.version, draft: Box::new(draft) })?;
    out.answer(&show::shown(desk, args.id, Some(&done.said))?)
}

/// Sets the billing address.
///
/// # Errors
/// When the book refuses.
pub fn address(args: AddressArgs, desk: &mut Desk, out: &mut Out) -> Result<()> {
    let address = args.place.told(Address::default());
    let done = desk.perform(Action::SetBillingAddress { customer: args.id, address })?;
    out.answer(&show::shown(desk, args.id, Some(&done.said))?)
}

fn page(desk: &Desk, id: CustomerId) -> Result<CustomerPage> {
    desk.read(|db| reads::customer_page(db, id, desk.today()))?.ok_or_else(|| Fault::unknown("customer", id))
}

fn as_it_is(page: &CustomerPage) -> CustomerDraft {
    let row = &page.row;
    let address = page.billing_address.as_ref().map(AddressRow::address);
    CustomerDraft {
        kind: row.kind.code().to_owned(),
        first_name: page.first_name.clone(),
        last_name: page.last_name.clone(),
        company_name: row.company.clone(),
        email: row.email.clone(),
        phone: row.phone.clone(),
        registration_number: page.registration_number.clone(),
        vat_number: page.vat_number.clone(),
        contact_person: page.contact_person.clone(),
        terms: page.terms_days.map(|days| days.to_string()).unwrap_or_default(),
        currency: String::new(),
        address: address.unwrap_or_default(),
    }
}
