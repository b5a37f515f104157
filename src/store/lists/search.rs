//! What a typed text may mean: part of a name, a number of a document, a reference, an amount.
//!
//! A text is first resolved into small sets of ids; only what is left over (a name half the customers have) is tested
//! row by row. The start of a number or a reference stands for a limited count of documents, so that every key answers
//! at once; typing on narrows it.

use super::cond::{Column, Cond, among, int, numbered};
use crate::domain::currency::Currency;
use crate::domain::id::CustomerId;
use crate::domain::money::Money;
use crate::domain::text::{sought, sought_key};
use crate::store::engine::{Db, Value};
use crate::store::error::Result;
use crate::store::search_texts;

/// Documents the start of a number stands for: of invoices the newest.
const MOST: i64 = 1000;
/// Receipts the start of a reference stands for, the first ones: what they paid lies all over the book.
const MOST_REFERENCES: i64 = 300;
/// Customers that are looked up one by one; above it rows are tested.
const FEW: i64 = 1800;
/// Words of a text that count.
const WORDS: usize = 6;

/// A typed text, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Term {
    words: Vec<String>,
    /// One `LIKE` pattern a word.
    patterns: Vec<String>,
    /// All digits: a running number.
    digits: Option<i64>,
    /// `S-0101`: a subscription and nothing else.
    subscription: Option<i64>,
    /// `O-12`: an order.
    order: Option<i64>,
    /// As it may start a number: as typed, and in capitals.
    numbers: Vec<String>,
    /// As it may start a reference.
    reference: Option<String>,
    /// As an amount, minor units.
    pub amount: Option<i64>,
}

/// The customers a text means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum People {
    /// These, with those merged into them.
    Few(Vec<i64>),
    /// Too many to list; beside them those merged into one of them.
    Many(Vec<i64>),
}

impl Term {
    /// Takes a text apart; `None` where nothing is typed. Amounts are in the shop's currency.
    pub(super) fn read(db: &Db, typed: &str) -> Result<Option<Self>> {
        let Some(mut term) = Self::parse(typed) else { return Ok(None) };
        if typed.contains(|letter: char| letter.is_ascii_digit()) {
            let code = db.one("SELECT currency FROM shop WHERE id = 1", &[], |row| row.text(0))?;
            term.amount = code.and_then(|code| Currency::new(&code).ok()).and_then(|currency| amount(typed, currency));
        }
        Ok(Some(term))
    }

    fn parse(typed: &str) -> Option<Self> {
        let (typed, folded) = (sought(typed), sought_key(typed));
        if folded.is_empty() {
            return None;
        }
        let digits_only: String = folded.chars().filter(char::is_ascii_digit).collect();
        let like_a_phone = folded.chars().all(|letter| letter.is_ascii_digit() || " +-()/.".contains(letter));
        let words: Vec<&str> = if like_a_phone && digits_only.len() >= 6 {
            vec![&digits_only]
        } else {
            folded
                .split(' ')
                .map(|word| word.trim_end_matches(','))
                .filter(|word| !word.is_empty())
                .take(WORDS)
                .collect()
        };
        let patterns = words.iter().map(|word| pattern(word)).collect();
        let words = words.into_iter().map(str::to_owned).collect();
        let plain = typed.trim();
        let digits = plain.chars().all(|letter| letter.is_ascii_digit()).then(|| plain.parse().ok()).flatten();
        let lettered =
            |letter| folded.strip_prefix(letter).map(|rest| rest.trim_start_matches('-')).and_then(whole_number);
        let (subscription, order) = (lettered('s'), lettered('o'));
        let mut numbers = Vec::new();
        if !digits_only.is_empty() && !plain.contains(char::is_whitespace) {
            numbers.push(plain.to_owned());
            numbers.push(plain.to_uppercase());
            numbers.dedup();
        }
        let reference = (folded.len() >= 3).then(|| folded.clone());
        Some(Self { words, patterns, digits, subscription, order, numbers, reference, amount: None })
    }

