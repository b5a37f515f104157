//! What a person says of a customer, its fields by name, and two drafts of one customer brought together.

use serde::{Deserialize, Serialize};

use crate::domain::address::Address;
use crate::domain::customer::CustomerKind;
use crate::services::reads::{AddressRow, CustomerPage};
use crate::store::customer::Customer;

/// What a person says of a customer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerDraft {
    pub kind: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    pub company_name: String,
    pub email: String,
    /// Who invoices go to, parted by commas; empty for `email`.
    #[serde(default)]
    pub invoice_emails: String,
    pub phone: String,
    /// Number in the trade register.
    pub registration_number: String,
    pub vat_number: String,
    /// Whom to ask for.
    pub contact_person: String,
    /// A business's own terms in days; empty for its class's.
    pub terms: String,
    /// The class, by name or number; empty for the one it has, or the default one.
    pub class: String,
    /// `standard`, `exempt` or `reverse_charge`; empty for as it is, for a new customer `standard`.
    pub tax: String,
    /// Why it is exempt.
    pub tax_reason: String,
    /// Three letters; empty for the shop's.
    pub currency: String,
    /// The billing address; empty where it is not known yet.
    pub address: Address,
}

/// A field two people changed in different ways.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    pub label: &'static str,
    /// What the other one saved.
    pub theirs: String,
    pub mine: String,
}

/// The fields of a record that the log keeps the past of, by label.
pub const LABELS: [&str; 14] = [
    "Kind",
    "First name",
    "Last name",
    "Company",
    "Email",
    "Phone",
    "Registration no.",
    "VAT number",
    "Contact",
    "Days to pay",
    "Class",
    "Tax",
    "Tax reason",
    "Invoices to",
];

impl CustomerDraft {
    /// A customer as it is saved, without its address.
    pub fn of(customer: &Customer, class: &str) -> Self {
        let is_business = customer.kind == CustomerKind::Business;
        let terms = customer.terms_days.filter(|_| is_business).map(|days| days.to_string());
        Self {
            kind: customer.kind.code().to_owned(),
            first_name: customer.first_name.clone(),
            last_name: customer.last_name.clone(),
            company_name: customer.company_name.clone(),
            email: customer.email.clone(),
            invoice_emails: customer.invoice_emails.clone(),
            phone: customer.phone.clone(),
            registration_number: customer.registration_number.clone(),
            vat_number: customer.vat_number.clone(),
            contact_person: customer.contact_person.clone(),
            terms: terms.unwrap_or_default(),
            class: class.to_owned(),
            tax: customer.tax.code().to_owned(),
            tax_reason: customer.tax_reason.clone(),
            currency: customer.currency.code().to_owned(),
            address: Address::default(),
        }
    }

    /// A customer as its page shows it, with its billing address.
    pub fn of_page(page: &CustomerPage) -> Self {
        let row = &page.row;
        let is_business = row.kind == CustomerKind::Business;
        Self {
            kind: row.kind.code().to_owned(),
            first_name: page.first_name.clone(),
            last_name: page.last_name.clone(),
            company_name: row.company.clone(),
            email: row.email.clone(),
            invoice_emails: page.invoice_emails.clone(),
            phone: row.phone.clone(),
            registration_number: page.registration_number.clone(),
            vat_number: page.vat_number.clone(),
            contact_person: page.contact_person.clone(),
            terms: page.terms_days.filter(|_| is_business).map(|days| days.to_string()).unwrap_or_default(),
            class: page.class_name.clone(),
            tax: page.tax.code().to_owned(),
            tax_reason: page.tax_reason.clone(),
            currency: row.outstanding.currency().code().to_owned(),
            address: page.billing_address.as_ref().map(AddressRow::address).unwrap_or_default(),
        }
    }

