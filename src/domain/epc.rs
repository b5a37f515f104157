//! The text of a payment code (European Payments Council, EPC069-12, version 2): a banking app that reads it fills in
//! the transfer.

use super::currency::Currency;
use super::money::Money;

/// The most bytes the standard allows.
const LONGEST: usize = 331;
/// The most characters of a holder's name.
const LONGEST_NAME: usize = 70;
/// The most the standard can ask for, in cents.
const LARGEST: i64 = 99_999_999_999;

/// A transfer to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transfer<'a> {
    pub holder: &'a str,
    /// IBAN; blanks do not matter.
    pub iban: &'a str,
    /// BIC, where the shop gave one; inside the euro area it may be left out.
    pub bic: Option<&'a str>,
    pub amount: Money,
    /// An ISO 11649 reference, or any other text to quote.
    pub reference: &'a str,
}

/// The text of the code; none where the standard knows no such transfer: another currency, nothing to pay, no IBAN.
pub fn payment_code(transfer: &Transfer) -> Option<String> {
    let iban: String = transfer.iban.chars().filter(|c| !c.is_whitespace()).collect();
    let amount = transfer.amount;
    if amount.currency() != Currency::EUR || !(1..=LARGEST).contains(&amount.minor()) || iban.is_empty() {
        return None;
    }
    let name: String = one_line(transfer.holder).chars().take(LONGEST_NAME).collect();
    if name.is_empty() {
        return None;
    }
    let compact: String = transfer.reference.chars().filter(|c| !c.is_whitespace()).collect();
    let (structured, text) = if super::reference::is_creditor_reference(&compact) {
        (compact, String::new())
    } else {
        (String::new(), one_line(transfer.reference).chars().take(140).collect())
    };
    let bic = transfer.bic.unwrap_or_default().trim().to_owned();
    let amount = format!("EUR{amount}");
    let lines = ["BCD", "002", "1", "SCT", &bic, &name, &iban, &amount, "", &structured, &text];
    let code = lines.join("\n").trim_end_matches('\n').to_owned();
    (code.len() <= LONGEST).then_some(code)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn transfer() -> Transfer<'static> {
        Transfer {
            holder: "Harbour Cycles Ltd",
            iban: "IE29 AIBK 9311 5212 3456 78",
            bic: Some("AIBKIE2D"),
            amount: Money::new(8_900, Currency::EUR),
            reference: "RF15 2025 0007",
        }
    }

    #[test]
    fn a_transfer_becomes_the_lines_of_the_standard() {
        let code = payment_code(&transfer()).unwrap();
        assert_eq!(
            code,
            "BCD\n002\n1\nSCT\nAIBKIE2D\nHarbour Cycles Ltd\nIE29AIBK93115212345678\nEUR89.00\n\nRF1520250007"
        );
        let free = payment_code(&Transfer { reference: "2025-0007", bic: None, ..transfer() }).unwrap();
        assert!(free.ends_with("SCT\n\nHarbour Cycles Ltd\nIE29AIBK93115212345678\nEUR89.00\n\n\n2025-0007"), "{free}");
    }

    #[test]
    fn a_transfer_the_standard_does_not_know_has_no_code() {
        let dollars = Money::new(8_900, Currency::new("USD").unwrap());
        assert_eq!(payment_code(&Transfer { amount: dollars, ..transfer() }), None);
        assert_eq!(payment_code(&Transfer { amount: Money::zero(Currency::EUR), ..transfer() }), None);
        assert_eq!(payment_code(&Transfer { amount: Money::new(LARGEST + 1, Currency::EUR), ..transfer() }), None);
        assert_eq!(payment_code(&Transfer { iban: " ", ..transfer() }), None);
        assert_eq!(payment_code(&Transfer { holder: "", ..transfer() }), None);
    }

    #[test]
    fn long_names_are_cut_and_line_ends_cannot_add_fields() {
        let name = "Ö".repeat(300);
        let code = payment_code(&Transfer { holder: &name, ..transfer() }).unwrap();
        assert_eq!(code.lines().nth(5).unwrap().chars().count(), LONGEST_NAME);
        let code = payment_code(&Transfer { holder: "A\nIBAN", ..transfer() }).unwrap();
        assert_eq!(code.lines().nth(5), Some("A IBAN"));
        assert!(code.len() <= LONGEST);
    }
}
