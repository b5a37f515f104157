//! What a typed text means among invoices.

use super::columns::{CUSTOMER, GROUP, ID, INVOICE, TOTAL};
use crate::store::engine::Db;
use crate::store::error::Result;
use crate::store::lists::cond::Cond;
use crate::store::lists::meant::{Meant, Named, Rows, of_groups};
use crate::store::lists::search::{Term, selected};

const ROWS: Rows = Rows { table: INVOICE, id: ID, customer: CUSTOMER, amount: Some(TOTAL) };

/// Invoices by number, by the reference of their money, by a subscription on them, by payer, by total.
pub(super) fn read(db: &Db, typed: &str) -> Result<Option<Meant>> {
    Meant::read(db, typed, ROWS, |term: &Term| {
        let own = |select: Cond| selected(ID.name(), &select);
        let ending = term.ending().map(own);
        let open = ending.clone().map(|ending| ending.and(Cond::raw(OPEN, Vec::new())));
        let mut few = term.starting();
        few.extend(term.referred().map(|select| {
            let sql = format!("SELECT y.invoice_id FROM payment y WHERE y.id IN ({})", select.sql());
            Cond::raw(sql, select.values().to_vec())
        }));
        few.extend(term.subscription().map(|id| {
            let sql = "SELECT y.invoice_id FROM payment y WHERE y.subscription_id = ? AND y.invoice_id IS NOT NULL";
            Cond::raw(sql, vec![id.into()])
        }));
        Ok(Named {
            first: term.exact().map(own).into_iter().chain(open).chain(ending).collect(),
            few: few.into_iter().map(own).collect(),
            groups: of_groups(db, term, GROUP)?,
        })
    })
}

const OPEN: &str = "i.state = 'issued' AND i.settled_minor < i.total_minor";
