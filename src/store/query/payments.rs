//! What is asked of payments, resolved, and its statement.

use chrono::NaiveDate;

use super::cond::{Among, Cond, On, between, is_empty, listed};
use super::customers;
use super::meant::{self, Columns, Meant, one, with_merged};
use super::sql::{List, Sums};
use crate::domain::method::Method;
use crate::domain::query::DayRange;
use crate::domain::query::payments::{OPEN, PaymentFilter, PaymentSort, PaymentView};
use crate::domain::status::{PaymentStanding, PaymentStatus};
use crate::store::engine::Db;
use crate::store::error::Result;

/// What is added up over payments.
pub const SUMS: Sums = Sums {
    currency: "p.currency",
    amount: "p.amount_minor",
    open: "CASE WHEN p.status <> 'paid' AND p.status <> 'cancelled' THEN p.amount_minor - p.settled_minor ELSE 0 END",
};

/// What is asked of payments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payments {
    pub statuses: Vec<PaymentStanding>,
    pub due: DayRange,
    pub paid: DayRange,
    pub method: Option<Method>,
    /// All of these.
    pub within: Vec<Among>,
    /// What a typed text means, where one is typed.
    pub meant: Option<Meant>,
    pub sort: PaymentSort,
    pub reverse: bool,
    /// Only what stands on an invoice: nobody is late with what nobody asked for.
    pub invoiced: bool,
    /// Whether few rows can be meant, whatever the book, and an index knows them.
    pub is_narrow: bool,
}

impl Payments {
    /// Resolves a filter; `None` where nothing can meet it.
    pub fn read(db: &Db, filter: &PaymentFilter, today: NaiveDate) -> Result<Option<Self>> {
        let (statuses, due) = (filter.asked_statuses(), filter.asked_due(today));
        if statuses.is_empty() || is_empty(due) {
            return Ok(None);
        }
        let mut within = Vec::new();
        within.extend(filter.customer.map(with_merged));
        within.extend(filter.subscription.map(|id| one(On::Subscription, id.0)));
        within.extend(filter.group.map(|id| one(On::Group, id.0)));
        if filter.disputed {
            within.push(Among::select(
                On::Id,
                Cond::plain("SELECT d.payment_id FROM dispute d WHERE d.closed_on IS NULL"),
            ));
        }
        within.extend(customers::within(db, filter.segment.as_deref(), today)?);
        let typed = meant::read(db, &filter.query)?;
        let meant = typed.map(|typed| meant::of_payments(&typed));
        let (paid, method, sort, reverse) = (filter.paid, filter.method, filter.sort, filter.reverse);
        let is_narrow = filter.customer.is_some() || filter.subscription.is_some() || filter.disputed;
        let invoiced = filter.view == PaymentView::Overdue;
        Ok(Some(Self { statuses, due, paid, method, within, meant, sort, reverse, invoiced, is_narrow }))
    }

    /// A set as a condition on payments.
    pub fn cond(among: &Among) -> Cond {
        among.cond(column(among.on))
    }

    /// Its statement.
    pub fn list(&self) -> List {
        let by_name = self.sort == PaymentSort::Customer;
        let mut conds: Vec<Cond> = self.within.iter().map(Self::cond).collect();
        conds.extend(status_in(&self.statuses));
        conds.extend(self.invoiced.then(|| Cond::plain("p.invoice_id IS NOT NULL")));
        conds.extend(between("p.due_on", self.due));
        conds.extend(between("p.paid_on", self.paid));
        conds.extend(self.method.map(|method| Cond::new("p.method = ?", vec![method.code().into()])));
        conds.extend(self.meant.as_ref().map(|meant| meant.cond(COLUMNS)));
        let order = match self.sort {
            PaymentSort::Due => vec![],
            PaymentSort::Amount => vec![("p.amount_minor", true)],
            PaymentSort::Customer => vec![("c.sort_key", false), ("c.id", false)],
            PaymentSort::Status => vec![(RANK, false)],
            PaymentSort::Paid => vec![("COALESCE(p.paid_on, '')", true)],
        };
        List {
            table: "payment p",
            from: if by_name { BY_NAME } else { "payment p" },
            joined: by_name.then_some(OF_NAME),
            conds,
            order: order.into_iter().chain([("p.due_on", false), ("p.id", false)]).collect(),
            reverse: self.reverse,
            rank: self.meant.as_ref().map(|meant| meant.rank(COLUMNS)),
        }
    }
}

/// Customers in the order of their names, of each its payments and those of who was merged into it: nothing is sorted but
/// what one customer has.
const BY_NAME: &str = "customer c CROSS JOIN customer m CROSS JOIN payment p";
const OF_NAME: &str = "c.root_id IS NULL AND (m.id = c.id OR m.root_id = c.id) AND p.customer_id = m.id";

