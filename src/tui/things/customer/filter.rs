//! Which customers the list shows, and in which order.

use crate::domain::customer::CustomerKind;
use crate::domain::id::{ClassId, GroupId};
use crate::domain::money::Money;
use crate::services::DeskError;
use crate::services::reads::{CustomerFilter, CustomerSort, SegmentRow, classes, segment_filter, segment_text};
use crate::tui::desk::Desk;
use crate::tui::forms::lookups::{self, Known as _, Named, or_any};
use crate::tui::forms::{Field, Form, Item, Read, segments};
use crate::tui::reply::{Answer, Reply};

/// Under this name the filter comes back.
pub const ASKED: &str = "customer filter";

/// The orders, with their codes and words.
const SORTS: [(CustomerSort, &str, &str); 4] = [
    (CustomerSort::Name, "name", "Name, A to Z"),
    (CustomerSort::LifetimeValue, "lifetime", "Lifetime value, highest first"),
    (CustomerSort::Subscriptions, "subscriptions", "Most subscriptions first"),
    (CustomerSort::Joined, "joined", "Newest customer first"),
];

/// The filter as fields.
#[derive(Debug)]
pub struct CustomerFilterForm {
    filter: CustomerFilter,
}

impl CustomerFilterForm {
    /// Starts from the filter that holds.
    pub const fn new(filter: CustomerFilter) -> Self {
        Self { filter }
    }
}

/// The words of an order.
pub fn sort_word(sort: CustomerSort) -> &'static str {
    SORTS.iter().find(|(known, ..)| *known == sort).map_or("", |(.., word)| word)
}

/// Puts the answer of the form into `filter`; the query stays as it is. The name of the segment of the shop's own that
/// was chosen, if one was.
pub fn take(filter: &mut CustomerFilter, answer: &Answer) -> Option<String> {
    let (own, within) = answer.key.split_once('\n').unwrap_or((&answer.key, ""));
    let query = std::mem::take(&mut filter.query);
    let within = segment_filter(within).map(Box::new);
    let name = within.as_ref().map(|_| answer.text.clone());
    *filter = CustomerFilter { query, within, ..segment_filter(own).unwrap_or_default() };
    name
}

/// What the group and the class of a filter are called.
pub fn names(filter: &CustomerFilter, desk: &Desk) -> [Option<String>; 2] {
    let class = filter.class.and_then(|class| {
        let classes = desk.read(|db| classes(db).map_err(DeskError::from)).unwrap_or_default();
        classes.into_iter().find(|(id, _)| *id == class).map(|(_, name)| name)
    });
    [filter.group.and_then(|group| group.name(desk)), class]
}

impl Form for CustomerFilterForm {
    fn writes(&self) -> bool {
        false
    }

    fn title(&self) -> String {
        "Filter and sort customers".to_owned()
    }

    fn fields(&self, desk: &Desk) -> Vec<Field> {
        let filter = &self.filter;
        let kinds = or_any(CustomerKind::ALL.iter().map(|kind| Item::new(kind.code(), kind.word())));
        let active = [Item::new("yes", "With an active one"), Item::new("no", "Without an active one")];
        let active = or_any(active.into_iter());
        let sorts = SORTS.iter().map(|(_, code, word)| Item::new(*code, *word)).collect();
        let sort = SORTS.iter().find(|(sort, ..)| *sort == filter.sort).map_or("", |(_, code, _)| code);
        let is_active = filter.active.map_or("", |active| if active { "yes" } else { "no" });
        let amount = |minor: Option<i64>| {
            let shop = desk.shop().ok();
            shop.zip(minor).map(|(shop, minor)| shop.style.amount(Money::new(minor, shop.currency))).unwrap_or_default()
        };
        let segment = self.segment(desk);
        let classes = desk.read(|db| classes(db).map_err(DeskError::from)).unwrap_or_default();
        let classes = or_any(classes.into_iter().map(|(id, name)| Item::new(id.to_string(), name)));
        let class = filter.class.map(|class| class.to_string()).unwrap_or_default();
        let group = filter.group.map(|id| Named { id, name: id.name(desk).unwrap_or_default() });
        vec![
            Field::choice("kind", "Kind", kinds, filter.kind.map_or("", CustomerKind::code)),
            Field::choice("active", "Subscriptions", active, is_active).width(24),
            Field::amount("from", "Lifetime value from").with(amount(filter.lifetime.0)),
            Field::amount("to", "to").with(amount(filter.lifetime.1)),
            segments::field(&segment, desk),
            lookups::field("group", "Billing group", group.as_ref()).hint("empty: any"),
            Field::choice("class", "Class", classes, &class),
            Field::check("closed", "Closed ones too", filter.closed),
            Field::choice("sort", "Sorted by", sorts, sort).width(32),
            Field::check("reverse", "The other way round", filter.reverse),
        ]
    }

    fn save_word(&self) -> &'static str {
        "Show"
    }

    fn submit(&self, read: &mut Read<'_>, desk: &Desk) -> Option<Reply> {
        let shop = desk.shop().ok()?;
        let mut minor = |name| Some(read.amount_if_any(name, shop.style, shop.currency)?.map(Money::minor));
        let (from, to) = (minor("from"), minor("to"));
        if let (Some(Some(from)), Some(Some(to))) = (from, to)
            && from > to
        {
            read.refuse("to", "this is less than where it begins");
            return None;
        }
        let group = lookups::named::<GroupId>(read, "group", desk);
        let class = read.text("class").parse().ok().map(ClassId);
        let segment = segments::chosen(read, desk);
        let own = segment.as_ref().filter(|row| row.id.is_some());
        let sort =
            SORTS.iter().find(|(_, code, _)| *code == read.text("sort")).map_or(CustomerSort::Name, |(sort, ..)| *sort);
        let filter = CustomerFilter {
            kind: CustomerKind::from_code(&read.text("kind")),
            active: match read.text("active").as_str() {
                "yes" => Some(true),
                "no" => Some(false),
                _ => None,
            },
            lifetime: (from?, to?),
            group: group?.map(|named| named.id),
            class,
            segment: segment.as_ref().filter(|row| row.id.is_none()).and_then(|row| row.filter.segment),
            closed: read.is_on("closed"),
            sort,
            reverse: read.is_on("reverse"),
            ..CustomerFilter::default()
        };
        let within = own.map(|row| segment_text(&row.filter)).unwrap_or_default();
        let text = own.map(|row| row.name.clone()).unwrap_or_default();
        Some(Reply::Give(Answer { asked: ASKED, key: format!("{}\n{within}", segment_text(&filter)), text }))
    }

    fn items(&self, name: &str, typed: &str, desk: &Desk) -> Vec<Item> {
        lookups::items(name, typed, desk)
    }
}

impl CustomerFilterForm {
    /// The choice that stands for the segment of the filter that holds.
    fn segment(&self, desk: &Desk) -> String {
        let filter = &self.filter;
        let fits = |row: &SegmentRow| match (&filter.within, row.id) {
            (Some(within), Some(_)) => **within == row.filter,
            (None, None) => filter.segment.is_some() && filter.segment == row.filter.segment,
            _ => false,
        };
        segments::all(desk).iter().find(|row| fits(row)).map(segments::key).unwrap_or_default()
    }
}
