//! `customer list`.

use clap::ValueEnum;
use serde_json::Map;

use super::filter::FilterArgs;
use crate::cli::fault::Result;
use crate::cli::list::{Listing, Rows, View, found_once};
use crate::cli::out::Out;
use crate::domain::id::CustomerId;
use crate::services::Desk;
use crate::services::reads::{self, CustomerFilter, CustomerRow, CustomerSort};

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Sort {
    /// A–Z
    Name,
    /// Highest lifetime value first
    Ltv,
    /// Most subscriptions first
    Subscriptions,
    /// Newest customer first
    Joined,
}

/// Which customers.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Name, company, email or phone
    #[arg(long, default_value = "")]
    query: String,
    #[command(flatten)]
    which: FilterArgs,
    /// The order of rows
    #[arg(long, default_value = "name")]
    sort: Sort,
    /// The other way round
    #[arg(long)]
    reverse: bool,
    #[command(flatten)]
    rows: Rows,
}

/// Lists customers.
pub fn run(args: &Args, desk: &Desk, out: &mut Out) -> Result<()> {
    let view = View::of(desk)?;
    let filter = args.filter(desk)?;
    let total = desk.read(|db| reads::customers_count(db, &filter, view.today))?;
    Listing {
        total: Some(total),
        rows: args.rows.clone(),
        read: found_once(
            |page| Ok(desk.read(|db| reads::customers(db, &filter, page, view.today))?),
            || Ok(desk.read(|db| reads::customer_ids(db, &filter, view.today))?),
            (
                |ids: &[CustomerId]| Ok(desk.read(|db| reads::customers_by_id(db, ids, view.today))?),
                |row: &CustomerRow| row.id,
            ),
        ),
        cursor: Box::new(|row: &CustomerRow| row.cursor(filter.sort)),
        more: Map::new(),
    }
    .write(view, out)
}

impl Args {
    fn filter(&self, desk: &Desk) -> Result<CustomerFilter> {
        Ok(CustomerFilter {
            query: self.query.clone(),
            sort: match self.sort {
                Sort::Name => CustomerSort::Name,
                Sort::Ltv => CustomerSort::LifetimeValue,
                Sort::Subscriptions => CustomerSort::Subscriptions,
                Sort::Joined => CustomerSort::Joined,
            },
            reverse: self.reverse,
            ..self.which.read(desk)?
        })
    }
}
