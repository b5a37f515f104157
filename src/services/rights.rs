//! Who asks, and what they may.

use super::refusal::{Refusal, Result};
use crate::domain::id::InvoiceId;
use crate::store::billing::Payer;

/// What somebody of the shop is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Records, marks as paid, issues, prints.
    Staff,
    /// Decides about money that goes out or is given up, about settings, and about what others did.
    Manager,
}

/// Who asks. The operator who is written in the log stands beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Principal {
    Staff(Role),
    /// Who pays, looking at what is theirs.
    Payer(Payer),
    /// Whoever holds the link of one invoice.
    Link(InvoiceId),
    /// The program itself: the pass, the demo.
    System,
}

/// What an Action needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// The daily work of the counter.
    Record,
    /// What a manager decides.
    Manage,
}

impl Principal {
    /// Whether this one may do what needs that right. Who only pays does no Action of the shop.
    pub const fn may(self, right: Right) -> bool {
        match (self, right) {
            (Self::System | Self::Staff(Role::Manager), _) | (Self::Staff(Role::Staff), Right::Record) => true,
            (Self::Staff(Role::Staff), Right::Manage) | (Self::Payer(_) | Self::Link(_), _) => false,
        }
    }

    /// Refuses who has not that right.
    pub fn require(self, right: Right) -> Result<()> {
        if self.may(right) {
            return Ok(());
        }
        let message = match self {
            Self::Payer(_) | Self::Link(_) => "only the shop itself can do this",
            Self::Staff(_) | Self::System => "this needs a manager: ask one to do it",
        };
        Err(Refusal::new("not_allowed", message).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manager_may_all_staff_the_daily_work_and_who_pays_nothing() {
        let payer = Principal::Payer(Payer::Customer(crate::domain::id::CustomerId(1)));
        for (who, record, manage) in [
            (Principal::Staff(Role::Manager), true, true),
            (Principal::Staff(Role::Staff), true, false),
            (Principal::System, true, true),
            (payer, false, false),
            (Principal::Link(InvoiceId(1)), false, false),
        ] {
            assert_eq!((who.may(Right::Record), who.may(Right::Manage)), (record, manage), "{who:?}");
        }
    }
}
