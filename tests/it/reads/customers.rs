//! The list of customers, their page, and Find anything.

use std::collections::HashMap;

use rentbook::domain::customer::CustomerKind;
use rentbook::domain::id::{CustomerId, GroupId};
use rentbook::domain::text::fold;
use rentbook::services::reads::*;
use rentbook::store::{Book, Db, Result, StoreError};

use super::super::books::{Due, Payer, Scribe, Who, day, today};
use super::{Plain, Typed, book, crowded_book, leafed, own_book};

/// What is known of a customer beside its row, read plainly.
struct Known {
    row: CustomerRow,
    joined: i64,
    failed: bool,
}

fn all(db: &Db) -> Result<Vec<Known>> {
    let ids =
        db.all("SELECT id FROM customer WHERE root_id IS NULL ORDER BY id", &[], |row| Ok(CustomerId(row.int(0)?)))?;
    let failed = db.all(
        "SELECT COALESCE(c.root_id, c.id) FROM payment_change h JOIN payment p ON p.id = h.payment_id \
         JOIN customer c ON c.id = p.customer_id WHERE h.to_status = 'failed' AND h.changed_on >= '2025-08-19'",
        &[],
        |row| row.int(0),
    )?;
    let rows = customers_by_id(db, &ids, today())?;
    let days = |row: &CustomerRow| (row.joined_on - day("2000-01-01")).num_days();
    Ok(rows.into_iter().map(|row| Known { joined: days(&row), failed: failed.contains(&row.id.0), row }).collect())
}

/// The sums of a customer and those merged into it, added up row by row.
fn sums(db: &Db) -> Result<HashMap<i64, [i64; 5]>> {
    let mut sums: HashMap<i64, [i64; 5]> = HashMap::new();
    let mut add = |sql: &str, at: usize| {
        db.each(&format!("SELECT COALESCE(c.root_id, c.id), {sql}"), &[], |row| {
            sums.entry(row.int(0)?).or_default()[at] += row.int(1)?;
            Ok(())
        })
    };
    add(
        "a.amount_minor FROM allocation a JOIN customer c ON c.id = a.customer_id WHERE a.source = 'receipt' AND a.is_deposit = 0",
        0,
    )?;
    let open = "p.amount_minor - p.settled_minor FROM payment p JOIN invoice i ON i.id = p.invoice_id \
         JOIN customer c ON c.id = p.customer_id WHERE i.state = 'issued' AND p.status NOT IN ('paid', 'cancelled')";
    add(open, 1)?;
    add(&format!("{open} AND p.due_on < '2025-11-17'"), 2)?;
    add(
        "r.amount_minor - r.allocated_minor - r.refunded_minor FROM receipt r JOIN customer c ON c.id = r.customer_id",
        3,
    )?;
    add("1 FROM subscription s JOIN customer c ON c.id = s.customer_id WHERE s.status = 'active'", 4)?;
    Ok(sums)
}

fn expected(rows: &[Known], plain: &Plain, filter: &CustomerFilter) -> Vec<i64> {
    let typed = Typed::new(&filter.query);
    let mut found: Vec<&Known> = rows
        .iter()
        .filter(|Known { row, failed, .. }| {
            let lifetime = row.lifetime_value.minor();
            plain.family(row.id.0).iter().any(|id| plain.names(*id, &typed))
                && (filter.closed || row.closed_on.is_none())
                && filter.kind.is_none_or(|kind| kind == row.kind)
                && filter.active.is_none_or(|active| active == (row.active_subscriptions > 0))
                && filter.group.is_none_or(|group| Some(group) == row.group_id)
                && filter.lifetime.0.is_none_or(|from| from <= lifetime)
                && filter.lifetime.1.is_none_or(|to| lifetime <= to)
                && filter.within.as_ref().is_none_or(|_| row.subscriptions >= 2)
                && match filter.segment {
                    None | Some(Segment::HighValue | Segment::New) => true,
                    Some(Segment::AtRisk) => *failed,
                    Some(Segment::Loyal) => row.subscriptions >= 2,
                    Some(Segment::Business) => row.kind == CustomerKind::Business,
                }
        })
        .collect();
    found.sort_by_key(|Known { row, joined, .. }| match filter.sort {
        CustomerSort::Name => (fold(&row.name), 0, row.id.0),
        CustomerSort::LifetimeValue => (String::new(), -row.lifetime_value.minor(), row.id.0),
        CustomerSort::Subscriptions => (String::new(), -row.subscriptions, row.id.0),
        CustomerSort::Joined => (String::new(), -joined, -row.id.0),
    });
    if filter.reverse {
        found.reverse();
    }
    found.into_iter().map(|Known { row, .. }| row.id.0).collect()
}

