//! Customers are added and changed, get notes, and what was noted is followed up.

use chrono::{NaiveDate, SecondsFormat};
use serde_json::json;

use super::customer_address::replace_billing;
pub use super::customer_draft::CustomerDraft;
use super::customer_reading::{current, read_address, refuse_spread};
use crate::domain::currency::Currency;
use crate::domain::customer::CustomerKind;
use crate::domain::id::{ClassId, CustomerId, NoteId};
use crate::domain::log::{Log, Subject};
use crate::domain::tax::TaxTreatment;
use crate::domain::was::Was;
use crate::domain::{contact, text, vat};
use crate::services::done::{Done, Outcome, Touched, WayBack};
use crate::services::letterhead::not_shown;
use crate::services::refusal::{OfField, OrUnknown, Refusal, Result};
use crate::services::retaxing;
use crate::services::work::{Entry, Work};
use crate::store::activity;
use crate::store::customer::{self, Customer};
use crate::store::note::{self, NewNote};

/// Adds a customer.
pub(in crate::services) fn add(work: &Work, draft: &CustomerDraft) -> Result<Done> {
    let currency = match draft.currency.trim() {
        "" => work.shop.currency,
        code => Currency::new(code).of_field("currency")?,
    };
    let class = customer::default_class(work.db)?;
    let blank = Customer {
        id: CustomerId(0),
        kind: CustomerKind::Individual,
        first_name: String::new(),
        last_name: String::new(),
        company_name: String::new(),
        email: String::new(),
        invoice_emails: String::new(),
        phone: String::new(),
        registration_number: String::new(),
        vat_number: String::new(),
        contact_person: String::new(),
        terms_days: None,
        class,
        group: None,
        currency,
        joined_on: work.today,
        merged_into: None,
        erased_on: None,
        closed_on: None,
        version: 1,
        tax: TaxTreatment::Standard,
        tax_reason: String::new(),
    };
    let new = read(work, draft, &blank)?;
    let address = read_address(&draft.address)?;
    refuse_spread(&new, &address)?;
    let id = customer::insert(work.db, &new)?;
    if !address.is_empty() {
        replace_billing(work, id, &address)?;
    }
    let name = new.display_name().full();
    work.log(&Entry {
        customer: Some(id),
        details: json!({ "kind": new.kind.code() }),
        text: Some(name.clone()),
        ..Entry::new(Log::AddCustomer, Subject::Customer(id))
    })?;
    let unshown = not_shown(work, &[&name, &new.contact_person, &address.one_line()])?;
    Ok(Done::new(format!("{name} was added as a customer.{unshown}"), Outcome::Customer(id), &[Touched::Customers]))
}

/// Saves a customer. What its fields held before stays in the log; undo puts it back.
pub(in crate::services) fn edit(work: &Work, id: CustomerId, version: i64, draft: &CustomerDraft) -> Result<Done> {
    let before = current(work, id)?;
    let id = before.id;
    if before.version != version {
        return Err(stale(work, &before)?.into());
    }
    let after = read(work, draft, &before)?;
    let address = read_address(&draft.address)?;
    refuse_spread(&after, &address)?;
    customer::update(work.db, &after)?;
    if after.tax != before.tax {
        retaxing::waiting(work)?;
    }
    let stands = customer::billing_address(work.db, id)?.map(|(_, address)| address).unwrap_or_default();
    let moved =
        if !address.is_empty() && address != stands { Some(replace_billing(work, id, &address)?) } else { None };
    let was = differences(work, &before, &after)?;
    let name = after.display_name().full();
    work.log(&Entry {
        customer: Some(id),
        details: moved.map(|moved| moved.details()).unwrap_or_default(),
        text: Some(was.text()).filter(|text| !text.is_empty()),
        ..Entry::new(Log::EditCustomer, Subject::Customer(id))
    })?;
    let mut said = format!("{name} is saved.");
    if before.kind == CustomerKind::Business && after.kind == CustomerKind::Individual {
        said.push_str(" Invoices are due at once from now on; what the company was called stays in the log.");
    }
    said.push_str(&not_shown(work, &[&name, &after.contact_person, &address.one_line()])?);
    Ok(Done::new(said, Outcome::Customer(id), &[Touched::Customers]))
}

