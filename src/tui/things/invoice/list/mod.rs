//! The list of invoices: what is open, late, paid, waiting and void.

mod details;
mod rows;

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use ratatui::layout::Rect;

use super::deeds;
use super::deeds::ThisInvoice;
use super::filter::{InvoiceFilterForm, InvoiceWish};
use super::new_invoice::NewInvoice;
use crate::domain::format::Style;
use crate::domain::id::InvoiceId;
use crate::tui::beside::{Errand, Tally};
use crate::tui::command::{Able, Command};
use crate::tui::desk::reads::{self, InvoiceFilter, InvoicePage, InvoiceRow};
use crate::tui::desk::{self, Desk, Done, Trouble};
use crate::tui::forms::{FormDialog, segments};
use crate::tui::keymap::Context;
use crate::tui::page::deed;
use crate::tui::place::{Narrow, Place};
use crate::tui::reply::{Answer, Entry, Input, Reply, Screen};
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::find::Find;
use crate::tui::widgets::listing::{Heard, Listing, Surroundings};
use crate::tui::widgets::records;
use crate::tui::words;
use rows::{VIEWS, View};

/// How many rows can be marked at once.
const MOST_MARKED: usize = 2_000;

/// Why a row is needed.
const NO_ROW: &str = "There is no row here.";

/// Above so many rows those that scrolled away are forgotten.
const MOST_KNOWN: usize = 6_000;

/// The list of invoices.
pub struct Invoices {
    list: Listing<InvoiceId>,
    wish: InvoiceWish,
    known: HashMap<InvoiceId, InvoiceRow>,
    tally: Tally,
    /// Until the ledger is here.
    waits: bool,
    page: Option<InvoicePage>,
    today: NaiveDate,
    style: Style,
}

impl Invoices {
    /// The list, on its first view.
    pub fn new() -> Self {
        let names = VIEWS.iter().map(|(name, _, _)| *name).collect();
        Self {
            list: Listing::new(names, rows::columns(View::Open, &InvoiceFilter::default())),
            wish: InvoiceWish::default(),
            known: HashMap::new(),
            tally: Tally::default(),
            waits: false,
            page: None,
            today: NaiveDate::MIN,
            style: Style::default(),
        }
    }

    fn view(&self) -> View {
        VIEWS.get(self.list.views.active()).map_or(View::Open, |(_, _, view)| *view)
    }

    fn filter(&self) -> InvoiceFilter {
        let (view, query) = (self.view(), self.list.find.text().to_owned());
        let mut filter = InvoiceFilter { query, statuses: view.statuses(), ..InvoiceFilter::default() };
        self.wish.apply(&mut filter, view.usual());
        filter
    }

    /// Brings the rows the table wants, and what is known of the one under the cursor.
    fn fill(&mut self, desk: &Desk) -> Result<(), Trouble> {
        let (filter, view) = (self.filter(), self.view());
        self.waits = desk::must_wait(desk, filter.is_first_view());
        if self.waits {
            self.list.table.wait();
            return self.read_details(desk);
        }
        while let Some(want) = self.list.table.wanted() {
            let cursor = |key| self.known.get(&key).map(|row: &InvoiceRow| row.cursor(filter.sort));
            let page = records::page(&want, cursor);
            let slice = desk.read(|db| reads::invoices(db, &filter, &page, self.today))?;
            let more = records::has_more(&want, &slice);
            if let Some(totals) = slice.totals.clone() {
                self.tally.know(totals);
            }
            let rows = slice.rows.iter().map(|row| rows::row(row, (view, self.today, self.style))).collect();
            self.known.extend(slice.rows.into_iter().map(|row| (row.id, row)));
            self.list.table.load(&want, rows, more);
        }
        if self.known.len() > MOST_KNOWN {
            let shown: HashSet<InvoiceId> = self.list.table.rows().iter().map(|row| row.key).collect();
            self.known.retain(|key, _| shown.contains(key));
        }
        self.read_details(desk)
    }

    fn read_details(&mut self, desk: &Desk) -> Result<(), Trouble> {
        let id = self.list.table.key().filter(|_| self.list.has_details());
        if self.page.as_ref().map(|page| page.row.id) != id {
            self.page = match id {
                Some(id) => desk.read(|db| reads::invoice_page(db, id, self.today))?,
                None => None,
            };
        }
        Ok(())
    }

    /// Other rows are to be shown.
    fn narrowed(&mut self) {
        *self.list.table.columns_mut() = rows::columns(self.view(), &self.filter());
        self.tally.forget();
    }

    fn row(&self) -> Option<&InvoiceRow> {
        self.list.table.key().and_then(|key| self.known.get(&key))
    }

