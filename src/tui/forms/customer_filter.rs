//! Which customers the list shows, and in which order.

use crate::domain::customer::CustomerKind;
use crate::domain::money::Money;
use crate::services::reads::{CustomerFilter, CustomerSort};
use crate::tui::desk::Desk;
use crate::tui::forms::lookups::or_any;
use crate::tui::forms::{Field, Form, Item, Read};
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
    #[must_use]
    pub const fn new(filter: CustomerFilter) -> Self {
        Self { filter }
    }
}

/// The words of an order.
#[must_use]
pub fn sort_word(sort: CustomerSort) -> &'static str {
    SORTS.iter().find(|(known, ..)| *known == sort).map_or("", |(.., word)| word)
}

/// Puts the answer of the form into `filter`; query and view stay as they are.
pub fn take(filter: &mut CustomerFilter, answer: &Answer) {
    let mut parts = answer.key.split(';');
    let mut part = || parts.next().unwrap_or("").to_owned();
    filter.kind = CustomerKind::from_code(&part());
    filter.active = match part().as_str() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    filter.lifetime = (part().parse().ok(), part().parse().ok());
    filter.closed = part() == "yes";
    let sort = part();
    filter.sort = SORTS.iter().find(|(_, code, _)| *code == sort).map_or(CustomerSort::Name, |(sort, ..)| *sort);
    filter.reverse = part() == "yes";
}

impl Form for CustomerFilterForm {
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
        vec![
            Field::choice("kind", "Kind", kinds, filter.kind.map_or("", CustomerKind::code)),
            Field::choice("active", "Subscriptions", active, is_active).width(24),
            Field::amount("from", "Lifetime value from").with(amount(filter.lifetime.0)),
            Field::amount("to", "to").with(amount(filter.lifetime.1)),
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
        let number = |minor: Option<i64>| minor.map(|minor| minor.to_string()).unwrap_or_default();
        let key = [
            read.text("kind"),
            read.text("active"),
            number(from?),
            number(to?),
            read.text("closed"),
            read.text("sort"),
            read.text("reverse"),
        ];
        Some(Reply::Give(Answer { asked: ASKED, key: key.join(";"), text: String::new() }))
    }
}
