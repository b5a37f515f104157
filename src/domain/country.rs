//! Countries a shop may stand in, with the money it takes there: what set-up proposes, nothing more.

/// A country: its two letters (ISO 3166-1), its English name, the letters of its currency.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Country {
    pub code: &'static str,
    pub name: &'static str,
    pub currency: &'static str,
}

const fn of(code: &'static str, name: &'static str, currency: &'static str) -> Country {
    Country { code, name, currency }
}

/// Countries to choose from, A–Z; a shop in another one types its two letters.
pub const COUNTRIES: &[Country] = &[
    of("AE", "United Arab Emirates", "AED"),
    of("AR", "Argentina", "ARS"),
    of("AT", "Austria", "EUR"),
    of("AU", "Australia", "AUD"),
    of("BE", "Belgium", "EUR"),
    of("BG", "Bulgaria", "EUR"),
    of("BR", "Brazil", "BRL"),
    of("CA", "Canada", "CAD"),
    of("CH", "Switzerland", "CHF"),
    of("CL", "Chile", "CLP"),
    of("CN", "China", "CNY"),
    of("CO", "Colombia", "COP"),
    of("CY", "Cyprus", "EUR"),
    of("CZ", "Czechia", "CZK"),
    of("DE", "Germany", "EUR"),
    of("DK", "Denmark", "DKK"),
    of("EE", "Estonia", "EUR"),
    of("EG", "Egypt", "EGP"),
    of("ES", "Spain", "EUR"),
    of("FI", "Finland", "EUR"),
    of("FR", "France", "EUR"),
    of("GB", "United Kingdom", "GBP"),
    of("GR", "Greece", "EUR"),
    of("HK", "Hong Kong", "HKD"),
    of("HR", "Croatia", "EUR"),
    of("HU", "Hungary", "HUF"),
    of("ID", "Indonesia", "IDR"),
    of("IE", "Ireland", "EUR"),
    of("IL", "Israel", "ILS"),
    of("IN", "India", "INR"),
    of("IS", "Iceland", "ISK"),
    of("IT", "Italy", "EUR"),
    of("JP", "Japan", "JPY"),
    of("KE", "Kenya", "KES"),
    of("KR", "South Korea", "KRW"),
    of("KW", "Kuwait", "KWD"),
    of("LI", "Liechtenstein", "CHF"),
    of("LT", "Lithuania", "EUR"),
    of("LU", "Luxembourg", "EUR"),
    of("LV", "Latvia", "EUR"),
    of("MA", "Morocco", "MAD"),
    of("MC", "Monaco", "EUR"),
    of("MT", "Malta", "EUR"),
    of("MX", "Mexico", "MXN"),
    of("MY", "Malaysia", "MYR"),
    of("NG", "Nigeria", "NGN"),
    of("NL", "Netherlands", "EUR"),
    of("NO", "Norway", "NOK"),
    of("NZ", "New Zealand", "NZD"),
    of("PE", "Peru", "PEN"),
    of("PH", "Philippines", "PHP"),
    of("PL", "Poland", "PLN"),
    of("PT", "Portugal", "EUR"),
    of("RO", "Romania", "RON"),
    of("RS", "Serbia", "RSD"),
    of("SA", "Saudi Arabia", "SAR"),
    of("SE", "Sweden", "SEK"),
    of("SG", "Singapore", "SGD"),
    of("SI", "Slovenia", "EUR"),
    of("SK", "Slovakia", "EUR"),
    of("TH", "Thailand", "THB"),
    of("TR", "Türkiye", "TRY"),
    of("TW", "Taiwan", "TWD"),
    of("UA", "Ukraine", "UAH"),
    of("US", "United States", "USD"),
    of("UY", "Uruguay", "UYU"),
    of("VN", "Vietnam", "VND"),
    of("ZA", "South Africa", "ZAR"),
];

/// The country with these two letters, when it is one of the list.
pub fn country(code: &str) -> Option<&'static Country> {
    COUNTRIES.iter().find(|country| country.code.eq_ignore_ascii_case(code.trim()))
}

