//! A subscription in the middle of a change: what it was, what it becomes, what has to be taken back for it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::standing::Standing;
use crate::documents::Sentence;
use crate::domain::contract::Pause;
use crate::domain::id::{AssetId, InvoiceId, OrderId, PaymentId, SubscriptionId};
use crate::domain::log::{Log, Subject};
use crate::domain::money::Money;
use crate::domain::pass;
use crate::domain::schedule::Schedule;
use crate::domain::status::{AssetState, PaymentStatus, SubscriptionStatus};
use crate::services::billing;
use crate::services::contract_credits::{self, Credited, TakenBack};
use crate::services::done::{Changed, Done, Outcome, Touched, WayBack};
use crate::services::letterhead::{said, said_day};
use crate::services::planning;
use crate::services::refusal::{OfField, OrUnknown, Refusal, Result};
use crate::services::work::{Entry, Work};
use crate::store::billing::{self as rows, DueSubscription, Turn};
use crate::store::payment_change::{self, NewChange};
use crate::store::period::{self as periods, Size};
use crate::store::subscription::{self as store, Lasts, State, Subscription};
use crate::store::{catalogue, customer};

/// What undo needs to take a change back; stands in the details of its activity.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Trail {
    pub before: Option<State>,
    /// Version and next period after it: a change since is seen by them.
    pub after: (i64, u32),
    pub assets: Vec<(AssetId, AssetState, AssetState)>,
    /// Day and the price that stood there.
    pub prices: Vec<(NaiveDate, Option<i64>)>,
    /// First day of a pause, and what stood there.
    pub pauses: Vec<(NaiveDate, Lasts)>,
    pub replacements: Vec<i64>,
    pub sizes: Vec<(PaymentId, Size)>,
    /// Payments it made that no invoice has taken.
    pub payments: Vec<PaymentId>,
    pub invoices: Vec<InvoiceId>,
    pub upgrade: Option<(SubscriptionId, OrderId)>,
}

/// A subscription in the middle of a change.
pub(super) struct Changing<'w> {
    pub work: &'w Work<'w>,
    pub sub: Subscription,
    pub due: DueSubscription,
    pub turns: Vec<Turn>,
    pub name: String,
    pub after: State,
    /// Which days were billed before the change.
    pub was: Standing,
    pub trail: Trail,
    pub credits: Vec<TakenBack>,
    pub cancels: Vec<PaymentId>,
    /// Whether what is due by today is billed once it is saved.
    pub bills: bool,
    pub effect: Changed,
}

impl<'w> Changing<'w> {
    /// Loads a live subscription.
    pub fn load(work: &'w Work<'w>, id: SubscriptionId, version: Option<i64>) -> Result<Self> {
        let sub = store::by_id(work.db, id)?.or_unknown("subscription", id)?;
        let number = id.shown();
        if version.is_some_and(|version| version != sub.version) {
            let message = format!("subscription {number} was changed meanwhile: look at it again, nothing was saved");
            return Err(Refusal::new("stale", message).into());
        }
        if !sub.state.status.is_live() {
            let state = sub.state.status.word().to_lowercase();
            return Err(Refusal::new("not_running", format!("subscription {number} is {state}")).into());
        }
        let due = rows::due_by_id(work.db, id)?.or_unknown("subscription", id)?;
        let owner = customer::by_id(work.db, sub.customer)?.or_unknown("customer", sub.customer)?;
        let nothing = Money::zero(sub.currency);
        let effect = Changed {
            subscription: id,
            status: sub.state.status,
            end_on: sub.state.end_on,
            effect: Vec::new(),
            credit_notes: Vec::new(),
            credited: nothing,
            freed: nothing,
            cancelled: 0,
            invoice: None,
            charged: nothing,
            new: None,
        };
        let trail = Trail { before: Some(sub.state), ..Trail::default() };
        let turns = store::turns(work.db, id)?;
        let was = Standing { schedule: agreed(&due, &sub.state)?, pauses: pauses(&turns), until: sub.state.end_on };
        Ok(Self {
            work,
            turns,
            was,
            name: owner.display_name().full(),
            after: sub.state,
            sub,
            due,
            trail,
            credits: Vec::new(),
            cancels: Vec::new(),
            bills: false,
            effect,
        })
    }

    /// Its periods as agreed now.
    pub fn schedule(&self) -> Result<Schedule> {
        agreed(&self.due, &self.after)
    }

    /// Its pauses.
    pub fn pauses(&self) -> Vec<Pause> {
        pauses(&self.turns)
    }

    /// What its planning needs, as it becomes.
    pub fn billable(&self) -> Result<pass::Billable> {
        let State { end_on, agreed_end_on, next_index, .. } = self.after;
        let due = DueSubscription { end_on, agreed_end_on, next_index, ..self.due.clone() };
        Ok(rows::billable(&due, planning::billing_day(self.work, due.group)?, &self.turns)?)
    }

