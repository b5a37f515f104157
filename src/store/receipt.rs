//! Money in: receipts, allocations, status changes of payments.

use chrono::NaiveDate;

use super::billing::Payer;
use super::engine::{Db, Row};
use super::error::Result;
use super::shop::currency;
use crate::domain::allocation::OpenItem;
use crate::domain::currency::Currency;
use crate::domain::id::{ActivityId, AllocationId, CustomerId, GroupId, InvoiceId, PaymentId, ReceiptId};
use crate::domain::method::Method;
use crate::domain::status::{PaymentStatus, ReceiptState};
use crate::domain::text::fold;

/// A payment as the money side sees it.
#[derive(Clone, Debug)]
pub struct Owed {
    pub id: PaymentId,
    /// Pending, processing, paid, failed or cancelled.
    pub status: PaymentStatus,
    pub customer: CustomerId,
    /// The group that is billed.
    pub group: Option<GroupId>,
    pub currency: Currency,
    pub amount_minor: i64,
    /// What is settled of it.
    pub settled_minor: i64,
    /// Whether it is a deposit: no income.
    pub is_deposit: bool,
    /// When it is due.
    pub due_on: NaiveDate,
    /// Its invoice: number in the file, date, number on paper, what is open of it.
    pub invoice: Option<OwedInvoice>,
    /// What receipts that have not cleared are meant to pay of it.
    pub awaited_minor: i64,
    /// What charges under way are over.
    charging_minor: i64,
    /// What nobody is asked for by money that names no invoice: money is on its way to it.
    pub held_back_minor: i64,
    /// What of it was given up and is taken back by money that comes all the same.
    pub given_up_minor: i64,
}

/// The invoice of a payment.
#[derive(Clone, Debug)]
pub struct OwedInvoice {
    /// Number in the file.
    pub id: InvoiceId,
    pub invoiced_on: NaiveDate,
    pub number: Option<String>,
    /// What is open of it.
    pub open_minor: i64,
    /// Whether it is issued.
    pub is_issued: bool,
}

impl Owed {
    /// What is open of it.
    pub fn open_minor(&self) -> i64 {
        self.amount_minor - self.settled_minor
    }

    /// What is open of it and not held back.
    pub fn payable_minor(&self) -> i64 {
        self.open_minor() - self.held_back_minor
    }

    /// How much of what is open has money on its way; all of it where a person or a charge says so without a sum.
    pub fn spoken_for_minor(&self) -> i64 {
        match self.awaited_minor + self.charging_minor {
            0 if self.status == PaymentStatus::Processing => self.open_minor(),
            sum => sum.min(self.open_minor()),
        }
    }

    /// Who pays it: the group where it is billed to one.
    pub fn payer(&self) -> Payer {
        self.group.map_or(Payer::Customer(self.customer), Payer::Group)
    }

    /// As the allocation rule takes it.
    pub fn item(&self) -> OpenItem {
        let invoice = self.invoice.as_ref();
        OpenItem {
            payment: self.id,
            invoice_total_open: invoice.map_or(self.payable_minor(), |invoice| invoice.open_minor),
            invoice: invoice.map(|invoice| invoice.id),
            due_on: self.due_on,
            issued_on: invoice.map(|invoice| invoice.invoiced_on),
            number: invoice.and_then(|invoice| invoice.number.clone()),
            open: self.payable_minor(),
            is_deposit: self.is_deposit,
        }
    }
}

/// What is read of a payment that is owed; what is on its way to it last.
macro_rules! owed {
    ($from:literal) => {
        concat!(
            "SELECT p.id, p.status, p.customer_id, p.group_id, p.currency, p.amount_minor, p.settled_minor, p.kind, p.due_on, \
             i.id, i.invoiced_on, i.number, i.total_minor - i.settled_minor, i.state, \
             (SELECT CAST(COALESCE(SUM(x.amount_minor), 0) AS BIGINT) FROM pending_allocation x CROSS JOIN receipt r \
              WHERE x.payment_id = p.id AND r.id = x.receipt_id AND r.state = 'pending'), \
             (SELECT CAST(COALESCE(SUM(t.amount_minor), 0) AS BIGINT) FROM charge_attempt t \
              WHERE t.payment_id = p.id AND t.state IN ('created', 'sent', 'pending')) FROM ",
            $from
        )
    };
}

const OWED: &str = owed!("payment p LEFT JOIN invoice i ON i.id = p.invoice_id");
const OWED_BY: &str = owed!("invoice i CROSS JOIN payment p ON p.invoice_id = i.id");

