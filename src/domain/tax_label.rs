//! What a shop's own tax number is called on its papers: by its country, as the tax office there names it.

/// Labels of VAT numbers, by the letters they begin with.
const VAT: &[(&str, &str)] = &[
    ("ATU", "UID-Nr."),
    ("BE", "TVA/BTW"),
    ("CHE", "UID"),
    ("CZ", "DIČ"),
    ("DE", "USt-IdNr."),
    ("DK", "CVR-nr."),
    ("EL", "ΑΦΜ"),
    ("ES", "NIF-IVA"),
    ("FI", "ALV-nro"),
    ("FR", "N° TVA"),
    ("GB", "VAT no."),
    ("HR", "OIB"),
    ("HU", "Adószám"),
    ("IE", "VAT no."),
    ("IT", "P. IVA"),
    ("LT", "PVM kodas"),
    ("LU", "N° TVA"),
    ("LV", "PVN nr."),
    ("NL", "Btw-id"),
    ("NO", "MVA"),
    ("PL", "NIP"),
    ("PT", "NIF"),
    ("RO", "CUI"),
    ("SE", "Momsreg.nr"),
    ("SI", "ID za DDV"),
    ("SK", "IČ DPH"),
    ("XI", "VAT no."),
];

/// Labels of numbers that begin with a digit, or with letters of no country, by the country of the shop.
const NATIONAL: &[(&str, &str)] = &[
    ("AT", "Steuernr."),
    ("AU", "ABN"),
    ("CA", "GST/HST no."),
    ("CH", "UID"),
    ("DE", "Steuernr."),
    ("ES", "NIF"),
    ("FR", "SIRET"),
    ("IN", "GSTIN"),
    ("MX", "RFC"),
    ("NZ", "GST no."),
    ("US", "Tax ID"),
];

/// Whether a number stands alone: without a word before it that says what it is.
pub fn is_bare(number: &str) -> bool {
    let first = number.split_whitespace().next().unwrap_or_default();
    let is_prefix = VAT.iter().any(|(prefix, _)| *prefix == first) || first == "CHE" || first == "AT";
    first.contains(|letter: char| letter.is_ascii_digit()) || is_prefix
}

/// A shop's tax number with its label; as it is written where somebody wrote one.
pub fn with_label(number: &str, country: &str) -> String {
    if !is_bare(number) {
        return number.to_owned();
    }
    let of = |table: &[(&str, &'static str)], fits: &dyn Fn(&str) -> bool| {
        table.iter().find(|(key, _)| fits(key)).map(|(_, label)| *label)
    };
    let upper = number.to_uppercase();
    let has_prefix = |prefix: &str| {
        let rest = upper.strip_prefix(prefix).map(str::trim_start);
        rest.is_some_and(|rest| rest.chars().take(3).any(|letter| letter.is_ascii_digit()))
    };
    match of(VAT, &has_prefix).or_else(|| of(NATIONAL, &|key| key == country)) {
        Some(label) => format!("{label} {number}"),
        None => number.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // F38
    #[test]
    fn a_number_has_the_label_of_its_country_and_keeps_the_one_that_was_written() {
        for (number, country, shown) in [
            ("DE123456789", "DE", "USt-IdNr. DE123456789"),
            ("DE 123 456 789", "DE", "USt-IdNr. DE 123 456 789"),
            ("12/345/67890", "DE", "Steuernr. 12/345/67890"),
            ("ATU12345678", "AT", "UID-Nr. ATU12345678"),
            ("FR40303265045", "FR", "N° TVA FR40303265045"),
            ("303 265 045 00012", "FR", "SIRET 303 265 045 00012"),
            ("B12345678", "ES", "NIF B12345678"),
            ("IE1234567FA", "IE", "VAT no. IE1234567FA"),
            ("12-3456789", "US", "Tax ID 12-3456789"),
            ("VAT IE1234567FA", "IE", "VAT IE1234567FA"),
            ("USt-IdNr. DE123456789", "DE", "USt-IdNr. DE123456789"),
            ("HRB 12345", "DE", "HRB 12345"),
            ("123456", "KE", "123456"),
            ("", "DE", ""),
        ] {
            assert_eq!(with_label(number, country), shown);
        }
    }
}
