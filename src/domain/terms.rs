//! When an invoice is dated and when it is due.

use chrono::NaiveDate;

use super::calendar::add_days;
use super::customer::CustomerKind;

/// The due date: the later of the period's start and `net_days` after the invoice date. A fee or an extra has no
/// period, so its due date is the terms' alone.
pub fn due_on(period_start: Option<NaiveDate>, invoiced_on: NaiveDate, net_days: u32) -> NaiveDate {
    let by_terms = add_days(invoiced_on, i64::from(net_days));
    period_start.map_or(by_terms, |start| start.max(by_terms))
}

/// The date of a period's invoice: `lead_days` before the period starts, but never before the day the subscription was
/// activated. It depends on no day a pass happened to run.
pub fn invoice_on(period_start: NaiveDate, lead_days: u32, activated_on: NaiveDate) -> NaiveDate {
    add_days(period_start, -i64::from(lead_days)).max(activated_on)
}

/// The net days of a regular invoice: the group's, if the customer's subscriptions bill to one; else 0 for an
/// individual; else the business customer's own; else its class's. Out-of-turn invoices take the class's own terms for
/// them and do not come here.
pub const fn regular_terms(kind: CustomerKind, group_terms: Option<u32>, own: Option<u32>, class_terms: u32) -> u32 {
    match (group_terms, kind, own) {
        (Some(group), _, _) => group,
        (None, CustomerKind::Individual, _) => 0,
        (None, CustomerKind::Business, Some(own)) => own,
        (None, CustomerKind::Business, None) => class_terms,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn an_invoice_sent_ahead_is_not_due_before_its_period_starts() {
        assert_eq!(due_on(Some(day("2025-02-01")), day("2025-01-25"), 0), day("2025-02-01"));
        assert_eq!(due_on(Some(day("2025-02-01")), day("2025-01-25"), 14), day("2025-02-08"));
        assert_eq!(due_on(None, day("2025-01-25"), 6), day("2025-01-31"));
    }

    #[test]
    fn an_invoice_is_never_dated_before_the_subscription_was_activated() {
        assert_eq!(invoice_on(day("2025-02-01"), 7, day("2025-01-01")), day("2025-01-25"));
        assert_eq!(invoice_on(day("2025-02-01"), 7, day("2025-01-30")), day("2025-01-30"));
        assert_eq!(invoice_on(day("2025-02-01"), 0, day("2025-03-10")), day("2025-03-10"));
    }

    #[test]
    fn the_groups_terms_come_first_and_an_individual_has_none() {
        use CustomerKind::{Business, Individual};
        assert_eq!(regular_terms(Individual, Some(30), Some(7), 14), 30);
        assert_eq!(regular_terms(Individual, None, Some(7), 14), 0);
        assert_eq!(regular_terms(Business, None, Some(7), 14), 7);
        assert_eq!(regular_terms(Business, None, Some(0), 14), 0);
        assert_eq!(regular_terms(Business, None, None, 14), 14);
    }
}
