//! What a typed text means best stands first, whatever the list is sorted by: a number before a reference, an amount
//! before a name. F8 works on the row under the cursor, which is the first.

use super::cond::Cond;
use super::keyset::Source;

/// The parts a class may have by the order of its list, e.g. by status.
const PARTS: i64 = 10;

/// Rows a text means in one way.
pub(super) struct Class {
    /// Which these are; `None`: all the others.
    pub meets: Option<Cond>,
    /// Where they come from, each with its part by the order of the list.
    pub sources: Vec<Source>,
}

/// The sources of a list whose classes stand one after the other, the best first: a row stands in the first it meets.
pub(super) fn ranked(classes: Vec<Class>, reverse: bool) -> Vec<Source> {
    let mut better: Vec<Cond> = Vec::new();
    let mut ranked = Vec::new();
    for (place, class) in (0_i64..).zip(classes) {
        // A list turned round begins with its highest rank, and the best class is still the first.
        let rank = if reverse { -place } else { place } * PARTS;
        let own = class.sources.into_iter();
        ranked.extend(own.map(|source| better.iter().cloned().fold(source.lowered(rank), Source::tested)));
        better.extend(class.meets.map(Cond::not));
    }
    ranked
}
