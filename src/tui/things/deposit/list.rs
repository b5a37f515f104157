//! The list of deposits, oldest first.

use super::deeds::{DEEDS, ThisDeposit};
use crate::domain::deposit::DepositStanding;
use crate::shown::cell::Cell as Value;
use crate::shown::column::Listed as _;
use crate::shown::columns::deposit::LIST;
use crate::shown::view::View;
use crate::tui::command::Command;
use crate::tui::desk::reads::{Cursor, DepositFilter, HeldRow, Page, Slice, Totals, deposits_count, deposits_like};
use crate::tui::desk::{Desk, DeskError};
use crate::tui::page::deed::{self, Menu};
use crate::tui::page::list::{List, Look, Picked};
use crate::tui::widgets::strip::Detail;
use crate::tui::widgets::table::{Column, Row, listed};
use crate::tui::words;

/// The list of deposits.
#[derive(Debug, Default)]
pub struct Deposits;

/// What the views show; the last one shows all.
const STANDINGS: [DepositStanding; 6] = [
    DepositStanding::Held,
    DepositStanding::Unpaid,
    DepositStanding::Returned,
    DepositStanding::PartlyKept,
    DepositStanding::Kept,
    DepositStanding::NeverPaid,
];

impl List for Deposits {
    type Key = i64;
    type Row = HeldRow;
    type Query = DepositFilter;

    const VIEWS: &'static [(&'static str, &'static str)] = &[
        ("Held", "held"),
        ("Unpaid", "unpaid"),
        ("Returned", "returned"),
        ("Partly kept", "partly_kept"),
        ("Kept", "kept"),
        ("Never paid", "never_paid"),
        ("All", "all"),
    ];
    const ONE: &'static str = "deposit";
    const NO_ROW: &'static str = "There is no deposit under the cursor.";
    const KEYS: &'static [Command] = &[Command::Main];
    const TAKES_MARKS: bool = false;

    fn query(&self, view: usize, text: &str) -> DepositFilter {
        DepositFilter { query: text.to_owned(), standing: STANDINGS.get(view).copied() }
    }

    fn columns(_query: &DepositFilter) -> Vec<Column> {
        listed::columns::<HeldRow>(LIST, Some(("subscription", false)))
    }

    fn read(desk: &Desk, query: &DepositFilter, page: &Page) -> Result<Slice<HeldRow>, DeskError> {
        desk.read(|db| deposits_like(db, query, page))
    }

    fn count(desk: &Desk, query: &DepositFilter) -> Result<Totals, DeskError> {
        let count = desk.read(|db| deposits_count(db, query).map_err(DeskError::from))?;
        Ok(Totals { count, ..Totals::default() })
    }

    fn key(row: &HeldRow) -> i64 {
        row.deposit.id
    }

    fn cursor(row: &HeldRow, _query: &DepositFilter) -> Cursor {
        row.cursor()
    }

    fn row(row: &HeldRow, _query: &DepositFilter, look: Look) -> Row<i64> {
        Row { key: row.deposit.id, cells: listed::cells(row, LIST, look.view()), worth: None }
    }

    fn keys(_query: &Self::Query) -> Vec<&'static str> {
        HeldRow::keys().collect()
    }

    fn values(row: &HeldRow, view: View) -> Vec<Value> {
        row.values(view)
    }

    fn title(row: &HeldRow) -> String {
        format!("{}  {}", row.deposit.subscription.shown(), row.customer_name)
    }

    fn details(row: &HeldRow, look: Look, _desk: &Desk) -> Result<Vec<Detail>, DeskError> {
        let detail = |name: &str, value: String| (name.to_owned(), value);
        let money = |money| words::money(look.style, money);
        let mut details = vec![
            detail("Asked for", money(row.deposit.amount)),
            detail("Received", money(row.received)),
            detail("Held", money(row.held)),
            detail("Open", money(row.open)),
        ];
        details.extend(row.deposit.closed_on.map(|on| detail("Closed", look.style.long_date(on))));
        details.push(detail("", row.deposit.reason.clone()));
        Ok(details)
    }

    fn menu(picked: &Picked<'_, Self>) -> Box<dyn Menu> {
        deed::menu(DEEDS, ThisDeposit::new(picked.row))
    }

    fn empty(&self, query: &DepositFilter, _view: &'static str, text: &str) -> String {
        match (text, query.standing) {
            ("", Some(DepositStanding::Held)) => "The shop holds no deposit.".to_owned(),
            ("", Some(_)) => "There is no such deposit. Left and Right change the view.".to_owned(),
            ("", None) => "No order asked for a deposit yet.".to_owned(),
            (typed, _) => format!("No deposit matches \"{typed}\". Esc clears the text, Right looks in other views."),
        }
    }

    fn hint(_query: &DepositFilter, _marked: usize) -> &'static str {
        "Type a customer, a contract or a serial number; Enter opens the contract."
    }

    fn crumbs(&self) -> Vec<String> {
        vec!["Deposits".to_owned()]
    }

    fn word(&self, command: Command, query: &DepositFilter) -> Option<&'static str> {
        let is_unpaid = query.standing == Some(DepositStanding::Unpaid);
        (command == Command::Main).then_some(if is_unpaid { "Take payment" } else { "Return or keep" })
    }

    fn copied(row: &HeldRow) -> Option<String> {
        Some(row.deposit.subscription.shown())
    }
}
