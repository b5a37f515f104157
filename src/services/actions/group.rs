//! Billing groups are made, customers join and leave.

use serde_json::json;

use super::catalogue::taken;
use crate::domain::id::{CustomerId, GroupId};
use crate::domain::log::{Log, Subject};
use crate::domain::status::InvoiceKind;
use crate::domain::terms::{due_on, regular_terms};
use crate::domain::{contact, text};
use crate::services::billing::{self, Billing, InvoiceHead};
use crate::services::done::{Done, Outcome, Touched};
use crate::services::letterhead::not_shown;
use crate::services::refusal::{DeskError, OfField, OrUnknown, Refusal, Result};
use crate::services::work::{Entry, Work};
use crate::store::billing::{self as rows, Payer};
use crate::store::{StoreError, customer, group, merge};

/// What a person says of a group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupDraft {
    pub name: String,
    /// Whom to ask for.
    pub contact_name: String,
    /// Where invoices go.
    pub email: String,
    /// Who invoices go to, parted by commas; empty for `email`.
    pub invoice_emails: String,
    /// Address lines, parted by `;`.
    pub address: String,
    pub tax_number: String,
    /// Days to pay; 30 when empty.
    pub terms: String,
    /// Day of the month, 1–28; 1 when empty.
    pub billing_day: String,
}

/// Adds a group.
pub(in crate::services) fn add(work: &Work, draft: &GroupDraft) -> Result<Done> {
    let none = group::Group {
        id: GroupId(0),
        name: String::new(),
        contact_name: String::new(),
        email: String::new(),
        invoice_emails: String::new(),
        address: String::new(),
        tax_number: String::new(),
        currency: work.shop.currency,
        terms_days: 30,
        billing_day: 1,
        created_on: work.today,
        last_billed_on: None,
    };
    let new = read(draft, &none)?;
    let id = group::insert(work.db, &new).map_err(|error| name_taken(error, &new.name))?;
    let details = json!({ "terms_days": new.terms_days, "billing_day": new.billing_day });
    work.log(&Entry { details, ..Entry::new(Log::AddGroup, Subject::Group(id)) })?;
    let unshown = not_shown(work, &[&new.name, &new.contact_name, &new.address])?;
    Ok(Done::new(format!("Group {} was added.{unshown}", new.name), Outcome::Group(id), &[Touched::Groups]))
}

/// Saves a group.
pub(in crate::services) fn edit(work: &Work, id: GroupId, version: i64, draft: &GroupDraft) -> Result<Done> {
    let before = group::by_id(work.db, id)?.or_unknown("billing group", id)?;
    let after = read(draft, &before)?;
    if !group::update(work.db, &after, version).map_err(|error| name_taken(error, &after.name))? {
        return Err(Refusal::new("stale", "somebody else changed this group meanwhile; nothing was saved").into());
    }
    let details = json!({ "terms_days": after.terms_days, "billing_day": after.billing_day });
    work.log(&Entry { details, ..Entry::new(Log::EditGroup, Subject::Group(id)) })?;
    let unshown = not_shown(work, &[&after.name, &after.contact_name, &after.address])?;
    Ok(Done::new(format!("Group {} is saved.{unshown}", after.name), Outcome::Group(id), &[Touched::Groups]))
}

fn name_taken(error: StoreError, name: &str) -> DeskError {
    taken(error, "name", format!("there is a group {name} already"))
}

fn read(draft: &GroupDraft, before: &group::Group) -> Result<group::Group> {
    let line = |field, value: &str, most| text::clean_line(value, most).of_field(field);
    let name = line("name", &draft.name, 300)?;
    if name.is_empty() {
        return Err(Refusal::of_field("name", "a group needs a name").into());
    }
    let email = match draft.email.trim() {
        "" => String::new(),
        value => contact::email(value).of_field("email")?,
    };
    let invoice_emails = contact::emails_if_any(&draft.invoice_emails).of_field("invoice_emails")?;
    let contact_name = line("contact_name", &draft.contact_name, 200)?;
    let address = line("address", &draft.address, 600)?.replace("; ", "\n").replace(';', "\n");
    // A `;` hid what stands on two lines now.
    text::refuse_spread(&[&name, &contact_name, &address]).of_field("address")?;
    Ok(group::Group {
        name,
        contact_name,
        email,
        invoice_emails,
        address,
        tax_number: line("tax_number", &draft.tax_number, 40)?,
        terms_days: number("terms", &draft.terms, 30, 0..=365)?,
        billing_day: number("billing_day", &draft.billing_day, 1, 1..=28)?,
        ..before.clone()
    })
}

