//! The lists against the plainest reading of the same book: every row loaded, filtered and sorted in Rust.

use chrono::{Days, NaiveDate};
use rentbook::domain::id::{CustomerId, GroupId, InvoiceId, PaymentId};
use rentbook::domain::method::Method;
use rentbook::domain::status::{InvoiceKind, InvoiceStatus, PaymentStatus};
use rentbook::domain::text::fold;
use rentbook::services::reads::*;
use rentbook::store::{Book, Db, Result};

use super::books::{Dice, Due, Scribe, Who, day, today};

/// A book with something of everything: names that many share, merged customers, groups, all statuses.
fn book(customers: i64) -> Book {
    let book = Book::in_memory().unwrap();
    book.write(|db| fill(&Scribe::new(db)?, customers)).unwrap();
    book
}

fn fill(scribe: &Scribe, customers: i64) -> Result<()> {
    let mut dice = Dice::new(7);
    let mut people = Vec::new();
    for n in 0..customers {
        let company = if n % 9 == 0 { format!("Acme {n} GmbH") } else { String::new() };
        let last = dice.pick(&["Weber", "Okafor", "Żółć", "Lindqvist", "Smith"]);
        let email = format!("c{n}@example.org");
        let who = Who {
            company: &company,
            first: dice.pick(&["Ann", "Ben", "Émile"]),
            last,
            email: &email,
            ..Who::default()
        };
        people.push(scribe.customer(who)?);
    }
    let groups = [scribe.group("Acme HQ", &people[10..15])?, scribe.group("Weber & Co", &people[20..23])?];
    let mut bills: Vec<(NaiveDate, usize)> =
        (0..people.len() * 2).map(|n| (day("2025-01-01") + Days::new(dice.below(330)), n % people.len())).collect();
    bills.sort_unstable();
    for (at, (due_on, who)) in bills.into_iter().enumerate() {
        let group = match who {
            10..15 => Some(groups[0]),
            20..23 => Some(groups[1]),
            _ => None,
        };
        let minor = [4550, 8900, 8900, 12_900][usize::try_from(dice.below(4)).unwrap()];
        let due = Due { customer: people[who], group, due_on, minor, ..Due::default() };
        bill(scribe, &mut dice, due, at)?;
    }
    for n in [30, 31, 40] {
        scribe.merge(people[n], people[n + 5])?;
    }
    Ok(())
}

fn bill(scribe: &Scribe, dice: &mut Dice, due: Due, at: usize) -> Result<()> {
    let on = due.due_on - Days::new(dice.below(20));
    let kind = if due.group.is_some() { "consolidated" } else { dice.pick(&["regular", "regular", "out_of_turn"]) };
    match dice.below(12) {
        0 => return scribe.payment(due, None).map(drop),
        1 => return scribe.draft(kind, on, &[due]).map(drop),
        _ => {}
    }
    let (invoice, payments) = scribe.invoice(kind, on, &[due])?;
    let payment = payments[0];
    let later = due.due_on + Days::new(dice.below(9));
    match dice.below(9) {
        0 => {}
        1 => scribe.fail(payment, later, "declined")?,
        2 => scribe.set_status(payment, "processing", later)?,
        3 => {
            let receipt = scribe.receipt(scribe.payer(payment)?, 3000, later, "cash", &format!("part {at}"))?;
            scribe.allocate(Some(receipt), payment, 2000, later)?;
        }
        4 if at % 3 == 0 => scribe.run("UPDATE invoice SET state = 'void' WHERE id = ?1", &[invoice.into()])?,
        _ => {
            scribe.pay(payment, later, dice.pick(&["bank_transfer", "card"]), &format!("BT-{at}"))?;
        }
    }
    Ok(())
}

