//! All customers: found as one types, narrowed by saved views and a filter; the details of the one under the cursor.

mod rows;
pub mod segments;

use super::deeds::ThisCustomer;
use super::filter::{CustomerFilterForm, sort_word};
use super::form::CustomerForm;
use super::{deeds, filter};
use crate::domain::id::CustomerId;
use crate::domain::money::Money;
use crate::services::DeskError;
use crate::services::reads::{
    Cursor, CustomerFilter, CustomerRow, CustomerSort, Page, SegmentRow, Slice, Totals, customer_page, customers,
    customers_by_id, customers_count,
};
use crate::shown::cell::Cell as Value;
use crate::shown::column::Listed as _;
use crate::shown::columns::customer::LIST;
use crate::shown::view::View;
use crate::tui::command::Command;
use crate::tui::desk::{Desk, Done, Outcome};
use crate::tui::forms::FormDialog;
use crate::tui::page::deed::{self, Menu};
use crate::tui::page::list::{At, List, Look, Picked, Turn, table_file};
use crate::tui::place::{Narrow, Place};
use crate::tui::reply::{Answer, Entry, Reply};
use crate::tui::widgets::listing::Listing;
use crate::tui::widgets::strip::Detail;
use crate::tui::widgets::table::{Column, Row, listed};

/// The list of customers.
#[derive(Debug, Default)]
pub struct Customers {
    filter: CustomerFilter,
    /// What the segment of the shop's own is called that F4 chose.
    segment_name: String,
    /// The segment of the shop's own whose filter is laid open to be changed.
    changing: Option<SegmentRow>,
    /// What the group and the class of the filter are called.
    names: [Option<String>; 2],
    /// A view narrows the list too.
    is_viewed: bool,
}

impl Customers {
    fn is_filtered(&self) -> bool {
        self.filter != CustomerFilter { sort: self.filter.sort, ..CustomerFilter::default() }
    }
}

impl List for Customers {
    type Key = CustomerId;
    type Row = CustomerRow;
    type Query = CustomerFilter;