    fn filled(&mut self, desk: &Desk) -> Reply {
        match self.fill(desk).and_then(|()| self.drop_hidden(desk)) {
            Ok(dropped) => Reply::dropped(dropped),
            Err(trouble) => Reply::refuse(trouble.sentence()),
        }
    }

    /// Marks of rows that the search, the view or the filter hides are dropped.
    fn drop_hidden(&mut self, desk: &Desk) -> Result<usize, Trouble> {
        let (filter, today) = (self.filter(), self.today);
        self.list.drop_hidden(|ids| Ok(desk.read(|db| reads::invoices_among(db, &filter, ids, today))?))
    }

    fn heard(&mut self, heard: Heard, command: Option<Command>, desk: &Desk) -> Reply {
        match heard {
            Heard::NotMine => return command.map_or(Reply::Nothing, |command| self.own(command, desk)),
            Heard::Opened => return self.row().map_or(Reply::Nothing, |row| Reply::Go(Place::Invoice(row.id))),
            Heard::AllNeeded => return self.mark_all(desk),
            Heard::Narrowed => self.narrowed(),
            Heard::Taken => {}
        }
        self.filled(desk)
    }

    /// The commands the list itself does not know.
    fn own(&mut self, command: Command, desk: &Desk) -> Reply {
        match command {
            Command::Main | Command::Print => {
                let this = self.this();
                this.and_then(|this| deed::run(deeds::DEEDS, command, &this, desk)).unwrap_or(Reply::Nothing)
            }
            Command::New => NewInvoice::open(self.row().and_then(|row| row.customer_id), desk),
            Command::Filter => {
                let form = InvoiceFilterForm::new(self.wish.clone(), self.style);
                Reply::open(FormDialog::new(form, desk))
            }
            Command::Copy => self.row().map_or(Reply::Pass, |row| Reply::Copy(deeds::number(row))),
            Command::Back if !self.wish.is_plain() => {
                self.wish = InvoiceWish::default();
                self.list.table.reset_around();
                self.narrowed();
                self.filled(desk)
            }
            Command::Back if !self.list.table.marks().is_empty() => {
                self.list.table.unmark();
                Reply::Nothing
            }
            _ => Reply::Pass,
        }
    }

    /// The invoice that is worked on: the one under the cursor, or the only one that is marked, with all that are.
    fn this(&self) -> Option<ThisInvoice> {
        let marked = self.list.table.marks().keys();
        let row = match marked {
            [one] => self.known.get(one),
            _ => self.row(),
        };
        let many = if marked.len() > 1 { marked.to_vec() } else { Vec::new() };
        Some(ThisInvoice::new(row?).in_review(self.view() == View::Drafts).with_marked(many))
    }

    fn mark_all(&mut self, desk: &Desk) -> Reply {
        let (filter, page) = (self.filter(), reads::Page::first(MOST_MARKED + 1));
        match desk.read(|db| reads::invoices(db, &filter, &page, self.today)) {
            Err(error) => Reply::refuse(Trouble::from(error).sentence()),
            Ok(slice) if slice.rows.len() > MOST_MARKED => {
                Reply::refuse(format!("These are more than {MOST_MARKED}: narrow the list first, then mark all."))
            }
            Ok(slice) => {
                self.list.table.mark_these(slice.rows.iter().map(|row| (row.id, Some(rows::worth(row)))));
                Reply::Nothing
            }
        }
    }

    fn given(&mut self, answer: &Answer, desk: &Desk) -> Reply {
        if let Some(wish) = InvoiceWish::from_answer(answer) {
            self.wish = wish;
            self.list.table.reset();
            self.narrowed();
            return self.filled(desk);
        }
        Reply::Nothing
    }

    fn surroundings(&mut self) -> Surroundings {
        let details = self.row().map(|row| details::of(row, self.page.as_ref(), self.today, self.style));
        let is_open = self.view().is_open();
        Surroundings {
            count: words::totals(self.style, self.tally.totals(), "invoice", is_open),
            filters: self.wish.chips(self.style),
            title: self.row().map(|row| format!("{}  {}", deeds::number(row), row.payer_name)).unwrap_or_default(),
            marked: self.list.table.marks().text(self.style),
            details: details.unwrap_or_default(),
            empty: self.empty(),
        }
    }

