//! What the rows behind a figure are called.

use std::collections::HashMap;

use super::behind::{Counted, Thing};
use crate::store::engine::Db;
use crate::store::error::Result;
use crate::store::lists::invoices::invoices_by_id;
use crate::store::lists::payments::payments_by_id;
use crate::store::lists::subscriptions::subscriptions_by_id;
use crate::store::receipt_page;

/// What each row is called: its number and whose it is.
pub fn named(db: &Db, rows: &[Counted]) -> Result<HashMap<Thing, String>> {
    let mut names = HashMap::new();
    let (mut payments, mut invoices, mut subscriptions) = (Vec::new(), Vec::new(), Vec::new());
    for row in rows {
        match row.thing {
            Thing::Payment(id) => payments.push(id),
            Thing::Invoice(id) => invoices.push(id),
            Thing::Subscription(id) => subscriptions.push(id),
            Thing::Receipt(id) => {
                let head = receipt_page::head(db, id)?;
                names.insert(row.thing, head.map(|head| head.number).unwrap_or_default());
            }
        }
    }
    for row in payments_by_id(db, &payments)? {
        let number = row.invoice_number.clone().unwrap_or_else(|| format!("P-{}", row.id));
        names.insert(Thing::Payment(row.id), format!("{number}  {}", row.customer_name));
    }
    for row in invoices_by_id(db, &invoices)? {
        let number = row.number.clone().unwrap_or_default();
        names.insert(Thing::Invoice(row.id), format!("{number}  {}", row.payer_name));
    }
    let today = rows.first().map(|row| row.on).unwrap_or_default();
    for row in subscriptions_by_id(db, &subscriptions, today)? {
        names
            .insert(Thing::Subscription(row.id), format!("{}  {}, {}", row.id.shown(), row.customer_name, row.product));
    }
    Ok(names)
}
