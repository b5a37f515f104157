//! What is open on issued invoices, kept beside the book while it is made, so that nothing is read back.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::domain::id::InvoiceId;
use crate::services::Payer;

/// An invoice with something open.
#[derive(Clone, Copy)]
pub(super) struct Owing {
    pub payer: Payer,
    pub due_on: NaiveDate,
    pub total: i64,
    pub open: i64,
    /// On its way or failed.
    pub is_touched: bool,
}

/// Every invoice with something open.
#[derive(Default)]
pub(super) struct OpenMoney {
    invoices: HashMap<InvoiceId, Owing>,
    payers: HashMap<Payer, Vec<InvoiceId>>,
}

impl OpenMoney {
    /// An invoice is issued.
    pub fn issued(&mut self, id: InvoiceId, owing: Owing) {
        self.invoices.insert(id, owing);
        self.payers.entry(owing.payer).or_default().push(id);
    }

    /// The invoice, while something is open on it.
    pub fn get(&self, id: InvoiceId) -> Option<Owing> {
        self.invoices.get(&id).copied()
    }

    /// The open invoices of a payer, as they were issued.
    pub fn of(&self, payer: Payer) -> Vec<InvoiceId> {
        self.payers.get(&payer).cloned().unwrap_or_default()
    }

    /// All open invoices, as they were issued.
    pub fn all(&self) -> Vec<(InvoiceId, Owing)> {
        let mut all: Vec<_> = self.invoices.iter().map(|(id, owing)| (*id, *owing)).collect();
        all.sort_unstable_by_key(|(id, _)| *id);
        all
    }

    /// Money is on its way or failed.
    pub fn touch(&mut self, id: InvoiceId) {
        if let Some(owing) = self.invoices.get_mut(&id) {
            owing.is_touched = true;
        }
    }

    /// So much is paid of it.
    pub fn pay(&mut self, id: InvoiceId, minor: i64) {
        if let Some(owing) = self.invoices.get_mut(&id) {
            owing.open -= minor;
            if owing.open <= 0 {
                self.close(id);
            }
        }
    }

    /// It is paid or void.
    pub fn close(&mut self, id: InvoiceId) {
        let Some(owing) = self.invoices.remove(&id) else { return };
        if let Some(ids) = self.payers.get_mut(&owing.payer) {
            ids.retain(|other| *other != id);
        }
    }
}
