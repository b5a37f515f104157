//! Who the shop deals with: the kind of a customer, and the name it is shown and sorted by.

use serde::{Deserialize, Serialize};

use super::format::coded;
use super::text::fold;

/// A person or a company. The kind decides the terms of a regular invoice.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CustomerKind {
    /// A private person: an invoice is due on the day it is issued.
    #[default]
    Individual,
    /// A company, with terms of its own or its class's.
    Business,
}

coded!(CustomerKind { Individual = "individual", Business = "business" });

impl CustomerKind {
    /// The word on screens.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Individual => "Individual",
            Self::Business => "Business",
        }
    }
}

/// The parts of a customer's name, borrowed, to show them in the order a place needs.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct DisplayName<'a> {
    /// The company, empty for a person.
    pub company: &'a str,
    /// The first name, may be empty.
    pub first: &'a str,
    /// The last name, may be empty.
    pub last: &'a str,
}

impl DisplayName<'_> {
    /// For letters and headings: the company, else `First Last`.
    pub fn full(&self) -> String {
        if self.company.trim().is_empty() { joined(&[self.first, self.last], " ") } else { self.company.trim().into() }
    }

    /// For lists: the company, else `Last, First`.
    pub fn listed(&self) -> String {
        if self.company.trim().is_empty() { joined(&[self.last, self.first], ", ") } else { self.company.trim().into() }
    }

    /// The folded key that lists sort by: “Żółć, Łukasz” stands with Z.
    pub fn sort_key(&self) -> String {
        fold(&self.listed())
    }
}

/// The parts that are not empty, with `between` between them.
fn joined(parts: &[&str], between: &str) -> String {
    let parts: Vec<&str> = parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
    parts.join(between)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_company_is_shown_by_its_name_and_a_person_by_both() {
        let person = DisplayName { company: "", first: "Łukasz", last: "Żółć" };
        assert_eq!(person.full(), "Łukasz Żółć");
        assert_eq!(person.listed(), "Żółć, Łukasz");
        assert_eq!(person.sort_key(), "zolc, lukasz");
        let company = DisplayName { company: "Acme GmbH", first: "Ann", last: "Lee" };
        assert_eq!(company.full(), "Acme GmbH");
        assert_eq!(company.listed(), "Acme GmbH");
        assert_eq!(DisplayName { last: "Cher", ..DisplayName::default() }.listed(), "Cher");
    }
}
