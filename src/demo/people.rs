//! Who comes to the demo shop, when, and how they pay.

use chrono::NaiveDate;

use super::chance::{Chance, Topic};
use super::names;
use crate::domain::calendar::add_days;
use crate::domain::id::CustomerId;
use crate::services::Action;
use crate::services::actions::customer::CustomerDraft;
use crate::services::actions::group::GroupDraft;

/// How somebody pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Habit {
    /// By transfer, before the due day.
    Prompt,
    /// By transfer, around the due day and after it.
    Slow,
    /// By card, on the due day.
    Card,
    /// The bank needs some days from the due day on.
    Debit,
    /// Everything that is open, with one transfer.
    Together,
    /// Weeks later, and in parts.
    Careless,
}

/// The first few customers play a part: something happens to them near the last day.
pub(super) const CAST: usize = 4;

/// Somebody who comes to the shop.
pub(super) struct Person {
    pub at: usize,
    pub joins_on: NaiveDate,
    pub is_business: bool,
    pub habit: Habit,
    /// Which of the three groups pays.
    pub group: Option<usize>,
    pub id: CustomerId,
}

/// Everybody who comes between these days, in the order of coming.
pub(super) fn everybody(seed: u64, count: usize, first: NaiveDate, days: i64) -> Vec<Person> {
    let mut all: Vec<Person> = (0..count).map(|at| somebody(seed, at, count, first, days)).collect();
    all.sort_by_key(|person| (person.joins_on, person.at));
    all
}

/// How many of `count` customers each group has.
fn members(count: usize) -> [usize; 3] {
    [12, 15, 20].map(|share| (count / share).min(60))
}

fn group_of(at: usize, count: usize) -> Option<usize> {
    let mut from = CAST;
    for (group, size) in members(count).into_iter().enumerate() {
        if (from..from + size).contains(&at) {
            return Some(group);
        }
        from += size;
    }
    None
}

fn somebody(seed: u64, at: usize, count: usize, first: NaiveDate, days: i64) -> Person {
    let mut chance = Chance::of(seed, Topic::Person, at as u64);
    let group = group_of(at, count);
    // A shop opens with the customers it has, and then grows.
    let wait = if chance.percent(48) { chance.between(0, 24) } else { chance.between(24, days - 3) };
    let wait = if at < CAST || group.is_some() { chance.between(0, 6) } else { wait };
    let habit = match chance.below(100) {
        0..=54 => Habit::Prompt,
        55..=69 => Habit::Slow,
        70..=82 => Habit::Card,
        83..=90 => Habit::Debit,
        91..=96 => Habit::Together,
        _ => Habit::Careless,
    };
    Person {
        at,
        joins_on: add_days(first, wait.clamp(0, (days - 1).max(0))),
        is_business: at >= CAST && group.is_none() && chance.percent(38),
        habit: if at < CAST { Habit::Prompt } else { habit },
        group,
        id: CustomerId(0),
    }
}

impl Person {
    /// The Action that adds them.
    pub fn add(&self, seed: u64) -> Action {
        let mut chance = Chance::of(seed, Topic::Name, self.at as u64);
        let named = self.named(&mut chance);
        let terms = *chance.pick(&["7", "14", "14", "30", "30"]);
        Action::AddCustomer(Box::new(CustomerDraft {
            kind: if self.is_business { "business" } else { "individual" }.into(),
            registration_number: if self.is_business { format!("REG {:06}", 100_000 + self.at) } else { String::new() },
            contact_person: if self.is_business { format!("{} {}", named.first, named.last) } else { String::new() },
            first_name: if self.is_business { String::new() } else { named.first },
            last_name: if self.is_business { String::new() } else { named.last },
            company_name: named.company,
            email: named.email,
            invoice_emails: String::new(),
            phone: named.phone,
            // Of a country whose numbers nobody can mistake for real ones.
            vat_number: if self.is_business && self.at.is_multiple_of(3) {
                format!("XX DEMO {:05}", self.at)
            } else {
                String::new()
            },
            terms: if self.is_business { terms.into() } else { String::new() },
            class: String::new(),
            tax: String::new(),
            tax_reason: String::new(),
            currency: String::new(),
            address: named.address,
        }))
    }

    fn named(&self, chance: &mut Chance) -> names::Named {
        if self.is_business { names::company(self.at, chance) } else { names::person(self.at, chance) }
    }
}

/// The three billing groups.
pub(super) fn groups() -> Vec<Action> {
    [
        ("Lantern Studios, all staff", "Niamh Quillfeather", "lantern", "Lighthouse Road 4; Exampleton", "30", "1"),
        ("Kranich Messebau, Außendienst", "Käthe Prüfstein", "kranich", "Am Prüfplatz 9; Beispielstadt", "14", "15"),
        ("Φάρος Εκδόσεις, συντάκτες", "Ελένη Δείγμα", "pharos", "Οδός Προτύπου 12; Παράδειγμα", "30", "20"),
    ]
    .into_iter()
    .map(|(name, contact, mailbox, address, terms, billing_day)| {
        Action::AddGroup(Box::new(GroupDraft {
            name: name.into(),
            contact_name: contact.into(),
            email: format!("accounts@{mailbox}.example"),
            invoice_emails: String::new(),
            address: address.into(),
            tax_number: String::new(),
            terms: terms.into(),
            billing_day: billing_day.into(),
        }))
    })
    .collect()
}
