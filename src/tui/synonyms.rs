//! Everyday words for what can be done: people look for "money back", the menu says "Refund". A deed is found by the words
//! of its text and by all that stand here beside one of them.

/// What a deed's text holds, and the words people look for it with; those before the bar are as good as its name.
const WORDS: &[(&[&str], &str)] = &[
    (
        &["as paid", "take payment", "take a payment", "one receipt", "receipt for each", "mark paid"],
        "pay paid payment | receive received money transfer cash book collect settle arrived incoming enter deposit mark",
    ),
    (&["pay from credit", "from credit"], "pay use balance prepaid overpaid surplus apply"),
    (&["refund"], "money back | give money back return reimburse repay pay out"),
    (&["undo"], "take back revert | mistake wrong error oops cancel last step ctrl+z"),
    (&["redo"], "again repeat restore bring back"),
    (&["backup"], "back up save | copy safe security store export"),
    (&["bring back a backup"], "restore recover |  broken damaged old load replace"),
    (&["pdf", "print"], "print | printer paper document pdf show view download"),
    (&["csv", "table of"], "export excel spreadsheet |  table download list file xlsx"),
    (&["import"], "load read csv excel customers migrate upload"),
    (&["statement of account"], "statement | balance overview history account print pdf owes soa"),
    (&["go to billing groups", "new billing group"], "group company department family household together joint"),
    (&["order"], "rental rent | hire lease contract book booking subscription new deal"),
    (&["new customer"], "add create client tenant person company register"),
    (&["go to customers"], "clients people persons companies contacts address list find search"),
    (&["extra invoice"], "invoice bill | create write damage fee service manual single one-off free lines"),
    (&["go to invoices"], "bills documents drafts approve list find"),
    (&["go to payments"], "overdue open due unpaid | late unpaid money list receipts collect debtors"),
    (&["go to reports", "report:"], "figures numbers statistics charts money turnover revenue summary analysis"),
    (&["aging"], "late | overdue age debt receivables owed outstanding open"),
    (&["income"], "revenue sales turnover earned month year"),
    (&["go to today"], "home start tasks work to do queue first page"),
    (&["note"], "remark comment memo call phone follow up reminder"),
    (&["message", "reminder"], "mail email letter reminder dunning notice send outbox"),
    (&["send"], "mail email e-mail post"),
    (
        &["settings"],
        "setup options preferences |  preferences configuration tax vat logo address bank iban language currency number theme \
      colour color operator user name letterhead template lock period",
    ),
    (&["theme", "colour"], "dark light contrast mono colour color look appearance screen"),
    (&["operator"], "user name who login sign me staff initials"),
    (&["product"], "item article stock inventory asset serial price catalogue catalog goods device variant"),
    (&["void"], "cancel delete remove invoice storno annul wrong"),
    (&["credit note"], "reduce discount correct correction credit storno lower"),
    (&["waive"], "forgive let off reduce write off remove debt drop"),
    (&["write off", "writ"], "bad debt uncollectable give up lose"),
    (&["cancel"], "stop end terminate delete remove quit"),
    (&["pause"], "stop hold holiday suspend interrupt break"),
    (&["resume"], "continue go on restart again"),
    (&["extend"], "longer prolong renew more months"),
    (&["return", "comes back"], "bring back give back hand back early end finish"),
    (&["buy", "sell"], "purchase sell buyout keep own"),
    (&["replace", "swap"], "exchange swap broken other device serial"),
    (&["upgrade"], "change product better bigger downgrade switch"),
    (&["price"], "raise change increase lower discount rent"),
    (&["dispute"], "complaint chargeback disagree objection contest"),
    (&["on its way"], "processing direct debit check transfer started pending underway"),
    (&["did not come", "bounced", "failed"], "fail failed bounce returned declined rejected unpaid nsf"),
    (&["cleared"], "check cheque debit arrived settled ok"),
    (&["charged elsewhere", "charge"], "card terminal charge retry again debit"),
    (&["bill now", "invoice", "invoices"], "bill"),
    (&["today's billing"], "refresh run pass billing update reload bill due f5 day"),
    (&["merge"], "same twice double duplicate join combine"),
    (&["erase"], "delete remove anonymise anonymize privacy gdpr forget"),
    (&["edit", "change"], "edit change correct update modify rename"),
    (&["address"], "move moved street city billing shipping delivery"),
    (&["payment method"], "card direct debit iban bank account mandate sepa"),
    (&["deposit"], "security bond return keep"),
    (&["filter"], "narrow choose sort order only show search"),
    (&["quit"], "exit close |  leave end stop logout bye"),
    (&["help"], "keys how what manual explain shortcuts f1"),
    (&["check the book"], "verify prove damaged errors consistent test integrity"),
    (&["messages of this session"], "history log what did it say last message error missed"),
    (&["redraw"], "refresh screen garbled broken display"),
    (&["copy"], "clipboard"),
    (&["agreement"], "contract sign lease paper"),
];

