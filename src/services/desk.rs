//! A place to work at: an open book, the world outside, an operator.

use std::sync::Arc;

use chrono::NaiveDate;

use super::action::Action;
use super::actions;
use super::done::Done;
use super::operator::Operator;
use super::outside::Outside;
use super::pass_before::PassBefore;
use super::perform;
use super::refusal::{DeskError, Refusal, Result};
use super::rights::{Principal, Role};
use super::work::Work;
use crate::domain::format::Style;
use crate::domain::pass::{self, Guard};
use crate::store::shop::{self, Shop};
use crate::store::{Access, Book, Db, StoreError};

/// What may change while nobody types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// The business day is another one.
    Day,
    /// Another terminal wrote to the book.
    Book,
    /// The file of the book was moved, removed or replaced: nothing is saved any more.
    Moved,
}

/// What is said of a save before the money of a book that was not closed properly is looked through.
const IN_DOUBT: &str = "rentbook was not closed properly the last time, so the money in the book is looked through first: \
    nothing was changed, try again in a few seconds";

/// An open book somebody works on.
pub struct Desk {
    book: Book,
    outside: Arc<dyn Outside>,
    operator: Operator,
    principal: Principal,
    shop: Option<Shop>,
    seen: (NaiveDate, i64),
}

impl Desk {
    /// Sits down at an open book.
    pub fn new(book: Book, outside: Arc<dyn Outside>, operator: Operator) -> Result<Self> {
        let shop = book.read(shop::load)?;
        // Whoever sits here is a manager until there are operators with roles.
        let principal = Principal::Staff(Role::Manager);
        let mut desk = Self { book, outside, operator, principal, shop, seen: (NaiveDate::MIN, 0) };
        if desk.book.access() == Access::ReadWrite && desk.book.read(crate::store::forget::is_marked)? {
            desk.forget();
        }
        desk.seen = (desk.today(), desk.book.data_version()?);
        Ok(desk)
    }

    /// The same desk for somebody else: what it may do is theirs to do.
    pub fn acting_as(self, principal: Principal) -> Self {
        Self { principal, ..self }
    }

    /// A second desk on the same book, for a worker thread.
    pub fn again(&self) -> Result<Self> {
        Ok(Self {
            book: self.book.again()?,
            outside: Arc::clone(&self.outside),
            operator: self.operator.clone(),
            principal: self.principal,
            shop: self.shop.clone(),
            seen: self.seen,
        })
    }

    /// Whether the day or the book changed since the last look; settings are read anew.
    pub fn news(&mut self) -> Option<News> {
        if self.book.is_moved() {
            self.book.moved();
            return Some(News::Moved);
        }
        let now = (self.today(), self.book.data_version().ok()?);
        let news = match (now.0 == self.seen.0, now.1 == self.seen.1) {
            (true, true) => return None,
            (false, _) => News::Day,
            (true, false) => News::Book,
        };
        self.seen = now;
        // Where the settings cannot be read just now, the ones known go on standing; the next read says why.
        let _ = self.reload();
        Some(news)
    }

    /// Whether the book is open for viewing only.
    pub fn is_view_only(&self) -> bool {
        self.book.access() == Access::ViewOnly
    }

    /// The book.
    pub fn book(&self) -> &Book {
        &self.book
    }

    /// Stands up; the book is handed over, still open.
    pub fn leave(self) -> Book {
        self.book
    }

    /// Who works here.
    pub fn operator(&self) -> &Operator {
        &self.operator
    }

    /// The world outside.
    pub fn outside(&self) -> &Arc<dyn Outside> {
        &self.outside
    }

    /// The shop's settings.
    pub fn shop(&self) -> Result<&Shop> {
        self.shop.as_ref().ok_or_else(not_set_up)
    }

    /// Whether the book has a shop.
    pub fn is_set_up(&self) -> bool {
        self.shop.is_some()
    }

    /// The business day of the shop; before it is set up, the day in UTC.
    pub fn today(&self) -> NaiveDate {
        let zone = self.shop.as_ref().map_or(chrono_tz::UTC, |shop| shop.time_zone);
        self.outside.today(zone)
    }

    /// One consistent read of the whole book, by the shop itself: what others see is [`Self::see`].
    pub fn read<T, E: Into<DeskError> + From<StoreError>>(&self, work: impl FnOnce(&Db) -> Result<T, E>) -> Result<T> {
        self.refuse_payers()?;
        self.book.read(work).map_err(Into::into)
    }

    /// Who asks.
    pub(super) const fn principal(&self) -> Principal {
        self.principal
    }

    /// Reads the settings again, after another terminal may have changed them.
    pub fn reload(&mut self) -> Result<()> {
        self.shop = self.book.read(shop::load)?;
        Ok(())
    }

