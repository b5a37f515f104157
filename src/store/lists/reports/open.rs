//! What is open: the invoices behind the outstanding total, by age, and what is expected next.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::stood::{Which, stood};
use super::summed::by_currency as sums;
use super::{AgingRow, ExpectedRow, Told, Whose};
use crate::domain::aging::{Bucket, bucket};
use crate::domain::currency::Currency;
use crate::domain::id::{PaymentId, SubscriptionId};
use crate::domain::money::Money;
use crate::domain::pass::{Billable, plan_before};
use crate::domain::schedule::Schedule;
use crate::store::billing;
use crate::store::engine::Db;
use crate::store::error::Result;
use crate::store::lists::shown::{currency, money};

/// An invoice with something open on a day.
pub(super) struct OpenInvoice {
    pub(super) due_on: NaiveDate,
    pub(super) open: Money,
}

/// Issued invoices dated `as_of` or before with what was open on them then. Of some customers: on their lines, which on
/// the invoice of a group are a part of it. Both totals of the reports come from the same rows, so they agree.
pub(super) fn open_invoices(db: &Db, as_of: NaiveDate, whose: &Whose) -> Result<Vec<OpenInvoice>> {
    let mut open: BTreeMap<i64, OpenInvoice> = BTreeMap::new();
    for row in stood(db, Which::Outstanding, as_of, whose)? {
        let Some((invoice, due_on)) = row.invoice else { continue };
        let entry = open.entry(invoice.0).or_insert(OpenInvoice { due_on, open: Money::zero(row.currency()) });
        entry.open = Money::new(entry.open.minor() + row.open.minor(), row.currency());
    }
    Ok(open.into_values().filter(|invoice| !invoice.open.is_zero()).collect())
}

/// What is open on issued invoices by age; every bucket of every currency, adding up to the outstanding total. Of some
/// customers it counts every invoice with a line of theirs.
pub fn aging(db: &Db, as_of: NaiveDate, whose: &Whose) -> Result<Vec<AgingRow>> {
    let mut sums: BTreeMap<(Currency, Bucket), (i64, i64)> = BTreeMap::new();
    if let Some(own) = db.one("SELECT currency FROM shop WHERE id = 1", &[], |row| currency(row, 0))? {
        sums.insert((own, Bucket::Current), (0, 0));
    }
    for invoice in open_invoices(db, as_of, whose)? {
        let sum = sums.entry((invoice.open.currency(), bucket(invoice.due_on, as_of))).or_default();
        *sum = (sum.0 + 1, sum.1 + invoice.open.minor());
    }
    let mut currencies: Vec<Currency> = sums.keys().map(|(currency, _)| *currency).collect();
    currencies.dedup();
    let every = currencies.into_iter().flat_map(|currency| Bucket::ALL.iter().map(move |bucket| (currency, *bucket)));
    Ok(every
        .map(|(currency, bucket)| {
            let (count, minor) = sums.get(&(currency, bucket)).copied().unwrap_or((0, 0));
            AgingRow { bucket, count, amount: Money::new(minor, currency) }
        })
        .collect())
}

/// What is expected in the next 30, 60 and 90 days, one row a currency and span.
pub fn expected(db: &Db, today: NaiveDate, whose: &Whose) -> Result<Vec<ExpectedRow>> {
    let mut rows = Vec::new();
    let until = |days: i64| today.checked_add_days(Days::new(days.unsigned_abs())).unwrap_or(today);
    let longest = until(90);
    let all_due = due_within(db, today, longest, whose)?;
    let all_upcoming = upcoming_rows(db, longest, whose)?;
    for days in [30, 60, 90] {
        let until = until(days);
        let due = sums(all_due.iter().filter(|(_, on, _)| *on <= until).map(|(.., open)| *open));
        let upcoming = sums(all_upcoming.iter().filter(|row| row.on <= until).map(|row| row.amount));
        let mut currencies: Vec<Currency> = due.keys().chain(upcoming.keys()).copied().collect();
        currencies.sort_unstable();
        currencies.dedup();
        rows.extend(currencies.into_iter().map(|currency| ExpectedRow {
            days,
            due: Money::new(due.get(&currency).copied().unwrap_or(0), currency),
            upcoming: Money::new(upcoming.get(&currency).copied().unwrap_or(0), currency),
        }));
    }
    Ok(rows)
}

