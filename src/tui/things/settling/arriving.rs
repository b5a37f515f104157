//! What a person is told of money beside its amount: that other money is on its way, that it counts on another day, that
//! it looks like money that came already.

use chrono::NaiveDate;

use crate::domain::effect;
use crate::domain::money::Money;
use crate::tui::desk::{Desk, Owed, Target, Trouble};
use crate::tui::forms::Subject;
use crate::tui::reply::{Question, Reply};

/// What is on its way: to these payments, or to what else the payer owes, which is left out then.
pub(super) fn on_its_way(target: &Target, owed: &[Owed], desk: &Desk) -> Result<Option<String>, Trouble> {
    if let Target::Payer(payer) = *target {
        return Ok(desk.on_its_way(payer)?.map(|way| format!("Left out      {way}")));
    }
    let awaited: i64 = owed.iter().map(|owed| owed.awaited_minor).sum();
    let Some(currency) = owed.first().map(|owed| owed.currency).filter(|_| awaited > 0) else { return Ok(None) };
    let shown = desk.shop()?.style.amount(Money::new(awaited, currency));
    Ok(Some(format!("On its way    {shown}   not cleared yet")))
}

/// Where the money does not count from the day it came: the first open day, or the invoice's own.
pub(super) fn counts(came: NaiveDate, owed: &[Owed], desk: &Desk) -> Option<String> {
    let shop = desk.shop().ok()?;
    let opens = effect::first_open(came, shop.locked_until_on);
    if opens > came {
        let (came, opens) = (shop.style.date(came), shop.style.date(opens));
        return Some(format!("{came} is closed: it keeps its day and counts from {opens}."));
    }
    let invoiced = owed.iter().filter_map(|owed| owed.invoice.as_ref()).map(|invoice| invoice.invoiced_on).max()?;
    let pays = effect::pays_on(came, Some(invoiced), shop.locked_until_on);
    (pays > came).then(|| format!("It came before the invoice, which it pays on {}.", shop.style.date(pays)))
}

/// Asks whether money that looks like other money really came as well.
pub(super) fn came_as_well(code: Option<&str>, trouble: &Trouble, subject: &Subject) -> Option<Question> {
    let (title, yes) = match code {
        Some("repeated") => ("The same money twice?", "It came twice"),
        Some("awaited") => ("Money is on its way already", "It came as well"),
        _ => return None,
    };
    let mut question = Question::dangerous(&subject.heading(title), trouble.sentence(), Reply::Nothing);
    (question.yes, question.no) = (yes, "Do not save");
    Some(question)
}