    /// Does one thing: loads, lets the domain decide, writes, one activity row, in one transaction.
    ///
    /// Actions that issue documents, or that change what a pass would make, run the pass of the day first: numbers
    /// follow dates, and the book is the same whether a pass ran that morning or not.
    pub fn perform(&mut self, action: Action) -> Result<Done> {
        if let Action::SetUp(draft) = action {
            return self.set_up(&draft);
        }
        if self.wants_the_pass(&action) {
            self.catch_up()?;
        }
        let done = self.work(|work| {
            // Every Action dates something, be it its row of the log.
            refuse_odd_day(work)?;
            perform::with_credit(work, &action)
        });
        let done = done.map_err(|error| self.rehearsed(error))?;
        if matches!(action, Action::ChangeSetting { .. } | Action::ChangeTaxRate(_) | Action::Undo(_)) {
            self.reload()?;
        }
        if matches!(action, Action::EraseCustomer(_)) {
            self.forget();
        }
        Ok(done)
    }

    /// Whether the pass of the day runs before an Action in this shop.
    pub(super) fn wants_the_pass(&self, action: &Action) -> bool {
        match action.pass_before() {
            PassBefore::Always => true,
            PassBefore::WhereCreditIsUsed => self.shop.as_ref().is_some_and(|shop| shop.use_credit_unasked),
            PassBefore::Never => false,
        }
    }

    /// Clears the bytes of what was erased out of the file. The erasing itself is saved: what cannot be done now, because
    /// another program reads, is done when the book is opened next.
    fn forget(&self) {
        match self.book.forget() {
            Ok(true) => {}
            Ok(false) => tracing::info!(
                "another program is reading the book: what was erased is wiped when the book is opened next"
            ),
            Err(error) => tracing::warn!(%error, "erased bytes could not be cleared out of the file"),
        }
    }

    /// Does several things in one transaction, each with its own activity row: for demo books, where a million commits
    /// would say nothing more. Everything or nothing is kept.
    pub fn perform_all(&mut self, batch: &[Action]) -> Result<Vec<Done>> {
        self.refuse_viewing()?;
        let shop = self.shop()?.clone();
        let moment = (self.today(), self.outside.now());
        self.book.write(|db| {
            batch
                .iter()
                .map(|action| {
                    let work = Work::new(db, &shop, moment, (&self.operator, self.principal), self.outside.as_ref());
                    let done = perform::with_credit(&work, action)?;
                    work.logged()?;
                    Ok(done)
                })
                .collect()
        })
    }

    /// One transaction with its activity row.
    pub(super) fn work<T>(&self, step: impl Fn(&Work) -> Result<T>) -> Result<T> {
        self.refuse_viewing()?;
        self.shop()?;
        let moment = (self.today(), self.outside.now());
        self.book.write(|db| {
            // Read anew: another terminal may have closed a period or changed a number format a moment ago.
            let shop = shop::load(db)?.ok_or_else(not_set_up)?;
            let work = Work::new(db, &shop, moment, (&self.operator, self.principal), self.outside.as_ref());
            let done = step(&work)?;
            work.logged()?;
            Ok(done)
        })
    }

    fn set_up(&mut self, draft: &actions::shop::ShopDraft) -> Result<Done> {
        self.refuse_viewing()?;
        if self.is_set_up() {
            return Err(Refusal::new("set_up_already", "this book is set up already").into());
        }
        let shop = actions::shop::read(draft)?;
        let moment = (self.outside.today(shop.time_zone), self.outside.now());
        let done = self.book.write(|db| {
            let work = Work::new(db, &shop, moment, (&self.operator, self.principal), self.outside.as_ref());
            let done = actions::shop::set_up(&work)?;
            work.logged()?;
            Ok::<Done, DeskError>(done)
        })?;
        self.shop = Some(shop);
        Ok(done)
    }

    /// Refuses whatever writes where the book is open for viewing only.
    pub(super) fn refuse_viewing(&self) -> Result<()> {
        match self.book.access() {
            Access::ReadWrite if self.book.is_in_doubt() => Err(Refusal::new("looked_through", IN_DOUBT).into()),
            Access::ReadWrite => Ok(()),
            Access::ViewOnly => {
                Err(Refusal::new("view_only", "this book is open for viewing only; nothing was changed").into())
            }
        }
    }
}

fn not_set_up() -> DeskError {
    Refusal::new("not_set_up", "this book is not set up yet: run rentbook init").into()
}

/// The day is one the book has already left behind.
pub(super) fn clock_back(style: Style, today: NaiveDate, last: NaiveDate) -> Refusal {
    let message = format!(
        "the clock says {}, but the book was already at {}: nothing is done until somebody confirms the clock",
        style.long_date(today),
        style.long_date(last)
    );
    Refusal::new("clock_back", message)
}

/// The clock stands so far past the last pass that it may be wrong.
pub(super) fn gap(days: i64) -> Refusal {
    let message = format!("billing last ran {days} days ago: look at what it would do, then confirm the gap");
    Refusal::new("gap", message)
}

/// The one guard of the clock, before everything that writes a date. Put back, or behind another terminal that began a
/// later day a moment ago: nothing is dated before that day. Far ahead: what is dated there would keep every real day
/// out. In both somebody confirms the clock first, with the pass.
pub(super) fn refuse_odd_day(work: &Work) -> Result<()> {
    match pass::guard(crate::store::billing::pass_state(work.db)?.last_run_on, work.today) {
        Guard::Clear => Ok(()),
        Guard::ClockBack { last } => Err(clock_back(work.shop.style, work.today, last).into()),
        Guard::Gap { days } => Err(gap(days).into()),
    }
}
