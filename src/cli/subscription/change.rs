//! `subscription cancel`, `pause`, `resume`, `extend`, `price`, `replace`, `upgrade`, `return`, `buyout`, `ship`.

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::cli::fault::{Fault, Result};
use crate::cli::list::View;
use crate::cli::out::{Answer, Out, said};
use crate::cli::shapes::{amount, subscription as shape};
use crate::cli::values;
use crate::domain::contract::{Condition, RunningPeriod};
use crate::domain::frequency::Frequency;
use crate::domain::id::{SubscriptionId, VariantId};
use crate::services::actions::customer_address::ShipTo;
use crate::services::actions::order::ItemDraft;
use crate::services::actions::subscription::{Change, ChangeDraft};
use crate::services::done::{Changed, Done};
use crate::services::reads::{self, SubscriptionPage};
use crate::services::{Action, Desk, Outcome};

/// What every change has.
#[derive(Debug, clap::Args)]
pub struct Which {
    /// The subscription
    #[arg(value_parser = values::id::<SubscriptionId>)]
    id: SubscriptionId,
    /// Only show what would come of it
    #[arg(long)]
    dry_run: bool,
}

/// What to change of a subscription.
#[derive(Debug, clap::Subcommand)]
pub enum Verb {
    /// Cancel from a day on; the period that runs is prorated or kept by the shop's setting
    Cancel {
        /// Which one
        #[command(flatten)]
        which: Which,
        /// The first day that is not owed; by default today
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = values::day)]
        from: Option<NaiveDate>,
        /// What becomes of the period that runs: prorate or keep
        #[arg(long, value_parser = values::word::<RunningPeriod>)]
        running: Option<RunningPeriod>,
        /// Give money that comes free back at once
        #[arg(long)]
        refund: bool,
        /// Why
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// Stop billing from a day on, until another one or until it is resumed
    Pause {
        /// Which one
        #[command(flatten)]
        which: Which,
        /// The first day that is not billed; by default today
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = values::day)]
        from: Option<NaiveDate>,
        /// The first day that bills again
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = values::day)]
        to: Option<NaiveDate>,
    },
    /// Bill again
    Resume {
        /// Which one
        #[command(flatten)]
        which: Which,
        /// The first day that bills again; by default today
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = values::day)]
        on: Option<NaiveDate>,
    },
    /// Let the contract run longer
    Extend {
        /// Which one
        #[command(flatten)]
        which: Which,
        /// By so many months
        #[arg(long)]
        months: u32,
    },
    /// Set another price a month
    Price {
        /// Which one
        #[command(flatten)]
        which: Which,
        /// The price a month
        #[arg(long, allow_hyphen_values = true)]
        price: String,
        /// From the first period that starts then or later; by default the next one that is not billed
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = values::day)]
        from: Option<NaiveDate>,
    },
    /// Put another asset in the same contract
    Replace {
        /// Which one
        #[command(flatten)]
        which: Which,
        /// Serial number of the new asset
        #[arg(long, alias = "asset")]
        serial: String,
        /// When; by default today
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = values::day)]
        on: Option<NaiveDate>,
        /// The old asset is retired; else it is back in stock
        #[arg(long)]
        retire: bool,
        /// Why
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// Let a new subscription take its place
    Upgrade(Box<Upgrade>),
    /// Take the asset back before the end, for a fee
    Return {
        /// Which one
        #[command(flatten)]
        which: Which,
        /// The first day without it; by default today
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = values::day)]
        on: Option<NaiveDate>,
        /// The fee in percent of the rent of the months left; by default the shop's
        #[arg(long, default_value = "", allow_hyphen_values = true)]
        percent: String,
        /// In what condition it comes back: good, worn or damaged
        #[arg(long, default_value = "good", value_parser = values::word::<Condition>)]
        condition: Condition,
        /// More about its condition
        #[arg(long, default_value = "")]
        note: String,
        /// Why there is no fee
        #[arg(long, value_name = "REASON", default_value = "")]
        waive: String,
    },
    /// Sell the asset to the customer: the rent that remains and its residual value
    Buyout {
        /// Which one
        #[command(flatten)]
        which: Which,
        /// The residual value
        #[arg(long, allow_hyphen_values = true)]
        residual: String,
    },
    /// Ship it to another address of the customer
    Ship {
        /// Which one
        #[command(flatten)]
        which: Which,
        /// The number of the address, or billing
        #[arg(long, value_name = "ADDRESS|billing", value_parser = values::word::<ShipTo>)]
        to: ShipTo,
    },
}

