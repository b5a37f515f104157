//! What a list shows as a table for a spreadsheet, beside the book, written on a thread of its own.

use super::{List, Look};
use crate::adapters::paper_folder;
use crate::services::reads::Page;
use crate::shown::csv::{self, Csv, Dialect};
use crate::tui::desk::{Desk, DeskError, Trouble};
use crate::tui::jobs::{Outcome, Pace};
use crate::tui::reply::Reply;
use crate::tui::{path, upkeep};

/// Rows read at once.
const PAGE: usize = 5_000;

/// Writes all rows that are asked for; `total` is how many there are, where that is known.
pub fn write<L: List>(query: &L::Query, total: Option<i64>, desk: &Desk) -> Reply {
    let (query, total) = (query.clone(), total.map_or(0, i64::unsigned_abs));
    upkeep::beside(desk, "Writing the list", move |own, pace| {
        let told = |error: DeskError| Trouble::from(error).sentence().to_owned();
        let (count, bytes) = rows::<L>(own, &query, (pace, total)).map_err(told)??;
        let name = format!("{}s-{}", L::ONE.replace(' ', "-"), own.today());
        let file = paper_folder::keep_as(own.book().path(), "exports", own.today(), (&name, "csv"), &bytes)?;
        Ok(Outcome::said(csv::written(count, L::ONE, &path::shown(&file))))
    })
}

type Written = Result<(usize, Vec<u8>), String>;

fn rows<L: List>(desk: &Desk, query: &L::Query, (pace, total): (&Pace, u64)) -> Result<Written, DeskError> {
    let view = Look::of(desk).view();
    let broken = |error: std::io::Error| format!("The table could not be written: {error}.");
    let mut table = match Csv::new(Vec::new(), Dialect::of(view.style), L::keys(query)) {
        Ok(table) => table,
        Err(error) => return Ok(Err(broken(error))),
    };
    let (mut count, mut wanted) = (0, Page::first(PAGE));
    loop {
        let slice = L::read(desk, query, &wanted)?;
        for row in &slice.rows {
            if let Err(error) = table.row(&L::values(row, view)) {
                return Ok(Err(broken(error)));
            }
        }
        count += slice.rows.len();
        if !pace.step(count as u64, total) {
            return Ok(Err("Stopped on request: no file was written.".to_owned()));
        }
        match slice.rows.last() {
            Some(last) if slice.more_after => wanted = Page::after(L::cursor(last, query), PAGE),
            _ => break,
        }
    }
    Ok(table.done().map(|bytes| (count, bytes)).map_err(broken))
}
