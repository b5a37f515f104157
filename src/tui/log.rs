//! How the activity log reads: what was done in the trade's words, and what it was about.

use serde_json::Value;

use super::desk::reads::ActivityRow;
use super::format::sentence;
use super::widgets::table::{Cell, Column, Width};
use super::words;
use crate::domain::format::Style;

/// What was done, by its code.
const WORDS: &[(&str, &str)] = &[
    ("add_address", "Shipping address added"),
    ("add_asset", "Asset added"),
    ("approve_invoices", "Invoices approved"),
    ("bill_again", "Invoice voided and billed again"),
    ("buy_out_subscription", "Bought out"),
    ("cancel_subscription", "Subscription cancelled"),
    ("close_deposit", "Deposit closed"),
    ("edit_asset", "Asset changed"),
    ("edit_variant", "Product changed"),
    ("extend_subscription", "Contract extended"),
    ("offer_variant", "Product offered again"),
    ("pass_ended", "Contracts ended by the pass"),
    ("pass_overdue", "Overdue found by the pass"),
    ("pass_pauses", "Pauses kept by the pass"),
    ("pause_subscription", "Billing paused"),
    ("replace_subscription", "Asset replaced"),
    ("reprice_subscription", "Price changed"),
    ("resume_subscription", "Billing resumed"),
    ("retire_asset", "Asset retired"),
    ("return_subscription", "Returned early"),
    ("sell_asset", "Asset sold"),
    ("ship_subscription", "Shipped elsewhere"),
    ("send_invoices", "Invoices put in the outbox"),
    ("upgrade_subscription", "Upgraded"),
    ("withdraw_variant", "Product withdrawn"),
    ("add_confirmed_order", "Order taken and confirmed"),
    ("add_customer", "Customer added"),
    ("add_group", "Billing group added"),
    ("add_method", "Payment method added"),
    ("add_note", "Note kept"),
    ("add_order", "Order taken as a draft"),
    ("add_product", "Product added"),
    ("add_segment", "Segment kept"),
    ("bill_ahead", "Period invoiced ahead"),
    ("bounce_receipt", "Check or debit bounced"),
    ("cancel_messages", "Messages withdrawn"),
    ("cancel_order", "Order cancelled"),
    ("cancel_payment", "Payment cancelled"),
    ("cancel_upcoming", "Period cancelled ahead"),
    ("change_address", "Address changed"),
    ("change_segment", "Segment changed"),
    ("change_setting", "Setting changed"),
    ("clear_receipt", "Check or debit cleared"),
    ("close_dispute", "Dispute closed"),
    ("confirm_order", "Order confirmed"),
    ("credit_note", "Credit note issued"),
    ("default_method", "Default payment method changed"),
    ("edit_customer", "Customer changed"),
    ("edit_group", "Billing group changed"),
    ("erase_customer", "Personal data erased"),
    ("fail_payment", "Payment failed"),
    ("follow_up", "Followed up"),
    ("invoice_group", "Group invoiced"),
    ("join_group", "Joined a billing group"),
    ("leave_group", "Left its billing group"),
    ("merge_customers", "Two customers merged"),
    ("new_invoice", "Extra invoice issued"),
    ("open_dispute", "Dispute opened"),
    ("pass", "Made by the daily pass"),
    ("pass_credit", "Credit used by itself"),
    ("pass_done", "Daily pass"),
    ("process_payment", "Payment on its way"),
    ("receive", "Money received"),
    ("refund", "Money given back"),
    ("remove_address", "Address taken off"),
    ("remove_method", "Payment method taken off"),
    ("remove_segment", "Segment taken off"),
    ("reopen_payment", "Payment open again"),
    ("retry_payment", "Charged again"),
    ("set_billing_address", "Billing address changed"),
    ("set_preferences", "Preferences changed"),
    ("set_up", "Shop set up"),
    ("undo", "Taken back"),
    ("use_credit", "Paid from credit"),
    ("use_credit_unasked", "Credit used by itself"),
    ("void_invoice", "Invoice voided"),
    ("waive_payment", "Payment waived"),
    ("write_off", "Written off"),
];

