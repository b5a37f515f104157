//! F4 on the list of invoices: what is shown, and in which order.

use serde::{Deserialize, Serialize};

use crate::domain::format::Style;
use crate::domain::id::{CustomerId, GroupId};
use crate::domain::status::{InvoiceKind, InvoiceStatus};
use crate::tui::desk::Desk;
use crate::tui::desk::reads::{DayRange, InvoiceFilter, InvoiceSort, SegmentRow};
use crate::tui::forms::filter::{self, Wish};
use crate::tui::forms::lookups::Named;
use crate::tui::forms::{Field, Item, Read, lookups, segments};
use crate::tui::words;

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
    /// Only what nobody has sent yet.
    #[serde(default)]
    pub unsent: bool,
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
        (filter.unsent, filter.reverse) = (self.unsent, self.reverse);
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
            ("Mail", self.unsent.then(|| "not sent yet".to_owned())),
            ("Order", order),
        ];
        chips.into_iter().filter_map(|(name, value)| value.map(|value| (name, value))).collect()
    }
}

impl Wish for InvoiceWish {
    const ASKED: &'static str = "invoice filter";
    const TITLE: &'static str = "Filter and sort invoices";

    fn fields(&self, style: Style, desk: &Desk) -> Vec<Field> {
        let day = |name: &'static str, label: &'static str, day| Field::date(name, label, day, desk.today(), style);
        let statuses = InvoiceStatus::ALL.iter().map(|status| Item::new(status.code(), status.word()));
        let kinds = InvoiceKind::ALL.iter().map(|kind| Item::new(kind.code(), kind.word()));
        let status = self.status.map_or("", InvoiceStatus::code);
        let mut fields = vec![
            Field::choice("status", "Status", lookups::or_any(statuses), status),
            Field::choice("kind", "Kind", lookups::or_any(kinds), self.kind.map_or("", InvoiceKind::code)),
            day("invoiced_from", "Dated from", self.invoiced.0),
            day("invoiced_to", "Dated to", self.invoiced.1),
            day("due_from", "Due from", self.due.0),
            day("due_to", "Due to", self.due.1),
            lookups::field("customer", "Customer", self.customer.as_ref()),
            segments::field(&self.segment.as_ref().map(segments::key).unwrap_or_default(), desk),
            lookups::field("group", "Billing group", self.group.as_ref()),
        ];
        fields.push(Field::check("unsent", "Mail", self.unsent).hint("only what was not sent yet"));
        fields.extend(filter::order(&SORTS, &self.sort, self.reverse));
        fields
    }

    fn read(read: &mut Read<'_>, desk: &Desk) -> Option<Self> {
        let invoiced = lookups::range(read, ("invoiced_from", "invoiced_to"));
        let due = lookups::range(read, ("due_from", "due_to"));
        let customer = lookups::named(read, "customer", desk);
        let group = lookups::named(read, "group", desk);
        Some(Self {
            status: InvoiceStatus::from_code(&read.text("status")),
            kind: InvoiceKind::from_code(&read.text("kind")),
            invoiced: invoiced?,
            due: due?,
            customer: customer?,
            segment: segments::chosen(read, desk),
            group: group?,
            unsent: read.is_on("unsent"),
            sort: read.text("sort"),
            reverse: read.is_on("reverse"),
        })
    }
}
