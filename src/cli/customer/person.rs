//! What a person says of a customer: the options `add` and `edit` share.

use crate::domain::address::Address;
use crate::services::actions::customer::CustomerDraft;

/// Who it is.
#[derive(Debug, Default, clap::Args)]
pub struct Person {
    /// individual or business
    #[arg(long)]
    kind: Option<String>,
    /// First name
    #[arg(long, alias = "first-name")]
    first: Option<String>,
    /// Last name
    #[arg(long, alias = "last-name")]
    last: Option<String>,
    /// Email
    #[arg(long)]
    email: Option<String>,
    /// Who invoices go to where it is not the email, parted by commas; empty for the email
    #[arg(long, value_name = "EMAILS")]
    invoice_emails: Option<String>,
    /// Phone
    #[arg(long, allow_hyphen_values = true)]
    phone: Option<String>,
    /// Company name
    #[arg(long)]
    company: Option<String>,
    /// A business's own days to pay: 0, 7, 14 or 30
    #[arg(long, allow_hyphen_values = true)]
    terms: Option<String>,
    /// Customer class, by name or number
    #[arg(long)]
    class: Option<String>,
    /// VAT number
    #[arg(long)]
    vat: Option<String>,
    /// taxed, exempt or reverse-charge
    #[arg(long)]
    tax: Option<String>,
    /// Why the customer is exempt from tax; stands on invoices
    #[arg(long, value_name = "TEXT")]
    tax_reason: Option<String>,
    /// Number in the trade register
    #[arg(long)]
    registration: Option<String>,
    /// Whom to ask for
    #[arg(long)]
    contact: Option<String>,
}

impl Person {
    /// Puts what was said into a draft; a company that is named makes a new customer a business.
    pub fn tell(self, draft: &mut CustomerDraft) {
        if self.kind.is_none()
            && draft.kind.is_empty()
            && self.company.as_deref().is_some_and(|name| !name.trim().is_empty())
        {
            "business".clone_into(&mut draft.kind);
        }
        for (said, field) in [
            (self.kind, &mut draft.kind),
            (self.first, &mut draft.first_name),
            (self.last, &mut draft.last_name),
            (self.email, &mut draft.email),
            (self.invoice_emails, &mut draft.invoice_emails),
            (self.phone, &mut draft.phone),
            (self.company, &mut draft.company_name),
            (self.terms, &mut draft.terms),
            (self.class, &mut draft.class),
            (self.vat, &mut draft.vat_number),
            (self.tax, &mut draft.tax),
            (self.tax_reason, &mut draft.tax_reason),
            (self.registration, &mut draft.registration_number),
            (self.contact, &mut draft.contact_person),
        ] {
            if let Some(said) = said {
                *field = said;
            }
        }
    }
}

/// Where the invoices go.
#[derive(Debug, Default, clap::Args)]
pub struct Place {
    /// Street and number
    #[arg(long, alias = "address", alias = "line1")]
    street: Option<String>,
    /// What else stands on the envelope
    #[arg(long, alias = "address2", alias = "line2")]
    street2: Option<String>,
    /// Postal code
    #[arg(long, alias = "zip")]
    postcode: Option<String>,
    /// Town
    #[arg(long)]
    city: Option<String>,
    /// State or region
    #[arg(long, alias = "state")]
    region: Option<String>,
    /// Country, two letters
    #[arg(long)]
    country: Option<String>,
}

impl Place {
    /// The address that was said; what was not said is as in `before`.
    pub fn told(self, before: Address) -> Address {
        Address {
            line1: self.street.unwrap_or(before.line1),
            line2: self.street2.unwrap_or(before.line2),
            postcode: self.postcode.unwrap_or(before.postcode),
            city: self.city.unwrap_or(before.city),
            region: self.region.unwrap_or(before.region),
            country: self.country.unwrap_or(before.country),
        }
    }
}