/// The columns of the log.
pub fn columns() -> Vec<Column> {
    vec![
        Column::words("Date", Width::Exact(11), 9),
        Column::words("Who", Width::Exact(8), 6),
        Column::words("What", Width::AtLeast(26), 9),
        Column::words("About", Width::AtLeast(20), 5),
    ]
}

/// One row of the log.
pub fn cells(row: &ActivityRow, style: Style) -> Vec<Cell> {
    vec![
        style.long_date(row.business_on).into(),
        row.operator.as_str().into(),
        what(&row.action).into(),
        about(row, style).into(),
    ]
}

/// Its number, as a key.
pub const fn number(row: &ActivityRow) -> i64 {
    row.id.0
}

/// What was done; a code without words of its own is read as words.
pub fn what(code: &str) -> String {
    let known = WORDS.iter().find(|(known, _)| *known == code).map(|(_, words)| (*words).to_owned());
    known.unwrap_or_else(|| sentence(&code.replace('_', " ")).trim_end_matches('.').to_owned())
}

/// What it was about: the number people know it by, an amount, counts, personal text.
pub fn about(row: &ActivityRow, style: Style) -> String {
    let mut parts: Vec<String> = row.invoice.clone().into_iter().collect();
    let (kind, number) = row.subject.split_once(':').unwrap_or((&row.subject, ""));
    match (kind, number.parse()) {
        ("order", Ok(id)) => parts.push(format!("O-{id}")),
        ("subscription", Ok(id)) => parts.push(crate::domain::id::SubscriptionId(id).shown()),
        _ => {}
    }
    let details: Value = serde_json::from_str(&row.details).unwrap_or_default();
    let text = |key: &str| details.get(key).and_then(Value::as_str);
    if let Some(amount) = text("amount").or_else(|| text("total")).or_else(|| text("price")) {
        let currency = text("currency").unwrap_or_default();
        parts.push(format!("{} {currency}", style.number(amount)).trim_end().to_owned());
    }
    for (key, one) in
        [("subscriptions", "subscription"), ("invoices", "invoice"), ("payments", "payment"), ("items", "item")]
    {
        let count = details.get(key).and_then(Value::as_i64).filter(|count| *count > i64::from(key == "payments"));
        parts.extend(count.map(|count| words::count(count, one)));
    }
    parts.extend(row.text.as_ref().map(|text| text.replace('\n', "; ")));
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::ActivityId;

    fn row(action: &str, subject: &str, details: &str, text: Option<&str>) -> ActivityRow {
        ActivityRow {
            id: ActivityId(1),
            at: chrono::DateTime::default(),
            business_on: chrono::NaiveDate::default(),
            operator: "mia".into(),
            action: action.into(),
            subject: subject.into(),
            details: details.into(),
            text: text.map(str::to_owned),
            can_undo: false,
            undoes_id: None,
            invoice: None,
        }
    }

    #[test]
    fn the_log_speaks_the_words_of_the_trade() {
        let style = Style::default();
        let receive = row("receive", "invoice:2", r#"{"amount":"1100.84","currency":"EUR","payments":2}"#, None);
        assert_eq!(
            (what(&receive.action), about(&receive, style)),
            ("Money received".into(), "1,100.84 EUR, 2 payments".into())
        );
        let order = row("add_confirmed_order", "order:12", r#"{"invoices":1,"subscriptions":1}"#, None);
        assert_eq!(about(&order, style), "O-12, 1 subscription, 1 invoice");
        let odd = row("write_off_rest", "payment:1", "not json", Some("too small"));
        assert_eq!((what(&odd.action), about(&odd, style)), ("Write off rest".into(), "too small".into()));
    }
}
