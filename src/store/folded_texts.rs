//! Folded texts in memory, one after the other, in which words are found by going through all of them.

use memchr::memmem::Finder;

/// What parts two texts; no text holds it.
const BETWEEN: u8 = 0;

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
    /// Keeps one more text.
    pub fn add(&mut self, customer: i64, text: &str) {
        let start = self.text.len();
        self.text.extend_from_slice(text.as_bytes());
        self.entries.push(Entry { customer, start, end: self.text.len() });
        self.text.push(BETWEEN);
    }

    /// Keeps another text of a customer. The text before is gone from memory too: it may be one that was erased.
    pub fn change(&mut self, customer: i64, text: &str) {
        if let Some(at) = self.entries.iter().rposition(|entry| entry.customer == customer) {
            let Entry { start, end, .. } = self.entries[at];
            if self.text[start..end] == *text.as_bytes() {
                return;
            }
            self.text[start..end].fill(BETWEEN);
            self.entries.remove(at);
        }
        self.add(customer, text);
    }

    /// The customers in whose text all words stand, `most` of them at most, in the order they came.
    pub fn find(&self, words: &[String], most: usize) -> Vec<i64> {
        let mut found = Vec::new();
        let Some(longest) = words.iter().max_by_key(|word| word.len()) else { return found };
        let others: Vec<Finder> = words.iter().filter(|word| *word != longest).map(Finder::new).collect();
        let (first, mut at, mut number) = (Finder::new(longest), 0, 0);
        while let Some(ahead) = self.text.get(at..).and_then(|rest| first.find(rest)) {
            let place = at + ahead;
            while self.entries.get(number).is_some_and(|entry| entry.end <= place) {
                number += 1;
            }
            let Some(entry) = self.entries.get(number) else { break };
            let text = self.text.get(entry.start..entry.end).unwrap_or_default();
            if others.iter().all(|word| word.find(text).is_some()) {
                found.push(entry.customer);
                if found.len() >= most {
                    break;
                }
            }
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

    fn found(texts: &SearchTexts, words: &[&str]) -> Vec<i64> {
        texts.find(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>(), 10)
    }

    #[test]
    fn every_word_has_to_stand_in_one_text() {
        let texts = texts();
        assert_eq!(found(&texts, &["an"]), [1, 7]);
        assert_eq!(found(&texts, &["be"]), [2, 7]);
        assert_eq!(found(&texts, &["be", "an"]), [7]);
        assert_eq!(found(&texts, &["zz"]), [0_i64; 0]);
        assert_eq!(found(&texts, &["exampleben"]), [0_i64; 0]);
        assert_eq!(texts.find(&["an".to_owned()], 1), [1]);
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
