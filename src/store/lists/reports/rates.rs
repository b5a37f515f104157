//! The shares among the key figures: of what came due, how much was paid and how much failed.

use super::{Period, Summary, SummaryRow, Told, Whose};
use crate::store::engine::{Db, Value};
use crate::store::error::Result;

const DUE: Told = Told {
    all: "SELECT COUNT(*) FROM payment WHERE status = ?1 AND due_on BETWEEN ?2 AND ?3",
    some: "SELECT COUNT(*) FROM payment WHERE customer_id IN ({customers}) AND due_on BETWEEN ?2 AND ?3 \
        AND (status || '') = ?1",
};

/// Paid by now, and on the day it is seen from not yet.
const PAID_SINCE: Told = Told {
    all: "SELECT COUNT(*) FROM payment WHERE paid_on > ?3 AND due_on BETWEEN ?1 AND ?2",
    some: "SELECT COUNT(*) FROM payment WHERE customer_id IN ({customers}) AND due_on BETWEEN ?1 AND ?2 \
        AND (paid_on || '') > ?3",
};

const ATTEMPTS: Told = Told {
    all: "SELECT COUNT(*) FROM charge_attempt c WHERE attempted_on BETWEEN ?1 AND ?2 \
        AND NOT EXISTS (SELECT 1 FROM activity u WHERE u.undoes_id = c.activity_id)",
    some: "SELECT COUNT(*) FROM payment p CROSS JOIN charge_attempt c WHERE p.customer_id IN ({customers}) \
        AND c.payment_id = p.id AND (c.attempted_on || '') BETWEEN ?1 AND ?2 \
        AND NOT EXISTS (SELECT 1 FROM activity u WHERE u.undoes_id = c.activity_id)",
};

const DECLINED: Told = Told {
    all: "SELECT COUNT(*) FROM charge_attempt c WHERE state = 'declined' AND attempted_on BETWEEN ?1 AND ?2 \
        AND NOT EXISTS (SELECT 1 FROM activity u WHERE u.undoes_id = c.activity_id)",
    some: "SELECT COUNT(*) FROM payment p CROSS JOIN charge_attempt c WHERE p.customer_id IN ({customers}) \
        AND c.payment_id = p.id AND (c.state || '') = 'declined' AND (c.attempted_on || '') BETWEEN ?1 AND ?2 \
        AND NOT EXISTS (SELECT 1 FROM activity u WHERE u.undoes_id = c.activity_id)",
};

fn count(db: &Db, whose: &Whose, told: &Told, params: &[Value]) -> Result<i64> {
    let mut count = 0;
    whose.each(db, told, params, |row| {
        count += row.int(0)?;
        Ok(())
    })?;
    Ok(count)
}

/// The key figures with their shares.
pub(super) fn rates(db: &Db, period: Period, rows: Vec<SummaryRow>, whose: &Whose) -> Result<Summary> {
    let (from, to): (Value, Value) = (period.from.into(), period.to.min(period.as_of).into());
    let span = [from.clone(), to.clone()];
    let due = |status: &'static str| count(db, whose, &DUE, &[status.into(), from.clone(), to.clone()]);
    let (pending, processing, settled, failed) = (due("pending")?, due("processing")?, due("paid")?, due("failed")?);
    let due_count = pending + processing + settled + failed;
    let paid = settled - count(db, whose, &PAID_SINCE, &[from.clone(), to.clone(), period.as_of.into()])?;
    let attempts = count(db, whose, &ATTEMPTS, &span)?;
    let declined = count(db, whose, &DECLINED, &span)?;
    let share = |part: i64, whole: i64| (whole > 0).then(|| part * 1_000_000 / whole);
    Ok(Summary {
        rows,
        success_ppm: share(paid, due_count),
        failed_ppm: share(failed, due_count),
        failed_attempts_ppm: share(declined, attempts),
        due_count,
    })
}
