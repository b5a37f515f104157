//! The list of payments: what is open, late, failed, paid and next.

mod acts;
mod details;
mod rows;

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use ratatui::layout::Rect;

use super::deeds;
use super::filter::{PaymentFilterForm, PaymentWish};
use crate::domain::format::Style;
use crate::tui::beside::{Errand, Tally};
use crate::tui::command::{Able, Command};
use crate::tui::desk::reads::{self, PaymentFilter, PaymentPage, PaymentRow, PaymentView};
use crate::tui::desk::{self, Desk, Done, Trouble};
use crate::tui::forms::{FormDialog, segments};
use crate::tui::keymap::Context;
use crate::tui::page::deed;
use crate::tui::place::{Narrow, Place};
use crate::tui::reply::{Answer, Entry, Input, Reply, Screen};
use crate::tui::things::settling;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::find::Find;
use crate::tui::widgets::listing::{Heard, Listing, Surroundings};
use crate::tui::widgets::records;
use crate::tui::words;
use rows::{Key, Line};

/// The saved views, as name, code and what they show.
const VIEWS: [(&str, &str, PaymentView); 7] = [
    ("Open", "open", PaymentView::Open),
    ("Overdue", "overdue", PaymentView::Overdue),
    ("Failed", "failed", PaymentView::Failed),
    ("Processing", "processing", PaymentView::Processing),
    ("Paid", "paid", PaymentView::Paid),
    ("All", "all", PaymentView::All),
    ("Upcoming", "upcoming", PaymentView::Upcoming),
];

/// Why a row is needed.
const NO_ROW: &str = "There is no row here.";

/// Above so many rows those that scrolled away are forgotten.
const MOST_KNOWN: usize = 6_000;

/// The list of payments.
pub struct Payments {
    list: Listing<Key>,
    wish: PaymentWish,
    known: HashMap<Key, Line>,
    tally: Tally,
    /// Until the ledger is here.
    waits: bool,
    page: Option<PaymentPage>,
    today: NaiveDate,
    style: Style,
}

impl Payments {
    /// The list, on its first view.
    pub fn new() -> Self {
        let names = VIEWS.iter().map(|(name, _, _)| *name).collect();
        Self {
            list: Listing::new(names, rows::columns(PaymentView::Open)),
            wish: PaymentWish::default(),
            known: HashMap::new(),
            tally: Tally::default(),
            waits: false,
            page: None,
            today: NaiveDate::MIN,
            style: Style::default(),
        }
    }

    fn view(&self) -> PaymentView {
        VIEWS.get(self.list.views.active()).map_or(PaymentView::Open, |(_, _, view)| *view)
    }

    fn filter(&self) -> PaymentFilter {
        let mut filter =
            PaymentFilter { view: self.view(), query: self.list.find.text().to_owned(), ..PaymentFilter::default() };
        self.wish.apply(&mut filter);
        // Of what is paid, the newest is what people look for.
        filter.reverse ^= filter.view == PaymentView::Paid;
        filter
    }

    /// Brings the rows the table wants, and what is known of the one under the cursor.
    fn fill(&mut self, desk: &Desk) -> Result<(), Trouble> {
        let filter = self.filter();
        self.waits = desk::must_wait(desk, filter.is_first_view());
        if self.waits {
            self.list.table.wait();
            return self.read_details(desk);
        }
        while let Some(want) = self.list.table.wanted() {
            let cursor = |key| self.known.get(&key).map(|line: &Line| line.cursor(filter.sort));
            let page = records::page(&want, cursor);
            let slice = rows::read(desk, &filter, &page)?;
            let more = records::has_more(&want, &slice);
            if let Some(totals) = slice.totals.clone() {
                self.tally.know(totals);
            }
            let look = (filter.view, self.today, self.style);
            let rows = slice.rows.iter().map(|line| line.row(look)).collect();
            self.known.extend(slice.rows.into_iter().map(|line| (line.key(), line)));
            self.list.table.load(&want, rows, more);
        }
        if self.known.len() > MOST_KNOWN {
            let shown: HashSet<Key> = self.list.table.rows().iter().map(|row| row.key).collect();
            self.known.retain(|key, _| shown.contains(key));
        }
        self.read_details(desk)
    }

