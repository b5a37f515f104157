//! F4 on the list of invoices: what is shown, and in which order.

use serde::{Deserialize, Serialize};

use crate::domain::format::Style;
use crate::domain::id::{CustomerId, GroupId};
use crate::domain::status::{InvoiceKind, InvoiceStatus};
use crate::tui::desk::Desk;
use crate::tui::desk::reads::{DayRange, InvoiceFilter, InvoiceSort, SegmentRow};
use crate::tui::forms::lookups::Named;
use crate::tui::forms::{Field, Form, Item, Read, lookups, segments};
use crate::tui::reply::{Answer, Reply};
use crate::tui::words;

/// Under this name the answer comes back.
pub const ASKED: &str = "invoice filter";

/// The orders, as code and words.
const SORTS: [(&str, &str, InvoiceSort); 4] = [
    ("number", "Number, newest first", InvoiceSort::Number),
    ("due", "Due day, oldest first", InvoiceSort::Due),
    ("amount", "Total, highest first", InvoiceSort::Amount),
    ("customer", "Payer, A to Z", InvoiceSort::Customer),
];

/// What a person asked for beside the saved view.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct InvoiceWish {
    /// Only this status.
    pub status: Option<InvoiceStatus>,
    /// Only this kind.
    pub kind: Option<InvoiceKind>,
    /// Dated from … to ….
    pub invoiced: DayRange,
    /// Due from … to ….
    pub due: DayRange,
    /// Only this customer's.
    pub customer: Option<Named<CustomerId>>,
    /// Only of the customers of this segment.
    pub segment: Option<SegmentRow>,
    /// Only this group's.
    pub group: Option<Named<GroupId>>,
    /// The code of the order; empty: as the view has it.
    pub sort: String,
    /// The order reversed.
    pub reverse: bool,
}

impl InvoiceWish {
    /// Whether nothing is asked for.
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }

    /// Puts it into the filter of the list; `usual` is the order of the view.
    pub fn apply(&self, filter: &mut InvoiceFilter, usual: InvoiceSort) {
        if let Some(status) = self.status {
            filter.statuses = vec![status];
        }
        filter.kind = self.kind;
        (filter.invoiced, filter.due) = (self.invoiced, self.due);
        filter.customer = self.customer.as_ref().map(|named| named.id);
        filter.segment = self.segment.as_ref().map(|row| Box::new(row.filter.clone()));
        filter.group = self.group.as_ref().map(|named| named.id);
        filter.sort = SORTS.iter().find(|(code, _, _)| *code == self.sort).map_or(usual, |(_, _, sort)| *sort);
        filter.reverse = self.reverse;
    }

    /// What stands on the screen while it holds.
    pub fn chips(&self, style: Style) -> Vec<(&'static str, String)> {
        let order = match (self.sort.as_str(), self.reverse) {
            ("", false) => None,
            ("", true) => Some("reversed".to_owned()),
            (sort, reverse) => Some(format!("by {sort}{}", if reverse { ", reversed" } else { "" })),
        };
        let chips = [
            ("Status", self.status.map(|status| status.word().to_owned())),
            ("Kind", self.kind.map(|kind| kind.word().to_owned())),
            ("Dated", words::days(style, self.invoiced)),
            ("Due", words::days(style, self.due)),
            ("Customer", self.customer.as_ref().map(|named| named.name.clone())),
            ("Segment", self.segment.as_ref().map(|row| row.name.clone())),
            ("Group", self.group.as_ref().map(|named| named.name.clone())),
            ("Order", order),
        ];
        chips.into_iter().filter_map(|(name, value)| value.map(|value| (name, value))).collect()
    }

    /// What the form gave back; `None` when the answer is another's.
    pub fn from_answer(answer: &Answer) -> Option<Self> {
        (answer.asked == ASKED).then(|| serde_json::from_str(&answer.key).unwrap_or_default())
    }
}

/// The form.
#[derive(Debug)]
pub struct InvoiceFilterForm {
    wish: InvoiceWish,
    style: Style,
}

impl InvoiceFilterForm {
    /// The form, filled in with what holds now.
    pub fn new(wish: InvoiceWish, style: Style) -> Self {
        Self { wish, style }
    }
}

impl Form for InvoiceFilterForm {
    fn writes(&self) -> bool {
        false
    }

    fn title(&self) -> String {
        "Filter and sort invoices".to_owned()
    }

    fn fields(&self, desk: &Desk) -> Vec<Field> {
        let wish = &self.wish;
        let day =
            |name: &'static str, label: &'static str, day| Field::date(name, label, day, desk.today(), self.style);
        let statuses = InvoiceStatus::ALL.iter().map(|status| Item::new(status.code(), status.word()));
        let kinds = InvoiceKind::ALL.iter().map(|kind| Item::new(kind.code(), kind.word()));
        let sorts = std::iter::once(Item::new("", "As the view has it"));
        let sorts = sorts.chain(SORTS.iter().map(|(code, word, _)| Item::new(*code, *word))).collect();
        let status = wish.status.map_or("", InvoiceStatus::code);
        vec![
            Field::choice("status", "Status", lookups::or_any(statuses), status),
            Field::choice("kind", "Kind", lookups::or_any(kinds), wish.kind.map_or("", InvoiceKind::code)),
            day("invoiced_from", "Dated from", wish.invoiced.0),
            day("invoiced_to", "Dated to", wish.invoiced.1),
            day("due_from", "Due from", wish.due.0),
            day("due_to", "Due to", wish.due.1),
            lookups::field("customer", "Customer", wish.customer.as_ref()),
            segments::field(&wish.segment.as_ref().map(segments::key).unwrap_or_default(), desk),
            lookups::field("group", "Billing group", wish.group.as_ref()),
            Field::choice("sort", "Order", sorts, &wish.sort).width(26),
            Field::check("reverse", "Turned round", wish.reverse),
        ]
    }

    fn items(&self, name: &str, typed: &str, desk: &Desk) -> Vec<Item> {
        lookups::items(name, typed, desk)
    }

    fn save_word(&self) -> &'static str {
        "Show"
    }

    fn submit(&self, read: &mut Read<'_>, desk: &Desk) -> Option<Reply> {
        let invoiced = lookups::range(read, ("invoiced_from", "invoiced_to"));
        let due = lookups::range(read, ("due_from", "due_to"));
        let customer = lookups::named(read, "customer", desk);
        let group = lookups::named(read, "group", desk);
        let wish = InvoiceWish {
            status: InvoiceStatus::from_code(&read.text("status")),
            kind: InvoiceKind::from_code(&read.text("kind")),
            invoiced: invoiced?,
            due: due?,
            customer: customer?,
            segment: segments::chosen(read, desk),
            group: group?,
            sort: read.text("sort"),
            reverse: read.is_on("reverse"),
        };
        let key = serde_json::to_string(&wish).ok()?;
        Some(Reply::Give(Answer { asked: ASKED, key, text: String::new() }))
    }
}
