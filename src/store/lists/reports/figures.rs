//! The key figures of a period, each added up from the rows it counts.

use std::collections::BTreeMap;

use super::stood::{Which, stood};
use super::summed::by_currency as sums;
use super::{Period, Summary, SummaryRow, Whose, attempts, recurring, summed, till};
use crate::domain::currency::Currency;
use crate::domain::money::Money;
use crate::domain::status::PaymentStanding;
use crate::store::engine::Db;
use crate::store::error::Result;
use crate::store::lists::shown::currency;

/// One sum a currency.
type Sums = BTreeMap<Currency, i64>;

/// The key figures of a period. Of some customers they are what these owe and paid themselves: money that a billing
/// group has in credit belongs to no member, so it stands in the figures of the whole book alone.
pub fn summary(db: &Db, period: Period, whose: &Whose) -> Result<Summary> {
    let (from, to) = (period.from, period.last());
    let mut income = Sums::new();
    for ((_, currency), minor) in summed::income(db, (from, to), whose)? {
        *income.entry(currency).or_default() += minor;
    }
    let kept = sums(till::kept(db, (from, to), whose)?.into_iter().map(|row| row.amount));
    let credit = sums(till::credit(db, period.as_of, whose)?.into_iter().map(|row| row.amount));
    let deposits = sums(till::held(db, period.as_of, whose)?.into_iter().map(|row| row.amount));
    let recurring = sums(recurring::ran(db, period.as_of, whose)?.into_iter().map(|row| row.price));
    let open = sums(stood(db, Which::Outstanding, period.as_of, whose)?.into_iter().map(|row| row.open));
    let uninvoiced = sums(stood(db, Which::NotInvoiced, period.as_of, whose)?.into_iter().map(|row| row.open));
    let paid = summed::paid(db, period, whose)?;
    let due = came_due(db, period, whose)?;
    let tries = attempts::attempts(db, period, whose)?;
    let all = [&income, &uninvoiced, &credit, &deposits, &kept, &recurring, &open];
    let mut currencies: Vec<Currency> = all.iter().flat_map(|sums| sums.keys().copied()).collect();
    currencies.extend(paid.keys().chain(due.keys()).chain(tries.keys()));
    currencies.extend(db.one("SELECT currency FROM shop WHERE id = 1", &[], |row| currency(row, 0))?);
    currencies.sort_unstable();
    currencies.dedup();
    let of = |sums: &Sums, currency| Money::new(sums.get(&currency).copied().unwrap_or(0), currency);
    let rows = currencies.into_iter().map(|currency| {
        let (paid_count, worth) = paid.get(&currency).copied().unwrap_or_default();
        let due = due.get(&currency).copied().unwrap_or_default();
        let (made, declined) = tries.get(&currency).copied().unwrap_or_default();
        SummaryRow {
            currency,
            total_income: of(&income, currency),
            outstanding: of(&open, currency),
            due_not_invoiced: of(&uninvoiced, currency),
            average_payment: mean(worth, paid_count).map(|minor| Money::new(minor, currency)),
            paid_count,
            unapplied_credit: of(&credit, currency),
            deposits_held: of(&deposits, currency),
            deposits_kept: of(&kept, currency),
            monthly_recurring: of(&recurring, currency),
            due_count: due.count,
            success_ppm: share(due.paid, due.count),
            failed_ppm: share(due.failed, due.count),
            failed_attempts_ppm: share(declined, made),
        }
    });
    Ok(Summary { rows: rows.collect() })
}

/// How many payments came due.
#[derive(Clone, Copy, Default)]
struct Due {
    count: i64,
    paid: i64,
    failed: i64,
}

fn came_due(db: &Db, period: Period, whose: &Whose) -> Result<BTreeMap<Currency, Due>> {
    let mut counts: BTreeMap<Currency, Due> = BTreeMap::new();
    for row in summed::came_due(db, period, whose)?.iter().filter(|row| row.counts()) {
        let due = counts.entry(row.currency).or_default();
        due.count += row.sum.0;
        match row.standing {
            PaymentStanding::Paid => due.paid += row.sum.0,
            PaymentStanding::Failed => due.failed += row.sum.0,
            _ => {}
        }
    }
    Ok(counts)
}

/// Parts per million.
fn share(part: i64, whole: i64) -> Option<i64> {
    (whole > 0).then(|| part * 1_000_000 / whole)
}

/// Half away from zero.
fn mean(sum: i64, count: i64) -> Option<i64> {
    let mean = crate::domain::rounding::Rounding::HalfUp;
    (count > 0).then(|| i64::try_from(mean.div(sum.into(), count.into())).unwrap_or(0))
}