/// What [`crate::domain::query::payments::rank`] says.
const RANK: &str =
    "(CASE p.status WHEN 'failed' THEN 0 WHEN 'processing' THEN 1 WHEN 'pending' THEN 2 WHEN 'paid' THEN 3 ELSE 4 END)";

/// The column a set is about.
const fn column(on: On) -> &'static str {
    match on {
        On::Customer => "p.customer_id",
        On::Group => "p.group_id",
        On::Invoice => "p.invoice_id",
        On::Subscription => "p.subscription_id",
        On::Id | On::Order | On::Asset | On::Variant => "p.id",
    }
}

const COLUMNS: Columns =
    Columns { of: column, amount: "p.amount_minor", is_open: "p.status <> 'paid' AND p.status <> 'cancelled'" };

/// Something but money settled a part of it: those are few, and an index has them. Only for these are sums made.
const NOT_BY_MONEY: &str = "p.id IN (SELECT n.payment_id FROM allocation n WHERE n.source <> 'receipt')";

/// What of it was given up, where the number of a credit note is `NULL`, or credited, where it is `NOT NULL`.
fn settled_by(note: &str) -> String {
    format!(
        "(SELECT COALESCE(SUM(a.amount_minor), 0) FROM allocation a WHERE a.payment_id = p.id AND a.source <> 'receipt' \
         AND a.credit_note_id IS {note})"
    )
}

/// A part of it is given up.
fn given_up() -> String {
    format!("({NOT_BY_MONEY} AND {} > 0)", settled_by("NULL"))
}

/// Credit notes settled it as a whole.
fn credited() -> String {
    format!("({NOT_BY_MONEY} AND p.amount_minor > 0 AND {} >= p.amount_minor)", settled_by("NOT NULL"))
}

/// Settled payments that are not simply paid: their ids, and where they stand.
pub fn settled_otherwise(db: &Db) -> Result<Vec<(i64, PaymentStanding)>> {
    let (given_up, credited) = (given_up(), credited());
    let sql = format!(
        "SELECT p.id, CASE WHEN {given_up} THEN 1 ELSE 0 END FROM payment p \
         WHERE {NOT_BY_MONEY} AND p.status = 'paid' AND ({given_up} OR {credited})"
    );
    db.all(&sql, &[], |row| {
        Ok((row.int(0)?, if row.flag(1)? { PaymentStanding::WrittenOff } else { PaymentStanding::Credited }))
    })
}

/// Whether sums have to tell which of the settled ones are asked for.
pub fn tells_settled_apart(asked: &[PaymentStanding]) -> bool {
    let count = PaymentStanding::SETTLED.iter().filter(|standing| asked.contains(standing)).count();
    count != 0 && count != PaymentStanding::SETTLED.len()
}

/// Literal words, as the indexes of some statuses only want them.
fn status_in(asked: &[PaymentStanding]) -> Option<Cond> {
    let mut statuses: Vec<PaymentStatus> = asked.iter().map(|standing| standing.status()).collect();
    statuses.sort_unstable();
    statuses.dedup();
    let is_open = |status: &PaymentStatus| status.is_open();
    let stored = match statuses.as_slice() {
        _ if statuses.len() == PaymentStatus::ALL.len() => None,
        _ if statuses.len() == OPEN.len() && statuses.iter().all(is_open) => {
            Some(Cond::plain("p.status <> 'paid' AND p.status <> 'cancelled'"))
        }
        [one] => Some(Cond::plain(format!("p.status = '{}'", one.code()))),
        _ => Some(listed("p.status", statuses.iter().map(|status| status.code()))),
    };
    let apart = tells_settled_apart(asked).then(|| {
        let (given_up, credited) = (given_up(), credited());
        let is_left_out = |standing: &&PaymentStanding| !asked.contains(standing);
        let left_out = PaymentStanding::SETTLED.iter().filter(is_left_out).map(|standing| match standing {
            PaymentStanding::WrittenOff => format!("(p.status <> 'paid' OR NOT {given_up})"),
            PaymentStanding::Credited => format!("(p.status <> 'paid' OR {given_up} OR NOT {credited})"),
            _ => format!("(p.status <> 'paid' OR {given_up} OR {credited})"),
        });
        Cond::plain(left_out.collect::<Vec<_>>().join(" AND "))
    });
    match (stored, apart) {
        (Some(stored), Some(apart)) => Some(Cond::all([stored, apart])),
        (stored, apart) => stored.or(apart),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::query::payments::rank;

    #[test]
    fn the_statement_ranks_statuses_as_the_domain_does() {
        let book = crate::store::Book::in_memory().unwrap();
        for status in PaymentStatus::ALL {
            let sql = format!("SELECT {}", RANK.replace("p.status", "?1"));
            let found = book.read(|db| db.one(&sql, &[status.code().into()], |row| row.int(0)));
            assert_eq!(found.unwrap(), Some(rank(*status)), "{status:?}");
        }
    }
}
