//! The page of a list: its rows, what is known of the one under the cursor, what is counted.

use ratatui::layout::Rect;

use super::{At, List, Look, MOST_MARKED, Picked, table_file};
use crate::services::reads::Page;
use crate::tui::beside::{Errand, Tally};
use crate::tui::command::{Able, Command};
use crate::tui::desk::{self, Desk, Done, Trouble};
use crate::tui::keymap::Context;
use crate::tui::page::deed::Menu;
use crate::tui::place::Narrow;
use crate::tui::reply::{Entry, Input, Reply, Screen};
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::find::Find;
use crate::tui::widgets::listing::{Listing, Surroundings};
use crate::tui::widgets::records::{Records, Shown};
use crate::tui::widgets::strip::Detail;

/// The page of a list.
#[derive(Debug)]
pub struct ListPage<L: List> {
    pub(super) list: L,
    pub(super) listing: Listing<L::Key>,
    pub(super) records: Records<L::Key, L::Row>,
    pub(super) tally: Tally,
    /// Until what is kept in memory of the book is here.
    waits: bool,
    /// The row the details are of.
    detailed: Option<L::Key>,
    details: Vec<Detail>,
    /// As it was when the page was read; none before.
    look: Option<Look>,
}

impl<L: List> ListPage<L> {
    /// The list, on its first view.
    pub fn new(list: L) -> Self {
        let names = L::VIEWS.iter().map(|(name, _)| *name).collect();
        let listing = Listing::new(names, L::columns(&list.query(0, "")));
        Self {
            list,
            listing: if L::TAKES_MARKS { listing } else { listing.unmarked() },
            records: Records::default(),
            tally: Tally::default(),
            waits: false,
            detailed: None,
            details: Vec::new(),
            look: None,
        }
    }

    pub(super) fn look(&self, desk: &Desk) -> Look {
        self.look.unwrap_or_else(|| Look::of(desk))
    }

    /// What is asked for.
    pub(super) fn query(&self) -> L::Query {
        self.list.query(self.listing.views.active(), self.listing.find.text())
    }

    /// The row under the cursor.
    pub(super) fn row(&self) -> Option<&L::Row> {
        self.listing.table.key().and_then(|key| self.records.get(key))
    }

    /// What can be done with the row under the cursor, with the only one that is marked, or with all that are.
    pub(super) fn menu(&self, query: &L::Query) -> Option<Box<dyn Menu>> {
        let marks = self.listing.table.marks().keys();
        let row = match marks {
            [one] => self.records.get(*one),
            _ => self.row(),
        };
        let marked = if marks.len() > 1 { marks } else { &[] };
        row.map(|row| L::menu(&Picked { row, marked, known: &self.records, query }))
    }

    /// Brings the rows the table wants, and what is known of the one under the cursor.
    pub(super) fn fill(&mut self, desk: &Desk) -> Result<(), Trouble> {
        let (query, look) = (self.query(), self.look(desk));
        self.waits = desk::must_wait(desk, L::is_quick(&query));
        if self.waits {
            self.listing.table.wait();
        } else {
            let shown =
                Shown { row: |row: &L::Row| L::row(row, &query, look), cursor: |row: &L::Row| L::cursor(row, &query) };
            let tally = &mut self.tally;
            self.records.fill(&mut self.listing.table, &shown, |page| {
                let slice = L::read(desk, &query, page)?;
                if let Some(totals) = slice.totals.clone() {
                    tally.know(totals);
                }
                Ok::<_, Trouble>(slice)
            })?;
        }
        self.read_details(look, desk)
    }

    fn read_details(&mut self, look: Look, desk: &Desk) -> Result<(), Trouble> {
        let key = self.listing.table.key().filter(|_| self.listing.has_details());
        if self.detailed != key {
            self.details = match self.row().filter(|_| key.is_some()) {
                Some(row) => L::details(row, look, desk)?,
                None => Vec::new(),
            };
            self.detailed = key;
        }
        Ok(())
    }

    /// Other rows are to be shown: what was counted is no longer true.
    pub(super) fn narrowed(&mut self) {
        self.list.turned(self.listing.views.active());
        *self.listing.table.columns_mut() = L::columns(&self.query());
        self.tally.forget();
    }

    /// Marks of rows that the search, the view or the filter hides are dropped.
    fn drop_hidden(&mut self, desk: &Desk) -> Result<usize, Trouble> {
        let query = self.query();
        Ok(self.listing.drop_hidden(|keys| L::among(desk, &query, keys))?)
    }

    /// Fills after an input; a book that cannot be read says so, and so do marks that are out of sight.
    pub(super) fn filled(&mut self, is_narrowed: bool, desk: &Desk) -> Reply {
        let filled = self.fill(desk).and_then(|()| if is_narrowed { self.drop_hidden(desk) } else { Ok(0) });
        match filled {
            Ok(dropped) => Reply::dropped(dropped),
            Err(trouble) => Reply::refuse(trouble.sentence()),
        }
    }

    pub(super) fn mark_all(&mut self, desk: &Desk) -> Reply {
        let (query, look) = (self.query(), self.look(desk));
        match L::read(desk, &query, &Page::first(MOST_MARKED + 1)) {
            Err(error) => Reply::refuse(Trouble::from(error).sentence()),
            Ok(slice) if slice.rows.len() > MOST_MARKED => {
                Reply::refuse(format!("These are more than {MOST_MARKED}: narrow the list first, then mark all."))
            }
            Ok(slice) => {
                let rows = slice.rows.iter().map(|row| L::row(row, &query, look));
                self.listing.table.mark_these(rows.map(|row| (row.key, row.worth)));
                for row in slice.rows {
                    self.records.keep(L::key(&row), row);
                }
                Reply::Nothing
            }
        }
    }

