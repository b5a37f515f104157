//! The words of a rental agreement, one table a language.

use super::super::words::Language;
use crate::domain::frequency::Frequency;

/// The words of one language.
pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) date: &'static str,
    pub(super) from: &'static str,
    pub(super) to: &'static str,
    pub(super) total: &'static str,
    /// `{shop}` and `{customer}` stand for the parties.
    pub(super) parties: &'static str,
    pub(super) item: &'static str,
    pub(super) units: &'static str,
    pub(super) months: &'static str,
    pub(super) billed: &'static str,
    pub(super) price: &'static str,
    pub(super) deposit: &'static str,
    pub(super) serial: &'static str,
    pub(super) delivery: &'static str,
    pub(super) payments: &'static str,
    pub(super) payment: &'static str,
    pub(super) amount: &'static str,
    pub(super) per_month: &'static str,
    pub(super) net: &'static str,
    pub(super) gross: &'static str,
    pub(super) held: &'static str,
    pub(super) lessor: &'static str,
    pub(super) lessee: &'static str,
    every: [&'static str; 5],
}

impl Words {
    /// The table of a language.
    pub(super) const fn of(language: Language) -> &'static Self {
        match language {
            Language::English => &ENGLISH,
            Language::German => &GERMAN,
            Language::French => &FRENCH,
            Language::Spanish => &SPANISH,
        }
    }

    /// How often it bills.
    pub(super) const fn every(&self, frequency: Frequency) -> &'static str {
        match frequency {
            Frequency::Monthly => self.every[0],
            Frequency::Quarterly => self.every[1],
            Frequency::HalfYearly => self.every[2],
            Frequency::Annual => self.every[3],
            Frequency::TwoYearly => self.every[4],
        }
    }
}

const ENGLISH: Words = Words {
    title: "Rental agreement",
    date: "Date",
    from: "From",
    to: "To",
    total: "Contract total",
    parties: "{shop} rents to {customer} the items below for the term and at the prices below.",
    item: "Item",
    units: "Units",
    months: "Months",
    billed: "Billed",
    price: "Price a month",
    deposit: "Deposit",
    serial: "Serial no.",
    delivery: "Delivered to",
    payments: "Payments",
    payment: "No.",
    amount: "Amount",
    per_month: "All items a month",
    net: "Prices are without tax, which is added on each invoice at the rate of its day.",
    gross: "Prices include tax.",
    held: "The deposit is held for the customer and returned when the items came back as they went out.",
    lessor: "For the shop",
    lessee: "For the customer",
    every: ["monthly", "quarterly", "half-yearly", "annually", "every two years"],
};

const GERMAN: Words = Words {
    title: "Mietvertrag",
    date: "Datum",
    from: "Von",
    to: "Bis",
    total: "Vertragssumme",
    parties: "{shop} vermietet an {customer} die folgenden Gegenstände für die genannte Dauer zu den genannten Preisen.",
    item: "Gegenstand",
    units: "Anzahl",
    months: "Monate",
    billed: "Abrechnung",
    price: "Preis im Monat",
    deposit: "Kaution",
    serial: "Seriennr.",
    delivery: "Lieferung an",
    payments: "Zahlungen",
    payment: "Nr.",
    amount: "Betrag",
    per_month: "Alles im Monat",
    net: "Preise ohne Steuer; sie kommt auf jeder Rechnung nach dem Satz des Tages hinzu.",
    gross: "Preise mit Steuer.",
    held: "Die Kaution wird für den Kunden verwahrt und bei unversehrter Rückgabe erstattet.",
    lessor: "Für den Vermieter",
    lessee: "Für den Mieter",
    every: ["monatlich", "vierteljährlich", "halbjährlich", "jährlich", "alle zwei Jahre"],
};

const FRENCH: Words = Words {
    title: "Contrat de location",
    date: "Date",
    from: "Du",
    to: "Au",
    total: "Total du contrat",
    parties: "{shop} loue à {customer} les objets ci-dessous, pour la durée et aux prix indiqués.",
    item: "Objet",
    units: "Nombre",
    months: "Mois",
    billed: "Facturation",
    price: "Prix par mois",
    deposit: "Caution",
    serial: "N° de série",
    delivery: "Livraison à",
    payments: "Paiements",
    payment: "N°",
    amount: "Montant",
    per_month: "Le tout par mois",
    net: "Prix hors taxes ; elles s’ajoutent sur chaque facture au taux du jour.",
    gross: "Prix toutes taxes comprises.",
    held: "La caution est gardée pour le client et rendue quand les objets reviennent en bon état.",
    lessor: "Pour le loueur",
    lessee: "Pour le client",
    every: ["par mois", "par trimestre", "par semestre", "par an", "tous les deux ans"],
};

const SPANISH: Words = Words {
    title: "Contrato de alquiler",
    date: "Fecha",
    from: "Desde",
    to: "Hasta",
    total: "Total del contrato",
    parties: "{shop} alquila a {customer} los artículos siguientes por el plazo y a los precios indicados.",
    item: "Artículo",
    units: "Unidades",
    months: "Meses",
    billed: "Facturación",
    price: "Precio al mes",
    deposit: "Fianza",
    serial: "N.º de serie",
    delivery: "Entrega en",
    payments: "Pagos",
    payment: "N.º",
    amount: "Importe",
    per_month: "Todo al mes",
    net: "Precios sin impuestos; se añaden en cada factura al tipo del día.",
    gross: "Precios con impuestos incluidos.",
    held: "La fianza se guarda para el cliente y se devuelve cuando los artículos vuelven en buen estado.",
    lessor: "Por el arrendador",
    lessee: "Por el cliente",
    every: ["mensual", "trimestral", "semestral", "anual", "cada dos años"],
};
