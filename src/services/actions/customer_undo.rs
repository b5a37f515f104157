//! What was done about customers is taken back: what a field held before stands in the log.

use serde_json::Value as Json;

use super::{customer, customer_address, customer_merge, customer_preference, customer_segment};
use crate::domain::id::{CustomerId, NoteId, SegmentId};
use crate::domain::was::Was;
use crate::services::refusal::{Refusal, Result};
use crate::services::work::Work;
use crate::store::activity::{self, Activity};
use crate::store::note;

/// Actions that change the same fields: a later one that stands is taken back first.
const FIELDS: [&str; 2] = ["edit_customer", "erase_customer"];
const WISHES: [&str; 2] = ["set_preferences", "erase_customer"];

/// Takes an Action about a customer back; `None` where it was another's.
pub(in crate::services) fn take_back(work: &Work, found: &Activity) -> Result<Option<String>> {
    let details: Json = serde_json::from_str(&found.details).unwrap_or_default();
    let number = || found.subject.split_once(':').and_then(|(_, id)| id.parse::<i64>().ok()).unwrap_or_default();
    let said = match (found.action.as_str(), found.customer) {
        ("edit_customer", Some(id)) => {
            refuse_later(work, found, id, &FIELDS)?;
            customer_address::take_back(work, &details)?;
            let again = customer::put_back(work, id, &was(found))?;
            format!("{} is as it was.", again.display_name().full())
        }
        ("set_preferences", Some(id)) => {
            refuse_later(work, found, id, &WISHES)?;
            customer_preference::take_back(work, id, &was(found))?;
            "The preferences are as they were.".to_owned()
        }
        ("set_billing_address" | "add_address" | "change_address" | "remove_address", _) => {
            customer_address::take_back(work, &details)?;
            "The address is as it was.".to_owned()
        }
        ("follow_up", _) => {
            note::set_followed_up(work.db, NoteId(number()), None)?;
            "That is to be followed up again.".to_owned()
        }
        ("merge_customers", _) => customer_merge::take_back(work, CustomerId(number()))?,
        (action @ ("add_segment" | "change_segment" | "remove_segment"), _) => {
            customer_segment::take_back(work, action, SegmentId(number()), &details)?
        }
        _ => return Ok(None),
    };
    Ok(Some(said))
}

fn was(found: &Activity) -> Was {
    found.text.as_deref().map(Was::read).unwrap_or_default()
}

fn refuse_later(work: &Work, found: &Activity, id: CustomerId, actions: &[&str]) -> Result<()> {
    if activity::stands_since(work.db, id, found.id, actions)? {
        return Err(Refusal::new("depended_on", "that was changed again since: take that back first").into());
    }
    Ok(())
}
