//! The list of payments.

use rentbook::domain::id::{CustomerId, GroupId, PaymentId};
use rentbook::domain::method::Method;
use rentbook::domain::status::{PaymentStanding, PaymentStatus};
use rentbook::services::reads::*;
use rentbook::store::{Db, Result};

use super::super::books::{day, today};
use super::{Plain, TERMS, Typed, amounts, book, class, crowded_book, leafed, numbered, within};

struct Row {
    row: PaymentRow,
    own_customer: i64,
    key: String,
}

fn all_payments(db: &Db) -> Result<Vec<Row>> {
    let ids = db.all(
        "SELECT p.id, p.customer_id, COALESCE(r.sort_key, c.sort_key) FROM payment p JOIN customer c ON c.id = p.customer_id \
         LEFT JOIN customer r ON r.id = c.root_id ORDER BY p.id",
        &[],
        |row| Ok((PaymentId(row.int(0)?), row.int(1)?, row.text(2)?)),
    )?;
    let rows = payments_by_id(db, &ids.iter().map(|(id, ..)| *id).collect::<Vec<_>>())?;
    assert_eq!(rows.len(), ids.len());
    Ok(rows.into_iter().zip(ids).map(|(row, (_, own_customer, key))| Row { row, own_customer, key }).collect())
}

fn in_view(row: &PaymentRow, view: PaymentView) -> bool {
    let open = matches!(row.status, PaymentStatus::Pending | PaymentStatus::Processing | PaymentStatus::Failed);
    match view {
        PaymentView::Open => open,
        PaymentView::Overdue => open && row.due_on < today() && row.invoice_id.is_some(),
        PaymentView::Failed => row.status == PaymentStatus::Failed,
        PaymentView::Processing => row.status == PaymentStatus::Processing,
        PaymentView::Paid => row.standing() == PaymentStanding::Paid,
        PaymentView::All => true,
        PaymentView::Upcoming => false,
    }
}

fn expected(rows: &[Row], plain: &Plain, filter: &PaymentFilter) -> Vec<i64> {
    let typed = Typed::new(&filter.query);
    let mut found: Vec<&Row> = rows
        .iter()
        .filter(|Row { row, own_customer, .. }| {
            in_view(row, filter.view)
                && (filter.statuses.is_empty() || filter.statuses.contains(&row.standing()))
                && within(Some(row.due_on), filter.due)
                && (filter.paid == (None, None) || row.standing() == PaymentStanding::Paid)
                && within(row.paid_on, filter.paid)
                && filter.customer.is_none_or(|id| id == row.customer_id)
                && filter.group.is_none_or(|id| Some(id) == row.group_id)
                && filter.method.is_none_or(|method| Some(method) == row.method)
                && (typed.plain.is_empty()
                    || plain.names(*own_customer, &typed)
                    || numbered(row.invoice_number.as_ref(), &typed.plain)
                    || plain.pays(row.id.0, &typed)
                    || amounts(row.amount.minor(), &typed.plain))
        })
        .collect();
    let rank = |status| match status {
        PaymentStatus::Failed => 0,
        PaymentStatus::Processing => 1,
        PaymentStatus::Pending => 2,
        PaymentStatus::Paid => 3,
        PaymentStatus::Cancelled => 4,
    };
    found.sort_by_key(|Row { row, key, .. }| {
        let (number, text, id) = match filter.sort {
            PaymentSort::Due => (0, "", 0),
            PaymentSort::Amount => (-row.amount.minor(), "", 0),
            PaymentSort::Customer => (0, key.as_str(), row.customer_id.0),
            PaymentSort::Status => (rank(row.status), "", 0),
            // The newest day first, what has none last.
            PaymentSort::Paid => (row.paid_on.map_or(0, |on| -(on - chrono::NaiveDate::MIN).num_days()), "", 0),
        };
        (number, text.to_owned(), id, row.due_on, row.id)
    });
    if filter.reverse {
        found.reverse();
    }
    found.sort_by_key(|Row { row, .. }| {
        let pays = plain.pays(row.id.0, &typed);
        class(&typed, row.invoice_number.as_ref(), in_view(row, PaymentView::Open), pays, row.amount.minor())
    });
    found.into_iter().map(|Row { row, .. }| row.id.0).collect()
}

const VIEWS: &[PaymentView] =
    &[PaymentView::Open, PaymentView::Overdue, PaymentView::Failed, PaymentView::Paid, PaymentView::All];
const SORTS: &[PaymentSort] =
    &[PaymentSort::Due, PaymentSort::Amount, PaymentSort::Customer, PaymentSort::Status, PaymentSort::Paid];

fn check(db: &Db, rows: &[Row], plain: &Plain, filter: &PaymentFilter, limit: usize) {
    let wanted = expected(rows, plain, filter);
    let limit = limit.max(wanted.len() / 3);
    let found = leafed(limit, |page| payments(db, filter, page, today()).unwrap(), |row| row.cursor(filter.sort));
    let found: Vec<i64> = found.iter().map(|row| row.id.0).collect();
    assert_eq!(found, wanted, "{filter:?}");
    // F2: of all there are, those in the list.
    let all: Vec<PaymentId> = rows.iter().map(|row| row.row.id).collect();
    let mut among: Vec<i64> = payments_among(db, filter, &all, today()).unwrap().into_iter().map(|id| id.0).collect();
    let mut kept = wanted.clone();
    among.sort_unstable();
    kept.sort_unstable();
    assert_eq!(among, kept, "{filter:?}");
    let totals = payments_total(db, filter, today()).unwrap();
    assert_eq!(totals.count, i64::try_from(wanted.len()).unwrap(), "total of {filter:?}");
    let wanted: std::collections::HashSet<i64> = wanted.into_iter().collect();
    let sum: i64 = rows.iter().filter(|row| wanted.contains(&row.row.id.0)).map(|row| row.row.amount.minor()).sum();
    assert_eq!(totals.amount.iter().map(|money| money.minor()).sum::<i64>(), sum);
}

