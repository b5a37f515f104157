//! What a dialog that moves money is about: it stands in its title line, so that nobody pays the wrong invoice.

use crate::domain::format::Style;
use crate::domain::money::Money;
use crate::tui::desk::reads::{InvoiceRow, PaymentRow};
use crate::tui::{format, words};

/// The cells of a title line: with them the box fits a window of 80.
const LINE: usize = 68;

/// Which invoice, whose, how much.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Subject {
    /// The number of the invoice, or what stands for it: `3 payments`, a receipt, a subscription.
    pub what: String,
    pub whose: String,
    pub amount: String,
}

impl Subject {
    /// Several things, whose numbers stand below.
    pub fn new(what: impl Into<String>, whose: impl Into<String>, amount: Money, style: Style) -> Self {
        Self { what: what.into(), whose: whose.into(), amount: words::money(style, amount) }
    }

    /// A payment, with what is open of it, or all of it once nothing is.
    pub fn of_payment(row: &PaymentRow, style: Style) -> Self {
        let number = row.invoice_number.clone().unwrap_or_else(|| format!("P-{}", row.id));
        Self::new(number, &row.customer_name, if row.open.is_zero() { row.amount } else { row.open }, style)
    }

    /// An invoice, with what is open of it, or all of it once nothing is.
    pub fn of_invoice(row: &InvoiceRow, style: Style) -> Self {
        let number = row.number.clone().unwrap_or_else(|| format!("draft {}", row.id));
        Self::new(number, &row.payer_name, if row.open.is_zero() { row.total } else { row.open }, style)
    }

    /// With another amount.
    pub fn over(self, amount: Money, style: Style) -> Self {
        Self { amount: words::money(style, amount), ..self }
    }

    /// The title line of a dialog; of a long name the end is left out.
    pub fn heading(&self, title: &str) -> String {
        let rest = [title, &self.what, &self.amount].iter().map(|part| format::width(part) + 3).sum::<usize>();
        let whose = format::cut(&self.whose, LINE.saturating_sub(rest));
        let parts = [title, &self.what, &whose, &self.amount];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("   ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::currency::Currency;

    // F1
    #[test]
    fn the_title_line_keeps_number_and_amount_whatever_the_name() {
        let amount = Money::new(4550, Currency::EUR);
        let of = |name: &str| Subject::new("2025-0104", name, amount, Style::default()).heading("Mark as paid");
        assert_eq!(of("Okafor, Ngozi"), "Mark as paid   2025-0104   Okafor, Ngozi   45.50 EUR");
        let long = of(&"Gesellschaft für Beleuchtung ".repeat(4));
        assert!(format::width(&long) <= LINE && long.ends_with("45.50 EUR"), "{long}");
        assert_eq!(Subject::default().heading("Refund"), "Refund");
    }
}