/// The new subscription of an upgrade.
#[derive(Debug, clap::Args)]
pub struct Upgrade {
    /// Which one
    #[command(flatten)]
    which: Which,
    /// What is rented then
    #[arg(long, value_name = "VARIANT", value_parser = values::id::<VariantId>)]
    item: VariantId,
    /// Serial number of the asset; the next free one where none is named
    #[arg(long, value_name = "SERIAL", default_value = "")]
    asset: String,
    /// Contract length in months
    #[arg(long)]
    months: u32,
    /// How often it bills: month, quarter, half-year, year or two-years
    #[arg(long, default_value = "month", value_parser = values::word::<Frequency>)]
    every: Frequency,
    /// Price a month; by default the list price
    #[arg(long, default_value = "", allow_hyphen_values = true)]
    price: String,
    /// Its first day, today or earlier; by default today
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = values::day)]
    start: Option<NaiveDate>,
    /// Security money
    #[arg(long, default_value = "", allow_hyphen_values = true)]
    deposit: String,
}

/// Changes it, or shows what would come of it.
pub fn run(verb: Verb, desk: &mut Desk, out: &mut Out) -> Result<()> {
    let (which, change) = read(verb, desk.today());
    let view = View::of(desk)?;
    let action = Action::ChangeSubscription(Box::new(ChangeDraft { subscription: which.id, version: None, change }));
    let (done, page) = if which.dry_run {
        desk.try_out(&action, |db, done| Ok((done.clone(), reads::subscription_page(db, which.id, view.today)?)))?
    } else {
        let done = desk.perform(action)?;
        let page = desk.read(|db| reads::subscription_page(db, which.id, view.today))?;
        (done, page)
    };
    let page = page.ok_or_else(|| Fault::unknown("subscription", which.id))?;
    out.answer(&answer(&done, &page, view, which.dry_run))
}

fn read(verb: Verb, today: NaiveDate) -> (Which, Change) {
    let or_today = |day: Option<NaiveDate>| day.unwrap_or(today);
    match verb {
        Verb::Cancel { which, from, running, refund, reason } => {
            (which, Change::Cancel { from: or_today(from), running, refund, reason })
        }
        Verb::Pause { which, from, to } => (which, Change::Pause { from: or_today(from), to }),
        Verb::Resume { which, on } => (which, Change::Resume { on: or_today(on) }),
        Verb::Extend { which, months } => (which, Change::Extend { months }),
        Verb::Price { which, price, from } => (which, Change::Reprice { price, from }),
        Verb::Replace { which, serial, on, retire, reason } => {
            (which, Change::Replace { serial, on: or_today(on), retire, reason })
        }
        Verb::Upgrade(args) => {
            let item = ItemDraft {
                variant: args.item,
                quantity: 1,
                serial: args.asset,
                months: args.months,
                frequency: args.every,
                start_on: or_today(args.start),
                anchor_day: None,
                price: args.price,
                deposit: args.deposit,
                ship_to: ShipTo::Usual,
            };
            (args.which, Change::Upgrade { item: Box::new(item) })
        }
        Verb::Return { which, on, percent, condition, note, waive } => {
            (which, Change::ReturnEarly { on: or_today(on), percent, condition, note, waive })
        }
        Verb::Buyout { which, residual } => (which, Change::BuyOut { residual }),
        Verb::Ship { which, to } => (which, Change::Ship { to }),
    }
}

/// What came of it, or would: the subscription as it is then, and the money.
fn answer(done: &Done, page: &SubscriptionPage, view: View, dry_run: bool) -> Answer {
    let mut json = shape::page(page, view);
    let sentence = if dry_run { format!("Nothing was changed. {}", done.said) } else { said(done) };
    let mut answer = Answer::default();
    if let (Outcome::Subscription(changed), Some(json)) = (&done.outcome, json.as_object_mut()) {
        for (key, value) in effect(changed) {
            json.insert(key.to_owned(), value);
        }
        json.insert("dry_run".to_owned(), dry_run.into());
        json.insert("said".to_owned(), sentence.clone().into());
        answer = Answer::new(Value::Object(std::mem::take(json))).say(sentence);
        for line in &changed.effect {
            answer = answer.say(format!("  {line}"));
        }
    }
    answer
}

fn effect(changed: &Changed) -> Vec<(&'static str, Value)> {
    vec![
        ("effect", json!(changed.effect)),
        ("credited", json!(amount(changed.credited))),
        ("freed", json!(amount(changed.freed))),
        ("credit_notes", json!(changed.credit_notes)),
        ("cancelled_payments", json!(changed.cancelled)),
        ("charged", json!(amount(changed.charged))),
        ("invoice", json!(changed.invoice.as_ref().and_then(|(_, number)| number.clone()))),
        ("new_subscription", json!(changed.new)),
    ]
}
