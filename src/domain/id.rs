//! Row numbers as types, so that a customer's can never be passed where an invoice's is meant.

/// Declares one id type over the row number SQLite gives.
macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.trim().parse().map(Self)
            }
        }
    )+};
}

ids! {
    /// A customer.
    CustomerId,
    /// A customer class, the home of a collection policy.
    ClassId,
    /// A billing group.
    GroupId,
    /// An address of a customer.
    AddressId,
    /// A product.
    ProductId,
    /// A variant of a product: what is ordered.
    VariantId,
    /// One physical asset with a serial number.
    AssetId,
    /// An order.
    OrderId,
    /// A subscription.
    SubscriptionId,
    /// A payment: what is owed for one period.
    PaymentId,
    /// An invoice.
    InvoiceId,
    /// A credit note.
    CreditNoteId,
    /// A receipt: money that arrived.
    ReceiptId,
    /// A part of a receipt or credit note applied to a payment.
    AllocationId,
    /// A refund.
    RefundId,
    /// A row of the activity log.
    ActivityId,
    /// A note on a customer.
    NoteId,
    /// A segment the shop made.
    SegmentId,
    /// A message to a customer, in the outbox.
    MessageId,
    /// How a customer pays.
    MethodId,
    /// A deposit.
    DepositId,
    /// A dispute about a payment.
    DisputeId,
    /// A charge that was tried.
    AttemptId,
}

impl SubscriptionId {
    /// As people read and say it: `S-0102`.
    pub fn shown(self) -> String {
        format!("S-{:04}", self.0)
    }
}
