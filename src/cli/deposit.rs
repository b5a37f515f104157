//! `deposit`: listed, returned, kept in part or whole.

use serde_json::{Map, Value, json};

use super::fault::Result;
use super::list::{Listing, Shown, View};
use super::out::{Answer, Out, said};
use super::shapes::amount;
use super::table::{Column, Side};
use super::values;
use crate::domain::id::SubscriptionId;
use crate::domain::status::DepositState;
use crate::services::actions::deposit::CloseDraft;
use crate::services::reads::{self, HeldRow};
use crate::services::{Action, Desk, Refusal};

/// What to do with deposits.
#[derive(Debug, clap::Subcommand)]
pub enum Verb {
    /// List deposits, oldest first
    List {
        /// Only in this state: held, returned, kept or `partly_kept`
        #[arg(long, value_parser = values::word::<DepositState>)]
        status: Option<DepositState>,
        /// At most this many rows
        #[arg(long, value_name = "N")]
        limit: Option<usize>,
    },
    /// Give the deposit of a subscription back
    Return {
        /// The subscription
        #[arg(value_parser = values::id::<SubscriptionId>)]
        subscription: SubscriptionId,
        /// It stays with the customer as credit
        #[arg(long)]
        as_credit: bool,
        /// A remark
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// Keep the deposit of a subscription, or a part of it; the rest goes back
    Keep {
        /// The subscription
        #[arg(value_parser = values::id::<SubscriptionId>)]
        subscription: SubscriptionId,
        /// How much is kept; all of it where no amount is named
        #[arg(long, default_value = "all", allow_hyphen_values = true)]
        amount: String,
        /// Why it is kept
        #[arg(long)]
        reason: String,
        /// What goes back stays with the customer as credit
        #[arg(long)]
        as_credit: bool,
    },
}

/// Lists, returns or keeps.
pub fn run(verb: Verb, desk: &mut Desk, out: &mut Out) -> Result<()> {
    let (subscription, keep, reason, as_credit) = match verb {
        Verb::List { status, limit } => {
            return Listing {
                total: None,
                limit,
                read: Box::new(|page| Ok(desk.read(|db| reads::deposits(db, status, page))?)),
                cursor: Box::new(HeldRow::cursor),
                more: Map::new(),
            }
            .write(View::of(desk)?, out);
        }
        Verb::Return { subscription, as_credit, reason } => (subscription, String::new(), reason, as_credit),
        Verb::Keep { subscription, amount, reason, as_credit } => (subscription, amount, reason, as_credit),
    };
    let found = desk.read(|db| reads::deposit_of(db, subscription))?;
    let none = || Refusal::new("no_deposit", format!("subscription {} has no deposit", subscription.shown()));
    let deposit = found.ok_or_else(none)?.deposit.id;
    let done = desk.perform(Action::CloseDeposit(CloseDraft { deposit, keep, reason, as_credit }))?;
    let view = View::of(desk)?;
    let after = desk.read(|db| reads::deposit_of(db, subscription))?;
    let mut json = after.map_or_else(|| json!({}), |row| row.json(view));
    if let Some(json) = json.as_object_mut() {
        json.insert("said".to_owned(), said(&done).into());
    }
    out.answer(&Answer::new(json).say(said(&done)))
}

impl Shown for HeldRow {
    const COLUMNS: &'static [Column] = &[
        ("ID", Side::Right),
        ("SUBSCRIPTION", Side::Code),
        ("CUSTOMER", Side::Left),
        ("AMOUNT", Side::Right),
        ("RECEIVED", Side::Right),
        ("KEPT", Side::Right),
        ("STATUS", Side::Code),
        ("CLOSED", Side::Code),
    ];

    fn json(&self, _view: View) -> Value {
        let deposit = &self.deposit;
        json!({
            "id": deposit.id,
            "subscription": deposit.subscription,
            "subscription_status": self.subscription_status.code(),
            "customer": self.customer_id,
            "customer_name": self.customer_name,
            "amount": amount(deposit.amount),
            "received": amount(self.received),
            "kept": amount(deposit.kept),
            "currency": deposit.amount.currency().code(),
            "status": deposit.state.code(),
            "closed_on": deposit.closed_on,
            "reason": deposit.reason,
        })
    }

    fn cells(&self, view: View) -> Vec<String> {
        let deposit = &self.deposit;
        vec![
            deposit.id.to_string(),
            deposit.subscription.shown(),
            self.customer_name.clone(),
            view.money(deposit.amount),
            view.style.amount(self.received),
            view.style.amount(deposit.kept),
            deposit.state.word().to_owned(),
            view.day(deposit.closed_on),
        ]
    }
}
