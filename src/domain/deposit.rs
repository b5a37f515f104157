//! What came for a deposit, what of it is held, what was kept and what went back.

use serde::{Deserialize, Serialize};

use super::format::coded;
use super::status::DepositState;

/// One step's money on a deposit, in minor units: above zero where it came, below where it left. What was undone since is
/// no step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved {
    pub minor: i64,
    /// Whether it left because it had never really come: a check that bounced.
    pub is_bounced: bool,
}

/// The money of a deposit, in minor units. `held` is what came less what went back or was kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub received: i64,
    pub held: i64,
    pub kept: i64,
    pub returned: i64,
}

/// Counts the money of a deposit that is held, or was closed with `kept` of it kept. One closed before version 3 has
/// what was kept still on it, and holds nothing all the same.
pub fn tally(moved: &[Moved], state: DepositState, kept: i64) -> Tally {
    let stands: i64 = moved.iter().map(|one| one.minor).sum();
    let came = moved.iter().filter(|one| one.minor > 0 || one.is_bounced);
    let received = came.map(|one| one.minor).sum();
    let held = if state == DepositState::Held { stands } else { 0 };
    Tally { received, held, kept, returned: received - held - kept }
}

/// Where a deposit stands, as people say it: by what a person decided, and by its money.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DepositStanding {
    /// Asked for, and nothing of it has come.
    Unpaid,
    /// Money of it is with the shop.
    Held,
    /// All that came went back.
    Returned,
    /// All that came was kept, with a reason.
    Kept,
    /// Kept in part, the rest given back.
    PartlyKept,
    /// Nothing ever came, and nothing is owed any more.
    NeverPaid,
}

coded!(DepositStanding {
    Unpaid = "unpaid",
    Held = "held",
    Returned = "returned",
    Kept = "kept",
    PartlyKept = "partly_kept",
    NeverPaid = "never_paid",
});

impl DepositStanding {
    /// By the state that is stored, whether it is still owed, what is held of it, and whether money ever came.
    pub const fn of(state: DepositState, is_owed: bool, held: i64, has_come: bool) -> Self {
        match state {
            DepositState::Kept => Self::Kept,
            DepositState::PartlyKept => Self::PartlyKept,
            DepositState::Held if held > 0 => Self::Held,
            DepositState::Held if is_owed => Self::Unpaid,
            DepositState::Held | DepositState::Returned if has_come => Self::Returned,
            DepositState::Held | DepositState::Returned => Self::NeverPaid,
        }
    }

    /// The word on screens.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unpaid => "Not paid yet",
            Self::Held => "Held",
            Self::Returned => "Returned",
            Self::Kept => "Kept",
            Self::PartlyKept => "Partly kept",
            Self::NeverPaid => "Never paid",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn moved(minor: i64) -> Moved {
        Moved { minor, is_bounced: false }
    }

    // F8
    #[test]
    fn what_is_held_is_what_came_less_what_went_back() {
        let bounced = Moved { minor: -50, is_bounced: true };
        for (steps, state, kept, expected) in [
            (vec![], DepositState::Held, 0, [0, 0, 0, 0]),
            (vec![moved(100)], DepositState::Held, 0, [100, 100, 0, 0]),
            (vec![moved(100), moved(-10)], DepositState::Held, 0, [100, 90, 0, 10]),
            (vec![moved(100), moved(-10), moved(-90)], DepositState::PartlyKept, 30, [100, 0, 30, 70]),
            (vec![moved(50), bounced], DepositState::Held, 0, [0, 0, 0, 0]),
            (vec![moved(60), moved(-60)], DepositState::Returned, 0, [60, 0, 0, 60]),
            (vec![moved(100), moved(-70)], DepositState::PartlyKept, 30, [100, 0, 30, 70]),
        ] {
            let told = tally(&steps, state, kept);
            assert_eq!([told.received, told.held, told.kept, told.returned], expected, "{steps:?}");
        }
    }

    // F9
    #[test]
    fn a_deposit_nobody_paid_is_not_held() {
        use DepositState::{Held, Kept, Returned};
        for (state, is_owed, held, has_come, code) in [
            (Held, true, 0, false, "unpaid"),
            (Held, true, 60, true, "held"),
            (Held, false, 100, true, "held"),
            (Held, false, 0, false, "never_paid"),
            (Held, false, 0, true, "returned"),
            (Returned, false, 0, false, "never_paid"),
            (Returned, false, 0, true, "returned"),
            (Kept, false, 0, true, "kept"),
        ] {
            assert_eq!(DepositStanding::of(state, is_owed, held, has_come).code(), code);
        }
    }
}
