//! The words of messages: built in for each language, or as the shop wrote them; `{number}` and its like stand for what
//! the invoice says.

use chrono::NaiveDate;

use super::refusal::Result;
use crate::documents::{InvoicePaper, Stamp, Word};
use crate::domain::log::Log;
use crate::store::shop::Shop;
use crate::store::{Db, outbox};

/// Subject and body with an amount to pay, and the bodies with nothing left to pay.
struct Words {
    language: &'static str,
    subject: &'static str,
    /// `{when}` is one of the two below.
    to_pay: &'static str,
    due: &'static str,
    /// The day is over.
    was_due: &'static str,
    paid: &'static str,
    /// Nothing is due, and it was not this invoice's money: credited, written off, covered by the customer's credit.
    settled: &'static str,
}

const BUILT_IN: &[Words] = &[
    Words {
        language: "en",
        subject: "Invoice {number} from {shop}",
        to_pay: "Dear {payer},\n\nplease find invoice {number} for {total} attached.\n\n{when}\n{how}\n\n\
                 Kind regards\n{shop}\n",
        due: "{open} are due on {due}.",
        was_due: "{open} were due on {due}.",
        settled: "Dear {payer},\n\nplease find invoice {number} for {total} attached. Nothing is due on it.\n\n\
                  Kind regards\n{shop}\n",
        paid: "Dear {payer},\n\nplease find invoice {number} for {total} attached. It is paid: nothing is due.\n\n\
               Kind regards\n{shop}\n",
    },
    Words {
        language: "de",
        subject: "Rechnung {number} von {shop}",
        to_pay: "Guten Tag {payer},\n\nanbei die Rechnung {number} über {total}.\n\n{when}\n{how}\n\n\
                 Freundliche Grüße\n{shop}\n",
        due: "{open} sind am {due} fällig.",
        was_due: "{open} waren am {due} fällig.",
        settled: "Guten Tag {payer},\n\nanbei die Rechnung {number} über {total}. Darauf ist nichts zu zahlen.\n\n\
                  Freundliche Grüße\n{shop}\n",
        paid: "Guten Tag {payer},\n\nanbei die Rechnung {number} über {total}. Sie ist bezahlt: nichts ist offen.\n\n\
               Freundliche Grüße\n{shop}\n",
    },
    Words {
        language: "fr",
        subject: "Facture {number} de {shop}",
        to_pay: "Bonjour {payer},\n\nveuillez trouver ci-joint la facture {number} de {total}.\n\n{when}\n\
                 {how}\n\nCordialement\n{shop}\n",
        due: "{open} sont à payer le {due}.",
        was_due: "{open} étaient à payer le {due}.",
        settled: "Bonjour {payer},\n\nveuillez trouver ci-joint la facture {number} de {total}. Rien n’est dû sur celle-ci.\n\n\
                  Cordialement\n{shop}\n",
        paid: "Bonjour {payer},\n\nveuillez trouver ci-joint la facture {number} de {total}. Elle est payée : rien n’est dû.\n\n\
               Cordialement\n{shop}\n",
    },
    Words {
        language: "es",
        subject: "Factura {number} de {shop}",
        to_pay: "Estimado/a {payer}:\n\nadjuntamos la factura {number} por {total}.\n\n{when}\n{how}\n\n\
                 Un saludo\n{shop}\n",
        due: "Vencen {open} el {due}.",
        was_due: "Vencieron {open} el {due}.",
        settled: "Estimado/a {payer}:\n\nadjuntamos la factura {number} por {total}. No hay nada que pagar por ella.\n\n\
                  Un saludo\n{shop}\n",
        paid: "Estimado/a {payer}:\n\nadjuntamos la factura {number} por {total}. Está pagada: no hay nada pendiente.\n\n\
               Un saludo\n{shop}\n",
    },
];

/// Language, subject and body of the notice that a payment failed.
const FAILED: &[(&str, &str, &str)] = &[
    (
        "en",
        "Payment of invoice {number} failed",
        "Dear {payer},\n\nthe payment of invoice {number} for {total} did not come through.\n\n{open} are open, due on {due}.\n{how}\n\nPlease write to us if it is on its way already.\n\nKind regards\n{shop}\n",
    ),
    (
        "de",
        "Zahlung der Rechnung {number} fehlgeschlagen",
        "Guten Tag {payer},\n\ndie Zahlung der Rechnung {number} über {total} ist nicht angekommen.\n\n{open} sind offen, fällig \
         am {due}.\n{how}\n\nBitte schreiben Sie uns, falls sie schon unterwegs ist.\n\nFreundliche Grüße\n{shop}\n",
    ),
    (
        "fr",
        "Échec du paiement de la facture {number}",
        "Bonjour {payer},\n\nle paiement de la facture {number} de {total} n’a pas abouti.\n\n{open} restent à payer, échéance le \
         {due}.\n{how}\n\nSi le paiement est déjà en route, merci de nous écrire.\n\nCordialement\n{shop}\n",
    ),
    (
        "es",
        "El pago de la factura {number} ha fallado",
        "Estimado/a {payer}:\n\nel pago de la factura {number} por {total} no se ha realizado.\n\nQuedan {open} pendientes, con \
         vencimiento el {due}.\n{how}\n\nSi el pago ya está en camino, escríbanos.\n\nUn saludo\n{shop}\n",
    ),
];

/// What a message with a credit note is called in the file.
pub(super) const NOTE: &str = Log::CreditNote.code();

