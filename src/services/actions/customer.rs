//! Customers are added and changed, get addresses and notes.

use chrono::NaiveDate;
use serde_json::json;

use crate::domain::address::Address;
use crate::domain::currency::Currency;
use crate::domain::customer::CustomerKind;
use crate::domain::id::CustomerId;
use crate::domain::{contact, text};
use crate::services::done::{Done, Outcome, Touched};
use crate::services::refusal::{OfField, OrUnknown, Refusal, Result};
use crate::services::work::{Entry, Work};
use crate::store::customer::{self, Customer, NewNote};

/// What a person says of a customer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CustomerDraft {
    /// `individual` or `business`.
    pub kind: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Company name.
    pub company_name: String,
    /// Email.
    pub email: String,
    /// Phone.
    pub phone: String,
    /// Number in the trade register.
    pub registration_number: String,
    /// VAT number.
    pub vat_number: String,
    /// Whom to ask for.
    pub contact_person: String,
    /// A business's own terms in days; empty for its class's.
    pub terms: String,
    /// Three letters; empty for the shop's.
    pub currency: String,
    /// The billing address; empty where it is not known yet.
    pub address: Address,
}

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
        phone: String::new(),
        registration_number: String::new(),
        vat_number: String::new(),
        contact_person: String::new(),
        terms_days: None,
        class,
        group: None,
        currency,
        joined_on: work.today,
        version: 1,
    };
    let new = read(draft, &blank)?;
    let address = read_address(&draft.address)?;
    refuse_spread(&new, &address)?;
    let id = customer::insert(work.db, &new)?;
    if !address.is_empty() {
        customer::set_billing_address(work.db, id, &address, work.today)?;
    }
    let name = new.display_name().full();
    work.log(&Entry {
        action: "add_customer",
        customer: Some(id),
        subject: format!("customer:{id}"),
        details: json!({ "kind": new.kind.code() }),
        text: Some(name.clone()),
        ..Entry::default()
    })?;
    Ok(Done::new(format!("{name} is a customer now."), Outcome::Customer(id), &[Touched::Customers]))
}

/// Saves a customer.
pub(in crate::services) fn edit(work: &Work, id: CustomerId, version: i64, draft: &CustomerDraft) -> Result<Done> {
    let before = customer::by_id(work.db, id)?.or_unknown("customer", id)?;
    if before.version != version {
        let message = "somebody else changed this customer meanwhile; nothing was saved";
        return Err(Refusal::new("stale", message).into());
    }
    let after = read(draft, &before)?;
    let address = read_address(&draft.address)?;
    refuse_spread(&after, &address)?;
    customer::update(work.db, &after)?;
    let stands = customer::billing_address(work.db, id)?.map(|(_, address)| address).unwrap_or_default();
    if !address.is_empty() && address != stands {
        customer::set_billing_address(work.db, id, &address, work.today)?;
    }
    let name = after.display_name().full();
    work.log(&Entry {
        action: "edit_customer",
        customer: Some(id),
        subject: format!("customer:{id}"),
        text: Some(format!("was {}", before.display_name().full())),
        ..Entry::default()
    })?;
    Ok(Done::new(format!("{name} is saved."), Outcome::Customer(id), &[Touched::Customers]))
}

/// Gives a customer a new billing address.
pub(in crate::services) fn set_address(work: &Work, id: CustomerId, address: &Address) -> Result<Done> {
    let customer = customer::by_id(work.db, id)?.or_unknown("customer", id)?;
    let address = read_address(address)?;
    refuse_spread(&customer, &address)?;
    if address.is_empty() {
        return Err(Refusal::of_field("address", "write at least a street or a town").into());
    }
    customer::set_billing_address(work.db, id, &address, work.today)?;
    let text = Some(address.one_line());
    let subject = format!("customer:{id}");
    work.log(&Entry { action: "set_billing_address", customer: Some(id), subject, text, ..Entry::default() })?;
    let said = format!("The billing address of {} is saved; the old one is kept.", customer.display_name().full());
    Ok(Done::new(said, Outcome::Customer(id), &[Touched::Customers]))
}

