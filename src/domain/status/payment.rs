//! What is owed for a period: its status, and what it is owed for.

use serde::{Deserialize, Serialize};

use super::invoice::InvoiceStatus;
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

/// Where a payment stands as lists, filters and reports say it: its status, and words of their own for what is settled and
/// was not paid by money. Never stored: it follows from the sums.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentStanding {
    Pending,
    Processing,
    /// Money settled it, less credits.
    Paid,
    /// Settled, and by no money.
    Credited,
    /// Settled, and a part of it was given up.
    WrittenOff,
    Failed,
    Cancelled,
}

shown!(PaymentStanding {
    Pending = "pending", "Pending", '.';
    Processing = "processing", "Processing", '~';
    Paid = "paid", "Paid", '+';
    Credited = "credited", "Credited", '=';
    WrittenOff = "written_off", "Written off", '/';
    Failed = "failed", "Failed", 'x';
    Cancelled = "cancelled", "Cancelled", '-';
});

impl PaymentStanding {
    /// Those of settled payments: only sums tell them apart.
    pub const SETTLED: [Self; 3] = [Self::Paid, Self::Credited, Self::WrittenOff];

    /// Where a payment of `amount` stands.
    pub const fn of(status: PaymentStatus, amount: i64, credited: i64, written_off: i64) -> Self {
        match status {
            PaymentStatus::Pending => Self::Pending,
            PaymentStatus::Processing => Self::Processing,
            PaymentStatus::Failed => Self::Failed,
            PaymentStatus::Cancelled => Self::Cancelled,
            PaymentStatus::Paid => match InvoiceStatus::Paid.told(amount, credited, written_off) {
                InvoiceStatus::WrittenOff => Self::WrittenOff,
                InvoiceStatus::Credited => Self::Credited,
                _ => Self::Paid,
            },
        }
    }

    /// The status the file has for it.
    pub const fn status(self) -> PaymentStatus {
        match self {
            Self::Pending => PaymentStatus::Pending,
            Self::Processing => PaymentStatus::Processing,
            Self::Failed => PaymentStatus::Failed,
            Self::Cancelled => PaymentStatus::Cancelled,
            Self::Paid | Self::Credited | Self::WrittenOff => PaymentStatus::Paid,
        }
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
