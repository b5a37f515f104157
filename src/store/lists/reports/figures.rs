//! The key figures of a period.

use std::collections::BTreeMap;

use super::open::open_invoices;
use super::{Period, Summary, SummaryRow};
use crate::domain::currency::Currency;
use crate::domain::money::Money;
use crate::store::engine::{Db, Value};
use crate::store::error::Result;
use crate::store::lists::shown::currency;

/// The key figures of a period.
///
/// # Errors
/// When the file fails or the read is interrupted.
pub fn summary(db: &Db, period: Period) -> Result<Summary> {
    let to = period.to.min(period.as_of);
    let span = [period.from.into(), to.into()];
    let (until, none): ([Value; 1], [Value; 0]) = ([period.as_of.into()], []);
    let income = sums(db, INCOME, &span)?;
    let paid = paid(db, &span)?;
    let uninvoiced = sums(db, DUE_NOT_INVOICED, &until)?;
    let credit = sums(db, UNAPPLIED, &until)?;
    let deposits = sums(db, DEPOSITS, &none)?;
    let recurring = sums(db, RECURRING, &until)?;
    let mut open: BTreeMap<Currency, i64> = BTreeMap::new();
    for invoice in open_invoices(db, period.as_of)? {
        *open.entry(invoice.open.currency()).or_default() += invoice.open.minor();
    }
    let mut currencies: Vec<Currency> = [&income, &uninvoiced, &credit, &deposits, &recurring, &open]
        .iter()
        .flat_map(|sums| sums.keys().copied())
        .chain(paid.keys().copied())
        .chain(db.one("SELECT currency FROM shop WHERE id = 1", &[], |row| currency(row, 0))?)
        .collect();
    currencies.sort_unstable();
    currencies.dedup();
    let of = |sums: &BTreeMap<Currency, i64>, currency| Money::new(sums.get(&currency).copied().unwrap_or(0), currency);
    let rows = currencies
        .into_iter()
        .map(|currency| {
            let (paid_minor, paid_count) = paid.get(&currency).copied().unwrap_or((0, 0));
            SummaryRow {
                currency,
                total_income: of(&income, currency),
                outstanding: of(&open, currency),
                due_not_invoiced: of(&uninvoiced, currency),
                average_payment: mean(paid_minor, paid_count).map(|minor| Money::new(minor, currency)),
                paid_count,
                unapplied_credit: of(&credit, currency),
                deposits_held: of(&deposits, currency),
                monthly_recurring: of(&recurring, currency),
            }
        })
        .collect();
    rates(db, period, rows)
}

/// Income: receipts applied to payments, reversals negative on their day, deposits left out.
const INCOME: &str = "SELECT currency, CAST(SUM(amount_minor) AS BIGINT) FROM allocation \
    WHERE allocated_on BETWEEN ?1 AND ?2 AND source = 'receipt' AND is_deposit = 0 GROUP BY currency";

const DUE_NOT_INVOICED: &str = "SELECT currency, CAST(SUM(amount_minor) AS BIGINT) FROM payment \
    WHERE invoice_id IS NULL AND status = 'pending' AND due_on <= ?1 GROUP BY currency";

const UNAPPLIED: &str = "SELECT currency, CAST(SUM(amount_minor - allocated_minor - refunded_minor) AS BIGINT) FROM receipt \
    WHERE state = 'cleared' AND amount_minor > allocated_minor + refunded_minor AND received_on <= ?1 GROUP BY currency";

const DEPOSITS: &str = "SELECT p.currency, CAST(SUM(p.settled_minor) AS BIGINT) FROM deposit d \
    CROSS JOIN payment p ON p.id = d.payment_id WHERE d.state = 'held' GROUP BY p.currency";

const RECURRING: &str = "SELECT s.currency, CAST(SUM(COALESCE((SELECT c.price_minor FROM price_change c \
    WHERE c.subscription_id = s.id AND c.from_on <= ?1 ORDER BY c.from_on DESC LIMIT 1), s.price_minor)) AS BIGINT) \
    FROM subscription s WHERE s.status = 'active' GROUP BY s.currency";

fn sums(db: &Db, sql: &str, params: &[Value]) -> Result<BTreeMap<Currency, i64>> {
    Ok(db.all(sql, params, |row| Ok((currency(row, 0)?, row.int(1)?)))?.into_iter().collect())
}

/// Sum and count of the payments paid in a span, by currency.
fn paid(db: &Db, span: &[Value]) -> Result<BTreeMap<Currency, (i64, i64)>> {
    let rows = db.all(
        "SELECT currency, CAST(SUM(amount_minor) AS BIGINT), COUNT(*) FROM payment \
         WHERE paid_on BETWEEN ?1 AND ?2 GROUP BY currency",
        span,
        |row| Ok((currency(row, 0)?, (row.int(1)?, row.int(2)?))),
    )?;
    Ok(rows.into_iter().collect())
}

/// Half away from zero.
fn mean(sum: i64, count: i64) -> Option<i64> {
    let mean = crate::domain::rounding::Rounding::HalfUp;
    (count > 0).then(|| i64::try_from(mean.div(sum.into(), count.into())).unwrap_or(0))
}

fn rates(db: &Db, period: Period, rows: Vec<SummaryRow>) -> Result<Summary> {
    let to = period.to.min(period.as_of);
    let count =
        |sql: &str, params: &[Value]| -> Result<i64> { Ok(db.one(sql, params, |row| row.int(0))?.unwrap_or(0)) };
    let mut due_count = 0;
    for status in ["pending", "processing", "paid", "failed"] {
        due_count += count(
            "SELECT COUNT(*) FROM payment WHERE status = ?1 AND due_on BETWEEN ?2 AND ?3",
            &[status.into(), period.from.into(), to.into()],
        )?;
    }
    let paid = count(
        "SELECT COUNT(*) FROM payment WHERE status = 'paid' AND due_on BETWEEN ?1 AND ?2",
        &[period.from.into(), to.into()],
    )? - count(
        "SELECT COUNT(*) FROM payment WHERE paid_on > ?3 AND due_on BETWEEN ?1 AND ?2",
        &[period.from.into(), to.into(), period.as_of.into()],
    )?;
    let failed = count(
        "SELECT COUNT(*) FROM payment WHERE status = 'failed' AND due_on BETWEEN ?1 AND ?2",
        &[period.from.into(), to.into()],
    )?;
    let attempts = count(
        "SELECT COUNT(*) FROM charge_attempt c WHERE attempted_on BETWEEN ?1 AND ?2 \
         AND NOT EXISTS (SELECT 1 FROM activity u WHERE u.undoes_id = c.activity_id)",
        &[period.from.into(), to.into()],
    )?;
    let declined = count(
        "SELECT COUNT(*) FROM charge_attempt c WHERE state = 'declined' AND attempted_on BETWEEN ?1 AND ?2 \
         AND NOT EXISTS (SELECT 1 FROM activity u WHERE u.undoes_id = c.activity_id)",
        &[period.from.into(), to.into()],
    )?;
    let share = |part: i64, whole: i64| (whole > 0).then(|| part * 1_000_000 / whole);
    Ok(Summary {
        rows,
        success_ppm: share(paid, due_count),
        failed_ppm: share(failed, due_count),
        failed_attempts_ppm: share(declined, attempts),
        due_count,
    })
}
