//! Two records of one customer become one: the merged one is read as the one that is kept, and no row is changed.

use serde_json::json;

use super::customer_reading::current_in;
use crate::domain::format::Style;
use crate::domain::id::CustomerId;
use crate::domain::log::{Log, Subject};
use crate::services::done::{Done, Outcome, Touched, WayBack};
use crate::services::refusal::{OrUnknown, Refusal, Result};
use crate::services::work::{Entry, Work};
use crate::store::activity::Activity;
use crate::store::customer::{self, Customer};
use crate::store::{Db, merge, merge_ties};

/// Merges `merged` into `kept`.
pub(in crate::services) fn merge(work: &Work, kept: CustomerId, merged: CustomerId) -> Result<Done> {
    let (gone, kept) = may(work.db, work.shop.style, kept, merged)?;
    let moves = merge::moves(work.db, gone.id)?;
    merge::join(work.db, gone.id, kept.id)?;
    let (from, to) = (gone.display_name().full(), kept.display_name().full());
    work.log(&Entry {
        customer: Some(kept.id),
        details: json!({ "kept": kept.id, "merged": gone.id, "moves": moves }),
        text: Some(from.clone()),
        ..Entry::new(Log::MergeCustomers, Subject::Customer(gone.id))
    })?;
    let said = format!("{from} is merged into {to}.");
    Ok(Done::new(said, Outcome::Customer(kept.id), &[Touched::Customers, Touched::Orders, Touched::Money])
        .back(WayBack::It))
}

/// The record that goes and the one that stays, where the two may become one. Nothing is written.
pub(in crate::services) fn may(
    db: &Db,
    style: Style,
    kept: CustomerId,
    merged: CustomerId,
) -> Result<(Customer, Customer)> {
    let gone = customer::by_id(db, merged)?.or_unknown("customer", merged)?;
    if let Some(into) = gone.merged_into {
        let name = customer::by_id(db, into)?.map(|into| into.display_name().full()).unwrap_or_default();
        return Err(Refusal::new("merged_already", format!("that customer is merged into {name} already")).into());
    }
    let (gone, kept) = (current_in(db, style, merged)?, current_in(db, style, kept)?);
    refuse(&gone, &kept)?;
    Ok((gone, kept))
}

/// What may not be brought together.
fn refuse(gone: &Customer, kept: &Customer) -> Result<()> {
    let (from, to) = (gone.display_name().full(), kept.display_name().full());
    if gone.id == kept.id {
        return Err(Refusal::new("same_customer", format!("{from} cannot be merged into itself")).into());
    }
    if gone.currency != kept.currency {
        let message =
            format!("{from} pays in {}, {to} in {}: their sums cannot become one", gone.currency, kept.currency);
        return Err(Refusal::new("currencies_differ", message).into());
    }
    if gone.group.is_some() && gone.group != kept.group {
        let message = format!("{from} bills to a billing group: take it out of that group first");
        return Err(Refusal::new("in_a_group", message).into());
    }
    Ok(())
}

/// The merged customer stands for itself again.
pub(in crate::services) fn take_back(work: &Work, found: &Activity) -> Result<String> {
    let Subject::Customer(merged) = found.subject else { return Err(found.names_no("customer").into()) };
    let gone = customer::by_id(work.db, merged)?.or_unknown("customer", merged)?;
    let Some(into) = gone.merged_into else {
        return Err(Refusal::new("undone_already", "these two are not merged any more").into());
    };
    if gone.erased_on.is_some() {
        return Err(Refusal::new("erased", "the data of this customer was erased since").into());
    }
    merge::part(work.db, merged)?;
    let ties = merge_ties::ties(work.db, merged, 3)?;
    if !ties.is_empty() {
        let message = format!("{} since they were merged: take that back first", ties.join("; "));
        return Err(Refusal::new("depended_on", message).into());
    }
    if let Some(what) = merge::goes_across(work.db, (merged, into))? {
        let message = format!("{what} goes to an address of the other one by now: the two stay one");
        return Err(Refusal::new("depended_on", message).into());
    }
    Ok(format!("{} is a customer of its own again.", gone.display_name().full()))
}
