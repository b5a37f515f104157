//! Every Action there is.

use chrono::NaiveDate;

use super::actions::catalogue::{AssetDraft, ProductDraft};
use super::actions::charging::RetryDraft;
use super::actions::crediting::CreditDraft;
use super::actions::customer::{CustomerDraft, NoteDraft};
use super::actions::customer_address::AddressDraft;
use super::actions::customer_preference::PreferenceDraft;
use super::actions::deposit::CloseDraft;
use super::actions::group::GroupDraft;
use super::actions::handing_over::Handed;
use super::actions::invoicing::InvoiceDraft;
use super::actions::methods::MethodDraft;
use super::actions::order::OrderDraft;
use super::actions::receiving::{ReceiptDraft, Target};
use super::actions::refunding::RefundDraft;
use super::actions::sending::SendDraft;
use super::actions::shop::ShopDraft;
use super::actions::stock::StockDraft;
use super::actions::subscription::ChangeDraft;
use super::actions::tax_change::RateDraft;
use super::reads::CustomerFilter;
use crate::domain::address::Address;
use crate::domain::id::{
    ActivityId, AddressId, CustomerId, GroupId, InvoiceId, NoteId, OrderId, PaymentId, ReceiptId, SegmentId,
    SubscriptionId,
};
use crate::domain::reason::{CancelReason, DisputeOutcome};

