//! Every Action there is, and what comes back when it is done.

use chrono::NaiveDate;

use super::actions::catalogue::{AssetDraft, ProductDraft};
use super::actions::customer::{CustomerDraft, NoteDraft};
use super::actions::group::GroupDraft;
use super::actions::invoicing::InvoiceDraft;
use super::actions::order::OrderDraft;
use super::actions::receiving::ReceiptDraft;
use super::actions::shop::ShopDraft;
use crate::domain::id::{
    ActivityId, AssetId, CustomerId, GroupId, InvoiceId, NoteId, OrderId, PaymentId, ProductId, ReceiptId,
    SubscriptionId, VariantId,
};
use crate::domain::money::Money;
use crate::store::customer::Address;

/// What staff can do. One Action is one transaction and one activity row.
#[derive(Clone, Debug)]
pub enum Action {
    /// Writes the shop into a new book.
    SetUp(Box<ShopDraft>),
    /// Changes one setting of the shop.
    ChangeSetting {
        /// Its key, as `settings show` lists it.
        key: String,
        /// The new value.
        value: String,
    },
    /// Adds a customer, with a billing address where one is given.
    AddCustomer(Box<CustomerDraft>),
    /// Saves a customer on top of the version that was read.
    EditCustomer {
        /// Which.
        id: CustomerId,
        /// The version that was read.
        version: i64,
        /// What it shall be.
        draft: Box<CustomerDraft>,
    },
    /// Gives a customer a new billing address; the old one is kept in the history.
    SetBillingAddress {
        /// Whose.
        customer: CustomerId,
        /// The new one.
        address: Address,
    },
    /// Keeps a note on a customer.
    AddNote(NoteDraft),
    /// Adds a variant, and its product where it is new.
    AddProduct(ProductDraft),
    /// Adds an asset to the stock.
    AddAsset(AssetDraft),
    /// Adds a billing group.
    AddGroup(Box<GroupDraft>),
    /// Puts a customer into a group.
    JoinGroup {
        /// Which group.
        group: GroupId,
        /// Who.
        customer: CustomerId,
    },
    /// Takes a customer out of its group.
    LeaveGroup {
        /// Who.
        customer: CustomerId,
    },
    /// Takes an order, as a draft or confirmed at once.
    AddOrder {
        /// The order.
        draft: Box<OrderDraft>,
        /// Whether it is confirmed in the same step.
        confirm: bool,
    },
    /// Confirms a draft: subscriptions are active, what is due is invoiced.
    ConfirmOrder(OrderId),
    /// Cancels an order while nothing is invoiced.
    CancelOrder(OrderId),
    /// Issues an out-of-turn invoice with free lines.
    NewInvoice(Box<InvoiceDraft>),
    /// Invoices a group for a month by hand.
    InvoiceGroup {
        /// Which group.
        group: GroupId,
        /// Any day of the month.
        month: NaiveDate,
    },
    /// Voids an invoice on which nothing is settled.
    VoidInvoice {
        /// Which.
        invoice: InvoiceId,
        /// Why.
        reason: String,
    },
    /// Writes down money that arrived, and what it pays: mark as paid.
    Receive(Box<ReceiptDraft>),
    /// The money is on its way.
    ProcessPayment {
        /// Which payment.
        payment: PaymentId,
    },
    /// The money did not come.
    FailPayment {
        /// Which payment.
        payment: PaymentId,
        /// Why, as a person says it.
        reason: String,
    },
    /// Money that was on its way is not: open again.
    ReopenPayment {
        /// Which payment.
        payment: PaymentId,
        /// Why.
        reason: String,
    },
    /// Takes back the newest Action of this operator, or the one named.
    Undo(Option<ActivityId>),
}

impl Action {
    /// Whether it gives a number to an invoice, or changes what a pass would make: the pass of the day runs before it.
    #[must_use]
    pub fn follows_the_pass(&self) -> bool {
        match self {
            Self::AddOrder { confirm, .. } => *confirm,
            Self::ChangeSetting { key, .. } => {
                ["lead_days", "prices", "tax_rounding", "invoice_numbers"].contains(&key.as_str())
            }
            Self::ConfirmOrder(_)
            | Self::CancelOrder(_)
            | Self::NewInvoice(_)
            | Self::InvoiceGroup { .. }
            | Self::JoinGroup { .. }
            | Self::LeaveGroup { .. } => true,
            _ => false,
        }
    }
}

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