fn read_owed(row: &Row) -> Result<Owed> {
    let invoice = match row.opt_int(9)? {
        None => None,
        Some(id) => Some(OwedInvoice {
            id: InvoiceId(id),
            invoiced_on: row.date(10)?,
            number: row.opt_text(11)?,
            open_minor: row.int(12)?,
            is_issued: row.text(13)? == "issued",
        }),
    };
    Ok(Owed {
        id: PaymentId(row.int(0)?),
        status: row.parsed(1)?,
        customer: CustomerId(row.int(2)?),
        group: row.opt_int(3)?.map(GroupId),
        currency: currency(row, 4)?,
        amount_minor: row.int(5)?,
        settled_minor: row.int(6)?,
        is_deposit: row.text(7)? == "deposit",
        due_on: row.date(8)?,
        invoice,
        awaited_minor: row.int(14)?,
        charging_minor: row.int(15)?,
        held_back_minor: 0,
        given_up_minor: 0,
    })
}

/// The payment with this number.
pub fn owed(db: &Db, id: PaymentId) -> Result<Option<Owed>> {
    db.one(&format!("{OWED} WHERE p.id = ?1"), &[id.into()], read_owed)
}

/// The payments on an invoice, in the order of its lines.
pub fn owed_on_invoice(db: &Db, id: InvoiceId) -> Result<Vec<Owed>> {
    db.all(&format!("{OWED} WHERE p.invoice_id = ?1 ORDER BY p.line"), &[id.into()], read_owed)
}

/// The customer `?1` and whoever reads as one with it.
pub(super) const FAMILY: &str = "(SELECT m.id FROM customer o CROSS JOIN customer m WHERE o.id = ?1 AND m.id = COALESCE(o.root_id, o.id) \
    UNION SELECT m.id FROM customer o CROSS JOIN customer m WHERE o.id = ?1 AND m.root_id = COALESCE(o.root_id, o.id))";

/// What a payer owes on issued invoices, oldest due first.
pub fn owed_by(db: &Db, payer: Payer) -> Result<Vec<Owed>> {
    let (by, id) = match payer {
        Payer::Customer(id) => (format!("i.customer_id IN {FAMILY}"), id.0),
        Payer::Group(id) => ("i.group_id = ?1".to_owned(), id.0),
    };
    let sql = format!(
        "{OWED_BY} WHERE {by} AND i.state = 'issued' AND i.settled_minor < i.total_minor \
         AND p.status <> 'paid' AND p.status <> 'cancelled' ORDER BY i.due_on, i.id, p.line"
    );
    db.all(&sql, &[id.into()], read_owed)
}

/// A receipt about to be written.
#[derive(Clone, Debug)]
pub struct NewReceipt<'a> {
    pub payer: Payer,
    pub currency: Currency,
    /// Year and running number.
    pub numbered: (i32, i64),
    /// Its number on paper.
    pub number: &'a str,
    pub amount_minor: i64,
    pub received_on: NaiveDate,
    /// The day it counts from where it clears at once: its own, or the first open one after a closed period.
    pub counts_on: NaiveDate,
    pub method: Method,
    /// What the bank says.
    pub reference: &'a str,
    /// The activity it belongs to.
    pub activity: ActivityId,
}

/// Writes a receipt; money of a method that clears at once is there, other money is pending.
pub fn insert(db: &Db, new: &NewReceipt) -> Result<ReceiptId> {
    let clears = new.method.clears_at_once();
    let state = if clears { ReceiptState::Cleared } else { ReceiptState::Pending };
    let [customer, group] = new.payer.cells();
    let id = db.insert(
        "INSERT INTO receipt (customer_id, group_id, currency, number_year, number_seq, number, state, amount_minor, \
         received_on, cleared_on, method, reference, reference_key, activity_id) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        &[
            customer,
            group,
            new.currency.code().into(),
            new.numbered.0.into(),
            new.numbered.1.into(),
            new.number.into(),
            state.code().into(),
            new.amount_minor.into(),
            new.received_on.into(),
            clears.then_some(new.counts_on).into(),
            new.method.code().into(),
            new.reference.into(),
            fold(new.reference).into(),
            new.activity.into(),
        ],
    )?;
    Ok(ReceiptId(id))
}

/// A part of a receipt applied to a payment.
#[derive(Clone, Copy, Debug)]
pub struct NewAllocation<'a> {
    pub receipt: ReceiptId,
    pub payment: &'a Owed,
    /// How much; negative for a reversal.
    pub amount_minor: i64,
    /// Its business day.
    pub allocated_on: NaiveDate,
    /// The status of the payment before.
    pub before: PaymentStatus,
    pub after: PaymentStatus,
    /// The row it reverses.
    pub reverses: Option<AllocationId>,
    /// The activity it belongs to.
    pub activity: ActivityId,
}

/// Applies a part of a receipt; the payment, its invoice and the receipt follow by themselves.
pub fn allocate(db: &Db, new: &NewAllocation) -> Result<()> {
    db.execute(
        "INSERT INTO allocation (source, receipt_id, payment_id, customer_id, is_deposit, currency, amount_minor, allocated_on, \
         status_before, status_after, reverses_id, activity_id) VALUES ('receipt', ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        &[
            new.receipt.into(),
            new.payment.id.into(),
            new.payment.customer.into(),
            new.payment.is_deposit.into(),
            new.payment.currency.code().into(),
            new.amount_minor.into(),
            new.allocated_on.into(),
            new.before.code().into(),
            new.after.code().into(),
            new.reverses.into(),
            new.activity.into(),
        ],
    )
    .map(drop)
}

