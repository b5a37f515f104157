//! How money travels.

use serde::{Deserialize, Serialize};

use super::format::coded;

/// How a payment is made. A method never holds a card's number: brand, last four and the processor's token at most.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// The customer's bank sends it, the usual way.
    #[default]
    BankTransfer,
    /// A card, charged by a processor.
    Card,
    /// Collected from the customer's account by mandate (SEPA, ACH).
    DirectDebit,
    /// A check, which may bounce.
    Check,
    /// Notes and coins.
    Cash,
}

coded!(Method {
    BankTransfer = "bank_transfer",
    Card = "card",
    DirectDebit = "direct_debit",
    Check = "check",
    Cash = "cash",
});

impl Method {
    /// The words on screens and papers.
    pub const fn word(self) -> &'static str {
        match self {
            Self::BankTransfer => "Bank transfer",
            Self::Card => "Card",
            Self::DirectDebit => "Direct debit",
            Self::Check => "Check",
            Self::Cash => "Cash",
        }
    }

    /// Whether money received this way is there at once. Cash and transfers are, and a card payment is recorded when
    /// the processor says it succeeded; a check or direct debit leaves its payments processing until it clears or
    /// bounces.
    pub const fn clears_at_once(self) -> bool {
        match self {
            Self::BankTransfer | Self::Card | Self::Cash => true,
            Self::DirectDebit | Self::Check => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_checks_and_direct_debits_can_bounce() {
        let waits: Vec<&str> = Method::ALL.iter().filter(|m| !m.clears_at_once()).map(|m| m.code()).collect();
        assert_eq!(waits, ["direct_debit", "check"]);
    }
}
