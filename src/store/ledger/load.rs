//! The file read into columns: whole, by a worker beside the screen, or the rows that changed.

use chrono::{Datelike, NaiveDate};

use crate::domain::currency::Currency;
use crate::domain::method::Method;
use crate::domain::status::{InvoiceKind, InvoiceState, PaymentStatus};
use crate::store::columns::{Columns, InvoiceCells, NEVER, PaymentCells, PersonCells};
use crate::store::engine::{Db, Row};
use crate::store::error::{Result, StoreError};

/// What the table of changes calls a kind of row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Payment,
    Invoice,
    Customer,
    Group,
}

impl Kind {
    pub(super) const ALL: [Self; 4] = [Self::Payment, Self::Invoice, Self::Customer, Self::Group];

    pub(super) fn from_code(code: &str) -> Option<Self> {
        match code {
            "payment" => Some(Self::Payment),
            "invoice" => Some(Self::Invoice),
            "customer" => Some(Self::Customer),
            "group" => Some(Self::Group),
            _ => None,
        }
    }

    /// Its columns, to the end of the table.
    const fn select(self) -> &'static str {
        match self {
            Self::Payment => {
                "SELECT t.id, t.customer_id, t.group_id, t.invoice_id, t.subscription_id, t.due_on, t.paid_on, \
                 t.amount_minor, t.settled_minor, t.status, t.method, t.currency FROM payment t"
            }
            Self::Invoice => {
                "SELECT t.id, t.customer_id, t.group_id, t.invoiced_on, t.due_on, t.total_minor, t.settled_minor, \
                 t.number_year, t.number_seq, t.state, t.kind, t.currency FROM invoice t"
            }
            Self::Customer => {
                "SELECT t.id, t.root_id, t.group_id, t.class_id, t.joined_on, t.lifetime_minor, t.subscription_count, \
                 t.closed_on, t.kind, t.sort_key FROM customer t"
            }
            Self::Group => "SELECT t.id, t.search_key FROM billing_group t",
        }
    }

    const fn count(self) -> &'static str {
        match self {
            Self::Payment => "SELECT COUNT(*) FROM payment",
            Self::Invoice => "SELECT COUNT(*) FROM invoice",
            Self::Customer => "SELECT COUNT(*) FROM customer",
            Self::Group => "SELECT COUNT(*) FROM billing_group",
        }
    }
}

/// The newest change.
pub(super) fn newest(db: &Db) -> Result<i64> {
    Ok(db.one("SELECT MAX(seq) FROM change", &[], |row| row.opt_int(0))?.flatten().unwrap_or(0))
}

/// Everything, as the book is now. Takes seconds at a million payments: for a worker thread.
pub fn read_all(db: &Db) -> Result<Columns> {
    let mut columns = Columns { seen: newest(db)?, ..Columns::default() };
    for kind in Kind::ALL {
        let count = db.one(kind.count(), &[], |row| row.int(0))?.unwrap_or(0);
        let room = usize::try_from(count + count / 32 + 64).unwrap_or(0);
        match kind {
            Kind::Payment => columns.payments.reserve(room),
            Kind::Invoice => columns.invoices.reserve(room),
            Kind::Customer => columns.people.reserve(room),
            Kind::Group => {}
        }
        db.each(&format!("{} ORDER BY t.id", kind.select()), &[], |row| take_in(&mut columns, kind, row))?;
    }
    columns.names.rank(&columns.people);
    tracing::info!(
        payments = columns.payments.id.len(),
        invoices = columns.invoices.id.len(),
        bytes = columns.bytes(),
        "the ledger is loaded"
    );
    Ok(columns)
}

/// One row as it is now; one that is gone is taken out.
pub(super) fn read_again(db: &Db, columns: &mut Columns, kind: Kind, row_id: i64) -> Result<()> {
    let sql = format!("{} WHERE t.id = ?1", kind.select());
    if db.one(&sql, &[row_id.into()], |row| take_in(columns, kind, row))?.is_some() {
        return Ok(());
    }
    let gone = small(row_id)?;
    match kind {
        Kind::Payment => columns.payments.remove(gone),
        Kind::Invoice => columns.invoices.remove(gone),
        Kind::Customer => {
            columns.people.remove(gone);
            columns.names.put(false, gone, None);
        }
        Kind::Group => columns.names.put(true, gone, None),
    }
    Ok(())
}