    /// Customers whose own text has all words, one more than are few at most.
    fn with_words(&self, db: &Db) -> Result<Vec<i64>> {
        let most = usize::try_from(FEW + 1).unwrap_or(usize::MAX);
        let known = search_texts::with_words(db, &self.words, most)?.filter(|_| !self.words.is_empty());
        if let (Some(known), false) = (&known, cfg!(debug_assertions)) {
            return Ok(known.clone());
        }
        let like = self.like("search_key");
        let sql = numbered(&format!("SELECT id FROM customer WHERE {} LIMIT ?", like.sql()));
        let values: Vec<Value> = like.values().iter().cloned().chain([Value::Int(FEW + 1)]).collect();
        let mut ids = db.all(&sql, &values, |row| row.int(0))?;
        if let Some(mut known) = known {
            ids.sort_unstable();
            known.sort_unstable();
            let same = known == ids || (known.len() == most && ids.len() == most);
            debug_assert!(same, "the names in memory are not those of the book: {known:?}, not {ids:?}");
        }
        Ok(ids)
    }

    /// Who is meant.
    pub(super) fn people(&self, db: &Db) -> Result<People> {
        let mut ids = self.with_words(db)?;
        let few = i64::try_from(ids.len()).unwrap_or(i64::MAX) <= FEW;
        let merged = if few && !ids.is_empty() {
            let cond = among(int("root_id"), &ids);
            let sql = numbered(&format!("SELECT id FROM customer WHERE {}", cond.sql()));
            db.all(&sql, cond.values(), |row| row.int(0))?
        } else if few {
            Vec::new()
        } else {
            let like = self.like("r.search_key");
            let from = "customer m CROSS JOIN customer r WHERE m.root_id IS NOT NULL AND r.id = m.root_id AND";
            db.all(&numbered(&format!("SELECT m.id FROM {from} {}", like.sql())), like.values(), |row| row.int(0))?
        };
        if few {
            ids.extend(merged);
            Ok(People::Few(ids))
        } else {
            Ok(People::Many(merged))
        }
    }

    /// Every word stands somewhere in a folded column.
    pub(super) fn like(&self, column: &str) -> Cond {
        let tests = vec![format!("{column} LIKE ? ESCAPE '\\'"); self.patterns.len()];
        Cond::raw(tests.join(" AND "), self.patterns.iter().map(|pattern| pattern.clone().into()).collect())
    }

    /// Two tests of the customer of a row, as cheap as can be: of `part.sieved`, and of a column.
    ///
    /// What memory knows is a look at one byte; else the customer is asked, or the set of all who are meant.
    pub(super) fn tests(&self, db: &Db, customer: Column) -> Result<(Cond, Cond)> {
        let Some(marks) = search_texts::marked(db, &self.words)?.filter(|_| !self.words.is_empty()) else {
            return Ok((self.is_meant(), self.is_among(customer)));
        };
        let test = |column: &str| {
            let values = vec![Value::Blob(marks.clone().into()), Value::Blob(vec![1].into())];
            Cond::raw(format!("substr(?, {column}, 1) = ?"), values)
        };
        Ok((test("part.sieved"), test(customer.name())))
    }

    /// Whether the customer of `part.sieved` is meant, asked of that customer.
    fn is_meant(&self) -> Cond {
        let like = self.like("s.search_key");
        let sql = format!("EXISTS (SELECT 1 FROM customer s WHERE s.id = part.sieved AND {})", like.sql());
        Cond::raw(sql, like.values().to_vec())
    }

    /// Whether the customer of a row is meant, by the set of all who are.
    fn is_among(&self, customer: Column) -> Cond {
        let like = self.like("s.search_key");
        let rest = format!("IN (SELECT s.id FROM customer s WHERE {})", like.sql());
        Cond::on(customer, &rest, like.values().to_vec()).blind()
    }

    /// The subscription of a row: its letter was typed. A bare number never means one: in the first years of a book it
    /// would be the invoice of somebody else.
    pub(super) const fn subscription(&self) -> Option<i64> {
        self.subscription
    }

