//! How the activity log reads: what was done in the trade's words, and what it was about.

use serde_json::Value;

use super::words;
use crate::domain::format::Style;
use crate::domain::log::{Log, Subject};
use crate::services::reads::ActivityRow;

/// What was done.
pub fn what(log: Option<Log>) -> &'static str {
    log.map_or("Done by a newer rentbook", Log::words)
}

/// What it was about: the number people know it by, an amount, counts, personal text.
pub fn about(row: &ActivityRow, style: Style) -> String {
    let mut parts: Vec<String> = row.invoice.clone().into_iter().collect();
    match row.subject {
        Some(Subject::Order(id)) => parts.push(format!("O-{id}")),
        Some(Subject::Subscription(id)) => parts.push(id.shown()),
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
            log: action.parse().ok(),
            subject: subject.parse().ok(),
            details: details.into(),
            text: text.map(str::to_owned),
            can_undo: false,
            is_undone: false,
            undoes_id: None,
            invoice: None,
            customer_name: None,
        }
    }

    #[test]
    fn the_log_speaks_the_words_of_the_trade() {
        let style = Style::default();
        let receive = row("receive", "invoice:2", r#"{"amount":"1100.84","currency":"EUR","payments":2}"#, None);
        assert_eq!((what(receive.log), about(&receive, style)), ("Money received", "1,100.84 EUR, 2 payments".into()));
        let order = row("add_confirmed_order", "order:12", r#"{"invoices":1,"subscriptions":1}"#, None);
        assert_eq!(about(&order, style), "O-12, 1 subscription, 1 invoice");
        let odd = row("write_off_rest", "payment:1", "not json", Some("too small"));
        assert_eq!((what(odd.log), about(&odd, style)), ("Done by a newer rentbook", "too small".into()));
    }
}
