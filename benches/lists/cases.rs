//! The keys that are timed, and the way to them.

use super::book::{GROUP, LARGE};

/// Keys that lead somewhere, keys that are timed there one by one, and keys that lead back to where these began.
pub struct Case {
    pub name: String,
    pub before: String,
    pub timed: Vec<String>,
    pub back: String,
}

fn case(name: impl Into<String>, before: impl Into<String>, timed: &[&str], back: impl Into<String>) -> Case {
    let timed = timed.iter().map(|key| (*key).to_owned()).collect();
    Case { name: name.into(), before: before.into(), timed, back: back.into() }
}

const CUSTOMERS: &str = "<Tab>";
pub const PAYMENTS: &str = "<Tab><Tab>";
const GROUPS: &str = "<Tab><Tab><Tab>";
const INVOICES: &str = "<Tab><Tab><Tab><Tab>";

/// What may be typed: all have it, none, 1,600, 9,000; a number, an amount, a reference.
const TERMS: &[&str] = &["example", "zzzz", "ann", "an", "ow", "2025-01", "0108", "89", "89.00", "ch_ab", "S-0101"];

/// The letters of a text, one key each.
fn letters(text: &str) -> Vec<String> {
    text.chars().map(String::from).collect()
}

fn typing(place: &str, before: &str) -> Vec<Case> {
    let each = TERMS.iter().map(|term| Case {
        name: format!("{place}: type “{term}”"),
        before: before.to_owned(),
        timed: letters(term),
        back: "<Ctrl+U>".to_owned(),
    });
    each.collect()
}

/// Fields of the filter of payments, in their order.
const FIELDS: &[&str] =
    &["status", "due_from", "due_to", "paid_from", "paid_to", "customer", "group", "method", "disputed", "sort"];

/// The keys that fill in the filter up to the one that shows the rows. `=2` chooses the second value.
fn filled(wishes: &[(&str, &str)]) -> String {
    let mut keys = String::from("<F4>");
    for field in FIELDS {
        if let Some((_, value)) = wishes.iter().find(|(name, _)| name == field) {
            match value.strip_prefix('=') {
                Some(times) => keys.push_str(&"<Right>".repeat(times.parse().unwrap())),
                None => keys.push_str(value),
            }
        }
        keys.push_str("<Tab>");
    }
    keys
}

const SORTS: [(&str, &str); 4] = [("due", "=0"), ("amount", "=1"), ("customer", "=2"), ("status", "=3")];
const VIEWS: [(&str, usize); 6] =
    [("open", 0), ("overdue", 1), ("failed", 2), ("processing", 3), ("paid", 4), ("all", 5)];

fn sorted_views() -> Vec<Case> {
    let each = VIEWS.iter().flat_map(|(view, right)| {
        SORTS.iter().map(move |(sort, choice)| {
            let before = format!("{PAYMENTS}{}{}", "<Right>".repeat(*right), filled(&[("sort", choice)]));
            let timed = ["<F2>", "<Down>", "<PgDn>", "<End>", "<PgUp>", "<Home>"];
            case(format!("payments: {view} by {sort}"), before, &timed, "<F4>")
        })
    });
    each.collect()
}

