//! Today: what the pass did and what waits for a person. Every figure by an index, whatever the age of the book.

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};

use super::activity_rows;
use super::activity_rows::ActivityRow;
use super::needing_asset::WAITING;
use super::reports;
use super::shown::{currency, money};
use super::whose::Whose;
use crate::domain::currency::Currency;
use crate::domain::expiry::Expiry;
use crate::domain::id::CustomerId;
use crate::domain::log::Log;
use crate::domain::money::Money;
use crate::store::activity::but;
use crate::store::billing::pass_state;
use crate::store::engine::{Db, Row, Value};
use crate::store::error::Result;
use crate::store::method;
use crate::store::note::stands;
use crate::store::query::invoices::UNSENT;

/// One line of the work queue.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct TodayLine {
    pub count: i64,
    /// What they add up to, one sum a currency.
    pub sums: Vec<Money>,
    /// The oldest of them.
    pub oldest_on: Option<NaiveDate>,
}

/// What stands on the start page.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Today {
    /// Payments open and past due.
    pub overdue: TodayLine,
    /// Payments open and due today.
    pub due_today: TodayLine,
    pub failed: TodayLine,
    /// Payments whose money is on its way.
    pub processing: TodayLine,
    /// Invoices that wait for approval.
    pub to_review: TodayLine,
    /// Payments due and not invoiced yet.
    pub uninvoiced: TodayLine,
    /// Contracts that end within 30 days; sums are monthly prices.
    pub ending: TodayLine,
    /// Follow-ups from notes that are due.
    pub follow_ups: TodayLine,
    /// Lines of bank statements to match.
    pub bank_lines: TodayLine,
    /// Messages that wait to be sent.
    pub messages: TodayLine,
    /// Invoices nobody has sent yet, as the list of invoices asks for them.
    pub unsent: TodayLine,
    /// Contracts that run without an asset, though their variant is kept by serial numbers.
    pub needing_asset: TodayLine,
    /// Customers with live subscriptions and no billing address.
    pub missing_addresses: TodayLine,
    /// Cards of customers who rent that end within 60 days, or ended in the year before.
    pub ending_cards: TodayLine,
    /// Due in the next seven days, today included: open payments and periods not yet materialised.
    pub expected_week: Vec<Money>,
    /// Income of this month so far.
    pub collected_month: Vec<Money>,
    /// The last thing a person did.
    pub last_done: Option<ActivityRow>,
    /// The day the pass was done for last.
    pub last_pass_on: Option<NaiveDate>,
    pub last_pass_at: Option<DateTime<Utc>>,
    /// What it did: the row of the log it closed with.
    pub last_pass: Vec<ActivityRow>,
}

/// The start page.
pub fn today(db: &Db, today: NaiveDate) -> Result<Today> {
    let day: Value = today.into();
    let month_end = today.checked_add_days(Days::new(30)).unwrap_or(today);
    let state = pass_state(db)?;
    let open = Open::read(db, today)?;
    Ok(Today {
        overdue: open.overdue.line(),
        due_today: open.due_today.line(),
        failed: open.failed.line(),
        processing: open.processing.line(),
        to_review: line(db, TO_REVIEW, &[])?,
        uninvoiced: added(db, UNINVOICED, std::slice::from_ref(&day))?,
        ending: added(db, ENDING, &[day.clone(), month_end.into()])?,
        follow_ups: count(db, &format!("{FOLLOW_UPS}{}", stands()), std::slice::from_ref(&day))?,
        bank_lines: count(db, BANK_LINES, &[])?,
        messages: count(db, MESSAGES, &[])?,
        unsent: added(db, &format!("{OPEN_INVOICES} i.id IN ({UNSENT}) ORDER BY i.id"), &[])?,
        needing_asset: count(db, &format!("SELECT COUNT(*), MIN(s.start_on) {WAITING}"), &[])?,
        missing_addresses: count(db, MISSING_ADDRESSES, &[])?,
        ending_cards: ending_cards(db, today)?,
        expected_week: expected_week(db, today, open.week.0)?,
        collected_month: collected(db, (today.with_day(1).unwrap_or(today), today))?,
        last_done: activity_rows::newest(db, &format!("a.action <> '{}'{}", Log::SetUp.code(), but(Log::OF_THE_PASS)))?,
        last_pass: activity_rows::newest(db, &format!("a.action = '{}'", Log::PassDone.code()))?.into_iter().collect(),
        last_pass_on: state.last_run_on,
        last_pass_at: state.last_run_at,
    })
}

