//! Orders and the subscriptions they become.

use serde::{Deserialize, Serialize};

use super::{shown, transitions};

/// Where an order stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderStatus {
    /// Being written.
    #[default]
    Draft,
    /// Its subscriptions are active.
    Confirmed,
    /// Withdrawn.
    Cancelled,
}

shown!(OrderStatus {
    Draft = "draft", "Draft", 'o';
    Confirmed = "confirmed", "Confirmed", '+';
    Cancelled = "cancelled", "Cancelled", '-';
});

// A confirmed order is cancelled only while nothing of it is invoiced; the caller looks.
transitions!(OrderStatus {
    Draft => Confirmed | Cancelled;
    Confirmed => Cancelled;
});

/// Where a subscription stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubscriptionStatus {
    /// Its order is not confirmed.
    #[default]
    Draft,
    /// Runs and bills.
    Active,
    /// Runs on without billing; anchor and contract end stay.
    Paused,
    /// Service withheld because of a debt; bills on.
    Suspended,
    /// Over, for one of the [`EndReason`]s.
    Ended,
    /// Stopped before its end.
    Cancelled,
}

shown!(SubscriptionStatus {
    Draft = "draft", "Draft", 'o';
    Active = "active", "Active", '+';
    Paused = "paused", "Paused", '~';
    Suspended = "suspended", "Suspended", '!';
    Ended = "ended", "Ended", '.';
    Cancelled = "cancelled", "Cancelled", '-';
});

transitions!(SubscriptionStatus {
    Draft => Active;
    Active => Paused | Suspended | Ended | Cancelled;
    Paused => Active | Ended | Cancelled;
    Suspended => Active | Ended | Cancelled;
});

impl SubscriptionStatus {
    /// Whether the pass bills it: active and suspended ones.
    pub const fn bills(self) -> bool {
        matches!(self, Self::Active | Self::Suspended)
    }

    /// Whether the customer has the asset: active, paused and suspended ones.
    pub const fn holds_asset(self) -> bool {
        matches!(self, Self::Active | Self::Paused | Self::Suspended)
    }

    /// Whether it still runs; no asset is in two of these at once.
    pub const fn is_live(self) -> bool {
        self.holds_asset()
    }
}

/// Why a subscription ended.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndReason {
    /// The contract ran to its end.
    #[default]
    Completed,
    /// The customer bought the asset.
    BoughtOut,
    /// Another subscription took its place.
    Upgraded,
    /// The asset came back before the end.
    ReturnedEarly,
}

shown!(EndReason {
    Completed = "completed", "Completed", '+';
    BoughtOut = "bought_out", "Bought out", 'b';
    Upgraded = "upgraded", "Upgraded", 'u';
    ReturnedEarly = "returned_early", "Returned early", 'r';
});
