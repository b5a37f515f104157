//! The lists of subscriptions, of what they bill next, of orders and assets.

use chrono::NaiveDate;
use rentbook::domain::id::{CustomerId, GroupId, SubscriptionId, VariantId};
use rentbook::domain::status::{AssetState, OrderStatus, SubscriptionStatus};
use rentbook::services::reads::*;
use rentbook::store::{Db, Result, StoreError};

use super::super::books::{day, today};
use super::{Plain, Typed, book, crowded_book, leafed, within};

struct Known {
    row: SubscriptionRow,
    own_customer: i64,
    group: Option<i64>,
    key: String,
}

fn all(db: &Db) -> Result<Vec<Known>> {
    let ids = db.all(
        "SELECT s.id, s.customer_id, c.group_id, COALESCE(r.sort_key, c.sort_key) FROM subscription s \
         JOIN customer c ON c.id = s.customer_id LEFT JOIN customer r ON r.id = c.root_id ORDER BY s.id",
        &[],
        |row| Ok((SubscriptionId(row.int(0)?), row.int(1)?, row.opt_int(2)?, row.text(3)?)),
    )?;
    let rows = subscriptions_by_id(db, &ids.iter().map(|(id, ..)| *id).collect::<Vec<_>>(), today())?;
    let known =
        rows.into_iter().zip(ids).map(|(row, (_, own_customer, group, key))| Known { row, own_customer, group, key });
    Ok(known.collect())
}

fn means(plain: &Plain, row: &SubscriptionRow, own: i64, typed: &Typed) -> bool {
    let words = &typed.plain;
    words.is_empty()
        || plain.names(own, typed)
        || words.trim_start_matches("S-").parse() == Ok(row.id.0)
        || (words.starts_with("SN") && row.serial.as_ref().is_some_and(|serial| serial.starts_with(words)))
}

fn last_day(row: &SubscriptionRow) -> Option<NaiveDate> {
    row.end_on.pred_opt()
}

fn expected(rows: &[Known], plain: &Plain, filter: &SubscriptionFilter) -> Vec<i64> {
    let typed = Typed::new(&filter.query);
    let mut found: Vec<&Known> = rows
        .iter()
        .filter(|Known { row, own_customer, group, .. }| {
            means(plain, row, *own_customer, &typed)
                && (filter.statuses.is_empty() || filter.statuses.contains(&row.status))
                && filter.customer.is_none_or(|id| id == row.customer_id)
                && filter.group.is_none_or(|id| Some(id.0) == *group)
                && filter.variant.is_none_or(|id| id == row.variant_id)
                && within(last_day(row), filter.ending)
        })
        .collect();
    found.sort_by_key(|Known { row, key, .. }| match filter.sort {
        SubscriptionSort::Number => (String::new(), None, 0, -row.id.0),
        SubscriptionSort::End => (String::new(), Some(row.end_on), 0, row.id.0),
        SubscriptionSort::Customer => (key.clone(), None, row.customer_id.0, row.id.0),
    });
    if filter.reverse {
        found.reverse();
    }
    found.into_iter().map(|Known { row, .. }| row.id.0).collect()
}

fn filters() -> Vec<SubscriptionFilter> {
    let all = SubscriptionFilter::default();
    let live = vec![SubscriptionStatus::Active, SubscriptionStatus::Paused];
    let mut found = vec![
        all.clone(),
        SubscriptionFilter { statuses: live.clone(), ..all.clone() },
        SubscriptionFilter { statuses: vec![SubscriptionStatus::Ended], ..all.clone() },
        SubscriptionFilter { statuses: vec![SubscriptionStatus::Ended, SubscriptionStatus::Active], ..all.clone() },
        SubscriptionFilter { customer: Some(CustomerId(36)), ..all.clone() },
        SubscriptionFilter { group: Some(GroupId(1)), statuses: live.clone(), ..all.clone() },
        SubscriptionFilter { variant: Some(VariantId(1)), ..all.clone() },
        SubscriptionFilter {
            ending: (Some(day("2025-11-01")), Some(day("2026-03-31"))),
            statuses: live,
            ..all.clone()
        },
        SubscriptionFilter { ending: (None, Some(day("2026-01-14"))), ..all },
    ];
    for at in 0..found.len() {
        for query in ["weber", "e", "S-7", "SN-1", "nothing"] {
            found.push(SubscriptionFilter { query: query.into(), ..found[at].clone() });
        }
    }
    found
}

fn check(db: &Db, rows: &[Known], plain: &Plain, filter: &SubscriptionFilter) {
    let wanted = expected(rows, plain, filter);
    let limit = (wanted.len() / 4).max(5);
    let found = leafed(limit, |page| subscriptions(db, filter, page, today()).unwrap(), |row| row.cursor(filter.sort));
    let found: Vec<i64> = found.iter().map(|row| row.id.0).collect();
    assert_eq!(found, wanted, "{filter:?}");
}

const SORTS: &[SubscriptionSort] = &[SubscriptionSort::Number, SubscriptionSort::End, SubscriptionSort::Customer];

#[test]
fn subscriptions_are_listed_as_a_plain_reading_gives_them() {
    let book = book();
    book.read(|db| {
        let (rows, plain) = (all(db)?, Plain::new(db)?);
        assert!(rows.len() > 50);
        for filter in filters() {
            for sort in SORTS {
                for reverse in [false, true] {
                    check(db, &rows, &plain, &SubscriptionFilter { sort: *sort, reverse, ..filter.clone() });
                }
            }
        }
        Ok::<_, StoreError>(())
    })
    .unwrap();
}

