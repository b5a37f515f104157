//! The words printed on papers, one table a language.

/// Language of a paper's labels.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Deutsch.
    German,
    /// Français.
    French,
    /// Español.
    Spanish,
}

crate::domain::format::coded!(Language { English = "en", German = "de", French = "fr", Spanish = "es" });

/// Declares the table's fields once; every language has to fill all of them.
macro_rules! words {
    ($($word:ident),+ $(,)?) => {
        /// The words of one language.
        #[derive(PartialEq, Eq, Debug)]
        pub(super) struct Words { $(pub(super) $word: &'static str),+ }

        impl Words {
            /// Every word with its name, for tests.
            #[cfg(test)]
            fn all(&self) -> Vec<(&'static str, &'static str)> {
                vec![$((stringify!($word), self.$word)),+]
            }
        }
    };
}

words!(
    invoice,
    consolidated,
    credit_note,
    date,
    due,
    customer_reference,
    corrects,
    description,
    quantity,
    unit_price,
    tax,
    amount,
    amount_net,
    amount_gross,
    subtotal,
    tax_base,
    total,
    amount_due,
    credited,
    carried_forward,
    brought_forward,
    page,
    pay,
    holder,
    iban,
    bic,
    bank,
    reference,
    previous,
    received,
    this_invoice,
    to_pay,
    paid,
    void,
    draft,
    copy,
    missing,
    scan,
    reason,
    reverse_charge,
    exempt,
    statement,
    period,
    movement,
    charged,
    credited_short,
    balance,
    opening,
    closing,
    by_age,
    not_due,
    days_late,
    unapplied,
    money_in,
    money_back,
    refund,
    written_off,
    withdrawn,
    needed_fonts,
    bank_transfer,
    card,
    direct_debit,
    check,
    cash,
);

/// A sentence about tax that the law wants on a paper.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TaxNote {
    /// The recipient accounts for the tax.
    ReverseCharge,
    /// No tax is charged.
    Exempt,
}

/// A word papers need for a value that comes from the book.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Word {
    /// An invoice.
    Invoice,
    /// A credit note.
    CreditNote,
    /// Money that came in.
    MoneyIn,
    /// Money that came in and was taken back.
    MoneyBack,
    /// Money given back.
    Refund,
    /// Given up.
    WrittenOff,
    /// An invoice that was voided.
    Withdrawn,
    /// Before the day something is due.
    DueOn,
    /// Money sent by the customer's bank.
    BankTransfer,
    /// Money from a card.
    Card,
    /// Money collected by mandate.
    DirectDebit,
    /// A check.
    Check,
    /// Notes and coins.
    Cash,
}

impl Language {
    /// A sentence about tax.
    #[must_use]
    pub const fn tax_note(self, note: TaxNote) -> &'static str {
        match note {
            TaxNote::ReverseCharge => self.words().reverse_charge,
            TaxNote::Exempt => self.words().exempt,
        }
    }

    /// A word for a value from the book.
    #[must_use]
    pub const fn word(self, word: Word) -> &'static str {
        let words = self.words();
        match word {
            Word::Invoice => words.invoice,
            Word::CreditNote => words.credit_note,
            Word::MoneyIn => words.money_in,
            Word::MoneyBack => words.money_back,
            Word::Refund => words.refund,
            Word::WrittenOff => words.written_off,
            Word::Withdrawn => words.withdrawn,
            Word::DueOn => words.due,
            Word::BankTransfer => words.bank_transfer,
            Word::Card => words.card,
            Word::DirectDebit => words.direct_debit,
            Word::Check => words.check,
            Word::Cash => words.cash,
        }
    }

    /// Its words.
    pub(super) const fn words(self) -> &'static Words {
        match self {
            Self::English => &ENGLISH,
            Self::German => &GERMAN,
            Self::French => &FRENCH,
            Self::Spanish => &SPANISH,
        }
    }
}

