//! How the rows of each section read.

use chrono::NaiveDate;

use super::sections::{Key, Section};
use crate::domain::format::Style;
use crate::domain::id::SubscriptionId;
use crate::services::reads::{
    ActivityRow, AddressRow, CustomerSubscription, InvoiceRow, KnownMethod, NoteRow, OrderRow, PaymentRow, ReceiptRow,
    UpgradeRow,
};
use crate::tui::theme::Ink;
use crate::tui::widgets::table::{Cell, Column, Row, Width};
use crate::tui::{log, words};

/// The columns of a section.
pub(super) fn columns(section: Section) -> Vec<Column> {
    match section {
        Section::Overview => vec![
            Column::words("No.", Width::Exact(6), 9),
            Column::words("Active subscriptions", Width::AtLeast(20), 9),
            Column::words("Serial no.", Width::AtLeast(10), 2),
            Column::numbers("Monthly", 9, 8),
            Column::words("Ends", Width::Exact(11), 7),
            Column::words("Cost recovery", Width::Exact(15), 6),
        ],
        Section::Subscriptions => vec![
            Column::words("No.", Width::Exact(6), 9),
            Column::words("Product", Width::AtLeast(12), 9),
            Column::words("Serial no.", Width::AtLeast(9), 2),
            Column::numbers("Monthly", 9, 8),
            Column::words("Ends", Width::Exact(11), 3),
            Column::words("Next due", Width::Exact(11), 7),
            Column::words("Status", Width::Exact(11), 8),
            Column::words("Cost recovery", Width::Exact(15), 6),
        ],
        Section::Orders => vec![
            Column::words("No.", Width::Exact(6), 9),
            Column::words("Date", Width::Exact(11), 8),
            Column::words("Items", Width::AtLeast(20), 8),
            Column::numbers("Units", 5, 4),
            Column::numbers("Total", 11, 7),
            Column::words("Status", Width::Exact(11), 8),
        ],
        Section::Payments => vec![
            Column::words("Due", Width::Exact(11), 9),
            Column::words("Subscr.", Width::Exact(7), 7),
            Column::words("What", Width::AtLeast(14), 4),
            Column::words("Invoice", Width::AtLeast(9), 7),
            Column::numbers("Amount", 10, 9),
            Column::words("Status", Width::AtLeast(14), 8),
            Column::words("Method", Width::AtLeast(13), 2),
            Column::words("Paid on", Width::Exact(11), 3),
        ],
        Section::Invoices => vec![
            Column::words("Number", Width::AtLeast(10), 9),
            Column::words("Issued", Width::Exact(11), 7),
            Column::words("Due", Width::Exact(11), 8),
            Column::numbers("Total", 11, 8),
            Column::numbers("Open", 11, 7),
            Column::words("Status", Width::AtLeast(14), 8),
        ],
        Section::Methods => method_columns(),
        Section::Addresses => address_columns(),
        Section::Notes => vec![
            Column::words("Date", Width::Exact(11), 9),
            Column::words("How", Width::Exact(7), 6),
            Column::words("Who", Width::Exact(7), 3),
            Column::words("What was said", Width::AtLeast(33), 9),
            Column::words("Follow up", Width::AtLeast(12), 7),
        ],
        Section::Preferences => {
            vec![Column::words("What", Width::Exact(20), 9), Column::words("Preferred", Width::AtLeast(40), 9)]
        }
        Section::Activity => log::columns(),
    }
}

/// The columns of the receipts.
pub(super) fn receipt_columns() -> Vec<Column> {
    vec![
        Column::words("Receipt", Width::AtLeast(11), 9),
        Column::words("Received", Width::Exact(11), 8),
        Column::words("Method", Width::AtLeast(13), 4),
        Column::words("Reference", Width::AtLeast(10), 5),
        Column::numbers("Amount", 10, 9),
        Column::numbers("Applied", 10, 6),
        Column::numbers("Credit left", 11, 8),
        Column::words("Status", Width::Exact(10), 3),
    ]
}

fn method_columns() -> Vec<Column> {
    vec![
        Column::words("Pays by", Width::AtLeast(30), 9),
        Column::words("", Width::Exact(8), 8),
        Column::words("Ends", Width::Exact(13), 7),
        Column::words("Processor", Width::AtLeast(9), 3),
    ]
}

fn address_columns() -> Vec<Column> {
    vec![
        Column::words("Kind", Width::Exact(9), 8),
        Column::words("Address", Width::AtLeast(30), 9),
        Column::words("From", Width::Exact(11), 6),
        Column::words("Until", Width::Exact(11), 7),
    ]
}

/// Whether a subscription still runs.
pub(super) const fn is_live(one: &CustomerSubscription) -> bool {
    one.row.status.is_live()
}

pub(super) fn subscription(one: &CustomerSubscription, section: Section, style: Style) -> Row<Key> {
    let row = &one.row;
    let last = row.end_on.pred_opt().unwrap_or(row.end_on);
    let mut cells = vec![
        row.id.shown().into(),
        row.product.as_str().into(),
        row.serial.clone().unwrap_or_default().into(),
        style.amount(row.price).into(),
        style.long_date(last).into(),
    ];
    if section == Section::Subscriptions {
        cells.push(row.next_payment.map(|next| style.long_date(next.on)).unwrap_or_default().into());
        cells.push(words::subscription_status(row.status));
    }
    cells.push(words::recovery(one.recovery.received, one.recovery.cost).into());
    Row { key: Key::Subscription(row.id), cells, worth: None }
}