/// Language, subject and body of the message a credit note is sent with.
const CREDIT_NOTE: &[(&str, &str, &str)] = &[
    (
        "en",
        "Credit note {number} from {shop}",
        "Dear {payer},\n\nplease find credit note {number} for {total} attached. It corrects invoice {invoice}.\n\n\
         Kind regards\n{shop}\n",
    ),
    (
        "de",
        "Rechnungskorrektur {number} von {shop}",
        "Guten Tag {payer},\n\nanbei die Rechnungskorrektur {number} über {total}. Sie berichtigt die Rechnung {invoice}.\n\n\
         Freundliche Grüße\n{shop}\n",
    ),
    (
        "fr",
        "Avoir {number} de {shop}",
        "Bonjour {payer},\n\nveuillez trouver ci-joint l’avoir {number} de {total}. Il corrige la facture {invoice}.\n\n\
         Cordialement\n{shop}\n",
    ),
    (
        "es",
        "Factura rectificativa {number} de {shop}",
        "Estimado/a {payer}:\n\nadjuntamos la factura rectificativa {number} por {total}. Rectifica la factura {invoice}.\n\n\
         Un saludo\n{shop}\n",
    ),
];

/// Subject and body of the message a credit note is sent with.
pub(super) fn credit_note(db: &Db, shop: &Shop, paper: &InvoicePaper) -> Result<(String, String)> {
    let known = CREDIT_NOTE.iter().find(|(language, ..)| *language == shop.language).unwrap_or(&CREDIT_NOTE[0]);
    let own = outbox::template(db, NOTE, &shop.language)?;
    let (subject, body) = own.unwrap_or_else(|| (known.1.to_owned(), known.2.to_owned()));
    Ok((one_line(&filled(&subject, paper)), filled(&body, paper)))
}

/// What stands behind the @ of a `Message-ID`: the shop's own domain where it has one.
pub(super) fn domain(shop: &Shop) -> &str {
    shop.email.split_once('@').map_or("rentbook.invalid", |(_, domain)| domain)
}

/// Subject and body of the notice that a payment of this invoice failed.
pub(super) fn payment_failed(db: &Db, shop: &Shop, paper: &InvoicePaper) -> Result<(String, String)> {
    let known = FAILED.iter().find(|(language, ..)| *language == shop.language).unwrap_or(&FAILED[0]);
    // It speaks of this invoice alone.
    let paper = &InvoicePaper { account: None, ..paper.clone() };
    let own = outbox::template(db, "payment_failed", &shop.language)?;
    let (subject, body) = own.unwrap_or_else(|| (known.1.to_owned(), known.2.to_owned()));
    Ok((one_line(&filled(&subject, paper)), filled(&body, paper)))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Subject and body of the message an invoice is sent with.
pub(super) fn invoice(db: &Db, shop: &Shop, paper: &InvoicePaper, today: NaiveDate) -> Result<(String, String)> {
    let known = BUILT_IN.iter().find(|words| words.language == shop.language).unwrap_or(&BUILT_IN[0]);
    let built_in = match paper.stamp {
        Some(Stamp::Paid(_)) => known.paid.to_owned(),
        _ if paper.asked().minor() <= 0 => known.settled.to_owned(),
        _ => {
            let is_over = paper.due_on.is_some_and(|due| due < today);
            known.to_pay.replace("{when}", if is_over { known.was_due } else { known.due })
        }
    };
    let (subject, body) = match outbox::template(db, "invoice", &shop.language)? {
        Some(own) => own,
        None => (known.subject.to_owned(), built_in),
    };
    Ok((one_line(&filled(&subject, paper)), filled(&body, paper)))
}

/// Every `{word}` that is known, once from left to right: what is filled in is not read again.
fn filled(text: &str, paper: &InvoicePaper) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let known = after.split_once('}').and_then(|(word, behind)| Some((value(word, paper)?, behind)));
        if let Some((value, behind)) = known {
            out.push_str(&value);
            rest = behind;
        } else {
            out.push('{');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

fn value(word: &str, paper: &InvoicePaper) -> Option<String> {
    let head = &paper.letterhead;
    let money = |amount: crate::domain::money::Money| format!("{} {}", amount.currency(), head.style.amount(amount));
    Some(match word {
        "number" => paper.number.clone().unwrap_or_default(),
        "invoice" => paper.corrects.clone().unwrap_or_default(),
        "shop" => head.shop_name.clone(),
        "payer" => paper.payer.first().cloned().unwrap_or_default(),
        "total" => money(paper.total),
        "open" => money(paper.asked()),
        "due" => paper.due_on.map(|day| head.style.date(day)).unwrap_or_default(),
        "reference" => paper.reference.clone(),
        "how" => how_to_pay(paper),
        _ => return None,
    })
}

/// Instructions, account and reference, one a line.
fn how_to_pay(paper: &InvoicePaper) -> String {
    let head = &paper.letterhead;
    let mut lines: Vec<String> = head.instructions.iter().cloned().collect();
    let said = |word: Word, value: &str| format!("{}: {value}", head.language.word(word));
    if let Some(bank) = &head.bank {
        lines.extend(Some(&bank.holder).filter(|name| !name.is_empty()).map(|name| said(Word::Holder, name)));
        lines.extend(bank.iban.iter().map(|iban| format!("IBAN {iban}")));
        lines.extend(bank.bic.iter().map(|bic| format!("BIC {bic}")));
        lines.extend(bank.name.iter().map(|name| said(Word::Bank, name)));
        lines.extend(bank.account_lines.iter().cloned());
    }
    if !paper.reference.is_empty() {
        lines.push(said(Word::Reference, &paper.reference));
    }
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}
