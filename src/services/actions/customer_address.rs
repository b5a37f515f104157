//! Billing and shipping addresses. A change closes the old row and opens a new one, so that the history stays.

use serde_json::{Value as Json, json};

use super::customer_reading::{current, read_address, refuse_spread};
use crate::domain::address::Address;
use crate::domain::id::{AddressId, CustomerId, SubscriptionId};
use crate::domain::log::{Log, Subject};
use crate::domain::text;
use crate::services::done::{Done, Outcome, Touched};
use crate::services::refusal::{OfField, OrUnknown, Refusal, Result};
use crate::services::work::{Entry, Work};
use crate::store::address::{self, Saved};
use crate::store::customer::Customer;

/// What a person says of an address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AddressDraft {
    /// What the shop calls it, such as Workshop; only a shipping address has one.
    pub label: String,
    pub address: Address,
    /// Whether orders are shipped there unless somebody says otherwise.
    pub is_default: bool,
}

/// Where something is shipped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ShipTo {
    /// As usual: to the customer's default shipping address, without one to the billing address.
    #[default]
    Usual,
    /// To the billing address.
    Billing,
    /// To this address of the customer.
    Address(AddressId),
}

impl std::str::FromStr for ShipTo {
    type Err = &'static str;

    fn from_str(text: &str) -> std::result::Result<Self, Self::Err> {
        match text.trim() {
            "" | "usual" => Ok(Self::Usual),
            "billing" => Ok(Self::Billing),
            number => number
                .parse()
                .map(|id| Self::Address(AddressId(id)))
                .map_err(|_| "write the number of an address, or billing"),
        }
    }
}

/// What a change of address wrote, for the log and for undo.
pub(in crate::services) struct Moved {
    opened: Option<AddressId>,
    closed: Option<AddressId>,
    /// The default before, where another one became it.
    default_before: Option<AddressId>,
    shipped: Vec<SubscriptionId>,
}

impl Moved {
    /// As the log keeps it.
    pub(in crate::services) fn details(&self) -> Json {
        json!({
            "address_opened": self.opened,
            "address_closed": self.closed,
            "default_before": self.default_before,
            "shipped": self.shipped,
        })
    }
}

/// Makes an address the default billing address from today on; the one before is closed.
pub(in crate::services) fn replace_billing(work: &Work, id: CustomerId, address: &Address) -> Result<Moved> {
    let old = address::default_of(work.db, id, "billing")?;
    if let Some(old) = &old {
        address::close(work.db, old.id, work.today)?;
    }
    let new = Saved { address: address.clone(), ..blank(work, id, "billing", true) };
    let opened = Some(address::open(work.db, &new)?);
    Ok(Moved { opened, closed: old.map(|old| old.id), default_before: None, shipped: Vec::new() })
}

fn blank(work: &Work, customer: CustomerId, kind: &str, is_default: bool) -> Saved {
    Saved {
        id: AddressId(0),
        customer,
        kind: kind.to_owned(),
        label: String::new(),
        address: Address::default(),
        is_default,
        from_on: work.today,
        to_on: None,
    }
}

/// Gives a customer a new billing address.
pub(in crate::services) fn set_billing(work: &Work, id: CustomerId, address: &Address) -> Result<Done> {
    let customer = current(work, id)?;
    let address = written(&customer, address)?;
    let moved = replace_billing(work, customer.id, &address)?;
    log(work, Log::SetBillingAddress, customer.id, &moved, &address)?;
    let said = format!("The billing address of {} is saved; the old one is kept.", customer.display_name().full());
    Ok(Done::new(said, Outcome::Customer(customer.id), &[Touched::Customers]))
}

