//! Everything held on a customer as a table: one fact a line.

use std::io;

use super::cell::Cell;
use super::csv::{self, Dialect};
use crate::services::dossier::{Fact, Known};

/// The table as a file.
pub fn table(facts: Vec<Fact>, dialect: Dialect) -> io::Result<Vec<u8>> {
    let rows = facts
        .into_iter()
        .map(|fact| vec![Cell::text(fact.section), Cell::Count(fact.row), Cell::Text(fact.field), cell(fact.value)]);
    csv::bytes(dialect, ["section", "row", "field", "value"], rows)
}

fn cell(known: Known) -> Cell {
    match known {
        Known::Nothing => Cell::Nothing,
        Known::Number(number) => Cell::Count(number),
        Known::Amount(money) => Cell::Money(money),
        Known::Flag(is_so) => Cell::Flag(is_so),
        Known::Text(text) => Cell::Text(text),
    }
}
