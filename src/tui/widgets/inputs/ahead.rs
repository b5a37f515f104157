//! Type-ahead over a few values: whole words are typed, and what begins so is picked. There is no clock in it: a word
//! that fits nothing any more begins anew with its last letter.

/// Nothing begins with what was typed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unknown(pub String);

/// What was typed so far.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Ahead(String);

impl Ahead {
    /// What was typed.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// A further letter: the number of the value that is meant now.
    pub fn typed<'t>(&mut self, values: impl Iterator<Item = &'t str>, letter: char) -> Result<usize, Unknown> {
        let values: Vec<String> = values.map(str::to_lowercase).collect();
        self.0.extend(letter.to_lowercase());
        if let Some(found) = beginning(&values, &self.0) {
            return Ok(found);
        }
        let typed = std::mem::take(&mut self.0);
        // One letter again and again goes through the values that begin with it.
        if let Some(found) = repeated(&values, &typed) {
            self.0 = typed;
            return Ok(found);
        }
        self.0.extend(letter.to_lowercase());
        beginning(&values, &self.0).ok_or_else(|| {
            self.0.clear();
            Unknown(typed)
        })
    }

    /// Takes a letter back: the number of the value that is meant then; none once nothing is typed.
    pub fn erased<'t>(&mut self, values: impl Iterator<Item = &'t str>) -> Option<usize> {
        self.0.pop();
        let values: Vec<String> = values.map(str::to_lowercase).collect();
        if self.0.is_empty() { None } else { beginning(&values, &self.0) }
    }

    /// Forgets what was typed.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

/// The first value that begins so, else the first one of whose words does.
fn beginning(values: &[String], typed: &str) -> Option<usize> {
    let whole = values.iter().position(|value| value.starts_with(typed));
    let word = |value: &String| {
        value.char_indices().any(|(at, letter)| {
            !letter.is_alphanumeric() && value.get(at + letter.len_utf8()..).is_some_and(|rest| rest.starts_with(typed))
        })
    };
    whole.or_else(|| values.iter().position(word))
}

fn repeated(values: &[String], typed: &str) -> Option<usize> {
    let first = typed.chars().next().filter(|first| typed.chars().all(|letter| letter == *first))?;
    let fitting: Vec<usize> =
        values.iter().enumerate().filter(|(_, value)| value.starts_with(first)).map(|(at, _)| at).collect();
    let turn = typed.chars().count().checked_sub(1)?.checked_rem(fitting.len())?;
    fitting.get(turn).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    const METHODS: [&str; 5] = ["Bank transfer", "Card", "Cash", "Check", "Direct debit"];

    fn typed(ahead: &mut Ahead, text: &str) -> Result<&'static str, String> {
        let mut found = Err(String::new());
        for letter in text.chars() {
            found = ahead.typed(METHODS.into_iter(), letter).map(|at| METHODS[at]).map_err(|unknown| unknown.0);
        }
        found
    }

    // F7
    #[test]
    fn the_whole_word_is_read() {
        for (text, value) in
            [("cash", "Cash"), ("CHECK", "Check"), ("c", "Card"), ("ch", "Check"), ("deb", "Direct debit")]
        {
            assert_eq!(typed(&mut Ahead::default(), text), Ok(value), "{text}");
        }
        assert_eq!(typed(&mut Ahead::default(), "bank t"), Ok("Bank transfer"));
    }

    // F7
    #[test]
    fn another_word_begins_anew_and_one_letter_goes_round() {
        let mut ahead = Ahead::default();
        assert_eq!(typed(&mut ahead, "cash"), Ok("Cash"));
        assert_eq!(typed(&mut ahead, "check"), Ok("Check"));
        assert_eq!(typed(&mut Ahead::default(), "cc"), Ok("Cash"));
        assert_eq!(typed(&mut Ahead::default(), "cccc"), Ok("Card"));
    }

    // F6
    #[test]
    fn what_fits_nothing_is_said_and_never_lost() {
        let mut ahead = Ahead::default();
        assert_eq!(typed(&mut ahead, "7"), Err("7".to_owned()));
        assert_eq!(typed(&mut ahead, "cax"), Err("cax".to_owned()));
        assert_eq!(ahead.text(), "");
        assert_eq!(typed(&mut ahead, "b"), Ok("Bank transfer"));
    }

    #[test]
    fn a_letter_is_taken_back() {
        let mut ahead = Ahead::default();
        typed(&mut ahead, "cas").unwrap();
        assert_eq!(ahead.erased(METHODS.into_iter()), Some(1));
        assert_eq!((ahead.erased(METHODS.into_iter()), ahead.erased(METHODS.into_iter())), (Some(1), None));
    }
}
