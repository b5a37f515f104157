//! The search key of a text.

use deunicode::deunicode;

/// The key a text is searched and sorted by: plain ASCII, lower case, single spaces (“Żółć” → `zolc`).
#[must_use]
pub fn fold(text: &str) -> String {
    let plain = deunicode(text).to_lowercase();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
