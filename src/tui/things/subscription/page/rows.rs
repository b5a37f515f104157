//! How the parts of a subscription read.

use chrono::NaiveDate;

use super::Key;
use crate::domain::deposit::DepositStanding;
use crate::domain::format::Style;
use crate::domain::money::Money;
use crate::domain::status::PaymentStatus;
use crate::services::reads::{HeldRow, ScheduleLine, SubscriptionPage};
use crate::shown::standing::Standing;
use crate::tui::theme::Ink;
use crate::tui::widgets::record::{Head, name, plain};
use crate::tui::widgets::table::{Cell, Column, Row, Width};
use crate::tui::{log, words};

/// The columns of a section.
pub(super) fn columns(section: usize) -> Vec<Column> {
    match section {
        0 => vec![
            Column::numbers("No.", 3, 4),
            Column::words("Period", Width::Exact(25), 9),
            Column::words("Due", Width::Exact(11), 6),
            Column::numbers("Amount", 10, 8),
            Column::numbers("Open", 10, 3),
            Column::words("Invoice", Width::AtLeast(9), 7),
            Column::words("Status", Width::AtLeast(13), 8),
        ],
        1 => vec![Column::words("Date", Width::Exact(11), 9), Column::words("What", Width::AtLeast(40), 8)],
        _ => log::columns(),
    }
}

/// What stands above the sections.
pub(super) fn head(page: &SubscriptionPage, style: Style, today: NaiveDate) -> Head {
    let row = &page.row;
    let last = row.end_on.pred_opt().unwrap_or(row.end_on);
    let next = row.next_payment.map_or_else(
        || "none".to_owned(),
        |next| format!("{} of {}", style.long_date(next.on), style.amount(next.amount)),
    );
    let late: Vec<&ScheduleLine> = page.schedule.iter().filter(|line| is_late(line, today)).collect();
    let recovery = words::exact_recovery(page.recovery.received, page.recovery.cost);
    let recovered = match page.recovery.cost {
        Some(cost) => format!("{recovery}  {} of {} net", style.amount(page.recovery.received), style.amount(cost)),
        None => format!("{} received net; no asset, so no cost", style.amount(page.recovery.received)),
    };
    let serial = row.serial.clone().unwrap_or_else(|| "none".to_owned());
    let ended = match (page.ended_on, page.end_reason) {
        (Some(on), Some(why)) => format!("  {} {}", why.word().to_lowercase(), style.long_date(on)),
        (Some(on), None) if row.status.is_live() => {
            format!("  cancelled to {}", style.long_date(on.pred_opt().unwrap_or(on)))
        }
        (Some(on), None) => format!("  {}", style.long_date(on)),
        (None, _) => String::new(),
    };
    let contract = format!("{} - {}", style.long_date(row.start_on), style.long_date(last));
    let billed = format!("every {} on day {}", row.frequency.word(), page.anchor_day);
    let mut lines = vec![
        vec![
            name("Customer  "),
            plain(&row.customer_name),
            name("   Order  "),
            plain(format!("O-{}", row.order_id)),
            name("   Serial no.  "),
            plain(serial),
        ],
        vec![
            name("Price     "),
            plain(format!("{} a month{}, billed {billed}", words::money(style, row.price), page.tax_word())),
        ],
        vec![name("Contract  "), plain(contract), name("   Next payment  "), plain(next)],
        vec![name("Recovery  "), plain(recovered)],
    ];
    if let (Some(first), Some(line)) = (late.first(), lines.get_mut(2)) {
        let count = words::count(i64::try_from(late.len()).unwrap_or(0), "payment");
        let days = (today - first.due_on).num_days();
        line.push((format!("   ! {count} overdue {days} d"), Ink::Bad));
    }
    let goes = [("Ship to   ", &page.shipping_address), ("Bill to   ", &page.billing_address)];
    for (to, at) in goes.into_iter().filter_map(|(to, at)| Some((to, at.as_ref()?))) {
        lines.push(vec![name(to), plain(at.one_line())]);
    }
    if let Some(deposit) = &page.deposit {
        lines.push(vec![name("Deposit   "), plain(deposit_text(deposit, style))]);
    }
    let status = words::subscription_status(row.status).text;
    Head { title: format!("{}  {}", row.id.shown(), row.product), state: format!("{status}{ended}"), lines }
}

fn deposit_text(row: &HeldRow, style: Style) -> String {
    let deposit = &row.deposit;
    let received = format!("{} of {} received", style.amount(row.received), style.amount(deposit.amount));
    let part = |word: &str, money: Money| {
        if money.is_zero() { String::new() } else { format!(", {word} {}", style.amount(money)) }
    };
    match row.standing {
        DepositStanding::Held if row.returned.is_zero() && row.held == row.received => format!("{received}, held"),
        DepositStanding::Held => format!("{received}{}{}", part("held", row.held), part("returned", row.returned)),
        DepositStanding::PartlyKept => {
            format!("{received}{}{}", part("kept", deposit.kept), part("returned", row.returned))
        }
        standing => format!("{received}, {}", standing.word().to_lowercase()),
    }
}