/// Countries of one time zone, and the usual rate of tax on what is rented there, in percent (standard rates of 2026): what
/// set-up proposes, nothing more.
const USUAL: &[(&str, &str, &str)] = &[
    ("AT", "Europe/Vienna", "20"),
    ("BE", "Europe/Brussels", "21"),
    ("BG", "Europe/Sofia", "20"),
    ("CH", "Europe/Zurich", "8.1"),
    ("CY", "Asia/Nicosia", "19"),
    ("CZ", "Europe/Prague", "21"),
    ("DE", "Europe/Berlin", "19"),
    ("DK", "Europe/Copenhagen", "25"),
    ("EE", "Europe/Tallinn", "24"),
    ("ES", "Europe/Madrid", "21"),
    ("FI", "Europe/Helsinki", "25.5"),
    ("FR", "Europe/Paris", "20"),
    ("GB", "Europe/London", "20"),
    ("GR", "Europe/Athens", "24"),
    ("HR", "Europe/Zagreb", "25"),
    ("HU", "Europe/Budapest", "27"),
    ("IE", "Europe/Dublin", "23"),
    ("IL", "Asia/Jerusalem", "18"),
    ("IS", "Atlantic/Reykjavik", "24"),
    ("IT", "Europe/Rome", "22"),
    ("JP", "Asia/Tokyo", "10"),
    ("KR", "Asia/Seoul", "10"),
    ("LI", "Europe/Vaduz", "8.1"),
    ("LT", "Europe/Vilnius", "21"),
    ("LU", "Europe/Luxembourg", "17"),
    ("LV", "Europe/Riga", "21"),
    ("MC", "Europe/Monaco", "20"),
    ("MT", "Europe/Malta", "18"),
    ("NL", "Europe/Amsterdam", "21"),
    ("NO", "Europe/Oslo", "25"),
    ("PL", "Europe/Warsaw", "23"),
    ("PT", "Europe/Lisbon", "23"),
    ("RO", "Europe/Bucharest", "21"),
    ("SE", "Europe/Stockholm", "25"),
    ("SG", "Asia/Singapore", "9"),
    ("SI", "Europe/Ljubljana", "22"),
    ("SK", "Europe/Bratislava", "23"),
    ("TR", "Europe/Istanbul", "20"),
    ("ZA", "Africa/Johannesburg", "15"),
];

/// The time zone of a country that has one (most of it, where an island has another); of the others the machine says.
pub fn usual_zone(code: &str) -> Option<&'static str> {
    usual(code).map(|(_, zone, _)| *zone)
}

/// The usual rate of tax in a country, in percent.
pub fn usual_tax(code: &str) -> Option<&'static str> {
    usual(code).map(|(_, _, tax)| *tax)
}

fn usual(code: &str) -> Option<&'static (&'static str, &'static str, &'static str)> {
    USUAL.iter().find(|(known, ..)| known.eq_ignore_ascii_case(code.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::currency::Currency;

    /// F70.
    #[test]
    fn what_is_proposed_can_be_kept() {
        for (code, zone, tax) in USUAL {
            assert!(country(code).is_some(), "{code}");
            assert!(zone.parse::<chrono_tz::Tz>().is_ok(), "{zone}");
            assert!(tax.parse::<crate::domain::tax::TaxRate>().is_ok(), "{tax}");
        }
        assert_eq!((usual_zone("de"), usual_zone("US")), (Some("Europe/Berlin"), None));
    }

    #[test]
    fn every_country_stands_once_in_order_with_a_currency_the_book_knows() {
        assert!(COUNTRIES.windows(2).all(|pair| pair[0].code < pair[1].code));
        for country in COUNTRIES {
            assert!(Currency::new(country.currency).is_ok(), "{country:?}");
        }
        assert_eq!(country(" de ").map(|country| country.name), Some("Germany"));
        assert_eq!(country("XX"), None);
    }
}