/// Somebody else was faster: says who and when, and what stands now.
fn stale(work: &Work, now: &Customer) -> Result<Refusal> {
    let mut draft = CustomerDraft::of(now, &class_name(work, now.class)?);
    draft.address = customer::billing_address(work.db, now.id)?.map(|(_, address)| address).unwrap_or_default();
    let (by, at) = activity::newest_change(work.db, now.id)?.unzip();
    let who = by.clone().unwrap_or_else(|| "somebody else".to_owned());
    let when = at.map(|at| at.with_timezone(&work.shop.time_zone).format(" at %H:%M").to_string()).unwrap_or_default();
    let message = format!("{who} changed this customer meanwhile{when}; nothing was saved");
    let at = at.map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true));
    Ok(Refusal::new("stale", message).with(json!({ "now": draft, "version": now.version, "by": by, "at": at })))
}

fn class_name(work: &Work, id: ClassId) -> Result<String> {
    let found = customer::classes(work.db)?.into_iter().find(|(known, _)| *known == id);
    Ok(found.map(|(_, name)| name).unwrap_or_default())
}

fn differences(work: &Work, before: &Customer, after: &Customer) -> Result<Was> {
    let before = CustomerDraft::of(before, &class_name(work, before.class)?);
    let after = CustomerDraft::of(after, &class_name(work, after.class)?);
    let mut was = Was::default();
    for (label, (before, after)) in
        super::customer_draft::LABELS.into_iter().zip(before.values().into_iter().zip(after.values()))
    {
        was.note(label, before, after);
    }
    Ok(was)
}

/// Puts the fields of a customer back to what they were.
pub(in crate::services) fn put_back(work: &Work, id: CustomerId, was: &Was) -> Result<Customer> {
    let now = current(work, id)?;
    let mut draft = CustomerDraft::of(&now, &class_name(work, now.class)?);
    for (label, value) in super::customer_draft::LABELS.into_iter().zip(draft.values_mut()) {
        if let Some(before) = was.before(label) {
            before.clone_into(value);
        }
    }
    let again = read(work, &draft, &now)?;
    customer::update(work.db, &again)?;
    if again.tax != now.tax {
        retaxing::waiting(work)?;
    }
    Ok(again)
}

fn read(work: &Work, draft: &CustomerDraft, before: &Customer) -> Result<Customer> {
    let line = |field, value: &str, most| text::clean_line(value, most).of_field(field);
    let kind: CustomerKind = match draft.kind.trim() {
        "" => before.kind,
        code => code.parse().of_field("kind")?,
    };
    let email = match draft.email.trim() {
        "" => String::new(),
        value => contact::email(value).of_field("email")?,
    };
    let invoice_emails = contact::emails_if_any(&draft.invoice_emails).of_field("invoice_emails")?;
    let phone = match draft.phone.trim() {
        "" => String::new(),
        value => contact::phone(value).of_field("phone")?,
    };
    let is_business = kind == CustomerKind::Business;
    // Who is no company any more keeps none of its fields; the log says what they held.
    let was_business = before.kind == CustomerKind::Business && !is_business;
    let of_business = |value: &str| if was_business { String::new() } else { value.to_owned() };
    let vat_number = match of_business(&draft.vat_number) {
        same if same == before.vat_number => same,
        new => vat::vat_number(&new).of_field("vat_number")?,
    };
    let (tax, tax_reason) = treatment(draft, before, was_business)?;
    let customer = Customer {
        kind,
        first_name: line("first_name", &draft.first_name, 300)?,
        last_name: line("last_name", &draft.last_name, 300)?,
        company_name: if is_business { line("company_name", &draft.company_name, 300)? } else { String::new() },
        email,
        invoice_emails,
        phone,
        registration_number: line("registration_number", &of_business(&draft.registration_number), 60)?,
        vat_number,
        contact_person: line("contact_person", &of_business(&draft.contact_person), 200)?,
        terms_days: if is_business { terms(&draft.terms)? } else { Some(0) },
        class: class(work, &draft.class, before.class)?,
        tax,
        tax_reason,
        ..before.clone()
    };
    if is_business && customer.company_name.is_empty() {
        return Err(Refusal::of_field("company_name", "a business needs its company name").into());
    }
    if let Some(lack) =
        tax.lacks(is_business, !customer.vat_number.is_empty(), !customer.tax_reason.is_empty()).filter(|_| {
            // What stood so before is not asked about again.
            (tax, &customer.tax_reason, &customer.vat_number, kind)
                != (before.tax, &before.tax_reason, &before.vat_number, before.kind)
        })
    {
        return Err(Refusal::of_field(lack.field(), lack).into());
    }
    if !is_business && customer.first_name.is_empty() && customer.last_name.is_empty() {
        return Err(Refusal::of_field("last_name", "a customer needs a name").into());
    }
    Ok(customer)
}