    /// What was made gets the cursor, wherever it stands in the list.
    fn show_made(&mut self, key: L::Key, row: Option<L::Row>, desk: &Desk) -> Reply {
        if self.listing.table.key() == Some(key) {
            return Reply::Nothing;
        }
        self.listing.find.clear();
        if let Some(row) = row {
            self.list.clear(&mut self.listing);
            self.listing.views.choose(0);
            self.records.keep(key, row);
            self.listing.table.reset_to(key);
        } else {
            self.listing.table.reset();
        }
        self.narrowed();
        let reply = self.filled(true, desk);
        self.listing.table.select(key);
        reply
    }

    fn at<'a>(&'a self, query: &'a L::Query, look: Look) -> At<'a, L> {
        At { row: self.row(), query, text: self.listing.find.text(), total: None, look }
    }

    fn has_row(&self) -> Able {
        Able::when(self.row().is_some(), L::NO_ROW)
    }
}

impl<L: List> Screen for ListPage<L> {
    fn context(&self) -> Context {
        Context::List
    }

    fn typing(&self) -> bool {
        !self.listing.find.is_empty()
    }

    fn crumbs(&self) -> Vec<String> {
        self.list.crumbs()
    }

    fn refresh(&mut self, desk: &Desk) -> Result<(), Trouble> {
        self.look = Some(Look::of(desk));
        self.list.refreshed(desk);
        let had_rows = !self.listing.table.rows().is_empty();
        self.listing.table.reload();
        self.narrowed();
        self.detailed = None;
        self.details = Vec::new();
        self.fill(desk)?;
        // What was searched for is done: the box is free for the next number.
        if had_rows && !self.waits && self.listing.table.rows().is_empty() && !self.listing.find.is_empty() {
            self.listing.find.clear();
            self.listing.table.reset();
            self.narrowed();
            self.fill(desk)?;
        }
        self.drop_hidden(desk).map(drop)
    }

    fn errand(&mut self) -> Option<Errand> {
        let query = self.query();
        if !L::is_counted(&query) {
            self.tally.leave_out();
            return None;
        }
        self.tally.errand(move |desk: &Desk| L::count(desk, &query))
    }

    fn narrow(&mut self, narrow: &Narrow) {
        let code = |code| L::VIEWS.iter().position(|(_, known)| *known == code);
        self.listing.views.choose(narrow.view.and_then(code).unwrap_or(0));
        self.list.narrow(narrow);
        self.listing.find = Find::with(&narrow.find);
        self.listing.table.reset();
    }

    fn can(&self, command: Command) -> Able {
        use Command::{Edit, Filter, Main, Mark, MarkAll, MarkDown, MarkUp, New, Open, Print};
        match command {
            _ if L::OWN.contains(&command) => self.list.can(command, self.row()),
            Open => self.has_row(),
            Mark | MarkAll | MarkUp | MarkDown if L::TAKES_MARKS => self.has_row(),
            _ if L::KEYS.contains(&command) => {
                let able = self.menu(&self.query()).map(|menu| menu.can(command).unwrap_or(Able::NotHere));
                able.unwrap_or_else(|| Able::because(L::NO_ROW))
            }
            Edit | Main | Print | New | Filter | Mark | MarkAll | MarkUp | MarkDown => Able::NotHere,
            _ => Able::Yes,
        }
    }

    fn word(&self, command: Command) -> Option<&'static str> {
        let query = self.query();
        let of_row = || self.menu(&query).filter(|_| L::KEYS.contains(&command)).and_then(|menu| menu.word(command));
        let own = self.list.word(command, &query);
        if L::OWN.contains(&command) { own } else { of_row().or(own) }
    }

    fn actions(&self, desk: &Desk) -> Vec<Entry> {
        let query = self.query();
        let of_row = self.menu(&query).map(|menu| menu.entries(desk)).unwrap_or_default();
        let own = self.list.more(&self.at(&query, self.look(desk)), desk);
        // A list with a key of its own for it has the entry too.
        let table = (self.row().is_some() && !L::OWN.contains(&Command::Print)).then(|| {
            Entry::acting("Write the list to a table (CSV)", move |desk| table_file::write::<L>(&query, None, desk))
        });
        of_row.into_iter().chain(own).chain(table).collect()
    }

    fn hint(&self) -> (String, String) {
        let hint = L::hint(&self.query(), self.listing.table.marks().keys().len());
        (hint.to_owned(), self.listing.table.position_text())
    }

    fn handle(&mut self, input: Input, desk: &Desk) -> Reply {
        self.take(input, desk)
    }

    fn done(&mut self, done: &Done, desk: &Desk) -> Reply {
        self.listing.table.unmark();
        let reply = match L::made(&done.outcome, desk) {
            Some((key, row)) => self.show_made(key, row, desk),
            None => Reply::Nothing,
        };
        match (reply, self.list.follow_up(done, desk)) {
            (Reply::Nothing, next) => next,
            (reply, _) => reply,
        }
    }

    fn render(&mut self, canvas: &mut Canvas<'_>, area: Rect) {
        let Some(look) = self.look else { return };
        let query = self.query();
        let totals = self.tally.totals();
        self.listing.table.set_total(totals.and_then(|totals| u64::try_from(totals.count).ok()));
        let text = self.listing.find.text();
        let empty =
            if self.waits { "…".to_owned() } else { self.list.empty(&query, self.listing.views.name(), text) };
        let show = Surroundings {
            count: if L::is_counted(&query) { L::counted(&query, totals, look) } else { String::new() },
            filters: self.list.chips(&query, look),
            title: self.row().map(L::title).unwrap_or_default(),
            marked: self.listing.table.marks().text(look.style),
            details: self.details.clone(),
            empty,
        };
        self.listing.render(canvas, area, &show);
    }
}
