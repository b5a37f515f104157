//! Which customers: the options that `customer list` and `segment` share.

use clap::ValueEnum;

use crate::cli::fault::{Fault, Result};
use crate::cli::values;
use crate::domain::customer::CustomerKind;
use crate::domain::id::{ClassId, GroupId};
use crate::domain::money::Money;
use crate::services::reads::{self, CustomerFilter, SegmentRow};
use crate::services::{Desk, Refusal};

/// Yes or no.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum YesNo {
    /// Yes
    Yes,
    /// No
    No,
}

/// Which customers.
#[derive(Debug, Default, clap::Args)]
pub struct FilterArgs {
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
    /// Only this segment: `high_value`, `at_risk`, `loyal`, `new`, `business`, or one of your own
    #[arg(long)]
    segment: Option<String>,
    /// Also closed ones
    #[arg(long)]
    closed: bool,
}

impl FilterArgs {
    /// Whether any of it was said.
    pub fn says_something(&self) -> bool {
        self.kind.is_some()
            || self.active.is_some()
            || self.ltv_from.is_some()
            || self.ltv_to.is_some()
            || self.group.is_some()
            || self.class.is_some()
            || self.segment.is_some()
            || self.closed
    }

    /// The filter that was said, in the usual order.
    pub fn read(&self, desk: &Desk) -> Result<CustomerFilter> {
        let currency = desk.shop()?.currency;
        let minor = |field: &'static str, text: &Option<String>| match text {
            None => Ok(None),
            Some(text) => match Money::parse(text, currency) {
                Ok(money) => Ok(Some(money.minor())),
                Err(error) => Err(Fault::from(Refusal::of_field(field, error))),
            },
        };
        let mut filter = CustomerFilter {
            kind: self.kind,
            active: self.active.map(|active| matches!(active, YesNo::Yes)),
            lifetime: (minor("ltv_from", &self.ltv_from)?, minor("ltv_to", &self.ltv_to)?),
            group: self.group,
            class: self.class,
            closed: self.closed,
            ..CustomerFilter::default()
        };
        if let Some(name) = &self.segment {
            let row = segment_named(desk, name)?;
            match row.id {
                None => filter.segment = row.filter.segment,
                Some(_) => filter.within = Some(Box::new(row.filter)),
            }
        }
        Ok(filter)
    }
}

/// The segment a list or report is narrowed to.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct SegmentArg {
    /// Only the customers of this segment, as it is today: one of `rentbook segment list`
    #[arg(long, value_name = "NAME|ID")]
    segment: Option<String>,
}

impl SegmentArg {
    /// The segment that was named.
    pub fn read(&self, desk: &Desk) -> Result<Option<SegmentRow>> {
        self.segment.as_deref().map(|name| segment_named(desk, name)).transpose()
    }

    /// Whom a list is narrowed to.
    pub fn filter(&self, desk: &Desk) -> Result<Option<Box<CustomerFilter>>> {
        Ok(self.read(desk)?.map(|row| Box::new(row.filter)))
    }
}

fn segment_named(desk: &Desk, name: &str) -> Result<SegmentRow> {
    let found = desk.read(|db| reads::segment_named(db, name))?;
    found.ok_or_else(|| Fault::Wrong(format!("there is no segment {name}: `rentbook segment list` shows them")))
}
