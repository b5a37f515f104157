//! How payments and invoices read: the same words, marks and inks wherever one stands.

use chrono::NaiveDate;

use super::desk::reads::{AttemptRow, InvoiceRow, MoneyKind, MoneyLine, PaymentRow, Totals};
use super::format::sentence;
use super::theme::Ink;
use super::widgets::table::{Cell, Column, Width};
use crate::domain::format::Style;
use crate::domain::money::Money;
use crate::domain::reason::DeclineReason;
use crate::domain::status::{OrderStatus, ReceiptState, SubscriptionStatus};
use crate::shown::standing;
use crate::shown::view::View;
pub use crate::shown::words::{count, exact_recovery, ordinal, recovery};

/// Why nothing is written in a book that is open for viewing.
pub const VIEW_ONLY: &str = "The book is open for viewing only (--view-only): nothing can be changed.";

/// `1,204.00 USD`.
pub fn money(style: Style, amount: Money) -> String {
    format!("{} {}", style.amount(amount), amount.currency())
}

/// Amounts of several currencies, never added up: `1,204.00 USD + 89.00 EUR`.
pub fn sums(style: Style, amounts: &[Money]) -> String {
    amounts.iter().map(|amount| money(style, *amount)).collect::<Vec<_>>().join(" + ")
}

/// Parts per million as percent with one digit: `96.2 %`.
pub fn percent(style: Style, ppm: i64) -> String {
    let tenths = (ppm + ppm.signum() * 500) / 1_000;
    let sign = if tenths < 0 { "-" } else { "" };
    format!("{} %", style.number(&format!("{sign}{}.{}", tenths.abs() / 10, tenths.abs() % 10)))
}

/// `2 marks dropped: not in this view.`
pub fn dropped(marks: usize) -> String {
    format!("{} dropped: not in this view.", count(i64::try_from(marks).unwrap_or(i64::MAX), "mark"))
}

/// `22 payments, open 1,830.64 USD`; `...` while it is being counted.
pub fn totals(style: Style, totals: Option<&Totals>, one: &str, is_open: bool) -> String {
    let Some(totals) = totals else { return "...".to_owned() };
    let amounts = if is_open { &totals.open } else { &totals.amount };
    let number = count(totals.count, one);
    let word = if is_open { ", open " } else { ", " };
    if totals.count == 0 || amounts.is_empty() { number } else { format!("{number}{word}{}", sums(style, amounts)) }
}

/// What a message of that kind is called: `Payment failed`.
pub fn message(kind: &str) -> String {
    let sentence = sentence(&kind.replace('_', " "));
    sentence.trim_end_matches('.').to_owned()
}

/// A day in lists and sentences: `17 Nov`, with its year where that is not this year's: `31 Dec 2024`.
pub fn day(day: NaiveDate, today: NaiveDate, style: Style) -> String {
    View { today, style }.short_day(day)
}

/// From a first to a last day: `15 Nov - 14 Dec 2025`; both with their year where that is not the same one.
pub fn span(from: NaiveDate, last: NaiveDate, style: Style) -> String {
    format!("{} - {}", day(from, last, style), style.long_date(last))
}

/// A range of days as a chip shows it: `to 30 Nov 2025`.
pub fn days(style: Style, range: (Option<NaiveDate>, Option<NaiveDate>)) -> Option<String> {
    match range {
        (None, None) => None,
        (Some(from), Some(to)) if from == to => Some(style.long_date(from)),
        (Some(from), Some(to)) => Some(span(from, to, style)),
        (Some(from), None) => Some(format!("from {}", style.long_date(from))),
        (None, Some(to)) => Some(format!("to {}", style.long_date(to))),
    }
}

/// The status of a payment, as [`standing::payment`] says it.
pub fn payment_status(row: &PaymentRow, today: NaiveDate, style: Style) -> Cell {
    standing::payment(row, View { today, style }).into()
}

/// The status of an invoice, as [`standing::invoice`] says it.
pub fn invoice_status(row: &InvoiceRow, today: NaiveDate, style: Style) -> Cell {
    standing::invoice(row, View { today, style }).into()
}

/// Where a subscription stands: `+ Active`.
pub fn subscription_status(status: SubscriptionStatus) -> Cell {
    standing::subscription(status).into()
}

/// Where an order stands: `o Draft`.
pub fn order_status(status: OrderStatus) -> Cell {
    standing::order(status).into()
}

/// Where a receipt stands: `+ Cleared`.
pub fn receipt_state(state: ReceiptState) -> Cell {
    standing::receipt(state).into()
}

/// What something is counted from: `17 d ago`, `today`, `in 3 d`.
pub fn distance(day: NaiveDate, today: NaiveDate) -> String {
    match (today - day).num_days() {
        0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        -1 => "tomorrow".to_owned(),
        ago @ 2.. => format!("{ago} d ago"),
        ahead => format!("in {} d", -ahead),
    }
}

