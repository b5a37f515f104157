//! All customers: found as one types, narrowed by saved views and a filter; the details of the one under the cursor.

mod loading;
mod rows;
mod segments;

use ratatui::layout::Rect;

use super::deeds::ThisCustomer;
use super::filter::{CustomerFilterForm, sort_word};
use super::form::CustomerForm;
use super::{deeds, filter};
use crate::domain::currency::Currency;
use crate::domain::format::Style;
use crate::domain::id::CustomerId;
use crate::domain::money::Money;
use crate::services::DeskError;
use crate::services::reads::{
    CustomerFilter, CustomerPage, CustomerRow, CustomerSort, SegmentRow, Totals, customers_by_id, customers_count,
};
use crate::tui::beside::{Errand, Tally};
use crate::tui::command::{Able, Command};
use crate::tui::desk::{Desk, Done, Outcome, Trouble};
use crate::tui::forms::FormDialog;
use crate::tui::keymap::Context;
use crate::tui::page::deed;
use crate::tui::place::{Narrow, Place};
use crate::tui::reply::{Answer, Entry, Input, Reply, Screen};
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::listing::{Heard, Listing, Surroundings};
use crate::tui::widgets::records::Records;
use crate::tui::widgets::strip::Detail;
use crate::tui::words;

/// The saved views, in the order of the screen.
const VIEWS: [&str; 8] = ["All", "Active", "Business", "Individuals", "At risk", "Loyal", "New", "High value"];

/// Why a row is needed.
const NO_ROW: &str = "There is no customer under the cursor. F6 makes a new one.";

/// The list of customers.
#[derive(Debug)]
pub struct Customers {
    listing: Listing<CustomerId>,
    records: Records<CustomerId, CustomerRow>,
    filter: CustomerFilter,
    /// What the segment of the shop's own is called that F4 chose.
    segment_name: String,
    /// The segment of the shop's own whose filter is laid open to be changed.
    changing: Option<SegmentRow>,
    /// What the group and the class of the filter are called.
    names: [Option<String>; 2],
    page: Option<Box<CustomerPage>>,
    details: Vec<Detail>,
    tally: Tally,
    /// Until the ledger is here.
    waits: bool,
    narrow_is_new: bool,
    style: Style,
    currency: Currency,
}

impl Default for Customers {
    fn default() -> Self {
        Self::new()
    }
}

impl Customers {
    /// The list with all customers.
    pub fn new() -> Self {
        Self {
            listing: Listing::new(VIEWS.to_vec(), rows::columns()),
            records: Records::default(),
            filter: CustomerFilter::default(),
            segment_name: String::new(),
            changing: None,
            names: [None, None],
            page: None,
            details: Vec::new(),
            tally: Tally::default(),
            waits: false,
            narrow_is_new: false,
            style: Style::default(),
            currency: Currency::EUR,
        }
    }

