//! A message to a customer.

use serde::{Deserialize, Serialize};

use super::{shown, transitions};

/// Where a message stands. It is never sent twice.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutboxState {
    /// Waits to be sent.
    #[default]
    Queued,
    /// Being handed over.
    Sending,
    /// Handed over.
    Sent,
    /// Came back.
    Bounced,
    /// Whether it went out is not known: a person decides.
    Held,
    /// Withdrawn.
    Cancelled,
}

shown!(OutboxState {
    Queued = "queued", "Queued", '.';
    Sending = "sending", "Sending", '~';
    Sent = "sent", "Sent", '+';
    Bounced = "bounced", "Bounced", 'x';
    Held = "held", "Held", '?';
    Cancelled = "cancelled", "Cancelled", '-';
});

// A queued message can be cancelled before anybody takes it up; everything else follows the chain.
transitions!(OutboxState {
    Queued => Sending | Cancelled;
    Sending => Sent | Bounced | Held | Cancelled;
});
