//! What was done about customers is taken back: what a field held before stands in the log.

use super::{customer, customer_address};
use crate::domain::id::{CustomerId, NoteId};
use crate::domain::log::{Log, Subject};
use crate::domain::was::Was;
use crate::services::refusal::{OrUnknown, Refusal, Result};
use crate::services::work::Work;
use crate::store::activity::{self, Activity};
use crate::store::{customer as customer_store, merge, note as notes};

/// The fields are as they were.
pub(super) fn edit(work: &Work, found: &Activity) -> Result<String> {
    let id = customer_of(found)?;
    refuse_later(work, found, id, &[Log::EditCustomer, Log::EraseCustomer])?;
    customer_address::take_back(work, &found.facts())?;
    let again = customer::put_back(work, id, &was(found))?;
    Ok(format!("{} is as it was.", again.display_name().full()))
}

/// A note stands as long as its entry in the log does: nothing else is to be written.
pub(super) fn note(work: &Work, found: &Activity) -> Result<String> {
    let id = note_of(found)?;
    if notes::is_followed_up(work.db, id)?.or_unknown("note", id)? {
        return Err(Refusal::new("depended_on", "that was followed up since: take that back first").into());
    }
    Ok("Note removed.".to_owned())
}

/// What a note asked for is to be done again.
pub(super) fn follow_up(work: &Work, found: &Activity) -> Result<String> {
    notes::set_followed_up(work.db, note_of(found)?, None)?;
    Ok("That is to be followed up again.".to_owned())
}

fn note_of(found: &Activity) -> Result<NoteId> {
    let Subject::Note(id) = found.subject else { return Err(found.names_no("note").into()) };
    Ok(id)
}

/// A customer who was added by mistake is closed: nobody is ever deleted. Refused once something hangs on it.
pub(super) fn withdraw(work: &Work, found: &Activity) -> Result<String> {
    let id = customer_of(found)?;
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
        let message = format!("{name} has {count} {what} by now, so adding the customer cannot be undone");
        return Err(Refusal::new("depended_on", message).into());
    }
    customer_store::close(work.db, id, now.version, work.today)?;
    Ok(format!("{name} is closed: lists leave it out unless their filter asks for closed ones."))
}

/// The customer it was about.
pub(super) fn customer_of(found: &Activity) -> Result<CustomerId> {
    Ok(found.customer.ok_or_else(|| found.names_no("customer"))?)
}

/// What its fields held before.
pub(super) fn was(found: &Activity) -> Was {
    found.text.as_deref().map(Was::read).unwrap_or_default()
}

/// Refuses where one of these changed the same since, and stands.
pub(super) fn refuse_later(work: &Work, found: &Activity, id: CustomerId, steps: &[Log]) -> Result<()> {
    if activity::stands_since(work.db, id, found.id, steps)? {
        return Err(Refusal::new("depended_on", "that was changed again since: take that back first").into());
    }
    Ok(())
}
