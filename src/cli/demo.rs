//! `demo`: a made-up book to look around in, made by the ordinary Actions.

use serde_json::json;

use super::fault::Result;
use super::out::{Answer, Out};
use super::shapes::place;
use super::site::Site;
use crate::demo::{self, DemoOptions};

/// How large the demo is.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Customers
    #[arg(long, value_name = "N", default_value_t = DemoOptions::default().customers)]
    customers: usize,
    /// Months the shop has been open
    #[arg(long, value_name = "M", default_value_t = DemoOptions::default().months)]
    months: u32,
    /// Another seed makes another shop
    #[arg(long, value_name = "S", default_value_t = DemoOptions::default().seed)]
    seed: u64,
}

/// Makes the demo book; the same options and day give the same rows.
pub fn run(args: &Args, site: &Site, out: &mut Out) -> Result<()> {
    let options = DemoOptions { customers: args.customers, months: args.months, seed: args.seed };
    let today = site.outside.today(chrono_tz::UTC);
    let made = demo::make(&site.demo, today, options, &mut |done, of| {
        out.progress(done, of);
        true
    })?;
    let said = format!(
        "{} customers, {} subscriptions, {} payments, {} invoices.",
        made.customers, made.subscriptions, made.payments, made.invoices
    );
    let json = json!({
        "book": place(&made.book),
        "customers": made.customers,
        "subscriptions": made.subscriptions,
        "payments": made.payments,
        "invoices": made.invoices,
    });
    out.answer(&Answer::new(json).say(said).say(format!("rentbook --book {} opens it.", made.book.display())))
}
