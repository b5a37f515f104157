//! A made-up book that looks like a shop in its second year, made by the ordinary Actions on a clock that is walked
//! through the months. The same seed and last day give the same rows.
//!
//! | module | what lives there |
//! |---|---|
//! | `year` | the walk from the first day to the last |
//! | `people`, `names` | who comes, when, what they are called, how they pay |
//! | `stock` | what is rented out |
//! | `orders`, `money`, `aftermath`, `finale` | what a day is made of |
//! | `diary`, `open_money` | what is going to happen, what is open |
//! | `chance`, `outside` | chance and a clock that come out the same |

mod aftermath;
mod chance;
mod changes;
mod diary;
mod finale;
mod known;
mod money;
mod names;
mod open_money;
mod orders;
mod outside;
mod people;
mod stock;
mod year;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;

use self::outside::DemoOutside;
use self::year::Walk;
use crate::domain::calendar::{add_days, add_months};
use crate::services::actions::shop::ShopDraft;
use crate::services::refusal::{Refusal, Result};
use crate::services::{Action, Book, Desk, Operator, Outside};
use crate::store::{HalfBook, billing};

/// How large a demo is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DemoOptions {
    pub customers: usize,
    /// Months from the first day to the last.
    pub months: u32,
    /// Another seed makes another shop.
    pub seed: u64,
}

impl Default for DemoOptions {
    fn default() -> Self {
        Self { customers: 60, months: 18, seed: 1 }
    }
}

/// What was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoReport {
    /// Where it lies.
    pub book: PathBuf,
    pub customers: usize,
    pub subscriptions: i64,
    pub payments: i64,
    pub invoices: i64,
}

/// Where the demo book of a person lies: beside the book of the shop.
pub fn beside(book: &Path) -> PathBuf {
    book.with_file_name("demo.db")
}

/// Makes a demo book at `path` that stands at `today`; `progress` hears how many days of how many are done, and says
/// whether to go on.
pub fn make(
    path: &Path,
    today: NaiveDate,
    options: DemoOptions,
    progress: &mut dyn FnMut(u64, u64) -> bool,
) -> Result<DemoReport> {
    let first = first_day(today, options)?;
    let (book, half) = HalfBook::begin(path)?;
    let desk = walk(book, (first, today), &options, progress)?;
    let found = desk.read(billing::tally)?;
    let book = half.finish(desk.leave())?;
    Ok(DemoReport {
        book,
        customers: options.customers,
        subscriptions: found.subscriptions,
        payments: found.payments,
        invoices: found.invoices,
    })
}

fn first_day(today: NaiveDate, options: DemoOptions) -> Result<NaiveDate> {
    if !(1..=1_000_000).contains(&options.customers) {
        return Err(Refusal::of_field("customers", "write a number from 1 to 1,000,000").into());
    }
    if !(1..=120).contains(&options.months) {
        return Err(Refusal::of_field("months", "write a number of months from 1 to 120").into());
    }
    let months = i32::try_from(options.months).unwrap_or(18);
    let first = add_months(today, -months).filter(|first| chrono::Datelike::year(first) >= 1900);
    first.ok_or_else(|| Refusal::of_field("months", "that is too long ago").into())
}

fn walk(
    book: Book,
    (first, last): (NaiveDate, NaiveDate),
    options: &DemoOptions,
    progress: &mut dyn FnMut(u64, u64) -> bool,
) -> Result<Desk> {
    let outside = Arc::new(DemoOutside::new(options.seed));
    outside.set(first, 6);
    let operator = Operator { name: "demo".into(), host: "demo".into(), pid: 1 };
    let mut desk = Desk::new(book, Arc::clone(&outside) as Arc<dyn Outside>, operator)?;
    desk.perform(Action::SetUp(Box::new(shop())))?;
    let mut walk = Walk::begin(desk, outside, (first, last), options)?;
    let days = (last - first).num_days();
    for day in 0..=days {
        walk.day(add_days(first, day))?;
        if !progress(day.unsigned_abs() + 1, days.unsigned_abs() + 1) {
            return Err(Refusal::new("stopped", "stopped on request: no book was made").into());
        }
    }
    Ok(walk.desk)
}

/// A shop that does not exist, in a country whose papers carry a payment code.
fn shop() -> ShopDraft {
    ShopDraft {
        name: "Harbour Rentals (demo)".into(),
        address: "14 Quay Street; Exampleton X91 T3ST".into(),
        country: "IE".into(),
        email: "rent@harbour.example".into(),
        phone: "+1 555 0100".into(),
        tax_number: "IE 0000000 DEMO".into(),
        currency: "EUR".into(),
        time_zone: "Europe/Dublin".into(),
        tax_rate: "23".into(),
        lead_days: "7".into(),
        bank_name: "Sample Bank".into(),
        iban: "IE35DEMO00000012345678".into(),
        bic: "DEMOIE2D".into(),
        is_demo: true,
        ..ShopDraft::default()
    }
}