    const VIEWS: &'static [(&'static str, &'static str)] = &[
        ("All", "all"),
        ("Active", "active"),
        ("Business", "business"),
        ("Individuals", "individuals"),
        ("At risk", "at risk"),
        ("Loyal", "loyal"),
        ("New", "new"),
        ("High value", "high value"),
    ];
    const ONE: &'static str = "customer";
    const NO_ROW: &'static str = "There is no customer under the cursor. F6 makes a new one.";
    const KEYS: &'static [Command] = &[Command::Edit, Command::Main];
    const OWN: &'static [Command] = &[Command::New, Command::Filter, Command::Print];

    /// The filter with the view and what is typed. Where both name a kind or a segment, both hold.
    fn query(&self, view: usize, text: &str) -> CustomerFilter {
        let mut filter = CustomerFilter { query: text.to_owned(), ..self.filter.clone() };
        let view = segments::viewed(view);
        let meet = (filter.kind.is_some() && view.kind.is_some())
            || (filter.segment.is_some() && view.segment.is_some())
            || (filter.active.is_some() && view.active.is_some());
        if meet {
            filter.within = Some(Box::new(CustomerFilter { within: filter.within.take(), ..view }));
            return filter;
        }
        filter.kind = filter.kind.or(view.kind);
        filter.segment = filter.segment.or(view.segment);
        filter.active = filter.active.or(view.active);
        filter
    }

    fn columns(query: &CustomerFilter) -> Vec<Column> {
        listed::columns::<CustomerRow>(LIST, Some((query.sort.code(), query.reverse)))
    }

    fn sorted(&mut self, head: &'static str, query: &CustomerFilter) -> bool {
        let Some(sort) = listed::sort_of::<CustomerRow>(head, LIST).and_then(CustomerSort::from_code) else {
            return false;
        };
        (self.filter.reverse, self.filter.sort) = (query.sort == sort && !query.reverse, sort);
        true
    }

    fn read(desk: &Desk, query: &CustomerFilter, page: &Page) -> Result<Slice<CustomerRow>, DeskError> {
        desk.read(|db| customers(db, query, page, desk.today()))
    }

    fn count(desk: &Desk, query: &CustomerFilter) -> Result<Totals, DeskError> {
        let count = desk.read(|db| customers_count(db, query, desk.today()).map_err(DeskError::from))?;
        Ok(Totals { count, ..Totals::default() })
    }

    fn key(row: &CustomerRow) -> CustomerId {
        row.id
    }

    fn cursor(row: &CustomerRow, query: &CustomerFilter) -> Cursor {
        row.cursor(query.sort)
    }

    fn row(row: &CustomerRow, _query: &CustomerFilter, look: Look) -> Row<CustomerId> {
        Row { key: row.id, cells: listed::cells(row, LIST, look.view()), worth: Some(row.outstanding) }
    }

    fn keys(_query: &Self::Query) -> Vec<&'static str> {
        CustomerRow::keys().collect()
    }

    fn values(row: &CustomerRow, view: View) -> Vec<Value> {
        row.values(view)
    }

    fn title(row: &CustomerRow) -> String {
        row.name.clone()
    }

    fn details(row: &CustomerRow, look: Look, desk: &Desk) -> Result<Vec<Detail>, DeskError> {
        let page = desk.read(|db| customer_page(db, row.id, look.today).map_err(DeskError::from))?;
        Ok(page.map(|page| rows::details(&page, look.style, look.today)).unwrap_or_default())
    }

    fn menu(picked: &Picked<'_, Self>) -> Box<dyn Menu> {
        deed::menu(deeds::DEEDS, ThisCustomer::new(picked.row, picked.marked.len()))
    }

    fn empty(&self, _query: &CustomerFilter, _view: &'static str, text: &str) -> String {
        if !text.is_empty() {
            return format!("No customer matches \"{text}\". F6 makes it a new customer; F4 adds closed ones.");
        }
        if self.is_filtered() || self.is_viewed {
            return "No customer matches this view. Left and Right change the view, Esc takes a filter away."
                .to_owned();
        }
        "There are no customers yet. F6 makes the first one.".to_owned()
    }

    fn hint(_query: &CustomerFilter, _marked: usize) -> &'static str {
        "Type a name, email or phone; Left and Right change the view."
    }

    fn is_quick(query: &CustomerFilter) -> bool {
        query.is_first_view()
    }

    fn chips(&self, _query: &CustomerFilter, look: Look) -> Vec<(&'static str, String)> {
        let filter = &self.filter;
        let mut chips = Vec::new();
        chips.extend(self.changing.as_ref().map(|row| ("Changing", row.name.clone())));
        chips.extend(filter.segment.map(|segment| ("Segment", segment.word().to_owned())));
        chips.extend(filter.within.as_ref().map(|_| ("Segment", self.segment_name.clone())));
        chips.extend(filter.kind.map(|kind| ("Kind", kind.word().to_owned())));
        chips.extend(filter.active.map(|on| ("Active", if on { "yes" } else { "no" }.to_owned())));
        if filter.lifetime != (None, None) {
            let amount = |minor| look.style.amount(Money::new(minor, look.currency));
            chips.push(("Lifetime", rows::range(filter.lifetime, amount)));
        }
        let [group, class] = self.names.clone();
        chips.extend(filter.group.map(|_| ("Group", group.unwrap_or_default())));
        chips.extend(filter.class.map(|_| ("Class", class.unwrap_or_default())));
        chips.extend(filter.closed.then(|| ("Closed", "too".to_owned())));
        if filter.sort != CustomerSort::Name || filter.reverse {
            let turned = if filter.reverse { ", reversed" } else { "" };
            chips.push(("Sorted", format!("{}{turned}", sort_word(filter.sort))));
        }
        chips
    }

    fn is_plain(&self, _listing: &Listing<CustomerId>) -> bool {
        !self.is_filtered()
    }

    fn clear(&mut self, _listing: &mut Listing<CustomerId>) -> Option<CustomerId> {
        self.filter = CustomerFilter { sort: self.filter.sort, ..CustomerFilter::default() };
        self.changing = None;
        None
    }

    fn narrow(&mut self, _narrow: &Narrow) {
        self.filter = CustomerFilter::default();
        self.changing = None;
    }

    fn turned(&mut self, view: usize) {
        self.is_viewed = view != 0;
    }

    fn word(&self, command: Command, _query: &CustomerFilter) -> Option<&'static str> {
        match command {
            Command::Main => Some("Take payment"),
            Command::New => Some("New customer"),
            Command::Print => Some("CSV"),
            _ => None,
        }
    }

    fn own(&mut self, command: Command, at: &At<'_, Self>, desk: &Desk) -> Turn {
        match command {
            Command::New => Turn::Do(Reply::open(FormDialog::new(CustomerForm::new(at.text), desk))),
            Command::Filter => {
                Turn::Do(Reply::open(FormDialog::new(CustomerFilterForm::new(self.filter.clone()), desk)))
            }
            Command::Print => Turn::Do(table_file::write::<Self>(at.query, at.total, desk)),
            _ => Turn::Pass,
        }
    }

    fn open(&mut self, at: &At<'_, Self>, _listing: &mut Listing<CustomerId>) -> Turn {
        let Some(row) = at.row else { return Turn::Pass };
        let list = CustomerFilter { query: String::new(), ..at.query.clone() };
        Turn::Do(Reply::Go(Place::CustomerIn(row.id, Box::new(list))))
    }

    fn given(&mut self, answer: &Answer, _at: &At<'_, Self>, listing: &mut Listing<CustomerId>, desk: &Desk) -> Turn {
        if let Some(turn) = self.of_segments(answer, listing, desk) {
            return turn;
        }
        if answer.asked != filter::ASKED {
            return Turn::Pass;
        }
        self.segment_name = filter::take(&mut self.filter, answer).unwrap_or_default();
        self.names = filter::names(&self.filter, desk);
        Turn::Anew(Reply::Nothing)
    }

    fn copied(row: &CustomerRow) -> Option<String> {
        Some(if row.email.is_empty() { row.name.clone() } else { row.email.clone() })
    }

    fn more(&self, at: &At<'_, Self>, desk: &Desk) -> Vec<Entry> {
        deed::entries(segments::LIST_DEEDS, self.this_list(at.query), desk)
    }

    /// A customer that was added gets the cursor, wherever it stands in the list.
    fn made(outcome: &Outcome, desk: &Desk) -> Option<(CustomerId, Option<CustomerRow>)> {
        let Outcome::Customer(id) = *outcome else { return None };
        let read = desk.read(|db| customers_by_id(db, &[id], desk.today()).map_err(DeskError::from));
        Some((id, read.ok().and_then(|rows| rows.into_iter().next())))
    }

    fn follow_up(&mut self, done: &Done, _desk: &Desk) -> Reply {
        if matches!(done.outcome, Outcome::Segment(_)) {
            self.changing = None;
        }
        Reply::Nothing
    }
}
