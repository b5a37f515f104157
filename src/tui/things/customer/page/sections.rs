//! The sections of a customer's page, and what their rows are.

use crate::domain::id::{AddressId, InvoiceId, NoteId, OrderId, PaymentId, ReceiptId, SubscriptionId};

/// A section.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Section {
    Overview,
    Subscriptions,
    Orders,
    Payments,
    Invoices,
    Methods,
    Addresses,
    Notes,
    Preferences,
    Activity,
}

/// In the order of Tab.
pub(super) const SECTIONS: [Section; 10] = [
    Section::Overview,
    Section::Subscriptions,
    Section::Orders,
    Section::Payments,
    Section::Invoices,
    Section::Addresses,
    Section::Notes,
    Section::Methods,
    Section::Preferences,
    Section::Activity,
];

impl Section {
    /// The section of that number.
    pub(super) fn at(number: usize) -> Self {
        SECTIONS.get(number).copied().unwrap_or(Self::Overview)
    }

    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::Subscriptions => "Subs",
            Self::Orders => "Orders",
            Self::Payments => "Payments",
            Self::Invoices => "Invoices",
            Self::Methods => "Methods",
            Self::Addresses => "Address",
            Self::Notes => "Notes",
            Self::Preferences => "Prefs",
            Self::Activity => "Log",
        }
    }

    /// Why it has no rows, and which key makes some.
    pub(super) const fn empty(self) -> &'static str {
        match self {
            Self::Overview => "Rents nothing now. F6 takes an order.",
            Self::Subscriptions => "Never rented anything yet. F6 takes an order.",
            Self::Orders => "No orders yet. F6 takes the first one.",
            Self::Payments => "No such payments. F4 shows others; payments appear when a period starts.",
            Self::Invoices => "No invoices yet. They are made by themselves when a period starts.",
            Self::Methods => "How this customer pays is not known yet. F6 adds a card, a mandate or another way.",
            Self::Addresses => "No address yet. F6 writes the billing address.",
            Self::Notes => "No notes yet. F6 writes one.",
            Self::Preferences => "No preferences or upgrades are known yet. F2 writes preferences down.",
            Self::Activity => "Nothing was done about this customer yet.",
        }
    }
}

/// What a row is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Key {
    Subscription(SubscriptionId),
    Order(OrderId),
    Payment(PaymentId),
    Receipt(ReceiptId),
    Invoice(InvoiceId),
    Method(i64),
    Address(AddressId),
    Note(NoteId),
    Preference(usize),
    Activity(i64),
}
