//! What can be done with an order beside its Actions.

use crate::adapters::paper_folder;
use crate::domain::id::OrderId;
use crate::tui::desk::{Desk, Trouble, reads};
use crate::tui::paper;
use crate::tui::reply::Reply;

/// Makes the rental agreement of a confirmed order beside the book and shows it.
pub fn agreement(id: OrderId, desk: &Desk) -> Reply {
    let said = |error| Trouble::from(error).sentence().to_owned();
    let made = || {
        let order = desk.read(|db| reads::order_by_id(db, id)).map_err(said)?;
        let order = order.ok_or("The order is not in this book any more.")?;
        let paper = desk.agreement_paper(id).map_err(said)?;
        let name = format!("O-{id}");
        let path = paper_folder::keep(desk.book().path(), "agreements", order.ordered_on, &name, &paper.bytes)?;
        Ok((path, paper))
    };
    paper::shown(made())
}