/// Adds a shipping address. The first one is the default.
pub(in crate::services) fn add_shipping(work: &Work, id: CustomerId, draft: &AddressDraft) -> Result<Done> {
    let customer = current(work, id)?;
    let default_before = address::default_of(work.db, customer.id, "shipping")?;
    let is_default = draft.is_default || default_before.is_none();
    let new = Saved {
        label: text::clean_line(&draft.label, 60).of_field("label")?,
        address: written(&customer, &draft.address)?,
        ..blank(work, customer.id, "shipping", is_default)
    };
    let default_before = default_before.filter(|_| is_default).map(|old| old.id);
    if let Some(old) = default_before {
        address::set_default(work.db, old, false)?;
    }
    let opened = Some(address::open(work.db, &new)?);
    let moved = Moved { opened, closed: None, default_before, shipped: Vec::new() };
    log(work, Log::AddAddress, customer.id, &moved, &new.address)?;
    let said = format!("{} can be shipped to {} now.", customer.display_name().full(), new.address.one_line());
    Ok(Done::new(said, Outcome::Customer(customer.id), &[Touched::Customers]))
}

/// Changes an address: subscriptions that are shipped there are shipped to the new one.
pub(in crate::services) fn change(work: &Work, id: AddressId, draft: &AddressDraft) -> Result<Done> {
    let old = holds(work, id)?;
    let customer = current(work, old.customer)?;
    let is_billing = old.kind == "billing";
    let is_default = is_billing || old.is_default || draft.is_default;
    let new = Saved {
        label: if is_billing { String::new() } else { text::clean_line(&draft.label, 60).of_field("label")? },
        address: written(&customer, &draft.address)?,
        ..blank(work, old.customer, &old.kind, is_default)
    };
    let default_before = match address::default_of(work.db, old.customer, &old.kind)? {
        Some(other) if is_default && other.id != old.id => {
            address::set_default(work.db, other.id, false)?;
            Some(other.id)
        }
        _ => None,
    };
    address::close(work.db, id, work.today)?;
    let opened = address::open(work.db, &new)?;
    let shipped = address::shipped_to(work.db, customer.id, id)?;
    address::ship_to(work.db, &shipped, id, opened)?;
    address::ship_items_to(work.db, &address::drafts_shipped_to(work.db, customer.id, id)?, id, opened)?;
    address::bill_to(work.db, customer.id, id, opened)?;
    let moved = Moved { opened: Some(opened), closed: Some(id), default_before, shipped };
    log(work, Log::ChangeAddress, customer.id, &moved, &old.address)?;
    let there = match moved.shipped.len() {
        0 => String::new(),
        1 => " 1 subscription is shipped to the new one.".to_owned(),
        many => format!(" {many} subscriptions are shipped to the new one."),
    };
    let said = format!("The address of {} is changed; the old one is kept.{there}", customer.display_name().full());
    Ok(Done::new(said, Outcome::Customer(customer.id), &[Touched::Customers, Touched::Orders]))
}

/// Takes an address off: it stays in the history.
pub(in crate::services) fn remove(work: &Work, id: AddressId) -> Result<Done> {
    let old = holds(work, id)?;
    let customer = current(work, old.customer)?;
    let shipped = address::shipped_to(work.db, customer.id, id)?;
    if let Some(one) = shipped.first() {
        let message = format!("{} is shipped there: change the address instead, or where it is shipped", one.shown());
        return Err(Refusal::new("shipped_there", message).into());
    }
    if let Some(draft) = address::drafts_shipped_to(work.db, customer.id, id)?.first() {
        let message = format!("the draft O-{draft} is to be shipped there: cancel it, or change the address instead");
        return Err(Refusal::new("shipped_there", message).into());
    }
    if let Some(order) = address::billed_to(work.db, customer.id, id)?.first() {
        let message = format!("order O-{order} is billed there: change the address instead");
        return Err(Refusal::new("billed_there", message).into());
    }
    address::close(work.db, id, work.today)?;
    let moved = Moved { opened: None, closed: Some(id), default_before: None, shipped };
    log(work, Log::RemoveAddress, customer.id, &moved, &old.address)?;
    let gap = if old.kind == "billing" { " Without a billing address the customer is listed on Today." } else { "" };
    let said = format!("That address of {} is no longer in use.{gap}", customer.display_name().full());
    Ok(Done::new(said, Outcome::Customer(customer.id), &[Touched::Customers]))
}