/// All pages one after the other, forward and backward, must give the same rows.
fn leafed<T: Clone>(limit: usize, page: impl Fn(&Page) -> Slice<T>, cursor: impl Fn(&T) -> Cursor) -> Vec<T> {
    let mut rows: Vec<T> = Vec::new();
    let mut next = Page::first(limit);
    loop {
        let slice = page(&next);
        assert_eq!(slice.more_before, !rows.is_empty());
        rows.extend(slice.rows.clone());
        if !slice.more_after {
            break;
        }
        next = Page::after(cursor(slice.rows.last().unwrap()), limit);
    }
    let mut back: Vec<T> = Vec::new();
    let mut next = Page::last(limit);
    loop {
        let slice = page(&next);
        assert_eq!(slice.more_after, !back.is_empty());
        back.splice(0..0, slice.rows.clone());
        if !slice.more_before {
            break;
        }
        next = Page::before(cursor(slice.rows.first().unwrap()), limit);
    }
    assert_eq!(back.len(), rows.len(), "backward and forward differ");
    for (one, other) in back.iter().zip(&rows) {
        assert_eq!(cursor(one), cursor(other), "backward and forward differ");
    }
    if let Some(third) = rows.get(2) {
        let slice = page(&Page::after(cursor(third).including(), limit));
        assert_eq!(
            slice.rows.first().map(&cursor),
            Some(cursor(third)),
            "a page that includes its cursor starts with it"
        );
        assert!(slice.more_before);
    }
    rows
}

/// What the search of a name, number, reference or amount means, read plainly from the file.
struct Plain {
    /// Name and search key of each customer, with those of the one it is merged into.
    keys: Vec<(i64, String)>,
    /// References and payments.
    references: Vec<(String, i64)>,
}

impl Plain {
    fn new(db: &Db) -> Result<Self> {
        let keys = db.all(
            "SELECT c.id, c.search_key || '|' || COALESCE(r.search_key, '') FROM customer c LEFT JOIN customer r ON r.id = c.root_id",
            &[],
            |row| Ok((row.int(0)?, row.text(1)?)),
        )?;
        let references = db.all(
            "SELECT r.reference_key, a.payment_id FROM receipt r JOIN allocation a ON a.receipt_id = r.id",
            &[],
            |row| Ok((row.text(0)?, row.int(1)?)),
        )?;
        Ok(Self { keys, references })
    }

    fn names(&self, customer: i64, typed: &str) -> bool {
        let own = self.keys.iter().find(|(id, _)| *id == customer);
        own.is_some_and(|(_, key)| {
            key.split('|').any(|key| fold(typed).split(' ').all(|word| key.contains(word.trim_end_matches(','))))
        })
    }

    fn pays(&self, payment: i64, typed: &str) -> bool {
        let key = fold(typed);
        key.len() >= 3 && self.references.iter().any(|(reference, id)| *id == payment && reference.starts_with(&key))
    }
}

fn numbered(number: Option<&String>, typed: &str) -> bool {
    let Some(number) = number else { return false };
    let seq: i64 = number.rsplit('-').next().unwrap().parse().unwrap();
    typed.parse() == Ok(seq) || number == typed || (typed.len() >= 5 && number.starts_with(typed))
}

fn amounts(minor: i64, typed: &str) -> bool {
    match typed {
        "89" | "89.00" => minor == 8900,
        "45,50" => minor == 4550,
        _ => false,
    }
}

const TERMS: &[&str] =
    &["", "e", "weber", "Żółć, Émile", "acme", "0012", "2025-00", "89", "45,50", "BT-1", "part", "nothing"];

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

fn within(day: Option<NaiveDate>, range: DayRange) -> bool {
    range == (None, None)
        || day.is_some_and(|day| range.0.is_none_or(|from| from <= day) && range.1.is_none_or(|to| day <= to))
}

fn in_view(row: &PaymentRow, view: PaymentView) -> bool {
    let open = matches!(row.status, PaymentStatus::Pending | PaymentStatus::Processing | PaymentStatus::Failed);
    match view {
        PaymentView::Open => open,
        PaymentView::Overdue => open && row.due_on < today(),
        PaymentView::Failed => row.status == PaymentStatus::Failed,
        PaymentView::Processing => row.status == PaymentStatus::Processing,
        PaymentView::Paid => row.status == PaymentStatus::Paid,
        PaymentView::All => true,
        PaymentView::Upcoming => false,
    }
}

