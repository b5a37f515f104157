//! What comes back when an Action is done.

use chrono::NaiveDate;

use crate::domain::id::{
    ActivityId, AssetId, CreditNoteId, CustomerId, GroupId, InvoiceId, NoteId, OrderId, PaymentId, ProductId,
    ReceiptId, SegmentId, SubscriptionId, VariantId,
};
use crate::domain::money::Money;
use crate::domain::status::SubscriptionStatus;

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
    /// A segment the shop made.
    Segment(SegmentId),
    /// A variant of a product.
    Variant(ProductId, VariantId),
    /// An asset.
    Asset(AssetId),
    /// A group.
    Group(GroupId),
    /// An order, with its subscriptions once it is confirmed.
    Order(OrderId, Vec<SubscriptionId>),
    /// A deposit.
    Deposit(i64),
    /// A subscription that was changed.
    Subscription(Box<Changed>),
    /// An invoice, with its number once it is issued.
    Invoice(InvoiceId, Option<String>),
    /// Invoices that were issued, with their numbers.
    Issued(Vec<(InvoiceId, String)>),
    /// Messages that wait to be sent.
    Messages(Vec<i64>),
    /// A receipt and what it paid.
    Received(Received),
    /// Several receipts and what they paid.
    ReceivedEach(Vec<Received>),
    /// A credit note.
    Credited(Credited),
    /// Money that went back.
    GivenBack(GivenBack),
    /// Credit that was used.
    Used(Vec<Allocated>),
    /// A customer's payment method.
    Method(i64),
    /// A payment.
    Payment(PaymentId),
    /// The activity that was taken back.
    Undone(ActivityId),
}

/// What a change did to a subscription; shown before it is done, too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    pub subscription: SubscriptionId,
    /// Where it stands now.
    pub status: SubscriptionStatus,
    /// First day after its contract.
    pub end_on: NaiveDate,
    /// What came of it, a sentence a thing.
    pub effect: Vec<String>,
    /// Numbers of the credit notes.
    pub credit_notes: Vec<String>,
    /// What they take back, with tax.
    pub credited: Money,
    /// Money that came free by them.
    pub freed: Money,
    /// How many payments without an invoice fell away.
    pub cancelled: usize,
    /// The invoice it made, with its number once it is issued.
    pub invoice: Option<(InvoiceId, Option<String>)>,
    /// What that invoice is over, with tax.
    pub charged: Money,
    /// The subscription that took its place.
    pub new: Option<SubscriptionId>,
}

/// A receipt and what it paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    pub receipt: ReceiptId,
    pub number: String,
    pub allocations: Vec<Allocated>,
    /// What is kept as credit.
    pub credit: Money,
}

/// A credit note that was issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credited {
    /// Its number in the file.
    pub id: CreditNoteId,
    /// Its number on paper.
    pub number: String,
    /// What it credits, tax included.
    pub total: Money,
    /// Money it freed: credit of the payer.
    pub freed: Money,
}

/// Money that went back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenBack {
    pub amount: Money,
    /// The credit notes that keep the debt settled.
    pub credit_notes: Vec<String>,
}

/// A part of a receipt on a payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allocated {
    pub payment: PaymentId,
    /// The number of its invoice.
    pub invoice: Option<String>,
    pub amount: Money,
    /// Whether the payment is paid now.
    pub is_paid: bool,
}

/// What undo makes of an Action, where its sentence tells of it. Which key, command or link that is, the floor above
/// knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WayBack {
    It,
    Them,
    /// What is gone is there again.
    Gone,
    /// What is void stays void: the same is billed anew.
    Billed,
}

impl WayBack {
    /// What undo does, after its name: `Ctrl+Z takes it back`.
    pub const fn words(self) -> &'static str {
        match self {
            Self::It => "takes it back",
            Self::Them => "takes them back",
            Self::Gone => "brings it back",
            Self::Billed => "bills it again",
        }
    }
}

/// An Action is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// One sentence: what happened.
    pub said: String,
    pub way_back: Option<WayBack>,
    /// What was made or changed.
    pub outcome: Outcome,
    pub touched: Vec<Touched>,
}

impl Done {
    /// Done, in a sentence.
    pub fn new(said: impl Into<String>, outcome: Outcome, touched: &[Touched]) -> Self {
        Self { said: said.into(), way_back: None, outcome, touched: touched.to_vec() }
    }

    /// The same, with what undo makes of it.
    pub fn back(self, way: WayBack) -> Self {
        Self { way_back: Some(way), ..self }
    }

    /// What happened, and what undoes it under the name it has there: a key, a command.
    pub fn told(&self, undo: &str) -> String {
        match self.way_back {
            Some(way) => format!("{} {undo} {}.", self.said, way.words()),
            None => self.said.clone(),
        }
    }
}