fn read(draft: &CustomerDraft, before: &Customer) -> Result<Customer> {
    let line = |field, value: &str, most| text::clean_line(value, most).of_field(field);
    let kind: CustomerKind = match draft.kind.trim() {
        "" => before.kind,
        code => code.parse().of_field("kind")?,
    };
    let email = match draft.email.trim() {
        "" => String::new(),
        value => contact::email(value).of_field("email")?,
    };
    let phone = match draft.phone.trim() {
        "" => String::new(),
        value => contact::phone(value).of_field("phone")?,
    };
    let is_business = kind == CustomerKind::Business;
    let customer = Customer {
        kind,
        first_name: line("first_name", &draft.first_name, 300)?,
        last_name: line("last_name", &draft.last_name, 300)?,
        company_name: if is_business { line("company_name", &draft.company_name, 300)? } else { String::new() },
        email,
        phone,
        registration_number: line("registration_number", &draft.registration_number, 60)?,
        vat_number: line("vat_number", &draft.vat_number, 40)?,
        contact_person: line("contact_person", &draft.contact_person, 200)?,
        terms_days: if is_business { terms(&draft.terms)? } else { None },
        ..before.clone()
    };
    if is_business && customer.company_name.is_empty() {
        return Err(Refusal::of_field("company_name", "a business needs its company name").into());
    }
    if !is_business && customer.first_name.is_empty() && customer.last_name.is_empty() {
        return Err(Refusal::of_field("last_name", "a customer needs a name").into());
    }
    Ok(customer)
}

/// Refuses a card number in the first and last name, or in any other two places for words.
fn refuse_spread(customer: &Customer, address: &Address) -> Result<()> {
    let texts = [
        &customer.company_name,
        &customer.first_name,
        &customer.last_name,
        &customer.contact_person,
        &address.line1,
        &address.line2,
        &address.city,
        &address.region,
    ];
    text::refuse_spread(&texts.map(String::as_str)).of_field("last_name")
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

fn read_address(draft: &Address) -> Result<Address> {
    let line = |field, value: &str, most| text::clean_line(value, most).of_field(field);
    let country = line("country", &draft.country, 40)?.to_ascii_uppercase();
    if !country.is_empty() && (country.len() != 2 || !country.chars().all(|c| c.is_ascii_uppercase())) {
        return Err(Refusal::of_field("country", "write two letters such as US or DE").into());
    }
    let address = Address {
        line1: line("address", &draft.line1, 200)?,
        line2: line("address_line2", &draft.line2, 200)?,
        postcode: line("postcode", &draft.postcode, 20)?,
        city: line("city", &draft.city, 100)?,
        region: line("region", &draft.region, 100)?,
        country,
    };
    if !address.is_empty() && address.line1.is_empty() && address.city.is_empty() {
        return Err(Refusal::of_field("address", "write at least a street or a town").into());
    }
    Ok(address)
}

/// What a person notes about a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteDraft {
    /// About whom.
    pub customer: CustomerId,
    /// `email`, `phone`, `meeting` or `other`.
    pub kind: String,
    /// What was said.
    pub summary: String,
    /// When to come back to it.
    pub follow_up_on: Option<NaiveDate>,
    /// What to do then.
    pub follow_up_action: String,
}

/// Keeps a note.
pub(in crate::services) fn note(work: &Work, draft: &NoteDraft) -> Result<Done> {
    let id = draft.customer;
    let customer = customer::by_id(work.db, id)?.or_unknown("customer", id)?;
    let summary = text::clean_text(&draft.summary, 10_000).of_field("summary")?;
    if summary.is_empty() {
        return Err(Refusal::of_field("summary", "write what was said").into());
    }
    let kind = if draft.kind.is_empty() { "other" } else { draft.kind.as_str() };
    if !["email", "phone", "meeting", "other"].contains(&kind) {
        return Err(Refusal::of_field("kind", "a note is of kind email, phone, meeting or other").into());
    }
    let follow_up_action = text::clean_line(&draft.follow_up_action, 300).of_field("follow_up_action")?;
    text::refuse_spread(&[&summary, &follow_up_action]).of_field("follow_up_action")?;
    let new = NewNote {
        customer: id,
        noted_on: work.today,
        kind: kind.to_owned(),
        summary,
        follow_up_on: draft.follow_up_on,
        follow_up_action,
    };
    let note = customer::insert_note(work.db, &new, work.operator())?;
    let subject = format!("note:{note}");
    work.log(&Entry { action: "add_note", customer: Some(id), subject, ..Entry::default() })?;
    let said = format!("The note on {} is kept.", customer.display_name().full());
    Ok(Done::new(said, Outcome::Note(note), &[Touched::Customers]))
}