const ENGLISH: Words = Words {
    invoice: "Invoice",
    consolidated: "Consolidated invoice",
    credit_note: "Credit note",
    date: "Date",
    due: "Due date",
    customer_reference: "Your reference",
    corrects: "For invoice",
    description: "Description",
    quantity: "Qty",
    unit_price: "Unit price",
    tax: "Tax",
    amount: "Amount",
    amount_net: "Net amount",
    amount_gross: "Amount incl. tax",
    subtotal: "Subtotal without tax",
    tax_base: "on",
    total: "Total",
    amount_due: "Amount due",
    credited: "Amount credited",
    carried_forward: "Carried forward",
    brought_forward: "Brought forward",
    page: "Page {page} of {pages}",
    pay: "How to pay",
    holder: "Account holder",
    iban: "IBAN",
    bic: "BIC",
    bank: "Bank",
    reference: "Payment reference",
    previous: "Previous balance",
    received: "Received since",
    this_invoice: "This invoice",
    to_pay: "Total to pay",
    paid: "PAID",
    void: "VOID",
    draft: "DRAFT",
    copy: "COPY",
    missing: "Some characters cannot be shown with the built-in fonts; in their place stands \u{fffd}:",
    scan: "Scan this code with your banking app: it fills in the transfer.",
    reason: "Reason",
    reverse_charge: "Reverse charge: the recipient of this invoice accounts for the tax.",
    exempt: "Exempt from tax.",
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
    money_in: "Payment received",
    money_back: "Payment reversed",
    refund: "Refund",
    written_off: "Written off",
    withdrawn: "Withdrawn",
    needed_fonts: "Fonts that have them:",
    bank_transfer: "Bank transfer",
    card: "Card",
    direct_debit: "Direct debit",
    check: "Check",
    cash: "Cash",
};

const GERMAN: Words = Words {
    invoice: "Rechnung",
    consolidated: "Sammelrechnung",
    credit_note: "Rechnungskorrektur",
    date: "Datum",
    due: "Fällig am",
    customer_reference: "Ihr Zeichen",
    corrects: "Zu Rechnung",
    description: "Bezeichnung",
    quantity: "Menge",
    unit_price: "Einzelpreis",
    tax: "Steuer",
    amount: "Betrag",
    amount_net: "Betrag netto",
    amount_gross: "Betrag brutto",
    subtotal: "Summe ohne Steuer",
    tax_base: "auf",
    total: "Gesamtbetrag",
    amount_due: "Zu zahlen",
    credited: "Gutgeschriebener Betrag",
    carried_forward: "Übertrag",
    brought_forward: "Übertrag von der vorigen Seite",
    page: "Seite {page} von {pages}",
    pay: "So zahlen Sie",
    holder: "Kontoinhaber",
    iban: "IBAN",
    bic: "BIC",
    bank: "Bank",
    reference: "Verwendungszweck",
    previous: "Bisheriger Saldo",
    received: "Seither eingegangen",
    this_invoice: "Diese Rechnung",
    to_pay: "Insgesamt zu zahlen",
    paid: "BEZAHLT",
    void: "STORNIERT",
    draft: "ENTWURF",
    copy: "KOPIE",
    missing: "Einige Zeichen fehlen in den eingebauten Schriften; an ihrer Stelle steht \u{fffd}:",
    scan: "Code mit der Banking-App scannen: die Überweisung ist ausgefüllt.",
    reason: "Grund",
    reverse_charge: "Steuerschuldnerschaft des Leistungsempfängers (Reverse Charge).",
    exempt: "Steuerfrei.",
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
    money_in: "Zahlungseingang",
    money_back: "Zahlung zurückgebucht",
    refund: "Erstattung",
    written_off: "Ausgebucht",
    withdrawn: "Storniert",
    needed_fonts: "Schriften, die sie enthalten:",
    bank_transfer: "Überweisung",
    card: "Karte",
    direct_debit: "Lastschrift",
    check: "Scheck",
    cash: "Bar",
};

