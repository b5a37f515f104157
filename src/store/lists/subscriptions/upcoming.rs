//! How a page of what is billed next is found: one customer's and a small segment's gathered, else walked by day.

use chrono::NaiveDate;

use super::UpcomingFilter;
use super::plan::{CUSTOMER, ID, ROWS, SUBSCRIPTION, named, running};
use crate::store::engine::Db;
use crate::store::error::Result;
use crate::store::lists::cond::{Column, Cond, among, between, text};
use crate::store::lists::keyset::Source;
use crate::store::lists::meant::Meant;
use crate::store::lists::search::with_merged;
use crate::store::lists::whose::Kept;

const NEXT: Column = text("s.next_start_on");

/// The sources of the list; `None` where nothing can be meant.
pub(super) fn sources(db: &Db, filter: &UpcomingFilter, today: NaiveDate) -> Result<Option<Vec<Source>>> {
    let meant = Meant::read(db, &filter.query, ROWS, |term| Ok(named(term, term.subscription())))?;
    if meant.as_ref().is_some_and(Meant::is_nothing) {
        return Ok(None);
    }
    // Few rows whatever the book, and what only tests the rows of a walk.
    let (mut narrow, mut tests) = (Vec::new(), Vec::new());
    if let Some(customer) = filter.customer {
        narrow.push(among(CUSTOMER, &with_merged(db, customer)?));
    }
    match Kept::read(db, filter.segment.as_deref(), CUSTOMER, today)? {
        None => {}
        Some(Kept::None) => return Ok(None),
        Some(Kept::Few(them)) => narrow.push(them),
        Some(Kept::Many(them)) => tests.push(them),
    }
    let members = "IN (SELECT x.id FROM customer x WHERE x.group_id = ?)";
    narrow.extend(filter.group.map(|group| Cond::on(CUSTOMER, members, vec![group.into()])));
    let starts = between(NEXT, filter.starts);
    let bills = || running().and(Cond::raw("s.next_start_on IS NOT NULL AND s.status <> 'paused'", Vec::new()));
    let gathered = |lead: &Cond| {
        let rest = [bills()].into_iter().chain(narrow.clone()).chain(tests.clone()).chain(starts.clone());
        let conds = [lead.clone()].into_iter().chain(rest.map(Cond::blind)).collect();
        vec![source(conds, true)]
    };
    let walked = || {
        let conds = [bills()].into_iter().chain(starts.clone()).chain(tests.iter().cloned().map(Cond::blind));
        vec![source(conds.collect(), false)]
    };
    Ok(Some(match (narrow.first(), meant) {
        (Some(lead), None) => gathered(lead),
        (Some(lead), Some(meant)) => gathered(lead).into_iter().map(|source| source.tested(meant.test())).collect(),
        (None, Some(meant)) => meant.sources(filter.reverse, gathered, walked),
        (None, None) => walked(),
    }))
}

fn source(conds: Vec<Cond>, gathered: bool) -> Source {
    Source { from: SUBSCRIPTION, conds, order: vec![NEXT, ID], gathered, rank: 0, sieve: None, days: None }
}
