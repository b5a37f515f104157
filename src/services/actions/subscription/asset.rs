//! Another asset in the same contract.

use chrono::NaiveDate;

use super::changing::Changing;
use crate::domain::log::Log;
use crate::domain::status::AssetState;
use crate::domain::text;
use crate::services::actions::catalogue::free_asset;
use crate::services::done::Done;
use crate::services::refusal::{OfField, OrUnknown, Refusal, Result};
use crate::store::{catalogue, subscription as store};

/// Replaces the asset by a free one of the same variant; one that has none gets one.
pub(super) fn replace(mut changing: Changing, serial: &str, on: NaiveDate, retire: bool, reason: &str) -> Result<Done> {
    let (work, id) = (changing.work, changing.sub.id);
    changing.refuse_outside("on", on)?;
    work.open_day("on", on)?;
    let why = text::clean_line(reason, 300).of_field("reason")?;
    let variant = catalogue::variant(work.db, changing.sub.variant)?.or_unknown("variant", changing.sub.variant)?;
    let serial = serial.trim();
    if serial.is_empty() {
        return Err(Refusal::of_field("serial", "say which asset takes its place").into());
    }
    let new = free_asset(work, "serial", serial, &variant)?;
    let old = changing.after.asset;
    changing.after.asset = Some(new);
    changing.move_asset(new, AssetState::InStock, AssetState::Rented);
    let (shown, number) = (changing.day(on), id.shown());
    let said = match old {
        Some(old) => {
            let to = if retire { AssetState::Retired } else { AssetState::InStock };
            changing.trail.replacements.push(store::insert_replacement(work.db, id, (old, new), on, &why)?);
            changing.move_asset(old, AssetState::Rented, to);
            let was = changing.serial(old)?;
            changing.tell(format!("{was} is {}.", if retire { "retired" } else { "back in stock" }));
            format!("{serial} takes the place of {was} in subscription {number} from {shown}.")
        }
        None => format!("Subscription {number} of {} has the asset {serial}.", changing.name),
    };
    changing.tell("Price, contract and schedule stay.");
    changing.finish(Log::ReplaceSubscription, &said, ("replaced", &why), false)
}
