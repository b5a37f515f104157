//! Rows of the activity log as pages show them.

use chrono::{DateTime, NaiveDate, Utc};

use super::shown::listed_name;
use crate::domain::id::{ActivityId, CustomerId, OrderId, PaymentId, SubscriptionId};
use crate::domain::log::{Log, Subject};
use crate::store::engine::{Db, Row, Value};
use crate::store::error::Result;

/// A row of the activity log as pages show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivityRow {
    pub id: ActivityId,
    pub at: DateTime<Utc>,
    /// The shop's day.
    pub business_on: NaiveDate,
    pub operator: String,
    /// What was done; none where a newer program has a word for it that this one does not know.
    pub log: Option<Log>,
    pub subject: Option<Subject>,
    /// Ids, codes and amounts as JSON.
    pub details: String,
    /// Personal text, unless erased.
    pub text: Option<String>,
    /// Whether it may be undone and was not.
    pub can_undo: bool,
    /// Whether it was taken back.
    pub is_undone: bool,
    /// The activity it takes back.
    pub undoes_id: Option<ActivityId>,
    /// The number of the invoice it was about, where there is one.
    pub invoice: Option<String>,
    /// Whom it was about, as lists show the name, merged ones resolved.
    pub customer_name: Option<String>,
}

const ROW: &str = "SELECT a.id, a.at, a.business_on, a.operator, a.action, a.subject, a.details, t.text, a.is_undoable, a.undoes_id, \
    CASE WHEN EXISTS (SELECT 1 FROM activity u WHERE u.undoes_id = a.id) THEN 1 ELSE 0 END, \
    CASE WHEN a.subject LIKE 'invoice:%' THEN (SELECT i.number FROM invoice i WHERE i.id = CAST(SUBSTR(a.subject, 9) AS BIGINT)) \
      WHEN a.subject LIKE 'payment:%' THEN (SELECT i.number FROM payment p JOIN invoice i ON i.id = p.invoice_id \
        WHERE p.id = CAST(SUBSTR(a.subject, 9) AS BIGINT)) END, \
    c.id, COALESCE(c.company_name, ''), COALESCE(c.first_name, ''), COALESCE(c.last_name, '') \
    FROM activity a LEFT JOIN activity_text t ON t.activity_id = a.id \
    LEFT JOIN customer m ON m.id = a.customer_id LEFT JOIN customer c ON c.id = COALESCE(m.root_id, m.id)";

fn read(row: &Row) -> Result<ActivityRow> {
    Ok(ActivityRow {
        id: ActivityId(row.int(0)?),
        at: row.instant(1)?,
        business_on: row.date(2)?,
        operator: row.text(3)?,
        log: row.str(4)?.parse().ok(),
        subject: row.str(5)?.parse().ok(),
        details: row.text(6)?,
        text: row.opt_text(7)?,
        can_undo: row.flag(8)? && !row.flag(10)?,
        is_undone: row.flag(10)?,
        undoes_id: row.opt_int(9)?.map(ActivityId),
        invoice: row.opt_text(11)?,
        customer_name: row.opt_int(12)?.map(|_| listed_name(row, 13)).transpose()?,
    })
}

/// The row of that number.
pub(super) fn by_id(db: &Db, id: ActivityId) -> Result<Option<ActivityRow>> {
    db.one(&format!("{ROW} WHERE a.id = ?1"), &[id.into()], read)
}

/// The newest row of one kind; none where there is none.
pub(super) fn newest(db: &Db, which: &str) -> Result<Option<ActivityRow>> {
    db.one(&format!("{ROW} WHERE {which} ORDER BY a.id DESC LIMIT 1"), &[], read)
}

/// The rows about one thing, newest first.
pub(super) fn about(db: &Db, subject: Subject, limit: i64) -> Result<Vec<ActivityRow>> {
    let values: [Value; 2] = [subject.to_string().into(), limit.into()];
    db.all(&format!("{ROW} WHERE a.subject = ?1 ORDER BY a.id DESC LIMIT ?2"), &values, read)
}

/// The rows about one payment: said of it, or that moved money or its status, newest first.
pub(super) fn of_payment(db: &Db, id: PaymentId, limit: i64) -> Result<Vec<ActivityRow>> {
    let values: [Value; 3] = [Subject::Payment(id).to_string().into(), id.into(), limit.into()];
    let which = "SELECT id FROM activity WHERE subject = ?1 \
        UNION SELECT activity_id FROM allocation WHERE payment_id = ?2 \
        UNION SELECT activity_id FROM payment_change WHERE payment_id = ?2 \
        UNION SELECT activity_id FROM refund WHERE payment_id = ?2";
    db.all(&format!("{ROW} WHERE a.id IN ({which}) ORDER BY a.id DESC LIMIT ?3"), &values, read)
}

/// The rows about one subscription and about the order it came from, newest first.
pub(super) fn of_subscription(db: &Db, id: SubscriptionId, order: OrderId, limit: i64) -> Result<Vec<ActivityRow>> {
    let values: [Value; 3] =
        [Subject::Subscription(id).to_string().into(), Subject::Order(order).to_string().into(), limit.into()];
    db.all(&format!("{ROW} WHERE a.subject IN (?1, ?2) ORDER BY a.id DESC LIMIT ?3"), &values, read)
}

/// The rows about one customer, newest first, before `before`.
pub(super) fn of_customer(db: &Db, id: CustomerId, before: Option<ActivityId>, limit: i64) -> Result<Vec<ActivityRow>> {
    let before = before.map_or(i64::MAX, |id| id.0);
    db.all(
        &format!(
            "{ROW} WHERE a.customer_id IN (SELECT id FROM customer WHERE id = ?1 OR root_id = ?1) AND a.id < ?2 \
             ORDER BY a.id DESC LIMIT ?3"
        ),
        &[id.into(), before.into(), limit.into()],
        read,
    )
}