    fn read_details(&mut self, desk: &Desk) -> Result<(), Trouble> {
        let id = self.row().map(|row| row.id).filter(|_| self.list.has_details());
        if self.page.as_ref().map(|page| page.row.id) != id {
            self.page = match id {
                Some(id) => desk.read(|db| reads::payment_page(db, id, self.today))?,
                None => None,
            };
        }
        Ok(())
    }

    /// Other rows are to be shown.
    fn narrowed(&mut self) {
        *self.list.table.columns_mut() = rows::columns(self.view());
        let filter = self.filter();
        rows::mark_order(self.list.table.columns_mut(), &filter);
        self.tally.forget();
    }

    /// The line under the cursor.
    fn line(&self) -> Option<&Line> {
        self.list.table.key().and_then(|key| self.known.get(&key))
    }

    /// The payment under the cursor.
    fn row(&self) -> Option<&PaymentRow> {
        self.line().and_then(Line::payment)
    }

    /// Fills after an input; a book that cannot be read says so, and so does a mark that is out of sight.
    fn filled(&mut self, desk: &Desk) -> Reply {
        match self.fill(desk).and_then(|()| self.drop_hidden(desk)) {
            Ok(dropped) => Reply::dropped(dropped),
            Err(trouble) => Reply::refuse(trouble.sentence()),
        }
    }

    /// Marks of rows that the search, the view or the filter hides are dropped.
    fn drop_hidden(&mut self, desk: &Desk) -> Result<usize, Trouble> {
        let (filter, today) = (self.filter(), self.today);
        self.list.drop_hidden(|keys| {
            let ids: Vec<_> = keys.iter().copied().filter_map(Key::payment).collect();
            let kept = desk.read(|db| reads::payments_among(db, &filter, &ids, today))?;
            Ok(kept.into_iter().map(Key::Payment).collect())
        })
    }

    fn heard(&mut self, heard: Heard, command: Option<Command>, desk: &Desk) -> Reply {
        match heard {
            Heard::NotMine => return command.map_or(Reply::Nothing, |command| self.own(command, desk)),
            Heard::Opened => return self.open(),
            Heard::AllNeeded => return self.mark_all(desk),
            Heard::Narrowed => self.narrowed(),
            Heard::Taken => {}
        }
        self.filled(desk)
    }

