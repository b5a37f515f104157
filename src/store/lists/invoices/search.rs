//! What a typed text means among invoices.

use super::columns::{CUSTOMER, GROUP, ID, INVOICE, TOTAL};
use crate::store::engine::Db;
use crate::store::error::Result;
use crate::store::lists::cond::Cond;
use crate::store::lists::meant::{Meant, Rows, of_groups};
use crate::store::lists::search::{Term, selected};

const ROWS: Rows = Rows { table: INVOICE, id: ID, customer: CUSTOMER, amount: Some(TOTAL) };

/// Invoices by number, by the reference of their money, by a subscription on them, by payer, by total.
pub(super) fn read(db: &Db, typed: &str) -> Result<Option<Meant>> {
    Meant::read(db, typed, ROWS, |term: &Term| {
        let mut selects = term.invoices();
        selects.extend(term.referred().map(|select| {
            let sql = format!("SELECT y.invoice_id FROM payment y WHERE y.id IN ({})", select.sql());
            Cond::raw(sql, select.values().to_vec())
        }));
        selects.extend(term.subscription().map(|id| {
            let sql = "SELECT y.invoice_id FROM payment y WHERE y.subscription_id = ? AND y.invoice_id IS NOT NULL";
            Cond::raw(sql, vec![id.into()])
        }));
        let named = selects.iter().map(|select| selected(ID.name(), select));
        Ok(named.chain(of_groups(db, term, GROUP)?).collect())
    })
}
