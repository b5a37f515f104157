//! Another place for what is rented.

use super::changing::Changing;
use crate::domain::log::Log;
use crate::services::actions::customer_address::{ShipTo, shipping};
use crate::services::actions::customer_reading::current;
use crate::services::done::Done;
use crate::services::refusal::{Refusal, Result};
use crate::store::address;

/// Ships it to another address of the customer.
pub(super) fn ship(mut changing: Changing, to: ShipTo) -> Result<Done> {
    let work = changing.work;
    let owner = current(work, changing.sub.customer)?.id;
    let before = changing.after.shipping_address;
    let after = shipping(work, owner, to)?;
    if after == before {
        return Err(Refusal::of_field("ship_to", "it is shipped there already").into());
    }
    let place = |at: Option<_>| match at {
        Some(at) => Ok::<_, crate::services::DeskError>(address::by_id(work.db, at)?.map(|known| known.one_line())),
        None => Ok(None),
    };
    let (was, is) = (place(before)?, place(after)?);
    let shown = |place: &Option<String>| place.clone().unwrap_or_else(|| "the billing address".to_owned());
    changing.after.shipping_address = after;
    changing.tell(format!("It goes to {}; before to {}.", shown(&is), shown(&was)));
    changing.tell("Price, contract and schedule stay.");
    let said = format!("Subscription {} of {} is shipped to {}.", changing.sub.id.shown(), changing.name, shown(&is));
    changing.finish(Log::ShipSubscription, &said, ("shipped elsewhere", &is.unwrap_or_default()), false)
}
