//! On which business day money takes effect.
//!
//! A figure of a closed day never changes, and no invoice is paid before it was written: what comes earlier keeps the day
//! it came and counts from the first day it can.

use chrono::NaiveDate;

/// The first day from `day` on that is open, where the book is closed up to and with `closed_until`.
pub fn first_open(day: NaiveDate, closed_until: Option<NaiveDate>) -> NaiveDate {
    let opens = closed_until.and_then(|until| until.succ_opt());
    opens.map_or(day, |opens| opens.max(day))
}

/// The day on which money that came on `came` pays an invoice: the later of the two, and no closed one.
pub fn pays_on(came: NaiveDate, invoiced: Option<NaiveDate>, closed_until: Option<NaiveDate>) -> NaiveDate {
    first_open(invoiced.map_or(came, |invoiced| invoiced.max(came)), closed_until)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 2, day).unwrap()
    }

    #[test]
    fn money_pays_on_the_later_of_its_day_and_the_invoices_and_never_in_a_closed_period() {
        // came, invoiced, closed until, takes effect
        for (came, invoiced, closed, effect) in [
            (3, 1, 0, 3),
            (1, 3, 0, 3),
            (3, 3, 0, 3),
            (1, 2, 4, 5),
            (4, 2, 4, 5),
            (5, 2, 4, 5),
            (6, 2, 4, 6),
            (2, 9, 4, 9),
        ] {
            let closed = (closed > 0).then(|| day(closed));
            assert_eq!(pays_on(day(came), Some(day(invoiced)), closed), day(effect), "{came} {invoiced}");
        }
        assert_eq!(pays_on(day(3), None, None), day(3));
        assert_eq!(first_open(day(3), Some(day(3))), day(4));
    }
}