fn take_in(columns: &mut Columns, kind: Kind, row: &Row) -> Result<()> {
    let id = small(row.int(0)?)?;
    match kind {
        Kind::Payment => {
            let cells = PaymentCells {
                customer: small(row.int(1)?)?,
                group: or_none(row, 2)?,
                invoice: or_none(row, 3)?,
                subscription: or_none(row, 4)?,
                due: day(row.str(5)?)?,
                paid: if row.is_null(6)? { NEVER } else { day(row.str(6)?)? },
                amount: row.int(7)?,
                settled: row.int(8)?,
                status: code(PaymentStatus::ALL, &row.parsed(9)?),
                method: row.opt_parsed(10)?.map_or(0, |method| code(Method::ALL, &method) + 1),
                currency: currency(&mut columns.currencies, row, 11)?,
            };
            columns.payments.put(id, cells);
        }
        Kind::Invoice => {
            let cells = InvoiceCells {
                customer: or_none(row, 1)?,
                group: or_none(row, 2)?,
                invoiced: day(row.str(3)?)?,
                due: day(row.str(4)?)?,
                total: row.int(5)?,
                settled: row.int(6)?,
                number_year: i32::try_from(row.opt_int(7)?.unwrap_or(0)).map_err(|_| odd("a year"))?,
                number_seq: row.opt_int(8)?.unwrap_or(0),
                state: code(InvoiceState::ALL, &row.parsed(9)?),
                kind: code(InvoiceKind::ALL, &row.parsed(10)?),
                currency: currency(&mut columns.currencies, row, 11)?,
            };
            columns.invoices.put(id, cells);
        }
        Kind::Customer => {
            let cells = PersonCells {
                root: or_none(row, 1)?,
                group: or_none(row, 2)?,
                class: small(row.int(3)?)?,
                joined: day(row.str(4)?)?,
                lifetime: row.int(5)?,
                count: small(row.int(6)?)?,
                is_closed: !row.is_null(7)?,
                is_business: row.str(8)? == "business",
            };
            let known = columns.people.id.binary_search(&id).ok().map(|at| columns.people.root[at]);
            if known != Some(cells.root) {
                columns.names.forget_ranks();
            }
            columns.people.put(id, cells);
            columns.names.put(false, id, Some(row.str(9)?));
        }
        Kind::Group => columns.names.put(true, id, Some(row.str(1)?)),
    }
    Ok(())
}

/// The place of a value among all of its kind.
pub(super) fn code<T: PartialEq>(all: &[T], value: &T) -> u8 {
    all.iter().position(|one| one == value).and_then(|at| u8::try_from(at).ok()).unwrap_or(u8::MAX)
}

/// A day as its number.
pub(super) fn number(day: NaiveDate) -> i32 {
    day.num_days_from_ce()
}

/// A day as the file writes it, as its number.
pub(super) fn day(text: &str) -> Result<i32> {
    text.parse().map(number).map_err(|_| odd("a day"))
}

fn currency(known: &mut Vec<Currency>, row: &Row, at: usize) -> Result<u8> {
    let text = row.str(at)?;
    let place = if let Some(place) = known.iter().position(|one| one.code() == text) {
        place
    } else {
        known.push(Currency::new(text).map_err(|error| StoreError::broken(error.to_string()))?);
        known.len() - 1
    };
    u8::try_from(place).map_err(|_| odd("a currency"))
}

fn or_none(row: &Row, at: usize) -> Result<u32> {
    row.opt_int(at)?.map_or(Ok(0), small)
}

/// Ids are small numbers; a book that outgrew them is answered by plain SQL.
pub(super) fn small(id: i64) -> Result<u32> {
    u32::try_from(id).map_err(|_| odd("a number"))
}

fn odd(what: &str) -> StoreError {
    StoreError::broken(format!("{what} does not fit into the ledger"))
}
