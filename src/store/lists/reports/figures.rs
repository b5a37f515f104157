//! The key figures of a period.

use std::collections::BTreeMap;

use super::open::open_invoices;
use super::{Period, Summary, SummaryRow, Told, Whose};
use crate::domain::currency::Currency;
use crate::domain::money::Money;
use crate::store::engine::{Db, Value};
use crate::store::error::Result;
use crate::store::lists::shown::currency;

/// The key figures of a period. Of some customers they are what these owe and paid themselves: money that a billing
/// group has in credit belongs to no member, so it stands in the figures of the whole book alone.
pub fn summary(db: &Db, period: Period, whose: &Whose) -> Result<Summary> {
    let to = period.to.min(period.as_of);
    let span = [period.from.into(), to.into()];
    let until: [Value; 1] = [period.as_of.into()];
    let income = sums(db, whose, &INCOME, &span)?;
    let paid = paid(db, whose, &span)?;
    let uninvoiced = sums(db, whose, &DUE_NOT_INVOICED, &until)?;
    let credit = sums(db, whose, &UNAPPLIED, &until)?;
    let mut deposits = sums(db, whose, &DEPOSITS, &until)?;
    for (currency, minor) in sums(db, whose, &DEPOSITS_CLOSED_SINCE, &until)? {
        *deposits.entry(currency).or_default() += minor;
    }
    let kept = sums(db, whose, &DEPOSITS_KEPT, &span)?;
    let recurring = sums(db, whose, &RECURRING, &until)?;
    let mut open: BTreeMap<Currency, i64> = BTreeMap::new();
    for invoice in open_invoices(db, period.as_of, whose)? {
        *open.entry(invoice.open.currency()).or_default() += invoice.open.minor();
    }
    let mut currencies: Vec<Currency> = [&income, &uninvoiced, &credit, &deposits, &kept, &recurring, &open]
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
                deposits_kept: of(&kept, currency),
                monthly_recurring: of(&recurring, currency),
            }
        })
        .collect();
    super::rates::rates(db, period, rows, whose)
}

/// Income: receipts applied to payments, reversals negative on their day, deposits left out.
const INCOME: Told = Told {
    all: "SELECT currency, CAST(SUM(amount_minor) AS BIGINT) FROM allocation \
        WHERE allocated_on BETWEEN ?1 AND ?2 AND source = 'receipt' AND is_deposit = 0 GROUP BY currency",
    some: "SELECT currency, CAST(SUM(amount_minor) AS BIGINT) FROM allocation WHERE customer_id IN ({customers}) \
        AND source = 'receipt' AND is_deposit = 0 AND (allocated_on || '') BETWEEN ?1 AND ?2 GROUP BY currency",
};

const DUE_NOT_INVOICED: Told = Told {
    all: "SELECT currency, CAST(SUM(amount_minor) AS BIGINT) FROM payment \
        WHERE invoice_id IS NULL AND status = 'pending' AND due_on <= ?1 GROUP BY currency",
    some: "SELECT currency, CAST(SUM(amount_minor) AS BIGINT) FROM payment WHERE customer_id IN ({customers}) \
        AND status <> 'paid' AND status <> 'cancelled' AND due_on <= ?1 AND (status || '') = 'pending' \
        AND (invoice_id + 0) IS NULL GROUP BY currency",
};

const UNAPPLIED: Told = Told {
    all: "SELECT currency, CAST(SUM(amount_minor - allocated_minor - refunded_minor) AS BIGINT) FROM receipt \
        WHERE state = 'cleared' AND amount_minor > allocated_minor + refunded_minor AND cleared_on <= ?1 GROUP BY currency",
    some: "SELECT currency, CAST(SUM(amount_minor - allocated_minor - refunded_minor) AS BIGINT) FROM receipt \
        WHERE customer_id IN ({customers}) AND state = 'cleared' AND amount_minor > allocated_minor + refunded_minor \
        AND (cleared_on || '') <= ?1 GROUP BY currency",
};

/// Money that stood on deposits on a day: of those that are held still.
const DEPOSITS: Told = Told {
    all: "SELECT a.currency, CAST(SUM(a.amount_minor) AS BIGINT) FROM deposit d CROSS JOIN allocation a \
        WHERE d.state = 'held' AND a.payment_id = d.payment_id AND a.source = 'receipt' AND (a.allocated_on || '') <= ?1 \
        GROUP BY a.currency",
    some: "SELECT a.currency, CAST(SUM(a.amount_minor) AS BIGINT) FROM subscription s CROSS JOIN deposit d \
        CROSS JOIN allocation a WHERE s.customer_id IN ({customers}) AND d.subscription_id = s.id \
        AND (d.state || '') = 'held' AND a.payment_id = d.payment_id AND a.source = 'receipt' \
        AND (a.allocated_on || '') <= ?1 GROUP BY a.currency",
};

