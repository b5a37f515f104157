//! Payments as they stood on a day: where something is dated later, told anew from the rows that carry days.
//!
//! Every figure about what is owed is added up from these rows, so what is behind a figure is what it counts.

use chrono::NaiveDate;

use super::{Told, Whose};
use crate::domain::currency::Currency;
use crate::domain::id::{CustomerId, InvoiceId, PaymentId};
use crate::domain::money::Money;
use crate::domain::status::{PaymentStanding, PaymentStatus};
use crate::store::engine::{Db, Row, Value};
use crate::store::error::Result;
use crate::store::lists::shown::{CREDITED, WRITTEN_OFF, currency};

/// A payment on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stood {
    pub payment: PaymentId,
    pub customer: CustomerId,
    pub amount: Money,
    /// What of it was open; nothing where it was paid or cancelled.
    pub open: Money,
    pub status: PaymentStatus,
    /// Settled by credit notes, and given up, both in minor units: what is settled so is not paid.
    pub credited: i64,
    pub written_off: i64,
    pub due_on: NaiveDate,
    /// The day its last part took effect, where it was paid.
    pub paid_on: Option<NaiveDate>,
    /// The invoice it stood on, issued by then, and the day that is due.
    pub invoice: Option<(InvoiceId, NaiveDate)>,
    /// Whether it stood on no invoice at all, not even on a draft.
    pub is_uninvoiced: bool,
    /// Whether it stands on a draft, that nobody has sent.
    pub is_drafted: bool,
}

impl Stood {
    /// Its own.
    pub const fn currency(&self) -> Currency {
        self.amount.currency()
    }

    /// Whether it counts among what came due: not cancelled, and asked for.
    pub fn came_due(&self) -> bool {
        self.status != PaymentStatus::Cancelled && !self.is_drafted
    }

    /// Where it stood, in a word of its own where it was settled and not by money.
    pub const fn standing(&self) -> PaymentStanding {
        PaymentStanding::of(self.status, self.amount.minor(), self.credited, self.written_off)
    }

    /// Whether money paid it: what was credited or given up is settled and not paid.
    pub fn is_paid(&self) -> bool {
        self.standing() == PaymentStanding::Paid
    }
}

/// Which payments are read. What they were on the day is asked of the rows afterwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Due from … to …, both included.
    Due(NaiveDate, NaiveDate),
    /// Paid from … to …, both included.
    Paid(NaiveDate, NaiveDate),
    /// Failed from … to …, both included.
    Failed(NaiveDate, NaiveDate),
    /// Open on an issued invoice.
    Outstanding,
    /// Due and on no invoice.
    NotInvoiced,
}