    /// The price a month on a day, minor units.
    pub fn monthly(&self, on: NaiveDate) -> Result<i64> {
        Ok(pass::price_at(&self.billable()?.prices, on).unwrap_or(self.due.price_minor))
    }

    /// Reads pauses and prices again, and looks when the next payment comes.
    pub fn plan_again(&mut self) -> Result<()> {
        self.turns = store::turns(self.work.db, self.sub.id)?;
        self.after.next_start_on = pass::next_start(&self.billable()?);
        Ok(())
    }

    /// It is over on a day, and owed up to the other one: what was planned for later falls away, nothing more is billed,
    /// the asset goes where it goes.
    pub fn is_over(
        &mut self,
        status: SubscriptionStatus,
        (on, owed_until): (NaiveDate, NaiveDate),
        asset_to: AssetState,
    ) -> Result<()> {
        (self.after.status, self.after.ended_on, self.after.next_start_on) = (status, Some(on), None);
        self.drop_plans(on, owed_until)?;
        self.end_open_pauses(on.max(owed_until))?;
        if let Some(asset) = self.after.asset {
            self.move_asset(asset, AssetState::Rented, asset_to);
        }
        Ok(())
    }

    /// Pauses that have begun and nobody knows the end of end on a day.
    pub fn end_open_pauses(&mut self, on: NaiveDate) -> Result<()> {
        for (from, _) in self.pauses().into_iter().filter(|(from, to)| to.is_none() && *from < on) {
            self.set_pause(from, Lasts::Until(on))?;
        }
        self.turns = store::turns(self.work.db, self.sub.id)?;
        Ok(())
    }

    /// Takes back what was only planned for the time after a contract: pauses that would begin on the day it is over or
    /// later, and prices for days that are not owed.
    pub fn drop_plans(&mut self, over: NaiveDate, owed_until: NaiveDate) -> Result<()> {
        for (from, _) in self.pauses().into_iter().filter(|(from, _)| *from >= over) {
            self.set_pause(from, Lasts::Never)?;
            self.tell(format!("The pause planned from {} is dropped.", self.day(from)));
        }
        let planned = |turn: &Turn| match turn {
            Turn::Price(from, _) if *from >= owed_until => Some(*from),
            _ => None,
        };
        for from in self.turns.iter().filter_map(planned).collect::<Vec<_>>() {
            let had = store::set_price(self.work.db, self.sub.id, from, None)?;
            self.trail.prices.push((from, had));
        }
        self.turns = store::turns(self.work.db, self.sub.id)?;
        Ok(())
    }

    /// Notes that an asset moves, by way of the stock where there is no straight one.
    pub fn move_asset(&mut self, asset: AssetId, from: AssetState, to: AssetState) {
        if (from, to) == (AssetState::Rented, AssetState::Retired) {
            self.trail.assets.push((asset, from, AssetState::InStock));
            self.trail.assets.push((asset, AssetState::InStock, to));
        } else {
            self.trail.assets.push((asset, from, to));
        }
    }

    /// Makes, changes or takes away the pause from a day on, and keeps what stood there.
    pub fn set_pause(&mut self, from: NaiveDate, lasts: Lasts) -> Result<()> {
        let had = self.pauses().into_iter().find(|(day, _)| *day == from);
        self.trail.pauses.push((from, had.map_or(Lasts::Never, |(_, to)| to.into())));
        Ok(store::set_pause(self.work.db, self.sub.id, from, lasts)?)
    }

    /// The name of an asset on screens.
    pub fn serial(&self, asset: AssetId) -> Result<String> {
        Ok(catalogue::asset(self.work.db, asset)?.map(|asset| asset.serial).unwrap_or_default())
    }

    /// A day as the shop writes it.
    pub fn day(&self, day: NaiveDate) -> String {
        self.work.shop.style.long_date(day)
    }

    /// A day as a line of a paper has it.
    pub fn paper_day(&self, day: NaiveDate) -> String {
        said_day(self.work, day)
    }

    /// Why its days are credited, as a credit note says it.
    pub fn why(&self, what: Sentence, day: NaiveDate) -> String {
        said(self.work, what, &[("number", &self.sub.id.shown()), ("day", &self.paper_day(day))])
    }

    /// An amount of the subscription's currency as the shop writes it.
    pub fn amount(&self, minor: i64) -> String {
        self.work.shop.style.amount(Money::new(minor, self.sub.currency))
    }

    /// Tells a part of the effect.
    pub fn tell(&mut self, sentence: impl Into<String>) {
        self.effect.effect.push(sentence.into());
    }

    /// Refuses a first day that is outside the contract or closed.
    pub fn refuse_outside(&self, field: &'static str, day: NaiveDate) -> Result<()> {
        let (start, end) = (self.sub.start_on, self.after.end_on);
        if day < start && start <= self.work.today {
            let message = format!("the contract starts on {}", self.day(start));
            return Err(Refusal::of_field(field, message).into());
        }
        if day >= end {
            let last = self.day(end.pred_opt().unwrap_or(end));
            return Err(Refusal::of_field(field, format!("the contract ends on {last} anyway")).into());
        }
        self.refuse_closed(field, day)
    }

