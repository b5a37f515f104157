//! The activity log: append-only, each row chained to the one before it.

use chrono::{DateTime, NaiveDate, Utc};
use sha2::{Digest, Sha256};

use super::engine::{Db, Row};
use super::error::{Result, StoreError};
use crate::domain::id::{ActivityId, CustomerId, InvoiceId};
use crate::domain::log::{Log, Subject, TakenBack};

/// A row of the log about to be written: ids, codes and amounts; personal text only in `text`.
#[derive(Clone, Debug)]
pub struct NewActivity<'a> {
    pub at: DateTime<Utc>,
    /// The shop's day.
    pub business_on: NaiveDate,
    pub operator: &'a str,
    pub host: &'a str,
    pub pid: u32,
    /// Name and version of the program.
    pub program: &'a str,
    pub log: Log,
    /// Whose, where it is about one customer.
    pub customer: Option<CustomerId>,
    pub subject: Subject,
    /// Ids, codes and amounts as JSON.
    pub details: &'a str,
    /// The activity this one takes back.
    pub undoes: Option<ActivityId>,
    pub text: Option<&'a str>,
    /// What the digest of the text is salted with, erased with it.
    pub salt: &'a str,
}

/// A row of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activity {
    pub id: ActivityId,
    pub at: DateTime<Utc>,
    /// The shop's day.
    pub business_on: NaiveDate,
    pub operator: String,
    pub log: Log,
    pub customer: Option<CustomerId>,
    pub subject: Subject,
    /// Ids, codes and amounts as JSON.
    pub details: String,
    /// Whether undo may take it back, as it was when it was written.
    pub is_undoable: bool,
    /// The activity this one takes back.
    pub undoes: Option<ActivityId>,
    /// Personal text, unless erased.
    pub text: Option<String>,
}

/// Writes one row at the end of the chain.
pub fn append(db: &Db, new: &NewActivity) -> Result<ActivityId> {
    let last =
        db.one("SELECT digest FROM activity ORDER BY id DESC LIMIT 1", &[], |row| row.text(0))?.unwrap_or_default();
    let text_digest = new.text.map(|text| hex(&[new.salt, text]));
    let at = new.at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true);
    let (action, subject) = (new.log.code(), new.subject.to_string());
    let digest = chained(
        &last,
        &Link {
            at: &at,
            business_on: &new.business_on.to_string(),
            operator: new.operator,
            action,
            customer: new.customer.map(|id| id.0),
            subject: &subject,
            details: new.details,
            undoes: new.undoes.map(|id| id.0),
            text_digest: text_digest.as_deref().unwrap_or(""),
        },
    );
    let id = db.insert(
        "INSERT INTO activity (at, business_on, operator, host, pid, program, action, customer_id, subject, details, \
         is_undoable, undoes_id, text_digest, digest) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        &[
            at.into(),
            new.business_on.into(),
            new.operator.into(),
            new.host.into(),
            new.pid.into(),
            new.program.into(),
            action.into(),
            new.customer.into(),
            subject.into(),
            new.details.into(),
            (new.log.taken_back() == TakenBack::ByUndo).into(),
            new.undoes.into(),
            text_digest.into(),
            digest.into(),
        ],
    )?;
    if let Some(text) = new.text {
        db.execute(
            "INSERT INTO activity_text (activity_id, salt, text) VALUES (?1, ?2, ?3)",
            &[id.into(), new.salt.into(), text.into()],
        )?;
    }
    Ok(ActivityId(id))
}

/// What one link of the chain is made of.
struct Link<'a> {
    at: &'a str,
    business_on: &'a str,
    operator: &'a str,
    action: &'a str,
    customer: Option<i64>,
    subject: &'a str,
    details: &'a str,
    undoes: Option<i64>,
    text_digest: &'a str,
}

fn chained(last: &str, link: &Link) -> String {
    let number = |id: Option<i64>| id.map_or(String::new(), |id| id.to_string());
    hex(&[
        last,
        link.at,
        link.business_on,
        link.operator,
        link.action,
        &number(link.customer),
        link.subject,
        link.details,
        &number(link.undoes),
        link.text_digest,
    ])
}

/// SHA-256 over the parts, each closed by a separator no part can hold.
fn hex(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.as_bytes());
        hasher.update([0x1f]);
    }
    digits(&hasher.finalize())
}

/// A digest in hexadecimal digits.
pub(super) fn digits(digest: &[u8]) -> String {
    let mut text = String::with_capacity(digest.len() * 2);
    for byte in digest {
        let digits = [byte >> 4, byte & 15].map(|half| char::from_digit(half.into(), 16).unwrap_or_default());
        text.extend(digits);
    }
    text
}

