//! What is asked of invoices, resolved, and its statement.

use chrono::NaiveDate;

use super::cond::{Among, Cond, On, between, is_empty};
use super::customers;
use super::meant::{self, Columns, Meant, one, with_merged};
use super::sql::{List, Sums};
use crate::domain::query::DayRange;
use crate::domain::query::invoices::{InvoiceFilter, InvoiceSort};
use crate::domain::status::{InvoiceKind, InvoiceStatus};
use crate::store::engine::Db;
use crate::store::error::Result;

/// What is added up over invoices.
pub const SUMS: Sums = Sums {
    currency: "i.currency",
    amount: "i.total_minor",
    open: "CASE WHEN i.state = 'issued' THEN i.total_minor - i.settled_minor ELSE 0 END",
};

/// What is asked of invoices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invoices {
    /// Empty: all.
    pub statuses: Vec<InvoiceStatus>,
    pub kind: Option<InvoiceKind>,
    pub invoiced: DayRange,
    pub due: DayRange,
    /// All of these.
    pub within: Vec<Among>,
    /// What a typed text means, where one is typed.
    pub meant: Option<Meant>,
    pub sort: InvoiceSort,
    pub reverse: bool,
    /// Whether few rows can be meant, whatever the book, and an index knows them.
    pub is_narrow: bool,
    pub today: NaiveDate,
}

impl Invoices {
    /// Resolves a filter; `None` where nothing can meet it.
    pub fn read(db: &Db, filter: &InvoiceFilter, today: NaiveDate) -> Result<Option<Self>> {
        // No invoice is due before its date: the schema says so, and it lets a walk by due day start late.
        let due = (filter.due.0.max(filter.invoiced.0), filter.due.1);
        if is_empty(due) || is_empty(filter.invoiced) {
            return Ok(None);
        }
        let is_all = InvoiceStatus::ALL.iter().all(|status| filter.statuses.contains(status));
        let mut within = Vec::new();
        within.extend(filter.customer.map(with_merged));
        within.extend(filter.group.map(|id| one(On::Group, id.0)));
        within.extend(filter.unsent.then(|| Among::select(On::Id, Cond::plain(UNSENT))));
        within.extend(customers::within(db, filter.segment.as_deref(), today)?);
        let typed = meant::read(db, &filter.query)?;
        let meant = typed.map(|typed| meant::of_invoices(&typed));
        Ok(Some(Self {
            statuses: if is_all { Vec::new() } else { filter.statuses.clone() },
            kind: filter.kind,
            invoiced: filter.invoiced,
            due,
            within,
            meant,
            sort: filter.sort,
            reverse: filter.reverse,
            is_narrow: filter.customer.is_some(),
            today,
        }))
    }

    /// Its statement.
    pub fn list(&self) -> List {
        let by_name = self.sort == InvoiceSort::Customer;
        let mut conds: Vec<Cond> = self.within.iter().map(|among| among.cond(column(among.on))).collect();
        conds.extend(status_in(&self.statuses, self.today));
        conds.extend(self.kind.map(|kind| Cond::plain(format!("i.kind = '{}'", kind.code()))));
        conds.extend(between("i.invoiced_on", self.invoiced));
        conds.extend(between("i.due_on", self.due));
        conds.extend(self.meant.as_ref().map(|meant| meant.cond(COLUMNS)));
        let by_due = [("i.due_on", false), ("i.id", false)];
        let order = match self.sort {
            InvoiceSort::Due => by_due.to_vec(),
            InvoiceSort::Amount => [("i.total_minor", true)].into_iter().chain(by_due).collect(),
            InvoiceSort::Customer => [(PAYER_KEY, false), (PAYER, false)].into_iter().chain(by_due).collect(),
            // Drafts first; among what has a number, neither its day nor its id decides anything.
            InvoiceSort::Number => vec![
                ("(CASE WHEN i.number IS NULL THEN 0 ELSE 1 END)", false),
                ("COALESCE(i.number_year, 0)", true),
                ("COALESCE(i.number_seq, 0)", true),
                ("i.invoiced_on", true),
                ("i.id", true),
            ],
        };
        List {
            table: "invoice i",
            from: if by_name { WITH_PAYER } else { "invoice i" },
            joined: None,
            conds,
            order,
            reverse: self.reverse,
            rank: self.meant.as_ref().map(|meant| meant.rank(COLUMNS)),
        }
    }
}

const WITH_PAYER: &str = "invoice i LEFT JOIN customer m ON m.id = i.customer_id \
     LEFT JOIN customer c ON c.id = COALESCE(m.root_id, m.id) LEFT JOIN billing_group g ON g.id = i.group_id";
const PAYER_KEY: &str = "COALESCE(c.sort_key, g.search_key)";
const PAYER: &str = "COALESCE(c.id, g.id)";

/// The column a set is about.
const fn column(on: On) -> &'static str {
    match on {
        On::Customer => "i.customer_id",
        On::Group => "i.group_id",
        On::Id | On::Invoice | On::Subscription | On::Order | On::Asset | On::Variant => "i.id",
    }
}

const COLUMNS: Columns = Columns { of: column, amount: "i.total_minor", is_open: OPEN };

