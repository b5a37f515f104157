//! What every Action on a customer reads first: the customer as known, an address as typed.

use crate::domain::address::Address;
use crate::domain::country_code::country_code;
use crate::domain::format::Style;
use crate::domain::id::CustomerId;
use crate::domain::text;
use crate::services::refusal::{OfField, OrUnknown, Refusal, Result};
use crate::services::work::Work;
use crate::store::Db;
use crate::store::customer::{self, Customer};

/// The customer a number is read as, unless its data was erased.
pub(in crate::services) fn current(work: &Work, id: CustomerId) -> Result<Customer> {
    current_in(work.db, work.shop.style, id)
}

/// The same, where nothing is written.
pub(super) fn current_in(db: &Db, style: Style, id: CustomerId) -> Result<Customer> {
    let customer = customer::current(db, id)?.or_unknown("customer", id)?;
    match customer.erased_on {
        Some(on) => {
            let on = style.date(on);
            Err(Refusal::new("erased", format!("the data of this customer was erased on {on}")).into())
        }
        None => Ok(customer),
    }
}

/// What is said of a country that is none.
pub const NO_COUNTRY: &str = "write a country by its name or its two letters, such as Germany or DE";

/// Reads the parts of an address; it may be empty.
pub(in crate::services) fn read_address(draft: &Address) -> Result<Address> {
    let line = |field, value: &str, most| text::clean_line(value, most).of_field(field);
    let country = match line("country", &draft.country, 60)? {
        none if none.is_empty() => none,
        typed => country_code(&typed).ok_or_else(|| Refusal::of_field("country", NO_COUNTRY))?,
    };
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

/// Refuses a card number in the first and last name, or in any other two places for words.
pub(in crate::services) fn refuse_spread(customer: &Customer, address: &Address) -> Result<()> {
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
