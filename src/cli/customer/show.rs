//! `customer show`.

use crate::cli::fault::{Fault, Result};
use crate::cli::list::View;
use crate::cli::out::{Answer, said};
use crate::cli::shapes::customer as shape;
use crate::cli::table::Table;
use crate::domain::id::CustomerId;
use crate::services::reads::UpgradeRow;
use crate::services::{Desk, Done, reads};

/// The page of a customer; after an Action, what happened stands first.
pub fn shown(desk: &Desk, id: CustomerId, done: Option<&Done>) -> Result<Answer> {
    let view = View::of(desk)?;
    let page = desk.read(|db| reads::customer_page(db, id, view.today))?;
    let page = page.ok_or_else(|| Fault::unknown("customer", id))?;
    let upgrades = desk.read(|db| reads::customer_upgrades(db, id))?;
    let answer = Answer::new(shape::page(&page, view)).with("upgrades", upgrades.iter().map(shape::upgrade).collect());
    if let Some(done) = done {
        return Ok(answer.with("said", said(done).into()).say(format!("Customer {id}. {}", said(done))));
    }
    let mut fields = shape::fields(&page, view);
    fields.extend(upgrades.iter().map(|row| ("Upgraded", upgraded(row, view))));
    Ok(answer.table(Table::fields(&fields)))
}

/// An upgrade in words: what became what, and when.
fn upgraded(row: &UpgradeRow, view: View) -> String {
    format!(
        "{} from {} ({}) to {} ({})",
        view.day(row.on),
        row.from_product,
        row.from.shown(),
        row.to_product,
        row.to.shown()
    )
}