const DUE: Told<'static> = Told {
    all: "SELECT id, due_on, amount_minor - settled_minor, currency FROM payment \
        WHERE status <> 'paid' AND status <> 'cancelled' AND due_on BETWEEN ?1 AND ?2",
    some: "SELECT id, due_on, amount_minor - settled_minor, currency FROM payment \
        WHERE customer_id IN ({customers}) AND status <> 'paid' AND status <> 'cancelled' \
        AND due_on BETWEEN ?1 AND ?2",
};

/// Open payments due from … to …, with what is open of them.
pub(super) fn due_within(
    db: &Db,
    from: NaiveDate,
    to: NaiveDate,
    whose: &Whose,
) -> Result<Vec<(PaymentId, NaiveDate, Money)>> {
    let mut rows = Vec::new();
    whose.each(db, &DUE, &[from.into(), to.into()], |row| {
        rows.push((PaymentId(row.int(0)?), row.date(1)?, money(row, 2, 3)?));
        Ok(())
    })?;
    Ok(rows)
}

/// A period nobody has billed, as priced.
pub(super) struct Upcoming {
    pub(super) subscription: SubscriptionId,
    /// Its first day.
    pub(super) on: NaiveDate,
    pub(super) amount: Money,
}

/// Periods of live subscriptions not yet materialised that start by a day, as priced, by currency.
pub(in crate::store::lists) fn upcoming(db: &Db, until: NaiveDate, whose: &Whose) -> Result<BTreeMap<Currency, i64>> {
    Ok(sums(upcoming_rows(db, until, whose)?.into_iter().map(|row| row.amount)))
}

/// The same, one by one.
pub(super) fn upcoming_rows(db: &Db, until: NaiveDate, whose: &Whose) -> Result<Vec<Upcoming>> {
    let mut rows = Vec::new();
    let turns = billing::turns(db)?;
    let behind = until.succ_opt().unwrap_or(until);
    whose.each(db, &UPCOMING, &[until.into()], |row| {
        let (frequency, currency) = (row.parsed(3)?, currency(row, 5)?);
        let anchor_day = u32::try_from(row.int(4)?).ok();
        let start_on = row.date(1)?;
        let Ok(schedule) = Schedule::new(start_on, row.date(2)?, frequency, anchor_day) else { return Ok(()) };
        let subscription = SubscriptionId(row.int(7)?);
        // Nothing about its invoices.
        let mut billable = Billable {
            subscription,
            group: None,
            schedule,
            until: row.date(8)?,
            next_index: u32::try_from(row.int(0)?).unwrap_or(u32::MAX),
            activated_on: start_on,
            net_days: 0,
            prices: vec![(start_on, row.int(6)?)],
            ahead: Vec::new(),
            pauses: Vec::new(),
        };
        billing::turn(&mut billable, turns.get(&subscription).map_or(&[], Vec::as_slice));
        // As the pass will bill it: without the days of pauses to come, at the price of each period.
        rows.extend(plan_before(&billable, behind, 0).into_iter().map(|planned| Upcoming {
            subscription,
            on: planned.period.start,
            amount: Money::new(planned.priced, currency),
        }));
        Ok(())
    })?;
    Ok(rows)
}

/// What bills by a day, at the price agreed first.
const UPCOMING: Told<'static> = Told {
    all: "SELECT s.next_index, s.start_on, COALESCE(s.agreed_end_on, s.end_on), s.frequency, s.anchor_day, s.currency, \
        s.price_minor, s.id, s.end_on FROM subscription s \
        WHERE s.next_start_on IS NOT NULL AND s.status <> 'draft' AND s.status <> 'paused' AND s.status <> 'ended' \
        AND s.status <> 'cancelled' AND s.next_start_on <= ?1",
    some: "SELECT s.next_index, s.start_on, COALESCE(s.agreed_end_on, s.end_on), s.frequency, s.anchor_day, s.currency, \
        s.price_minor, s.id, s.end_on FROM subscription s WHERE s.customer_id IN ({customers}) \
        AND (s.status || '') IN ('active', 'suspended') \
        AND (s.next_start_on || '') <= ?1",
};
