//! The list of invoices.

use rentbook::domain::id::{CustomerId, GroupId, InvoiceId};
use rentbook::domain::status::{InvoiceKind, InvoiceStatus};
use rentbook::domain::text::fold;
use rentbook::services::reads::*;
use rentbook::store::{Db, Result};

use super::super::books::{day, today};
use super::{Plain, TERMS, Typed, amounts, book, class, crowded_book, leafed, numbered, within};

fn all_invoices(db: &Db) -> Result<Vec<InvoiceRow>> {
    let ids = db.all("SELECT id FROM invoice ORDER BY id", &[], |row| Ok(InvoiceId(row.int(0)?)))?;
    invoices_by_id(db, &ids)
}

/// The payment and customer of each invoice.
type Lines = std::collections::HashMap<i64, (i64, i64)>;

/// Which payment and customer an invoice of the fixture stands for: one line each.
fn lines(db: &Db) -> Result<Lines> {
    let all = db.all("SELECT invoice_id, id, customer_id FROM payment WHERE invoice_id IS NOT NULL", &[], |row| {
        Ok((row.int(0)?, (row.int(1)?, row.int(2)?)))
    })?;
    Ok(all.into_iter().collect())
}

fn expected_invoices(rows: &[InvoiceRow], lines: &Lines, plain: &Plain, filter: &InvoiceFilter) -> Vec<i64> {
    let typed = Typed::new(&filter.query);
    let mut found: Vec<&InvoiceRow> = rows
        .iter()
        .filter(|row| {
            let (payment, customer) = &lines[&row.id.0];
            let by_name = if row.group_id.is_some() {
                typed.stands_in(&fold(&row.payer_name))
            } else {
                plain.names(*customer, &typed)
            };
            (filter.statuses.is_empty() || filter.statuses.contains(&row.status(today())))
                && filter.kind.is_none_or(|kind| kind == row.kind)
                && within(Some(row.invoiced_on), filter.invoiced)
                && within(Some(row.due_on), filter.due)
                && filter.customer.is_none_or(|id| Some(id) == row.customer_id)
                && filter.group.is_none_or(|id| Some(id) == row.group_id)
                && (typed.plain.is_empty()
                    || by_name
                    || numbered(row.number.as_ref(), &typed.plain)
                    || plain.pays(*payment, &typed)
                    || amounts(row.total.minor(), &typed.plain))
        })
        .collect();
    found.sort_by_key(|row| {
        let number = row.number.as_ref().map(|number| number.replace('-', "").parse::<i64>().unwrap());
        let payer = row.customer_id.map(|id| id.0).or(row.group_id.map(|id| id.0));
        match filter.sort {
            InvoiceSort::Due => (0, None, Some(row.due_on), row.id.0),
            InvoiceSort::Amount => (-row.total.minor(), None, Some(row.due_on), row.id.0),
            // Drafts first, newest date first; then numbers downward.
            InvoiceSort::Number => {
                if let Some(number) = number {
                    (100_000_000 - number, None, None, 0)
                } else {
                    let days = (row.invoiced_on - day("2000-01-01")).num_days();
                    (0, None, None, -row.id.0 - days * 1_000_000)
                }
            }
            InvoiceSort::Customer => (0, Some((fold(&row.payer_name), payer)), Some(row.due_on), row.id.0),
        }
    });
    if filter.reverse {
        found.reverse();
    }
    found.sort_by_key(|row| {
        let pays = plain.pays(lines[&row.id.0].0, &typed);
        class(&typed, row.number.as_ref(), row.open.minor() > 0, pays, row.total.minor())
    });
    found.into_iter().map(|row| row.id.0).collect()
}

