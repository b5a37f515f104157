//! `customer address`: the billing address is set; shipping addresses are added, changed, taken off.

use super::person::Place;
use super::show;
use crate::cli::fault::{Fault, Result};
use crate::cli::list::{View, whole};
use crate::cli::out::Out;
use crate::cli::values;
use crate::domain::address::Address;
use crate::domain::id::{AddressId, CustomerId};
use crate::services::actions::customer_address::AddressDraft;
use crate::services::reads;
use crate::services::{Action, Desk};

/// Which address, and what it shall be.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The customer
    #[arg(value_parser = values::id::<CustomerId>)]
    id: CustomerId,
    #[command(flatten)]
    place: Place,
    /// Add a shipping address; without this the billing address is set
    #[arg(long, conflicts_with_all = ["change", "remove"])]
    shipping: bool,
    /// What the shop calls it, such as Workshop
    #[arg(long, default_value = "")]
    label: String,
    /// Ship there unless an order says otherwise
    #[arg(long)]
    default: bool,
    /// Change this address; what is not named stays
    #[arg(long, value_name = "ADDRESS", value_parser = values::id::<AddressId>, conflicts_with = "remove")]
    change: Option<AddressId>,
    /// Take this address off; it stays in the history
    #[arg(long, value_name = "ADDRESS", value_parser = values::id::<AddressId>)]
    remove: Option<AddressId>,
    /// List all addresses with their history
    #[arg(long, conflicts_with_all = ["shipping", "change", "remove"])]
    list: bool,
}

/// Does it.
pub fn run(args: Args, desk: &mut Desk, out: &mut Out) -> Result<()> {
    let id = args.id;
    let known = desk.read(|db| reads::customer_addresses(db, id))?;
    if args.list {
        return whole(&known, View::of(desk)?, out);
    }
    let its_own = |address: AddressId| {
        known.iter().find(|row| row.id == address).ok_or_else(|| Fault::unknown("address of that customer", address))
    };
    let action = match (args.change, args.remove) {
        (Some(address), _) => {
            let before = its_own(address)?;
            let label = if args.label.is_empty() { before.label.clone() } else { args.label };
            let draft = AddressDraft { label, address: args.place.told(before.address()), is_default: args.default };
            Action::ChangeAddress { address, draft: Box::new(draft) }
        }
        (None, Some(address)) => Action::RemoveAddress(its_own(address)?.id),
        (None, None) => {
            let address = args.place.told(Address::default());
            if args.shipping {
                let draft = AddressDraft { label: args.label, address, is_default: args.default };
                Action::AddShippingAddress { customer: id, draft: Box::new(draft) }
            } else {
                Action::SetBillingAddress { customer: id, address }
            }
        }
    };
    let done = desk.perform(action)?;
    out.answer(&show::shown(desk, id, Some(&done))?)
}
