//! The words of the activity log: what was done, and what it was about. What stands in the file stays as it is for ever,
//! for each row is chained to the one before it; here is the one table of it.

use std::fmt;
use std::str::FromStr;

use super::id::{
    AssetId, CustomerId, GroupId, InvoiceId, MessageId, MethodId, NoteId, OrderId, PaymentId, ReceiptId, SegmentId,
    SubscriptionId, VariantId,
};

/// Whether undo takes a step back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TakenBack {
    ByUndo,
    /// Never; why not, and what helps instead.
    Never(&'static str),
}

use TakenBack::{ByUndo, Never};

const ISSUED: TakenBack = Never("what was issued is taken back by voiding its invoice");
const OF_THE_PASS: TakenBack =
    Never("daily billing only makes what is due, and an invoice is taken back by voiding it");
const ENTER_ANEW: TakenBack = Never("what is cancelled is entered anew");
const SENT: TakenBack = Never("what was sent cannot be called back");
const CHANGE_IT: TakenBack = Never("change it where it was entered");

/// One row a step: its name here, its code in the file, its words for people, whether undo takes it back.
macro_rules! steps {
    ($($name:ident, $code:literal, $words:literal, $back:expr;)+) => {
        /// What a row of the log says was done.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Log {
            $(#[doc = $words] $name,)+
        }

        impl Log {
            /// Every one there is.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// As it stands in the file.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            /// As people read it.
            pub const fn words(self) -> &'static str {
                match self { $(Self::$name => $words,)+ }
            }

            /// Whether undo takes it back.
            pub const fn taken_back(self) -> TakenBack {
                match self { $(Self::$name => $back,)+ }
            }
        }
    };
}

