//! The last day, too: of everything that can be done with a subscription there is one in the book.

use super::year::Walk;
use crate::domain::calendar::add_days;
use crate::domain::contract::Condition;
use crate::domain::frequency::Frequency;
use crate::domain::status::{AssetState, SubscriptionStatus};
use crate::services::actions::customer_address::ShipTo;
use crate::services::actions::deposit::CloseDraft;
use crate::services::actions::order::ItemDraft;
use crate::services::actions::subscription::{Change, ChangeDraft};
use crate::services::reads::{
    self, AssetFilter, Page, SubscriptionFilter, SubscriptionRow, assets, deposits, subscriptions,
};
use crate::services::refusal::Result;
use crate::services::{Action, DeskError};

/// Subscriptions of the people whose figures are told elsewhere stay as they are.
const LEFT_ALONE: usize = 12;

impl Walk {
    /// One subscription each is extended, priced anew, replaced, paused, upgraded, returned (with a fee and without),
    /// bought out and cancelled; a deposit goes back, one is kept in part, one whole. What a rule refuses is tried on the
    /// next one.
    pub fn changes(&mut self) -> Result<()> {
        let filter = SubscriptionFilter { statuses: vec![SubscriptionStatus::Active], ..SubscriptionFilter::default() };
        let page = self.desk.read(|db| subscriptions(db, &filter, &Page::first(400), self.last))?;
        let mut rows: Vec<SubscriptionRow> = page.rows;
        rows.sort_by_key(|row| row.id);
        let mut rows =
            rows.into_iter().skip(LEFT_ALONE).filter(|row| row.serial.is_some() && row.next_start_on.is_some());
        for kind in 0..10 {
            for row in rows.by_ref().take(8) {
                let Some(change) = self.some_change(kind, &row)? else { continue };
                let draft = ChangeDraft { subscription: row.id, version: None, change };
                if self.tried(Action::ChangeSubscription(Box::new(draft)))? {
                    break;
                }
            }
        }
        self.close_deposits()
    }

    /// Does it, unless a rule refuses it.
    fn tried(&mut self, action: Action) -> Result<bool> {
        match self.desk.perform(action) {
            Ok(_) => Ok(true),
            Err(DeskError::Refused(_)) => Ok(false),
            Err(broken) => Err(broken),
        }
    }

    fn some_change(&self, kind: usize, row: &SubscriptionRow) -> Result<Option<Change>> {
        let today = self.last;
        Ok(Some(match kind {
            0 => Change::Extend { months: 6 },
            1 => {
                let cheaper = crate::domain::money::Money::new(row.price.minor() * 9 / 10, row.price.currency());
                Change::Reprice { price: cheaper.to_string(), from: None }
            }
            2 => {
                let (variant, state) = (Some(row.variant_id), Some(AssetState::InStock));
                let filter = AssetFilter { query: String::new(), variant, state };
                let free = self.desk.read(|db| assets(db, &filter, &Page::first(1)))?.rows.into_iter().next();
                let Some(free) = free else { return Ok(None) };
                let reason = "display broken".to_owned();
                Change::Replace { serial: free.serial, on: today, retire: true, reason }
            }
            3 => Change::Pause { from: today, to: None },
            4 => {
                let item = ItemDraft {
                    variant: row.variant_id,
                    quantity: 1,
                    serial: String::new(),
                    months: 24,
                    frequency: Frequency::Monthly,
                    start_on: today,
                    anchor_day: None,
                    price: String::new(),
                    deposit: String::new(),
                    ship_to: ShipTo::Usual,
                };
                Change::Upgrade { item: Box::new(item) }
            }
            5 => Change::ReturnEarly {
                on: today,
                percent: String::new(),
                condition: Condition::Good,
                note: String::new(),
                waive: String::new(),
            },
            6 => Change::BuyOut { residual: "142.00".to_owned() },
            7 => Change::Pause { from: add_days(today, -20), to: Some(add_days(today, -6)) },
            8 => Change::ReturnEarly {
                on: today,
                percent: String::new(),
                condition: Condition::Worn,
                note: "keys are shiny".to_owned(),
                waive: "takes a larger one next month".to_owned(),
            },
            _ => Change::Cancel {
                from: add_days(today, 20),
                running: None,
                refund: false,
                reason: "moves away".to_owned(),
            },
        }))
    }

    fn close_deposits(&mut self) -> Result<()> {
        let held = Some(crate::domain::deposit::DepositStanding::Held);
        let rows = self.desk.read(|db| deposits(db, held, &Page::first(400)))?.rows;
        let is_over = |row: &&reads::HeldRow| !row.subscription_status.is_live();
        let over: Vec<_> = rows.into_iter().filter(|row| is_over(&row)).take(3).collect();
        for (number, row) in over.into_iter().enumerate() {
            let (keep, reason) = match number {
                0 => (String::new(), ""),
                1 => ("25.00".to_owned(), "scratched lid"),
                _ => ("all".to_owned(), "water damage"),
            };
            let (deposit, reason) = (row.deposit.id, reason.to_owned());
            let draft = CloseDraft { deposit, keep, reason, ..CloseDraft::default() };
            self.tried(Action::CloseDeposit(Box::new(draft)))?;
        }
        Ok(())
    }
}
