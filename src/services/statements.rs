//! The statement of account: from the rows of the book to a paper.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::billing::group_payer;
use super::desk::Desk;
use super::letterhead::{letterhead_now, method_word};
use super::refusal::{OrUnknown, Refusal, Result};
use crate::documents::{Language, Movement, OpenByAge, Paper, StatementPaper, Word};
use crate::domain::aging::aging;
use crate::domain::currency::Currency;
use crate::domain::format::Style;
use crate::domain::money::Money;
use crate::store::billing::{self, Payer, PayerFacts};
use crate::store::shop::Shop;
use crate::store::statement::{self, Move, Moved};
use crate::store::{Db, customer, group};

impl Desk {
    /// The statement of a payer's account from `from` to `to`, both included, as values.
    pub fn statement_values(&self, payer: Payer, (from, to): (NaiveDate, NaiveDate)) -> Result<StatementPaper> {
        if from > to {
            return Err(Refusal::of_field("from", "the first day must be before the last").into());
        }
        if to > self.today() {
            return Err(Refusal::of_field("to", "a statement ends today at the latest").into());
        }
        self.read_of(payer, |db| values(db, self.shop()?, payer, (from, to)))
    }

    /// The statement of a payer's account from `from` to `to`, both included.
    pub fn statement_paper(&self, payer: Payer, days: (NaiveDate, NaiveDate)) -> Result<Paper> {
        let shown = self.statement_values(payer, days)?;
        Ok(crate::documents::statement(&shown)?)
    }
}

fn values(db: &Db, shop: &Shop, payer: Payer, (from, to): (NaiveDate, NaiveDate)) -> Result<StatementPaper> {
    let (facts, currency) = payer_facts(db, payer)?;
    let letterhead = letterhead_now(db, shop)?;
    let moves = statement::moves(db, payer, to)?;
    let before: i64 = moves.iter().filter(|moved| moved.on < from).map(|moved| moved.minor).sum();
    let closing: i64 = moves.iter().map(|moved| moved.minor).sum();
    let late = aging(statement::open_on(db, payer, to)?, to);
    let money = |minor| Money::new(minor, currency);
    let unapplied = money(late.iter().sum::<i64>() - closing);
    let (language, style) = (letterhead.language, letterhead.style);
    Ok(StatementPaper {
        letterhead,
        payer: std::iter::once(facts.name.as_str()).chain(facts.address.lines()).map(str::to_owned).collect(),
        payer_numbers: language.tax_number(&facts.tax_number).into_iter().collect(),
        period: (from, to),
        opening: money(before),
        movements: told(moves, from).into_iter().map(|moved| movement(moved, language, style, currency)).collect(),
        closing: money(closing),
        open: OpenByAge { late: late.map(money), unapplied },
    })
}

/// What a statement from that day on tells: money that was written down by mistake and taken back in the same time came
/// from nobody, and is left out with its counter entry.
fn told(mut moves: Vec<Move>, from: NaiveDate) -> Vec<Move> {
    moves.retain(|moved| moved.on >= from);
    let came: HashSet<String> = moves.iter().filter_map(|moved| receipt_number(&moved.what).cloned()).collect();
    let mistaken: HashSet<String> = moves
        .iter()
        .filter_map(|moved| match &moved.what {
            Moved::Reversal { number, is_mistake: true, .. } if came.contains(number) => Some(number.clone()),
            _ => None,
        })
        .collect();
    moves.retain(|moved| match &moved.what {
        Moved::Receipt(number, ..) | Moved::Reversal { number, .. } => !mistaken.contains(number),
        _ => true,
    });
    moves
}

const fn receipt_number(moved: &Moved) -> Option<&String> {
    match moved {
        Moved::Receipt(number, ..) => Some(number),
        _ => None,
    }
}

fn payer_facts(db: &Db, payer: Payer) -> Result<(PayerFacts, Currency)> {
    match payer {
        Payer::Customer(id) => {
            let root = customer::root(db, id)?;
            let found = customer::by_id(db, root)?.or_unknown("customer", id)?;
            Ok((billing::customer_payer(db, root, None)?, found.currency))
        }
        Payer::Group(id) => {
            let found = group::by_id(db, id)?.or_unknown("billing group", id)?;
            Ok((group_payer(&found), found.currency))
        }
    }
}

fn movement(moved: Move, language: Language, style: Style, currency: Currency) -> Movement {
    let word = |word, of: &str| format!("{} {of}", language.word(word));
    let some = |text: String| Some(text).filter(|text| !text.is_empty());
    let (text, detail) = match moved.what {
        Moved::Invoice(number, due) => {
            (word(Word::Invoice, &number), Some(format!("{} {}", language.word(Word::DueOn), style.date(due))))
        }
        Moved::Void(number) => (word(Word::Withdrawn, &number), None),
        Moved::CreditNote(number, invoice) => {
            let what = if moved.minor > 0 { Word::Withdrawn } else { Word::CreditNote };
            (word(what, &number), some(invoice))
        }
        Moved::Receipt(number, method, reference) => {
            let how = method_word(language, method);
            let quoted = if reference.is_empty() { how.to_owned() } else { format!("{how}, {reference}") };
            (word(Word::MoneyIn, &number), Some(quoted))
        }
        Moved::Reversal { number, method, .. } => {
            (word(Word::MoneyBack, &number), Some(method_word(language, method).to_owned()))
        }
        Moved::Refund(reason) => (language.word(Word::Refund).to_owned(), some(language.reason(&reason))),
        Moved::WriteOff(number) => (word(Word::WrittenOff, &number), None),
    };
    Movement { on: moved.on, text, detail, amount: Money::new(moved.minor, currency) }
}