const FRENCH: Words = Words {
    invoice: "Facture",
    consolidated: "Facture groupée",
    credit_note: "Avoir",
    date: "Date",
    due: "Échéance",
    customer_reference: "Votre référence",
    corrects: "Sur facture",
    description: "Désignation",
    quantity: "Qté",
    unit_price: "Prix unitaire",
    tax: "Taxe",
    amount: "Montant",
    amount_net: "Montant HT",
    amount_gross: "Montant TTC",
    subtotal: "Total hors taxes",
    tax_base: "sur",
    total: "Total",
    amount_due: "Net à payer",
    credited: "Montant crédité",
    carried_forward: "À reporter",
    brought_forward: "Report",
    page: "Page {page} sur {pages}",
    pay: "Comment payer",
    holder: "Titulaire du compte",
    iban: "IBAN",
    bic: "BIC",
    bank: "Banque",
    reference: "Référence de paiement",
    previous: "Solde précédent",
    received: "Reçu depuis",
    this_invoice: "Cette facture",
    to_pay: "Total à payer",
    paid: "PAYÉE",
    void: "ANNULÉE",
    draft: "BROUILLON",
    copy: "COPIE",
    missing: "Certains caractères manquent dans les polices intégrées ; à leur place figure \u{fffd} :",
    scan: "Scannez ce code avec l’application de votre banque : le virement est rempli.",
    reason: "Motif",
    reverse_charge: "Autoliquidation : la taxe est due par le preneur.",
    exempt: "Exonéré de taxe.",
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
    money_in: "Paiement reçu",
    money_back: "Paiement annulé",
    refund: "Remboursement",
    written_off: "Passé en perte",
    withdrawn: "Annulée",
    needed_fonts: "Polices qui les contiennent :",
    bank_transfer: "Virement",
    card: "Carte",
    direct_debit: "Prélèvement",
    check: "Chèque",
    cash: "Espèces",
};

const SPANISH: Words = Words {
    invoice: "Factura",
    consolidated: "Factura agrupada",
    credit_note: "Factura rectificativa",
    date: "Fecha",
    due: "Vencimiento",
    customer_reference: "Su referencia",
    corrects: "De la factura",
    description: "Descripción",
    quantity: "Cant.",
    unit_price: "Precio unitario",
    tax: "Impuesto",
    amount: "Importe",
    amount_net: "Importe neto",
    amount_gross: "Importe con imp.",
    subtotal: "Base imponible",
    tax_base: "sobre",
    total: "Total",
    amount_due: "Importe pendiente",
    credited: "Importe abonado",
    carried_forward: "Suma y sigue",
    brought_forward: "Suma anterior",
    page: "Página {page} de {pages}",
    pay: "Cómo pagar",
    holder: "Titular de la cuenta",
    iban: "IBAN",
    bic: "BIC",
    bank: "Banco",
    reference: "Referencia de pago",
    previous: "Saldo anterior",
    received: "Recibido desde entonces",
    this_invoice: "Esta factura",
    to_pay: "Total a pagar",
    paid: "PAGADA",
    void: "ANULADA",
    draft: "BORRADOR",
    copy: "COPIA",
    missing: "Algunos caracteres faltan en las fuentes incluidas; en su lugar aparece \u{fffd}:",
    scan: "Escanee este código con la aplicación de su banco: rellena la transferencia.",
    reason: "Motivo",
    reverse_charge: "Inversión del sujeto pasivo: el destinatario liquida el impuesto.",
    exempt: "Exento de impuestos.",
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
    money_in: "Pago recibido",
    money_back: "Pago anulado",
    refund: "Reembolso",
    written_off: "Dado de baja",
    withdrawn: "Anulada",
    needed_fonts: "Fuentes que los contienen:",
    bank_transfer: "Transferencia",
    card: "Tarjeta",
    direct_debit: "Domiciliación",
    check: "Cheque",
    cash: "Efectivo",
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::font::{Face, Typesetter};

    #[test]
    fn every_language_says_every_word_and_the_fonts_can_show_it() {
        let mut setter = Typesetter::new().unwrap();
        for language in Language::ALL {
            for (name, word) in language.words().all() {
                assert!(!word.trim().is_empty(), "{language:?} has no {name}");
                for face in [Face::Regular, Face::Bold] {
                    setter.shape(face, word);
                }
            }
            let page = language.words().page;
            assert!(page.contains("{page}") && page.contains("{pages}"), "{page}");
        }
        assert_eq!(setter.missing(), &[] as &[char]);
    }
}
