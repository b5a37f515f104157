//! Columns and cells of a table from what a thing shows.

use super::columns::{Column, Width};
use super::{Cell, Place};
use crate::shown::column::{Column as Shown, Listed};
use crate::shown::view::View;
use crate::tui::format::Align;

fn placed<R: Listed>(places: &[Place]) -> impl Iterator<Item = (&'static Shown<R>, &Place)> {
    places.iter().filter_map(|place| Some((R::column(place.key)?, place)))
}

/// The columns at these places, with the mark of the order: its code, and whether it is turned round.
pub fn columns<R: Listed>(places: &[Place], order: Option<(&str, bool)>) -> Vec<Column> {
    let column = |(column, place): (&Shown<R>, &Place)| {
        let falls = order.and_then(|(code, is_turned)| {
            column.sort.filter(|(own, _)| *own == code).map(|(_, falls)| falls != is_turned)
        });
        Column {
            title: column.head,
            width: place.cells.map_or(column.width, Width::Exact),
            align: if column.is_number { Align::Right } else { Align::Left },
            priority: place.weight,
            order: falls.map(|falls| if falls { '^' } else { 'v' }),
        }
    };
    placed::<R>(places).map(column).collect()
}

/// The cells of a row at these places.
pub fn cells<R: Listed>(row: &R, places: &[Place], view: View) -> Vec<Cell> {
    placed::<R>(places).map(|(column, _)| column.on_screen(row, view).into()).collect()
}

/// The code of the order the column with this head stands for.
pub fn sort_of<R: Listed>(head: &str, places: &[Place]) -> Option<&'static str> {
    let (column, _) = placed::<R>(places).find(|(column, _)| column.head == head)?;
    column.sort.map(|(code, _)| code)
}