/// The everyday words for a deed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Meaning {
    /// As good as its name.
    names: String,
    words: String,
}

/// The everyday words for a deed that reads so.
pub fn of(text: &str) -> Meaning {
    let text = text.to_lowercase();
    let mut meaning = Meaning::default();
    for (_, words) in WORDS.iter().filter(|(terms, _)| terms.iter().any(|term| text.contains(term))) {
        let (names, more) = words.split_once('|').unwrap_or(("", words));
        meaning.names = format!("{}{names} ", meaning.names);
        meaning.words = format!("{}{names} {more} ", meaning.words);
    }
    meaning
}

/// How well a deed fits what was typed: 0 is called or begins so, 1 has words that begin so, 2 has it anywhere, 3 by
/// everyday words.
pub fn rank(typed: &str, text: &str, meaning: &Meaning) -> Option<u8> {
    let (typed, text) = (typed.to_lowercase(), text.to_lowercase());
    let asked: Vec<&str> = typed.split_whitespace().filter(|word| !FILLERS.contains(word)).collect();
    let begins = |text: &str, word: &str| text.split(|c: char| !c.is_alphanumeric()).any(|own| own.starts_with(word));
    let said =
        |text: &str, word: &str| text.contains(word) || word.strip_suffix('s').is_some_and(|one| text.contains(one));
    let all = |fits: &dyn Fn(&str) -> bool| asked.iter().all(|word| fits(word));
    if asked.is_empty() {
        return Some(1);
    }
    if text.starts_with(typed.trim_start()) || all(&|word| meaning.names.split_whitespace().any(|name| name == word)) {
        return Some(0);
    }
    if all(&|word| begins(&text, word)) {
        return Some(1);
    }
    if all(&|word| said(&text, word)) {
        return Some(2);
    }
    let meant =
        |word: &str| said(&text, word) || begins(&meaning.words, word) || word.len() > 3 && said(&meaning.words, word);
    all(&meant).then_some(3)
}

/// Words of a question that name nothing.
const FILLERS: &[&str] = &["a", "an", "the", "to", "how", "do", "i", "of", "for", "my", "this", "is"];

#[cfg(test)]
mod tests {
    use super::*;

    // F82
    #[test]
    fn everyday_words_find_a_deed_after_those_that_are_called_so() {
        let found = |typed: &str, text: &str| rank(typed, text, &of(text));
        assert_eq!(found("ref", "Refund 2026-0001"), Some(0));
        assert_eq!(found("2026", "Refund 2026-0001"), Some(1));
        assert_eq!(found("fund", "Refund 2026-0001"), Some(2));
        assert_eq!(found("money back", "Refund 2026-0001"), Some(0));
        assert_eq!(found("give refunds", "Refund 2026-0001"), Some(3));
        assert_eq!(found("how do i pay", "Mark 2026-0001 as paid"), Some(0));
        assert_eq!(found("exit", "Quit rentbook"), Some(0));
        assert_eq!(found("exit", "Refund 2026-0001"), None);
        assert_eq!(found("", "anything"), Some(1));
    }
}