/// The words of the index of open invoices.
const OPEN: &str = "i.state = 'issued' AND i.settled_minor < i.total_minor";

/// Rows of any of the statuses; `None`: of all.
fn status_in(statuses: &[InvoiceStatus], today: NaiveDate) -> Option<Cond> {
    let open = [InvoiceStatus::Unpaid, InvoiceStatus::PartiallyPaid, InvoiceStatus::Overdue];
    let rest = statuses.iter().filter(|status| !open.contains(status)).map(|status| is(*status, today));
    let asked: Vec<InvoiceStatus> = open.into_iter().filter(|status| statuses.contains(status)).collect();
    let parts = match asked.len() {
        0 => None,
        3 => Some(Cond::plain(OPEN)),
        _ => Some(Cond::any(asked.iter().map(|status| is(*status, today)))),
    };
    (!statuses.is_empty()).then(|| Cond::any(parts.into_iter().chain(rest)))
}

/// Nobody has sent them: open, with somebody to write to who wants to be written to. Who never sent an invoice is not
/// asked about any; who begins is asked about those from the first one on.
pub const UNSENT: &str = "SELECT u.id FROM invoice u LEFT JOIN customer m ON m.id = u.customer_id \
    LEFT JOIN customer r ON r.id = COALESCE(m.root_id, m.id) LEFT JOIN billing_group g ON g.id = u.group_id \
    WHERE u.state = 'issued' AND u.settled_minor < u.total_minor \
    AND u.id >= (SELECT MIN(f.invoice_id) FROM outbox_message f WHERE f.invoice_id IS NOT NULL AND f.kind = 'invoice') \
    AND CASE WHEN u.customer_id IS NULL THEN g.invoice_emails || g.email ELSE m.invoice_emails || m.email END <> '' \
    AND COALESCE(r.prefers_channel, 'email') = 'email' \
    AND NOT EXISTS (SELECT 1 FROM outbox_message o WHERE o.invoice_id = u.id AND o.kind = 'invoice' \
      AND o.state <> 'cancelled' AND o.state <> 'bounced')";

/// Of this invoice a part is given up: those are few, found by an index of what no money settled.
const GIVEN_UP: &str = "i.id IN (SELECT w.invoice_id FROM allocation a JOIN payment w ON w.id = a.payment_id \
    WHERE a.source <> 'receipt' AND a.credit_note_id IS NULL AND a.amount_minor > 0 \
    AND NOT EXISTS (SELECT 1 FROM allocation x WHERE x.reverses_id = a.id))";

/// Credit notes settled it as a whole.
const CREDITED: &str = "(i.total_minor > 0 AND i.id IN (SELECT w.invoice_id FROM allocation a \
    JOIN payment w ON w.id = a.payment_id WHERE a.source <> 'receipt' AND a.credit_note_id IS NOT NULL) \
    AND i.total_minor <= (SELECT COALESCE(SUM(a.amount_minor), 0) FROM payment w \
    JOIN allocation a ON a.payment_id = w.id WHERE w.invoice_id = i.id AND a.credit_note_id IS NOT NULL))";

const SETTLED: &str = "i.state = 'issued' AND i.settled_minor >= i.total_minor";

/// Settled invoices that are not simply paid: their ids, and what is said of them.
pub fn settled_otherwise(db: &Db) -> Result<Vec<(i64, InvoiceStatus)>> {
    let sql = format!(
        "SELECT i.id, CASE WHEN {GIVEN_UP} THEN 1 ELSE 0 END FROM invoice i WHERE {SETTLED} AND ({GIVEN_UP} OR {CREDITED})"
    );
    db.all(&sql, &[], |row| {
        Ok((row.int(0)?, if row.flag(1)? { InvoiceStatus::WrittenOff } else { InvoiceStatus::Credited }))
    })
}

/// What [`InvoiceStatus::of`] and [`InvoiceStatus::told`] say, as a condition.
fn is(status: InvoiceStatus, today: NaiveDate) -> Cond {
    let on = |sql: String| Cond::new(sql, vec![today.into()]);
    match status {
        InvoiceStatus::Draft => Cond::plain("i.state = 'draft'"),
        InvoiceStatus::InReview => Cond::plain("i.state = 'in_review'"),
        InvoiceStatus::Void => Cond::plain("i.state = 'void'"),
        InvoiceStatus::Paid => Cond::plain(format!("({SETTLED} AND NOT {GIVEN_UP} AND NOT {CREDITED})")),
        InvoiceStatus::WrittenOff => Cond::plain(format!("({SETTLED} AND {GIVEN_UP})")),
        InvoiceStatus::Credited => Cond::plain(format!("({SETTLED} AND {CREDITED} AND NOT {GIVEN_UP})")),
        InvoiceStatus::Overdue => on(format!("({OPEN} AND i.due_on < ?)")),
        InvoiceStatus::PartiallyPaid => on(format!("({OPEN} AND i.settled_minor > 0 AND i.due_on >= ?)")),
        InvoiceStatus::Unpaid => on(format!("({OPEN} AND i.settled_minor <= 0 AND i.due_on >= ?)")),
    }
}
