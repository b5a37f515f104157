//! Why an attempt to get money failed, as reports count it.

use super::text::fold;

/// A reason.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Decline {
    /// Said no, without a reason.
    Declined,
    /// Not enough on the account.
    InsufficientFunds,
    /// The card is too old.
    ExpiredCard,
    /// The bank would not.
    BankRejection,
    /// Anything else.
    Other,
}

impl Decline {
    /// Its code in the file and for scripts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Declined => "declined",
            Self::InsufficientFunds => "insufficient_funds",
            Self::ExpiredCard => "expired_card",
            Self::BankRejection => "bank_rejection",
            Self::Other => "other",
        }
    }
}

/// What a person said of it: the code or the words it begins with, else another reason.
#[must_use]
pub fn of_words(text: &str) -> Decline {
    let said = fold(text).replace('_', " ");
    let known = [
        ("insufficient funds", Decline::InsufficientFunds),
        ("expired card", Decline::ExpiredCard),
        ("bank rejection", Decline::BankRejection),
        ("declined", Decline::Declined),
    ];
    known.into_iter().find(|(words, _)| said.starts_with(words)).map_or(Decline::Other, |(_, reason)| reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_form_and_the_codes_of_scripts_are_known() {
        for (said, code) in [
            ("Declined", "declined"),
            ("Insufficient funds: says the bank", "insufficient_funds"),
            ("insufficient_funds", "insufficient_funds"),
            ("expired card", "expired_card"),
            ("Bank rejection", "bank_rejection"),
            ("Other: moved away", "other"),
            ("", "other"),
        ] {
            assert_eq!(of_words(said).code(), code, "{said}");
        }
    }
}