    /// The filter with the view and what is typed. Where both name a kind or a segment, both hold.
    fn shown(&self) -> CustomerFilter {
        let mut filter = self.filter.clone();
        self.listing.find.text().clone_into(&mut filter.query);
        let view = segments::viewed(self.listing.views.name());
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

    fn is_filtered(&self) -> bool {
        self.filter != CustomerFilter { sort: self.filter.sort, ..CustomerFilter::default() }
    }

    fn row(&self) -> Option<&CustomerRow> {
        self.listing.table.key().and_then(|key| self.records.get(key))
    }

    /// Loads, or says why not.
    fn loaded(&mut self, desk: &Desk) -> Reply {
        match self.load(desk) {
            Ok(()) => Reply::Nothing,
            Err(trouble) => Reply::refuse(trouble.sentence()),
        }
    }

    /// Other rows are to be shown: what was counted is no longer true.
    fn narrowed(&mut self, desk: &Desk) -> Reply {
        self.tally.forget();
        let columns = self.listing.table.columns_mut();
        rows::mark_order(columns, self.filter.sort, self.filter.reverse);
        match self.load(desk) {
            // Marks further down that are not loaded are dropped too: nobody sees them either.
            Ok(()) => Reply::dropped(self.listing.drop_unseen()),
            Err(trouble) => Reply::refuse(trouble.sentence()),
        }
    }

    fn heard(&mut self, heard: Heard, command: Option<Command>, desk: &Desk) -> Reply {
        match heard {
            Heard::Taken => self.loaded(desk),
            Heard::Narrowed => self.narrowed(desk),
            Heard::Opened => match self.listing.table.key() {
                Some(id) => {
                    let list = CustomerFilter { query: String::new(), ..self.shown() };
                    Reply::Go(Place::CustomerIn(id, Box::new(list)))
                }
                None => Reply::refuse(NO_ROW),
            },
            Heard::AllNeeded => Reply::refuse("Narrow the list first: so many rows are not marked at once."),
            Heard::NotMine => command.map_or(Reply::Nothing, |command| self.command(command, desk)),
        }
    }

    fn command(&mut self, command: Command, desk: &Desk) -> Reply {
        match command {
            Command::Back if self.is_filtered() => {
                self.filter = CustomerFilter { sort: self.filter.sort, ..CustomerFilter::default() };
                self.changing = None;
                self.listing.table.reset_around();
                self.narrowed(desk)
            }
            Command::New => Reply::open(FormDialog::new(CustomerForm::new(self.listing.find.text()), desk)),
            Command::Filter => Reply::open(FormDialog::new(CustomerFilterForm::new(self.filter.clone()), desk)),
            Command::Back if !self.listing.table.marks().is_empty() => {
                self.listing.table.unmark();
                Reply::Nothing
            }
            Command::Edit | Command::Main => {
                let this = self.this();
                let done = this.and_then(|this| deed::run(deeds::DEEDS, command, &this, desk));
                done.unwrap_or_else(|| Reply::refuse(NO_ROW))
            }
            Command::Print => self.table_file(desk),
            Command::Copy => match self.row() {
                Some(row) if !row.email.is_empty() => Reply::Copy(row.email.clone()),
                Some(row) => Reply::Copy(row.name.clone()),
                None => Reply::Pass,
            },
            _ => Reply::Pass,
        }
    }

    /// The customer that is worked on: the one under the cursor, or the only one that is marked, with how many are.
    fn this(&self) -> Option<ThisCustomer> {
        let marked = self.listing.table.marks().keys();
        let row = match marked {
            [one] => self.records.get(*one),
            _ => self.row(),
        };
        row.map(|row| ThisCustomer::new(row, marked.len()))
    }

    fn given(&mut self, answer: &Answer, desk: &Desk) -> Reply {
        if let Some(reply) = self.of_segments(answer, desk) {
            return reply;
        }
        if answer.asked != filter::ASKED {
            return Reply::Nothing;
        }
        self.segment_name = filter::take(&mut self.filter, answer).unwrap_or_default();
        self.names = filter::names(&self.filter, desk);
        self.listing.table.reset();
        self.narrowed(desk)
    }

    fn filters(&self) -> Vec<(&'static str, String)> {
        let filter = &self.filter;
        let mut chips = Vec::new();
        chips.extend(self.changing.as_ref().map(|row| ("Changing", row.name.clone())));
        chips.extend(filter.segment.map(|segment| ("Segment", segment.word().to_owned())));
        chips.extend(filter.within.as_ref().map(|_| ("Segment", self.segment_name.clone())));
        chips.extend(filter.kind.map(|kind| ("Kind", kind.word().to_owned())));
        chips.extend(filter.active.map(|on| ("Active", if on { "yes" } else { "no" }.to_owned())));
        if filter.lifetime != (None, None) {
            let amount = |minor| self.style.amount(Money::new(minor, self.currency));
            chips.push(("Lifetime", rows::range(filter.lifetime, amount)));
        }
        let [group, class] = self.names.clone();
        chips.extend(filter.group.map(|_| ("Group", group.unwrap_or_default())));
        chips.extend(filter.class.map(|_| ("Class", class.unwrap_or_default())));
        chips.extend(filter.closed.then(|| ("Closed", "too".to_owned())));
        if filter.sort != CustomerSort::Name || filter.reverse {
            let turned = if filter.reverse { ", turned round" } else { "" };
            chips.push(("Sorted", format!("{}{turned}", sort_word(filter.sort))));
        }
        chips
    }

    fn empty(&self) -> String {
        if self.waits {
            return "…".to_owned();
        }
        let typed = self.listing.find.text();
        if !typed.is_empty() {
            return format!("Nobody fits \"{typed}\". F6 makes it a new customer; F4 adds closed ones.");
        }
        if self.is_filtered() || self.listing.views.active() != 0 {
            return "Nobody fits this view. Left and Right change the view, Esc takes a filter away.".to_owned();
        }
        "There are no customers yet. F6 makes the first one.".to_owned()
    }
}

impl Screen for Customers {
    fn context(&self) -> Context {
        Context::List
    }

    fn typing(&self) -> bool {
        !self.listing.find.is_empty()
    }

