//! What can be done with the subscription now, and why not.

use crate::domain::deposit::DepositStanding;
use crate::domain::status::SubscriptionStatus;
use crate::services::reads::SubscriptionPage;
use crate::tui::command::Able;
use crate::tui::forms::change::Kind;
use crate::tui::reply::Entry;

/// The entries of all changes, harmless ones first.
pub(super) fn entries(page: &SubscriptionPage) -> Vec<Entry> {
    let mut entries: Vec<Entry> =
        Kind::ALL.into_iter().map(|kind| Entry::new(kind.key(), kind.word()).able(can(kind, page))).collect();
    let deposit = Entry::new("deposit", "Return or keep the deposit").able(can_close_deposit(page));
    entries.insert(entries.len().saturating_sub(1), deposit);
    entries
}

fn can(kind: Kind, page: &SubscriptionPage) -> Able {
    let status = page.row.status;
    if !status.is_live() {
        return Able::because(&format!("It is {}.", status.word().to_lowercase()));
    }
    let is_paused = page.pauses.iter().any(|(_, to)| to.is_none()) || status == SubscriptionStatus::Paused;
    match kind {
        Kind::Pause if status == SubscriptionStatus::Suspended => Able::because("It is suspended."),
        Kind::Resume => Able::when(is_paused, "It is not paused."),
        Kind::Extend => Able::when(page.ended_on.is_none(), "It is cancelled to a day: take that back first."),
        Kind::Reprice => Able::when(page.row.next_start_on.is_some(), "No payment is left that is not billed."),
        Kind::BuyOut => Able::when(page.row.serial.is_some(), "It has no asset that could be bought."),
        _ => Able::Yes,
    }
}

fn can_close_deposit(page: &SubscriptionPage) -> Able {
    match &page.deposit {
        None => Able::because("It has no deposit."),
        Some(row) => match row.standing {
            DepositStanding::Held | DepositStanding::Unpaid => Able::Yes,
            DepositStanding::NeverPaid => Able::because("It was never paid, and is not owed any more."),
            over => Able::because(&format!("It is {} already.", over.word().to_lowercase())),
        },
    }
}
