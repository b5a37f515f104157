//! The list of subscriptions: what runs, what is paused, what is over.

use super::deeds::{LISTED_DEEDS, ListedSubscription};
use crate::domain::id::SubscriptionId;
use crate::domain::status::SubscriptionStatus;
use crate::shown::cell::Cell as Value;
use crate::shown::column::Listed as _;
use crate::shown::columns::subscription::LIST;
use crate::shown::view::View;
use crate::tui::command::Command;
use crate::tui::desk::reads::{
    Cursor, Page, Slice, SubscriptionFilter, SubscriptionRow, SubscriptionSort, Totals, subscriptions,
    subscriptions_count,
};
use crate::tui::desk::{Desk, DeskError};
use crate::tui::page::deed::{self, Menu};
use crate::tui::page::list::{At, List, Look, Picked, Turn};
use crate::tui::place::Place;
use crate::tui::reply::Reply;
use crate::tui::widgets::strip::Detail;
use crate::tui::widgets::table::{Column, Row, listed};
use crate::tui::words;

/// The list of subscriptions.
#[derive(Debug, Default)]
pub struct Subscriptions {
    /// What ends first stands first.
    is_by_end: bool,
}

impl List for Subscriptions {
    type Key = SubscriptionId;
    type Row = SubscriptionRow;
    type Query = SubscriptionFilter;

    const VIEWS: &'static [(&'static str, &'static str)] = &[
        ("Running", "running"),
        ("Paused", "paused"),
        ("Suspended", "suspended"),
        ("Over", "over"),
        ("Drafts", "drafts"),
        ("All", "all"),
    ];
    const ONE: &'static str = "subscription";
    const NO_ROW: &'static str = "There is no subscription under the cursor. F6 takes an order.";
    const OWN: &'static [Command] = &[Command::New, Command::Filter];
    const TAKES_MARKS: bool = false;

    fn query(&self, view: usize, text: &str) -> SubscriptionFilter {
        use SubscriptionStatus::{Active, Cancelled, Draft, Ended, Paused, Suspended};
        let statuses = match view {
            0 => vec![Active, Paused, Suspended],
            1 => vec![Paused],
            2 => vec![Suspended],
            3 => vec![Ended, Cancelled],
            4 => vec![Draft],
            _ => Vec::new(),
        };
        let sort = if self.is_by_end { SubscriptionSort::End } else { SubscriptionSort::Number };
        SubscriptionFilter { query: text.to_owned(), statuses, sort, ..SubscriptionFilter::default() }
    }

    fn columns(query: &SubscriptionFilter) -> Vec<Column> {
        listed::columns::<SubscriptionRow>(LIST, Some((query.sort.code(), false)))
    }

    fn read(desk: &Desk, query: &SubscriptionFilter, page: &Page) -> Result<Slice<SubscriptionRow>, DeskError> {
        desk.read(|db| subscriptions(db, query, page, desk.today()))
    }

    fn count(desk: &Desk, query: &SubscriptionFilter) -> Result<Totals, DeskError> {
        let count = desk.read(|db| subscriptions_count(db, query).map_err(DeskError::from))?;
        Ok(Totals { count, ..Totals::default() })
    }

    fn key(row: &SubscriptionRow) -> SubscriptionId {
        row.id
    }

    fn cursor(row: &SubscriptionRow, query: &SubscriptionFilter) -> Cursor {
        row.cursor(query.sort)
    }

    fn row(row: &SubscriptionRow, _query: &SubscriptionFilter, look: Look) -> Row<SubscriptionId> {
        Row { key: row.id, cells: listed::cells(row, LIST, look.view()), worth: None }
    }

    fn keys(_query: &Self::Query) -> Vec<&'static str> {
        SubscriptionRow::keys().collect()
    }

    fn values(row: &SubscriptionRow, view: View) -> Vec<Value> {
        row.values(view)
    }

    fn title(row: &SubscriptionRow) -> String {
        format!("{}  {}", row.id.shown(), row.customer_name)
    }

    fn details(row: &SubscriptionRow, look: Look, _desk: &Desk) -> Result<Vec<Detail>, DeskError> {
        let detail = |name: &str, value: String| (name.to_owned(), value);
        let (style, last) = (look.style, row.end_on.pred_opt().unwrap_or(row.end_on));
        let price = format!("{} a month, billed every {}", words::money(style, row.price), row.frequency.word());
        let next = row.next_start_on.map_or_else(|| "nothing is left".to_owned(), |day| style.long_date(day));
        Ok(vec![
            detail("", row.product.clone()),
            detail("Contract", format!("{} - {}", style.long_date(row.start_on), style.long_date(last))),
            detail("Price", price),
            detail("Next bill", next),
            detail("Serial no.", row.serial.clone().unwrap_or_else(|| "-".to_owned())),
            detail("Order", format!("O-{}", row.order_id)),
        ])
    }

    fn menu(picked: &Picked<'_, Self>) -> Box<dyn Menu> {
        deed::menu(LISTED_DEEDS, ListedSubscription::new(picked.row))
    }

    fn empty(&self, _query: &SubscriptionFilter, view: &'static str, text: &str) -> String {
        if text.is_empty() {
            return format!(
                "Nothing here: {}. Left and Right change the view; F6 takes an order.",
                view.to_lowercase()
            );
        }
        format!("No subscription matches \"{text}\". Esc clears the text, Right looks in other views.")
    }

    fn hint(_query: &SubscriptionFilter, _marked: usize) -> &'static str {
        "Type a customer, a product or a serial number; F9 changes the contract."
    }

    fn crumbs(&self) -> Vec<String> {
        vec!["Subscriptions".to_owned()]
    }

    fn word(&self, command: Command, query: &SubscriptionFilter) -> Option<&'static str> {
        match command {
            Command::New => Some("New order"),
            Command::Filter if query.sort == SubscriptionSort::End => Some("By number"),
            Command::Filter => Some("By end"),
            _ => None,
        }
    }

    fn own(&mut self, command: Command, at: &At<'_, Self>, _desk: &Desk) -> Turn {
        if command == Command::Filter {
            self.is_by_end = !self.is_by_end;
            return Turn::Anew(Reply::Nothing);
        }
        Turn::Do(Reply::Go(Place::NewOrder(at.row.map(|row| row.customer_id))))
    }

    fn sorted(&mut self, head: &str, _query: &SubscriptionFilter) -> bool {
        let is_known = matches!(head, "Ends" | "Number");
        self.is_by_end = if is_known { head == "Ends" } else { self.is_by_end };
        is_known
    }

    fn copied(row: &SubscriptionRow) -> Option<String> {
        Some(row.id.shown())
    }
}
