//! Payments and invoices of the customer: a customer of many years has thousands, so they come page by page, as in the
//! lists.

use super::sections::{Key, Section};
use super::{Customer, rows};
use crate::services::DeskError;
use crate::services::reads::{
    InvoiceFilter, InvoiceSort, Page, PaymentFilter, PaymentRow, PaymentSort, PaymentView, invoices, invoices_count,
    payments, payments_count,
};
use crate::tui::desk::{Desk, Trouble};
use crate::tui::widgets::records::{has_more, page as page_of};
use crate::tui::widgets::table::{Row, Table, Want};

/// Rows that are kept although the table let them go.
const MOST_KNOWN: usize = 4_000;

impl Customer {
    /// Whether the open section comes page by page.
    pub(super) fn is_paged(&self) -> bool {
        match self.section() {
            Section::Payments => !self.receipts_shown,
            section => section == Section::Invoices,
        }
    }

    /// Reads the open section anew, and counts it.
    pub(super) fn load_paged(&mut self, desk: &Desk) -> Result<(), Trouble> {
        let number = self.sections.active();
        if let Some(table) = self.tables.get_mut(number) {
            table.reload();
        }
        self.fill(desk)?;
        let count: i64 = desk.read(|db| match self.section() {
            Section::Payments => payments_count(db, &self.payment_filter(), self.today),
            _ => invoices_count(db, &self.invoice_filter(), self.today),
        })?;
        self.sections.set_count(number, usize::try_from(count).unwrap_or(0));
        if let Some(table) = self.tables.get_mut(number) {
            table.set_total(u64::try_from(count).ok());
        }
        Ok(())
    }

    /// Brings the rows the table wants.
    pub(super) fn fill(&mut self, desk: &Desk) -> Result<(), Trouble> {
        if !self.is_paged() {
            return Ok(());
        }
        let number = self.sections.active();
        while let Some(want) = self.tables.get_mut(number).and_then(Table::wanted) {
            let (rows, more) = match self.section() {
                Section::Payments => self.more_payments(&want, desk)?,
                _ => self.more_invoices(&want, desk)?,
            };
            if let Some(table) = self.tables.get_mut(number) {
                table.load(&want, rows, more);
            }
        }
        self.forget_far();
        Ok(())
    }

    fn more_payments(&mut self, want: &Want<Key>, desk: &Desk) -> Result<(Vec<Row<Key>>, bool), Trouble> {
        let filter = self.payment_filter();
        let place = |key| {
            let row = self.payments.iter().find(|row| Key::Payment(row.id) == key)?;
            Some(row.cursor(filter.sort))
        };
        let page = page_of(want, place);
        let slice = desk.read(|db| payments(db, &filter, &page, self.today).map_err(DeskError::from))?;
        let more = has_more(want, &slice);
        let shown = slice.rows.iter().map(|row| rows::payment(row, self.today, self.style)).collect();
        self.payments.retain(|known| !slice.rows.iter().any(|row| row.id == known.id));
        self.payments.extend(slice.rows);
        Ok((shown, more))
    }

    fn more_invoices(&mut self, want: &Want<Key>, desk: &Desk) -> Result<(Vec<Row<Key>>, bool), Trouble> {
        let filter = self.invoice_filter();
        let place = |key| {
            let row = self.invoices.iter().find(|row| Key::Invoice(row.id) == key)?;
            Some(row.cursor(filter.sort))
        };
        let page = page_of(want, place);
        let slice = desk.read(|db| invoices(db, &filter, &page, self.today).map_err(DeskError::from))?;
        let more = has_more(want, &slice);
        let shown = slice.rows.iter().map(|row| rows::invoice(row, self.today, self.style)).collect();
        self.invoices.retain(|known| !slice.rows.iter().any(|row| row.id == known.id));
        self.invoices.extend(slice.rows);
        Ok((shown, more))
    }

    /// Lets rows go that no table holds any more.
    fn forget_far(&mut self) {
        if self.payments.len().max(self.invoices.len()) <= MOST_KNOWN {
            return;
        }
        let held: Vec<Key> =
            self.table().map(|table| table.rows().iter().map(|row| row.key).collect()).unwrap_or_default();
        match self.section() {
            Section::Payments => self.payments.retain(|row| held.contains(&Key::Payment(row.id))),
            _ => self.invoices.retain(|row| held.contains(&Key::Invoice(row.id))),
        }
    }

    /// The payments of the section, newest first.
    fn payment_filter(&self) -> PaymentFilter {
        self.payments_in(self.payments_shown, true)
    }

    fn payments_in(&self, view: PaymentView, reverse: bool) -> PaymentFilter {
        let sort = PaymentSort::Due;
        PaymentFilter { view, customer: Some(self.id), sort, reverse, ..PaymentFilter::default() }
    }

    fn invoice_filter(&self) -> InvoiceFilter {
        InvoiceFilter { customer: Some(self.id), sort: InvoiceSort::Number, ..InvoiceFilter::default() }
    }

    /// A few payments of a view: the oldest, or the newest.
    pub(super) fn few_payments(
        &self,
        view: PaymentView,
        reverse: bool,
        limit: usize,
        desk: &Desk,
    ) -> Result<Vec<PaymentRow>, Trouble> {
        let (filter, page) = (self.payments_in(view, reverse), Page::first(limit));
        let found = desk.read(|db| payments(db, &filter, &page, self.today).map_err(DeskError::from))?;
        Ok(found.rows)
    }
}
