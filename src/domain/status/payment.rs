//! What is owed for a period: its status, and what it is owed for.

use serde::{Deserialize, Serialize};

use super::{shown, transitions};

/// Where a payment stands. A part-paid payment is pending.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentStatus {
    /// Owed.
    #[default]
    Pending,
    /// On its way: a charge was sent, a debit or check has not cleared.
    Processing,
    /// Fully allocated.
    Paid,
    /// The last charge failed; still owed.
    Failed,
    /// No longer owed.
    Cancelled,
}

shown!(PaymentStatus {
    Pending = "pending", "Pending", '.';
    Processing = "processing", "Processing", '~';
    Paid = "paid", "Paid", '+';
    Failed = "failed", "Failed", 'x';
    Cancelled = "cancelled", "Cancelled", '-';
});

// `paid => pending` happens only through a reversal or a refund without credit. Undo restores the status before
// through a row marked as the reversal and does not ask this table.
transitions!(PaymentStatus {
    Pending => Processing | Paid | Cancelled;
    Processing => Paid | Failed | Pending;
    Failed => Processing | Paid | Cancelled;
    Paid => Pending;
});

impl PaymentStatus {
    /// Whether the customer still owes it: pending, processing or failed. This is what “outstanding” counts.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Pending | Self::Processing | Self::Failed)
    }
}

/// What a payment is owed for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentKind {
    /// A billing period of a subscription.
    #[default]
    Period,
    /// A deposit: held for the customer, never income.
    Deposit,
    /// A late fee or an early-return fee.
    Fee,
    /// The asset, bought at the end.
    Buyout,
    /// Anything staff typed in: extra services, damage.
    Extra,
}

shown!(PaymentKind {
    Period = "period", "Period", 'p';
    Deposit = "deposit", "Deposit", 'd';
    Fee = "fee", "Fee", 'f';
    Buyout = "buyout", "Buyout", 'b';
    Extra = "extra", "Extra", 'e';
});
