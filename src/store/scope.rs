//! Whose rows somebody may see: a part of every statement that reads for others than the shop.

use super::billing::Payer;
use super::customer;
use super::engine::{Db, Value};
use super::error::Result;
use super::query::cond::{Among, Cond, On};
use crate::domain::id::InvoiceId;

/// Whose rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Of the whole book: the shop's own people.
    All,
    /// Of one payer: a customer as it reads now, with those merged into it, or a billing group.
    Payer(Payer),
    /// Of one invoice.
    Invoice(InvoiceId),
}

/// What is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Read {
    Payments,
    Invoices,
    Receipts,
    Subscriptions,
}

impl Scope {
    /// What a payer may see, as the book stands at this moment: a merge counts from the next request on.
    pub fn of(db: &Db, payer: Payer) -> Result<Self> {
        Ok(Self::Payer(match payer {
            Payer::Customer(id) => Payer::Customer(customer::root(db, id)?),
            group @ Payer::Group(_) => group,
        }))
    }

    /// Whether it takes in what this payer has.
    pub fn has(self, db: &Db, payer: Payer) -> Result<bool> {
        Ok(match self {
            Self::All => true,
            Self::Payer(_) => Self::of(db, payer)? == self,
            Self::Invoice(_) => false,
        })
    }

    /// The ids of the rows that may be seen; `None`: of all of them. What a member of a group owes with it is the group's.
    pub(in crate::store) fn ids(self, what: Read) -> Option<Cond> {
        let (sql, value): (&str, Value) = match (self, what) {
            (Self::All, _) => return None,
            (Self::Payer(Payer::Customer(id)), Read::Payments) => (OWN_PAYMENTS, id.into()),
            (Self::Payer(Payer::Customer(id)), Read::Invoices) => (OWN_INVOICES, id.into()),
            (Self::Payer(Payer::Customer(id)), Read::Receipts) => (OWN_RECEIPTS, id.into()),
            (Self::Payer(Payer::Customer(id)), Read::Subscriptions) => (OWN_SUBSCRIPTIONS, id.into()),
            (Self::Payer(Payer::Group(id)), Read::Payments) => {
                ("SELECT x.id FROM payment x WHERE x.group_id = ?", id.into())
            }
            (Self::Payer(Payer::Group(id)), Read::Invoices) => {
                ("SELECT x.id FROM invoice x WHERE x.group_id = ? AND x.state IN ('issued', 'void')", id.into())
            }
            (Self::Payer(Payer::Group(id)), Read::Receipts) => {
                ("SELECT x.id FROM receipt x WHERE x.group_id = ?", id.into())
            }
            (Self::Payer(Payer::Group(id)), Read::Subscriptions) => (
                "SELECT x.id FROM customer m CROSS JOIN subscription x WHERE m.group_id = ? AND x.customer_id = m.id",
                id.into(),
            ),
            (Self::Invoice(id), Read::Payments) => ("SELECT x.id FROM payment x WHERE x.invoice_id = ?", id.into()),
            (Self::Invoice(id), Read::Invoices) => {
                ("SELECT x.id FROM invoice x WHERE x.id = ? AND x.state IN ('issued', 'void')", id.into())
            }
            // A link is about one paper, not about who paid or what is rented.
            (Self::Invoice(_), Read::Receipts | Read::Subscriptions) => {
                return Some(Cond::plain("SELECT x.id FROM receipt x WHERE 1 = 0"));
            }
        };
        let values = vec![value; sql.matches('?').count()];
        Some(Cond::new(sql, values))
    }

    /// The same as a set that a list is narrowed to.
    pub(in crate::store) fn among(self, what: Read) -> Option<Among> {
        self.ids(what).map(|ids| Among::select(On::Id, ids))
    }
}

const OWN_PAYMENTS: &str = "SELECT x.id FROM customer m CROSS JOIN payment x WHERE (m.id = ? OR m.root_id = ?) \
    AND x.customer_id = m.id AND x.group_id IS NULL";
const OWN_INVOICES: &str = "SELECT x.id FROM customer m CROSS JOIN invoice x WHERE (m.id = ? OR m.root_id = ?) \
    AND x.customer_id = m.id AND x.group_id IS NULL AND x.state IN ('issued', 'void')";
const OWN_RECEIPTS: &str = "SELECT x.id FROM customer m CROSS JOIN receipt x WHERE (m.id = ? OR m.root_id = ?) \
    AND x.customer_id = m.id AND x.group_id IS NULL";
const OWN_SUBSCRIPTIONS: &str = "SELECT x.id FROM customer m CROSS JOIN subscription x WHERE (m.id = ? OR m.root_id = ?) \
    AND x.customer_id = m.id";