fn expected(rows: &[Row], plain: &Plain, filter: &PaymentFilter) -> Vec<i64> {
    let typed = filter.query.trim();
    let mut found: Vec<&Row> = rows
        .iter()
        .filter(|Row { row, own_customer, .. }| {
            in_view(row, filter.view)
                && (filter.statuses.is_empty() || filter.statuses.contains(&row.status))
                && within(Some(row.due_on), filter.due)
                && within(row.paid_on, filter.paid)
                && filter.customer.is_none_or(|id| id == row.customer_id)
                && filter.group.is_none_or(|id| Some(id) == row.group_id)
                && filter.method.is_none_or(|method| Some(method) == row.method)
                && (typed.is_empty()
                    || plain.names(*own_customer, typed)
                    || numbered(row.invoice_number.as_ref(), typed)
                    || plain.pays(row.id.0, typed)
                    || amounts(row.amount.minor(), typed))
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
        };
        (number, text.to_owned(), id, row.due_on, row.id)
    });
    if filter.reverse {
        found.reverse();
    }
    found.into_iter().map(|Row { row, .. }| row.id.0).collect()
}

const VIEWS: &[PaymentView] =
    &[PaymentView::Open, PaymentView::Overdue, PaymentView::Failed, PaymentView::Paid, PaymentView::All];
const SORTS: &[PaymentSort] = &[PaymentSort::Due, PaymentSort::Amount, PaymentSort::Customer, PaymentSort::Status];

fn check(db: &Db, rows: &[Row], plain: &Plain, filter: &PaymentFilter, limit: usize) {
    let wanted = expected(rows, plain, filter);
    let limit = limit.max(wanted.len() / 5);
    let found = leafed(limit, |page| payments(db, filter, page, today()).unwrap(), |row| row.cursor(filter.sort));
    let found: Vec<i64> = found.iter().map(|row| row.id.0).collect();
    assert_eq!(found, wanted, "{filter:?}");
    let totals = payments_total(db, filter, today()).unwrap();
    assert_eq!(totals.count, i64::try_from(wanted.len()).unwrap(), "total of {filter:?}");
    let sum: i64 = rows.iter().filter(|row| wanted.contains(&row.row.id.0)).map(|row| row.row.amount.minor()).sum();
    assert_eq!(totals.amount.iter().map(|money| money.minor()).sum::<i64>(), sum);
}

