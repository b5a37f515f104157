//! What is known of the row under the cursor.

use chrono::NaiveDate;

use super::rows::Line;
use crate::domain::format::Style;
use crate::domain::id::SubscriptionId;
use crate::domain::line_text::named;
use crate::domain::money::Money;
use crate::tui::desk::reads::{PaymentPage, PaymentRow, StatusChange, UpcomingRow};
use crate::tui::widgets::strip::Detail;
use crate::tui::words;

/// The details of a line; `page` is what was read of its payment.
pub fn of(line: &Line, page: Option<&PaymentPage>, today: NaiveDate, style: Style) -> Vec<Detail> {
    match line {
        Line::Payment(row) => payment(row, page.filter(|page| page.row.id == row.id), today, style),
        Line::Upcoming(row) => upcoming(row, today, style),
    }
}

fn detail(name: &str, value: impl Into<String>) -> Detail {
    (name.to_owned(), value.into())
}

fn upcoming(row: &UpcomingRow, today: NaiveDate, style: Style) -> Vec<Detail> {
    let last = row.period.1.pred_opt().unwrap_or(row.period.1);
    vec![
        detail("", row.product.clone()),
        detail("Starts", format!("{}, {}", style.long_date(row.period.0), words::distance(row.period.0, today))),
        detail("Period", words::span(row.period.0, last, style)),
        detail("As priced", words::money(style, row.amount)),
        detail("", "Not invoiced yet: F8 invoices it now"),
    ]
}

fn payment(row: &PaymentRow, page: Option<&PaymentPage>, today: NaiveDate, style: Style) -> Vec<Detail> {
    let left = [what(row, page), period(row, page, style), open(row, style), group(row, page)];
    let right = [due(row, page, today, style), method(row, page), owes(page, style), note(page, today, style)];
    let mut details: Vec<Detail> = left.into_iter().zip(right).flat_map(|(left, right)| [left, right]).collect();
    details.extend(page.map(|page| further(page, today, style)).unwrap_or_default());
    details
}

/// What only the pane beside the list has room for.
fn further(page: &PaymentPage, today: NaiveDate, style: Style) -> Vec<Detail> {
    let mut details = Vec::new();
    if let Some(subscription) = &page.subscription {
        let price = style.amount(subscription.price);
        details.push(detail("", format!("{}: {price} a month", subscription.id.shown())));
        details.push(detail(
            "Contract",
            format!("until {}", style.long_date(subscription.end_on.pred_opt().unwrap_or(subscription.end_on))),
        ));
    }
    if let Some(invoice) = page.invoice.as_ref().filter(|invoice| invoice.total != page.row.amount) {
        details.push(detail(
            "Invoice",
            format!("{} in all, open {}", style.amount(invoice.total), style.amount(invoice.open)),
        ));
    }
    let money = page.money.iter().map(|line| {
        let method = line.method.map_or("Credit", crate::domain::method::Method::word);
        let words =
            format!("{} {method} {} {}", words::day(line.on, today, style), style.amount(line.amount), line.reference);
        detail("Money", words.trim_end())
    });
    details.extend(money);
    let changes = page.changes_newest_first().filter(|change| !change.is_reversal).skip(1);
    details.extend(changes.map(|change| {
        detail(change.to.word(), format!("{} {}", words::day(change.changed_on, today, style), change.reason))
    }));
    details
}

fn what(row: &PaymentRow, page: Option<&PaymentPage>) -> Detail {
    // What was billed before an asset went with it says which one it is today.
    let serial =
        page.filter(|page| page.serial.is_empty()).and_then(|page| page.subscription.as_ref()?.serial.as_ref());
    detail("", serial.map_or_else(|| row.text.clone(), |serial| named(&row.text, serial)))
}

fn period(row: &PaymentRow, page: Option<&PaymentPage>, style: Style) -> Detail {
    let Some((start, end)) = row.period else { return detail("Kind", row.kind.word()) };
    let last = end.pred_opt().unwrap_or(end);
    let place = page.and_then(|page| page.period_of).map(|(number, of)| format!(", {number} of {of}"));
    detail("Period", format!("{}{}", words::span(start, last, style), place.unwrap_or_default()))
}

fn open(row: &PaymentRow, style: Style) -> Detail {
    if row.open.minor() > 0 {
        detail("Open", format!("{} of {}", style.amount(row.open), words::money(style, row.amount)))
    } else if row.refunded.minor() > 0 {
        detail("Amount", format!("{}, {} back", words::money(style, row.amount), style.amount(row.refunded)))
    } else {
        detail("Amount", words::money(style, row.amount))
    }
}

fn group(row: &PaymentRow, page: Option<&PaymentPage>) -> Detail {
    if let Some((_, why)) = page.and_then(|page| page.dispute.as_ref()) {
        return detail("Disputed", why.clone());
    }
    match &row.group_name {
        Some(name) => detail("Group", name.clone()),
        None => detail("Subscription", row.subscription_id.map(SubscriptionId::shown).unwrap_or_default()),
    }
}

fn due(row: &PaymentRow, page: Option<&PaymentPage>, today: NaiveDate, style: Style) -> Detail {
    if let Some(paid) = row.paid_on {
        return detail("Paid", format!("{}, {}", style.long_date(paid), words::distance(paid, today)));
    }
    let issued = page
        .and_then(|page| page.invoice.as_ref())
        .map(|invoice| format!(", issued {}", words::day(invoice.invoiced_on, today, style)));
    detail("Due", format!("{}{}", style.long_date(row.due_on), issued.unwrap_or_default()))
}

fn method(row: &PaymentRow, page: Option<&PaymentPage>) -> Detail {
    let reference = page.and_then(|page| page.money.iter().rev().find(|line| !line.reference.is_empty()));
    let reference = reference.map(|line| line.reference.clone());
    let usual = page.and_then(|page| page.default_method.as_ref()).map(|known| known.method);
    match (row.method, usual, reference) {
        (Some(method), _, Some(reference)) => detail("Method", format!("{}, {reference}", method.word())),
        (Some(method), _, None) => detail("Method", format!("{}, no reference", method.word())),
        (None, Some(method), _) => detail("Pays by", method.word()),
        (None, None, _) => detail("Method", "not known yet"),
    }
}

fn owes(page: Option<&PaymentPage>, style: Style) -> Detail {
    let Some(page) = page else { return detail("", "") };
    if page.customer_open.minor() == 0 {
        return detail("Customer", "owes nothing");
    }
    let owes: Money = page.customer_open;
    detail("Customer", format!("owes {} in {}", style.amount(owes), words::count(page.customer_open_count, "payment")))
}

fn note(page: Option<&PaymentPage>, today: NaiveDate, style: Style) -> Detail {
    let status = page.map(|page| page.row.status);
    if let Some(attempt) = page.and_then(PaymentPage::newest_attempt).filter(|attempt| attempt.decline_reason.is_some())
    {
        let why = words::declined(attempt);
        return detail("Failed", format!("{} {why}", words::day(attempt.attempted_on, today, style)));
    }
    let said = |change: &&StatusChange| !change.reason.is_empty() && !change.is_reversal && Some(change.to) == status;
    let change = page.and_then(|page| page.changes_newest_first().find(said));
    if let Some(change) = change {
        return detail(change.to.word(), format!("{} {}", words::day(change.changed_on, today, style), change.reason));
    }
    match page.and_then(|page| page.latest_note.as_ref()) {
        Some(note) => detail("Last note", format!("{}: \"{}\"", words::day(note.noted_on, today, style), note.summary)),
        None => detail("", ""),
    }
}
