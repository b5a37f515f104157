//! What is read before anybody asks: the first key of a search would wait for it.

use chrono::NaiveDate;

use super::customers::{CustomerFilter, customers};
use super::invoices::{InvoiceFilter, invoices};
use super::payments::{PaymentFilter, payments};
use crate::store::engine::Db;
use crate::store::error::Result;
use crate::store::query::page::Page;
use crate::store::search_texts;

/// How many rows of each list are read.
const ROWS: usize = 100;

/// Takes the texts customers are searched by into memory, and the first rows of the lists into that of the system.
pub fn warm(db: &Db, today: NaiveDate) -> Result<()> {
    search_texts::warm(db)?;
    let page = Page::first(ROWS);
    payments(db, &PaymentFilter::default(), &page, today)?;
    customers(db, &CustomerFilter::default(), &page, today)?;
    invoices(db, &InvoiceFilter::default(), &page, today).map(drop)
}
