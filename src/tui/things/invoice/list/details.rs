//! What is known of the invoice under the cursor.

use chrono::NaiveDate;

use crate::domain::format::Style;
use crate::domain::method::Method;
use crate::tui::desk::reads::{InvoicePage, InvoiceRow};
use crate::tui::widgets::strip::Detail;
use crate::tui::words;

fn detail(name: &str, value: impl Into<String>) -> Detail {
    (name.to_owned(), value.into())
}

/// The details of a row; `page` is what was read of it.
pub fn of(row: &InvoiceRow, page: Option<&InvoicePage>, today: NaiveDate, style: Style) -> Vec<Detail> {
    let Some(page) = page.filter(|page| page.row.id == row.id) else { return Vec::new() };
    let tax = match page.tax.minor() {
        0 => String::new(),
        _ => format!("net {}, tax {}", style.amount(page.subtotal), style.amount(page.tax)),
    };
    let mut details = vec![
        lines(page),
        detail("Due", format!("{}, {}", style.long_date(row.due_on), words::distance(row.due_on, today))),
        detail(
            "Total",
            format!("{}{}", words::money(style, row.total), if tax.is_empty() { tax } else { format!(", {tax}") }),
        ),
        detail("Dated", format!("{}, {}", style.long_date(row.invoiced_on), row.kind.word().to_lowercase())),
        detail("Open", format!("{} of {}", style.amount(row.open), words::money(style, row.total))),
        money(page, today, style),
        next(page, today, style),
        sent(page),
    ];
    details.extend(page.lines.iter().map(|line| {
        detail("", format!("{}  {}  {}", line.line, line.payment.text, style.amount(line.payment.amount)))
    }));
    details
}

fn lines(page: &InvoicePage) -> Detail {
    let first = page.lines.first().map(|line| line.payment.text.clone()).unwrap_or_default();
    match page.lines.len() {
        0 | 1 => detail("", first),
        many => detail("", format!("{first} and {} more", many - 1)),
    }
}

fn money(page: &InvoicePage, today: NaiveDate, style: Style) -> Detail {
    let Some(line) = page.money.last() else { return detail("Money", "none yet") };
    let method = line.method.map_or("Credit", Method::word);
    detail(
        "Last",
        format!("{} {method} {} {}", words::day(line.on, today, style), style.amount(line.amount), line.reference),
    )
}

fn next(page: &InvoicePage, today: NaiveDate, style: Style) -> Detail {
    match (page.promised_on, page.steps.last()) {
        (Some(day), _) => detail("Promised", style.long_date(day)),
        (None, Some(step)) => detail(
            "Step",
            format!("{} {} on {}", words::ordinal(step.n), step.step, words::day(step.done_on, today, style)),
        ),
        (None, None) => match page.payer_address.lines().next() {
            Some(line) => detail("To", line),
            None => detail("", ""),
        },
    }
}

fn sent(page: &InvoicePage) -> Detail {
    match page.messages.iter().find(|message| message.kind == "invoice") {
        Some(message) if message.sent_at.is_some() => detail("Sent", message.recipient.clone()),
        Some(message) => detail("Mail", format!("{} to {}", message.state, message.recipient)),
        None => detail("Mail", "not sent from here"),
    }
}
