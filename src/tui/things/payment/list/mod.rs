//! The list of payments: what is open, late, failed, paid and next.

mod details;
mod rows;

use super::deeds::{self, ThisPayment, ThisPeriod};
use super::filter::PaymentWish;
use crate::shown::cell::Cell as Value;
use crate::shown::column::Listed as _;
use crate::shown::view::View;
use crate::tui::command::Command;
use crate::tui::desk::reads::{self, Cursor, Page, PaymentFilter, PaymentView, Slice, Totals};
use crate::tui::desk::{Desk, DeskError, Done};
use crate::tui::forms::filter::{FilterForm, Wish as _};
use crate::tui::forms::{FormDialog, segments};
use crate::tui::page::deed::{self, Menu};
use crate::tui::page::list::{At, List, Look, Picked, Turn};
use crate::tui::place::{Narrow, Place};
use crate::tui::reply::{Answer, Reply};
use crate::tui::things::settling;
use crate::tui::widgets::listing::Listing;
use crate::tui::widgets::strip::Detail;
use crate::tui::widgets::table::{Column, Row};
use crate::tui::words;
use rows::{Key, Line};

/// What the saved views show, in their order.
const VIEWS: [PaymentView; 7] = [
    PaymentView::Open,
    PaymentView::Overdue,
    PaymentView::Failed,
    PaymentView::Processing,
    PaymentView::Paid,
    PaymentView::All,
    PaymentView::Upcoming,
];

/// The list of payments.
#[derive(Debug, Default)]
pub struct Payments {
    wish: PaymentWish,
}

impl List for Payments {
    type Key = Key;
    type Row = Line;
    type Query = PaymentFilter;

