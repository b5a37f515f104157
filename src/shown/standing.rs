//! Where a thing stands, as the screen shows it: a mark, words, and how they are meant. A mark of its own each, so that
//! colour never carries it alone.

use super::view::View;
use super::words::ordinal;
use crate::domain::money::Money;
use crate::domain::status::{
    InvoiceStatus, OrderStatus, PaymentStanding, PaymentStatus, ReceiptState, SubscriptionStatus,
};
use crate::services::reads::{InvoiceRow, PaymentRow};

/// How a text is meant; a screen makes a colour of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Tone {
    #[default]
    Plain,
    Dim,
    Good,
    Warn,
    Bad,
    Busy,
}

/// A text, and how it is meant.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Seen {
    pub text: String,
    pub tone: Tone,
}

impl Seen {
    /// A text that means something.
    pub fn new(text: impl Into<String>, tone: Tone) -> Self {
        Self { text: text.into(), tone }
    }

    /// A text that stands out where something is late.
    pub fn late(text: impl Into<String>, is_late: bool) -> Self {
        Self::new(text, if is_late { Tone::Bad } else { Tone::Plain })
    }
}

impl From<String> for Seen {
    fn from(text: String) -> Self {
        Self::new(text, Tone::Plain)
    }
}

/// What a status means to staff; each has a mark of its own, so that colour never carries it alone.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Standing {
    /// Late: `!`.
    Overdue,
    /// Tried and refused: `x`.
    Failed,
    /// Settled: `+`.
    Paid,
    /// Expected: `.`.
    Pending,
    /// Under way: `~`.
    Processing,
    /// No longer wanted: `-`.
    Cancelled,
    /// Waits for a person: `?`.
    Waiting,
}

impl Standing {
    /// The mark that stands before the word.
    pub const fn mark(self) -> char {
        match self {
            Self::Overdue => '!',
            Self::Failed => 'x',
            Self::Paid => '+',
            Self::Pending => '.',
            Self::Processing => '~',
            Self::Cancelled => '-',
            Self::Waiting => '?',
        }
    }

    /// Mark and word: `! Overdue 17 d`.
    pub fn with(self, word: &str) -> String {
        format!("{} {word}", self.mark())
    }
}

impl From<Standing> for Tone {
    fn from(standing: Standing) -> Self {
        match standing {
            Standing::Overdue | Standing::Failed => Self::Bad,
            Standing::Paid => Self::Good,
            Standing::Pending => Self::Plain,
            Standing::Processing => Self::Busy,
            Standing::Cancelled => Self::Dim,
            Standing::Waiting => Self::Warn,
        }
    }
}

impl Standing {
    /// Mark and word, meant as it is.
    pub fn seen(self, word: &str) -> Seen {
        Seen::new(self.with(word), self.into())
    }
}

/// The status of a payment with what it needs: days when overdue, the attempt when failed, the part when part paid.
pub fn payment(row: &PaymentRow, view: View) -> Seen {
    let (standing, words) = payment_standing(row, view);
    standing.seen(&words)
}

fn payment_standing(row: &PaymentRow, View { today, style }: View) -> (Standing, String) {
    let part = (row.open.minor() > 0 && row.open != row.amount).then(|| {
        let paid = Money::new(row.amount.minor() - row.open.minor(), row.amount.currency());
        format!("{} of {}", style.amount(paid), style.amount(row.amount))
    });
    match row.status {
        PaymentStatus::Failed => {
            let attempt =
                if row.attempt_count > 0 { format!("  {}", ordinal(row.attempt_count)) } else { String::new() };
            (Standing::Failed, format!("Failed{attempt}"))
        }
        PaymentStatus::Processing => (Standing::Processing, "Processing".to_owned()),
        PaymentStatus::Paid if row.refunded.minor() > 0 => {
            (Standing::Paid, format!("Paid, {} back", style.amount(row.refunded)))
        }
        PaymentStatus::Paid if row.standing() != PaymentStanding::Paid => {
            (Standing::Cancelled, row.standing().word().to_owned())
        }
        PaymentStatus::Paid => (Standing::Paid, "Paid".to_owned()),
        PaymentStatus::Cancelled => (Standing::Cancelled, "Cancelled".to_owned()),
        PaymentStatus::Pending if row.is_disputed => (Standing::Waiting, "Disputed".to_owned()),
        PaymentStatus::Pending => match (row.overdue_days(today), part) {
            (Some(days), _) => (Standing::Overdue, format!("Overdue {days} d")),
            (None, Some(part)) => (Standing::Pending, part),
            (None, None) => (Standing::Pending, "Pending".to_owned()),
        },
    }
}

/// The status of an invoice with what it needs.
pub fn invoice(row: &InvoiceRow, View { today, style }: View) -> Seen {
    let status = row.status(today);
    let part = || format!("{} of {}", style.amount(row.settled), style.amount(row.total));
    let (standing, words) = match status {
        InvoiceStatus::Overdue => (Standing::Overdue, format!("Overdue {} d", row.overdue_days(today).unwrap_or(0))),
        InvoiceStatus::Paid => (Standing::Paid, status.word().to_owned()),
        InvoiceStatus::PartiallyPaid => (Standing::Pending, part()),
        InvoiceStatus::Unpaid => (Standing::Pending, status.word().to_owned()),
        InvoiceStatus::Void | InvoiceStatus::Credited | InvoiceStatus::WrittenOff => {
            (Standing::Cancelled, status.word().to_owned())
        }
        InvoiceStatus::Draft | InvoiceStatus::InReview => (Standing::Waiting, status.word().to_owned()),
    };
    standing.seen(&words)
}

/// Where a subscription stands: `+ Active`.
pub fn subscription(status: SubscriptionStatus) -> Seen {
    let tone = match status {
        SubscriptionStatus::Active => Tone::Good,
        SubscriptionStatus::Paused => Tone::Busy,
        SubscriptionStatus::Suspended => Tone::Bad,
        SubscriptionStatus::Draft => Tone::Warn,
        SubscriptionStatus::Ended | SubscriptionStatus::Cancelled => Tone::Dim,
    };
    Seen::new(format!("{} {}", status.mark(), status.word()), tone)
}

/// Where an order stands: `o Draft`.
pub fn order(status: OrderStatus) -> Seen {
    let tone = match status {
        OrderStatus::Draft => Tone::Warn,
        OrderStatus::Confirmed => Tone::Good,
        OrderStatus::Cancelled => Tone::Dim,
    };
    Seen::new(format!("{} {}", status.mark(), status.word()), tone)
}

/// Where a receipt stands: `+ Cleared`.
pub fn receipt(state: ReceiptState) -> Seen {
    let tone = match state {
        ReceiptState::Pending => Tone::Warn,
        ReceiptState::Cleared => Tone::Good,
        ReceiptState::Failed => Tone::Bad,
        ReceiptState::Reversed => Tone::Dim,
    };
    Seen::new(format!("{} {}", state.mark(), state.word()), tone)
}