/// Whether nothing more is to come of a period.
pub(super) const fn is_done(line: &ScheduleLine) -> bool {
    matches!(line.status, Some(PaymentStatus::Paid | PaymentStatus::Cancelled))
}

/// Whether it is invoiced, open and past its due day.
fn is_late(line: &ScheduleLine, today: NaiveDate) -> bool {
    line.status.is_some() && !is_done(line) && line.due_on < today
}

/// Every period, past and to come.
pub(super) fn schedule(page: &SubscriptionPage, style: Style, today: NaiveDate) -> Vec<Row<Key>> {
    let rows = page.schedule.iter().map(|line| {
        let last = line.end_on.pred_opt().unwrap_or(line.end_on);
        let to_come = if line.status.is_none() { Ink::Dim } else { Ink::Plain };
        let open = if line.open.is_zero() || line.status.is_none() { String::new() } else { style.amount(line.open) };
        let period = format!("{} - {}", style.long_date(line.start_on), style.long_date(last));
        let cells = vec![
            Cell::new((line.index + 1).to_string(), to_come),
            Cell::new(period, to_come),
            Cell::new(style.long_date(line.due_on), to_come),
            Cell::new(style.amount(line.amount), to_come),
            Cell::new(open, to_come),
            Cell::new(line.invoice_number.clone().unwrap_or_default(), to_come),
            status(line, today),
        ];
        Row { key: Key::Period(line.index, line.payment_id), cells, worth: None }
    });
    rows.collect()
}

fn status(line: &ScheduleLine, today: NaiveDate) -> Cell {
    let (standing, words) = match line.status {
        None => return Cell::new("  to come", Ink::Dim),
        Some(PaymentStatus::Paid) => (Standing::Paid, "Paid".to_owned()),
        Some(PaymentStatus::Cancelled) => (Standing::Cancelled, "Cancelled".to_owned()),
        Some(PaymentStatus::Processing) => (Standing::Processing, "Processing".to_owned()),
        Some(PaymentStatus::Failed) => (Standing::Failed, "Failed".to_owned()),
        Some(PaymentStatus::Pending) if line.due_on < today => {
            (Standing::Overdue, format!("Overdue {} d", (today - line.due_on).num_days()))
        }
        Some(PaymentStatus::Pending) => (Standing::Pending, "Pending".to_owned()),
    };
    Cell::new(standing.with(&words), standing.into())
}

/// Prices, pauses, replaced assets, and the subscriptions before and after, in the order of time.
pub(super) fn changes(page: &SubscriptionPage, style: Style) -> Vec<Row<Key>> {
    let money = |price| words::money(style, price);
    let mut events: Vec<(Option<NaiveDate>, String)> = Vec::new();
    events.extend(page.activated_on.map(|on| (Some(on), "Activated".to_owned())));
    events.extend(
        page.prices.iter().map(|(on, price)| (Some(*on), format!("Price {} a month from here on", money(*price)))),
    );
    for (from, to) in &page.pauses {
        let until = to
            .map_or_else(|| "until further notice".to_owned(), |to| format!("bills again on {}", style.long_date(to)));
        events.push((Some(*from), format!("Paused, {until}")));
    }
    let replaced = |(on, old, new): &(NaiveDate, String, String)| (Some(*on), format!("Asset {old} replaced by {new}"));
    events.extend(page.replacements.iter().map(replaced));
    events.extend(page.previous_id.map(|id| (None, format!("Upgraded from {}", id.shown()))));
    events.extend(page.next_id.map(|id| (None, format!("Upgraded to {}", id.shown()))));
    if let Some(on) = page.ended_on {
        let why = page.end_reason.map_or("Cancelled", |why| why.word());
        events.push((Some(on), format!("Over: {}", why.to_lowercase())));
    }
    events.sort_by_key(|(on, _)| *on);
    let rows = events.into_iter().enumerate().map(|(number, (on, what))| {
        let cells = vec![on.map(|on| style.long_date(on)).unwrap_or_default().into(), what.into()];
        Row { key: Key::Event(number), cells, worth: None }
    });
    rows.collect()
}

/// What was done about it.
pub(super) fn activity(page: &SubscriptionPage, style: Style) -> Vec<Row<Key>> {
    let row = |one| Row { key: Key::Activity(log::number(one)), cells: log::cells(one, style), worth: None };
    page.activity.iter().map(row).collect()
}

/// Why a section has no rows.
pub(super) const fn empty(section: usize) -> &'static str {
    match section {
        0 => "There is no schedule.",
        1 => "Nothing changed since it began.",
        _ => "Nothing was done about this subscription alone; the order and the payments have their own.",
    }
}
