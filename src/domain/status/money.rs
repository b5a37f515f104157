//! Money on its way: charge attempts, receipts, deposits.

use serde::{Deserialize, Serialize};

use super::{shown, transitions};

/// Where a charge attempt stands. One at most is open per payment, and one whose result is unknown is looked up, never
/// repeated blindly.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttemptState {
    /// Written down, not sent.
    #[default]
    Created,
    /// Handed to the processor.
    Sent,
    /// The processor has it.
    Pending,
    /// The money was taken.
    Settled,
    /// The processor said no.
    Declined,
    /// The customer has to confirm it.
    NeedsCustomer,
    /// Withdrawn.
    Void,
}

shown!(AttemptState {
    Created = "created", "Created", 'o';
    Sent = "sent", "Sent", '~';
    Pending = "pending", "Pending", '.';
    Settled = "settled", "Settled", '+';
    Declined = "declined", "Declined", 'x';
    NeedsCustomer = "needs_customer", "Needs customer", '?';
    Void = "void", "Void", '-';
});

transitions!(AttemptState {
    Created => Sent;
    Sent => Pending;
    Pending => Settled | Declined | NeedsCustomer | Void;
});

impl AttemptState {
    /// Whether its result is still to come.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Created | Self::Sent | Self::Pending)
    }
}

/// Where money that arrived stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReceiptState {
    /// A check or debit that has not cleared.
    #[default]
    Pending,
    /// The money is there.
    Cleared,
    /// It never came.
    Failed,
    /// It was there and was taken back.
    Reversed,
}

shown!(ReceiptState {
    Pending = "pending", "Pending", '.';
    Cleared = "cleared", "Cleared", '+';
    Failed = "failed", "Failed", 'x';
    Reversed = "reversed", "Reversed", '-';
});

transitions!(ReceiptState {
    Pending => Cleared | Failed;
    Cleared => Reversed;
});

/// Where a deposit stands. While held it is a liability, never income.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DepositState {
    /// With the shop.
    #[default]
    Held,
    /// Given back in full.
    Returned,
    /// Kept in full, with a reason.
    Kept,
    /// Kept in part, the rest given back.
    PartlyKept,
}

shown!(DepositState {
    Held = "held", "Held", '~';
    Returned = "returned", "Returned", '-';
    Kept = "kept", "Kept", '+';
    PartlyKept = "partly_kept", "Partly kept", '%';
});

transitions!(DepositState {
    Held => Returned | Kept | PartlyKept;
});