fn number(field: &'static str, value: &str, default: u32, range: std::ops::RangeInclusive<u32>) -> Result<u32> {
    let value = value.trim();
    if value.is_empty() {
        return Ok(default);
    }
    value.parse().ok().filter(|number| range.contains(number)).ok_or_else(|| {
        Refusal::of_field(field, format!("write a number from {} to {}", range.start(), range.end())).into()
    })
}

/// Puts a customer into a group.
pub(in crate::services) fn join(work: &Work, id: GroupId, who: CustomerId) -> Result<Done> {
    let group = group::by_id(work.db, id)?.or_unknown("billing group", id)?;
    let customer = super::customer_reading::current(work, who)?;
    let who = customer.id;
    let name = customer.display_name().full();
    if customer.group.is_some() {
        return Err(
            Refusal::new("in_a_group", format!("{name} is in a group already: a customer can be in one only")).into()
        );
    }
    if customer.currency != group.currency {
        let message = format!("{name} pays in {}, the group in {}", customer.currency, group.currency);
        return Err(Refusal::new("currencies_differ", message).into());
    }
    group::join(work.db, id, who, work.today)?;
    let details = json!({ "group": id });
    let subject = Subject::Group(id);
    work.log(&Entry { customer: Some(who), details, ..Entry::new(Log::JoinGroup, subject) })?;
    let said = format!("{name} is billed through {} from now on.", group.name);
    Ok(Done::new(said, Outcome::Group(id), &[Touched::Groups, Touched::Customers]))
}

/// Takes a customer out of its group.
pub(in crate::services) fn leave(work: &Work, who: CustomerId) -> Result<Done> {
    let customer = customer::by_id(work.db, who)?.or_unknown("customer", who)?;
    let name = customer.display_name().full();
    let Some(id) = customer.group else {
        return Err(Refusal::new("in_no_group", format!("{name} is in no group")).into());
    };
    group::leave(work.db, who, work.today)?;
    let invoices = bill_alone(work, who)?;
    let details = json!({ "group": id, "invoices": invoices });
    let subject = Subject::Group(id);
    work.log(&Entry { customer: Some(who), details, ..Entry::new(Log::LeaveGroup, subject) })?;
    let said = match invoices {
        0 => format!("{name} is billed separately from now on."),
        1 => format!("{name} is billed separately from now on; what waited for the group is invoiced."),
        many => format!("{name} is billed separately from now on; what waited for the group is on {many} invoices."),
    };
    Ok(Done::new(said, Outcome::Group(id), &[Touched::Groups, Touched::Customers, Touched::Money]))
}

/// What waited for the group's invoice, also of those merged into a member, gets invoices of its own.
fn bill_alone(work: &Work, who: CustomerId) -> Result<usize> {
    merge::family(work.db, who)?.into_iter().map(|one| bill_one_alone(work, one)).sum()
}

/// Invoices of one customer's own, one a period; a deposit joins the first.
fn bill_one_alone(work: &Work, who: CustomerId) -> Result<usize> {
    let mut waiting = rows::uninvoiced_of_customer(work.db, who)?.into_iter().peekable();
    if waiting.peek().is_none() {
        return Ok(0);
    }
    let billing = Billing::new(work);
    let mut invoices = 0;
    while let Some((subscription, start, line)) = waiting.next() {
        let mut lines = vec![line];
        while let Some((_, _, deposit)) = waiting.next_if(|(of, start, _)| *of == subscription && start.is_none()) {
            lines.push(deposit);
        }
        let due = rows::due_by_id(work.db, subscription)?.or_unknown("subscription", subscription)?;
        let facts = billing::own_payer(work, who, due.bill_to)?;
        let terms = regular_terms(due.kind, None, due.own_terms, due.class_terms);
        let head = InvoiceHead {
            kind: InvoiceKind::Regular,
            payer: Payer::Customer(who),
            currency: due.currency,
            invoiced_on: work.today,
            due_on: due_on(start, work.today, terms),
        };
        billing.gather(&head, &facts, &lines, due.review_required)?;
        invoices += 1;
    }
    Ok(invoices)
}