#[test]
fn every_view_sort_and_text_gives_the_rows_of_a_plain_reading() {
    let book = book();
    book.read(|db| {
        let (rows, plain) = (all_payments(db)?, Plain::new(db)?);
        for view in VIEWS {
            for sort in SORTS {
                for query in TERMS {
                    for reverse in [false, true].into_iter().take(if query.len() == 5 { 2 } else { 1 }) {
                        let filter = PaymentFilter {
                            view: *view,
                            sort: *sort,
                            query: (*query).into(),
                            reverse,
                            ..PaymentFilter::default()
                        };
                        check(db, &rows, &plain, &filter, 7);
                    }
                }
            }
        }
        Ok::<_, rentbook::store::StoreError>(())
    })
    .unwrap();
}

/// Filters beyond the view, to be combined with each other and a text.
fn filters() -> Vec<PaymentFilter> {
    let all = PaymentFilter { view: PaymentView::All, ..PaymentFilter::default() };
    let june: DayRange = (Some(day("2025-06-01")), Some(day("2025-06-30")));
    let since_may: DayRange = (Some(day("2025-05-01")), None);
    let mut found = vec![
        PaymentFilter { due: june, ..all.clone() },
        PaymentFilter { due: (None, Some(day("2025-03-31"))), view: PaymentView::Overdue, ..all.clone() },
        PaymentFilter { paid: june, ..all.clone() },
        PaymentFilter { paid: since_may, due: june, ..all.clone() },
        PaymentFilter { customer: Some(CustomerId(36)), ..all.clone() },
        PaymentFilter { customer: Some(CustomerId(36)), view: PaymentView::Open, due: since_may, ..all.clone() },
        PaymentFilter { group: Some(GroupId(1)), ..all.clone() },
        PaymentFilter { group: Some(GroupId(2)), view: PaymentView::Open, ..all.clone() },
        PaymentFilter { method: Some(Method::Card), ..all.clone() },
        PaymentFilter { method: Some(Method::Cash), view: PaymentView::Open, ..all.clone() },
        PaymentFilter { method: Some(Method::Card), paid: since_may, ..all.clone() },
        PaymentFilter { statuses: vec![PaymentStanding::Paid, PaymentStanding::Failed], ..all.clone() },
        PaymentFilter {
            statuses: vec![PaymentStanding::Pending, PaymentStanding::Cancelled],
            due: since_may,
            ..all.clone()
        },
        PaymentFilter { statuses: vec![PaymentStanding::Failed], view: PaymentView::Overdue, ..all },
    ];
    for at in 0..found.len() {
        found.push(PaymentFilter { query: "weber".into(), ..found[at].clone() });
        found.push(PaymentFilter { query: "89".into(), ..found[at].clone() });
    }
    found
}

#[test]
fn filters_combine() {
    let book = book();
    book.read(|db| {
        let (rows, plain) = (all_payments(db)?, Plain::new(db)?);
        for filter in filters() {
            for sort in SORTS {
                {
                    let reverse = filter.due.0.is_some();
                    check(db, &rows, &plain, &PaymentFilter { sort: *sort, reverse, ..filter.clone() }, 5);
                }
            }
        }
        Ok::<_, rentbook::store::StoreError>(())
    })
    .unwrap();
}

#[test]
fn a_name_most_customers_have_is_found_by_every_sort() {
    let book = crowded_book();
    book.read(|db| {
        let (rows, plain) = (all_payments(db)?, Plain::new(db)?);
        for query in ["e", "weber", "c12"] {
            for view in [PaymentView::Open, PaymentView::Failed, PaymentView::All] {
                for sort in SORTS {
                    let filter = PaymentFilter { view, sort: *sort, query: query.into(), ..PaymentFilter::default() };
                    check(db, &rows, &plain, &filter, 50);
                }
            }
            for filter in filters().into_iter().take(10) {
                check(db, &rows, &plain, &PaymentFilter { query: query.into(), ..filter }, 50);
            }
        }
        Ok::<_, rentbook::store::StoreError>(())
    })
    .unwrap();
}

#[test]
fn many_days_of_payment_are_walked_day_by_day() {
    let book = crowded_book();
    book.read(|db| {
        let (rows, plain) = (all_payments(db)?, Plain::new(db)?);
        let spring: DayRange = (Some(day("2025-03-01")), Some(day("2025-06-30")));
        let all = PaymentFilter { view: PaymentView::All, ..PaymentFilter::default() };
        for paid in [(None, Some(day("2025-12-31"))), (Some(day("2025-02-10")), None)] {
            let count = rows.iter().filter(|row| within(row.row.paid_on, paid)).count();
            assert!(count > 1000, "{count} are so few that they are gathered");
            for due in [(None, None), spring] {
                for sort in SORTS {
                    for reverse in [false, true] {
                        let filter = PaymentFilter { paid, due, sort: *sort, reverse, ..all.clone() };
                        check(db, &rows, &plain, &filter, 60);
                    }
                }
            }
        }
        Ok::<_, rentbook::store::StoreError>(())
    })
    .unwrap();
}