    /// The number a subscription in a list of subscriptions has: there a bare one is its own.
    pub(super) fn own_subscription(&self) -> Option<i64> {
        self.subscription.or(self.digits)
    }

    /// The order of a row: `O-12`, or digits alone.
    pub(super) fn order(&self) -> Option<i64> {
        self.order.or(self.digits)
    }

    /// Assets whose serial number starts so, as typed or in capitals: a select of their ids.
    pub(super) fn serials(&self) -> Option<Cond> {
        let [first, .., last] = [self.numbers.first()?, self.numbers.last()?];
        let sql =
            "SELECT z.id FROM (SELECT id FROM asset WHERE serial >= ? AND serial < ? ORDER BY serial LIMIT ?) AS z";
        let one = |start: &String| vec![start.clone().into(), beyond(start).into(), MOST.into()];
        Some(Cond::raw(format!("{sql} UNION ALL {sql}"), [one(first), one(last)].concat()))
    }

    /// The invoice of exactly this number: a select of its id.
    pub(super) fn exact(&self) -> Option<Cond> {
        let numbers: Vec<Value> = self.numbers.iter().map(|number| number.clone().into()).collect();
        let slots = vec!["?"; numbers.len()].join(", ");
        let asked = self.subscription.is_none() && !numbers.is_empty();
        asked.then(|| Cond::raw(format!("SELECT n.id FROM invoice n WHERE n.number IN ({slots})"), numbers))
    }

    /// Invoices whose number ends so, of whatever year: a select of their ids. Digits alone are the running number, with
    /// zeros before it or without.
    pub(super) fn ending(&self) -> Option<Cond> {
        let number = self.numbers.first().filter(|_| self.subscription.is_none())?;
        let tail = number.trim_start_matches(|letter: char| !letter.is_ascii_digit());
        let tail = tail.rsplit(|letter: char| !letter.is_ascii_digit()).next()?;
        let seq: i64 = self.digits.or_else(|| tail.parse().ok())?;
        let found = "SELECT n.id FROM invoice n WHERE n.number_seq = ?";
        if self.digits.is_some() {
            return Some(Cond::raw(found, vec![seq.into()]));
        }
        let tests = vec!["n.number LIKE ? ESCAPE '\\'"; self.numbers.len()].join(" OR ");
        let ends = self.numbers.iter().map(|number| Value::from(format!("%{}", escaped(number))));
        Some(Cond::raw(format!("{found} AND ({tests})"), std::iter::once(seq.into()).chain(ends).collect()))
    }

    /// Invoices whose number starts so, once enough is typed, each a select of their ids.
    pub(super) fn starting(&self) -> Vec<Cond> {
        let long = self.numbers.iter().filter(|number| self.subscription.is_none() && number.len() >= 5);
        let select = |number: &String| {
            Cond::raw(
                "SELECT found.id FROM (SELECT id FROM invoice WHERE number >= ? AND number < ? \
                 ORDER BY number DESC LIMIT ?) AS found",
                vec![number.clone().into(), beyond(number).into(), MOST.into()],
            )
        };
        long.map(select).collect()
    }

    /// Payments whose money came under a reference that starts so: a select of their ids.
    pub(super) fn referred(&self) -> Option<Cond> {
        let reference = self.reference.as_ref()?;
        let receipts = "(SELECT id FROM receipt WHERE reference_key <> '' AND reference_key >= ? AND reference_key < ? \
             ORDER BY reference_key LIMIT ?) AS found";
        let values: Vec<Value<'static>> =
            vec![reference.clone().into(), beyond(reference).into(), MOST_REFERENCES.into()];
        Some(Cond::raw(
            format!(
                "SELECT a.payment_id FROM {receipts} CROSS JOIN allocation a WHERE a.receipt_id = found.id \
                 UNION ALL SELECT a.payment_id FROM {receipts} CROSS JOIN pending_allocation a \
                 WHERE a.receipt_id = found.id"
            ),
            [values.clone(), values].concat(),
        ))
    }
}

