//! A country as people write it: its two letters, or its name in any language of papers.

use super::country_names::code_named;
use super::text::fold;

/// What people write and the list of names does not say, folded.
const OTHER_NAMES: [(&str, &str); 10] = [
    ("uk", "GB"),
    ("great britain", "GB"),
    ("england", "GB"),
    ("scotland", "GB"),
    ("usa", "US"),
    ("united states of america", "US"),
    ("holland", "NL"),
    ("czech republic", "CZ"),
    ("turkey", "TR"),
    ("brd", "DE"),
];

/// The two letters of a country that is written by them or by its name, in any of the languages, whatever the accents; two
/// letters of none are taken as they are. `None` where it is neither.
pub fn country_code(typed: &str) -> Option<String> {
    let folded = fold(typed);
    if let Some((_, code)) = OTHER_NAMES.iter().find(|(name, _)| *name == folded) {
        return Some((*code).to_owned());
    }
    if folded.len() == 2 && folded.bytes().all(|letter| letter.is_ascii_lowercase()) {
        return Some(folded.to_ascii_uppercase());
    }
    code_named(&folded).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// F70.
    #[test]
    fn a_country_is_read_by_its_letters_and_by_its_name_in_four_languages() {
        for (typed, code) in [
            ("de", Some("DE")),
            (" Germany ", Some("DE")),
            ("Österreich", Some("AT")),
            ("osterreich", Some("AT")),
            ("España", Some("ES")),
            ("Holland", Some("NL")),
            ("UK", Some("GB")),
            ("usa", Some("US")),
            ("Atlantis", None),
            ("", None),
        ] {
            assert_eq!(country_code(typed).as_deref(), code, "{typed}");
        }
    }
}
