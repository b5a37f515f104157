//! Customers that may be the one being typed in: the same email, the same phone, or nearly the same name.
//!
//! A name is compared in its folded form, and with first and last name the other way round, so that “Żółć, Łukasz” is
//! found when somebody types “Zolc” as the first name. Only names with the same first letter are looked at: the index
//! by name gives those at once.

use std::borrow::Cow;

use crate::domain::contact::{is_same_phone, phone_key};
use crate::domain::customer::DisplayName;
use crate::domain::id::CustomerId;
use crate::domain::text::{fold, loose};
use crate::store::customer::{self, Customer};
use crate::store::engine::Db;
use crate::store::error::Result;
use crate::store::search_texts;

/// Names of one first letter that are compared at most.
const COMPARED: i64 = 20_000;
/// Customers with the same digits or letters somewhere that are compared at most.
const SAME_WORD: usize = 2_000;
/// How many are shown.
const SHOWN: usize = 5;

/// What is known of the customer being typed in.
#[derive(Clone, Copy, Debug, Default)]
pub struct Newcomer<'a> {
    /// Its email address, tidied.
    pub email: &'a str,
    /// Its phone number, as written.
    pub phone: &'a str,
    pub name: DisplayName<'a>,
    /// The customer that is being changed: it is not its own duplicate.
    pub except: Option<CustomerId>,
}

/// In what two customers are alike, most telling first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Likeness {
    /// The same email.
    Email,
    /// The same phone number.
    Phone,
    /// The same name.
    Name,
    /// A name that differs in a letter or two.
    SimilarName,
}

impl Likeness {
    /// The words on screens.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Email => "same email",
            Self::Phone => "same phone",
            Self::Name => "same name",
            Self::SimilarName => "similar name",
        }
    }
}

/// A customer like the one being typed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alike {
    pub id: CustomerId,
    /// As lists show the name.
    pub name: String,
    pub email: String,
    pub phone: String,
    /// In what it is alike.
    pub likeness: Likeness,
}

/// Customers that may be the one being typed in, the most telling first; a merged one is read as the one it is now.
pub fn likely_duplicates(db: &Db, newcomer: &Newcomer<'_>) -> Result<Vec<Alike>> {
    let mut found: Vec<(Likeness, CustomerId)> = Vec::new();
    found.extend(by_email(db, newcomer.email)?.into_iter().map(|id| (Likeness::Email, id)));
    found.extend(by_phone(db, newcomer.phone)?.into_iter().map(|id| (Likeness::Phone, id)));
    found.extend(by_name(db, newcomer.name)?);
    found.sort_unstable();
    let mut seen: Vec<CustomerId> = newcomer.except.into_iter().collect();
    let mut alike = Vec::new();
    for (likeness, id) in found {
        if seen.contains(&id) || alike.len() == SHOWN {
            continue;
        }
        seen.push(id);
        alike.extend(read(db, id, likeness)?);
    }
    Ok(alike)
}

/// Capitals in front of the `@` make no other mailbox: no mail server in use tells them apart.
fn by_email(db: &Db, email: &str) -> Result<Vec<CustomerId>> {
    if email.is_empty() {
        return Ok(Vec::new());
    }
    holding(db, &fold(email), |other| other.email.eq_ignore_ascii_case(email))
}

/// What is searched holds all digits of a phone number, so that whoever shares these has them in it; the whole decides.
fn by_phone(db: &Db, phone: &str) -> Result<Vec<CustomerId>> {
    let key = phone_key(phone);
    if key.len() < 5 {
        return Ok(Vec::new());
    }
    // What is dialled before it depends on where one is.
    let tail = key.get(key.len().saturating_sub(7)..).unwrap_or(&key);
    holding(db, tail, |other| is_same_phone(&other.phone, phone))
}

/// The customers whose searched text holds a word and who are alike by it.
fn holding(db: &Db, word: &str, is_alike: impl Fn(&Customer) -> bool) -> Result<Vec<CustomerId>> {
    let mut found = Vec::new();
    for id in search_texts::with_word(db, word, SAME_WORD)? {
        if customer::by_id(db, CustomerId(id))?.is_some_and(|other| is_alike(&other)) {
            found.push(customer::root(db, CustomerId(id))?);
        }
    }
    Ok(found)
}

fn by_name(db: &Db, name: DisplayName<'_>) -> Result<Vec<(Likeness, CustomerId)>> {
    let turned = DisplayName { company: name.company, first: name.last, last: name.first };
    let mut keys = vec![name.sort_key()];
    if turned.sort_key() != keys[0] {
        keys.push(turned.sort_key());
    }
    let mut found = Vec::new();
    for key in keys.iter().filter(|key| key.len() > 2) {
        let Some(first) = key.get(..1) else { continue };
        let own = Name::of(key);
        let mut alike = Vec::new();
        db.each(
            "SELECT id, sort_key FROM customer WHERE sort_key >= ?1 AND sort_key < ?2 ORDER BY sort_key, id LIMIT ?3",
            &[first.into(), format!("{first}\u{7f}").into(), COMPARED.into()],
            |row| {
                alike.extend(own.likeness(row.str(1)?).map(|likeness| (likeness, row.int(0))));
                Ok(())
            },
        )?;
        for (likeness, id) in alike {
            found.push((likeness, customer::root(db, CustomerId(id?))?));
        }
    }
    Ok(found)
}

/// A folded name as it is compared: whole, and without what a company is by law.
struct Name {
    whole: Letters,
    core: Letters,
}

impl Name {
    fn of(key: &str) -> Self {
        let key = loose(key);
        Self { whole: Letters::of(&key), core: Letters::of(without_legal_form(&key)) }
    }

