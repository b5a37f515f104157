//! What can be done with a subscription that runs: cancelled, paused and resumed, extended, priced anew, its asset
//! replaced, upgraded, returned early, bought out, shipped elsewhere. Each is one transaction and one activity row, and can be taken back.

mod asset;
mod billed;
mod cancel;
mod changing;
mod falling;
mod leave;
mod pause;
mod settle;
mod ship;
mod standing;
mod terms;
pub(in crate::services) mod undo;
mod upgrade;

use chrono::NaiveDate;

use super::customer_address::ShipTo;
use super::order::ItemDraft;
use crate::domain::contract::{Condition, RunningPeriod};
use crate::domain::id::SubscriptionId;
use crate::services::done::Done;
use crate::services::refusal::Result;
use crate::services::work::Work;
use changing::Changing;

/// What a person says of a subscription that shall change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeDraft {
    pub subscription: SubscriptionId,
    /// The version that was read, where a person looked at it before.
    pub version: Option<i64>,
    pub change: Change,
}

/// What shall change of a subscription. Amounts are plain decimal text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Nothing is owed from a day on; later periods fall away.
    Cancel {
        /// The first day that is not owed.
        from: NaiveDate,
        /// What becomes of the period that runs; the shop's setting where none is named.
        running: Option<RunningPeriod>,
        /// Whether money that comes free goes back at once.
        refund: bool,
        reason: String,
    },
    /// Runs on without billing.
    Pause {
        /// The first day that is not billed.
        from: NaiveDate,
        /// The first day that bills again, where it is known.
        to: Option<NaiveDate>,
    },
    /// Bills again.
    Resume {
        /// The first day that bills again.
        on: NaiveDate,
    },
    /// Runs longer.
    Extend {
        /// By so many months.
        months: u32,
    },
    /// Has another price.
    Reprice {
        /// The price a month, as priced.
        price: String,
        /// From the first period that starts on this day or later; the next one that is not billed where none is named.
        from: Option<NaiveDate>,
    },
    /// The same contract with another asset.
    Replace {
        /// Serial number of the new one.
        serial: String,
        on: NaiveDate,
        /// Whether the old one is retired; else it is back in stock.
        retire: bool,
        reason: String,
    },
    /// A new subscription takes its place.
    Upgrade {
        /// What is rented then, and from when.
        item: Box<ItemDraft>,
    },
    /// The asset comes back before the end, for a fee.
    ReturnEarly {
        /// The first day without it.
        on: NaiveDate,
        /// The fee in percent of the rent left; the shop's where it is empty.
        percent: String,
        /// In what condition it is.
        condition: Condition,
        note: String,
        /// Why there is no fee; a fee is due where it is empty.
        waive: String,
    },
    /// The customer buys the asset.
    BuyOut {
        /// What it is worth beside the rent that remains.
        residual: String,
    },
    /// Is shipped elsewhere.
    Ship {
        /// Where.
        to: ShipTo,
    },
}

/// Changes a subscription.
pub(in crate::services) fn change(work: &Work, draft: &ChangeDraft) -> Result<Done> {
    let changing = Changing::load(work, draft.subscription, draft.version)?;
    match &draft.change {
        Change::Cancel { from, running, refund, reason } => cancel::cancel(changing, *from, *running, *refund, reason),
        Change::Pause { from, to } => pause::pause(changing, *from, *to),
        Change::Resume { on } => pause::resume(changing, *on),
        Change::Extend { months } => terms::extend(changing, *months),
        Change::Reprice { price, from } => terms::reprice(changing, price, *from),
        Change::Replace { serial, on, retire, reason } => asset::replace(changing, serial, *on, *retire, reason),
        Change::Upgrade { item } => upgrade::upgrade(changing, item),
        Change::ReturnEarly { on, percent, condition, note, waive } => {
            leave::return_early(changing, *on, (percent, waive), (*condition, note))
        }
        Change::BuyOut { residual } => leave::buy_out(changing, residual),
        Change::Ship { to } => ship::ship(changing, *to),
    }
}