    const VIEWS: &'static [(&'static str, &'static str)] = &[
        ("Open", "open"),
        ("Overdue", "overdue"),
        ("Failed", "failed"),
        ("Processing", "processing"),
        ("Paid", "paid"),
        ("All", "all"),
        ("Upcoming", "upcoming"),
    ];
    const ONE: &'static str = "payment";
    const NO_ROW: &'static str = "There is no row here.";
    const KEYS: &'static [Command] = &[Command::Main, Command::Print];
    const OWN: &'static [Command] = &[Command::New, Command::Filter];

    fn query(&self, view: usize, text: &str) -> PaymentFilter {
        let view = VIEWS.get(view).copied().unwrap_or(PaymentView::Open);
        let mut filter = PaymentFilter { view, query: text.to_owned(), ..PaymentFilter::default() };
        self.wish.apply(&mut filter);
        filter
    }

    fn columns(query: &PaymentFilter) -> Vec<Column> {
        rows::columns(query)
    }

    fn sorted(&mut self, head: &'static str, query: &PaymentFilter) -> bool {
        let Some(code) = rows::sort_of(head, query.view) else { return false };
        let is_so = rows::columns(query).iter().any(|column| column.title == head && column.order.is_some());
        (self.wish.reverse, self.wish.sort) = (is_so && !query.reverse, code.to_owned());
        true
    }

    fn read(desk: &Desk, query: &PaymentFilter, page: &Page) -> Result<Slice<Line>, DeskError> {
        rows::read(desk, query, page)
    }

    fn count(desk: &Desk, query: &PaymentFilter) -> Result<Totals, DeskError> {
        desk.read(|db| reads::payments_total(db, query, desk.today()))
    }

    fn key(row: &Line) -> Key {
        row.key()
    }

    fn cursor(row: &Line, query: &PaymentFilter) -> Cursor {
        row.cursor(query.sort)
    }

    fn row(row: &Line, query: &PaymentFilter, look: Look) -> Row<Key> {
        row.row(query.view, look.view())
    }

    fn keys(query: &Self::Query) -> Vec<&'static str> {
        if query.view == PaymentView::Upcoming {
            reads::UpcomingRow::keys().collect()
        } else {
            reads::PaymentRow::keys().collect()
        }
    }

    fn values(row: &Line, view: View) -> Vec<Value> {
        match row {
            Line::Payment(row) => row.values(view),
            Line::Upcoming(row) => row.values(view),
        }
    }

    fn title(row: &Line) -> String {
        row.title()
    }

    fn details(row: &Line, look: Look, desk: &Desk) -> Result<Vec<Detail>, DeskError> {
        let page = match row.payment() {
            Some(payment) => desk.read(|db| reads::payment_page(db, payment.id, look.today))?,
            None => None,
        };
        Ok(details::of(row, page.as_ref(), look.today, look.style))
    }

    fn menu(picked: &Picked<'_, Self>) -> Box<dyn Menu> {
        match picked.row {
            Line::Payment(row) => {
                let payment = ThisPayment::new(row);
                let marked: Vec<_> = picked.marked.iter().copied().filter_map(Key::payment).collect();
                let is_failed = picked.query.view == PaymentView::Failed;
                let payment = if marked.is_empty() { payment.retried(is_failed) } else { payment.with_marked(marked) };
                deed::menu(deeds::DEEDS, payment)
            }
            Line::Upcoming(row) => {
                deed::menu(deeds::PERIOD_DEEDS, ThisPeriod { row: row.clone(), marked: picked.marked.len() })
            }
        }
    }

    fn empty(&self, query: &PaymentFilter, view: &'static str, text: &str) -> String {
        if !text.is_empty() {
            let view = view.to_lowercase();
            return format!(
                "Nothing among {view} payments has \"{text}\". Left and Right look in other views, Esc clears the text."
            );
        }
        if !self.wish.is_plain() {
            let what = if query.view == PaymentView::Upcoming { "period to come" } else { "payment" };
            return format!("No {what} matches the filter. Esc takes it away, F4 changes it.");
        }
        match query.view {
            PaymentView::Open => {
                "Nothing is open. Payments appear by themselves when a period starts; F6 takes an order."
            }
            PaymentView::Overdue => "Nothing overdue. Good.",
            PaymentView::Failed => "Nothing failed. Good.",
            PaymentView::Processing => "No money is on its way. F9 says so of a payment whose debit or check was sent.",
            PaymentView::Paid => {
                "Nothing is paid yet. F8 marks a payment as paid: Left and Right lead to the open ones."
            }
            PaymentView::All => "There are no payments yet. They appear when a period starts; F6 takes an order.",
            PaymentView::Upcoming => "No subscription bills next. F6 takes an order.",
        }
        .to_owned()
    }

    fn hint(query: &PaymentFilter, marked: usize) -> &'static str {
        let is_upcoming = query.view == PaymentView::Upcoming;
        match marked {
            0 => "Type to search, Space marks, Left/Right change the view.",
            1 if is_upcoming => "F8 invoices the marked period, Esc takes the mark away.",
            _ if is_upcoming => "Esc takes the marks away: one period is worked on at a time.",
            1 => "F8 marks the marked payment as paid, Esc takes the mark away.",
            _ => "F8 marks them as paid with one receipt, Esc unmarks.",
        }
    }

    fn is_quick(query: &PaymentFilter) -> bool {
        query.is_first_view()
    }

    fn among(desk: &Desk, query: &PaymentFilter, keys: &[Key]) -> Result<Vec<Key>, DeskError> {
        let ids: Vec<_> = keys.iter().copied().filter_map(Key::payment).collect();
        let kept = desk.read(|db| reads::payments_among(db, query, &ids, desk.today()))?;
        Ok(kept.into_iter().map(Key::Payment).collect())
    }

    fn is_counted(query: &PaymentFilter) -> bool {
        query.view != PaymentView::Upcoming
    }

    fn counted(query: &PaymentFilter, totals: Option<&Totals>, look: Look) -> String {
        let is_open = !matches!(query.view, PaymentView::Paid | PaymentView::All);
        words::totals(look.style, totals, Self::ONE, is_open)
    }

    fn chips(&self, query: &PaymentFilter, look: Look) -> Vec<(&'static str, String)> {
        self.wish.chips(look.style, query.view)
    }

    fn is_plain(&self, _listing: &Listing<Key>) -> bool {
        self.wish.is_plain()
    }

    fn clear(&mut self, _listing: &mut Listing<Key>) -> Option<Key> {
        self.wish = PaymentWish::default();
        None
    }

    fn narrow(&mut self, narrow: &Narrow) {
        let (status, due, paid) = (narrow.status, narrow.due, narrow.paid);
        let segment = narrow.segment.as_deref().cloned();
        self.wish = PaymentWish { status, due, paid, segment, ..PaymentWish::default() };
    }

    fn refreshed(&mut self, desk: &Desk) {
        self.wish.segment = segments::again(self.wish.segment.take(), desk);
    }

    fn word(&self, command: Command, query: &PaymentFilter) -> Option<&'static str> {
        match command {
            Command::Main if query.view == PaymentView::Upcoming => Some("Bill now"),
            Command::Main => Some("Mark paid"),
            Command::Print => Some("PDF"),
            Command::New => Some("New order"),
            _ => None,
        }
    }

    fn own(&mut self, command: Command, at: &At<'_, Self>, desk: &Desk) -> Turn {
        match command {
            Command::New => Turn::Do(Reply::Go(Place::Page("new order"))),
            Command::Filter => {
                let form = FilterForm::new(self.wish.clone(), at.look.style);
                Turn::Do(Reply::open(FormDialog::new(form, desk)))
            }
            _ => Turn::Pass,
        }
    }

    fn open(&mut self, at: &At<'_, Self>, _listing: &mut Listing<Key>) -> Turn {
        match at.row {
            Some(Line::Payment(row)) => Turn::Do(Reply::Go(Place::Payment(row.id))),
            Some(Line::Upcoming(row)) => Turn::Do(Reply::Go(Place::Subscription(row.subscription_id))),
            None => Turn::Pass,
        }
    }

    fn given(&mut self, answer: &Answer, _at: &At<'_, Self>, _on: &mut Listing<Key>, _desk: &Desk) -> Turn {
        match PaymentWish::from_answer(answer) {
            Some(wish) => {
                self.wish = wish;
                Turn::Anew(Reply::Nothing)
            }
            None => Turn::Pass,
        }
    }

    fn copied(row: &Line) -> Option<String> {
        row.payment().map(deeds::number)
    }

    fn follow_up(&mut self, done: &Done, desk: &Desk) -> Reply {
        settling::follow_up(done, desk)
    }
}