pub(super) fn order(row: &OrderRow, style: Style) -> Row<Key> {
    let cells = vec![
        format!("O-{}", row.id).into(),
        style.long_date(row.ordered_on).into(),
        row.items.as_str().into(),
        row.unit_count.to_string().into(),
        style.amount(row.total).into(),
        words::order_status(row.status),
    ];
    Row { key: Key::Order(row.id), cells, worth: None }
}

pub(super) fn payment(row: &PaymentRow, today: NaiveDate, style: Style) -> Row<Key> {
    let cells = vec![
        style.long_date(row.due_on).into(),
        row.subscription_id.map(SubscriptionId::shown).unwrap_or_default().into(),
        row.text.as_str().into(),
        row.invoice_number.clone().unwrap_or_default().into(),
        style.amount(row.amount).into(),
        words::payment_status(row, today, style),
        row.method.map_or("", |method| method.word()).into(),
        row.paid_on.map(|day| style.long_date(day)).unwrap_or_default().into(),
    ];
    Row { key: Key::Payment(row.id), cells, worth: None }
}

pub(super) fn receipt(row: &ReceiptRow, style: Style) -> Row<Key> {
    let credit = if row.credit.is_zero() { String::new() } else { style.amount(row.credit) };
    let cells = vec![
        row.number.as_str().into(),
        style.long_date(row.received_on).into(),
        row.method.word().into(),
        row.reference.as_str().into(),
        style.amount(row.amount).into(),
        style.amount(row.allocated).into(),
        credit.into(),
        words::receipt_state(row.state),
    ];
    Row { key: Key::Receipt(row.id), cells, worth: None }
}

pub(super) fn invoice(row: &InvoiceRow, today: NaiveDate, style: Style) -> Row<Key> {
    let open = if row.open.is_zero() { String::new() } else { style.amount(row.open) };
    let cells = vec![
        row.number.clone().unwrap_or_else(|| "draft".to_owned()).into(),
        style.long_date(row.invoiced_on).into(),
        style.long_date(row.due_on).into(),
        style.amount(row.total).into(),
        open.into(),
        words::invoice_status(row, today, style),
    ];
    Row { key: Key::Invoice(row.id), cells, worth: None }
}

pub(super) fn method(method: &KnownMethod, today: NaiveDate) -> Row<Key> {
    let ends = match method.expires {
        Some(month) if month.is_over(today) => Cell::new(format!("! ended {month}"), Ink::Bad),
        Some(month) if month.is_soon(today) => Cell::new(format!("! ends {month}"), Ink::Warn),
        Some(month) => Cell::new(month.to_string(), Ink::Plain),
        None => Cell::new("", Ink::Plain),
    };
    let default = if method.is_default { "default" } else { "" };
    let cells = vec![method.words().into(), default.into(), ends, method.processor.as_str().into()];
    Row { key: Key::Method(method.id), cells, worth: None }
}

pub(super) fn address(row: &AddressRow, style: Style) -> Row<Key> {
    let ink = if row.to_on.is_some() { Ink::Dim } else { Ink::Plain };
    let until = match row.to_on {
        Some(day) => style.long_date(day),
        None if row.is_default && row.kind == "billing" => "holds now".to_owned(),
        None if row.is_default => "default".to_owned(),
        None => String::new(),
    };
    let kind = if row.kind == "billing" { "Billing" } else { "Shipping" };
    let called = if row.label.is_empty() { String::new() } else { format!("{}: ", row.label) };
    let cells = [kind.to_owned(), format!("{called}{}", row.address().one_line()), style.long_date(row.from_on), until];
    Row { key: Key::Address(row.id), cells: cells.map(|text| Cell::new(text, ink)).to_vec(), worth: None }
}

pub(super) fn note(row: &NoteRow, style: Style, today: NaiveDate) -> Row<Key> {
    let follow = match (row.follow_up_on, row.followed_up_on) {
        (_, Some(done)) => Cell::new(format!("+ done {}", words::day(done, today, style)), Ink::Dim),
        (Some(on), None) => {
            let ink = if on <= today { Ink::Warn } else { Ink::Plain };
            Cell::new(format!("{} {}", words::day(on, today, style), row.follow_up_action), ink)
        }
        (None, None) => Cell::new("", Ink::Plain),
    };
    let first = row.summary.lines().next().unwrap_or_default();
    let cells = vec![
        style.long_date(row.noted_on).into(),
        row.kind.as_str().into(),
        row.operator.as_str().into(),
        first.into(),
        follow,
    ];
    Row { key: Key::Note(row.id), cells, worth: None }
}

pub(super) fn wish(at: usize, (what, value): &(&'static str, String)) -> Row<Key> {
    Row { key: Key::Preference(at), cells: vec![(*what).into(), value.as_str().into()], worth: None }
}

/// What a customer moved up to tells what it likes; Enter opens the new subscription.
pub(super) fn upgrade(row: &UpgradeRow, style: Style) -> Row<Key> {
    let (from, to) = (style.amount(row.from_price), style.amount(row.to_price));
    let text = format!("{} to {}   {from} to {to} a month", row.from_product, row.to_product);
    let what = format!("Upgraded {}", style.long_date(row.on));
    Row { key: Key::Subscription(row.to), cells: vec![what.into(), text.into()], worth: None }
}

pub(super) fn activity(row: &ActivityRow, style: Style) -> Row<Key> {
    Row { key: Key::Activity(log::number(row)), cells: log::cells(row, style), worth: None }
}