/// Codes for `IN (…)`.
pub(super) fn codes(steps: &[Log]) -> String {
    steps.iter().map(|log| format!("'{}'", log.code())).collect::<Vec<_>>().join(", ")
}

/// The condition that a row `a` is none of these; one term each, as the index on operators has them.
pub(super) fn but(steps: &[Log]) -> String {
    steps.iter().flat_map(|log| [" AND a.action <> '", log.code(), "'"]).collect()
}

const COLUMNS: &str = "a.id, a.at, a.business_on, a.operator, a.action, a.customer_id, a.subject, a.details, \
    a.is_undoable, a.undoes_id, t.text FROM activity a LEFT JOIN activity_text t ON t.activity_id = a.id";

impl Activity {
    /// Its details, read.
    pub fn facts(&self) -> serde_json::Value {
        serde_json::from_str(&self.details).unwrap_or_default()
    }

    /// A step whose row is about something it cannot be about.
    pub fn names_no(&self, thing: &str) -> StoreError {
        StoreError::broken(format!("activity {}, {}, names no {thing}", self.id, self.log.code()))
    }
}

/// What a newer program wrote in its own words is not taken back here, nor gone by.
fn not_known<E>(_: E) -> StoreError {
    StoreError::refused("a newer rentbook wrote this step: use that one")
}

fn read(row: &Row) -> Result<Activity> {
    Ok(Activity {
        id: ActivityId(row.int(0)?),
        at: row.instant(1)?,
        business_on: row.date(2)?,
        operator: row.text(3)?,
        log: row.str(4)?.parse().map_err(not_known)?,
        customer: row.opt_int(5)?.map(CustomerId),
        subject: row.str(6)?.parse().map_err(not_known)?,
        details: row.text(7)?,
        is_undoable: row.flag(8)?,
        undoes: row.opt_int(9)?.map(ActivityId),
        text: row.opt_text(10)?,
    })
}

/// One row of the log.
pub fn by_id(db: &Db, id: ActivityId) -> Result<Option<Activity>> {
    db.one(&format!("SELECT {COLUMNS} WHERE a.id = ?1"), &[id.into()], read)
}

/// The newest rows, newest first.
pub fn newest(db: &Db, limit: u32) -> Result<Vec<Activity>> {
    db.all(&format!("SELECT {COLUMNS} ORDER BY a.id DESC LIMIT ?1"), &[limit.into()], read)
}

/// The newest rows about one customer, newest first.
pub fn of_customer(db: &Db, customer: CustomerId, limit: u32) -> Result<Vec<Activity>> {
    db.all(
        &format!("SELECT {COLUMNS} WHERE a.customer_id = ?1 ORDER BY a.id DESC LIMIT ?2"),
        &[customer.into(), limit.into()],
        read,
    )
}

/// The newest Action of this operator that was not taken back: no pass, and nothing that takes back another.
pub fn newest_done(db: &Db, operator: &str) -> Result<Option<Activity>> {
    done_before(db, operator, ActivityId(i64::MAX))
}

/// As [`newest_done`], of those before a row.
pub fn done_before(db: &Db, operator: &str, before: ActivityId) -> Result<Option<Activity>> {
    db.one(
        &format!(
            "SELECT {COLUMNS} WHERE a.operator = ?1 AND a.id < ?2 AND a.undoes_id IS NULL{} \
             AND NOT EXISTS (SELECT 1 FROM activity u WHERE u.undoes_id = a.id) ORDER BY a.id DESC LIMIT 1",
            but(Log::OF_THE_PASS)
        ),
        &[operator.into(), before.into()],
        read,
    )
}

/// The step that a step beside it belongs to: they stand one behind the other, written at once. Any other is its own.
pub fn main_of(db: &Db, mut found: Activity) -> Result<Activity> {
    while found.log == Log::UseCreditUnasked {
        match by_id(db, ActivityId(found.id.0 - 1))? {
            Some(before) => found = before,
            None => break,
        }
    }
    Ok(found)
}

/// The steps beside a step that still stand, newest first.
pub fn beside(db: &Db, main: ActivityId) -> Result<Vec<Activity>> {
    let mut found = Vec::new();
    let mut next = ActivityId(main.0 + 1);
    while let Some(row) = by_id(db, next)?.filter(|row| row.log == Log::UseCreditUnasked) {
        next = ActivityId(next.0 + 1);
        if undone_by(db, row.id)?.is_none() {
            found.insert(0, row);
        }
    }
    Ok(found)
}

