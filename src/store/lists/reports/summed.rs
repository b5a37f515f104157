//! What came due, what was paid and what came in, counted and added up in the file where it is asked of everybody as of the
//! newest day: a figure needs sums, and rows are read only where they are shown. Else they are added up from the rows.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::stood::{Stood, Which, is_newest, stood};
use super::{Period, Told, Whose};
use crate::domain::calendar::add_months;
use crate::domain::currency::Currency;
use crate::domain::money::Money;
use crate::domain::status::{PaymentStanding, PaymentStatus};
use crate::store::engine::{Db, Row, Value};
use crate::store::error::Result;
use crate::store::lists::shown::currency;

/// How many, and how much in minor units.
pub(super) type Sum = (i64, i64);

/// Of one currency each.
pub(super) fn by_currency(amounts: impl Iterator<Item = Money>) -> BTreeMap<Currency, i64> {
    let mut sums: BTreeMap<Currency, i64> = BTreeMap::new();
    for amount in amounts {
        *sums.entry(amount.currency()).or_default() += amount.minor();
    }
    sums
}

/// Payments that came due in one month and stand so.
#[derive(Clone, Copy, Debug)]
pub(super) struct CameDue {
    pub(super) standing: PaymentStanding,
    /// Its first day.
    pub(super) month: NaiveDate,
    pub(super) currency: Currency,
    pub(super) sum: Sum,
}

impl CameDue {
    /// Whether it counts among what shares are of.
    pub(super) fn counts(&self) -> bool {
        self.standing != PaymentStanding::Cancelled
    }
}

/// What came due in a period, by where it stood: what stands on a draft is left out, for nobody was asked.
pub(super) fn came_due(db: &Db, period: Period, whose: &Whose) -> Result<Vec<CameDue>> {
    let (from, to) = (period.from, period.last());
    let mut sums = Sums::default();
    if whose.is_part() || !is_newest(db, period.as_of)? {
        for row in stood(db, Which::Due(from, to), period.as_of, whose)?.iter().filter(|row| !row.is_drafted) {
            sums.add(row.standing(), row.due_on, row.currency(), (1, row.amount.minor()));
        }
    } else {
        sums.read(db, (from, to), period.as_of)?;
    }
    Ok(sums.done())
}

/// By standing, by month, by currency.
#[derive(Default)]
struct Sums(BTreeMap<(PaymentStanding, NaiveDate, Currency), Sum>);

/// One row where all are of one currency.
const DUE: &str = "SELECT COUNT(*), CAST(COALESCE(SUM(amount_minor), 0) AS BIGINT), MIN(currency), MAX(currency) FROM payment \
    WHERE status = ?1 AND due_on BETWEEN ?2 AND ?3";
const DUE_OF_EACH: &str = "SELECT COUNT(*), CAST(SUM(amount_minor) AS BIGINT), currency FROM payment \
    WHERE status = ?1 AND due_on BETWEEN ?2 AND ?3 GROUP BY currency";

/// On a paper that nobody has sent, or that is dated later.
const NOT_ASKED_FOR: [&str; 2] = [
    "SELECT p.status, p.due_on, p.currency, p.amount_minor FROM invoice i CROSS JOIN payment p \
     WHERE i.state IN ('draft', 'in_review') AND p.invoice_id = i.id AND (p.due_on || '') BETWEEN ?1 AND ?2 AND (?3 || '') = ?3",
    "SELECT p.status, p.due_on, p.currency, p.amount_minor FROM invoice i CROSS JOIN payment p \
     WHERE i.invoiced_on > ?3 AND i.state NOT IN ('draft', 'in_review') AND p.invoice_id = i.id AND (p.due_on || '') BETWEEN ?1 AND ?2",
];

/// Settled, and not by money alone: credited, and given up.
const NOT_BY_MONEY: &str = "SELECT p.due_on, p.paid_on, p.currency, p.amount_minor, w.credited, w.given_up FROM \
    (SELECT payment_id, CAST(SUM(CASE WHEN source = 'credit_note' THEN amount_minor ELSE 0 END) AS BIGINT) AS credited, \
      CAST(SUM(CASE WHEN source = 'write_off' THEN amount_minor ELSE 0 END) AS BIGINT) AS given_up \
      FROM allocation WHERE source <> 'receipt' GROUP BY payment_id) w \
    CROSS JOIN payment p WHERE p.id = w.payment_id AND p.status = 'paid'";

/// As the file has it, where money settled what is settled.
const fn standing_of(status: PaymentStatus) -> PaymentStanding {
    PaymentStanding::of(status, 0, 0, 0)
}

/// Of such a row, where it stands.
fn standing(row: &Row) -> Result<PaymentStanding> {
    Ok(PaymentStanding::of(PaymentStatus::Paid, row.int(3)?, row.int(4)?, row.int(5)?))
}

impl Sums {
    fn add(&mut self, standing: PaymentStanding, on: NaiveDate, currency: Currency, (count, minor): Sum) {
        let sum = self.0.entry((standing, first_of(on), currency)).or_default();
        *sum = (sum.0 + count, sum.1 + minor);
    }

