//! The receipts of the customer, in the place of its payments.

use super::sections::Key;
use super::{Customer, rows};
use crate::services::reads::{ReceiptRow, customer_receipts};
use crate::tui::desk::{Desk, Payer, Trouble};
use crate::tui::page::record::{Parts, Record, Spot};
use crate::tui::things::receipt::deeds::ThisReceipt;
use crate::tui::widgets::table::{Row, Table};

impl Customer {
    /// Shows receipts in the section of the payments, or payments again.
    pub(super) fn show_receipts(&mut self, shown: bool, parts: &mut Parts<Key>) {
        if self.receipts_shown == shown {
            return;
        }
        self.receipts_shown = shown;
        let columns = self.columns(parts.sections.active());
        if let Some(table) = parts.open_mut() {
            *table = Table::new(columns);
        }
    }

    pub(super) fn read_receipts(&mut self, limit: usize, desk: &Desk) -> Result<Vec<Row<Key>>, Trouble> {
        self.receipts = desk.read(|db| customer_receipts(db, self.id, limit))?;
        Ok(self.receipts.iter().map(|row| rows::receipt(row, self.style)).collect())
    }

    /// The receipt under the cursor.
    pub(super) fn receipt(&self, at: Spot<Key>) -> Option<&ReceiptRow> {
        let Some(Key::Receipt(id)) = at.key else { return None };
        self.receipts.iter().find(|row| row.id == id)
    }

    /// What can be done with it.
    pub(super) fn this_receipt(&self, at: Spot<Key>) -> Option<ThisReceipt> {
        let (row, page) = (self.receipt(at)?, self.page.as_deref()?);
        Some(ThisReceipt {
            id: row.id,
            number: row.number.clone(),
            method: row.method,
            state: row.state,
            has_credit: !row.credit.is_zero(),
            payer: Payer::Customer(self.id),
            payer_name: page.row.name.clone(),
        })
    }
}
