//! `customer list`.

use std::path::PathBuf;

use clap::ValueEnum;
use serde_json::Map;

use super::filter::FilterArgs;
use crate::cli::fault::Result;
use crate::cli::list::{Listing, View, found_once};
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
    /// At most this many rows
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Write all rows to this file as a table
    #[arg(long, value_name = "FILE", conflicts_with = "limit")]
    csv: Option<PathBuf>,
    /// Replace a file that is there
    #[arg(long, requires = "csv")]
    force: bool,
}

/// Lists customers.
pub fn run(args: &Args, desk: &Desk, out: &mut Out) -> Result<()> {
    let view = View::of(desk)?;
    let filter = args.filter(desk)?;
    if let Some(file) = &args.csv {
        return super::export::list(&filter, file, args.force, desk, out);
    }
    let total = desk.read(|db| reads::customers_count(db, &filter, view.today))?;
    Listing {
        total: Some(total),
        limit: args.limit,
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
