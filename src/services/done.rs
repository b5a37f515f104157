//! What comes back when an Action is done.

use crate::domain::id::{
    ActivityId, AssetId, CustomerId, GroupId, InvoiceId, NoteId, OrderId, PaymentId, ProductId, ReceiptId,
    SubscriptionId, VariantId,
};
use crate::domain::money::Money;

/// A kind of data an Action changed: screens that show it refresh.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Touched {
    /// Settings.
    Shop,
    /// Customers and what hangs on them.
    Customers,
    /// Products and assets.
    Catalogue,
    /// Groups.
    Groups,
    /// Orders and subscriptions.
    Orders,
    /// Payments, invoices and receipts.
    Money,
}

/// What was made or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing to name.
    Nothing,
    /// A customer.
    Customer(CustomerId),
    /// A note.
    Note(NoteId),
    /// A variant of a product.
    Variant(ProductId, VariantId),
    /// An asset.
    Asset(AssetId),
    /// A group.
    Group(GroupId),
    /// An order, with its subscriptions once it is confirmed.
    Order(OrderId, Vec<SubscriptionId>),
    /// An invoice, with its number once it is issued.
    Invoice(InvoiceId, Option<String>),
    /// Invoices that were issued, with their numbers.
    Issued(Vec<(InvoiceId, String)>),
    /// Messages that wait to be sent.
    Messages(Vec<i64>),
    /// A receipt and what it paid.
    Received(Received),
    /// A payment.
    Payment(PaymentId),
    /// The activity that was taken back.
    Undone(ActivityId),
}

/// A receipt and what it paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// The receipt.
    pub receipt: ReceiptId,
    /// Its number.
    pub number: String,
    /// What was paid.
    pub allocations: Vec<Allocated>,
    /// What is kept as credit.
    pub credit: Money,
}

/// A part of a receipt on a payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allocated {
    /// The payment.
    pub payment: PaymentId,
    /// The number of its invoice.
    pub invoice: Option<String>,
    /// How much.
    pub amount: Money,
    /// Whether the payment is paid now.
    pub is_paid: bool,
}

/// An Action is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// One sentence: what happened.
    pub said: String,
    /// What was made or changed.
    pub outcome: Outcome,
    /// Whose screens refresh.
    pub touched: Vec<Touched>,
}

impl Done {
    /// Done, in a sentence.
    pub fn new(said: impl Into<String>, outcome: Outcome, touched: &[Touched]) -> Self {
        Self { said: said.into(), outcome, touched: touched.to_vec() }
    }
}
