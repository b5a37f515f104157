//! Tries to charge, and payments that failed.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Period, Told, Whose};
use crate::domain::currency::Currency;
use crate::domain::id::{CustomerId, PaymentId};
use crate::domain::money::Money;
use crate::store::engine::Db;
use crate::store::error::Result;
use crate::store::lists::shown::{currency, money};

/// Entered by the day, and not taken back by then.
macro_rules! stood {
    () => {
        "NOT EXISTS (SELECT 1 FROM activity u WHERE u.undoes_id = c.activity_id AND u.business_on <= ?3)"
    };
}

/// Whether somebody said that the payment failed, by a change or by money that bounced, in a step and on a day such.
macro_rules! said {
    ($such:literal) => {
        concat!(
            "(EXISTS (SELECT 1 FROM payment_change h WHERE h.payment_id = c.payment_id AND h.to_status = 'failed' AND ",
            $such,
            ") OR EXISTS (SELECT 1 FROM (SELECT a.payment_id, a.status_after, a.activity_id, a.allocated_on AS changed_on \
             FROM allocation a WHERE a.payment_id = c.payment_id AND a.amount_minor < 0) h WHERE h.status_after = 'failed' AND ",
            $such,
            "))"
        )
    };
}

/// Whether it was declined by the day: as it stands, unless that was said later alone; or said by then and taken back since.
macro_rules! declined {
    () => {
        concat!(
            "CASE WHEN c.state = 'declined' THEN CASE WHEN ",
            said!("h.activity_id > c.activity_id AND h.changed_on > ?3"),
            " AND NOT ",
            said!("h.activity_id >= c.activity_id AND h.changed_on <= ?3"),
            " THEN 0 ELSE 1 END WHEN ",
            said!("h.activity_id >= c.activity_id AND h.changed_on <= ?3 AND EXISTS (SELECT 1 FROM activity r WHERE r.undoes_id = h.activity_id AND r.business_on > ?3)"),
            " THEN 1 ELSE 0 END"
        )
    };
}

const ATTEMPTS: Told<'static> = Told {
    all: concat!(
        "SELECT c.currency, ",
        declined!(),
        " FROM charge_attempt c WHERE c.attempted_on BETWEEN ?1 AND ?2 AND ",
        stood!()
    ),
    some: concat!(
        "SELECT c.currency, ",
        declined!(),
        " FROM payment p CROSS JOIN charge_attempt c WHERE p.customer_id IN ({customers}) \
         AND c.payment_id = p.id AND (c.attempted_on || '') BETWEEN ?1 AND ?2 AND ",
        stood!()
    ),
};

/// Of each currency: how many tries there were in the period, and how many of them were declined.
pub(super) fn attempts(db: &Db, period: Period, whose: &Whose) -> Result<BTreeMap<Currency, (i64, i64)>> {
    let mut counts: BTreeMap<Currency, (i64, i64)> = BTreeMap::new();
    let params = [period.from.into(), period.last().into(), period.as_of.into()];
    whose.each(db, &ATTEMPTS, &params, |row| {
        let count = counts.entry(currency(row, 0)?).or_default();
        *count = (count.0 + 1, count.1 + row.int(1)?);
        Ok(())
    })?;
    Ok(counts)
}

/// A payment that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    pub payment: PaymentId,
    pub customer: CustomerId,
    pub on: NaiveDate,
    /// As given.
    pub reason: String,
    pub amount: Money,
}

/// What was taken back by the day did not fail.
const FAILED: Told<'static> = Told {
    all: "SELECT p.id, p.customer_id, h.changed_on, h.reason, p.amount_minor, p.currency FROM payment_change h CROSS JOIN payment p \
        WHERE p.id = h.payment_id AND h.to_status = 'failed' AND COALESCE(h.reverses_id, 0) = 0 AND h.changed_on BETWEEN ?1 AND ?2 \
        AND NOT EXISTS (SELECT 1 FROM payment_change r WHERE r.reverses_id = h.id AND r.changed_on <= ?3)",
    some: "SELECT p.id, p.customer_id, h.changed_on, h.reason, p.amount_minor, p.currency FROM payment p CROSS JOIN payment_change h \
        WHERE p.customer_id IN ({customers}) AND h.payment_id = p.id AND (h.to_status || '') = 'failed' \
        AND (h.reverses_id + 0) IS NULL AND (h.changed_on || '') BETWEEN ?1 AND ?2 \
        AND NOT EXISTS (SELECT 1 FROM payment_change r WHERE r.reverses_id = h.id AND r.changed_on <= ?3)",
};

/// Payments that failed in the period, one row each time, in the order of the days.
pub fn failures(db: &Db, period: Period, whose: &Whose) -> Result<Vec<Failure>> {
    let mut rows = Vec::new();
    let params = [period.from.into(), period.last().into(), period.as_of.into()];
    whose.each(db, &FAILED, &params, |row| {
        rows.push(Failure {
            payment: PaymentId(row.int(0)?),
            customer: CustomerId(row.int(1)?),
            on: row.date(2)?,
            reason: row.text(3)?,
            amount: money(row, 4, 5)?,
        });
        Ok(())
    })?;
    rows.sort_by_key(|row| (row.on, row.payment));
    Ok(rows)
}