/// Whether one of these Actions was done for the customer after `id`, and still stands.
pub fn stands_since(db: &Db, customer: CustomerId, id: ActivityId, steps: &[Log]) -> Result<bool> {
    let later = db.all(
        "SELECT a.action FROM activity a WHERE a.customer_id = ?1 AND a.id > ?2 AND a.undoes_id IS NULL \
         AND NOT EXISTS (SELECT 1 FROM activity u WHERE u.undoes_id = a.id)",
        &[customer.into(), id.into()],
        |row| row.text(0),
    )?;
    Ok(later.iter().any(|code| code.parse().is_ok_and(|log: Log| steps.contains(&log))))
}

/// Whether one of these Actions was done about a row, such as `subscription:7`, after `id`, and still stands.
pub fn stands_since_about(db: &Db, subject: Subject, id: ActivityId, steps: &[Log]) -> Result<bool> {
    let later = db.all(
        "SELECT a.action FROM activity a WHERE a.subject = ?1 AND a.id > ?2 AND a.undoes_id IS NULL \
         AND NOT EXISTS (SELECT 1 FROM activity u WHERE u.undoes_id = a.id)",
        &[subject.to_string().into(), id.into()],
        |row| row.text(0),
    )?;
    Ok(later.iter().any(|code| code.parse().is_ok_and(|log: Log| steps.contains(&log))))
}

/// Who changed the customer last, and when.
pub fn newest_change(db: &Db, customer: CustomerId) -> Result<Option<(String, DateTime<Utc>)>> {
    db.one(
        &format!(
            "SELECT operator, at FROM activity WHERE customer_id = ?1 AND action IN ({}) ORDER BY id DESC LIMIT 1",
            codes(&[Log::EditCustomer, Log::SetPreferences, Log::MergeCustomers, Log::Undo, Log::EraseCustomer])
        ),
        &[customer.into()],
        |row| Ok((row.text(0)?, row.instant(1)?)),
    )
}

/// Who wrote down the newest money on an invoice, and when.
pub fn settled_by(db: &Db, invoice: InvoiceId) -> Result<Option<(String, DateTime<Utc>)>> {
    db.one(
        "SELECT a.operator, a.at FROM payment p CROSS JOIN allocation x CROSS JOIN activity a \
         WHERE p.invoice_id = ?1 AND x.payment_id = p.id AND x.amount_minor > 0 AND a.id = x.activity_id \
         ORDER BY x.id DESC LIMIT 1",
        &[invoice.into()],
        |row| Ok((row.text(0)?, row.instant(1)?)),
    )
}

/// The newest row of this operator that is no pass: an Action, or what took one back.
pub fn newest_of(db: &Db, operator: &str) -> Result<Option<Activity>> {
    db.one(
        &format!("SELECT {COLUMNS} WHERE a.operator = ?1{} ORDER BY a.id DESC LIMIT 1", but(Log::OF_THE_PASS)),
        &[operator.into()],
        read,
    )
}

/// The activity that took this one back.
pub fn undone_by(db: &Db, id: ActivityId) -> Result<Option<ActivityId>> {
    db.one("SELECT id FROM activity WHERE undoes_id = ?1", &[id.into()], |row| Ok(ActivityId(row.int(0)?)))
}

/// Rows whose digest is not what the chain gives, at most five.
pub fn broken_links(db: &Db) -> Result<Vec<ActivityId>> {
    let mut last = String::new();
    let mut broken = Vec::new();
    db.each(
        "SELECT id, at, business_on, operator, action, customer_id, subject, details, undoes_id, text_digest, digest \
         FROM activity ORDER BY id",
        &[],
        |row| {
            let (at, business_on, operator) = (row.text(1)?, row.text(2)?, row.text(3)?);
            let (action, subject, details) = (row.text(4)?, row.text(6)?, row.text(7)?);
            let text_digest = row.opt_text(9)?.unwrap_or_default();
            let link = Link {
                at: &at,
                business_on: &business_on,
                operator: &operator,
                action: &action,
                customer: row.opt_int(5)?,
                subject: &subject,
                details: &details,
                undoes: row.opt_int(8)?,
                text_digest: &text_digest,
            };
            let digest = row.text(10)?;
            if chained(&last, &link) != digest && broken.len() < 5 {
                broken.push(ActivityId(row.int(0)?));
            }
            last = digest;
            Ok(())
        },
    )?;
    db.each(
        "SELECT a.id, t.salt, t.text, a.text_digest FROM activity_text t JOIN activity a ON a.id = t.activity_id",
        &[],
        |row| {
            if broken.len() < 5 && row.opt_text(3)?.as_deref() != Some(hex(&[&row.text(1)?, &row.text(2)?]).as_str()) {
                broken.push(ActivityId(row.int(0)?));
            }
            Ok(())
        },
    )?;
    Ok(broken)
}
