//! What was done about customers is taken back: what a field held before stands in the log.

use serde_json::Value as Json;

use super::{customer, customer_address, customer_merge, customer_preference, customer_segment};
use crate::domain::id::{CustomerId, NoteId, SegmentId};
use crate::domain::was::Was;
use crate::services::refusal::{OrUnknown, Refusal, Result};
use crate::services::work::Work;
use crate::store::activity::{self, Activity};
use crate::store::{customer as customer_store, merge, note};

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
        ("add_customer", Some(id)) => withdraw(work, id)?,
        // A note stands as long as its entry in the log does: nothing else is to be written.
        ("add_note", _) => {
            if note::is_followed_up(work.db, NoteId(number()))?.or_unknown("note", number())? {
                return Err(Refusal::new("depended_on", "that was followed up since: take that back first").into());
            }
            "The note does not hold.".to_owned()
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

/// A customer who was added by mistake is closed: nobody is ever deleted. Refused once something hangs on it.
fn withdraw(work: &Work, id: CustomerId) -> Result<String> {
    let now = customer_store::by_id(work.db, id)?.or_unknown("customer", id)?;
    let name = now.display_name().full();
    if now.merged_into.is_some() {
        return Err(Refusal::new("depended_on", format!("{name} was merged since: take that back first")).into());
    }
    let hangs = merge::moves(work.db, id)?;
    let groups = i64::from(now.group.is_some());
    let counted = [
        (hangs.orders, "order", "orders"),
        (hangs.receipts, "receipt", "receipts"),
        (hangs.invoices, "invoice", "invoices"),
        (groups, "billing group", "billing groups"),
        (merge::merged_count(work.db, id)?, "merged customer", "merged customers"),
    ];
    if let Some((count, one, many)) = counted.into_iter().find(|(count, ..)| *count > 0) {
        let what = if count == 1 { one } else { many };
        let message = format!("{name} has {count} {what} since: a customer one deals with is not taken back");
        return Err(Refusal::new("depended_on", message).into());
    }
    customer_store::close(work.db, id, now.version, work.today)?;
    Ok(format!("{name} is closed: lists leave it out unless their filter asks for closed ones."))
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