/// Why an attempt brought nothing: what was written, else the word of the reason.
pub fn declined(attempt: &AttemptRow) -> String {
    let word = attempt.decline_reason.as_deref().and_then(|code| code.parse::<DeclineReason>().ok());
    if attempt.decline_text.is_empty() {
        word.map(DeclineReason::word).unwrap_or_default()
    } else {
        sentence(&attempt.decline_text).trim_end_matches('.').to_owned()
    }
}

/// A quantity in thousandths: `1`, `2.5`.
pub fn quantity(milli: i64, style: Style) -> String {
    style.number(&rust_decimal::Decimal::new(milli, 3).normalize().to_string())
}

/// A rate in parts per million as percent: `8`, `9.975`.
pub fn rate(ppm: i64, style: Style) -> String {
    style.number(&rust_decimal::Decimal::new(ppm, 4).normalize().to_string())
}

/// What a line of the money box is.
pub fn money_kind(line: &MoneyLine) -> &'static str {
    match (line.kind, line.is_reversal) {
        (MoneyKind::Receipt, false) => "Payment",
        (MoneyKind::Receipt, true) => "Taken back",
        (MoneyKind::CreditNote, false) => "Credit note",
        (MoneyKind::CreditNote, true) => "Credit undone",
        (MoneyKind::WriteOff, false) => "Written off",
        (MoneyKind::WriteOff, true) => "Owed again",
        (MoneyKind::Refund, false) => "Refund",
        (MoneyKind::Refund, true) => "Refund undone",
    }
}

/// The cells of a line of the money box: day, what, how, reference, amount, what is open then.
pub fn money_cells(line: &MoneyLine, style: Style) -> Vec<Cell> {
    let method = line.method.map_or_else(|| line.number.clone().unwrap_or_default(), |method| method.word().to_owned());
    let words = if line.reference.is_empty() { line.reason.clone() } else { line.reference.clone() };
    let minor = line.amount.minor();
    let sign = match (line.kind, minor) {
        (MoneyKind::Refund, _) => "",
        (_, 0..) => "- ",
        (_, _) => "+ ",
    };
    let amount = style.amount(Money::new(minor.abs(), line.amount.currency()));
    vec![
        style.long_date(line.on).into(),
        money_kind(line).into(),
        method.into(),
        words.into(),
        format!("{sign}{amount}").into(),
        style.amount(line.open_after).into(),
    ]
}

/// The columns of [`money_cells`].
pub fn money_columns() -> Vec<Column> {
    vec![
        Column::words("Date", Width::Exact(11), 90),
        Column::words("Money", Width::Exact(13), 80),
        Column::words("How", Width::Exact(13), 40),
        Column::words("Reference", Width::AtLeast(9), 50),
        Column::numbers("Amount", 12, 85),
        Column::numbers("Open after", 11, 70),
    ]
}

/// An ink for an amount that is open: late ones stand out.
pub const fn open_ink(is_late: bool) -> Ink {
    if is_late { Ink::Bad } else { Ink::Plain }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::currency::Currency;

    #[test]
    fn numbers_and_days_read_as_people_say_them() {
        let said: Vec<String> = [1, 2, 3, 4, 11, 12, 21, 112].into_iter().map(ordinal).collect();
        assert_eq!(said, ["1st", "2nd", "3rd", "4th", "11th", "12th", "21st", "112th"]);
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let today = day("2025-11-17");
        for (on, said) in [("2025-11-17", "today"), ("2025-11-16", "yesterday"), ("2025-10-31", "17 d ago")] {
            assert_eq!(distance(day(on), today), said);
        }
        assert_eq!(distance(day("2025-11-20"), today), "in 3 d");
        let style = Style::default();
        assert_eq!(days(style, (None, Some(today))).unwrap(), "to 17 Nov 2025");
        assert_eq!(days(style, (Some(day("2025-11-01")), Some(today))).unwrap(), "01 Nov - 17 Nov 2025");
        assert_eq!(days(style, (None, None)), None);
        assert_eq!(super::day(day("2024-12-31"), day("2025-01-02"), style), "31 Dec 2024");
        assert_eq!(super::day(day("2024-12-31"), today, style), "31 Dec 2024");
    }

    #[test]
    fn percents_are_rounded_to_one_digit() {
        let said = |ppm| percent(Style::default(), ppm);
        for (ppm, text) in [(834_000, "83.4 %"), (17_960, "1.8 %"), (-31_000, "-3.1 %"), (0, "0.0 %"), (-400, "0.0 %")]
        {
            assert_eq!(said(ppm), text);
        }
    }

    #[test]
    fn a_count_says_what_it_adds_up_to_one_sum_a_currency() {
        let style = Style::default();
        let of = |minor, code| Money::new(minor, Currency::new(code).unwrap());
        let both = Totals { count: 2, amount: vec![of(8900, "USD")], open: vec![of(120_400, "EUR"), of(8900, "USD")] };
        assert_eq!(totals(style, Some(&both), "payment", true), "2 payments, open 1,204.00 EUR + 89.00 USD");
        assert_eq!(totals(style, Some(&both), "payment", false), "2 payments, 89.00 USD");
        assert_eq!(totals(style, None, "payment", true), "...");
        assert_eq!(totals(style, Some(&Totals::default()), "invoice", true), "0 invoices");
    }
}