    /// The commands the list itself does not know.
    fn own(&mut self, command: Command, desk: &Desk) -> Reply {
        match command {
            Command::Main | Command::Print => self.deed(command, desk),
            Command::New => Reply::Go(Place::Page("new order")),
            Command::Filter => {
                let form = PaymentFilterForm::new(self.wish.clone(), self.style);
                Reply::open(FormDialog::new(form, desk))
            }
            Command::Copy => self.row().map_or(Reply::Pass, |row| Reply::Copy(deeds::number(row))),
            Command::Back if !self.wish.is_plain() => {
                self.wish = PaymentWish::default();
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

    fn open(&self) -> Reply {
        match self.line() {
            Some(Line::Payment(row)) => Reply::Go(Place::Payment(row.id)),
            Some(Line::Upcoming(row)) => Reply::Go(Place::Subscription(row.subscription_id)),
            None => Reply::Nothing,
        }
    }

    fn given(&mut self, answer: &Answer, desk: &Desk) -> Reply {
        if let Some(wish) = PaymentWish::from_answer(answer) {
            self.wish = wish;
            self.list.table.reset();
            self.narrowed();
            return self.filled(desk);
        }
        Reply::Nothing
    }

    /// Does what the key of a command means for the row, or for what is marked.
    fn deed(&self, command: Command, desk: &Desk) -> Reply {
        let of_payment = self.this().and_then(|this| deed::run(deeds::DEEDS, command, &this, desk));
        let of_period = || self.this_period().and_then(|this| deed::run(deeds::PERIOD_DEEDS, command, &this, desk));
        of_payment.or_else(of_period).unwrap_or(Reply::Nothing)
    }

    fn surroundings(&mut self) -> Surroundings {
        let is_open = !matches!(self.view(), PaymentView::Paid | PaymentView::All);
        let is_counted = self.view() != PaymentView::Upcoming;
        let count =
            if is_counted { words::totals(self.style, self.tally.totals(), "payment", is_open) } else { String::new() };
        Surroundings {
            count,
            filters: self.wish.chips(self.style, self.view()),
            title: self.line().map(Line::title).unwrap_or_default(),
            marked: self.list.table.marks().text(self.style),
            details: self
                .line()
                .map(|line| details::of(line, self.page.as_ref(), self.today, self.style))
                .unwrap_or_default(),
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
                "Nothing among {view} payments has \"{typed}\". Left and Right look in other views, Esc clears the text."
            );
        }
        if !self.wish.is_plain() {
            let what = if self.view() == PaymentView::Upcoming { "period to come" } else { "payment" };
            return format!("No {what} fits the filter. Esc takes it away, F4 changes it.");
        }
        match self.view() {
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
}

impl Default for Payments {
    fn default() -> Self {
        Self::new()
    }
}

impl Screen for Payments {
    fn context(&self) -> Context {
        Context::List
    }

    fn typing(&self) -> bool {
        !self.list.find.is_empty()
    }

    fn refresh(&mut self, desk: &Desk) -> Result<(), Trouble> {
        self.today = desk.today();
        self.style = desk.shop()?.style;
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
        if self.view() == PaymentView::Upcoming {
            self.tally.leave_out();
            return None;
        }
        let (filter, today) = (self.filter(), self.today);
        self.tally.errand(move |desk| desk.read(|db| reads::payments_total(db, &filter, today)))
    }

    fn narrow(&mut self, narrow: &Narrow) {
        let code = |code| VIEWS.iter().position(|(_, known, _)| *known == code);
        if let Some(number) = narrow.view.and_then(code) {
            self.list.views.choose(number);
        }
        let (status, due, paid) = (narrow.status, narrow.due, narrow.paid);
        let segment = narrow.segment.as_deref().cloned();
        self.wish = PaymentWish { status, due, paid, segment, ..PaymentWish::default() };
        self.list.find = Find::with(&narrow.find);
        self.known.clear();
        self.list.table.reset();
    }

    fn can(&self, command: Command) -> Able {
        match command {
            Command::Edit => Able::NotHere,
            Command::Main | Command::Print => {
                let of_payment = self.this().and_then(|this| deed::can(deeds::DEEDS, command, &this));
                let of_period = || self.this_period().and_then(|this| deed::can(deeds::PERIOD_DEEDS, command, &this));
                of_payment.or_else(of_period).unwrap_or_else(|| Able::because(NO_ROW))
            }
            Command::Open => Able::when(self.line().is_some(), NO_ROW),
            _ => Able::Yes,
        }
    }

    fn word(&self, command: Command) -> Option<&'static str> {
        let of_payment = self.this().and_then(|this| deed::word(deeds::DEEDS, command, &this));
        match command {
            Command::Main if self.view() == PaymentView::Upcoming => Some("Bill now"),
            Command::Main => of_payment.or(Some("Mark paid")),
            Command::Print => Some("PDF"),
            Command::New => Some("New order"),
            _ => None,
        }
    }

    fn actions(&self, desk: &Desk) -> Vec<Entry> {
        let of_payment = self.this().map(|this| deed::entries(deeds::DEEDS, this.read(desk)));
        let of_period = || self.this_period().map(|this| deed::entries(deeds::PERIOD_DEEDS, this));
        of_payment.or_else(of_period).unwrap_or_default()
    }

    fn hint(&self) -> (String, String) {
        let hint = match self.list.table.marks().keys().len() {
            0 => "Type to search, Space marks, Left/Right change the view.",
            1 if self.view() == PaymentView::Upcoming => "F8 invoices the marked period, Esc takes the mark away.",
            _ if self.view() == PaymentView::Upcoming => "Esc takes the marks away: one period is worked on at a time.",
            1 => "F8 marks the marked payment as paid, Esc takes the mark away.",
            _ => "F8 marks them as paid with one receipt, Esc unmarks.",
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

    fn done(&mut self, done: &Done, desk: &Desk) -> Reply {
        self.list.table.unmark();
        settling::follow_up(done, desk)
    }

    fn render(&mut self, canvas: &mut Canvas<'_>, area: Rect) {
        let total = self.tally.totals().and_then(|totals| u64::try_from(totals.count).ok());
        self.list.table.set_total(total);
        let show = self.surroundings();
        self.list.render(canvas, area, &show);
    }
}