/// Everything open, read once in the order of due days. Added up here: SQLite would sort all of it for a sum a currency.
const OPEN: &str = "SELECT due_on, status, CASE WHEN invoice_id IS NULL THEN 0 ELSE 1 END, currency, amount_minor - settled_minor FROM payment \
    WHERE status <> 'paid' AND status <> 'cancelled' ORDER BY due_on, id";

/// The lines of the queue that are open payments.
#[derive(Default)]
struct Open {
    overdue: Adding,
    due_today: Adding,
    failed: Adding,
    processing: Adding,
    /// Due in the next seven days, today included.
    week: Sums,
}

/// A line being added up.
#[derive(Default)]
struct Adding {
    count: i64,
    sums: Sums,
    /// As an ISO date: the first of the rows is the least text.
    oldest: String,
}

/// One sum a currency.
#[derive(Default)]
struct Sums(Vec<(Currency, i64)>);

impl Open {
    fn read(db: &Db, today: NaiveDate) -> Result<Self> {
        let mut open = Self::default();
        let (day, week_end) = (today.to_string(), week_end(today).to_string());
        db.each(OPEN, &[], |row| {
            let (due_on, status) = (row.str(0)?, row.str(1)?);
            if due_on < day.as_str() && row.flag(2)? {
                open.overdue.add(row, 3)?;
            }
            if due_on == day {
                open.due_today.add(row, 3)?;
            }
            match status {
                "failed" => open.failed.add(row, 3)?,
                "processing" => open.processing.add(row, 3)?,
                _ => {}
            }
            if due_on >= day.as_str() && due_on <= week_end.as_str() {
                open.week.add(row, 3)?;
            }
            Ok(())
        })?;
        Ok(open)
    }
}

impl Adding {
    /// Adds a row: its day at first, currency and minor units at `column`.
    fn add(&mut self, row: &Row, column: usize) -> Result<()> {
        self.count += 1;
        let day = row.str(0)?;
        if self.oldest.is_empty() || day < self.oldest.as_str() {
            day.clone_into(&mut self.oldest);
        }
        self.sums.add(row, column)
    }

    fn line(self) -> TodayLine {
        TodayLine { count: self.count, sums: self.sums.money(), oldest_on: self.oldest.parse().ok() }
    }
}

impl Sums {
    /// Adds what stands after the currency at `column`.
    fn add(&mut self, row: &Row, column: usize) -> Result<()> {
        let (code, minor) = (row.str(column)?, row.int(column + 1)?);
        match self.0.iter_mut().find(|(known, _)| known.code() == code) {
            Some((_, sum)) => *sum += minor,
            None => self.0.push((currency(row, column)?, minor)),
        }
        Ok(())
    }

    /// By the code of the currency.
    fn money(mut self) -> Vec<Money> {
        self.0.sort_by_key(|(currency, _)| currency.code().to_owned());
        self.0.into_iter().map(|(currency, minor)| Money::new(minor, currency)).collect()
    }
}

const OPEN_INVOICES: &str = "SELECT i.due_on, i.currency, i.total_minor - i.settled_minor FROM invoice i WHERE";

const TO_REVIEW: &str = "SELECT currency, COUNT(*), CAST(SUM(total_minor) AS BIGINT), MIN(invoiced_on) FROM invoice \
    WHERE state IN ('draft', 'in_review') GROUP BY currency";

/// In the order of the index of those without an invoice, so that it is the one that serves.
const UNINVOICED: &str = "SELECT due_on, currency, amount_minor FROM payment \
    WHERE invoice_id IS NULL AND status = 'pending' AND (due_on || '') <= ?1 ORDER BY group_id, period_start_on";

const ENDING: &str = "SELECT end_on, currency, price_minor FROM subscription \
    WHERE status <> 'draft' AND status <> 'ended' AND status <> 'cancelled' AND end_on > ?1 AND end_on <= ?2";

const FOLLOW_UPS: &str = "SELECT COUNT(*), MIN(n.follow_up_on) FROM note n \
    WHERE n.follow_up_on IS NOT NULL AND n.followed_up_on IS NULL AND n.follow_up_on <= ?1 AND ";