    fn refresh(&mut self, desk: &Desk) -> Result<(), Trouble> {
        if std::mem::take(&mut self.narrow_is_new) {
            self.listing.table.reset();
        } else {
            self.listing.table.reload();
        }
        self.page = None;
        self.tally.forget();
        rows::mark_order(self.listing.table.columns_mut(), self.filter.sort, self.filter.reverse);
        self.load(desk)
    }

    fn errand(&mut self) -> Option<Errand> {
        let filter = self.shown();
        self.tally.errand(move |desk: &Desk| {
            let today = desk.today();
            let count = desk.read(|db| customers_count(db, &filter, today).map_err(DeskError::from))?;
            Ok(Totals { count, ..Totals::default() })
        })
    }

    fn narrow(&mut self, narrow: &Narrow) {
        self.listing.views.choose(0);
        if let Some(view) = narrow.view {
            self.listing.views.choose_named(view);
        }
        self.listing.find = crate::tui::widgets::find::Find::with(&narrow.find);
        self.filter = CustomerFilter::default();
        self.changing = None;
        self.narrow_is_new = true;
    }

    fn can(&self, command: Command) -> Able {
        match command {
            Command::New | Command::Filter | Command::Pane | Command::Print => Able::Yes,
            Command::Edit | Command::Main => {
                let this = self.this();
                let able = this.and_then(|this| deed::can(deeds::DEEDS, command, &this));
                able.unwrap_or_else(|| Able::because(NO_ROW))
            }
            Command::Open | Command::Mark | Command::MarkAll | Command::MarkUp | Command::MarkDown => {
                Able::when(self.row().is_some(), NO_ROW)
            }
            _ => Able::NotHere,
        }
    }

    fn word(&self, command: Command) -> Option<&'static str> {
        match command {
            Command::Main => Some("Take payment"),
            Command::New => Some("New customer"),
            Command::Print => Some("CSV"),
            _ => None,
        }
    }

    fn actions(&self, _desk: &Desk) -> Vec<Entry> {
        let of_row = self.this().map(|this| deed::entries(deeds::DEEDS, this)).unwrap_or_default();
        of_row.into_iter().chain(self.segment_entries()).collect()
    }

    fn hint(&self) -> (String, String) {
        let left = "Type a name, email or phone; Left and Right change the view.";
        (left.to_owned(), self.listing.table.position_text())
    }

    fn handle(&mut self, input: Input, desk: &Desk) -> Reply {
        match input {
            Input::Command(command) => {
                let heard = self.listing.command(command);
                self.heard(heard, Some(command), desk)
            }
            Input::Typed(letter) => {
                let heard = self.listing.typed(letter);
                self.heard(heard, None, desk)
            }
            Input::Pasted(text) => {
                let heard = self.listing.pasted(&text);
                self.heard(heard, None, desk)
            }
            Input::Clicked(target) => {
                let heard = self.listing.clicked(target);
                self.heard(heard, None, desk)
            }
            Input::Given(answer) => self.given(&answer, desk),
        }
    }

    /// A customer that was added gets the cursor, wherever it stands in the list.
    fn done(&mut self, done: &Done, desk: &Desk) -> Reply {
        if matches!(done.outcome, Outcome::Segment(_)) {
            self.changing = None;
        }
        let Outcome::Customer(id) = done.outcome else { return Reply::Nothing };
        if self.listing.table.key() == Some(id) {
            return Reply::Nothing;
        }
        let read = desk.read(|db| customers_by_id(db, &[id], desk.today()).map_err(DeskError::from));
        if let Some(row) = read.ok().and_then(|rows| rows.into_iter().next()) {
            self.listing.find.clear();
            self.records.keep(id, row);
            self.listing.table.reset_to(id);
            self.filter = CustomerFilter { sort: self.filter.sort, ..CustomerFilter::default() };
            self.listing.views.choose(0);
        }
        self.narrowed(desk)
    }

    fn render(&mut self, canvas: &mut Canvas<'_>, area: Rect) {
        let totals = self.tally.totals().map(|totals| totals.count);
        self.listing.table.set_total(totals.and_then(|count| u64::try_from(count).ok()));
        let count = totals.map_or_else(|| "...".to_owned(), |count| words::count(count, "customer"));
        let title = self.row().map(|row| row.name.clone()).unwrap_or_default();
        let show = Surroundings {
            count,
            filters: self.filters(),
            title,
            marked: self.listing.table.marks().text(self.style),
            details: self.details.clone(),
            empty: self.empty(),
        };
        self.listing.render(canvas, area, &show);
    }
}