    /// The values under [`LABELS`].
    pub fn values(&self) -> [&String; 14] {
        [
            &self.kind,
            &self.first_name,
            &self.last_name,
            &self.company_name,
            &self.email,
            &self.phone,
            &self.registration_number,
            &self.vat_number,
            &self.contact_person,
            &self.terms,
            &self.class,
            &self.tax,
            &self.tax_reason,
            &self.invoice_emails,
        ]
    }

    /// The same, to be changed.
    pub fn values_mut(&mut self) -> [&mut String; 14] {
        [
            &mut self.kind,
            &mut self.first_name,
            &mut self.last_name,
            &mut self.company_name,
            &mut self.email,
            &mut self.phone,
            &mut self.registration_number,
            &mut self.vat_number,
            &mut self.contact_person,
            &mut self.terms,
            &mut self.class,
            &mut self.tax,
            &mut self.tax_reason,
            &mut self.invoice_emails,
        ]
    }

    /// What was typed on top of what somebody else saved meanwhile: fields typed here stay as typed, the others become
    /// theirs. `base` is what both began with; what both changed, in different ways, is told.
    pub fn onto(&self, base: &Self, theirs: &Self) -> (Self, Vec<Clash>) {
        let mut both = self.clone();
        let mut clashes = Vec::new();
        let (mine, base_values, their_values) = (self.values(), base.values(), theirs.values());
        for (at, value) in both.values_mut().into_iter().enumerate() {
            let (mine, base, theirs) = (mine[at], base_values[at], their_values[at]);
            if mine == base {
                value.clone_from(theirs);
            } else if theirs != base && theirs != mine {
                clashes.push(Clash { label: LABELS[at], theirs: theirs.clone(), mine: mine.clone() });
            }
        }
        if self.address == base.address {
            both.address.clone_from(&theirs.address);
        } else if theirs.address != base.address && theirs.address != self.address {
            let (theirs, mine) = (theirs.address.one_line(), self.address.one_line());
            clashes.push(Clash { label: "Address", theirs, mine });
        }
        (both, clashes)
    }

    /// The fields that differ, as label, their value, this one's.
    pub fn differences(&self, other: &Self) -> Vec<(&'static str, String, String)> {
        let pairs = LABELS.into_iter().zip(other.values().into_iter().zip(self.values()));
        let mut found: Vec<_> = pairs
            .filter(|(_, (theirs, mine))| theirs != mine)
            .map(|(label, (theirs, mine))| (label, theirs.clone(), mine.clone()))
            .collect();
        if self.address != other.address {
            found.push(("Address", other.address.one_line(), self.address.one_line()));
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(email: &str, phone: &str, city: &str) -> CustomerDraft {
        CustomerDraft {
            email: email.into(),
            phone: phone.into(),
            address: Address { city: city.into(), ..Address::default() },
            ..CustomerDraft::default()
        }
    }

    #[test]
    fn what_one_typed_and_what_another_saved_both_stay_where_they_do_not_meet() {
        let base = draft("a@x.example", "1", "Berlin");
        let (both, clashes) = draft("b@x.example", "1", "Berlin").onto(&base, &draft("a@x.example", "2", "Bonn"));
        assert_eq!((both, clashes), (draft("b@x.example", "2", "Bonn"), vec![]));
    }

    #[test]
    fn what_both_changed_stays_as_typed_and_is_told() {
        let base = draft("a@x.example", "1", "Berlin");
        let (both, clashes) = draft("b@x.example", "1", "Köln").onto(&base, &draft("c@x.example", "1", "Bonn"));
        assert_eq!(both, draft("b@x.example", "1", "Köln"));
        let clash = |label, theirs: &str, mine: &str| Clash { label, theirs: theirs.into(), mine: mine.into() };
        assert_eq!(clashes, [clash("Email", "c@x.example", "b@x.example"), clash("Address", "Bonn", "Köln")]);
        let (_, clashes) = draft("b@x.example", "1", "Bonn").onto(&base, &draft("b@x.example", "1", "Bonn"));
        assert!(clashes.is_empty(), "both typed the same");
    }
}
