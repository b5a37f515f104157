//! Series: income by month, payments by status, failures by week.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};

use super::{FailureRow, MonthRow, Period, StatusRow};
use crate::domain::currency::Currency;
use crate::domain::money::Money;
use crate::domain::status::PaymentStatus;
use crate::store::engine::Db;
use crate::store::error::Result;
use crate::store::lists::shown::currency;

/// Income and what came due, month by month, months without either included.
///
/// # Errors
/// When the file fails or the read is interrupted.
pub fn income_by_month(db: &Db, period: Period) -> Result<Vec<MonthRow>> {
    let to = period.to.min(period.as_of);
    let collected = by_month(
        db,
        "SELECT substr(allocated_on, 1, 7), currency, CAST(SUM(amount_minor) AS BIGINT) FROM allocation \
         WHERE allocated_on BETWEEN ?1 AND ?2 AND source = 'receipt' AND is_deposit = 0 GROUP BY 1, 2",
        period.from,
        to,
    )?;
    let mut due: BTreeMap<(String, Currency), i64> = BTreeMap::new();
    for status in ["pending", "processing", "paid", "failed"] {
        let sql = format!(
            "SELECT substr(due_on, 1, 7), currency, CAST(SUM(amount_minor) AS BIGINT) FROM payment \
             WHERE status = '{status}' AND due_on BETWEEN ?1 AND ?2 GROUP BY 1, 2"
        );
        for (key, minor) in by_month(db, &sql, period.from, to)? {
            *due.entry(key).or_default() += minor;
        }
    }
    let own = db.one("SELECT currency FROM shop WHERE id = 1", &[], |row| currency(row, 0))?;
    let mut currencies: Vec<Currency> =
        collected.keys().chain(due.keys()).map(|(_, currency)| *currency).chain(own).collect();
    currencies.sort_unstable();
    currencies.dedup();
    let mut rows = Vec::new();
    for month in months(period.from, to) {
        let key = month.format("%Y-%m").to_string();
        for currency in &currencies {
            let of = |sums: &BTreeMap<(String, Currency), i64>| {
                Money::new(sums.get(&(key.clone(), *currency)).copied().unwrap_or(0), *currency)
            };
            rows.push(MonthRow { month, collected: of(&collected), due: of(&due) });
        }
    }
    Ok(rows)
}

fn by_month(db: &Db, sql: &str, from: NaiveDate, to: NaiveDate) -> Result<BTreeMap<(String, Currency), i64>> {
    let rows = db.all(sql, &[from.into(), to.into()], |row| Ok(((row.text(0)?, currency(row, 1)?), row.int(2)?)))?;
    Ok(rows.into_iter().collect())
}

/// The first days of the months a span touches.
fn months(from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    let first = from.with_day(1).unwrap_or(from);
    std::iter::successors(Some(first), |month| crate::domain::calendar::add_months(*month, 1))
        .take_while(move |m| *m <= to)
}

/// Payments that came due in the period, by status.
///
/// # Errors
/// When the file fails or the read is interrupted.
pub fn status_distribution(db: &Db, period: Period) -> Result<Vec<StatusRow>> {
    let to = period.to.min(period.as_of);
    PaymentStatus::ALL
        .iter()
        .map(|status| {
            let sums = db.all(
                "SELECT currency, COUNT(*), CAST(SUM(amount_minor) AS BIGINT) FROM payment \
                 WHERE status = ?1 AND due_on BETWEEN ?2 AND ?3 GROUP BY currency ORDER BY currency",
                &[status.code().into(), period.from.into(), to.into()],
                |row| Ok((currency(row, 0)?, row.int(1)?, row.int(2)?)),
            )?;
            Ok(StatusRow {
                status: *status,
                count: sums.iter().map(|(_, count, _)| count).sum(),
                amount: sums.iter().map(|(currency, _, minor)| Money::new(*minor, *currency)).collect(),
            })
        })
        .collect()
}

/// Payments that failed, week by week, weeks without one included. What was taken back is not counted.
///
/// # Errors
/// When the file fails or the read is interrupted.
pub fn failures_by_week(db: &Db, period: Period) -> Result<Vec<FailureRow>> {
    let to = period.to.min(period.as_of);
    let monday = |day: NaiveDate| day - Days::new(day.weekday().num_days_from_monday().into());
    let mut weeks: BTreeMap<NaiveDate, FailureRow> = BTreeMap::new();
    let mut week = monday(period.from);
    while week <= to {
        weeks.insert(week, FailureRow { week, declined: 0, by_reason: Vec::new(), recovered: 0 });
        week = week + Days::new(7);
    }
    db.each(
        "SELECT h.changed_on, h.reason, p.status FROM payment_change h CROSS JOIN payment p ON p.id = h.payment_id \
         WHERE h.to_status = 'failed' AND COALESCE(h.reverses_id, 0) = 0 AND h.changed_on BETWEEN ?1 AND ?2 \
         AND NOT EXISTS (SELECT 1 FROM payment_change r WHERE r.reverses_id = h.id)",
        &[period.from.into(), to.into()],
        |row| {
            if let Some(found) = weeks.get_mut(&monday(row.date(0)?)) {
                found.declined += 1;
                let reason = row.text(1)?;
                match found.by_reason.iter_mut().find(|(known, _)| *known == reason) {
                    Some((_, count)) => *count += 1,
                    None => found.by_reason.push((reason, 1)),
                }
                found.recovered += i64::from(row.text(2)? == "paid");
            }
            Ok(())
        },
    )?;
    let mut rows: Vec<FailureRow> = weeks.into_values().collect();
    for row in &mut rows {
        row.by_reason.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    }
    Ok(rows)
}