    /// Why there are no rows, and which key makes some.
    fn empty(&self) -> String {
        if self.waits {
            return "…".to_owned();
        }
        let typed = self.list.find.text();
        if !typed.is_empty() {
            let view = self.list.views.name().to_lowercase();
            return format!(
                "Nothing among {view} invoices has \"{typed}\". Left and Right look in other views, Esc clears the text."
            );
        }
        if !self.wish.is_plain() {
            return "No invoice fits the filter. Esc takes it away, F4 changes it.".to_owned();
        }
        match self.view() {
            View::Open => {
                "No invoice is open. They are made by themselves when a period starts; F6 makes one out of turn."
            }
            View::Overdue => "Nothing overdue. Good.",
            View::Paid => "No invoice is paid yet. F8 takes a payment: Left and Right lead to the open ones.",
            View::Drafts => "No invoice waits for approval. They do where a customer class asks for it.",
            View::Void => "No invoice was withdrawn.",
            View::All => "There are no invoices yet. They are made when a period starts; F6 makes one out of turn.",
        }
        .to_owned()
    }
}

impl Default for Invoices {
    fn default() -> Self {
        Self::new()
    }
}

impl Screen for Invoices {
    fn context(&self) -> Context {
        Context::List
    }

    fn typing(&self) -> bool {
        !self.list.find.is_empty()
    }

    fn refresh(&mut self, desk: &Desk) -> Result<(), Trouble> {
        self.today = desk.today();
        self.style = desk::style(desk);
        self.wish.segment = segments::again(self.wish.segment.take(), desk);
        let had_rows = !self.list.table.rows().is_empty();
        self.list.table.reload();
        self.narrowed();
        self.page = None;
        self.fill(desk)?;
        // What was searched for is done: the box is free for the next number.
        if had_rows && !self.waits && self.list.table.rows().is_empty() && !self.list.find.is_empty() {
            self.list.find.clear();
            self.list.table.reset();
            self.narrowed();
            self.fill(desk)?;
        }
        self.drop_hidden(desk).map(drop)
    }

    fn errand(&mut self) -> Option<Errand> {
        let (filter, today) = (self.filter(), self.today);
        self.tally.errand(move |desk| desk.read(|db| reads::invoices_total(db, &filter, today)))
    }

    fn narrow(&mut self, narrow: &Narrow) {
        let code = |code| VIEWS.iter().position(|(_, known, _)| *known == code);
        if let Some(number) = narrow.view.and_then(code) {
            self.list.views.choose(number);
        }
        self.wish =
            InvoiceWish { due: narrow.due, segment: narrow.segment.as_deref().cloned(), ..InvoiceWish::default() };
        self.list.find = Find::with(&narrow.find);
        self.known.clear();
        self.list.table.reset();
    }

    fn can(&self, command: Command) -> Able {
        match command {
            Command::Edit => Able::NotHere,
            Command::Main | Command::Print => {
                let of_row = self.this().and_then(|this| deed::can(deeds::DEEDS, command, &this));
                of_row.unwrap_or_else(|| Able::because(NO_ROW))
            }
            Command::Open => Able::when(self.row().is_some(), NO_ROW),
            _ => Able::Yes,
        }
    }

    fn word(&self, command: Command) -> Option<&'static str> {
        match command {
            Command::Main if self.view() == View::Drafts => Some("Approve"),
            Command::Main => Some("Take payment"),
            Command::Print => Some("PDF"),
            Command::New => Some("New invoice"),
            _ => None,
        }
    }

    fn actions(&self, desk: &Desk) -> Vec<Entry> {
        self.this().map_or_else(|| vec![deeds::new_entry()], |this| deed::entries(deeds::DEEDS, this.read(desk)))
    }

    fn hint(&self) -> (String, String) {
        let hint = match self.list.table.marks().keys().len() {
            0 => "Type to search, Space marks, Left/Right change the view.",
            1 => "F8 takes the payment of the marked invoice, Esc takes the mark away.",
            _ if self.view() == View::Drafts => "F8 approves the marked invoices, F7 makes their PDFs.",
            _ => "F8 pays the marked invoices with one receipt, F7 makes their PDFs.",
        };
        (hint.to_owned(), self.list.table.position_text())
    }

    fn handle(&mut self, input: Input, desk: &Desk) -> Reply {
        let command = if let Input::Command(command) = &input { Some(*command) } else { None };
        let heard = match input {
            Input::Typed(letter) => self.list.typed(letter),
            Input::Pasted(text) => self.list.pasted(&text),
            Input::Clicked(target) => self.list.clicked(target),
            Input::Command(command) => self.list.command(command),
            Input::Given(answer) => return self.given(&answer, desk),
        };
        self.heard(heard, command, desk)
    }

    fn done(&mut self, _done: &Done, _desk: &Desk) -> Reply {
        self.list.table.unmark();
        Reply::Nothing
    }

    fn render(&mut self, canvas: &mut Canvas<'_>, area: Rect) {
        let total = self.tally.totals().and_then(|totals| u64::try_from(totals.count).ok());
        self.list.table.set_total(total);
        let show = self.surroundings();
        self.list.render(canvas, area, &show);
    }
}
