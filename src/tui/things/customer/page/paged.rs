//! Payments and invoices of the customer: a customer of many years has thousands, so they come page by page, as in the
//! lists.

use super::sections::Key;
use super::{Customer, rows};
use crate::services::DeskError;
use crate::services::reads::{
    InvoiceFilter, InvoiceSort, Page, PaymentFilter, PaymentRow, PaymentSort, PaymentView, invoices, invoices_count,
    payments, payments_count,
};
use crate::tui::desk::{Desk, Trouble};
use crate::tui::widgets::records::{has_more, page as page_of};
use crate::tui::widgets::table::{Row, Start, Want};

/// Rows that are kept although the table let them go.
const MOST_KNOWN: usize = 4_000;

impl Customer {
    pub(super) fn more_payments(&mut self, want: &Want<Key>, desk: &Desk) -> Result<(Vec<Row<Key>>, bool), Trouble> {
        let filter = self.payment_filter();
        let place = |key| {
            let row = self.payments.iter().find(|row| Key::Payment(row.id) == key)?;
            Some(row.cursor(filter.sort))
        };
        let page = page_of(want, place);
        let slice = desk.read(|db| payments(db, &filter, &page, self.today).map_err(DeskError::from))?;
        let more = has_more(want, &slice);
        let shown = slice.rows.iter().map(|row| rows::payment(row, self.today, self.style)).collect();
        keep(&mut self.payments, want, slice.rows);
        self.paged = self.counted(want, |desk| desk.read(|db| payments_count(db, &filter, self.today)), desk)?;
        Ok((shown, more))
    }

    pub(super) fn more_invoices(&mut self, want: &Want<Key>, desk: &Desk) -> Result<(Vec<Row<Key>>, bool), Trouble> {
        let filter = self.invoice_filter();
        let place = |key| {
            let row = self.invoices.iter().find(|row| Key::Invoice(row.id) == key)?;
            Some(row.cursor(filter.sort))
        };
        let page = page_of(want, place);
        let slice = desk.read(|db| invoices(db, &filter, &page, self.today).map_err(DeskError::from))?;
        let more = has_more(want, &slice);
        let shown = slice.rows.iter().map(|row| rows::invoice(row, self.today, self.style)).collect();
        keep(&mut self.invoices, want, slice.rows);
        self.paged = self.counted(want, |desk| desk.read(|db| invoices_count(db, &filter, self.today)), desk)?;
        Ok((shown, more))
    }

    /// How many there are, asked when the section is read anew.
    fn counted(
        &self,
        want: &Want<Key>,
        count: impl FnOnce(&Desk) -> Result<i64, DeskError>,
        desk: &Desk,
    ) -> Result<Option<usize>, Trouble> {
        if matches!(want.start, Start::After(_) | Start::Before(_)) {
            return Ok(self.paged);
        }
        Ok(usize::try_from(count(desk)?).ok())
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

/// Keeps the rows beside those of the table: at the far end as many go as are too many.
fn keep<T>(known: &mut Vec<T>, want: &Want<Key>, rows: Vec<T>) {
    match want.start {
        Start::After(_) => {
            known.extend(rows);
            known.drain(..known.len().saturating_sub(MOST_KNOWN));
        }
        Start::Before(_) => {
            known.splice(0..0, rows);
            known.truncate(MOST_KNOWN);
        }
        Start::First | Start::Last | Start::At(_) => *known = rows,
    }
}
