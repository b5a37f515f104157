//! Reading a page of the shop: every field through the domain, whose words stand below it.

use super::Step;
use crate::domain::currency::Currency;
use crate::domain::numbering::NumberFormat;
use crate::domain::{contact, text, typed};
use crate::tui::forms::Read;

/// Reads all fields of a page; `None` when one could not be.
pub(super) fn page(step: Step, read: &mut Read<'_>) -> Option<()> {
    let fine = match step {
        Step::Shop => shop(read),
        Step::Money => money(read),
        Step::Invoices => invoices(read),
        Step::Bank => bank(read),
        Step::Safety => true,
    };
    fine.then_some(())
}

fn line(read: &mut Read<'_>, name: &str, most: usize) -> bool {
    read.optional(name, |typed| text::clean_line(typed, most)).is_some()
}

fn shop(read: &mut Read<'_>) -> bool {
    let name = read.required("name").is_some() && line(read, "name", 300);
    let country = read.chosen::<String>("country").is_some();
    let zone = read.chosen::<String>("time_zone").is_some();
    let email = read.optional("email", contact::email).is_some();
    let phone = read.optional("phone", contact::phone).is_some();
    let address = line(read, "address", 600);
    let tax_number = line(read, "tax_number", 40);
    name && country && zone && email && phone && address && tax_number
}

fn money(read: &mut Read<'_>) -> bool {
    let currency = read.chosen::<String>("currency").is_some() && read.parse("currency", Currency::new).is_some();
    let rate =
        read.text("tax_rate").is_empty() || read.parse_shown("tax_rate", typed::percent, ToString::to_string).is_some();
    currency && rate
}

fn invoices(read: &mut Read<'_>) -> bool {
    let numbers = read.parse_shown("number_format", NumberFormat::parse, ToString::to_string).is_some();
    let legal_text = line(read, "legal_text", 2_000);
    numbers && legal_text && lead_days(read).is_some()
}

/// The days before a period, as typed.
pub(super) fn lead_days(read: &mut Read<'_>) -> Option<u32> {
    read.parse("lead_days", |typed| match typed.trim().parse() {
        Ok(days @ 0..=90_u32) => Ok(days),
        _ => Err("Write a number of days from 0 to 90."),
    })
}

fn bank(read: &mut Read<'_>) -> bool {
    let iban = read.optional("iban", contact::iban).is_some();
    let bic = line(read, "bic", 11);
    let name = line(read, "bank_name", 100);
    let account = line(read, "bank_account", 200);
    iban && bic && name && account
}