fn filters() -> Vec<CustomerFilter> {
    let all = CustomerFilter::default();
    let mut found = vec![
        all.clone(),
        CustomerFilter { closed: true, ..all.clone() },
        CustomerFilter { kind: Some(CustomerKind::Business), ..all.clone() },
        CustomerFilter { active: Some(true), ..all.clone() },
        CustomerFilter { active: Some(false), kind: Some(CustomerKind::Individual), ..all.clone() },
        CustomerFilter { lifetime: (Some(8900), Some(20_000)), ..all.clone() },
        CustomerFilter { lifetime: (None, Some(0)), ..all.clone() },
        CustomerFilter { group: Some(GroupId(1)), ..all.clone() },
        CustomerFilter { segment: Some(Segment::AtRisk), ..all.clone() },
        CustomerFilter { segment: Some(Segment::AtRisk), group: Some(GroupId(1)), ..all.clone() },
        CustomerFilter {
            within: Some(Box::new(CustomerFilter { segment: Some(Segment::Loyal), ..all.clone() })),
            segment: Some(Segment::AtRisk),
            kind: Some(CustomerKind::Business),
            ..all.clone()
        },
        CustomerFilter { segment: Some(Segment::Loyal), ..all.clone() },
        CustomerFilter { segment: Some(Segment::Business), lifetime: (Some(1), None), ..all },
    ];
    for at in 0..found.len() {
        for query in ["weber", "acme", "c3", "nothing"] {
            found.push(CustomerFilter { query: query.into(), ..found[at].clone() });
        }
    }
    found
}

const SORTS: &[CustomerSort] =
    &[CustomerSort::Name, CustomerSort::LifetimeValue, CustomerSort::Subscriptions, CustomerSort::Joined];

fn check(db: &Db, rows: &[Known], plain: &Plain, filter: &CustomerFilter) {
    let wanted = expected(rows, plain, filter);
    let limit = (wanted.len() / 2).max(5);
    let found = leafed(limit, |page| customers(db, filter, page, today()).unwrap(), |row| row.cursor(filter.sort));
    let found: Vec<i64> = found.iter().map(|row| row.id.0).collect();
    assert_eq!(found, wanted, "{filter:?}");
    let count = customers_count(db, filter, today()).unwrap();
    assert_eq!(count, i64::try_from(wanted.len()).unwrap(), "count of {filter:?}");
}

#[test]
fn customers_are_listed_as_a_plain_reading_gives_them() {
    let book = book();
    book.read(|db| {
        let (rows, plain) = (all(db)?, Plain::new(db)?);
        assert!(rows.iter().any(|known| known.row.closed_on.is_some()));
        for filter in filters() {
            for sort in SORTS {
                for reverse in [false, true] {
                    check(db, &rows, &plain, &CustomerFilter { sort: *sort, reverse, ..filter.clone() });
                }
            }
        }
        Ok::<_, StoreError>(())
    })
    .unwrap();
}

#[test]
fn a_name_most_customers_have_lists_them_by_every_sort() {
    let book = crowded_book();
    book.read(|db| {
        let (rows, plain) = (all(db)?, Plain::new(db)?);
        for query in ["e", "weber"] {
            for sort in SORTS {
                check(
                    db,
                    &rows,
                    &plain,
                    &CustomerFilter { query: query.into(), sort: *sort, ..CustomerFilter::default() },
                );
            }
        }
        Ok::<_, StoreError>(())
    })
    .unwrap();
}

#[test]
fn the_sums_of_a_customer_are_those_of_its_rows_and_of_who_was_merged_into_it() {
    let book = book();
    book.read(|db| {
        let sums = sums(db)?;
        for Known { row, .. } in all(db)? {
            let [lifetime, outstanding, overdue, credit, active] = sums.get(&row.id.0).copied().unwrap_or_default();
            assert_eq!(row.lifetime_value.minor(), lifetime, "{}", row.name);
            assert_eq!(row.outstanding.minor(), outstanding, "{}", row.name);
            assert_eq!(row.overdue.minor(), overdue, "{}", row.name);
            assert_eq!(row.credit.minor(), credit, "{}", row.name);
            assert_eq!(row.active_subscriptions, active, "{}", row.name);
            let page = customer_page(db, row.id, today())?.unwrap();
            assert_eq!(page.row, row);
        }
        Ok::<_, StoreError>(())
    })
    .unwrap();
}

