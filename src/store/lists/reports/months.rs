//! Series: income by month, payments by status, failures by week.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};

use super::{FailureRow, MonthRow, Period, StatusRow, Told, Whose};
use crate::domain::currency::Currency;
use crate::domain::money::Money;
use crate::domain::status::PaymentStatus;
use crate::store::engine::{Db, Value};
use crate::store::error::Result;
use crate::store::lists::shown::currency;

const COLLECTED: Told = Told {
    all: "SELECT substr(allocated_on, 1, 7), currency, CAST(SUM(amount_minor) AS BIGINT) FROM allocation \
        WHERE allocated_on BETWEEN ?1 AND ?2 AND source = 'receipt' AND is_deposit = 0 GROUP BY 1, 2",
    some: "SELECT substr(allocated_on, 1, 7), currency, CAST(SUM(amount_minor) AS BIGINT) FROM allocation \
        WHERE customer_id IN ({customers}) AND source = 'receipt' AND is_deposit = 0 \
        AND (allocated_on || '') BETWEEN ?1 AND ?2 GROUP BY 1, 2",
};

const CAME_DUE: Told = Told {
    all: "SELECT substr(due_on, 1, 7), currency, CAST(SUM(amount_minor) AS BIGINT) FROM payment \
        WHERE status = ?3 AND due_on BETWEEN ?1 AND ?2 GROUP BY 1, 2",
    some: "SELECT substr(due_on, 1, 7), currency, CAST(SUM(amount_minor) AS BIGINT) FROM payment \
        WHERE customer_id IN ({customers}) AND due_on BETWEEN ?1 AND ?2 AND (status || '') = ?3 GROUP BY 1, 2",
};

type ByMonth = BTreeMap<(String, Currency), i64>;

/// Income and what came due, month by month, months without either included.
pub fn income_by_month(db: &Db, period: Period, whose: &Whose) -> Result<Vec<MonthRow>> {
    let to = period.to.min(period.as_of);
    let span: [Value; 2] = [period.from.into(), to.into()];
    let (mut collected, mut due) = (ByMonth::new(), ByMonth::new());
    add_by_month(db, whose, &COLLECTED, &span, &mut collected)?;
    for status in ["pending", "processing", "paid", "failed"] {
        let [from, to] = span.clone();
        add_by_month(db, whose, &CAME_DUE, &[from, to, status.into()], &mut due)?;
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

fn add_by_month(db: &Db, whose: &Whose, told: &Told, params: &[Value], sums: &mut ByMonth) -> Result<()> {
    whose.each(db, told, params, |row| {
        *sums.entry((row.text(0)?, currency(row, 1)?)).or_default() += row.int(2)?;
        Ok(())
    })
}

/// The first days of the months a span touches.
fn months(from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    let first = from.with_day(1).unwrap_or(from);
    std::iter::successors(Some(first), |month| crate::domain::calendar::add_months(*month, 1))
        .take_while(move |m| *m <= to)
}

const BY_STATUS: Told = Told {
    all: "SELECT currency, COUNT(*), CAST(SUM(amount_minor) AS BIGINT) FROM payment \
        WHERE status = ?1 AND due_on BETWEEN ?2 AND ?3 GROUP BY currency ORDER BY currency",
    some: "SELECT currency, COUNT(*), CAST(SUM(amount_minor) AS BIGINT) FROM payment \
        WHERE customer_id IN ({customers}) AND due_on BETWEEN ?2 AND ?3 AND (status || '') = ?1 GROUP BY currency",
};

/// Payments that came due in the period, by status.
pub fn status_distribution(db: &Db, period: Period, whose: &Whose) -> Result<Vec<StatusRow>> {
    let to = period.to.min(period.as_of);
    PaymentStatus::ALL
        .iter()
        .map(|status| {
            let mut sums: BTreeMap<Currency, (i64, i64)> = BTreeMap::new();
            whose.each(db, &BY_STATUS, &[status.code().into(), period.from.into(), to.into()], |row| {
                let sum = sums.entry(currency(row, 0)?).or_default();
                *sum = (sum.0 + row.int(1)?, sum.1 + row.int(2)?);
                Ok(())
            })?;
            Ok(StatusRow {
                status: *status,
                count: sums.values().map(|(count, _)| count).sum(),
                amount: sums.iter().map(|(currency, (_, minor))| Money::new(*minor, *currency)).collect(),
            })
        })
        .collect()
}

/// What failed; what was taken back did not.
const FAILED: Told = Told {
    all: "SELECT h.changed_on, h.reason, p.status FROM payment_change h CROSS JOIN payment p \
        WHERE p.id = h.payment_id AND h.to_status = 'failed' AND COALESCE(h.reverses_id, 0) = 0 AND h.changed_on BETWEEN ?1 AND ?2 \
        AND NOT EXISTS (SELECT 1 FROM payment_change r WHERE r.reverses_id = h.id)",
    some: "SELECT h.changed_on, h.reason, p.status FROM payment p CROSS JOIN payment_change h \
        WHERE p.customer_id IN ({customers}) AND h.payment_id = p.id AND (h.to_status || '') = 'failed' \
        AND (h.reverses_id + 0) IS NULL AND (h.changed_on || '') BETWEEN ?1 AND ?2 \
        AND NOT EXISTS (SELECT 1 FROM payment_change r WHERE r.reverses_id = h.id)",
};

/// Payments that failed, week by week, weeks without one included. What was taken back is not counted.
pub fn failures_by_week(db: &Db, period: Period, whose: &Whose) -> Result<Vec<FailureRow>> {
    let to = period.to.min(period.as_of);
    let monday = |day: NaiveDate| day - Days::new(day.weekday().num_days_from_monday().into());
    let mut weeks: BTreeMap<NaiveDate, FailureRow> = BTreeMap::new();
    let mut week = monday(period.from);
    while week <= to {
        weeks.insert(week, FailureRow { week, declined: 0, by_reason: Vec::new(), recovered: 0 });
        week = week + Days::new(7);
    }
    whose.each(db, &FAILED, &[period.from.into(), to.into()], |row| {
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
    })?;
    let mut rows: Vec<FailureRow> = weeks.into_values().collect();
    for row in &mut rows {
        row.by_reason.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    }
    Ok(rows)
}
