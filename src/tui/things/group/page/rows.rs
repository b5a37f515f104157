//! The rows of each section.

use super::{Group, Key};
use crate::domain::money::Money;
use crate::tui::desk::reads::{InvoiceRow, MemberRow, SubscriptionRow};
use crate::tui::theme::Ink;
use crate::tui::widgets::table::{Cell, Column, Row, Width};
use crate::tui::words;

/// The columns of a section.
pub(super) fn columns(section: usize) -> Vec<Column> {
    match section {
        0 => vec![
            Column::words("Member", Width::AtLeast(18), 9),
            Column::words("Email", Width::AtLeast(14), 4),
            Column::numbers("Active", 6, 7),
            Column::numbers("Monthly", 11, 8),
            Column::words("Since", Width::Exact(11), 6),
            Column::words("Until", Width::Exact(11), 5),
        ],
        1 => vec![
            Column::words("Member", Width::AtLeast(16), 8),
            Column::words("Subscr.", Width::Exact(8), 7),
            Column::words("Product", Width::AtLeast(16), 9),
            Column::words("Serial no.", Width::AtLeast(8), 3),
            Column::numbers("Monthly", 11, 6),
            Column::words("Next", Width::Exact(11), 5),
            Column::words("Ends", Width::Exact(11), 4),
        ],
        _ => vec![
            Column::words("Invoice", Width::Exact(12), 9),
            Column::words("Dated", Width::Exact(11), 6),
            Column::words("Due", Width::Exact(11), 5),
            Column::numbers("Total", 11, 7),
            Column::numbers("Open", 11, 8),
            Column::words("Status", Width::AtLeast(16), 8),
        ],
    }
}

/// The rows of a section.
pub(super) fn rows(group: &Group, section: usize) -> Vec<Row<Key>> {
    let Some(page) = &group.page else { return Vec::new() };
    match section {
        0 => page.members.iter().enumerate().map(|member| of_member(group, member)).collect(),
        1 => page.subscriptions.iter().map(|row| of_subscription(group, row)).collect(),
        _ => group.invoices.iter().map(|row| of_invoice(group, row)).collect(),
    }
}

fn of_member(group: &Group, (number, member): (usize, &MemberRow)) -> Row<Key> {
    let style = group.style;
    let ink = if member.left_on.is_some() { Ink::Dim } else { Ink::Plain };
    let until = member.left_on.map(|day| style.long_date(day)).unwrap_or_default();
    let active = if member.active_subscriptions == 0 { String::new() } else { member.active_subscriptions.to_string() };
    Row {
        key: Key::Member(member.customer_id, number),
        cells: vec![
            Cell::new(&member.name, ink),
            Cell::new(&member.email, ink),
            Cell::new(active, ink),
            Cell::new(amount(group, member.monthly), ink),
            Cell::new(style.long_date(member.joined_on), ink),
            Cell::new(until, ink),
        ],
        worth: None,
    }
}

fn of_subscription(group: &Group, row: &SubscriptionRow) -> Row<Key> {
    let style = group.style;
    let next = row.next_payment.map(|next| style.long_date(next.on)).unwrap_or_default();
    Row {
        key: Key::Subscription(row.id),
        cells: vec![
            row.customer_name.as_str().into(),
            row.id.shown().into(),
            row.product.as_str().into(),
            row.serial.clone().unwrap_or_default().into(),
            amount(group, row.price).into(),
            next.into(),
            style.long_date(row.end_on).into(),
        ],
        worth: None,
    }
}

fn of_invoice(group: &Group, row: &InvoiceRow) -> Row<Key> {
    let style = group.style;
    Row {
        key: Key::Invoice(row.id),
        cells: vec![
            row.number.clone().unwrap_or_else(|| "draft".to_owned()).into(),
            style.long_date(row.invoiced_on).into(),
            style.long_date(row.due_on).into(),
            amount(group, row.total).into(),
            amount(group, row.open).into(),
            words::invoice_status(row, group.today, style),
        ],
        worth: Some(row.open),
    }
}

fn amount(group: &Group, money: Money) -> String {
    if money.is_zero() { String::new() } else { group.style.amount(money) }
}
