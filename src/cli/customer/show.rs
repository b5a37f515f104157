//! `customer show`.

use crate::cli::fault::{Fault, Result};
use crate::cli::list::View;
use crate::cli::out::{Answer, said};
use crate::cli::shapes::customer as shape;
use crate::cli::table::Table;
use crate::domain::id::CustomerId;
use crate::services::{Desk, reads};

/// The page of a customer; after an Action, what happened stands first.
///
/// # Errors
/// When there is no such customer.
pub fn shown(desk: &Desk, id: CustomerId, done: Option<&str>) -> Result<Answer> {
    let view = View::of(desk)?;
    let page = desk.read(|db| reads::customer_page(db, id, view.today))?;
    let page = page.ok_or_else(|| Fault::unknown("customer", id))?;
    let answer = Answer::new(shape::page(&page, view));
    Ok(match done {
        Some(done) => answer.with("said", said(done).into()).say(format!("Customer {id}. {}", said(done))),
        None => answer.table(Table::fields(&shape::fields(&page, view))),
    })
}