/// Its name, what is chosen in the form, and what is typed before.
type Filter = (&'static str, &'static [(&'static str, &'static str)], &'static str);

/// Filters beside the views; each by each order.
const FILTERS: &[Filter] = &[
    ("paid in May", &[("paid_from", "2026-05-01"), ("paid_to", "2026-05-31")], ""),
    ("paid in 2025", &[("paid_from", "2025-01-01"), ("paid_to", "2025-12-31")], ""),
    ("due in May", &[("due_from", "2026-05-01"), ("due_to", "2026-05-31")], ""),
    ("by card", &[("method", "=2")], ""),
    ("by cash", &[("method", "=5")], ""),
    ("paid in May by card", &[("paid_from", "2026-05-01"), ("paid_to", "2026-05-31"), ("method", "=2")], ""),
    ("disputed", &[("disputed", "<Space>")], ""),
    ("cancelled", &[("status", "=5")], ""),
    ("paid in 2025, “ann”", &[("paid_from", "2025-01-01"), ("paid_to", "2025-12-31")], "ann"),
    ("by card in 2025, “ann”", &[("paid_from", "2025-01-01"), ("paid_to", "2025-12-31"), ("method", "=2")], "ann"),
    ("“ann”", &[], "ann"),
    ("“an”", &[], "an"),
    ("“0108”", &[], "0108"),
    ("“89.00”", &[], "89.00"),
];

fn filters() -> Vec<Case> {
    let each = FILTERS.iter().flat_map(|(name, wishes, typed)| {
        SORTS.iter().map(move |(sort, choice)| {
            let mut wishes = wishes.to_vec();
            wishes.push(("sort", choice));
            let before = format!("{PAYMENTS}{}{typed}{}", "<Right>".repeat(5), filled(&wishes));
            case(format!("payments: all, {name} by {sort}"), before, &["<F2>", "<PgDn>", "<End>", "<Home>"], "<F4>")
        })
    });
    each.collect()
}

/// What somebody types to find a person: one letter, a common start, the name of one, nobody, an email, a phone.
const PEOPLE: &[&str] = &["an", "belabe", "nsen", "zzzz", "tam.99@", "5550137"];

/// The same in the fields that find a customer as one types.
fn pickers() -> Vec<Case> {
    let fields = [
        ("filter of payments: customer", format!("{PAYMENTS}<F4>{}", "<Tab>".repeat(5))),
        ("new order: customer", "<F6>".to_owned()),
        ("new customer: last name", format!("{CUSTOMERS}<F6>{}", "<Tab>".repeat(2))),
        ("new customer: email", format!("{CUSTOMERS}<F6>Ana<Tab><Tab>Belabe<Tab>")),
        ("new customer: phone", format!("{CUSTOMERS}<F6>Ana<Tab><Tab>Belabe<Tab><Tab>")),
    ];
    let each = fields.iter().flat_map(|(name, before)| {
        PEOPLE.iter().map(move |term| Case {
            name: format!("{name}: type “{term}”"),
            before: before.clone(),
            timed: letters(term),
            back: "<Ctrl+U>".to_owned(),
        })
    });
    each.collect()
}

/// Pages of somebody who rents for years, and of a billing group with thousands of members.
fn large_pages() -> Vec<Case> {
    let moves =
        ["<Down>", "<PgDn>", "<PgDn>", "<PgDn>", "<PgDn>", "<PgDn>", "<PgDn>", "<PgUp>", "<End>", "<PgUp>", "<Home>"];
    let customer = format!("{CUSTOMERS}{LARGE}");
    let group = format!("{GROUPS}{GROUP}");
    let sections: Vec<&str> = std::iter::once("<Enter>").chain(["<Tab>"; 9]).collect();
    vec![
        case("5,000 payments: profile, its sections", customer.as_str(), &sections, "<Esc>"),
        case("5,000 payments: subscriptions", format!("{customer}<Enter><Tab>"), &moves, ""),
        case("5,000 payments: payments", format!("{customer}<Enter><Tab><Tab><Tab>"), &moves, ""),
        case("5,000 payments: invoices", format!("{customer}<Enter><Tab><Tab><Tab><Tab>"), &moves, ""),
        case(
            "5,000 payments: chosen in a new order",
            format!("<F6>{LARGE}"),
            &["<Enter>", "<F2>"],
            "<Esc><Ctrl+U>Everlasting",
        ),
        case("2,000 members: find the group", GROUPS, &["t", "h", "o", "u", "s"], "<Ctrl+U>"),
        case("2,000 members: page, its sections", group.as_str(), &["<Enter>", "<Tab>", "<Tab>"], "<Esc>"),
        case("2,000 members: members", format!("{group}<Enter>"), &moves, ""),
        case("2,000 members: subscriptions", format!("{group}<Enter><Tab>"), &moves, ""),
    ]
}

pub fn cases() -> Vec<Case> {
    let moves = ["<Down>", "<Down>", "<Up>", "<PgDn>", "<PgDn>", "<PgUp>", "<End>", "<PgUp>", "<Home>", "<Space>"];
    let all = format!("{PAYMENTS}{}", "<Right>".repeat(5));
    let back = |times: usize| "<Left>".repeat(times);
    let mut cases = vec![
        case("tabs", "", &["<Tab>"; 4], "<Shift+Tab>".repeat(4)),
        case("today: move", "", &["<Down>", "<Down>", "<Up>"], "<Up><Up>"),
        case("reports: open, move, other period", "", &["<Shift+Tab>", "<Down>", "<Left>", "<Right>"], "<Tab>"),
        case("payments: move", PAYMENTS, &moves, "<Space>"),
        case("payments: views", PAYMENTS, &["<Right>"; 6], back(6)),
        case("payments: all, move", all.as_str(), &moves, "<Space>"),
        case("payments: open one and back", PAYMENTS, &["<Enter>", "<Esc>"], ""),
        case("customers: move", CUSTOMERS, &moves, "<Space>"),
        case("customers: views", CUSTOMERS, &["<Right>"; 7], back(7)),
        case("customers: open one and back", CUSTOMERS, &["<Enter>", "<Esc>"], ""),
        case("invoices: move", INVOICES, &moves, "<Space>"),
        case("invoices: views", INVOICES, &["<Right>"; 5], back(5)),
        case("invoices: open one and back", INVOICES, &["<Enter>", "<Esc>"], ""),
    ];
    cases.extend(typing("today: find", ""));
    cases.extend(typing("customers", CUSTOMERS));
    cases.extend(typing("payments: open", PAYMENTS));
    cases.extend(typing("payments: all", &all));
    cases.extend(typing("invoices", INVOICES));
    cases.extend(pickers());
    cases.extend(large_pages());
    cases.extend(sorted_views());
    cases.extend(filters());
    cases
}
