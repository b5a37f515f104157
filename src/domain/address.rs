//! Postal addresses and how they stand on an envelope.

use serde::{Deserialize, Serialize};

use super::country_names::country_name;

/// An address. Any part may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    pub line1: String,
    /// What else stands on the envelope.
    pub line2: String,
    pub postcode: String,
    pub city: String,
    pub region: String,
    /// Two letters, or empty.
    pub country: String,
}

/// Countries that write the postcode before the town (Universal Postal Union, addressing systems).
const POSTCODE_FIRST: &[&str] = &[
    "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "EG", "ES", "FI", "FR", "GR", "HR", "IL", "IS", "IT", "KW",
    "LI", "LT", "LU", "MA", "MC", "MX", "MY", "NL", "NO", "PL", "PT", "RO", "RS", "SE", "SI", "SK", "TR",
];

/// Countries that give the postcode a line of its own under the town.
const POSTCODE_ALONE: &[&str] = &["GB", "HU", "IE", "UA"];

impl Address {
    /// The lines as they stand on an envelope posted in the country `home` (two letters; empty: abroad for everybody).
    /// The country is written out in the language (`en`, `de`, `fr`, `es`) where it is another one.
    pub fn lines(&self, home: &str, language: &str) -> Vec<String> {
        let mut lines = vec![self.line1.clone(), self.line2.clone()];
        // Where no country is named, that of the shop rules.
        let country_is = if self.country.is_empty() { home } else { &self.country };
        lines.extend(self.town(country_is));
        if !country_is.eq_ignore_ascii_case(home) {
            lines.push(country_name(&self.country, language).unwrap_or(&self.country).to_owned());
        }
        lines.iter().map(|line| one_blank_apart(&[line])).filter(|line| !line.is_empty()).collect()
    }

    /// All of it on one line, the country by its letters.
    pub fn one_line(&self) -> String {
        let mut parts = self.lines(&self.country, "en");
        parts.extend(Some(self.country.clone()).filter(|letters| !letters.is_empty()));
        parts.join(", ")
    }

    /// Whether nothing stands in it.
    pub fn is_empty(&self) -> bool {
        self.one_line().is_empty()
    }

    /// Town, region and postcode in the order of the country.
    fn town(&self, country: &str) -> Vec<String> {
        let is_in = |countries: &[&str]| countries.iter().any(|code| code.eq_ignore_ascii_case(country));
        if is_in(POSTCODE_FIRST) {
            vec![one_blank_apart(&[&self.postcode, &self.city, &self.region])]
        } else if is_in(POSTCODE_ALONE) {
            vec![one_blank_apart(&[&self.city, &self.region]), self.postcode.clone()]
        } else if is_in(&["US"]) && !self.region.is_empty() && !self.city.is_empty() {
            vec![format!("{}, {}", one_blank_apart(&[&self.city]), one_blank_apart(&[&self.region, &self.postcode]))]
        } else {
            vec![one_blank_apart(&[&self.city, &self.region, &self.postcode])]
        }
    }
}

fn one_blank_apart(parts: &[&str]) -> String {
    parts.iter().flat_map(|part| part.split_whitespace()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(city: &str, region: &str, postcode: &str, country: &str) -> Address {
        let text = str::to_owned;
        Address {
            line1: text("1 Harbour Road"),
            city: text(city),
            region: text(region),
            postcode: text(postcode),
            country: text(country),
            ..Address::default()
        }
    }

    #[test]
    fn each_country_has_its_own_order() {
        let cases = [
            (of("Berlin", "", "10115", "DE"), "1 Harbour Road|10115 Berlin|Germany"),
            (of("Roma", "RM", "00100", "it"), "1 Harbour Road|00100 Roma RM|Italy"),
            (of("Portland", "OR", "97201", "US"), "1 Harbour Road|Portland, OR 97201|United States"),
            (of("Leeds", "", "LS1 1UR", "GB"), "1 Harbour Road|Leeds|LS1 1UR|United Kingdom"),
            (of("Nuuk", "", "3900", "GL"), "1 Harbour Road|Nuuk 3900|Greenland"),
            (of("Nowhere", "", "1", "QQ"), "1 Harbour Road|Nowhere 1|QQ"),
            (of("Town", "", "1", ""), "1 Harbour Road|Town 1"),
        ];
        for (address, expected) in cases {
            assert_eq!(address.lines("NZ", "en").join("|"), expected);
        }
    }

    // F35
    #[test]
    fn the_country_stands_in_the_language_of_the_paper() {
        let wien = of("Wien", "", "1010", "AT");
        let named = |language| wien.lines("DE", language).pop().unwrap_or_default();
        assert_eq!(["en", "de", "fr", "es"].map(named), ["Austria", "Österreich", "Autriche", "Austria"]);
    }

    // F36
    #[test]
    fn where_no_country_is_named_that_of_the_shop_rules() {
        assert_eq!(of("München", "", "80331", "").lines("DE", "en"), ["1 Harbour Road", "80331 München"]);
        assert_eq!(of("Springfield", "IL", "62701", "").lines("US", "en"), ["1 Harbour Road", "Springfield, IL 62701"]);
        assert_eq!(of("Leeds", "", "LS1 1UR", "").lines("GB", "en"), ["1 Harbour Road", "Leeds", "LS1 1UR"]);
    }

    #[test]
    fn at_home_the_country_is_not_written() {
        let berlin = of("Berlin", "", "10115", "DE");
        assert_eq!(berlin.lines("DE", "en"), ["1 Harbour Road", "10115 Berlin"]);
        assert_eq!(berlin.one_line(), "1 Harbour Road, 10115 Berlin, DE");
        assert!(Address::default().is_empty() && !berlin.is_empty());
        assert!(!Address { country: "DE".into(), ..Address::default() }.is_empty());
    }
}