steps! {
    AddAddress, "add_address", "Shipping address added", ByUndo;
    AddAsset, "add_asset", "Asset added", CHANGE_IT;
    AddConfirmedOrder, "add_confirmed_order", "Order taken and confirmed", ISSUED;
    AddCustomer, "add_customer", "Customer added", ByUndo;
    AddGroup, "add_group", "Billing group added", CHANGE_IT;
    AddMethod, "add_method", "Payment method added", ByUndo;
    AddNote, "add_note", "Note saved", ByUndo;
    AddOrder, "add_order", "Order taken as a draft", CHANGE_IT;
    AddProduct, "add_product", "Product added", CHANGE_IT;
    AddSegment, "add_segment", "Segment saved", ByUndo;
    ApproveInvoices, "approve_invoices", "Invoices approved", ISSUED;
    BillAgain, "bill_again", "Invoice voided and billed again", ISSUED;
    BillAhead, "bill_ahead", "Period invoiced ahead", ByUndo;
    BounceReceipt, "bounce_receipt", "Check or debit bounced", ByUndo;
    BuyOutSubscription, "buy_out_subscription", "Bought out", ByUndo;
    CancelMessages, "cancel_messages", "Messages withdrawn", ENTER_ANEW;
    CancelOrder, "cancel_order", "Order cancelled", ENTER_ANEW;
    CancelPayment, "cancel_payment", "Payment cancelled", ByUndo;
    CancelSubscription, "cancel_subscription", "Subscription cancelled", ByUndo;
    CancelUpcoming, "cancel_upcoming", "Period cancelled ahead", ByUndo;
    ChangeAddress, "change_address", "Address changed", ByUndo;
    ChangeSegment, "change_segment", "Segment changed", ByUndo;
    ChangeSetting, "change_setting", "Setting changed", ByUndo;
    ChangeTaxRate, "change_tax_rate", "Tax rate changed by law", ByUndo;
    ClaimMessages, "claim_messages", "Messages being sent", SENT;
    ClearReceipt, "clear_receipt", "Check or debit cleared", ByUndo;
    CloseDeposit, "close_deposit", "Deposit closed", ByUndo;
    CloseDispute, "close_dispute", "Dispute closed", ByUndo;
    ConfirmOrder, "confirm_order", "Order confirmed", ISSUED;
    CreditNote, "credit_note", "Credit note issued", ByUndo;
    DefaultMethod, "default_method", "Default payment method changed", ByUndo;
    EditAsset, "edit_asset", "Asset changed", ByUndo;
    EditCustomer, "edit_customer", "Customer changed", ByUndo;
    EditGroup, "edit_group", "Billing group changed", CHANGE_IT;
    EditVariant, "edit_variant", "Product changed", ByUndo;
    EraseCustomer, "erase_customer", "Personal data erased", CHANGE_IT;
    ExtendSubscription, "extend_subscription", "Contract extended", ByUndo;
    FailPayment, "fail_payment", "Payment failed", ByUndo;
    FollowUp, "follow_up", "Followed up", ByUndo;
    InvoiceGroup, "invoice_group", "Group invoiced", ISSUED;
    JoinGroup, "join_group", "Joined a billing group", CHANGE_IT;
    LeaveGroup, "leave_group", "Left its billing group", ISSUED;
    MarkSent, "mark_sent", "Messages marked as sent", SENT;
    MergeCustomers, "merge_customers", "Two customers merged", ByUndo;
    NewInvoice, "new_invoice", "Extra invoice issued", ISSUED;
    OfferVariant, "offer_variant", "Product offered again", ByUndo;
    OpenDispute, "open_dispute", "Dispute opened", ByUndo;
    Pass, "pass", "Made by daily billing", OF_THE_PASS;
    PassCredit, "pass_credit", "Credit used by itself", ByUndo;
    PassDeposits, "pass_deposits", "Unpaid deposits ended with their contracts", OF_THE_PASS;
    PassDone, "pass_done", "Daily billing", OF_THE_PASS;
    PassEnded, "pass_ended", "Contracts ended by daily billing", OF_THE_PASS;
    PassOverdue, "pass_overdue", "Overdue found by daily billing", OF_THE_PASS;
    PassPauses, "pass_pauses", "Pauses begun or ended by daily billing", OF_THE_PASS;
    PassTaxRates, "pass_tax_rates", "New tax rate in force", OF_THE_PASS;
    PauseSubscription, "pause_subscription", "Billing paused", ByUndo;
    ProcessPayment, "process_payment", "Payment on its way", ByUndo;
    Receive, "receive", "Money received", ByUndo;
    Refund, "refund", "Money given back", ByUndo;
    ReleaseMessages, "release_messages", "Messages wait again", SENT;
    RemoveAddress, "remove_address", "Address removed", ByUndo;
    RemoveMethod, "remove_method", "Payment method removed", ByUndo;
    RemoveSegment, "remove_segment", "Segment removed", ByUndo;
    ReopenPayment, "reopen_payment", "Payment open again", ByUndo;
    ReplaceSubscription, "replace_subscription", "Asset replaced", ByUndo;
    RepriceSubscription, "reprice_subscription", "Price changed", ByUndo;
    ResumeSubscription, "resume_subscription", "Billing resumed", ByUndo;
    RetireAsset, "retire_asset", "Asset retired", ByUndo;
    RetryPayment, "retry_payment", "Charged again", ByUndo;
    ReturnSubscription, "return_subscription", "Returned early", ByUndo;
    SellAsset, "sell_asset", "Asset sold", ByUndo;
    SendInvoices, "send_invoices", "Invoices put in the outbox", ByUndo;
    SendCreditNotes, "send_credit_notes", "Credit notes put in the outbox", ByUndo;
    SetBillingAddress, "set_billing_address", "Billing address changed", ByUndo;
    SetPreferences, "set_preferences", "Preferences changed", ByUndo;
    SetUp, "set_up", "Shop set up", CHANGE_IT;
    SettleMessages, "settle_messages", "Messages sent", SENT;
    ShipSubscription, "ship_subscription", "Shipped elsewhere", ByUndo;
    Undo, "undo", "Taken back", Never("enter again what was taken back");
    UpgradeSubscription, "upgrade_subscription", "Upgraded", ByUndo;
    UseCredit, "use_credit", "Paid from credit", ByUndo;
    UseCreditUnasked, "use_credit_unasked", "Credit used by itself", ByUndo;
    VoidInvoice, "void_invoice", "Invoice voided", Never("a void invoice stays void, a new one takes its place");
    WaivePayment, "waive_payment", "Payment waived", ByUndo;
    WithdrawVariant, "withdraw_variant", "Product withdrawn", ByUndo;
    WriteOff, "write_off", "Written off", ByUndo;
}

