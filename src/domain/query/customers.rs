//! What the list of customers is asked for, and the segments, which are such questions kept.

use serde::{Deserialize, Serialize};

use crate::domain::customer::CustomerKind;
use crate::domain::format::coded;
use crate::domain::id::{ClassId, GroupId};

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CustomerSort {
    /// A–Z.
    #[default]
    Name,
    /// Highest lifetime value first.
    LifetimeValue,
    /// Most subscriptions (live and ended) first.
    Subscriptions,
    /// Newest customer first.
    Joined,
}

coded!(CustomerSort { Name = "name", LifetimeValue = "ltv", Subscriptions = "subscriptions", Joined = "joined" });

/// Customers alike in one way: the segments every shop has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Segment {
    /// Lifetime value at or above the shop's setting; without one, the top tenth.
    HighValue,
    /// A payment failed in the last 90 days.
    AtRisk,
    /// Two subscriptions or more, or one that was extended.
    Loyal,
    /// First subscription within 30 days.
    New,
    /// Companies.
    Business,
}

/// What the list shows. Parts combine. Closed customers show only where `closed` says so.
///
/// A segment keeps all of it but what is typed, which may be somebody's name.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CustomerFilter {
    /// Name, company, email or phone; also of one merged into it.
    #[serde(skip)]
    pub query: String,
    /// Only those another filter has too, such as a segment the shop made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<Box<Self>>,
    /// Only this kind.
    pub kind: Option<CustomerKind>,
    /// Only with, or only without, an active subscription.
    pub active: Option<bool>,
    /// Lifetime value from … to …, in minor units.
    pub lifetime: (Option<i64>, Option<i64>),
    /// Only members of this group.
    pub group: Option<GroupId>,
    /// Only of this class.
    pub class: Option<ClassId>,
    /// Only this segment.
    pub segment: Option<Segment>,
    pub closed: bool,
    /// The order.
    pub sort: CustomerSort,
    /// The order reversed.
    pub reverse: bool,
}

impl Segment {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::HighValue, Self::AtRisk, Self::Loyal, Self::New, Self::Business];

    /// As commands and saved filters write it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::HighValue => "high_value",
            Self::AtRisk => "at_risk",
            Self::Loyal => "loyal",
            Self::New => "new",
            Self::Business => "business",
        }
    }

    /// As screens write it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::HighValue => "High value",
            Self::AtRisk => "At risk",
            Self::Loyal => "Loyal",
            Self::New => "New",
            Self::Business => "Business",
        }
    }

    /// Read from its code, also with `-`.
    pub fn from_code(code: &str) -> Option<Self> {
        let code = code.trim().to_lowercase().replace(['-', ' '], "_");
        Self::ALL.into_iter().find(|segment| segment.code() == code)
    }
}

impl CustomerFilter {
    /// Whether an index answers it whatever the book: all of them by name.
    pub fn is_first_view(&self) -> bool {
        *self == Self { closed: self.closed, reverse: self.reverse, ..Self::default() }
    }

    /// As it is kept in a book and in its log.
    pub fn written(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads [`Self::written`], of today or of any version before; `None` where it is none.
    pub fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As each version wrote a filter: they stand in saved segments and, chained, in the log.
    const WRITTEN: &[(&str, &str)] = &[
        (
            "1",
            r#"{"kind":"business","active":true,"lifetime":[10000,null],"group":3,"class":2,"segment":"at_risk","closed":false,"sort":"lifetime_value","reverse":true}"#,
        ),
        (
            "2",
            r#"{"within":{"kind":null,"active":null,"lifetime":[null,null],"group":null,"class":null,"segment":"loyal","closed":true,"sort":"name","reverse":false},"kind":"business","active":true,"lifetime":[10000,null],"group":3,"class":2,"segment":"at_risk","closed":false,"sort":"lifetime_value","reverse":true}"#,
        ),
    ];

    fn of_version_1() -> CustomerFilter {
        CustomerFilter {
            kind: Some(CustomerKind::Business),
            active: Some(true),
            lifetime: (Some(10_000), None),
            group: Some(GroupId(3)),
            class: Some(ClassId(2)),
            segment: Some(Segment::AtRisk),
            sort: CustomerSort::LifetimeValue,
            reverse: true,
            ..CustomerFilter::default()
        }
    }

    #[test]
    fn a_filter_of_any_version_is_read_and_written_back_as_it_was() {
        let loyal = CustomerFilter { segment: Some(Segment::Loyal), closed: true, ..CustomerFilter::default() };
        let filters = [of_version_1(), CustomerFilter { within: Some(Box::new(loyal)), ..of_version_1() }];
        for ((version, text), filter) in WRITTEN.iter().zip(filters) {
            assert_eq!(CustomerFilter::read(text).as_ref(), Some(&filter), "{version}");
            assert_eq!(filter.written(), *text, "{version}");
        }
    }

    #[test]
    fn what_a_version_does_not_know_is_left_as_it_is_by_default_and_what_is_no_filter_is_none() {
        let some = CustomerFilter::read(r#"{"segment":"new","of_tomorrow":1}"#).unwrap();
        assert_eq!(some, CustomerFilter { segment: Some(Segment::New), ..CustomerFilter::default() });
        assert_eq!(CustomerFilter::read("{}"), Some(CustomerFilter::default()));
        for text in ["", "[1]", r#"{"segment":"best"}"#] {
            assert_eq!(CustomerFilter::read(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_typed_is_never_kept() {
        let typed = CustomerFilter { query: "Ann".into(), ..CustomerFilter::default() };
        assert!(!typed.written().contains("Ann"));
    }
}