/// What staff can do. One Action is one transaction and one activity row.
#[derive(Clone, Debug)]
pub enum Action {
    /// Writes the shop into a new book.
    SetUp(Box<ShopDraft>),
    /// Changes one setting of the shop.
    ChangeSetting {
        /// Its key, as `settings show` lists it.
        key: String,
        value: String,
    },
    /// Writes down a tax rate changed by law, from a day on, over contracts that run.
    ChangeTaxRate(RateDraft),
    /// Adds a customer, with a billing address where one is given.
    AddCustomer(Box<CustomerDraft>),
    /// Saves a customer on top of the version that was read.
    EditCustomer {
        id: CustomerId,
        /// The version that was read.
        version: i64,
        /// What it shall be.
        draft: Box<CustomerDraft>,
    },
    /// Gives a customer a new billing address; the old one is kept in the history.
    SetBillingAddress { customer: CustomerId, address: Address },
    /// Adds a shipping address.
    AddShippingAddress {
        customer: CustomerId,
        /// Where.
        draft: Box<AddressDraft>,
    },
    /// Changes an address; the old one is kept in the history.
    ChangeAddress {
        address: AddressId,
        /// What it shall be.
        draft: Box<AddressDraft>,
    },
    /// Takes an address off; it stays in the history.
    RemoveAddress(AddressId),
    /// Saves what a customer prefers.
    SetPreferences { customer: CustomerId, draft: Box<PreferenceDraft> },
    /// Reads one customer as another from now on.
    MergeCustomers {
        /// The one that is kept.
        kept: CustomerId,
        /// The one that is merged into it.
        merged: CustomerId,
    },
    /// Erases the personal data of a customer; the books stay.
    EraseCustomer(CustomerId),
    /// Keeps a filter of customers as a segment.
    AddSegment { name: String, filter: Box<CustomerFilter> },
    /// Gives a segment another name, another filter, or both.
    ChangeSegment { segment: SegmentId, name: Option<String>, filter: Option<Box<CustomerFilter>> },
    /// Takes a segment off.
    RemoveSegment(SegmentId),
    /// Keeps a note on a customer.
    AddNote(NoteDraft),
    /// What a note asked for is done.
    FollowUp(NoteId),
    /// Adds a variant, and its product where it is new.
    AddProduct(ProductDraft),
    /// Adds an asset to the stock.
    AddAsset(AssetDraft),
    /// Edits, withdraws, retires or sells what is in the catalogue.
    ChangeStock(StockDraft),
    /// Adds a billing group.
    AddGroup(Box<GroupDraft>),
    /// Saves a billing group on top of the version that was read.
    EditGroup {
        id: GroupId,
        /// The version that was read.
        version: i64,
        /// What it shall be.
        draft: Box<GroupDraft>,
    },
    /// Puts a customer into a group.
    JoinGroup { group: GroupId, customer: CustomerId },
    /// Takes a customer out of its group.
    LeaveGroup { customer: CustomerId },
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
    /// Changes a subscription: cancels, pauses, resumes, extends it, and so on.
    ChangeSubscription(Box<ChangeDraft>),
    /// Returns a deposit, or keeps all or a part of it.
    CloseDeposit(Box<CloseDraft>),
    /// Issues an out-of-turn invoice with free lines.
    NewInvoice(Box<InvoiceDraft>),
    /// Invoices a group for a month by hand.
    InvoiceGroup {
        group: GroupId,
        /// Any day of the month.
        month: NaiveDate,
    },
    /// Invoices a group for a month by hand, without some of its subscriptions.
    InvoiceGroupPart {
        group: GroupId,
        /// Any day of the month.
        month: NaiveDate,
        /// What is left for a later invoice.
        leave_out: Vec<SubscriptionId>,
    },
    /// Voids an invoice on which nothing is settled.
    VoidInvoice { invoice: InvoiceId, reason: String },
    /// Voids an invoice and bills the same again: on a new invoice, or on the group's next one.
    BillAgain { invoice: InvoiceId, reason: String },
    /// Issues drafts that waited for a person.
    ApproveInvoices(Vec<InvoiceId>),
    /// Sends invoices and credit notes to their billing contacts.
    SendInvoices(Box<SendDraft>),
    /// Takes messages up that wait: nobody else does, and an answer about each is owed.
    ClaimMessages(Vec<i64>),
    /// What became of messages that were taken up.
    SettleMessages(Vec<(i64, Handed)>),
    /// Messages that were taken up did not go out, a person says: they wait again.
    ReleaseMessages(Vec<i64>),
    /// Withdraws messages nobody has handed over yet.
    CancelMessages(Vec<i64>),
    /// Messages went out by another way.
    MarkSent(Vec<i64>),
    /// Keeps the logo papers show, a PNG, JPEG or SVG picture, or none.
    SetLogo(Option<Vec<u8>>),
    /// Keeps the font that shows what the built-in ones lack, a TrueType or OpenType file, or none.
    SetFont(Option<Vec<u8>>),
    /// Writes down money that arrived, and what it pays: mark as paid.
    Receive(Box<ReceiptDraft>),
    /// The money is on its way.
    ProcessPayment { payment: PaymentId },
    /// The money did not come.
    FailPayment {
        payment: PaymentId,
        /// Why, as a person says it.
        reason: String,
    },
    /// Money that was on its way is not: open again.
    ReopenPayment { payment: PaymentId, reason: String },
    /// Writes down several receipts, each with its own day and reference.
    ReceiveEach(Vec<ReceiptDraft>),
    /// The bank has the money of a check or debit.
    ClearReceipt { receipt: ReceiptId, on: NaiveDate },
    /// The money of a check or debit did not come.
    BounceReceipt { receipt: ReceiptId, reason: String },
    /// Writes down a charge that was tried again.
    RetryPayment(Box<RetryDraft>),
    /// Issues a credit note.
    Credit {
        invoice: InvoiceId,
        /// What of it, and why.
        draft: Box<CreditDraft>,
    },
    /// Gives money back.
    Refund(Box<RefundDraft>),
    /// A payment is not owed any more: voids its invoice, or credits its line on a shared one.
    CancelPayment {
        payment: PaymentId,
        reason: CancelReason,
        /// What is added to the reason.
        words: String,
    },
    /// What is open of a payment is given up for the customer's sake.
    WaivePayment { payment: PaymentId, reason: String },
    /// What is open on an invoice is not waited for any more.
    WriteOff { invoice: InvoiceId, reason: String },
    /// A payment is disputed.
    OpenDispute {
        payment: PaymentId,
        /// What the customer says.
        reason: String,
    },
    /// A dispute is decided.
    CloseDispute {
        payment: PaymentId,
        outcome: DisputeOutcome,
        /// What is added to it.
        words: String,
    },
    /// Pays out of the payer's credit.
    UseCredit {
        target: Target,
        /// How much, plain decimal text; as much as there is where it is empty.
        amount: String,
    },
    /// Bills a period of a subscription ahead.
    BillAhead {
        subscription: SubscriptionId,
        /// A day of the period; the next one where there is none.
        day: Option<NaiveDate>,
    },
    /// Cancels a period of a subscription before it is billed.
    CancelUpcoming {
        subscription: SubscriptionId,
        /// A day of the period; the next one where there is none.
        day: Option<NaiveDate>,
        reason: CancelReason,
        /// What is added to the reason.
        words: String,
    },
    /// Adds a payment method to a customer.
    AddMethod(Box<MethodDraft>),
    /// Makes a payment method the customer's default.
    DefaultMethod(i64),
    /// Takes a payment method off.
    RemoveMethod(i64),
    /// Takes back the newest Action of this operator, or the one named.
    Undo(Option<ActivityId>),
    /// Does once more what this operator took back just now.
    Redo,
}
