//! `invoice new`: an out-of-turn invoice with free lines.

use chrono::NaiveDate;

use super::show;
use crate::cli::fault::{Fault, Result};
use crate::cli::out::Out;
use crate::cli::values;
use crate::domain::id::{CustomerId, InvoiceId};
use crate::domain::supply::SupplyDays;
use crate::services::actions::invoicing::{InvoiceDraft, LineDraft};
use crate::services::{Action, Desk, Outcome};

/// A new invoice.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Who pays
    #[arg(long, value_name = "ID", value_parser = values::id::<CustomerId>)]
    customer: CustomerId,
    /// `text;quantity;unit price[;tax rate[;discount]][;supplied]`, once a line; the price may be finer than a cent, the
    /// discount is `10 %` or an amount, a | begins another line of the text; supplied is a day or days, `2026-03-31` or
    /// `2026-03-01..2026-03-31`, by default the day of the invoice
    #[arg(long = "line", required = true, value_name = "LINE")]
    lines: Vec<String>,
    /// When it is due; by default by the customer's class
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = values::day)]
    due: Option<NaiveDate>,
}

/// Issues the invoice, or puts it in review.
pub fn run(args: &Args, desk: &mut Desk, out: &mut Out) -> Result<()> {
    let lines = args.lines.iter().map(|line| coded(line)).collect::<Result<Vec<_>>>()?;
    let draft = InvoiceDraft { customer: args.customer, lines, due_on: args.due };
    let done = desk.perform(Action::NewInvoice(Box::new(draft)))?;
    let id = match done.outcome {
        Outcome::Invoice(id, _) => id,
        _ => InvoiceId(0),
    };
    out.answer(&show::shown(desk, id, Some(&done))?)
}

/// Reads `text;quantity;unit price[;tax rate[;discount]][;supplied]`; a text may hold semicolons where the places behind it are written.
fn coded(line: &str) -> Result<LineDraft> {
    let is_number = |part: &str| {
        let number = part.trim().trim_end_matches('%').trim_end();
        part.trim().is_empty() || rust_decimal::Decimal::from_str_exact(number).is_ok()
    };
    // Days are no number, so they are known wherever the places before them end.
    let days = line.rsplit_once(';').and_then(|(before, last)| Some((before, last.parse::<SupplyDays>().ok()?)));
    let (line, supplied) = days.map_or((line, None), |(before, days)| (before, Some(days)));
    let parts: Vec<&str> = line.split(';').collect();
    // From the end: as many places as hold numbers, five at most with the text.
    let places = parts.iter().skip(1).rev().take(4).take_while(|part| is_number(part)).count();
    // What is no number is refused where it stands.
    let numbers = if places < 2 { parts.len().saturating_sub(1).min(3) } else { places };
    let (text, places) = parts.split_at(parts.len() - numbers);
    let [quantity, price, rest @ ..] = places else {
        let shown: String = line.chars().take(80).collect();
        let line = "text;quantity;unit price;tax rate;discount;supplied";
        return Err(Fault::Wrong(format!("“{shown}” is not a line: write {line}")));
    };
    let own = |text: &str| text.trim().to_owned();
    Ok(LineDraft {
        text: own(&text.join(";")),
        quantity: own(quantity),
        unit_price: own(price),
        tax_rate: rest.first().map(|rate| own(rate)).unwrap_or_default(),
        discount: rest.get(1).map(|discount| own(discount)).unwrap_or_default(),
        supplied,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_from_its_end() {
        let line = coded("Screen; scratched;1;49.90;19").unwrap();
        assert_eq!((line.text.as_str(), line.quantity.as_str()), ("Screen; scratched", "1"));
        assert_eq!((line.unit_price.as_str(), line.tax_rate.as_str()), ("49.90", "19"));
        assert_eq!(coded("Fee;1;5").unwrap().tax_rate, "");
        assert!(coded("Fee;5").is_err());
        let line = coded("Pages|of June;1000;0.0085;;10 %").unwrap();
        assert_eq!((line.unit_price.as_str(), line.discount.as_str(), line.tax_rate.as_str()), ("0.0085", "10 %", ""));
        let line = coded("Repair;1;40;2026-03-01..2026-03-03").unwrap();
        assert_eq!(
            (line.unit_price.as_str(), line.supplied.unwrap().to_string().as_str()),
            ("40", "2026-03-01..2026-03-03")
        );
    }
}
