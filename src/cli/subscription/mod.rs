//! `subscription`: shown with its whole schedule, listed, changed.

mod change;

use clap::ValueEnum;
use serde_json::Map;

use super::fault::{Fault, Result};
use super::list::{Listing, Rows, View};
use super::out::{Answer, Out};
use super::shapes::subscription as shape;
use super::table::Table;
use super::values;
use crate::domain::id::{CustomerId, GroupId, SubscriptionId, VariantId};
use crate::domain::status::SubscriptionStatus;
use crate::services::Desk;
use crate::services::reads::{self, ScheduleLine, SubscriptionFilter, SubscriptionRow, SubscriptionSort};
use crate::shown::column::Listed;

/// What to do with subscriptions.
#[derive(Debug, clap::Subcommand)]
pub enum Verb {
    /// Show one subscription with its schedule
    Show {
        /// The subscription
        #[arg(value_parser = values::id::<SubscriptionId>)]
        id: SubscriptionId,
    },
    /// List subscriptions
    List(List),
    /// What changes one
    #[command(flatten)]
    Change(change::Verb),
}

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Sort {
    /// Newest first
    Number,
    /// Contract end, soonest first
    End,
    /// Customer A–Z
    Customer,
}

/// Which subscriptions.
#[derive(Debug, clap::Args)]
pub struct List {
    /// Customer, subscription number or serial number
    #[arg(long, default_value = "")]
    query: String,
    /// Only these statuses, parted by commas: active, paused, suspended, ended, cancelled
    #[arg(long, value_delimiter = ',', value_parser = values::word::<SubscriptionStatus>)]
    status: Vec<SubscriptionStatus>,
    /// Only this customer's
    #[arg(long, value_name = "ID", value_parser = values::id::<CustomerId>)]
    customer: Option<CustomerId>,
    /// Only of members of this group
    #[arg(long, value_name = "ID", value_parser = values::id::<GroupId>)]
    group: Option<GroupId>,
    /// Only of this variant
    #[arg(long, value_name = "ID", value_parser = values::id::<VariantId>)]
    variant: Option<VariantId>,
    /// The order of rows
    #[arg(long, default_value = "number")]
    sort: Sort,
    #[command(flatten)]
    rows: Rows,
}

/// Shows or lists.
pub fn run(verb: Verb, desk: &mut Desk, out: &mut Out) -> Result<()> {
    let view = View::of(desk)?;
    match verb {
        Verb::Show { id } => {
            let page = desk.read(|db| reads::subscription_page(db, id, view.today))?;
            let page = page.ok_or_else(|| Fault::unknown("subscription", id))?;
            let mut schedule = Table::new(&ScheduleLine::titles());
            for line in &page.schedule {
                schedule.push(line.cells(view));
            }
            let answer = Answer::new(shape::page(&page, view)).table(Table::fields(&shape::fields(&page, view)));
            out.answer(&answer.say("").table(schedule))
        }
        Verb::Change(verb) => change::run(verb, desk, out),
        Verb::List(args) => {
            let filter = args.filter();
            Listing {
                total: None,
                rows: args.rows.clone(),
                read: Box::new(|page| Ok(desk.read(|db| reads::subscriptions(db, &filter, page, view.today))?)),
                cursor: Box::new(|row: &SubscriptionRow| row.cursor(filter.sort)),
                more: Map::new(),
            }
            .write(view, out)
        }
    }
}

impl List {
    fn filter(&self) -> SubscriptionFilter {
        SubscriptionFilter {
            query: self.query.clone(),
            statuses: self.status.clone(),
            customer: self.customer,
            group: self.group,
            variant: self.variant,
            sort: match self.sort {
                Sort::Number => SubscriptionSort::Number,
                Sort::End => SubscriptionSort::End,
                Sort::Customer => SubscriptionSort::Customer,
            },
            ..SubscriptionFilter::default()
        }
    }
}
