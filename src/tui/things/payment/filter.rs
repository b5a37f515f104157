//! F4 on the list of payments: what is shown, and in which order.

use serde::{Deserialize, Serialize};

use crate::domain::format::Style;
use crate::domain::id::{CustomerId, GroupId};
use crate::domain::method::Method;
use crate::domain::status::PaymentStanding;
use crate::tui::desk::Desk;
use crate::tui::desk::reads::{DayRange, PaymentFilter, PaymentSort, PaymentView, SegmentRow};
use crate::tui::forms::filter::{self, Wish};
use crate::tui::forms::lookups::Named;
use crate::tui::forms::{Field, Item, Read, lookups, segments};
use crate::tui::words;

/// The orders, as code and words.
const SORTS: [(&str, &str, PaymentSort); 5] = [
    ("due", "Due day, oldest first", PaymentSort::Due),
    ("amount", "Amount, highest first", PaymentSort::Amount),
    ("customer", "Customer, A to Z", PaymentSort::Customer),
    ("status", "Status", PaymentSort::Status),
    ("paid", "Day of payment, newest first", PaymentSort::Paid),
];

/// What a person asked for beside the saved view.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PaymentWish {
    /// Only this status.
    pub status: Option<PaymentStanding>,
    /// Due from … to ….
    pub due: DayRange,
    /// Paid from … to ….
    pub paid: DayRange,
    /// Only this customer's.
    pub customer: Option<Named<CustomerId>>,
    /// Only of the customers of this segment.
    pub segment: Option<SegmentRow>,
    /// Only what is billed to this group.
    pub group: Option<Named<GroupId>>,
    /// Only paid by this method.
    pub method: Option<Method>,
    /// Only what is disputed.
    pub disputed: bool,
    /// The code of the order; empty: as the view has it.
    pub sort: String,
    /// The order reversed.
    pub reverse: bool,
}

impl PaymentWish {
    /// Whether nothing is asked for.
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }

    /// The order, `usual` where none was asked for.
    fn order(&self, usual: PaymentSort) -> PaymentSort {
        SORTS.iter().find(|(code, _, _)| *code == self.sort).map_or(usual, |(_, _, sort)| *sort)
    }

    /// Puts it into the filter of the list.
    pub fn apply(&self, filter: &mut PaymentFilter) {
        filter.statuses = self.status.into_iter().collect();
        (filter.due, filter.paid) = (self.due, self.paid);
        filter.customer = self.customer.as_ref().map(|named| named.id);
        filter.segment = self.segment.as_ref().map(|row| Box::new(row.filter.clone()));
        filter.group = self.group.as_ref().map(|named| named.id);
        (filter.method, filter.disputed) = (self.method, self.disputed);
        // Of what is paid, the newest is what people look for.
        let usual = if filter.view == PaymentView::Paid { PaymentSort::Paid } else { PaymentSort::Due };
        (filter.sort, filter.reverse) = (self.order(usual), self.reverse);
    }

    /// What stands on the screen while it holds. Periods still to come have only a customer and a first day: what asks
    /// for more is said not to hold for them.
    pub fn chips(&self, style: Style, view: PaymentView) -> Vec<(&'static str, String)> {
        let is_upcoming = view == PaymentView::Upcoming;
        let sort = SORTS.iter().find(|(code, _, _)| *code == self.sort);
        let order = match (sort, self.reverse) {
            (None, false) => None,
            (Some(_), false) if is_upcoming => Some("by first day here".to_owned()),
            (_, true) if is_upcoming => Some("by first day here, reversed".to_owned()),
            (sort, reverse) => {
                let word = sort.map_or("the usual", |(code, _, _)| code);
                Some(format!("by {word}{}", if reverse { ", reversed" } else { "" }))
            }
        };
        let chips = [
            ("Status", self.status.map(|status| status.word().to_owned())),
            (if is_upcoming { "From" } else { "Due" }, words::days(style, self.due)),
            ("Paid", words::days(style, self.paid)),
            ("Customer", self.customer.as_ref().map(|named| named.name.clone())),
            ("Segment", self.segment.as_ref().map(|row| row.name.clone())),
            ("Group", self.group.as_ref().map(|named| named.name.clone())),
            ("Method", self.method.map(|method| method.word().to_owned())),
            ("Dispute", self.disputed.then(|| "open".to_owned())),
            ("Order", order),
        ];
        let narrows = |name| !is_upcoming || !matches!(name, "Status" | "Paid" | "Method" | "Dispute");
        let said = |name, value| if narrows(name) { value } else { format!("{value} (not here)") };
        chips.into_iter().filter_map(|(name, value)| value.map(|value| (name, said(name, value)))).collect()
    }
}

impl Wish for PaymentWish {
    const ASKED: &'static str = "payment filter";
    const TITLE: &'static str = "Filter and sort payments";

    fn fields(&self, style: Style, desk: &Desk) -> Vec<Field> {
        let day = |name: &'static str, label: &'static str, day| Field::date(name, label, day, desk.today(), style);
        let statuses = PaymentStanding::ALL.iter().map(|status| Item::new(status.code(), status.word()));
        let methods = Method::ALL.iter().map(|method| Item::new(method.code(), method.word()));
        let status = self.status.map_or("", PaymentStanding::code);
        let mut fields = vec![
            Field::choice("status", "Status", lookups::or_any(statuses), status),
            day("due_from", "Due from", self.due.0),
            day("due_to", "Due to", self.due.1),
            day("paid_from", "Paid from", self.paid.0),
            day("paid_to", "Paid to", self.paid.1),
            lookups::field("customer", "Customer", self.customer.as_ref()),
            segments::field(&self.segment.as_ref().map(segments::key).unwrap_or_default(), desk),
            lookups::field("group", "Billing group", self.group.as_ref()),
            Field::choice("method", "Method", lookups::or_any(methods), self.method.map_or("", Method::code)),
            Field::check("disputed", "Disputed", self.disputed).hint("only with an open dispute"),
        ];
        fields.extend(filter::order(&SORTS, &self.sort, self.reverse));
        fields
    }

    fn read(read: &mut Read<'_>, desk: &Desk) -> Option<Self> {
        let due = lookups::range(read, ("due_from", "due_to"));
        let paid = lookups::range(read, ("paid_from", "paid_to"));
        let customer = lookups::named(read, "customer", desk);
        let group = lookups::named(read, "group", desk);
        let sort = read.text("sort");
        Some(Self {
            status: PaymentStanding::from_code(&read.text("status")),
            due: due?,
            paid: paid?,
            customer: customer?,
            segment: segments::chosen(read, desk),
            group: group?,
            method: Method::from_code(&read.text("method")),
            disputed: read.is_on("disputed"),
            sort,
            reverse: read.is_on("reverse"),
        })
    }
}
