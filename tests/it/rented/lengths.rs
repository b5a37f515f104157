//! Contracts billed by the month, quarter, half-year, year and two years, beside a model of plain counting.

use chrono::{Datelike, Months, NaiveDate};
use rentbook::domain::contract::{Condition, RunningPeriod};
use rentbook::domain::frequency::Frequency;
use rentbook::services::actions::order::ItemDraft;
use rentbook::services::actions::subscription::Change;

use super::cuts::owed;
use super::{Rented, rented_as, walk};
use crate::fixture::{date, item};

/// Each length, and its months counted here once more.
const LENGTHS: [(Frequency, u32); 5] = [
    (Frequency::Monthly, 1),
    (Frequency::Quarterly, 3),
    (Frequency::HalfYearly, 6),
    (Frequency::Annual, 12),
    (Frequency::TwoYearly, 24),
];

fn rounded(amount: i64, part: i64, of: i64) -> i64 {
    (2 * amount * part + of) / (2 * of)
}

fn days(from: NaiveDate, to: NaiveDate) -> i64 {
    (to - from).num_days()
}

/// What is billed from the 15th on for so many months at a price: `first day, day after the last, amount`.
fn model(start: NaiveDate, months: u32, every: u32, on_the_first: bool, price: i64) -> Vec<String> {
    let end = start + Months::new(months);
    let mut bills = Vec::new();
    let mut from = start;
    if on_the_first {
        let first = start.with_day(1).unwrap() + Months::new(1);
        let full = price * i64::from(every);
        bills.push((start, first, rounded(full, days(start, first), days(first - Months::new(every), first))));
        from = first;
    }
    while from < end {
        let to = from + Months::new(every);
        if to <= end {
            bills.push((from, to, price * i64::from(every)));
        } else {
            let whole = (0..every).take_while(|n| from + Months::new(n + 1) <= end).count();
            let rest = from + Months::new(u32::try_from(whole).unwrap());
            let part = rounded(price, days(rest, end), days(rest, rest + Months::new(1)));
            bills.push((from, to.min(end), price * i64::try_from(whole).unwrap() + part));
        }
        from = to;
    }
    bills.into_iter().map(|(from, to, amount)| format!("{from} {to} {amount}")).collect()
}

fn billed(rented: &Rented) -> Vec<String> {
    rented.rows(
        "SELECT period_start_on || ' ' || period_end_on || ' ' || net_minor FROM payment \
         WHERE status <> 'cancelled' AND kind = 'period' ORDER BY period_index",
    )
}

#[test]
fn contracts_of_all_five_lengths_bill_what_plain_counting_says() {
    // F65
    for (frequency, every) in LENGTHS {
        assert_eq!(frequency.months(), every);
        for (months, anchor_day) in [(48, None), (31, None), (31, Some(1)), (5, Some(1))] {
            let mut rented = rented_as("2024-01-01", |laptop| ItemDraft {
                price: "91.37".into(),
                frequency,
                anchor_day,
                ..item(laptop, "2024-01-15", months)
            });
            walk(&mut rented.desk, &rented.hand, "2028-03-01");
            let expected = model(date("2024-01-15"), months, every, anchor_day.is_some(), 9137);
            assert_eq!(billed(&rented), expected, "{frequency:?} {months} months, day {anchor_day:?}");
            rented.sound();
        }
    }
}

#[test]
fn a_long_period_keeps_its_price_and_the_next_one_has_the_new_price() {
    // F65: 91.00 a month is 546.00 a half-year and 2,184.00 for two years.
    for (frequency, full, next, new) in [
        (Frequency::HalfYearly, "54600", "2024-07-01", "60000"),
        (Frequency::TwoYearly, "218400", "2026-01-01", "240000"),
    ] {
        let mut rented = rented_as("2024-01-01", |laptop| ItemDraft {
            price: "91".into(),
            frequency,
            ..item(laptop, "2024-01-01", 48)
        });
        rented.change(Change::Reprice { price: "100".into(), from: None });
        walk(&mut rented.desk, &rented.hand, next);
        let nets = "SELECT CAST(net_minor AS TEXT) FROM payment WHERE kind = 'period' ORDER BY id";
        assert_eq!(rented.rows(nets), [full, new]);
        rented.sound();
    }
}

#[test]
fn a_return_before_the_day_it_was_cancelled_to_bills_nothing_behind_that_day() {
    // F65: found by the walk with two years at once. Cancelled to 23 May by days, back on 22 March: it was owed to the
    // end of the period, as if nobody had cancelled it. 93.00 x 24 x 143 of 731 days.
    for (frequency, owes) in [(Frequency::Monthly, 3 * 9_300), (Frequency::TwoYearly, 43_663)] {
        let mut rented = rented_as("2024-01-01", |laptop| ItemDraft {
            price: "93".into(),
            frequency,
            ..item(laptop, "2024-01-01", 24)
        });
        walk(&mut rented.desk, &rented.hand, "2024-03-20");
        let running = Some(RunningPeriod::Prorate);
        let (from, reason) = (date("2024-05-23"), String::new());
        rented.change(Change::Cancel { from, running, refund: false, reason });
        walk(&mut rented.desk, &rented.hand, "2024-03-22");
        let (on, percent, note, waive) = (date("2024-03-22"), String::new(), String::new(), "fine".into());
        rented.change(Change::ReturnEarly { on, percent, condition: Condition::Good, note, waive });
        assert_eq!(owed(&rented), owes, "{frequency:?}");
    }
}
