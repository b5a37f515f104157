//! What can be done with what is rented: subscriptions that change and end, deposits, assets, orders.

mod agreed;
mod bad_input;
mod billed_to;
mod by_name;
mod changes;
mod cuts;
mod deposits;
mod documents;
mod ends;
mod laws;
mod lengths;
mod orders;
mod pages;
mod places;
mod short;
mod stock;
mod taxes;
mod tried;
mod walks;

use rentbook::domain::id::{AssetId, SubscriptionId, VariantId};
use rentbook::services::actions::catalogue::AssetDraft;
use rentbook::services::actions::order::ItemDraft;
use rentbook::services::actions::subscription::{Change, ChangeDraft};
use rentbook::services::done::Changed;
use rentbook::services::{Action, Desk, DeskError, Outcome};

use crate::fixture::{Hand, date, item, order, person, shop, variant};

/// A shop where Ana rents a laptop at 129.00 a month for the year 2024, and has paid nothing.
pub struct Rented {
    pub desk: Desk,
    pub hand: Hand,
    pub laptop: VariantId,
    pub subscription: SubscriptionId,
}

/// On this day; the contract began on 1 January.
pub fn rented(day: &str) -> Rented {
    rented_as(day, |laptop| ItemDraft { deposit: "200".into(), ..item(laptop, "2024-01-01", 12) })
}

/// As [`rented`], with another item.
pub fn rented_as(day: &str, of: impl FnOnce(VariantId) -> ItemDraft) -> Rented {
    let (mut desk, hand) = shop("2024-01-01");
    let ana = person(&mut desk, "Delgado");
    let laptop = variant(&mut desk, "Laptop", "129.00");
    stock(&mut desk, laptop, "7Q2-1");
    stock(&mut desk, laptop, "7Q2-2");
    let (_, subscriptions) = order(&mut desk, ana, vec![of(laptop)]);
    walk(&mut desk, &hand, day);
    Rented { desk, hand, laptop, subscription: subscriptions[0] }
}

/// Goes on to a day, with a pass on the first of each month and on that day.
pub fn walk(desk: &mut Desk, hand: &Hand, day: &str) {
    let until = date(day);
    let mut next = desk.today();
    while next < until {
        next = std::cmp::min(until, next + chrono::Months::new(1));
        hand.set(&next.to_string());
        desk.catch_up().unwrap();
    }
}

/// One asset in stock, bought for 1,000.00.
pub fn stock(desk: &mut Desk, variant: VariantId, serial: &str) -> AssetId {
    let draft = AssetDraft { variant, serial: serial.into(), cost: "1000".into(), bought_on: None };
    match desk.perform(Action::AddAsset(draft)).unwrap().outcome {
        Outcome::Asset(id) => id,
        other => panic!("{other:?}"),
    }
}

impl Rented {
    /// The Action that changes its subscription.
    pub fn action(&self, change: Change) -> Action {
        Action::ChangeSubscription(Box::new(ChangeDraft { subscription: self.subscription, version: None, change }))
    }

    /// Changes the subscription, after it was shown what would come of it, which is what came of it.
    pub fn change(&mut self, change: Change) -> Changed {
        let action = self.action(change);
        self.desk.catch_up().unwrap();
        let shown = self.desk.try_out(&action, |_, done| Ok(done.clone())).unwrap();
        let done = self.desk.perform(action).unwrap();
        assert_eq!(shown, done);
        self.sound();
        match done.outcome {
            Outcome::Subscription(changed) => *changed,
            other => panic!("{other:?}"),
        }
    }

    /// Why a change is refused: code or field, and sentence. Nothing is written.
    pub fn refused(&mut self, change: Change) -> String {
        let action = self.action(change);
        let before = self.rows("SELECT COUNT(*) || ' ' || MAX(id) FROM activity");
        let error = self.desk.perform(action).unwrap_err();
        assert_eq!(self.rows("SELECT COUNT(*) || ' ' || MAX(id) FROM activity"), before);
        sentence(&error)
    }

    /// Takes back the newest Action.
    pub fn undo(&mut self) -> String {
        let said = self.desk.perform(Action::Undo(None)).unwrap().said;
        self.sound();
        said
    }

    /// One text a row.
    pub fn rows(&self, sql: &str) -> Vec<String> {
        self.desk.read(|db| db.all(sql, &[], |row| row.text(0))).unwrap()
    }

    /// The check finds nothing.
    pub fn sound(&self) {
        let report = self.desk.check_deep().unwrap();
        assert!(report.ok, "{:#?}", report.violations);
    }

    /// The subscription in one line: status, end, day and reason it is over, next period.
    pub fn state(&self) -> String {
        let sql = "SELECT status || ' to ' || end_on || COALESCE(' over ' || ended_on, '') || COALESCE(' ' || end_reason, '') \
                   || ' next ' || COALESCE(next_start_on, 'none') FROM subscription WHERE id = 1";
        self.rows(sql).join("")
    }

    /// Each payment: kind, first day, amount, status.
    pub fn payments(&self) -> Vec<String> {
        self.rows(
            "SELECT kind || ' ' || COALESCE(period_start_on, '-') || ' ' || amount_minor || ' ' || status FROM payment ORDER BY id",
        )
    }

    /// Where each asset is.
    pub fn assets(&self) -> String {
        self.rows("SELECT serial || ' ' || state FROM asset ORDER BY serial").join(", ")
    }
}

/// The sentence of a refusal with its field.
pub fn sentence(error: &DeskError) -> String {
    error.refusal().unwrap_or_else(|| panic!("broken: {error:?}")).to_string()
}

/// Cancels from a day, as the shop's setting says.
pub fn cancel(from: &str) -> Change {
    Change::Cancel { from: date(from), running: None, refund: false, reason: String::new() }
}
