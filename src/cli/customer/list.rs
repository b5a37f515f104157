//! `customer list`.

use clap::ValueEnum;
use serde_json::Map;

use crate::cli::fault::{Fault, Result};
use crate::cli::list::{Listing, View};
use crate::cli::out::Out;
use crate::cli::values;
use crate::domain::customer::CustomerKind;
use crate::domain::id::{ClassId, GroupId};
use crate::domain::money::Money;
use crate::services::reads::{self, CustomerFilter, CustomerRow, CustomerSort};
use crate::services::{Desk, Refusal};

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

/// Customers alike in one way.
#[derive(Clone, Copy, Debug, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum Segment {
    /// High lifetime value
    #[value(alias = "high-value")]
    HighValue,
    /// A payment failed in the last 90 days
    #[value(alias = "at-risk")]
    AtRisk,
    /// Two subscriptions or more
    Loyal,
    /// First subscription within 30 days
    New,
    /// Companies
    Business,
}

/// Yes or no.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum YesNo {
    /// Yes
    Yes,
    /// No
    No,
}

/// Which customers.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Name, company, email or phone
    #[arg(long, default_value = "")]
    query: String,
    /// individual or business
    #[arg(long, value_parser = values::word::<CustomerKind>)]
    kind: Option<CustomerKind>,
    /// With an active subscription, or without
    #[arg(long, value_name = "yes|no")]
    active: Option<YesNo>,
    /// Lifetime value at least
    #[arg(long, value_name = "A", allow_hyphen_values = true)]
    ltv_from: Option<String>,
    /// Lifetime value at most
    #[arg(long, value_name = "A", allow_hyphen_values = true)]
    ltv_to: Option<String>,
    /// Only members of this group
    #[arg(long, value_name = "ID", value_parser = values::id::<GroupId>)]
    group: Option<GroupId>,
    /// Only of this class
    #[arg(long, value_name = "ID", value_parser = values::id::<ClassId>)]
    class: Option<ClassId>,
    /// Only this segment
    #[arg(long)]
    segment: Option<Segment>,
    /// Also closed ones
    #[arg(long)]
    closed: bool,
    /// The order of rows
    #[arg(long, default_value = "name")]
    sort: Sort,
    /// The other way round
    #[arg(long)]
    reverse: bool,
    /// At most this many rows
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

/// Lists customers.
///
/// # Errors
/// When the book cannot be read.
pub fn run(args: &Args, desk: &Desk, out: &mut Out) -> Result<()> {
    let view = View::of(desk)?;
    let filter = args.filter(desk)?;
    let total = desk.read(|db| reads::customers_count(db, &filter, view.today))?;
    Listing {
        total: Some(total),
        limit: args.limit,
        read: Box::new(|page| Ok(desk.read(|db| reads::customers(db, &filter, page, view.today))?)),
        cursor: Box::new(|row: &CustomerRow| row.cursor(filter.sort)),
        more: Map::new(),
    }
    .write(view, out)
}

impl Args {
    fn filter(&self, desk: &Desk) -> Result<CustomerFilter> {
        let currency = desk.shop()?.currency;
        let minor = |field: &'static str, text: &Option<String>| match text {
            None => Ok(None),
            Some(text) => match Money::parse(text, currency) {
                Ok(money) => Ok(Some(money.minor())),
                Err(error) => Err(Fault::from(Refusal::of_field(field, error))),
            },
        };
        Ok(CustomerFilter {
            query: self.query.clone(),
            within: None,
            kind: self.kind,
            active: self.active.map(|active| matches!(active, YesNo::Yes)),
            lifetime: (minor("ltv_from", &self.ltv_from)?, minor("ltv_to", &self.ltv_to)?),
            group: self.group,
            class: self.class,
            segment: self.segment.map(|segment| match segment {
                Segment::HighValue => reads::Segment::HighValue,
                Segment::AtRisk => reads::Segment::AtRisk,
                Segment::Loyal => reads::Segment::Loyal,
                Segment::New => reads::Segment::New,
                Segment::Business => reads::Segment::Business,
            }),
            closed: self.closed,
            sort: match self.sort {
                Sort::Name => CustomerSort::Name,
                Sort::Ltv => CustomerSort::LifetimeValue,
                Sort::Subscriptions => CustomerSort::Subscriptions,
                Sort::Joined => CustomerSort::Joined,
            },
            reverse: self.reverse,
        })
    }
}
