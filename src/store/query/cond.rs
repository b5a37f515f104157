//! Conditions of statements, each with its values, and sets of ids that both finders test.

use crate::domain::query::DayRange;
use crate::domain::query::typed::Word;
use crate::store::engine::Value;

/// A condition on rows, or a select of ids. Each `?` takes the next value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cond {
    pub sql: String,
    pub values: Vec<Value<'static>>,
}

impl Cond {
    /// A condition with values.
    pub fn new(sql: impl Into<String>, values: Vec<Value<'static>>) -> Self {
        Self { sql: sql.into(), values }
    }

    /// A condition without any.
    pub fn plain(sql: impl Into<String>) -> Self {
        Self::new(sql, Vec::new())
    }

    fn joined(conds: impl IntoIterator<Item = Self>, word: &str, none: &str) -> Self {
        let (mut parts, mut values) = (Vec::new(), Vec::new());
        for cond in conds {
            parts.push(cond.sql);
            values.extend(cond.values);
        }
        match parts.as_slice() {
            [] => Self::plain(none),
            [one] => Self::new(one.as_str(), values),
            _ => Self::new(format!("({})", parts.join(word)), values),
        }
    }

    /// All of them.
    pub fn all(conds: impl IntoIterator<Item = Self>) -> Self {
        Self::joined(conds, " AND ", "1 = 1")
    }

    /// Any of them.
    pub fn any(conds: impl IntoIterator<Item = Self>) -> Self {
        Self::joined(conds, " OR ", "1 = 0")
    }
}

/// `?` as `?1 … ?n`. Our own text never holds a question mark otherwise.
pub fn numbered(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len() + 16);
    for (at, part) in sql.split('?').enumerate() {
        if at > 0 {
            out.push('?');
            out.push_str(&at.to_string());
        }
        out.push_str(part);
    }
    out
}

/// `?, ?, …`
pub fn marks(count: usize) -> String {
    vec!["?"; count].join(", ")
}

/// Lists of values come in a few lengths, so that few statements are prepared.
const LENGTHS: [usize; 5] = [1, 8, 64, 512, 2048];

/// `?, ?, …` and its values for a list that is not empty; the last value fills what is left over.
pub fn slots(ids: &[i64]) -> (String, Vec<Value<'static>>) {
    let length = LENGTHS.into_iter().find(|length| *length >= ids.len()).unwrap_or(ids.len());
    let mut values: Vec<Value> = ids.iter().map(|id| Value::Int(*id)).collect();
    values.resize(length, values.last().cloned().unwrap_or(Value::Null));
    (marks(length), values)
}

/// A column in a list of texts or numbers; nothing is in an empty one.
pub fn listed<T: Into<Value<'static>>>(column: &str, these: impl IntoIterator<Item = T>) -> Cond {
    let values: Vec<Value> = these.into_iter().map(Into::into).collect();
    if values.is_empty() {
        Cond::plain("1 = 0")
    } else {
        Cond::new(format!("{column} IN ({})", marks(values.len())), values)
    }
}

/// Values from … to …, both included.
pub fn between<T: Into<Value<'static>>>(column: &str, (from, to): (Option<T>, Option<T>)) -> Vec<Cond> {
    let from = from.map(|from| Cond::new(format!("{column} >= ?"), vec![from.into()]));
    let to = to.map(|to| Cond::new(format!("{column} <= ?"), vec![to.into()]));
    from.into_iter().chain(to).collect()
}

/// Whether no day is in the range.
pub fn is_empty(days: DayRange) -> bool {
    days.0.zip(days.1).is_some_and(|(from, to)| from > to)
}

/// Whose number stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    /// The row itself.
    Id,
    Customer,
    Group,
    Invoice,
    Subscription,
    Order,
    Asset,
    Variant,
}

/// A set of ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Set {
    /// Those a statement selects.
    Select(Cond),
    /// Customers in whose text all words stand, or in that of the one they are merged into.
    People(Vec<Word>),
}

/// Rows whose column is one of a set, or none of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Among {
    pub on: On,
    pub set: Set,
    pub is_in: bool,
}

impl Among {
    /// Rows whose column is among what a statement selects.
    pub fn select(on: On, select: Cond) -> Self {
        Self { on, set: Set::Select(select), is_in: true }
    }

    /// Rows of the customers a name means.
    pub fn people(on: On, words: &[Word]) -> Self {
        Self { on, set: Set::People(words.to_vec()), is_in: true }
    }

    /// As a condition on the column of that name.
    pub fn cond(&self, column: &str) -> Cond {
        let select = self.set.select();
        let word = if self.is_in { "IN" } else { "NOT IN" };
        Cond::new(format!("{column} {word} ({})", select.sql), select.values)
    }
}

impl Set {
    /// As a select of ids.
    pub fn select(&self) -> Cond {
        match self {
            Self::Select(select) => select.clone(),
            Self::People(words) => {
                let (own, of_root) = (named("c.search_key", words), named("r.search_key", words));
                Cond::new(
                    format!(
                        "SELECT c.id FROM customer c WHERE {} UNION ALL SELECT m.id FROM customer m \
                         JOIN customer r ON r.id = m.root_id WHERE {}",
                        own.sql, of_root.sql
                    ),
                    [own.values, of_root.values].concat(),
                )
            }
        }
    }
}

/// Every word stands somewhere in a folded column, as it is or as it is spelled otherwise.
pub fn named(column: &str, words: &[Word]) -> Cond {
    let loosely = loose(column);
    Cond::all(words.iter().map(|word| {
        Cond::new(
            format!("({column} LIKE ? ESCAPE '\\' OR {loosely} LIKE ? ESCAPE '\\')"),
            vec![pattern(&word.plain).into(), pattern(&word.loose).into()],
        )
    }))
}

/// What `domain::text::loose` makes of a folded column.
fn loose(column: &str) -> String {
    let twice = [("''", ""), ("ae", "a"), ("oe", "o"), ("ue", "u")];
    twice.iter().fold(column.to_owned(), |sql, (from, to)| format!("REPLACE({sql}, '{from}', '{to}')"))
}

/// A text anywhere, for `LIKE … ESCAPE '\'`.
pub fn pattern(word: &str) -> String {
    format!("%{}%", escaped(word))
}

/// A text as `LIKE … ESCAPE '\'` takes it literally.
pub fn escaped(word: &str) -> String {
    word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text;
    use crate::store::{Book, StoreError};

    #[test]
    fn a_column_is_loosened_as_the_domain_does() {
        let book = Book::in_memory().unwrap();
        for folded in ["mueller", "o'brien", "aueoue", "blue''s", "caesar", ""] {
            let sql = loose("?1");
            let found = book.read(|db| {
                let found = db.one(&format!("SELECT {sql}"), &[folded.into()], |row| row.text(0))?;
                Ok::<_, StoreError>(found.unwrap_or_default())
            });
            assert_eq!(found.unwrap(), text::loose(folded), "{folded}");
        }
    }

    #[test]
    fn conditions_join_and_their_values_stay_in_order() {
        let one = |n: i64| Cond::new(format!("a{n} = ?"), vec![n.into()]);
        let both = Cond::all([one(1), Cond::any([one(2), one(3)])]);
        assert_eq!(both.sql, "(a1 = ? AND (a2 = ? OR a3 = ?))");
        assert_eq!(both.values, [Value::Int(1), Value::Int(2), Value::Int(3)]);
        assert_eq!(numbered(&both.sql), "(a1 = ?1 AND (a2 = ?2 OR a3 = ?3))");
        assert_eq!(Cond::any([]).sql, "1 = 0");
    }
}