/// The same of those that were closed since.
const DEPOSITS_CLOSED_SINCE: Told = Told {
    all: "SELECT a.currency, CAST(SUM(a.amount_minor) AS BIGINT) FROM deposit d CROSS JOIN allocation a \
        WHERE d.closed_on > ?1 AND a.payment_id = d.payment_id AND a.source = 'receipt' AND (a.allocated_on || '') <= ?1 \
        GROUP BY a.currency",
    some: "SELECT a.currency, CAST(SUM(a.amount_minor) AS BIGINT) FROM subscription s CROSS JOIN deposit d \
        CROSS JOIN allocation a WHERE s.customer_id IN ({customers}) AND d.subscription_id = s.id \
        AND (d.closed_on || '') > ?1 AND a.payment_id = d.payment_id AND a.source = 'receipt' \
        AND (a.allocated_on || '') <= ?1 GROUP BY a.currency",
};

/// What was kept of deposits in a span.
const DEPOSITS_KEPT: Told = Told {
    all: "SELECT p.currency, CAST(SUM(d.kept_minor) AS BIGINT) FROM deposit d CROSS JOIN payment p \
        WHERE d.closed_on BETWEEN ?1 AND ?2 AND d.kept_minor > 0 AND p.id = d.payment_id GROUP BY p.currency",
    some: "SELECT p.currency, CAST(SUM(d.kept_minor) AS BIGINT) FROM subscription s CROSS JOIN deposit d \
        CROSS JOIN payment p WHERE s.customer_id IN ({customers}) AND d.subscription_id = s.id \
        AND (d.closed_on || '') BETWEEN ?1 AND ?2 AND d.kept_minor > 0 AND p.id = d.payment_id GROUP BY p.currency",
};

const RECURRING: Told = Told {
    all: "SELECT s.currency, CAST(SUM(COALESCE((SELECT c.price_minor FROM price_change c \
        WHERE c.subscription_id = s.id AND c.from_on <= ?1 ORDER BY c.from_on DESC LIMIT 1), s.price_minor)) AS BIGINT) \
        FROM subscription s WHERE s.status = 'active' GROUP BY s.currency",
    some: "SELECT s.currency, CAST(SUM(COALESCE((SELECT c.price_minor FROM price_change c \
        WHERE c.subscription_id = s.id AND c.from_on <= ?1 ORDER BY c.from_on DESC LIMIT 1), s.price_minor)) AS BIGINT) \
        FROM subscription s WHERE s.customer_id IN ({customers}) AND (s.status || '') = 'active' GROUP BY s.currency",
};

fn sums(db: &Db, whose: &Whose, told: &Told, params: &[Value]) -> Result<BTreeMap<Currency, i64>> {
    let mut sums = BTreeMap::new();
    whose.each(db, told, params, |row| {
        *sums.entry(currency(row, 0)?).or_default() += row.int(1)?;
        Ok(())
    })?;
    Ok(sums)
}

const PAID: Told = Told {
    all: "SELECT currency, CAST(SUM(amount_minor) AS BIGINT), COUNT(*) FROM payment \
        WHERE paid_on BETWEEN ?1 AND ?2 GROUP BY currency",
    some: "SELECT currency, CAST(SUM(amount_minor) AS BIGINT), COUNT(*) FROM payment \
        WHERE customer_id IN ({customers}) AND (paid_on || '') BETWEEN ?1 AND ?2 GROUP BY currency",
};

/// Sum and count of the payments paid in a span, by currency.
fn paid(db: &Db, whose: &Whose, span: &[Value]) -> Result<BTreeMap<Currency, (i64, i64)>> {
    let mut sums: BTreeMap<Currency, (i64, i64)> = BTreeMap::new();
    whose.each(db, &PAID, span, |row| {
        let sum = sums.entry(currency(row, 0)?).or_default();
        *sum = (sum.0 + row.int(1)?, sum.1 + row.int(2)?);
        Ok(())
    })?;
    Ok(sums)
}

/// Half away from zero.
fn mean(sum: i64, count: i64) -> Option<i64> {
    let mean = crate::domain::rounding::Rounding::HalfUp;
    (count > 0).then(|| i64::try_from(mean.div(sum.into(), count.into())).unwrap_or(0))
}