/// Whether nothing in the book is dated after a day: then what stands is what stood.
pub fn is_newest(db: &Db, day: NaiveDate) -> Result<bool> {
    let newest = "SELECT business_on FROM activity ORDER BY id DESC LIMIT 1";
    let allocated = "SELECT MAX(allocated_on) FROM allocation";
    for sql in [newest, allocated] {
        if db.one(sql, &[], |row| row.opt_date(0))?.flatten().is_some_and(|newest| newest > day) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// As they stand: settled, paid on, given up, status, credited.
fn now() -> String {
    format!("p.settled_minor, p.paid_on, {WRITTEN_OFF}, p.status, 1, NULL, 0, {CREDITED}")
}

/// As they stood on ?1: what was settled by then, the day of the last part that stood, what was given up; what the last
/// change and the last money by then made of it, each with its step.
const THEN: &str = "(SELECT CAST(COALESCE(SUM(a.amount_minor), 0) AS BIGINT) FROM allocation a \
      WHERE a.payment_id = p.id AND a.allocated_on <= ?1), \
    (SELECT MAX(a.allocated_on) FROM allocation a WHERE a.payment_id = p.id AND a.amount_minor > 0 AND a.allocated_on <= ?1 \
      AND NOT EXISTS (SELECT 1 FROM allocation x WHERE x.reverses_id = a.id AND x.allocated_on <= ?1)), \
    (SELECT CAST(COALESCE(SUM(w.amount_minor), 0) AS BIGINT) FROM allocation w WHERE w.payment_id = p.id \
      AND w.receipt_id IS NULL AND w.credit_note_id IS NULL AND w.allocated_on <= ?1), \
    (SELECT c.to_status FROM payment_change c WHERE c.payment_id = p.id AND c.changed_on <= ?1 ORDER BY c.id DESC LIMIT 1), \
    (SELECT MAX(c.activity_id) FROM payment_change c WHERE c.payment_id = p.id AND c.changed_on <= ?1), \
    (SELECT a.status_after FROM allocation a WHERE a.payment_id = p.id AND a.allocated_on <= ?1 ORDER BY a.id DESC LIMIT 1), \
    (SELECT MAX(a.activity_id) FROM allocation a WHERE a.payment_id = p.id AND a.allocated_on <= ?1), \
    (SELECT CAST(COALESCE(SUM(w.amount_minor), 0) AS BIGINT) FROM allocation w WHERE w.payment_id = p.id \
      AND w.credit_note_id IS NOT NULL AND w.allocated_on <= ?1)";

const HEAD: &str = "p.id, p.customer_id, p.currency, p.amount_minor, p.due_on, p.invoice_id, i.state, i.invoiced_on, \
    i.voided_on, i.due_on, p.paid_on";

impl Which {
    /// The condition, and what it binds after the day.
    fn condition(self, is_newest: bool) -> (&'static str, Vec<Value<'static>>) {
        match self {
            Self::Due(from, to) => ("p.due_on BETWEEN ?2 AND ?3", vec![from.into(), to.into()]),
            Self::Paid(from, to) if is_newest => ("p.paid_on BETWEEN ?2 AND ?3", vec![from.into(), to.into()]),
            Self::Paid(from, to) => (
                "(p.id IN (SELECT a.payment_id FROM allocation a WHERE a.allocated_on BETWEEN ?2 AND ?3) \
                 OR (p.amount_minor <= 0 AND p.paid_on BETWEEN ?2 AND ?3))",
                vec![from.into(), to.into()],
            ),
            Self::Failed(from, to) => (
                "p.id IN (SELECT h.payment_id FROM payment_change h WHERE h.to_status = 'failed' \
                 AND COALESCE(h.reverses_id, 0) = 0 AND h.changed_on BETWEEN ?2 AND ?3)",
                vec![from.into(), to.into()],
            ),
            Self::Outstanding if is_newest => ("p.status <> 'paid' AND p.status <> 'cancelled'", vec![]),
            Self::Outstanding => (
                "((p.status <> 'paid' AND p.status <> 'cancelled') \
                 OR p.id IN (SELECT a.payment_id FROM allocation a WHERE a.allocated_on > ?1) \
                 OR p.id IN (SELECT c.payment_id FROM payment_change c WHERE c.changed_on > ?1) \
                 OR p.invoice_id IN (SELECT v.id FROM invoice v WHERE v.voided_on > ?1))",
                vec![],
            ),
            Self::NotInvoiced => ("p.due_on <= ?1 AND p.invoice_id IS NULL", vec![]),
        }
    }
}

impl Which {
    /// The same of some customers, where their index would not serve: it begins with them.
    const fn of_customers(self, is_newest: bool) -> Option<&'static str> {
        match self {
            Self::Paid(..) if !is_newest => Some(
                "(EXISTS (SELECT 1 FROM allocation a WHERE a.payment_id = p.id AND (a.allocated_on || '') BETWEEN ?2 AND ?3) \
                 OR (p.amount_minor <= 0 AND p.paid_on BETWEEN ?2 AND ?3))",
            ),
            Self::Failed(..) => Some(
                "EXISTS (SELECT 1 FROM payment_change h WHERE h.payment_id = p.id AND (h.to_status || '') = 'failed' \
                 AND COALESCE(h.reverses_id, 0) = 0 AND (h.changed_on || '') BETWEEN ?2 AND ?3)",
            ),
            // Much may have changed since.
            Self::Outstanding if !is_newest => Some("p.invoice_id IS NOT NULL"),
            _ => None,
        }
    }
}

/// These payments as they stood on a day.
pub fn stood(db: &Db, which: Which, day: NaiveDate, whose: &Whose) -> Result<Vec<Stood>> {
    let is_newest = is_newest(db, day)?;
    let (condition, more) = which.condition(is_newest);
    let theirs = which.of_customers(is_newest).unwrap_or(condition);
    let state = if is_newest { now() } else { THEN.to_owned() };
    let from = "FROM payment p LEFT JOIN invoice i ON i.id = p.invoice_id WHERE";
    let begun = "(i.invoiced_on IS NULL OR i.invoiced_on <= ?1)";
    let all = format!("SELECT {HEAD}, {state} {from} {condition} AND {begun}");
    let some = format!("SELECT {HEAD}, {state} {from} p.customer_id IN ({{customers}}) AND {theirs} AND {begun}");
    let mut params: Vec<Value> = vec![day.into()];
    params.extend(more);
    let mut rows = Vec::new();
    whose.each(db, &Told { all: &all, some: &some }, &params, |row| {
        rows.extend(read(row, day)?.filter(|row| which.holds(row)));
        Ok(())
    })?;
    Ok(rows)
}

impl Which {
    /// Whether a row is meant, by what it was on the day.
    fn holds(self, row: &Stood) -> bool {
        match self {
            Self::Due(..) | Self::Failed(..) => true,
            Self::Paid(from, to) => row.paid_on.is_some_and(|on| from <= on && on <= to),
            Self::Outstanding => row.invoice.is_some() && !row.open.is_zero(),
            Self::NotInvoiced => row.is_uninvoiced && row.status == PaymentStatus::Pending,
        }
    }
}

/// `None` where nobody had asked for it yet: it stands on an invoice dated later.
fn read(row: &Row, day: NaiveDate) -> Result<Option<Stood>> {
    let (amount, code) = (row.int(3)?, currency(row, 2)?);
    let invoice = row.opt_int(5)?.map(InvoiceId);
    let (state, invoiced_on) = (row.opt_text(6)?, row.opt_date(7)?);
    let was_issued = matches!(state.as_deref(), Some("issued" | "void"));
    if was_issued && invoiced_on.is_some_and(|on| on > day) {
        return Ok(None);
    }
    let is_void = state.as_deref() == Some("void") && row.opt_date(8)?.is_none_or(|on| on <= day);
    let settled = row.int(11)?;
    let (changed, by_money): (Option<PaymentStatus>, Option<PaymentStatus>) =
        (row.opt_parsed(14)?, row.opt_parsed(16)?);
    // Where one step did both, what it says of the status comes last.
    let last = if row.opt_int(17)? > row.opt_int(15)? { by_money } else { changed };
    let status = match last {
        _ if is_void => PaymentStatus::Cancelled,
        Some(PaymentStatus::Cancelled) => PaymentStatus::Cancelled,
        _ if amount > 0 && settled >= amount => PaymentStatus::Paid,
        // Its last part took effect later than the step that brought it says.
        Some(PaymentStatus::Paid) if amount > 0 => PaymentStatus::Pending,
        Some(other) => other,
        None if amount <= 0 && was_issued => PaymentStatus::Paid,
        None => PaymentStatus::Pending,
    };
    let paid_on = match status {
        PaymentStatus::Paid if amount > 0 => row.opt_date(12)?,
        PaymentStatus::Paid => row.opt_date(10)?,
        _ => None,
    };
    let issued = invoice.zip(row.opt_date(9)?).filter(|_| was_issued && !is_void);
    Ok(Some(Stood {
        payment: PaymentId(row.int(0)?),
        customer: CustomerId(row.int(1)?),
        amount: Money::new(amount, code),
        open: Money::new(if status.is_open() { amount - settled } else { 0 }, code),
        status,
        credited: row.int(18)?,
        written_off: row.int(13)?,
        due_on: row.date(4)?,
        paid_on,
        invoice: issued,
        is_uninvoiced: invoice.is_none(),
        is_drafted: invoice.is_some() && !was_issued,
    }))
}