impl Log {
    /// What the pass writes: nobody at a desk did it.
    pub const OF_THE_PASS: &[Self] = &[
        Self::Pass,
        Self::PassOverdue,
        Self::PassEnded,
        Self::PassDeposits,
        Self::PassDone,
        Self::PassPauses,
        Self::PassCredit,
    ];

    /// The changes of a subscription, which keep their trail.
    pub const OF_A_SUBSCRIPTION: &[Self] = &[
        Self::CancelSubscription,
        Self::PauseSubscription,
        Self::ResumeSubscription,
        Self::ExtendSubscription,
        Self::RepriceSubscription,
        Self::ReplaceSubscription,
        Self::UpgradeSubscription,
        Self::ReturnSubscription,
        Self::BuyOutSubscription,
        Self::ShipSubscription,
    ];

    /// What was done in the midst of a sentence: `void invoice`.
    pub fn quoted(self) -> String {
        self.code().replace('_', " ")
    }
}

/// A code or subject of the log that this program does not know: a newer one wrote it.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("a newer program wrote this")]
pub struct NotKnown;

impl FromStr for Log {
    type Err = NotKnown;

    fn from_str(code: &str) -> Result<Self, NotKnown> {
        Self::ALL.iter().copied().find(|log| log.code() == code).ok_or(NotKnown)
    }
}

impl serde::Serialize for Log {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.code())
    }
}

/// One row a kind of thing: its name here, its number, its word in the file.
macro_rules! subjects {
    ($($name:ident($id:ident), $word:literal;)+) => {
        /// What a row of the log is about.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Subject {
            /// Nothing that has a number.
            Nothing,
            Shop,
            /// The daily pass.
            Pass,
            $($name($id),)+
        }

        impl fmt::Display for Subject {
            /// As it stands in the file: `payment:12`.
            fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    Self::Nothing => Ok(()),
                    Self::Shop => to.write_str("shop:1"),
                    Self::Pass => to.write_str("pass"),
                    $(Self::$name(id) => write!(to, concat!($word, ":{}"), id),)+
                }
            }
        }

        impl FromStr for Subject {
            type Err = NotKnown;

            fn from_str(text: &str) -> Result<Self, NotKnown> {
                let (word, number) = match text {
                    "" => return Ok(Self::Nothing),
                    "shop:1" => return Ok(Self::Shop),
                    "pass" => return Ok(Self::Pass),
                    _ => text.split_once(':').ok_or(NotKnown)?,
                };
                let number = number.parse().map_err(|_| NotKnown)?;
                match word {
                    $($word => Ok(Self::$name($id(number))),)+
                    _ => Err(NotKnown),
                }
            }
        }
    };
}

subjects! {
    Asset(AssetId), "asset";
    Customer(CustomerId), "customer";
    Group(GroupId), "group";
    Invoice(InvoiceId), "invoice";
    Message(MessageId), "message";
    Method(MethodId), "method";
    Note(NoteId), "note";
    Order(OrderId), "order";
    Payment(PaymentId), "payment";
    Receipt(ReceiptId), "receipt";
    Segment(SegmentId), "segment";
    Subscription(SubscriptionId), "subscription";
    Variant(VariantId), "variant";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_one_step_and_reads_back_as_it() {
        for log in Log::ALL {
            assert_eq!(log.code().parse::<Log>(), Ok(*log));
            assert!(!log.words().is_empty());
        }
        assert_eq!("write_off_rest".parse::<Log>(), Err(NotKnown));
    }

    #[test]
    fn a_subject_is_read_as_it_is_written() {
        for text in ["", "pass", "shop:1", "payment:12", "invoice:7", "subscription:3", "message:4", "method:5"] {
            assert_eq!(text.parse::<Subject>().unwrap().to_string(), text);
        }
        assert_eq!(Subject::Payment(PaymentId(12)).to_string(), "payment:12");
        for odd in ["shop:2", "payment", "payment:", "payment:x", "tent:1"] {
            assert_eq!(odd.parse::<Subject>(), Err(NotKnown), "{odd}");
        }
    }
}
