//! The page of one customer: header figures and the sections that are no lists of their own.

mod figures;
mod sections;

use chrono::NaiveDate;

use super::customers::CustomerRow;
use super::subscriptions::SubscriptionRow;
use crate::domain::address::Address;
use crate::domain::frequency::Frequency;
use crate::domain::id::{AddressId, CustomerId, NoteId, ReceiptId, SubscriptionId};
use crate::domain::method::Method;
use crate::domain::money::Money;
use crate::domain::status::ReceiptState;
use crate::domain::tax::TaxTreatment;

pub use figures::customer_page;
pub(super) use sections::recovery;
pub use sections::{
    customer_activity, customer_addresses, customer_methods, customer_notes, customer_receipts, customer_subscriptions,
    customer_upgrades, follow_ups,
};

/// What a customer's page shows above its sections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerPage {
    /// The list's row with its sums.
    pub row: CustomerRow,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Number in the trade register.
    pub registration_number: String,
    pub vat_number: String,
    /// Whom to ask for.
    pub contact_person: String,
    /// Who invoices go to, parted by commas; empty for the email address.
    pub invoice_emails: String,
    /// A business's own terms.
    pub terms_days: Option<i64>,
    /// How tax is charged to it.
    pub tax: TaxTreatment,
    /// Why it is exempt.
    pub tax_reason: String,
    pub class_name: String,
    pub preferences: Preferences,
    /// When its personal data was erased.
    pub erased_on: Option<NaiveDate>,
    /// Customers merged into it.
    pub merged: Vec<(CustomerId, String)>,
    /// Monthly prices of active subscriptions.
    pub monthly_income: Money,
    /// Lifetime value ÷ number of subscriptions.
    pub average_subscription_value: Option<Money>,
    /// Payments still open on issued invoices.
    pub open_payment_count: i64,
    /// Due day of the oldest open payment past due.
    pub oldest_overdue_on: Option<NaiveDate>,
    /// Attempts declined in the 365 days before.
    pub failed_count: i64,
    /// The address invoices go to.
    pub billing_address: Option<AddressRow>,
    /// The newest note.
    pub latest_note: Option<NoteRow>,
    /// The next thing to follow up.
    pub follow_up: Option<NoteRow>,
    pub version: i64,
}

/// What a customer prefers; it pre-fills orders.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Preferences {
    pub months: Option<i64>,
    pub frequency: Option<Frequency>,
    pub method: Option<Method>,
    /// `email`, `phone`, `post` or `none`.
    pub channel: Option<String>,
    pub text: String,
}

/// What came in for an asset or subscription against what the asset cost, both net.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recovery {
    pub received: Money,
    /// What the asset cost; `None` without an asset.
    pub cost: Option<Money>,
}

impl Recovery {
    /// Received ÷ cost in parts per thousand; `None` without a cost.
    pub fn per_mille(&self) -> Option<i64> {
        let cost = self.cost.filter(|cost| cost.minor() > 0)?;
        i64::try_from(i128::from(self.received.minor()) * 1000 / i128::from(cost.minor())).ok()
    }
}

/// A subscription in a customer's section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerSubscription {
    pub row: SubscriptionRow,
    /// What it brought in.
    pub recovery: Recovery,
}

/// An address, with the days it was valid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressRow {
    pub id: AddressId,
    pub kind: String,
    /// What the shop calls it.
    pub label: String,
    pub line1: String,
    /// What else stands on the envelope.
    pub line2: String,
    pub postcode: String,
    pub city: String,
    pub region: String,
    pub country: String,
    /// Whether it is the default of its kind.
    pub is_default: bool,
    pub from_on: NaiveDate,
    /// Valid until; `None`: still.
    pub to_on: Option<NaiveDate>,
}

impl AddressRow {
    /// The address itself.
    pub fn address(&self) -> Address {
        Address {
            line1: self.line1.clone(),
            line2: self.line2.clone(),
            postcode: self.postcode.clone(),
            city: self.city.clone(),
            region: self.region.clone(),
            country: self.country.clone(),
        }
    }
}

/// A note on a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteRow {
    pub id: NoteId,
    pub customer_id: CustomerId,
    pub customer_name: String,
    pub noted_on: NaiveDate,
    /// `email`, `phone`, `meeting` or `other`.
    pub kind: String,
    pub summary: String,
    /// When to come back to it.
    pub follow_up_on: Option<NaiveDate>,
    /// What to do then.
    pub follow_up_action: String,
    /// When that was done.
    pub followed_up_on: Option<NaiveDate>,
    pub operator: String,
}

/// One subscription took the place of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpgradeRow {
    /// When the new one began.
    pub on: NaiveDate,
    /// The one that ended.
    pub from: SubscriptionId,
    /// What was rented by it: product and variant.
    pub from_product: String,
    /// The one that took its place.
    pub to: SubscriptionId,
    /// What is rented by it.
    pub to_product: String,
    /// Price a month before.
    pub from_price: Money,
    /// Price a month as agreed for the new one.
    pub to_price: Money,
}

/// How a customer pays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MethodRow {
    pub id: i64,
    pub method: Method,
    pub brand: String,
    /// Last four digits of the card.
    pub last_four: String,
    /// Year and month the card ends.
    pub expires: Option<(i64, i64)>,
    /// Mandate of a direct debit.
    pub mandate_reference: String,
    pub mandate_on: Option<NaiveDate>,
    /// Whether it is the default.
    pub is_default: bool,
    /// When it was taken off.
    pub removed_on: Option<NaiveDate>,
}

/// Money that arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptRow {
    pub id: ReceiptId,
    /// Its number as printed.
    pub number: String,
    /// Where it stands.
    pub state: ReceiptState,
    pub received_on: NaiveDate,
    pub cleared_on: Option<NaiveDate>,
    pub method: Method,
    pub reference: String,
    pub amount: Money,
    pub allocated: Money,
    pub refunded: Money,
    /// Left over: credit, while the receipt is cleared.
    pub credit: Money,
}