/// A row whose column is one of the selected.
pub(super) fn selected(column: &str, select: &Cond) -> Cond {
    Cond::raw(format!("{column} IN ({})", select.sql()), select.values().to_vec())
}

/// A customer with those merged into it.
pub(super) fn with_merged(db: &Db, customer: CustomerId) -> Result<Vec<i64>> {
    let root = "(SELECT COALESCE(root_id, id) FROM customer WHERE id = ?1)";
    let ids = db.all(
        &format!("SELECT id FROM customer WHERE id = {root} UNION SELECT id FROM customer WHERE root_id = {root}"),
        &[customer.into()],
        |row| row.int(0),
    )?;
    Ok(if ids.is_empty() { vec![customer.0] } else { ids })
}

/// Where texts that start so end.
fn beyond(start: &str) -> String {
    format!("{start}\u{10ffff}")
}

fn pattern(word: &str) -> String {
    format!("%{}%", escaped(word))
}

/// A text as it stands in a pattern of `LIKE`.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

fn whole_number(text: &str) -> Option<i64> {
    (!text.is_empty() && text.chars().all(|letter| letter.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

/// `89`, `89.00`, `89,00` as minor units; a text that could be grouped thousands is no amount.
fn amount(typed: &str, currency: Currency) -> Option<i64> {
    let plain = typed.trim().replace(',', ".");
    if plain.matches('.').count() > 1 {
        return None;
    }
    Money::parse(&plain, currency).ok().map(Money::minor).filter(|minor| *minor > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(typed: &str) -> Term {
        Term::parse(typed).unwrap()
    }

    #[test]
    fn every_word_of_a_name_is_looked_for_on_its_own() {
        assert_eq!(term(" Żółć,  Łukasz ").patterns, ["%zolc%", "%lukasz%"]);
        assert_eq!(term("100%_a").patterns, ["%100\\%\\_a%"]);
        assert_eq!(Term::parse("  "), None);
    }

    #[test]
    fn a_phone_number_is_looked_for_by_its_digits() {
        assert_eq!(term("+1 555-0142").patterns, ["%15550142%"]);
        assert_eq!(term("0108").patterns, ["%0108%"]);
    }

    // F1
    #[test]
    fn digits_mean_a_running_number_and_never_a_subscription() {
        assert_eq!((term("0108").digits, term("0108").subscription()), (Some(108), None));
        assert_eq!((term("S-2").subscription(), term("s-0002").subscription()), (Some(2), Some(2)));
        assert_eq!((term("0108").own_subscription(), term("smith").own_subscription()), (Some(108), None));
        assert!(term("S-0101").exact().is_none() && term("S-0101").ending().is_none());
        assert!(term("S-0101").starting().is_empty());
        assert_eq!(term("inv-2025-1").numbers, ["inv-2025-1", "INV-2025-1"]);
    }

    // F1
    #[test]
    fn a_number_ends_as_typed_whatever_stands_before() {
        let ending = |typed: &str| term(typed).ending().map(|select| select.values().to_vec());
        assert_eq!(ending("0108"), Some(vec![Value::Int(108)]));
        assert_eq!(ending("26-0108"), Some(vec![Value::Int(108), "%26-0108".into()]));
        assert_eq!(ending("re_7"), Some(vec![Value::Int(7), "%re\\_7".into(), "%RE\\_7".into()]));
        assert_eq!(ending("26-"), None);
        assert_eq!(ending("smith"), None);
    }

    #[test]
    fn an_amount_is_read_with_a_point_or_a_comma() {
        for (typed, minor) in [("89", Some(8900)), ("89.5", Some(8950)), ("89,00", Some(8900)), ("1.234", None)] {
            assert_eq!(amount(typed, Currency::EUR), minor, "{typed}");
        }
        assert_eq!(amount("2025-0108", Currency::EUR), None);
        assert_eq!(amount("0", Currency::EUR), None);
    }
}