/// Undoes one of these, and the address that was saved with a customer.
pub(in crate::services) fn take_back(work: &Work, details: &Json) -> Result<bool> {
    let id = |name: &str| details.get(name).and_then(Json::as_i64).map(AddressId);
    let (opened, closed) = (id("address_opened"), id("address_closed"));
    if let Some(opened) = opened {
        let row = address::by_id(work.db, opened)?.or_unknown("address", opened)?;
        if row.to_on.is_some() {
            return Err(Refusal::new("depended_on", "that address was changed since: take that back first").into());
        }
        address::close(work.db, opened, work.today.max(row.from_on))?;
        ship_back(work, &row, closed, details)?;
    }
    if let Some(closed) = closed {
        address::reopen(work.db, closed)?;
    }
    if let Some(default) = id("default_before") {
        address::set_default(work.db, default, true)?;
    }
    Ok(opened.is_some() || closed.is_some())
}

/// What is shipped to an address that is taken back goes to the one before; where there was none, it has to go first.
fn ship_back(work: &Work, opened: &Saved, closed: Option<AddressId>, details: &Json) -> Result<()> {
    let customer = current(work, opened.customer)?.id;
    let mut shipped = address::shipped_to(work.db, customer, opened.id)?;
    let drafts = address::drafts_shipped_to(work.db, customer, opened.id)?;
    let Some(closed) = closed else {
        let shipped = shipped.first().map(|id| id.shown()).or_else(|| drafts.first().map(|id| format!("O-{id}")));
        let billed = address::billed_to(work.db, customer, opened.id)?.first().map(|id| format!("O-{id} is billed"));
        return shipped.map(|first| format!("{first} is shipped")).or(billed).map_or(Ok(()), |first| {
            let message = format!("{first} to that address since: take that back first");
            Err(Refusal::new("depended_on", message).into())
        });
    };
    address::bill_to(work.db, customer, opened.id, closed)?;
    // Those that have ended since are still told by the log.
    let told = details.get("shipped").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_i64);
    shipped.extend(told.map(SubscriptionId));
    address::ship_to(work.db, &shipped, opened.id, closed)?;
    Ok(address::ship_items_to(work.db, &drafts, opened.id, closed)?)
}

/// An address that holds and is this customer's own.
pub(in crate::services) fn own(work: &Work, field: &'static str, customer: CustomerId, id: AddressId) -> Result<Saved> {
    let found = address::by_id(work.db, id)?.or_unknown("address", id)?;
    if current(work, found.customer)?.id != customer {
        return Err(Refusal::of_field(field, "that is an address of another customer").into());
    }
    match found.to_on {
        Some(_) => Err(Refusal::of_field(field, "that address is no longer in use").into()),
        None => Ok(found),
    }
}

/// Where a customer's things are shipped; none stands for the billing address, whichever that is then.
pub(in crate::services) fn shipping(work: &Work, customer: CustomerId, to: ShipTo) -> Result<Option<AddressId>> {
    match to {
        ShipTo::Billing => Ok(None),
        ShipTo::Usual => Ok(address::default_of(work.db, customer, "shipping")?.map(|usual| usual.id)),
        ShipTo::Address(id) => {
            let found = own(work, "ship_to", customer, id)?;
            Ok(Some(id).filter(|_| found.kind != "billing"))
        }
    }
}

fn holds(work: &Work, id: AddressId) -> Result<Saved> {
    let found = address::by_id(work.db, id)?.or_unknown("address", id)?;
    match found.to_on {
        Some(_) => Err(Refusal::new("address_of_before", "that address is no longer in use").into()),
        None => Ok(found),
    }
}

fn log(work: &Work, action: Log, customer: CustomerId, moved: &Moved, address: &Address) -> Result<()> {
    work.log(&Entry {
        customer: Some(customer),
        details: moved.details(),
        text: Some(address.one_line()),
        ..Entry::new(action, Subject::Customer(customer))
    })?;
    Ok(())
}

/// An address that says at least where.
fn written(customer: &Customer, draft: &Address) -> Result<Address> {
    let address = read_address(draft)?;
    refuse_spread(customer, &address)?;
    if address.is_empty() {
        return Err(Refusal::of_field("address", "write at least a street or a town").into());
    }
    Ok(address)
}
