//! `customer add`.

use super::person::{Person, Place};
use super::show;
use crate::cli::fault::{Fault, Result};
use crate::cli::out::Out;
use crate::cli::shapes::customer as shape;
use crate::domain::address::Address;
use crate::domain::customer::DisplayName;
use crate::domain::id::CustomerId;
use crate::services::actions::customer::CustomerDraft;
use crate::services::{Action, Desk, Outcome, reads};

/// A new customer.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    person: Person,
    #[command(flatten)]
    place: Place,
    /// Currency of the customer, by default the shop's
    #[arg(long, default_value = "")]
    currency: String,
}

/// Adds the customer.
pub fn run(args: Args, desk: &mut Desk, out: &mut Out) -> Result<()> {
    let mut draft = CustomerDraft {
        currency: args.currency,
        address: args.place.told(Address::default()),
        ..CustomerDraft::default()
    };
    args.person.tell(&mut draft);
    let done = desk.perform(Action::AddCustomer(Box::new(draft)))?;
    let Outcome::Customer(id) = done.outcome else { return Err(Fault::unknown("customer", "that was added")) };
    let alike = alike(desk, id)?;
    for other in &alike {
        let (known, number, how) = (&other.name, other.id, other.likeness.word());
        out.note(&format!(
            "Perhaps the same customer: {known}, {how}. `rentbook customer merge {number} {id}` keeps the older record."
        ));
    }
    out.answer(&show::shown(desk, id, Some(&done))?.with("duplicates", alike.iter().map(shape::alike).collect()))
}

/// Customers that were in the book and may be this one.
fn alike(desk: &Desk, id: CustomerId) -> Result<Vec<reads::Alike>> {
    let page = desk.read(|db| reads::customer_page(db, id, desk.today()))?;
    let page = page.ok_or_else(|| Fault::unknown("customer", id))?;
    let name = DisplayName { company: &page.row.company, first: &page.first_name, last: &page.last_name };
    let newcomer = reads::Newcomer { email: &page.row.email, phone: &page.row.phone, name, except: Some(id) };
    Ok(desk.read(|db| reads::likely_duplicates(db, &newcomer))?)
}
