//! Every Action there is.

use chrono::NaiveDate;

use super::actions::catalogue::{AssetDraft, ProductDraft};
use super::actions::customer::{CustomerDraft, NoteDraft};
use super::actions::group::GroupDraft;
use super::actions::invoicing::InvoiceDraft;
use super::actions::order::OrderDraft;
use super::actions::receiving::ReceiptDraft;
use super::actions::sending::SendDraft;
use super::actions::shop::ShopDraft;
use crate::domain::address::Address;
use crate::domain::id::{ActivityId, CustomerId, GroupId, InvoiceId, OrderId, PaymentId, SubscriptionId};

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
    /// Saves a billing group on top of the version that was read.
    EditGroup {
        /// Which.
        id: GroupId,
        /// The version that was read.
        version: i64,
        /// What it shall be.
        draft: Box<GroupDraft>,
    },
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
    /// Invoices a group for a month by hand, without some of its subscriptions.
    InvoiceGroupPart {
        /// Which group.
        group: GroupId,
        /// Any day of the month.
        month: NaiveDate,
        /// What is left for a later invoice.
        leave_out: Vec<SubscriptionId>,
    },
    /// Voids an invoice on which nothing is settled.
    VoidInvoice {
        /// Which.
        invoice: InvoiceId,
        /// Why.
        reason: String,
    },
    /// Voids an invoice and bills the same again: on a new invoice, or on the group's next one.
    BillAgain {
        /// Which.
        invoice: InvoiceId,
        /// Why.
        reason: String,
    },
    /// Issues drafts that waited for a person.
    ApproveInvoices(Vec<InvoiceId>),
    /// Sends invoices to their billing contacts.
    SendInvoices(Box<SendDraft>),
    /// Keeps the logo papers show, a PNG or JPEG picture, or none.
    SetLogo(Option<Vec<u8>>),
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
            | Self::InvoiceGroupPart { .. }
            | Self::ApproveInvoices(_)
            | Self::BillAgain { .. }
            | Self::JoinGroup { .. }
            | Self::LeaveGroup { .. } => true,
            _ => false,
        }
    }
}