#[test]
fn a_high_value_customer_is_one_of_the_top_tenth_or_above_the_shops_bound() {
    let book = own_book();
    let high = |book: &Book| {
        let filter = CustomerFilter {
            segment: Some(Segment::HighValue),
            sort: CustomerSort::LifetimeValue,
            ..CustomerFilter::default()
        };
        book.read(|db| customers(db, &filter, &Page::first(100), today())).unwrap().rows
    };
    let tenth = high(&book);
    assert!((4..=8).contains(&tenth.len()), "{}", tenth.len());
    book.write(|db| db.execute("UPDATE shop SET high_value_minor = 12000", &[])).unwrap();
    let above = high(&book);
    assert!(above.len() > tenth.len());
    assert!(above.iter().all(|row| row.lifetime_value.minor() >= 12_000));
}

#[test]
fn lifetime_value_takes_a_reversal_back_and_leaves_deposits_out() {
    let book = Book::in_memory().unwrap();
    let lifetime = |db: &Db| customers_by_id(db, &[CustomerId(1)], today()).unwrap().remove(0).lifetime_value.minor();
    book.write(|db| {
        let scribe = Scribe::new(db)?;
        let ann = scribe.customer(Who { first: "Ann", last: "Lee", ..Who::default() })?;
        let due = Due { customer: ann, minor: 5000, due_on: day("2025-11-01"), ..Due::default() };
        let (_, rent) = scribe.invoice("regular", day("2025-11-01"), &[due])?;
        let (_, deposit) = scribe.invoice("out_of_turn", day("2025-11-01"), &[Due { kind: "deposit", ..due }])?;
        scribe.pay(rent[0], day("2025-11-02"), "cash", "A")?;
        scribe.pay(deposit[0], day("2025-11-02"), "cash", "B")?;
        assert_eq!(lifetime(db), 5000);
        scribe.reverse(1, day("2025-11-03"))?;
        assert_eq!(lifetime(db), 0);
        let credit = customers_by_id(db, &[CustomerId(ann)], today())?.remove(0).credit;
        assert_eq!(credit.minor(), 5000, "what was freed is credit");
        let spare = scribe.receipt(Payer::Customer(ann), 700, day("2025-11-04"), "cash", "")?;
        assert!(spare > 0);
        assert!(db.execute("UPDATE customer SET lifetime_minor = 1 WHERE id = ?1", &[ann.into()]).is_err());
        Ok::<_, StoreError>(())
    })
    .unwrap();
}

#[test]
fn anything_is_found_best_first_and_by_kind() {
    let book = book();
    let kinds = |query: &str| {
        let found = book.read(|db| find(db, query, 8, today())).unwrap();
        assert!(found.hits.len() <= 8);
        found.hits
    };
    let hits = kinds("acme");
    assert!(matches!(hits.first(), Some(Hit::Customer(row)) if row.name.starts_with("Acme")));
    assert!(hits.iter().any(|hit| matches!(hit, Hit::Group(row) if row.name == "Acme HQ")));
    assert!(hits.iter().any(|hit| matches!(hit, Hit::Payment(_))));
    let number = book
        .read(|db| {
            db.one("SELECT number FROM invoice WHERE state = 'issued' ORDER BY id LIMIT 1", &[], |row| row.text(0))
        })
        .unwrap()
        .unwrap();
    let hits = kinds(&number);
    assert!(matches!(hits.first(), Some(Hit::Payment(row)) if row.invoice_number.as_deref() == Some(number.as_str())));
    let hits = kinds("SN-3");
    assert!(matches!(hits.first(), Some(Hit::Asset(row)) if row.serial.starts_with("SN-3")));
    let hits = kinds("S-2");
    assert!(hits.iter().any(|hit| matches!(hit, Hit::Subscription(row) if row.id.0 == 2)));
    assert!(kinds("no such thing").is_empty());
    assert!(kinds("   ").is_empty());
}