    /// Refuses a day in a period that is closed.
    pub fn refuse_closed(&self, field: &'static str, day: NaiveDate) -> Result<()> {
        match self.work.shop.locked_until_on {
            Some(until) if day <= until => {
                Err(Refusal::of_field(field, format!("the period up to {} is closed", self.day(until))).into())
            }
            _ => Ok(()),
        }
    }

    /// Saves the change with its activity row, credits and withdraws, and says what happened.
    pub fn finish(mut self, action: Log, said: &str, (reason, text): (&str, &str), refund: bool) -> Result<Done> {
        let (db, id) = (self.work.db, self.sub.id);
        store::save(db, id, self.sub.version, &self.after)?;
        for (asset, from, to) in &self.trail.assets {
            catalogue::move_asset(db, *asset, *from, *to)?;
        }
        if self.bills && self.after.status.bills() {
            self.bill_due()?;
        }
        self.trail.after = (self.sub.version + 1, self.after.next_index);
        let details = json!({
            "trail": self.trail,
            "status": self.after.status.code(),
            "end_on": self.after.end_on,
            "invoices": self.trail.invoices,
            "charged": self.effect.charged.to_string(),
            "currency": self.sub.currency.code(),
        });
        let activity = self.work.log(&Entry {
            customer: Some(self.sub.customer),
            details,
            text: (!text.is_empty()).then(|| text.to_owned()),
            ..Entry::new(action, Subject::Subscription(id))
        })?;
        for payment in &self.cancels {
            let (from, to) = (PaymentStatus::Pending, PaymentStatus::Cancelled);
            let on = self.work.today;
            let change = NewChange { payment: *payment, from, to, on, reason, reverses: None, activity };
            payment_change::change(db, &change)?;
        }
        let credited = contract_credits::credit(self.work, activity, std::mem::take(&mut self.credits), reason)?;
        if refund {
            contract_credits::give_back(self.work, &credited, (self.sub.currency, activity), reason)?;
        }
        self.tell_money(&credited, refund);
        (self.effect.status, self.effect.end_on) = (self.after.status, self.after.end_on);
        let touched = [Touched::Orders, Touched::Catalogue, Touched::Customers, Touched::Money];
        Ok(Done::new(said, Outcome::Subscription(Box::new(self.effect)), &touched).back(WayBack::It))
    }

    /// Bills what is due by today, as the pass of the day would have.
    fn bill_due(&mut self) -> Result<()> {
        let (db, id) = (self.work.db, self.sub.id);
        if billing::bill_now(self.work, &[id])?.payments == 0 {
            return Ok(());
        }
        let from = self.after.next_index;
        for made in periods::lines(db, id)?.iter().filter(|made| made.index >= from) {
            match made.invoice {
                Some((invoice, _)) => self.trail.invoices.push(invoice),
                None if made.status == PaymentStatus::Pending => self.trail.payments.push(made.id),
                None => {}
            }
        }
        self.after = store::by_id(db, id)?.or_unknown("subscription", id)?.state;
        self.tell("What is due by today is billed at once.");
        Ok(())
    }

    fn tell_money(&mut self, credited: &Credited, refund: bool) {
        let currency = self.sub.currency;
        self.effect.cancelled = self.cancels.len();
        match self.cancels.len() {
            0 => {}
            1 => self.tell("1 payment that was not invoiced yet is dropped."),
            many => self.tell(format!("{many} payments that were not invoiced yet are dropped.")),
        }
        self.effect.credited = Money::new(credited.total_minor, currency);
        self.effect.freed = Money::new(credited.freed_minor(), currency);
        self.effect.credit_notes.clone_from(&credited.notes);
        if !credited.notes.is_empty() {
            let what = match self.effect.credit_notes.as_slice() {
                [one] => format!("Credit note {one}"),
                many => format!("{} credit notes", many.len()),
            };
            self.tell(format!("{what} for {}.", self.amount(credited.total_minor)));
        }
        match (credited.freed_minor(), refund) {
            (0, _) => {}
            (freed, true) => self.tell(format!("{} goes back to the payer.", self.amount(freed))),
            (freed, false) => {
                self.tell(format!(
                    "{} of it was paid: it stays as credit until it is used or refunded.",
                    self.amount(freed)
                ));
            }
        }
    }
}

/// The schedule of a contract as agreed, whatever day it was cancelled to.
fn agreed(due: &DueSubscription, state: &State) -> Result<Schedule> {
    let end = state.agreed_end_on.unwrap_or(state.end_on);
    Schedule::new(due.start_on, end, due.frequency, Some(due.anchor_day)).of_field("months")
}

fn pauses(turns: &[Turn]) -> Vec<Pause> {
    let pause = |turn: &Turn| match turn {
        Turn::Pause(from, to) => Some((*from, *to)),
        Turn::Price(..) | Turn::Ahead(..) => None,
    };
    turns.iter().filter_map(pause).collect()
}
