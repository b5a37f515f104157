//! Series: income by month, payments by status, failures by week.

use std::collections::{BTreeMap, HashSet};

use chrono::{Datelike, Days, NaiveDate};

use super::stood::{Which, stood};
use super::{FailureRow, MonthRow, Period, StatusRow, Whose, attempts, summed};
use crate::domain::currency::Currency;
use crate::domain::id::PaymentId;
use crate::domain::money::Money;
use crate::domain::status::PaymentStanding;
use crate::store::engine::Db;
use crate::store::error::Result;
use crate::store::lists::shown::currency;

type ByMonth = BTreeMap<(NaiveDate, Currency), i64>;

/// Income and what came due, month by month, months without either included.
pub fn income_by_month(db: &Db, period: Period, whose: &Whose) -> Result<Vec<MonthRow>> {
    let (from, to) = (period.from, period.last());
    let (collected, mut due) = (summed::income(db, (from, to), whose)?, ByMonth::new());
    for row in summed::came_due(db, period, whose)?.iter().filter(|row| row.counts()) {
        *due.entry((row.month, row.currency)).or_default() += row.sum.1;
    }
    let own = db.one("SELECT currency FROM shop WHERE id = 1", &[], |row| currency(row, 0))?;
    let mut currencies: Vec<Currency> =
        collected.keys().chain(due.keys()).map(|(_, currency)| *currency).chain(own).collect();
    currencies.sort_unstable();
    currencies.dedup();
    let mut rows = Vec::new();
    for month in summed::months(from, to) {
        for currency in &currencies {
            let of = |sums: &ByMonth| Money::new(sums.get(&(month, *currency)).copied().unwrap_or(0), *currency);
            rows.push(MonthRow { month, collected: of(&collected), due: of(&due) });
        }
    }
    Ok(rows)
}

/// Payments that came due in the period, by where they stood; credited and given up ones only where there are any.
pub fn status_distribution(db: &Db, period: Period, whose: &Whose) -> Result<Vec<StatusRow>> {
    let rows = summed::came_due(db, period, whose)?;
    let mut distribution = Vec::new();
    for status in PaymentStanding::ALL {
        let mut sums: BTreeMap<Currency, (i64, i64)> = BTreeMap::new();
        for row in rows.iter().filter(|row| row.standing == *status) {
            let sum = sums.entry(row.currency).or_default();
            *sum = (sum.0 + row.sum.0, sum.1 + row.sum.1);
        }
        let sums = sums.into_iter().map(|(currency, (count, minor))| (count, Money::new(minor, currency))).collect();
        let row = StatusRow { status: *status, sums };
        let is_rare = matches!(status, PaymentStanding::Credited | PaymentStanding::WrittenOff);
        if !is_rare || row.count() > 0 {
            distribution.push(row);
        }
    }
    Ok(distribution)
}

/// Payments that failed, week by week in each currency, weeks without one included. What was taken back is not counted.
pub fn failures_by_week(db: &Db, period: Period, whose: &Whose) -> Result<Vec<FailureRow>> {
    let to = period.last();
    let monday = |day: NaiveDate| day - Days::new(day.weekday().num_days_from_monday().into());
    let failures = attempts::failures(db, period, whose)?;
    let failed = stood(db, Which::Failed(period.from, to), period.as_of, whose)?;
    let paid: HashSet<PaymentId> = failed.iter().filter(|row| row.is_paid()).map(|row| row.payment).collect();
    let own = db.one("SELECT currency FROM shop WHERE id = 1", &[], |row| currency(row, 0))?;
    let mut currencies: Vec<Currency> = failures.iter().map(|one| one.amount.currency()).chain(own).collect();
    currencies.sort_unstable();
    currencies.dedup();
    let mut weeks: BTreeMap<(NaiveDate, Currency), FailureRow> = BTreeMap::new();
    let mut week = monday(period.from);
    while week <= to {
        for currency in &currencies {
            let row = FailureRow { week, currency: *currency, declined: 0, by_reason: Vec::new(), recovered: 0 };
            weeks.insert((week, *currency), row);
        }
        week = week + Days::new(7);
    }
    for failure in failures {
        let Some(found) = weeks.get_mut(&(monday(failure.on), failure.amount.currency())) else { continue };
        found.declined += 1;
        found.recovered += i64::from(paid.contains(&failure.payment));
        match found.by_reason.iter_mut().find(|(known, _)| *known == failure.reason) {
            Some((_, count)) => *count += 1,
            None => found.by_reason.push((failure.reason, 1)),
        }
    }
    let mut rows: Vec<FailureRow> = weeks.into_values().collect();
    for row in &mut rows {
        row.by_reason.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    }
    Ok(rows)
}