const BANK_LINES: &str = "SELECT COUNT(*), MIN(booked_on) FROM bank_line WHERE state = 'open'";

const MESSAGES: &str = "SELECT COUNT(*), NULL FROM outbox_message WHERE state IN ('queued', 'sending')";

/// Customers who rent, themselves or as one merged into them, and have no billing address among them.
macro_rules! without_address {
    () => {
        "customer c WHERE c.has_billing_address = 0 AND c.closed_on IS NULL AND c.root_id IS NULL \
         AND NOT EXISTS (SELECT 1 FROM customer m WHERE m.root_id = c.id AND m.has_billing_address = 1) \
         AND (EXISTS (SELECT 1 FROM subscription s WHERE s.customer_id = c.id AND s.status IN ('active', 'paused', 'suspended')) \
          OR EXISTS (SELECT 1 FROM customer m CROSS JOIN subscription s WHERE m.root_id = c.id AND s.customer_id = m.id \
           AND s.status IN ('active', 'paused', 'suspended')))"
    };
}

const MISSING_ADDRESSES: &str = concat!("SELECT COUNT(*), NULL FROM ", without_address!());

fn ending_cards(db: &Db, today: NaiveDate) -> Result<TodayLine> {
    let (from, until) = Expiry::to_renew(today);
    let sql = format!("SELECT COUNT(*), NULL FROM payment_method m WHERE {}", method::ENDING);
    count(db, &sql, &[from.year().into(), from.month().into(), until.year().into(), until.month().into()])
}

/// The customers behind that line, at most so many.
pub fn without_address(db: &Db, limit: usize) -> Result<Vec<CustomerId>> {
    let sql = concat!("SELECT c.id FROM ", without_address!(), " ORDER BY c.sort_key, c.id LIMIT ?1");
    db.all(sql, &[i64::try_from(limit).unwrap_or(i64::MAX).into()], |row| Ok(CustomerId(row.int(0)?)))
}

const COLLECTED: &str = "SELECT currency, amount_minor FROM allocation \
    WHERE allocated_on BETWEEN ?1 AND ?2 AND source = 'receipt' AND is_deposit = 0";

/// Income from … to …, both included.
fn collected(db: &Db, (from, to): (NaiveDate, NaiveDate)) -> Result<Vec<Money>> {
    let mut sums = Sums::default();
    db.each(COLLECTED, &[from.into(), to.into()], |row| sums.add(row, 0))?;
    Ok(sums.money())
}

/// A line of the queue from rows of currency, count, sum and oldest day.
fn line(db: &Db, sql: &str, params: &[Value]) -> Result<TodayLine> {
    let mut line = TodayLine::default();
    for (count, sum, oldest) in db.all(sql, params, |row| Ok((row.int(1)?, money(row, 2, 0)?, row.opt_date(3)?)))? {
        line.count += count;
        line.sums.push(sum);
        line.oldest_on = line.oldest_on.into_iter().chain(oldest).min();
    }
    Ok(line)
}

/// A line of the queue from rows of day, currency and minor units.
fn added(db: &Db, sql: &str, params: &[Value]) -> Result<TodayLine> {
    let mut adding = Adding::default();
    db.each(sql, params, |row| adding.add(row, 1))?;
    Ok(adding.line())
}

fn count(db: &Db, sql: &str, params: &[Value]) -> Result<TodayLine> {
    let found = db.one(sql, params, |row| Ok((row.int(0)?, row.opt_date(1)?)))?;
    let (count, oldest_on) = found.unwrap_or_default();
    Ok(TodayLine { count, sums: Vec::new(), oldest_on })
}

fn week_end(today: NaiveDate) -> NaiveDate {
    today.checked_add_days(Days::new(6)).unwrap_or(today)
}

/// Open payments due in the next seven days, today included, and periods not yet materialised that start in them.
fn expected_week(db: &Db, today: NaiveDate, open: Vec<(Currency, i64)>) -> Result<Vec<Money>> {
    let mut week = Sums(open);
    for (currency, minor) in reports::upcoming(db, week_end(today), &Whose::Everybody)? {
        match week.0.iter_mut().find(|(known, _)| *known == currency) {
            Some((_, sum)) => *sum += minor,
            None => week.0.push((currency, minor)),
        }
    }
    Ok(week.money())
}
