//! `customer edit`: what is not named stays as it is.

use super::person::{Person, Place};
use super::show;
use crate::cli::fault::{Fault, Result};
use crate::cli::out::Out;
use crate::cli::values;
use crate::domain::id::CustomerId;
use crate::services::actions::customer::CustomerDraft;
use crate::services::reads::{self, CustomerPage};
use crate::services::{Action, Desk};

/// What changes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The customer
    #[arg(value_parser = values::id::<CustomerId>)]
    id: CustomerId,
    /// Only if nobody changed it since: the version that `customer show --json` told; else what stands now is shown
    #[arg(long, value_name = "N")]
    version: Option<i64>,
    #[command(flatten)]
    person: Person,
    #[command(flatten)]
    place: Place,
}

/// Saves the customer.
pub fn run(args: Args, desk: &mut Desk, out: &mut Out) -> Result<()> {
    let page = page(desk, args.id)?;
    let mut draft = CustomerDraft { class: String::new(), ..CustomerDraft::of_page(&page) };
    let before = std::mem::take(&mut draft.address);
    draft.address = args.place.told(before);
    args.person.tell(&mut draft);
    let version = args.version.unwrap_or(page.version);
    let done = desk.perform(Action::EditCustomer { id: args.id, version, draft: Box::new(draft) })?;
    out.answer(&show::shown(desk, args.id, Some(&done))?)
}

fn page(desk: &Desk, id: CustomerId) -> Result<CustomerPage> {
    desk.read(|db| reads::customer_page(db, id, desk.today()))?.ok_or_else(|| Fault::unknown("customer", id))
}
