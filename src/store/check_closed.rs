//! Days that were closed gain nothing: rows written after a period was closed are dated after it.

use chrono::NaiveDate;

use super::engine::{Db, Value};
use super::error::Result;
use crate::domain::log::Log;

/// A lock: the activity that set it, the one that changed it next, and the last day it closes.
struct Lock {
    from: i64,
    to: i64,
    until: NaiveDate,
}

/// Rows written between two activities (`?1`, `?2`) and dated up to a day (`?3`); `?4` and `?5` are the steps that void.
const ROWS: &[&str] = &[
    "SELECT 'allocation ' || id FROM allocation WHERE activity_id > ?1 AND activity_id < ?2 AND allocated_on <= ?3",
    "SELECT 'refund ' || id FROM refund WHERE activity_id > ?1 AND activity_id < ?2 AND refunded_on <= ?3",
    "SELECT 'receipt ' || number FROM receipt WHERE activity_id > ?1 AND activity_id < ?2 AND cleared_on <= ?3",
    "SELECT 'invoice ' || i.number FROM activity a JOIN invoice i ON a.subject = 'invoice:' || i.id \
     WHERE a.id > ?1 AND a.id < ?2 AND a.action IN (?4, ?5) AND i.state = 'void' AND i.invoiced_on <= ?3",
];

/// What was written into a period after it was closed, as far as rows name the step that wrote them.
pub(super) fn written_later(db: &Db) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for lock in locks(db)? {
        let (void, again) = (Log::VoidInvoice.code().into(), Log::BillAgain.code().into());
        let params: [Value; 5] = [lock.from.into(), lock.to.into(), lock.until.into(), void, again];
        for sql in ROWS {
            let params = if sql.contains("?4") { params.as_slice() } else { params.get(..3).unwrap_or_default() };
            found.extend(db.all(sql, params, |row| row.text(0))?);
        }
    }
    Ok(found)
}

/// Locks that were set, and those that were taken back: from then on the one before holds again.
const LOCKS: &str = "SELECT a.id, a.details, t.text, 'value' FROM activity a LEFT JOIN activity_text t ON t.activity_id = a.id \
    WHERE a.action = ?1 AND a.details LIKE '%locked_until%' \
    UNION ALL SELECT u.id, a.details, NULL, 'was' FROM activity a JOIN activity u ON u.undoes_id = a.id \
    WHERE a.action = ?1 AND a.details LIKE '%locked_until%' ORDER BY 1";

/// Every lock the log tells of, with the steps it held for. Older rows say the day in their text alone.
fn locks(db: &Db) -> Result<Vec<Lock>> {
    let said = db.all(LOCKS, &[Log::ChangeSetting.code().into()], |row| {
        let details: serde_json::Value = serde_json::from_str(&row.text(1)?).unwrap_or_default();
        let value = details.get(row.text(3)?).and_then(serde_json::Value::as_str).map(str::to_owned);
        let text = row.opt_text(2)?.and_then(|text| text.strip_prefix("locked_until = ").map(str::to_owned));
        Ok((row.int(0)?, value.or(text).and_then(|day| day.parse::<NaiveDate>().ok())))
    })?;
    let next = said.iter().skip(1).map(|(id, _)| *id).chain([i64::MAX]);
    let lock =
        |((from, until), to): (&(i64, Option<NaiveDate>), i64)| until.map(|until| Lock { from: *from, to, until });
    Ok(said.iter().zip(next).filter_map(lock).collect())
}
