//! `customer add`.

use super::person::{Person, Place};
use super::show;
use crate::cli::fault::{Fault, Result};
use crate::cli::out::Out;
use crate::domain::address::Address;
use crate::services::actions::customer::CustomerDraft;
use crate::services::{Action, Desk, Outcome};

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
///
/// # Errors
/// When the book refuses.
pub fn run(args: Args, desk: &mut Desk, out: &mut Out) -> Result<()> {
    let mut draft = CustomerDraft {
        currency: args.currency,
        address: args.place.told(Address::default()),
        ..CustomerDraft::default()
    };
    args.person.tell(&mut draft);
    let done = desk.perform(Action::AddCustomer(Box::new(draft)))?;
    match done.outcome {
        Outcome::Customer(id) => out.answer(&show::shown(desk, id, Some(&done.said))?),
        _ => Err(Fault::unknown("customer", "that was added")),
    }
}
