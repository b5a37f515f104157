//! Folded texts in memory, one after the other, in which words are found by going through all of them.

use memchr::memmem::Finder;

use crate::domain::query::typed::Word;
use crate::domain::text::loose;

/// What parts two texts; no text holds it.
const BETWEEN: u8 = 0;
/// What parts a text from the same spelled otherwise.
const BESIDE: u8 = 1;

/// One text: whose, and where it lies.
#[derive(Clone, Copy, Debug)]
struct Entry {
    customer: i64,
    start: usize,
    end: usize,
}

/// The texts, and how far they follow the book.
#[derive(Debug, Default)]
pub struct SearchTexts {
    /// The newest customer and the newest row of the log that were read.
    pub seen: Option<(i64, i64)>,
    text: Vec<u8>,
    /// In the order of the text.
    entries: Vec<Entry>,
}

impl SearchTexts {
    /// Keeps one more text, and beside it what is left of it where people spell it otherwise.
    pub fn add(&mut self, customer: i64, text: &str) {
        let start = self.text.len();
        self.text.extend_from_slice(text.as_bytes());
        let loosely = loose(text);
        if loosely != text {
            self.text.push(BESIDE);
            self.text.extend_from_slice(loosely.as_bytes());
        }
        self.entries.push(Entry { customer, start, end: self.text.len() });
        self.text.push(BETWEEN);
    }

    /// Keeps another text of a customer. The text before is gone from memory too: it may be one that was erased.
    pub fn change(&mut self, customer: i64, text: &str) {
        if let Some(at) = self.entries.iter().rposition(|entry| entry.customer == customer) {
            let Entry { start, end, .. } = self.entries[at];
            self.text[start..end].fill(BETWEEN);
            self.entries.remove(at);
        }
        self.add(customer, text);
    }

    /// The customers in whose text all words stand, `most` of them at most, in the order they came.
    pub fn find(&self, words: &[Word], most: usize) -> Vec<i64> {
        let Some(longest) = words.iter().max_by_key(|word| word.plain.len()) else { return Vec::new() };
        let mut places = self.places(&longest.plain);
        if longest.loose != longest.plain {
            places.extend(self.places(&longest.loose));
            places.sort_unstable();
            places.dedup();
        }
        let others: Vec<[Finder; 2]> = words
            .iter()
            .filter(|word| *word != longest)
            .map(|word| [Finder::new(&word.plain), Finder::new(&word.loose)])
            .collect();
        let has_all = |entry: &&Entry| {
            let text = self.text.get(entry.start..entry.end).unwrap_or_default();
            others.iter().all(|spelled| spelled.iter().any(|word| word.find(text).is_some()))
        };
        let entries = places.into_iter().filter_map(|place| self.entries.get(place));
        entries.filter(has_all).map(|entry| entry.customer).take(most).collect()
    }

    /// The entries in which a word stands, by going through all texts at once.
    fn places(&self, word: &str) -> Vec<usize> {
        let (finder, mut at, mut number, mut found) = (Finder::new(word), 0, 0, Vec::new());
        while let Some(ahead) = self.text.get(at..).and_then(|rest| finder.find(rest)) {
            let place = at + ahead;
            while self.entries.get(number).is_some_and(|entry| entry.end <= place) {
                number += 1;
            }
            let Some(entry) = self.entries.get(number) else { break };
            found.push(number);
            at = entry.end;
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts() -> SearchTexts {
        let mut texts = SearchTexts::default();
        for (customer, text) in
            [(1, "ana delgado ana ana@mail.example"), (2, "ben ito ben"), (7, "anna berg anna 5550142")]
        {
            texts.add(customer, text);
        }
        texts
    }

    fn word(text: &str) -> Word {
        Word { plain: text.to_owned(), loose: loose(text) }
    }

    fn found(texts: &SearchTexts, words: &[&str]) -> Vec<i64> {
        texts.find(&words.iter().map(|text| word(text)).collect::<Vec<_>>(), 10)
    }

    #[test]
    fn every_word_has_to_stand_in_one_text() {
        let texts = texts();
        assert_eq!(found(&texts, &["an"]), [1, 7]);
        assert_eq!(found(&texts, &["be"]), [2, 7]);
        assert_eq!(found(&texts, &["be", "an"]), [7]);
        assert_eq!(found(&texts, &["zz"]), [0_i64; 0]);
        assert_eq!(found(&texts, &["exampleben"]), [0_i64; 0]);
        assert_eq!(texts.find(&[word("an")], 1), [1]);
    }

    /// F62.
    #[test]
    fn a_name_is_found_however_it_is_spelled() {
        let mut texts = SearchTexts::default();
        for (customer, text) in [(1, "mueller"), (2, "muller"), (3, "o'brien"), (4, "obrien"), (5, "blue")] {
            texts.add(customer, text);
        }
        for typed in ["mueller", "muller"] {
            assert_eq!(found(&texts, &[typed]), [1, 2], "{typed}");
        }
        for typed in ["o'brien", "obrien"] {
            assert_eq!(found(&texts, &[typed]), [3, 4], "{typed}");
        }
        assert_eq!((found(&texts, &["eller"]), found(&texts, &["blu"])), (vec![1], vec![5]));
    }

    #[test]
    fn a_changed_text_takes_the_place_of_the_one_before() {
        let mut texts = texts();
        texts.change(2, "cora ito cora");
        texts.change(1, "");
        assert_eq!(found(&texts, &["ito"]), [2]);
        assert_eq!(found(&texts, &["ben"]), [0_i64; 0]);
        assert_eq!(found(&texts, &["an"]), [7]);
        assert!(!texts.text.windows(3).any(|part| part == b"ben"));
        texts.change(9, "ben");
        assert_eq!(found(&texts, &["be"]), [7, 9]);
    }
}