#[test]
fn subscriptions_of_a_name_most_customers_have_are_found_by_every_sort() {
    let book = crowded_book();
    book.read(|db| {
        let (rows, plain) = (all(db)?, Plain::new(db)?);
        for query in ["e", "weber"] {
            for sort in SORTS {
                let filter = SubscriptionFilter { query: query.into(), sort: *sort, ..SubscriptionFilter::default() };
                check(db, &rows, &plain, &filter);
            }
        }
        Ok::<_, StoreError>(())
    })
    .unwrap();
}

#[test]
fn what_is_billed_next_comes_soonest_first() {
    let book = book();
    book.read(|db| {
        let (rows, plain) = (all(db)?, Plain::new(db)?);
        let (none, starts) = (UpcomingFilter::default, (Some(day("2025-06-01")), Some(day("2025-06-30"))));
        let filters = [
            none(),
            UpcomingFilter { starts, ..none() },
            UpcomingFilter { group: Some(GroupId(1)), ..none() },
            UpcomingFilter { customer: Some(CustomerId(3)), reverse: true, ..none() },
            UpcomingFilter { group: Some(GroupId(1)), starts, reverse: true, ..none() },
        ];
        let queries = ["", "weber", "S-7", "nothing"];
        for (query, filter) in queries.iter().flat_map(|query| filters.iter().map(move |filter| (*query, filter))) {
            let fits = |known: &Known, next: NaiveDate| {
                within(Some(next), filter.starts)
                    && filter.customer.is_none_or(|id| known.row.customer_id == id)
                    && filter.group.is_none_or(|id| known.group == Some(id.0))
            };
            let mut wanted: Vec<(NaiveDate, i64)> = rows
                .iter()
                .filter(|known| known.row.status == SubscriptionStatus::Active)
                .filter(|known| means(&plain, &known.row, known.own_customer, &Typed::new(query)))
                .filter(|known| known.row.next_start_on.is_some_and(|next| fits(known, next)))
                .filter_map(|known| Some((known.row.next_start_on?, known.row.id.0)))
                .collect();
            wanted.sort_unstable();
            if filter.reverse {
                wanted.reverse();
            }
            let filter = UpcomingFilter { query: query.to_owned(), ..filter.clone() };
            let found = leafed(6, |page| upcoming(db, &filter, page, today()).unwrap(), UpcomingRow::cursor);
            let found: Vec<(NaiveDate, i64)> = found.iter().map(|row| (row.period.0, row.subscription_id.0)).collect();
            assert_eq!(found, wanted, "“{query}” {filter:?}");
        }
        Ok::<_, StoreError>(())
    })
    .unwrap();
}

#[test]
fn orders_come_newest_first() {
    let book = book();
    book.read(|db| {
        let plain = Plain::new(db)?;
        let rows = db.all("SELECT id, customer_id, ordered_on, status FROM rental_order", &[], |row| {
            Ok((row.int(0)?, row.int(1)?, row.date(2)?, row.parsed::<OrderStatus>(3)?))
        })?;
        for query in ["", "weber", "O-5", "nothing"] {
            for status in [None, Some(OrderStatus::Confirmed), Some(OrderStatus::Draft)] {
                for customer in [None, Some(CustomerId(36))] {
                    for reverse in [false, true] {
                        let filter = OrderFilter { query: query.into(), status, customer, reverse };
                        let mut wanted: Vec<(NaiveDate, i64)> = rows
                            .iter()
                            .filter(|(id, own, _, state)| {
                                (query.is_empty()
                                    || plain.names(*own, &Typed::new(query))
                                    || query.strip_prefix("O-").is_some_and(|n| n.parse() == Ok(*id)))
                                    && status.is_none_or(|status| status == *state)
                                    && customer.is_none_or(|customer| plain.family(customer.0).contains(own))
                            })
                            .map(|(id, _, on, _)| (*on, *id))
                            .collect();
                        wanted.sort_unstable();
                        if !reverse {
                            wanted.reverse();
                        }
                        let found = leafed(7, |page| orders(db, &filter, page).unwrap(), OrderRow::cursor);
                        let found: Vec<(NaiveDate, i64)> = found.iter().map(|row| (row.ordered_on, row.id.0)).collect();
                        assert_eq!(found, wanted, "{filter:?}");
                    }
                }
            }
        }
        Ok::<_, StoreError>(())
    })
    .unwrap();
}

#[test]
fn free_assets_of_a_variant_come_by_serial_number() {
    let book = book();
    book.read(|db| {
        let mut wanted = db.all(
            "SELECT serial FROM asset WHERE variant_id = 1 AND state = 'in_stock' AND serial LIKE '%SN-1%'",
            &[],
            |row| row.text(0),
        )?;
        wanted.sort_unstable();
        let filter =
            AssetFilter { query: "sn-1".into(), variant: Some(VariantId(1)), state: Some(AssetState::InStock) };
        let found = leafed(3, |page| assets(db, &filter, page).unwrap(), AssetRow::cursor);
        assert_eq!(found.iter().map(|row| row.serial.clone()).collect::<Vec<_>>(), wanted);
        let variants =
            variants(db, &VariantFilter { query: "laptop".into(), withdrawn: false, currency: None }, &Page::first(5))?;
        let free =
            db.one("SELECT COUNT(*) FROM asset WHERE variant_id = 1 AND state = 'in_stock'", &[], |row| row.int(0))?;
        assert_eq!(Some(variants.rows[0].free_count), free);
        Ok::<_, StoreError>(())
    })
    .unwrap();
}
