//! The words of a statement of account, one table a language.

use super::super::words::Language;

/// The words of one language.
#[derive(PartialEq, Eq, Debug)]
pub(super) struct Words {
    pub(super) statement: &'static str,
    pub(super) period: &'static str,
    pub(super) movement: &'static str,
    pub(super) charged: &'static str,
    pub(super) credited_short: &'static str,
    pub(super) balance: &'static str,
    pub(super) opening: &'static str,
    pub(super) closing: &'static str,
    pub(super) by_age: &'static str,
    pub(super) not_due: &'static str,
    pub(super) days_late: &'static str,
    pub(super) unapplied: &'static str,
}

/// The words of a language.
pub(super) const fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::German => &GERMAN,
        Language::French => &FRENCH,
        Language::Spanish => &SPANISH,
    }
}

const ENGLISH: Words = Words {
    statement: "Statement of account",
    period: "Period",
    movement: "Movement",
    charged: "Charged",
    credited_short: "Credited",
    balance: "Balance",
    opening: "Opening balance",
    closing: "Closing balance",
    by_age: "Open by age",
    not_due: "Not due yet",
    days_late: "{days} days late",
    unapplied: "Credit not used yet",
};

const GERMAN: Words = Words {
    statement: "Kontoauszug",
    period: "Zeitraum",
    movement: "Buchung",
    charged: "Belastet",
    credited_short: "Gutgeschrieben",
    balance: "Saldo",
    opening: "Anfangssaldo",
    closing: "Endsaldo",
    by_age: "Offen nach Alter",
    not_due: "Noch nicht fällig",
    days_late: "{days} Tage überfällig",
    unapplied: "Noch nicht verwendetes Guthaben",
};

const FRENCH: Words = Words {
    statement: "Relevé de compte",
    period: "Période",
    movement: "Mouvement",
    charged: "Débit",
    credited_short: "Crédit",
    balance: "Solde",
    opening: "Solde d’ouverture",
    closing: "Solde de clôture",
    by_age: "Ouvert par ancienneté",
    not_due: "Pas encore échu",
    days_late: "{days} jours de retard",
    unapplied: "Avoir non utilisé",
};

const SPANISH: Words = Words {
    statement: "Estado de cuenta",
    period: "Período",
    movement: "Movimiento",
    charged: "Cargo",
    credited_short: "Abono",
    balance: "Saldo",
    opening: "Saldo inicial",
    closing: "Saldo final",
    by_age: "Pendiente por antigüedad",
    not_due: "Aún no vencido",
    days_late: "{days} días de retraso",
    unapplied: "Saldo a favor sin usar",
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::font::{Face, Typesetter};

    #[test]
    fn every_language_says_every_word_and_the_fonts_can_show_it() {
        let mut setter = Typesetter::new(&[]).unwrap();
        for language in Language::ALL {
            let all = format!("{:?}", words(*language));
            assert!(!all.contains("\"\""), "{language:?} lacks a word");
            assert!(words(*language).days_late.contains("{days}"));
            setter.shape(Face::Regular, &all);
            setter.shape(Face::Bold, &all);
        }
        assert_eq!(setter.missing(), &[] as &[char]);
    }
}
