//! The list of orders, newest first.

use super::deeds::{DEEDS, ThisOrder};
use crate::domain::id::OrderId;
use crate::domain::status::OrderStatus;
use crate::shown::cell::Cell as Value;
use crate::shown::column::Listed as _;
use crate::shown::columns::order::LIST;
use crate::shown::view::View;
use crate::tui::command::Command;
use crate::tui::desk::reads::{Cursor, OrderFilter, OrderRow, Page, Slice, Totals, orders, orders_count};
use crate::tui::desk::{Desk, DeskError};
use crate::tui::page::deed::{self, Menu};
use crate::tui::page::list::{At, List, Look, Picked, Turn};
use crate::tui::place::Place;
use crate::tui::reply::Reply;
use crate::tui::widgets::strip::Detail;
use crate::tui::widgets::table::{Column, Row, listed};
use crate::tui::words;

/// The list of orders.
#[derive(Debug, Default)]
pub struct Orders;

impl List for Orders {
    type Key = OrderId;
    type Row = OrderRow;
    type Query = OrderFilter;

    const VIEWS: &'static [(&'static str, &'static str)] =
        &[("All", "all"), ("Drafts", "drafts"), ("Confirmed", "confirmed"), ("Cancelled", "cancelled")];
    const ONE: &'static str = "order";
    const NO_ROW: &'static str = "There is no order under the cursor. F6 takes a new one.";
    const KEYS: &'static [Command] = &[Command::Main, Command::Print];
    const OWN: &'static [Command] = &[Command::New];
    const TAKES_MARKS: bool = false;

    fn query(&self, view: usize, text: &str) -> OrderFilter {
        let status = match view {
            1 => Some(OrderStatus::Draft),
            2 => Some(OrderStatus::Confirmed),
            3 => Some(OrderStatus::Cancelled),
            _ => None,
        };
        OrderFilter { query: text.to_owned(), status, ..OrderFilter::default() }
    }

    fn columns(_query: &OrderFilter) -> Vec<Column> {
        listed::columns::<OrderRow>(LIST, Some(("ordered", false)))
    }

    fn read(desk: &Desk, query: &OrderFilter, page: &Page) -> Result<Slice<OrderRow>, DeskError> {
        desk.read(|db| orders(db, query, page))
    }

    fn count(desk: &Desk, query: &OrderFilter) -> Result<Totals, DeskError> {
        let count = desk.read(|db| orders_count(db, query).map_err(DeskError::from))?;
        Ok(Totals { count, ..Totals::default() })
    }

    fn key(row: &OrderRow) -> OrderId {
        row.id
    }

    fn cursor(row: &OrderRow, _query: &OrderFilter) -> Cursor {
        row.cursor()
    }

    fn row(row: &OrderRow, _query: &OrderFilter, look: Look) -> Row<OrderId> {
        Row { key: row.id, cells: listed::cells(row, LIST, look.view()), worth: None }
    }

    fn keys(_query: &Self::Query) -> Vec<&'static str> {
        OrderRow::keys().collect()
    }

    fn values(row: &OrderRow, view: View) -> Vec<Value> {
        row.values(view)
    }

    fn title(row: &OrderRow) -> String {
        format!("O-{}  {}", row.id, row.customer_name)
    }

    fn details(row: &OrderRow, look: Look, _desk: &Desk) -> Result<Vec<Detail>, DeskError> {
        let detail = |name: &str, value: String| (name.to_owned(), value);
        Ok(vec![
            detail("", row.items.clone()),
            detail("Ordered", look.style.long_date(row.ordered_on)),
            detail("Units", row.unit_count.to_string()),
            detail("As priced", words::money(look.style, row.total)),
        ])
    }

    fn menu(picked: &Picked<'_, Self>) -> Box<dyn Menu> {
        deed::menu(DEEDS, ThisOrder::new(picked.row))
    }

    fn empty(&self, query: &OrderFilter, _view: &'static str, text: &str) -> String {
        match (text, query.status) {
            ("", Some(OrderStatus::Draft)) => "There are no drafts. F6 takes an order.".to_owned(),
            ("", Some(_)) => "No such order. Left and Right change the view.".to_owned(),
            ("", None) => "There are no orders yet. F6 takes the first one.".to_owned(),
            (typed, _) => format!("No order matches \"{typed}\". Esc clears the text, Right looks in other views."),
        }
    }

    fn hint(_query: &OrderFilter, _marked: usize) -> &'static str {
        "Type a customer or a number; Enter opens the order."
    }

    fn crumbs(&self) -> Vec<String> {
        vec!["Orders".to_owned()]
    }

    fn word(&self, command: Command, _query: &OrderFilter) -> Option<&'static str> {
        match command {
            Command::Main => Some("Confirm"),
            Command::Print => Some("Agreement"),
            Command::New => Some("New order"),
            _ => None,
        }
    }

    fn own(&mut self, _command: Command, _at: &At<'_, Self>, _desk: &Desk) -> Turn {
        Turn::Do(Reply::Go(Place::NewOrder(None)))
    }

    fn copied(row: &OrderRow) -> Option<String> {
        Some(format!("O-{}", row.id))
    }
}