    fn read(&mut self, db: &Db, (from, to): (NaiveDate, NaiveDate), as_of: NaiveDate) -> Result<()> {
        for month in months(from, to) {
            let last = add_months(month, 1).and_then(|next| next.pred_opt()).unwrap_or(to).min(to);
            for status in PaymentStatus::ALL {
                let of = [status.code().into(), month.max(from).into(), last.into()];
                for (currency, sum) in totals(db, [DUE, DUE_OF_EACH], &of)? {
                    self.add(standing_of(*status), month, currency, sum);
                }
            }
        }
        for sql in NOT_ASKED_FOR {
            db.each(sql, &[from.into(), to.into(), as_of.into()], |row| {
                let standing = standing_of(row.parsed(0)?);
                self.add(standing, row.date(1)?, currency(row, 2)?, (-1, -row.int(3)?));
                Ok(())
            })?;
        }
        db.each(NOT_BY_MONEY, &[], |row| {
            let (on, currency, minor) = (row.date(0)?, currency(row, 2)?, row.int(3)?);
            if (from..=to).contains(&on) {
                self.add(PaymentStanding::Paid, on, currency, (-1, -minor));
                self.add(standing(row)?, on, currency, (1, minor));
            }
            Ok(())
        })
    }

    fn done(self) -> Vec<CameDue> {
        let each = self.0.into_iter().filter(|(_, sum)| *sum != (0, 0));
        each.map(|((standing, month, currency), sum)| CameDue { standing, month, currency, sum }).collect()
    }
}

/// Counts and sums by currency: by one statement where there is but one.
fn totals(db: &Db, [all, each]: [&str; 2], params: &[Value]) -> Result<Vec<(Currency, Sum)>> {
    let found = db.one(all, params, |row| {
        Ok(((row.int(0)?, row.int(1)?), row.opt_text(2)? == row.opt_text(3)?, {
            if row.int(0)? > 0 { Some(currency(row, 2)?) } else { None }
        }))
    })?;
    match found {
        Some((sum, true, Some(only))) => Ok(vec![(only, sum)]),
        Some((_, false, _)) => db.all(each, params, |row| Ok((currency(row, 2)?, (row.int(0)?, row.int(1)?)))),
        _ => Ok(Vec::new()),
    }
}

const PAID: &str = "SELECT COUNT(*), CAST(COALESCE(SUM(amount_minor), 0) AS BIGINT), MIN(currency), MAX(currency) FROM payment \
    WHERE paid_on BETWEEN ?1 AND ?2";
const PAID_OF_EACH: &str = "SELECT COUNT(*), CAST(SUM(amount_minor) AS BIGINT), currency FROM payment \
    WHERE paid_on BETWEEN ?1 AND ?2 GROUP BY currency";

/// The payments that money paid in a period, by currency.
pub(super) fn paid(db: &Db, period: Period, whose: &Whose) -> Result<BTreeMap<Currency, Sum>> {
    let (from, to) = (period.from, period.last());
    let mut sums: BTreeMap<Currency, Sum> = BTreeMap::new();
    let mut add = |currency, (count, minor): Sum| {
        let sum = sums.entry(currency).or_default();
        *sum = (sum.0 + count, sum.1 + minor);
    };
    if whose.is_part() || !is_newest(db, period.as_of)? {
        let rows = stood(db, Which::Paid(from, to), period.as_of, whose)?;
        rows.iter().filter(|row| row.is_paid()).for_each(|row: &Stood| add(row.currency(), (1, row.amount.minor())));
        return Ok(sums);
    }
    for (currency, sum) in totals(db, [PAID, PAID_OF_EACH], &[from.into(), to.into()])? {
        add(currency, sum);
    }
    db.each(NOT_BY_MONEY, &[], |row| {
        let is_money = standing(row)? == PaymentStanding::Paid;
        if !is_money && row.opt_date(1)?.is_some_and(|on| (from..=to).contains(&on)) {
            add(currency(row, 2)?, (-1, -row.int(3)?));
        }
        Ok(())
    })?;
    Ok(sums)
}

const INCOME: Told<'static> = Told {
    all: "SELECT a.allocated_on, a.currency, CAST(SUM(a.amount_minor) AS BIGINT) FROM allocation a \
        WHERE a.allocated_on BETWEEN ?1 AND ?2 AND a.source = 'receipt' AND a.is_deposit = 0 GROUP BY a.allocated_on, a.currency",
    some: "SELECT a.allocated_on, a.currency, CAST(SUM(a.amount_minor) AS BIGINT) FROM allocation a \
        WHERE a.customer_id IN ({customers}) AND a.source = 'receipt' AND a.is_deposit = 0 \
        AND (a.allocated_on || '') BETWEEN ?1 AND ?2 GROUP BY a.allocated_on, a.currency",
};

/// Income by month and currency, as [`super::till::income`] has it row by row.
pub(super) fn income(
    db: &Db,
    (from, to): (NaiveDate, NaiveDate),
    whose: &Whose,
) -> Result<BTreeMap<(NaiveDate, Currency), i64>> {
    let mut sums: BTreeMap<(NaiveDate, Currency), i64> = BTreeMap::new();
    whose.each(db, &INCOME, &[from.into(), to.into()], |row| {
        *sums.entry((first_of(row.date(0)?), currency(row, 1)?)).or_default() += row.int(2)?;
        Ok(())
    })?;
    Ok(sums)
}

fn first_of(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

/// The first days of the months a span touches.
pub(super) fn months(from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    std::iter::successors(Some(first_of(from)), |month| add_months(*month, 1)).take_while(move |month| *month <= to)
}