fn invoice_filters() -> Vec<InvoiceFilter> {
    let june: DayRange = (Some(day("2025-06-01")), Some(day("2025-06-30")));
    let all = InvoiceFilter::default();
    let of = |statuses: &[InvoiceStatus]| InvoiceFilter { statuses: statuses.to_vec(), ..InvoiceFilter::default() };
    vec![
        all.clone(),
        of(&[InvoiceStatus::Unpaid]),
        of(&[InvoiceStatus::Overdue]),
        of(&[InvoiceStatus::PartiallyPaid, InvoiceStatus::Unpaid]),
        of(&[InvoiceStatus::Overdue, InvoiceStatus::PartiallyPaid, InvoiceStatus::Unpaid]),
        of(&[InvoiceStatus::Paid]),
        of(&[InvoiceStatus::Void, InvoiceStatus::Draft]),
        of(&[InvoiceStatus::Paid, InvoiceStatus::Overdue, InvoiceStatus::Draft]),
        InvoiceFilter { kind: Some(InvoiceKind::OutOfTurn), ..all.clone() },
        InvoiceFilter { kind: Some(InvoiceKind::Regular), ..of(&[InvoiceStatus::Paid]) },
        InvoiceFilter { invoiced: june, ..all.clone() },
        InvoiceFilter { invoiced: june, ..of(&[InvoiceStatus::Overdue]) },
        InvoiceFilter {
            invoiced: (None, Some(day("2025-04-30"))),
            due: (Some(day("2025-04-10")), None),
            ..all.clone()
        },
        InvoiceFilter { customer: Some(CustomerId(36)), ..all.clone() },
        InvoiceFilter { group: Some(GroupId(1)), ..all },
    ]
}

#[test]
fn invoices_are_listed_as_a_plain_reading_gives_them() {
    let book = book();
    book.read(|db| {
        let (rows, lines, plain) = (all_invoices(db)?, lines(db)?, Plain::new(db)?);
        for filter in invoice_filters() {
            for sort in [InvoiceSort::Due, InvoiceSort::Number, InvoiceSort::Amount, InvoiceSort::Customer] {
                for query in TERMS {
                    for reverse in [false, true].into_iter().take(if query.len() == 5 { 2 } else { 1 }) {
                        let filter = InvoiceFilter { sort, reverse, query: (*query).into(), ..filter.clone() };
                        check_invoices(db, &rows, &lines, &plain, &filter);
                    }
                }
            }
        }
        Ok::<_, rentbook::store::StoreError>(())
    })
    .unwrap();
}

fn check_invoices(db: &Db, rows: &[InvoiceRow], lines: &Lines, plain: &Plain, filter: &InvoiceFilter) {
    let wanted = expected_invoices(rows, lines, plain, filter);
    let limit = (wanted.len() / 3).max(7);
    let found = leafed(limit, |page| invoices(db, filter, page, today()).unwrap(), |row| row.cursor(filter.sort));
    let found: Vec<i64> = found.iter().map(|row| row.id.0).collect();
    assert_eq!(found, wanted, "{filter:?}");
    let totals = invoices_total(db, filter, today()).unwrap();
    assert_eq!(totals.count, i64::try_from(wanted.len()).unwrap(), "total of {filter:?}");
}

#[test]
fn an_invoice_most_payers_could_have_is_found_by_every_sort() {
    let book = crowded_book();
    book.read(|db| {
        let (rows, lines, plain) = (all_invoices(db)?, lines(db)?, Plain::new(db)?);
        for query in ["e", "weber", "c12"] {
            for statuses in [vec![], vec![InvoiceStatus::Overdue], vec![InvoiceStatus::Paid]] {
                for sort in [InvoiceSort::Due, InvoiceSort::Number, InvoiceSort::Amount, InvoiceSort::Customer] {
                    let filter = InvoiceFilter {
                        sort,
                        query: query.into(),
                        statuses: statuses.clone(),
                        ..InvoiceFilter::default()
                    };
                    check_invoices(db, &rows, &lines, &plain, &filter);
                }
            }
        }
        Ok::<_, rentbook::store::StoreError>(())
    })
    .unwrap();
}
