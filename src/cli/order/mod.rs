//! `order`: taken, confirmed, cancelled, shown, listed. One file a verb.

mod add;
mod agreement;
mod show;

use serde_json::Map;

use super::fault::Result;
use super::list::{Listing, Rows, View};
use super::out::Out;
use super::values;
use crate::domain::id::{CustomerId, OrderId};
use crate::domain::status::OrderStatus;
use crate::services::reads::{self, OrderFilter, OrderRow};
use crate::services::{Action, Desk};
use show::shown;

/// What to do with orders.
#[derive(Debug, clap::Subcommand)]
pub enum Verb {
    /// Take an order
    Add(Box<add::Args>),
    /// Confirm a draft: subscriptions run, what is due is invoiced
    Confirm {
        /// The order
        #[arg(value_parser = values::id::<OrderId>)]
        id: OrderId,
    },
    /// Cancel an order while nothing is invoiced
    Cancel {
        /// The order
        #[arg(value_parser = values::id::<OrderId>)]
        id: OrderId,
    },
    /// Print the rental agreement of a confirmed order
    Agreement(agreement::Args),
    /// Take the same order once more
    Again(agreement::Again),
    /// Show one order
    Show {
        /// The order
        #[arg(value_parser = values::id::<OrderId>)]
        id: OrderId,
    },
    /// List the orders, newest first
    List(List),
}

/// Which orders.
#[derive(Debug, clap::Args)]
pub struct List {
    /// Customer or order number
    #[arg(long, default_value = "")]
    query: String,
    /// Only this status: draft, confirmed or cancelled
    #[arg(long, value_parser = values::word::<OrderStatus>)]
    status: Option<OrderStatus>,
    /// Only this customer's
    #[arg(long, value_name = "ID", value_parser = values::id::<CustomerId>)]
    customer: Option<CustomerId>,
    #[command(flatten)]
    rows: Rows,
}

/// Does it.
pub fn run(verb: Verb, desk: &mut Desk, out: &mut Out) -> Result<()> {
    match verb {
        Verb::Add(args) => add::run(&args, desk, out),
        Verb::Confirm { id } => change(Action::ConfirmOrder(id), id, desk, out),
        Verb::Cancel { id } => change(Action::CancelOrder(id), id, desk, out),
        Verb::Agreement(args) => agreement::agreement(&args, desk, out),
        Verb::Again(args) => agreement::again(&args, desk, out),
        Verb::Show { id } => out.answer(&shown(desk, id, None)?),
        Verb::List(args) => list(args, desk, out),
    }
}

fn change(action: Action, id: OrderId, desk: &mut Desk, out: &mut Out) -> Result<()> {
    let done = desk.perform(action)?;
    out.answer(&shown(desk, id, Some(&done))?)
}

fn list(args: List, desk: &mut Desk, out: &mut Out) -> Result<()> {
    let filter = OrderFilter { query: args.query, status: args.status, customer: args.customer, reverse: false };
    Listing {
        total: None,
        rows: args.rows.clone(),
        read: Box::new(|page| Ok(desk.read(|db| reads::orders(db, &filter, page))?)),
        cursor: Box::new(OrderRow::cursor),
        more: Map::new(),
    }
    .write(View::of(desk)?, out)
}
