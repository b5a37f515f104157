//! Sentences the program writes on lines and notes, in every language. They are written down in the language papers have
//! that day and stay so; a reason out of a closed set is kept in English, and put into the paper's language when printed.

use super::words::Language;
use crate::domain::reason::with_words;

/// Declares a sentence with its words in every language, in the order of [`Language::ALL`].
macro_rules! sentences {
    ($($(#[$about:meta])* $name:ident = $words:expr),+ $(,)?) => {
        /// A sentence on a line of an invoice or a credit note; `{words}` stand for what it is about.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Sentence { $($(#[$about])* $name),+ }

        const SENTENCES: &[[&str; 4]] = &[$($words),+];
    };
}

sentences!(
    Deposit = ["Deposit: {what}", "Kaution: {what}", "Dépôt de garantie\u{a0}: {what}", "Fianza: {what}"],
    EarlyReturn = [
        "Early return of subscription {number} on {day}: {months} months left x {monthly} x {rate}",
        "Vorzeitige Rückgabe, Mietvertrag {number}, am {day}: {months} Restmonate x {monthly} x {rate}",
        "Retour anticipé, contrat {number}, le {day}\u{a0}: {months} mois restants x {monthly} x {rate}",
        "Devolución anticipada, contrato {number}, el {day}: {months} meses restantes x {monthly} x {rate}",
    ],
    EarlyReturnOfOne = [
        "Early return of subscription {number} on {day}: 1 month left x {monthly} x {rate}",
        "Vorzeitige Rückgabe, Mietvertrag {number}, am {day}: 1 Restmonat x {monthly} x {rate}",
        "Retour anticipé, contrat {number}, le {day}\u{a0}: 1 mois restant x {monthly} x {rate}",
        "Devolución anticipada, contrato {number}, el {day}: 1 mes restante x {monthly} x {rate}",
    ],
    BuyoutRentOfOne = [
        "Buyout of {what}: remaining rent, 1 payment",
        "Kauf von {what}: Restmiete, 1 Zahlung",
        "Achat de {what}\u{a0}: loyer restant, 1 échéance",
        "Compra de {what}: alquiler restante, 1 pago",
    ],
    BuyoutRent = [
        "Buyout of {what}: remaining rent, {count} payments",
        "Kauf von {what}: Restmiete, {count} Zahlungen",
        "Achat de {what}\u{a0}: loyers restants, {count} échéances",
        "Compra de {what}: alquiler restante, {count} pagos",
    ],
    BuyoutValue = [
        "Buyout of {what}: residual value",
        "Kauf von {what}: Restwert",
        "Achat de {what}\u{a0}: valeur résiduelle",
        "Compra de {what}: valor residual",
    ],
    /// Why a contract's days are credited.
    Cancelled = [
        "Subscription {number} cancelled from {day}",
        "Mietvertrag {number} gekündigt ab {day}",
        "Contrat {number} résilié à partir du {day}",
        "Contrato {number} cancelado desde el {day}",
    ],
    Paused = [
        "Subscription {number} paused from {day}",
        "Mietvertrag {number} ruht ab {day}",
        "Contrat {number} suspendu à partir du {day}",
        "Contrato {number} en pausa desde el {day}",
    ],
    Returned = [
        "Subscription {number} returned early on {day}",
        "Mietvertrag {number}: vorzeitig zurückgegeben am {day}",
        "Contrat {number}\u{a0}: retour anticipé le {day}",
        "Contrato {number}: devuelto antes de plazo el {day}",
    ],
    Upgraded = [
        "Subscription {number} upgraded on {day}",
        "Mietvertrag {number} gewechselt am {day}",
        "Contrat {number} remplacé le {day}",
        "Contrato {number} cambiado el {day}",
    ],
    /// The days a line of a credit note is about, behind the line's own text.
    Days = [": {from} - {to}", ": {from} – {to}", "\u{a0}: {from} – {to}", ": {from} – {to}"],
    /// What becomes of a deposit.
    DepositFor = ["Deposit: {why}", "Kaution: {why}", "Dépôt de garantie\u{a0}: {why}", "Fianza: {why}"],
    DepositPays = [
        "Deposit: pays {what}",
        "Kaution: verrechnet mit {what}",
        "Dépôt de garantie\u{a0}: imputé sur {what}",
        "Fianza: aplicada a {what}",
    ],
    DepositFalls = [
        "Deposit of subscription {number}: not owed any more",
        "Kaution zu Mietvertrag {number}: nicht mehr geschuldet",
        "Dépôt de garantie du contrat {number}\u{a0}: n’est plus dû",
        "Fianza del contrato {number}: ya no se debe",
    ],
    DepositKept = [
        "Kept of the deposit. {why}",
        "Von der Kaution einbehalten. {why}",
        "Retenu sur le dépôt de garantie. {why}",
        "Retenido de la fianza. {why}",
    ],
    /// What a customer's VAT number is called.
    TaxNumber = ["VAT no.", "USt-IdNr.", "N° TVA", "NIF-IVA"],
    /// The day a line without a period was supplied.
    Supplied = [
        "Supplied on {day}",
        "Leistungsdatum {day}",
        "Date de la prestation\u{a0}: {day}",
        "Fecha de la operación: {day}",
    ],
    /// When an invoice is to be paid.
    Terms = [
        "Payable within {days} days, by {day}.",
        "Zahlbar innerhalb von {days} Tagen, bis zum {day}.",
        "Payable sous {days} jours, au plus tard le {day}.",
        "A pagar en {days} días, hasta el {day}.",
    ],
    TermsAtOnce = ["Payable at once.", "Sofort zahlbar.", "Payable à réception.", "A pagar al recibirla."],
    TermsOneDay = [
        "Payable within 1 day, by {day}.",
        "Zahlbar innerhalb eines Tages, bis zum {day}.",
        "Payable sous 1 jour, au plus tard le {day}.",
        "A pagar en 1 día, hasta el {day}.",
    ],
    /// The slip that is sent back with a payment.
    Slip = [
        "Please cut off here and send this slip with your payment.",
        "Bitte hier abtrennen und mit der Zahlung einsenden.",
        "À détacher ici et à joindre à votre paiement.",
        "Corte aquí y envíe este talón con su pago.",
    ],
    SlipTo = ["Pay to", "Zahlung an", "Payer à", "Pagar a"],
    SlipNumber = ["Invoice", "Rechnung", "Facture", "Factura"],
    SlipEnclosed = ["Amount enclosed", "Beigefügter Betrag", "Montant joint", "Importe adjunto"],
);

/// Reasons as the book keeps them, in the order of [`Language::ALL`].
const REASONS: [[&str; 4]; 22] = [
    ["Charged incorrectly", "Falsch berechnet", "Facturé à tort", "Cobrado por error"],
    [
        "Cancelled mid period",
        "Im laufenden Zeitraum gekündigt",
        "Résilié en cours de période",
        "Cancelado a mitad de período",
    ],
    ["Early return", "Vorzeitige Rückgabe", "Retour anticipé", "Devolución anticipada"],
    ["Dispute", "Beanstandung", "Contestation", "Reclamación"],
    ["Service failure", "Ausfall der Leistung", "Défaut de service", "Fallo del servicio"],
    ["Other", "Sonstiges", "Autre", "Otro"],
    ["Subscription cancelled", "Mietvertrag gekündigt", "Contrat résilié", "Contrato cancelado"],
    ["Not needed", "Nicht benötigt", "Pas nécessaire", "No necesario"],
    ["Invoice withdrawn", "Rechnung zurückgezogen", "Facture retirée", "Factura retirada"],
    ["Damage", "Schaden", "Dommage", "Daños"],
    ["Cleaning", "Reinigung", "Nettoyage", "Limpieza"],
    ["Adjusted", "Angepasst", "Ajusté", "Ajustado"],
    ["For the customer", "Zugunsten des Kunden", "En faveur du client", "A favor del cliente"],
    ["Deposit returned", "Kaution zurückgegeben", "Dépôt de garantie rendu", "Fianza devuelta"],
    ["bought out", "Gekauft", "Acheté", "Comprado"],
    ["replaced", "Ausgetauscht", "Remplacé", "Sustituido"],
    ["resumed", "Wieder aufgenommen", "Repris", "Reanudado"],
    ["shipped elsewhere", "Anderswohin geliefert", "Livré ailleurs", "Enviado a otro lugar"],
    ["extended", "Verlängert", "Prolongé", "Prorrogado"],
    ["price changed", "Preis geändert", "Prix modifié", "Precio modificado"],
    ["taken back", "Zurückgenommen", "Repris", "Retirado"],
    ["Taken back", "Zurückgenommen", "Repris", "Retirado"],
];

impl Language {
    fn place(self) -> usize {
        Self::ALL.iter().position(|known| *known == self).unwrap_or(0)
    }

    /// A sentence with what it is about.
    pub fn sentence(self, sentence: Sentence, parts: &[(&str, &str)]) -> String {
        let mut text = SENTENCES[sentence as usize][self.place()].to_owned();
        for (name, value) in parts {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }

    /// A reason in this language where it is one the program knows, with what a person added to it; else as it is written.
    pub fn reason(self, text: &str) -> String {
        let (head, added) = text.split_once(": ").unwrap_or((text, ""));
        match REASONS.iter().find(|[english, ..]| *english == head) {
            Some(known) => with_words(known[self.place()], added),
            None => text.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::reason::{CancelReason, KeptFor, RefundReason};
    use crate::paper::font::{Face, Typesetter};

    fn marks(text: &str) -> Vec<&str> {
        let mut marks: Vec<&str> = text.split('{').skip(1).filter_map(|part| part.split('}').next()).collect();
        marks.sort_unstable();
        marks
    }

    #[test]
    fn every_language_has_every_sentence_about_the_same_things_and_the_fonts_can_show_it() {
        let mut setter = Typesetter::new(&[]).unwrap();
        for [english, others @ ..] in SENTENCES {
            for other in others {
                assert_eq!(marks(english), marks(other), "{other}");
                setter.shape(Face::Regular, other);
            }
        }
        REASONS.iter().flatten().for_each(|reason| drop(setter.shape(Face::Regular, reason)));
        assert_eq!(setter.missing(), &[] as &[char]);
    }

    // F35
    #[test]
    fn every_reason_of_a_closed_set_is_known_and_what_was_added_stays() {
        let words = RefundReason::ALL.iter().map(|reason| reason.word());
        let words = words.chain(CancelReason::ALL.iter().map(|reason| reason.word()));
        for word in words.chain(KeptFor::ALL.iter().map(|reason| reason.word())) {
            assert_ne!(Language::German.reason(&word), word);
            assert_eq!(Language::English.reason(&word), word);
        }
        assert_eq!(Language::German.reason("Other: zu spät"), "Sonstiges: zu spät");
        assert_eq!(Language::French.reason("Service failure"), "Défaut de service");
        assert_eq!(Language::Spanish.reason("Vino: tarde"), "Vino: tarde");
    }
}