#[test]
fn every_view_sort_and_text_gives_the_rows_of_a_plain_reading() {
    let book = book(60);
    book.read(|db| {
        let (rows, plain) = (all_payments(db)?, Plain::new(db)?);
        for view in VIEWS {
            for sort in SORTS {
                for query in TERMS {
                    for reverse in [false, true] {
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
        PaymentFilter { statuses: vec![PaymentStatus::Paid, PaymentStatus::Failed], ..all.clone() },
        PaymentFilter {
            statuses: vec![PaymentStatus::Pending, PaymentStatus::Cancelled],
            due: since_may,
            ..all.clone()
        },
        PaymentFilter { statuses: vec![PaymentStatus::Failed], view: PaymentView::Overdue, ..all },
    ];
    for at in 0..found.len() {
        found.push(PaymentFilter { query: "weber".into(), ..found[at].clone() });
        found.push(PaymentFilter { query: "89".into(), ..found[at].clone() });
    }
    found
}

#[test]
fn filters_combine() {
    let book = book(60);
    book.read(|db| {
        let (rows, plain) = (all_payments(db)?, Plain::new(db)?);
        for filter in filters() {
            for sort in SORTS {
                for reverse in [false, true] {
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
    let book = book(2600);
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

fn all_invoices(db: &Db) -> Result<Vec<InvoiceRow>> {
    let ids = db.all("SELECT id FROM invoice ORDER BY id", &[], |row| Ok(InvoiceId(row.int(0)?)))?;
    invoices_by_id(db, &ids)
}

/// Which payment and customer an invoice of the fixture stands for: one line each.
fn lines(db: &Db) -> Result<Vec<(i64, i64, i64)>> {
    db.all("SELECT invoice_id, id, customer_id FROM payment WHERE invoice_id IS NOT NULL", &[], |row| {
        Ok((row.int(0)?, row.int(1)?, row.int(2)?))
    })
}

fn expected_invoices(
    rows: &[InvoiceRow],
    lines: &[(i64, i64, i64)],
    plain: &Plain,
    filter: &InvoiceFilter,
) -> Vec<i64> {
    let typed = filter.query.trim();
    let mut found: Vec<&InvoiceRow> = rows
        .iter()
        .filter(|row| {
            let (_, payment, customer) = lines.iter().find(|line| line.0 == row.id.0).unwrap();
            let by_name = if row.group_id.is_some() {
                fold(typed).split(' ').all(|word| fold(&row.payer_name).contains(word.trim_end_matches(',')))
            } else {
                plain.names(*customer, typed)
            };
            (filter.statuses.is_empty() || filter.statuses.contains(&row.status(today())))
                && filter.kind.is_none_or(|kind| kind == row.kind)
                && within(Some(row.invoiced_on), filter.invoiced)
                && within(Some(row.due_on), filter.due)
                && filter.customer.is_none_or(|id| Some(id) == row.customer_id)
                && filter.group.is_none_or(|id| Some(id) == row.group_id)
                && (typed.is_empty()
                    || by_name
                    || numbered(row.number.as_ref(), typed)
                    || plain.pays(*payment, typed)
                    || amounts(row.total.minor(), typed))
        })
        .collect();
    found.sort_by_key(|row| {
        let number = row.number.as_ref().map(|number| number.replace('-', "").parse::<i64>().unwrap());
        let payer = row.customer_id.map(|id| id.0).or(row.group_id.map(|id| id.0));
        match filter.sort {
            InvoiceSort::Due => (0, None, Some(row.due_on), row.id.0),
            InvoiceSort::Amount => (-row.total.minor(), None, Some(row.due_on), row.id.0),
            // Drafts first, newest date first; then numbers downward.
            InvoiceSort::Number => match number {
                Some(number) => (100_000_000 - number, None, None, 0),
                None => {
                    let days = (row.invoiced_on - day("2000-01-01")).num_days();
                    (0, None, None, -row.id.0 - days * 1_000_000)
                }
            },
            InvoiceSort::Customer => (0, Some((fold(&row.payer_name), payer)), Some(row.due_on), row.id.0),
        }
    });
    if filter.reverse {
        found.reverse();
    }
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
    let book = book(60);
    book.read(|db| {
        let (rows, lines, plain) = (all_invoices(db)?, lines(db)?, Plain::new(db)?);
        for filter in invoice_filters() {
            for sort in [InvoiceSort::Due, InvoiceSort::Number, InvoiceSort::Amount, InvoiceSort::Customer] {
                for query in TERMS {
                    for reverse in [false, true] {
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

fn check_invoices(db: &Db, rows: &[InvoiceRow], lines: &[(i64, i64, i64)], plain: &Plain, filter: &InvoiceFilter) {
    let wanted = expected_invoices(rows, lines, plain, filter);
    let limit = (wanted.len() / 4).max(7);
    let found = leafed(limit, |page| invoices(db, filter, page, today()).unwrap(), |row| row.cursor(filter.sort));
    let found: Vec<i64> = found.iter().map(|row| row.id.0).collect();
    assert_eq!(found, wanted, "{filter:?}");
    let totals = invoices_total(db, filter, today()).unwrap();
    assert_eq!(totals.count, i64::try_from(wanted.len()).unwrap(), "total of {filter:?}");
}

#[test]
fn an_invoice_most_payers_could_have_is_found_by_every_sort() {
    let book = book(2600);
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
