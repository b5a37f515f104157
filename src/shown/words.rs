//! Numbers as people say them.

use crate::domain::format;
use crate::domain::money::Money;

/// `1st`, `2nd`, `3rd`, `4th`.
pub fn ordinal(number: i64) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// One row or more of them: `1 payment`, `22 payments`.
pub fn count(number: i64, one: &str) -> String {
    format::count(number, one)
}

/// How much of what an asset cost came back, as a bar and a figure: `#########.  92%`.
pub fn recovery(received: Money, cost: Option<Money>) -> String {
    let Some(cost) = cost.filter(|cost| cost.minor() > 0) else { return String::new() };
    let percent = i128::from(received.minor().max(0)) * 100 / i128::from(cost.minor());
    format!("{} {percent:>3}%", bar(percent))
}

/// The same where there is room for a tenth: `#####.....  53.4%`.
pub fn exact_recovery(received: Money, cost: Option<Money>) -> String {
    let Some(cost) = cost.filter(|cost| cost.minor() > 0) else { return String::new() };
    let tenths = i128::from(received.minor().max(0)) * 1000 / i128::from(cost.minor());
    format!("{} {:>3}.{}%", bar(tenths / 10), tenths / 10, tenths % 10)
}

fn bar(percent: i128) -> String {
    let full = usize::try_from(percent.min(100) / 10).unwrap_or(0);
    // What came in at all is never shown as nothing.
    let full = if percent > 0 { full.max(1) } else { 0 };
    format!("{}{}", "#".repeat(full), ".".repeat(10 - full))
}