/// Keeps what a receipt that has not cleared is meant for.
pub fn plan_allocation(db: &Db, receipt: ReceiptId, payment: PaymentId, amount_minor: i64) -> Result<()> {
    db.execute(
        "INSERT INTO pending_allocation (receipt_id, payment_id, amount_minor) VALUES (?1, ?2, ?3)",
        &[receipt.into(), payment.into(), amount_minor.into()],
    )
    .map(drop)
}

/// A receipt of the same day, amount, reference and payer that still stands.
pub fn twin(db: &Db, payer: Payer, on: NaiveDate, amount_minor: i64, reference: &str) -> Result<Option<String>> {
    // By payer and day: one payer has few receipts a day, one amount may have hundreds.
    let (by, id) = match payer {
        Payer::Customer(id) => (format!("customer_id IN {FAMILY}"), id.0),
        Payer::Group(id) => ("group_id = ?1".to_owned(), id.0),
    };
    let sql = format!(
        "SELECT number FROM receipt WHERE {by} AND received_on = ?2 AND +amount_minor = ?3 AND +reference_key = ?4 \
         AND state IN ('pending', 'cleared') LIMIT 1"
    );
    db.one(&sql, &[id.into(), on.into(), amount_minor.into(), fold(reference).into()], |row| row.text(0))
}

/// The receipt of this reference that still stands, if there is one: its number and day.
pub fn with_reference(db: &Db, reference: &str) -> Result<Option<(String, NaiveDate)>> {
    let key = fold(reference);
    if key.is_empty() {
        return Ok(None);
    }
    db.one(
        "SELECT number, received_on FROM receipt WHERE reference_key = ?1 AND reference_key <> '' \
         AND state IN ('pending', 'cleared') ORDER BY id DESC LIMIT 1",
        &[key.into()],
        |row| Ok((row.text(0)?, row.date(1)?)),
    )
}

/// What was said of a receipt, to say it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub received_on: NaiveDate,
    pub method: Method,
    /// What the bank said.
    pub reference: String,
}

/// The newest receipt: of this payer, or of all.
pub fn newest(db: &Db, payer: Option<Payer>) -> Result<Option<Said>> {
    let read = |row: &Row| Ok(Said { received_on: row.date(0)?, method: row.parsed(1)?, reference: row.text(2)? });
    let columns = "SELECT received_on, method, reference FROM receipt";
    match payer {
        None => db.one(&format!("{columns} ORDER BY id DESC LIMIT 1"), &[], read),
        Some(Payer::Customer(id)) => {
            let sql = format!("{columns} WHERE customer_id IN {FAMILY} ORDER BY received_on DESC, id DESC LIMIT 1");
            db.one(&sql, &[id.into()], read)
        }
        Some(Payer::Group(id)) => {
            let sql = format!("{columns} WHERE group_id = ?1 ORDER BY received_on DESC, id DESC LIMIT 1");
            db.one(&sql, &[id.into()], read)
        }
    }
}

/// A receipt of an activity: number in the file, number on paper, state, refunded.
pub fn of_activity(db: &Db, activity: ActivityId) -> Result<Vec<(ReceiptId, String, ReceiptState, i64)>> {
    db.all("SELECT id, number, state, refunded_minor FROM receipt WHERE activity_id = ?1", &[activity.into()], |row| {
        Ok((ReceiptId(row.int(0)?), row.text(1)?, row.parsed(2)?, row.int(3)?))
    })
}

/// An allocation that stands, as undo sees it.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    pub id: AllocationId,
    pub payment: PaymentId,
    pub amount_minor: i64,
    /// The payment's status before it.
    pub before: PaymentStatus,
    /// The activity it belongs to.
    pub activity: ActivityId,
}

/// The allocations of a receipt that were not reversed, newest first.
pub fn standing(db: &Db, receipt: ReceiptId) -> Result<Vec<Standing>> {
    db.all(
        "SELECT a.id, a.payment_id, a.amount_minor, a.status_before, a.activity_id FROM allocation a \
         WHERE a.receipt_id = ?1 AND a.amount_minor > 0 \
         AND NOT EXISTS (SELECT 1 FROM allocation r WHERE r.reverses_id = a.id) ORDER BY a.id DESC",
        &[receipt.into()],
        |row| {
            Ok(Standing {
                id: AllocationId(row.int(0)?),
                payment: PaymentId(row.int(1)?),
                amount_minor: row.int(2)?,
                before: row.parsed(3)?,
                activity: ActivityId(row.int(4)?),
            })
        },
    )
}

/// Moves a receipt to another state.
pub fn set_state(db: &Db, id: ReceiptId, to: ReceiptState) -> Result<()> {
    db.execute("UPDATE receipt SET state = ?2 WHERE id = ?1", &[id.into(), to.code().into()]).map(drop)
}
