//! The list of customers as a table for a spreadsheet.

use super::csv_file::{self, Cell};
use crate::services::reads::{CustomerFilter, CustomerRow, customer_ids, customers_by_id};
use crate::services::{Desk, DeskError, Refusal};

/// Customers read at once.
const PAGE: usize = 500;

const HEAD: [&str; 15] = [
    "id",
    "name",
    "kind",
    "company",
    "email",
    "phone",
    "group",
    "joined_on",
    "closed_on",
    "active_subscriptions",
    "subscriptions",
    "lifetime_value",
    "outstanding",
    "credit",
    "currency",
];

/// All customers the filter has, in its order: how many, and the bytes. `go_on` hears how many are read and says
/// whether to read more.
pub fn table(
    desk: &Desk,
    filter: &CustomerFilter,
    go_on: &mut dyn FnMut(usize) -> bool,
) -> Result<(usize, Vec<u8>), DeskError> {
    let mut rows = Vec::new();
    let ids = desk.read(|db| customer_ids(db, filter, desk.today()).map_err(DeskError::from))?;
    for part in ids.chunks(PAGE) {
        let found = desk.read(|db| customers_by_id(db, part, desk.today()).map_err(DeskError::from))?;
        rows.extend(found.iter().map(cells));
        if !go_on(rows.len()) {
            return Err(Refusal::new("stopped", "stopped on request: no file was written").into());
        }
    }
    let count = rows.len();
    Ok((count, csv_file::bytes(&HEAD, rows)))
}

fn cells(row: &CustomerRow) -> Vec<Cell> {
    let text = |text: &str| Cell::Text(text.to_owned());
    let plain = |value: &dyn ToString| Cell::Plain(value.to_string());
    vec![
        plain(&row.id),
        text(&row.name),
        text(row.kind.code()),
        text(&row.company),
        text(&row.email),
        text(&row.phone),
        text(row.group_name.as_deref().unwrap_or_default()),
        plain(&row.joined_on),
        Cell::Plain(row.closed_on.map(|day| day.to_string()).unwrap_or_default()),
        plain(&row.active_subscriptions),
        plain(&row.subscriptions),
        plain(&row.lifetime_value),
        plain(&row.outstanding),
        plain(&row.credit),
        text(row.lifetime_value.currency().code()),
    ]
}
