//! What the pages of the shop show: their fields, a word of explanation, and what comes of what was typed.

use chrono::{Datelike, Days, NaiveDate};

use super::{ShopPage, Step, read};
use crate::domain::country::{country, usual_tax};
use crate::domain::format::{DateStyle, NumberStyle, Style};
use crate::domain::money::Money;
use crate::domain::numbering::{self, NumberFormat};
use crate::domain::tax::{PriceBasis, TaxScope, tax_lines};
use crate::domain::typed;
use crate::services::books;
use crate::tui::desk::Desk;
use crate::tui::forms::{Field, Item, Read};
use crate::tui::path;

/// What set-up proposes: with 0 an individual cannot be reminded before the money is due.
const LEAD_DAYS: &str = "7";

/// What stands above the fields.
pub(super) fn head(page: &ShopPage) -> Vec<String> {
    let lines: Vec<String> = match page.step {
        Step::Shop => vec!["As it should appear on invoices. Name and country are needed now.".to_owned()],
        Step::Money => vec!["Choose by example; Left and Right change it.".to_owned()],
        Step::Invoices => vec!["{seq} is the running number, {year} the year.".to_owned()],
        Step::Bank => vec!["Printed on every invoice. All of it may stay empty for now.".to_owned()],
        Step::Safety => safety(page),
    };
    lines
}

fn safety(page: &ShopPage) -> Vec<String> {
    let draft = &page.draft;
    vec![
        format!("Shop      {}", draft.name.trim()),
        format!(
            "Money     {}, prices {}, tax {} %",
            draft.currency,
            draft.prices,
            or(&draft.tax_rate, usual_tax(&draft.country).unwrap_or("0"))
        ),
        format!("Invoices  {}, {} days before a period", draft.number_format, draft.lead_days),
        format!("Bank      {}", or(&draft.iban, or(&draft.bank_account, "not yet"))),
        String::new(),
        "The book is one file on this computer; nothing is sent anywhere:".to_owned(),
        format!("  {}", path::shown(&page.book)),
        "Every day a copy is made, looked through, and kept for a year:".to_owned(),
        format!("  {}", path::shown(&books::backups_of(&page.book))),
        "Anyone who can read this disk can read the book: encrypt it, and".to_owned(),
        "now and then put a copy of that folder somewhere else.".to_owned(),
    ]
}

fn or<'a>(text: &'a str, instead: &'a str) -> &'a str {
    if text.is_empty() { instead } else { text }
}

/// The fields, filled in with the draft, else with what the country does.
pub(super) fn fields(page: &ShopPage) -> Vec<Field> {
    let draft = &page.draft;
    match page.step {
        Step::Shop => shop(page),
        Step::Money => money(page),
        Step::Invoices => vec![
            Field::text("number_format", "Number of an invoice").with(or(&draft.number_format, numbering::DEFAULT)),
            Field::text("lead_days", "Days before a period").with(or(&draft.lead_days, LEAD_DAYS)).width(4),
            Field::text("legal_text", "Required legal text").with(&draft.legal_text).hint("| ends a line"),
        ],
        Step::Bank => vec![
            Field::text("iban", "IBAN").with(&draft.iban),
            Field::text("bic", "BIC").with(&draft.bic).width(12),
            Field::text("bank_name", "Bank").with(&draft.bank_name),
            Field::text("bank_account", "Or an account").with(&draft.bank_account).hint("; ends a line"),
        ],
        Step::Safety => Vec::new(),
    }
}

fn shop(page: &ShopPage) -> Vec<Field> {
    let draft = &page.draft;
    let chosen = country(&draft.country).map(|country| Item::new(country.code, country.name));
    let other = (!draft.country.is_empty()).then(|| Item::new(&draft.country, &draft.country));
    let zone = or(&draft.time_zone, "UTC");
    vec![
        Field::text("name", "Name of the shop").with(&draft.name),
        Field::lookup("country", "Country", chosen.or(other).as_ref()),
        Field::text("address", "Address").with(&draft.address).hint("; ends a line"),
        Field::text("email", "Email").with(&draft.email),
        Field::text("phone", "Phone").with(&draft.phone).width(20),
        Field::text("tax_number", "VAT or tax number").with(&draft.tax_number).width(20),
        Field::lookup("time_zone", "Time zone", Some(&Item::new(zone, zone))),
    ]
}