/// How tax is charged. Who is no company any more accounts for no tax; a reason goes with the exemption.
fn treatment(draft: &CustomerDraft, before: &Customer, was_business: bool) -> Result<(TaxTreatment, String)> {
    let tax = match draft.tax.trim() {
        "" => before.tax,
        said => said.parse().of_field("tax")?,
    };
    let tax = if was_business && tax == TaxTreatment::ReverseCharge { TaxTreatment::Standard } else { tax };
    let reason = text::clean_line(&draft.tax_reason, 300).of_field("tax_reason")?;
    if tax == TaxTreatment::Exempt {
        return Ok((tax, reason));
    }
    if !reason.is_empty() && reason != before.tax_reason {
        return Err(Refusal::of_field("tax_reason", "a reason is for a customer who is exempt from tax").into());
    }
    Ok((tax, String::new()))
}

fn class(work: &Work, said: &str, before: ClassId) -> Result<ClassId> {
    let said = said.trim();
    if said.is_empty() {
        return Ok(before);
    }
    let classes = customer::classes(work.db)?;
    let found = classes.iter().find(|(id, name)| name.eq_ignore_ascii_case(said) || id.to_string() == said);
    let names = || classes.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>().join(", ");
    found
        .map(|(id, _)| *id)
        .ok_or_else(|| Refusal::of_field("class", format!("there are the classes {}", names())).into())
}

fn terms(value: &str) -> Result<Option<u32>> {
    match value.trim() {
        "" => Ok(None),
        days => match days.parse() {
            Ok(days @ 0..=365) => Ok(Some(days)),
            _ => Err(Refusal::of_field("terms", "write the days to pay, such as 0, 7, 14 or 30").into()),
        },
    }
}

/// What a person notes about a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteDraft {
    pub customer: CustomerId,
    /// The day it was said; today where there is none.
    pub on: Option<NaiveDate>,
    /// `email`, `phone`, `meeting` or `other`.
    pub kind: String,
    pub summary: String,
    /// When to come back to it.
    pub follow_up_on: Option<NaiveDate>,
    /// What to do then.
    pub follow_up_action: String,
}

/// Keeps a note.
pub(in crate::services) fn note(work: &Work, draft: &NoteDraft) -> Result<Done> {
    let customer = current(work, draft.customer)?;
    let id = customer.id;
    let noted_on = draft.on.unwrap_or(work.today);
    work.has_come("on", noted_on)?;
    let summary = text::clean_text(&draft.summary, 10_000).of_field("summary")?;
    if summary.is_empty() {
        return Err(Refusal::of_field("summary", "write what was said").into());
    }
    let kind = if draft.kind.is_empty() { "other" } else { draft.kind.as_str() };
    if !["email", "phone", "meeting", "other"].contains(&kind) {
        return Err(Refusal::of_field("kind", "a note is of kind email, phone, meeting or other").into());
    }
    let follow_up_action = text::clean_line(&draft.follow_up_action, 300).of_field("follow_up_action")?;
    if draft.follow_up_on.is_none() && !follow_up_action.is_empty() {
        return Err(Refusal::of_field("follow_up_on", "write the day on which to do it").into());
    }
    text::refuse_spread(&[&summary, &follow_up_action]).of_field("follow_up_action")?;
    let new = NewNote {
        customer: id,
        noted_on,
        kind: kind.to_owned(),
        summary,
        follow_up_on: draft.follow_up_on,
        follow_up_action,
    };
    let note = note::insert_note(work.db, &new, work.operator())?;
    let subject = Subject::Note(note);
    work.log(&Entry { customer: Some(id), ..Entry::new(Log::AddNote, subject) })?;
    let said = format!("Note on {} saved.", customer.display_name().full());
    Ok(Done::new(said, Outcome::Note(note), &[Touched::Customers]))
}

/// What a note asked for is done.
pub(in crate::services) fn followed_up(work: &Work, id: NoteId) -> Result<Done> {
    let found = note::follow_up(work.db, id)?.or_unknown("note", id)?;
    if found.on.is_none() {
        return Err(Refusal::new("no_follow_up", "that note has no follow-up").into());
    }
    if let Some(on) = found.done_on {
        let on = work.shop.style.date(on);
        return Err(Refusal::new("followed_up_already", format!("that was followed up on {on}")).into());
    }
    note::set_followed_up(work.db, id, Some(work.today))?;
    let customer = current(work, found.customer)?;
    work.log(&Entry { customer: Some(customer.id), ..Entry::new(Log::FollowUp, Subject::Note(id)) })?;
    let said = format!("Followed up on {}.", customer.display_name().full());
    Ok(Done::new(said, Outcome::Note(id), &[Touched::Customers]).back(WayBack::It))
}
