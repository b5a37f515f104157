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
    receipt,
    amount_received,
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
    paid_back,
    credited_since,
    in_favour,
    nothing,
    to_pay,
    paid,
    stamp_credited,
    stamp_written_off,
    from_credit,
    void,
    draft,
    copy,
    scan,
    reverse_charge,
    exempt,
    money_in,
    money_back,
    refund,
    written_off,
    withdrawn,
    bank_transfer,
    card,
    direct_debit,
    check,
    cash,
    on_its_way,
    kept_as_credit,
);

impl Language {
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
    receipt: "Receipt",
    amount_received: "Amount received",
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
    paid_back: "Paid back since",
    credited_since: "Credited since",
    in_favour: "In your favour",
    nothing: "Nothing to pay",
    to_pay: "Total to pay",
    paid: "PAID",
    stamp_credited: "CREDITED",
    stamp_written_off: "WRITTEN OFF",
    from_credit: "From credit",
    void: "VOID",
    draft: "DRAFT",
    copy: "COPY",
    scan: "Scan this code with your banking app: it fills in the transfer.",
    reverse_charge: "Reverse charge: the recipient of this invoice accounts for the tax.",
    exempt: "Exempt from tax.",
    money_in: "Payment received",
    money_back: "Payment reversed",
    refund: "Refund",
    written_off: "Written off",
    withdrawn: "Withdrawn",
    bank_transfer: "Bank transfer",
    card: "Card",
    direct_debit: "Direct debit",
    check: "Check",
    cash: "Cash",
    on_its_way: "On its way: pays once it has cleared",
    kept_as_credit: "Kept as credit or given back",
};

const GERMAN: Words = Words {
    invoice: "Rechnung",
    consolidated: "Sammelrechnung",
    credit_note: "Rechnungskorrektur",
    receipt: "Quittung",
    amount_received: "Betrag erhalten",
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
    paid_back: "Seither ausgezahlt",
    credited_since: "Seither gutgeschrieben",
    in_favour: "Ihr Guthaben",
    nothing: "Nichts zu zahlen",
    to_pay: "Insgesamt zu zahlen",
    paid: "BEZAHLT",
    stamp_credited: "GUTGESCHRIEBEN",
    stamp_written_off: "AUSGEBUCHT",
    from_credit: "Aus Guthaben",
    void: "STORNIERT",
    draft: "ENTWURF",
    copy: "KOPIE",
    scan: "Code mit der Banking-App scannen: die Überweisung ist ausgefüllt.",
    reverse_charge: "Steuerschuldnerschaft des Leistungsempfängers (Reverse Charge).",
    exempt: "Steuerfrei.",
    money_in: "Zahlungseingang",
    money_back: "Zahlung zurückgebucht",
    refund: "Erstattung",
    written_off: "Ausgebucht",
    withdrawn: "Storniert",
    bank_transfer: "Überweisung",
    card: "Karte",
    direct_debit: "Lastschrift",
    check: "Scheck",
    cash: "Bar",
    on_its_way: "Unterwegs: zahlt, sobald es gutgeschrieben ist",
    kept_as_credit: "Als Guthaben behalten oder zurückgegeben",
};

const FRENCH: Words = Words {
    invoice: "Facture",
    consolidated: "Facture groupée",
    credit_note: "Avoir",
    receipt: "Reçu",
    amount_received: "Montant reçu",
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
    paid_back: "Rendu depuis",
    credited_since: "Crédité depuis",
    in_favour: "En votre faveur",
    nothing: "Rien à payer",
    to_pay: "Total à payer",
    paid: "PAYÉE",
    stamp_credited: "CRÉDITÉE",
    stamp_written_off: "PASSÉE EN PERTE",
    from_credit: "Avoir utilisé",
    void: "ANNULÉE",
    draft: "BROUILLON",
    copy: "COPIE",
    scan: "Scannez ce code avec l’application de votre banque\u{a0}: le virement est rempli.",
    reverse_charge: "Autoliquidation\u{a0}: la taxe est due par le preneur.",
    exempt: "Exonéré de taxe.",
    money_in: "Paiement reçu",
    money_back: "Paiement annulé",
    refund: "Remboursement",
    written_off: "Passé en perte",
    withdrawn: "Annulée",
    bank_transfer: "Virement",
    card: "Carte",
    direct_debit: "Prélèvement",
    check: "Chèque",
    cash: "Espèces",
    on_its_way: "En cours\u{a0}: paie dès son encaissement",
    kept_as_credit: "Gardé en avoir ou rendu",
};

const SPANISH: Words = Words {
    invoice: "Factura",
    consolidated: "Factura agrupada",
    credit_note: "Factura rectificativa",
    receipt: "Recibo",
    amount_received: "Importe recibido",
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
    paid_back: "Devuelto desde entonces",
    credited_since: "Abonado desde entonces",
    in_favour: "A su favor",
    nothing: "Nada que pagar",
    to_pay: "Total a pagar",
    paid: "PAGADA",
    stamp_credited: "ABONADA",
    stamp_written_off: "DADA DE BAJA",
    from_credit: "Con saldo a favor",
    void: "ANULADA",
    draft: "BORRADOR",
    copy: "COPIA",
    scan: "Escanee este código con la aplicación de su banco: rellena la transferencia.",
    reverse_charge: "Inversión del sujeto pasivo: el destinatario liquida el impuesto.",
    exempt: "Exento de impuestos.",
    money_in: "Pago recibido",
    money_back: "Pago anulado",
    refund: "Reembolso",
    written_off: "Dado de baja",
    withdrawn: "Anulada",
    bank_transfer: "Transferencia",
    card: "Tarjeta",
    direct_debit: "Domiciliación",
    check: "Cheque",
    cash: "Efectivo",
    on_its_way: "En camino: paga cuando se abone",
    kept_as_credit: "Guardado a su favor o devuelto",
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::font::{Face, Typesetter};

    #[test]
    fn every_language_says_every_word_and_the_fonts_can_show_it() {
        let mut setter = Typesetter::new(&[]).unwrap();
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