    /// How alike another is, however it is spelled: Müller is Mueller, Acme may be Acme Corp.
    fn likeness(&self, other: &str) -> Option<Likeness> {
        let spelled = ["ae", "oe", "ue", "'"].iter().any(|two| other.contains(two));
        let other = if spelled { Cow::Owned(loose(other)) } else { Cow::Borrowed(other) };
        let core = without_legal_form(&other);
        let same_core = || self.core.likeness(core).map(|_| Likeness::SimilarName);
        let has_form = core.len() < other.len() || self.core.plain.len() < self.whole.plain.len();
        self.whole.likeness(&other).or_else(|| if has_form { same_core() } else { None })
    }
}

/// What stands behind the name of a company for its legal form, folded and without points.
const LEGAL_FORMS: &[&str] = &[
    "ab",
    "ag",
    "aps",
    "as",
    "bv",
    "bvba",
    "co",
    "company",
    "corp",
    "corporation",
    "cv",
    "eg",
    "ek",
    "eu",
    "ev",
    "eurl",
    "gbr",
    "gesmbh",
    "gmbh",
    "inc",
    "incorporated",
    "kft",
    "kg",
    "kgaa",
    "limited",
    "llc",
    "llp",
    "lp",
    "ltd",
    "mbh",
    "nv",
    "ohg",
    "oy",
    "oyj",
    "plc",
    "pty",
    "sa",
    "sarl",
    "sas",
    "sc",
    "se",
    "sl",
    "slu",
    "sp",
    "spa",
    "sprl",
    "srl",
    "ug",
    "vof",
    "z",
    "oo",
];

/// The name without its legal form at the end; a name of nothing else is left as it is.
fn without_legal_form(key: &str) -> &str {
    let mut core = key;
    // A person's name has a comma.
    while let Some((before, last)) = core.rsplit_once(' ').filter(|_| !key.contains(", ")) {
        let last: String = last.chars().filter(char::is_ascii_alphanumeric).collect();
        if !(last.is_empty() || LEGAL_FORMS.contains(&last.as_str())) {
            break;
        }
        core = before.trim_end();
    }
    core
}

/// The letters and digits of a folded name, and how many there are of each.
struct Letters {
    plain: Vec<u8>,
    counts: [i32; 256],
}

impl Letters {
    fn of(text: &str) -> Self {
        let plain: Vec<u8> = text.bytes().filter(u8::is_ascii_alphanumeric).collect();
        let mut counts = [0; 256];
        for letter in &plain {
            counts[usize::from(*letter)] += 1;
        }
        Self { plain, counts }
    }

    /// How alike another folded name is: at most one letter in seven differs.
    ///
    /// One slip makes at most one letter too many and one too few. Names that have more of either are told apart by
    /// counting; only the rest is compared letter by letter.
    fn likeness(&self, other: &str) -> Option<Likeness> {
        let mut left = self.counts;
        let (mut length, mut extra) = (0_usize, 0_usize);
        for letter in other.bytes().filter(u8::is_ascii_alphanumeric) {
            length += 1;
            let count = &mut left[usize::from(letter)];
            *count -= 1;
            extra += usize::from(*count < 0);
        }
        let longest = self.plain.len().max(length);
        let missing = (self.plain.len() + extra).saturating_sub(length);
        if extra.max(missing) * 7 > longest {
            return None;
        }
        let other: Vec<u8> = other.bytes().filter(u8::is_ascii_alphanumeric).collect();
        if self.plain == other {
            return Some(Likeness::Name);
        }
        let differing = strsim::generic_damerau_levenshtein(&self.plain, &other);
        (differing * 7 <= longest).then_some(Likeness::SimilarName)
    }
}

fn read(db: &Db, id: CustomerId, likeness: Likeness) -> Result<Option<Alike>> {
    db.one(
        "SELECT company_name, first_name, last_name, email, phone FROM customer WHERE id = ?1",
        &[id.into()],
        |row| {
            let (company, first, last) = (row.text(0)?, row.text(1)?, row.text(2)?);
            let name = DisplayName { company: &company, first: &first, last: &last }.listed();
            Ok(Alike { id, name, email: row.text(3)?, phone: row.text(4)?, likeness })
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_alike_and_another_name_is_not() {
        for (one, other, alike) in [
            ("acme corp", "acme corp.", Some(Likeness::Name)),
            ("delgado, ana", "delgado, ann", Some(Likeness::SimilarName)),
            ("lindqvist design ab", "lindqvist desing ab", Some(Likeness::SimilarName)),
            ("acme corp", "acme dental lab", None),
            ("ito, ken", "ito, ben", None),
            ("ito", "ilo", None),
        ] {
            assert_eq!(Name::of(one).likeness(other), alike, "{one} {other}");
        }
    }

    /// F62.
    #[test]
    fn a_name_is_alike_however_it_is_spelled_and_with_its_legal_form_or_without() {
        for (one, other, alike) in [
            ("acme", "acme corp", Some(Likeness::SimilarName)),
            ("acme gmbh & co. kg", "acme", Some(Likeness::SimilarName)),
            ("acme g.m.b.h.", "acme ag", Some(Likeness::SimilarName)),
            ("muller, jan", "mueller, jan", Some(Likeness::Name)),
            ("o'brien, pat", "obrien, pat", Some(Likeness::Name)),
            ("acme", "acme dental", None),
            ("co", "corp", None),
            ("silva, sa", "silva, ag", None),
        ] {
            assert_eq!(Name::of(one).likeness(other), alike, "{one} {other}");
            assert_eq!(Name::of(other).likeness(one), alike, "{other} {one}");
        }
    }
}
