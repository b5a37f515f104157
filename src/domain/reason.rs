//! Why money goes back, did not come, is not owed or is disputed: the words staff choose from (SPEC P7, P8, P9).

use serde::{Deserialize, Serialize};

use super::format::coded;

/// Why money goes back to the payer.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundReason {
    /// The shop charged what it should not have.
    #[default]
    ChargedIncorrectly,
    /// The subscription ended inside a period that was paid.
    CancelledMidPeriod,
    /// The asset came back before its time.
    EarlyReturn,
    /// The payer disputed it.
    Dispute,
    /// What was rented did not work.
    ServiceFailure,
    /// Something else, said in words.
    Other,
}

coded!(RefundReason {
    ChargedIncorrectly = "charged_incorrectly",
    CancelledMidPeriod = "cancelled_mid_period",
    EarlyReturn = "early_return",
    Dispute = "dispute",
    ServiceFailure = "service_failure",
    Other = "other",
});

impl RefundReason {
    /// Whether what went back is owed again, where nobody says so; nothing where it has to be said.
    pub const fn is_owed_again(self) -> Option<bool> {
        match self {
            Self::ChargedIncorrectly | Self::CancelledMidPeriod | Self::EarlyReturn | Self::ServiceFailure => {
                Some(false)
            }
            Self::Dispute | Self::Other => None,
        }
    }
}

/// What was wrong about a charge that was incorrect.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Incorrect {
    WrongAmount,
    TakenTwice,
    WrongPerson,
}

coded!(Incorrect { WrongAmount = "wrong_amount", TakenTwice = "taken_twice", WrongPerson = "wrong_person" });

impl Incorrect {
    /// Whether what went back is owed as it was before.
    pub const fn is_owed_again(self) -> bool {
        !matches!(self, Self::WrongAmount)
    }
}

/// Why a payment is not owed any more.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CancelReason {
    /// Its subscription is cancelled.
    #[default]
    SubscriptionCancelled,
    /// Nobody needs what it is for.
    NotNeeded,
    /// The invoice should not have been sent.
    InvoiceWithdrawn,
}

coded!(CancelReason {
    SubscriptionCancelled = "subscription_cancelled",
    NotNeeded = "not_needed",
    InvoiceWithdrawn = "invoice_withdrawn",
});

/// Why a charge brought no money.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeclineReason {
    /// The bank said no.
    #[default]
    Declined,
    /// Not enough on the account.
    InsufficientFunds,
    /// The card is out of date.
    ExpiredCard,
    /// The debit or check came back.
    BankRejection,
    /// Something else, said in words.
    Other,
}

coded!(DeclineReason {
    Declined = "declined",
    InsufficientFunds = "insufficient_funds",
    ExpiredCard = "expired_card",
    BankRejection = "bank_rejection",
    Other = "other",
});

/// How a dispute ended.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DisputeOutcome {
    /// The customer was right.
    #[default]
    ForTheCustomer,
    /// The shop was right.
    ForTheShop,
    /// Both gave way: a credit note took a part back.
    Adjusted,
    /// The customer took it back.
    Withdrawn,
}

coded!(DisputeOutcome {
    ForTheCustomer = "for_the_customer",
    ForTheShop = "for_the_shop",
    Adjusted = "adjusted",
    Withdrawn = "withdrawn",
});

/// What a deposit is kept for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeptFor {
    /// What was rented came back broken, or not at all.
    #[default]
    Damage,
    /// It had to be cleaned.
    Cleaning,
    /// Something else, said in words.
    Other,
}

coded!(KeptFor { Damage = "damage", Cleaning = "cleaning", Other = "other" });

/// A code as people read it: `Charged incorrectly`.
fn words(code: &str) -> String {
    let mut text = code.replace('_', " ");
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

/// Declares the words of a reason.
macro_rules! worded {
    ($($name:ident),+) => {$(
        impl $name {
            /// The words on screens and papers.
            pub fn word(self) -> String {
                words(self.code())
            }
        }
    )+};
}
worded!(RefundReason, Incorrect, CancelReason, DeclineReason, DisputeOutcome, KeptFor);

impl DeclineReason {
    /// The reason a free text begins with, `Insufficient funds: card lost`; other where it begins with none of them.
    pub fn of_text(text: &str) -> Self {
        let text = text.trim().to_lowercase().replace('_', " ");
        let begins = |reason: &&Self| {
            let rest = text.strip_prefix(&reason.code().replace('_', " "));
            rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        };
        Self::ALL.iter().find(begins).copied().unwrap_or(Self::Other)
    }
}

/// A reason and what a person adds to it, as one text: `Early return: came back on Friday`.
pub fn with_words(reason: &str, added: &str) -> String {
    if added.is_empty() { reason.to_owned() } else { format!("{reason}: {added}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    // F5
    #[test]
    fn the_reason_says_whether_what_went_back_is_owed_again() {
        let told = |reason: &RefundReason| (reason.code(), reason.is_owed_again());
        assert_eq!(
            RefundReason::ALL.iter().map(told).collect::<Vec<_>>(),
            [
                ("charged_incorrectly", Some(false)),
                ("cancelled_mid_period", Some(false)),
                ("early_return", Some(false)),
                ("dispute", None),
                ("service_failure", Some(false)),
                ("other", None),
            ]
        );
        assert_eq!(Incorrect::ALL.iter().map(|one| one.is_owed_again()).collect::<Vec<_>>(), [false, true, true]);
    }

    #[test]
    fn reasons_read_as_people_say_them_and_are_found_at_the_start_of_a_text() {
        assert_eq!(RefundReason::CancelledMidPeriod.word(), "Cancelled mid period");
        for (text, reason) in [
            ("Insufficient funds: card lost", DeclineReason::InsufficientFunds),
            ("expired_card", DeclineReason::ExpiredCard),
            ("Declined", DeclineReason::Declined),
            ("declinedx", DeclineReason::Other),
            ("Other: no answer", DeclineReason::Other),
            ("the line was dead", DeclineReason::Other),
            ("", DeclineReason::Other),
        ] {
            assert_eq!(DeclineReason::of_text(text), reason, "{text}");
        }
        assert_eq!(with_words("Early return", ""), "Early return");
        assert_eq!(with_words("Early return", "on Friday"), "Early return: on Friday");
    }
}