fn money(page: &ShopPage) -> Vec<Field> {
    let (draft, habits) = (&page.draft, page.habits());
    let currency = page.currency().map(|currency| Item::new(currency.code(), currency.code()));
    let numbers = NumberStyle::ALL.iter().map(|number| {
        let style = Style { number: *number, date: DateStyle::Iso };
        Item::new(number.code(), style.number("1200.50"))
    });
    let day = NaiveDate::from_ymd_opt(2025, 12, 3).unwrap_or_default();
    let dates = DateStyle::ALL.iter().map(|date| {
        let style = Style { number: NumberStyle::CommaPoint, date: *date };
        Item::new(date.code(), style.date(day))
    });
    let prices = vec![Item::new("net", "without tax (net)"), Item::new("gross", "with tax (gross)")];
    let languages = [("en", "English"), ("de", "German"), ("fr", "French"), ("es", "Spanish")];
    let languages = languages.map(|(code, name)| Item::new(code, name)).to_vec();
    vec![
        Field::lookup("currency", "Currency", currency.as_ref()).width(12),
        Field::choice(
            "number_style",
            "A large amount looks like",
            numbers.collect(),
            or(&draft.number_style, habits.style.number.code()),
        ),
        Field::choice(
            "date_style",
            "The third of December 2025",
            dates.collect(),
            or(&draft.date_style, habits.style.date.code()),
        ),
        Field::choice("prices", "Prices are written", prices, or(&draft.prices, "net")),
        Field::text("tax_rate", "Tax, percent").with(or(&draft.tax_rate, "0")).width(8),
        Field::choice("language", "Language of papers", languages, or(&draft.language, habits.language)),
    ]
}

/// What comes of what is typed.
pub(super) fn effect(page: &ShopPage, read: &mut Read<'_>, desk: &Desk) -> Vec<String> {
    match page.step {
        Step::Money => taxed(read).into_iter().collect(),
        Step::Invoices => invoices(page, read, desk.today()),
        _ => Vec::new(),
    }
}

/// `A price of 89.00 is 89.00 and 16.91 tax: 105.91 on the invoice.`
fn taxed(read: &mut Read<'_>) -> Option<String> {
    let currency = read.parse("currency", crate::domain::currency::Currency::new)?;
    let rate = read.parse("tax_rate", typed::percent)?;
    let basis: PriceBasis = read.parse("prices", str::parse)?;
    let style = Style { number: read.parse("number_style", str::parse)?, date: DateStyle::Iso };
    let price = Money::parse("89", currency).ok()?;
    let line = *tax_lines(&[(price.minor(), rate)], basis, TaxScope::Document).first()?;
    let shown = |minor| style.amount(Money::new(minor, currency));
    let [price, net, tax, gross] = [price.minor(), line.net, line.tax, line.gross].map(shown);
    Some(format!("A price of {price} is {net} and {tax} tax: {gross} on the invoice."))
}

fn invoices(page: &ShopPage, read: &mut Read<'_>, today: NaiveDate) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(numbers) = read.parse("number_format", NumberFormat::parse) {
        let [first, second] = [1, 2].map(|seq| numbers.render(today.year(), seq));
        lines.push(format!("The first invoices are {first} and {second}."));
    }
    let style = page.habits().style;
    let starts = NaiveDate::from_ymd_opt(today.year(), 12, 1).unwrap_or(today);
    match read::lead_days(read) {
        Some(0) => lines.extend(
            [
                "With 0 an invoice is made on the day it is due: an individual,",
                "who pays at once, cannot be reminded before.",
            ]
            .map(str::to_owned),
        ),
        Some(days) => {
            let made = starts.checked_sub_days(Days::new(days.into())).unwrap_or(starts);
            let [starts, made] = [starts, made].map(|day| style.long_date(day));
            lines.push(format!("The month that starts on {starts} is invoiced on {made},"));
            lines.push("so customers can be reminded before it is due.".to_owned());
        }
        None => {}
    }
    lines
}
