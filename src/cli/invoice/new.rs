//! `invoice new`: an out-of-turn invoice with free lines.

use chrono::NaiveDate;

use super::show;
use crate::cli::fault::{Fault, Result};
use crate::cli::out::Out;
use crate::cli::values;
use crate::domain::id::{CustomerId, InvoiceId};
use crate::services::actions::invoicing::{InvoiceDraft, LineDraft};
use crate::services::{Action, Desk, Outcome};

/// A new invoice.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Who pays
    #[arg(long, value_name = "ID", value_parser = values::id::<CustomerId>)]
    customer: CustomerId,
    /// "text;quantity;unit price[;tax rate]", once a line
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

/// Reads `text;quantity;unit price[;tax rate]`; a text may hold semicolons where all four places are written.
fn coded(line: &str) -> Result<LineDraft> {
    let parts: Vec<&str> = line.rsplitn(4, ';').collect();
    let (text, quantity, price, tax) = match parts.as_slice() {
        [tax, price, quantity, text] => (*text, *quantity, *price, *tax),
        [price, quantity, text] => (*text, *quantity, *price, ""),
        _ => {
            let shown: String = line.chars().take(80).collect();
            return Err(Fault::Wrong(format!("“{shown}” is no line: write text;quantity;unit price;tax rate")));
        }
    };
    let own = |text: &str| text.trim().to_owned();
    Ok(LineDraft { text: own(text), quantity: own(quantity), unit_price: own(price), tax_rate: own(tax) })
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
    }
}
