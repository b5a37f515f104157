//! Every report: its name, what it says, how it is added up, and its sheet. The commands, the entries of the menu and the
//! boxes of the terminal follow from this table.

use chrono::NaiveDate;

use super::cell::Cell;
use super::sheet::{Beside, Column, Row, Sheet, Value};
use crate::domain::currency::Currency;
use crate::domain::money::Money;
use crate::services::StoreError;
use crate::services::reads::reports::{self, Figure, Period, SummaryRow};
use crate::services::reads::{Db, Whose};

/// A report.
pub struct Report {
    /// As the command is called.
    pub key: &'static str,
    /// As the terminal calls it.
    pub title: &'static str,
    /// What it says, in a line.
    pub help: &'static str,
    /// How its figures are added up.
    pub formula: &'static str,
    pub over: Over,
    pub make: fn(&Db, &Asked) -> Result<Sheet, StoreError>,
}

impl std::fmt::Debug for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.key)
    }
}

/// What a report is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// A period, as it is asked for.
    Period,
    /// A period; on the screen so many months that a chart says something.
    Months,
    /// A period; on the screen the last weeks of it.
    Weeks,
    /// The state of one day.
    Day,
    /// What comes after today.
    Today,
}

/// What is asked of a report.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    pub period: Period,
    pub whose: &'a Whose,
    /// The money of the shop.
    pub own: Currency,
}

/// All of them, in the order in which help and menus name them.
pub static REPORTS: [Report; 6] = [
    Report {
        key: "summary",
        title: "Key figures",
        help: "Key figures: income, outstanding, success rate",
        formula: "Income: money applied to payments in the period, what was taken off again on its day, without deposits. \
            Rates: of what came due in the period and is not cancelled.",
        over: Over::Period,
        make: summary,
    },
    Report {
        key: "income",
        title: "Income by month",
        help: "Income and what came due, month by month",
        formula: "Collected: money applied to payments in the month, without deposits. Due: payments due in it, not cancelled.",
        over: Over::Months,
        make: income,
    },
    Report {
        key: "status",
        title: "Payments by status",
        help: "Payments that came due, by status",
        formula: "Payments due in the period by where they stood at its end; what was given up is no money.",
        over: Over::Period,
        make: status,
    },
    Report {
        key: "failures",
        title: "Failed payments by week",
        help: "Declined attempts, week by week",
        formula: "Payments that failed in the week and were not taken back; recovered: money paid them since.",
        over: Over::Weeks,
        make: failures,
    },
    Report {
        key: "aging",
        title: "Open by age (aging)",
        help: "What is open, by age",
        formula: "What is open on issued invoices, by the days since they were due; adds up to the outstanding total.",
        over: Over::Day,
        make: aging,
    },
    Report {
        key: "expected",
        title: "Expected to come in",
        help: "What is expected in the next 30, 60 and 90 days",
        formula: "Open payments due by then without those that are late, and periods that are not billed yet.",
        over: Over::Today,
        make: expected,
    },
];

/// The report of a name.
pub fn by_key(key: &str) -> Option<&'static Report> {
    REPORTS.iter().find(|report| report.key == key)
}

fn row(name: String, short: String, currency: Option<Currency>, values: Vec<Value>) -> Row {
    Row { name, short, currency, values }
}

fn code(currency: Currency) -> Value {
    Cell::Plain(currency.code().to_owned()).into()
}

fn span(period: Period) -> Vec<(&'static str, Cell)> {
    vec![("from", Cell::Day(period.from)), ("to", Cell::Day(period.to))]
}

const KEY_FIGURES: &[Column] = &[
    Column::new("currency", ""),
    Column::number("total_income", "Total income").line("Total income"),
    Column::number("outstanding", "Outstanding").line("Open on invoices"),
    Column::number("due_not_invoiced", "Due, not invoiced").line("Due and not invoiced"),
    Column::number("average_payment", "Average payment").line("Average payment"),
    Column::number("monthly_recurring", "Monthly recurring income").line("Monthly recurring"),
    Column::number("unapplied_credit", "Unapplied credit").line("Credit of customers"),
    Column::number("deposits_held", "Deposits held").line("Deposits held"),
    Column::number("deposits_kept", "Deposits kept").line("Deposits kept, in the income"),
    Column::number("success_rate", "Success rate").line("Success rate: paid").of_its_money(),
    Column::number("failed_rate", "Failed rate").line("Failed rate: failed").of_its_money(),
    Column::number("failed_attempts_rate", "Failed attempts").of_its_money(),
    Column::number("due_count", "").line("Came due, which both are of").of_its_money(),
    Column::number("paid_count", ""),
];

/// What the top of the object repeats of the money of the shop.
const OF_THE_SHOP: [&str; 10] = [
    "currency",
    "total_income",
    "outstanding",
    "due_not_invoiced",
    "average_payment",
    "monthly_recurring",
    "success_rate",
    "failed_rate",
    "failed_attempts_rate",
    "due_count",
];

fn summary(db: &Db, asked: &Asked) -> Result<Sheet, StoreError> {
    let found = reports::summary(db, asked.period, asked.whose)?;
    let values = |of: &SummaryRow| -> Vec<Value> {
        vec![
            code(of.currency),
            Value::from(of.total_income).is(Figure::Income),
            Value::from(of.outstanding).is(Figure::Outstanding),
            Value::from(of.due_not_invoiced).is(Figure::NotInvoiced),
            Value::from(Cell::from(of.average_payment)).is(Figure::Paid),
            Value::from(of.monthly_recurring).is(Figure::Recurring),
            Value::from(of.unapplied_credit).is(Figure::Credit),
            Value::from(of.deposits_held).is(Figure::Held),
            Value::from(of.deposits_kept).is(Figure::Kept),
            Value::share(of.success_ppm).is(Figure::Success),
            Value::share(of.failed_ppm).is(Figure::Failed),
            Value::share(of.failed_attempts_ppm),
            Value::from(of.due_count).is(Figure::CameDue),
            Value::from(of.paid_count),
        ]
    };
    let rows: Vec<Row> =
        found.rows.iter().map(|of| row(String::new(), String::new(), Some(of.currency), values(of))).collect();
    let mut sheet = Sheet { head: Vec::new(), columns: KEY_FIGURES, rows, period: asked.period, is_down: true };
    let own = sheet.rows_of(asked.own).next().map(|row| row.values.clone()).unwrap_or_default();
    let mut head: Vec<(&str, Cell)> = Vec::new();
    for (column, value) in KEY_FIGURES.iter().zip(&own) {
        if OF_THE_SHOP.contains(&column.key) {
            head.push((column.key, value.cell(column.key, asked.own)));
        }
    }
    head.extend(span(asked.period));
    head.push(("as_of", Cell::Day(asked.period.as_of)));
    sheet.head = head;
    Ok(sheet)
}

const BY_MONTH: &[Column] = &[
    Column::new("month", "MONTH"),
    Column::new("currency", ""),
    Column::number("collected", "COLLECTED"),
    Column::number("", "").beside(Beside::Plain),
    Column::number("due", "DUE").line("what came due"),
];

fn income(db: &Db, asked: &Asked) -> Result<Sheet, StoreError> {
    let of = |of: reports::MonthRow| {
        let currency = of.collected.currency();
        let share = (of.due.minor() > 0).then(|| {
            let ppm = i128::from(of.collected.minor()) * 1_000_000 / i128::from(of.due.minor());
            i64::try_from(ppm).unwrap_or(0)
        });
        let values = vec![
            Cell::Plain(of.month.format("%Y-%m").to_string()).into(),
            code(currency),
            Value::from(of.collected).is(Figure::IncomeOf(of.month)),
            Value::share(share),
            Value::from(of.due).is(Figure::DueIn(of.month)),
        ];
        let (name, short) = (of.month.format("%B %Y").to_string(), of.month.format("%b").to_string());
        row(name, short, Some(currency), values)
    };
    let rows = reports::income_by_month(db, asked.period, asked.whose)?.into_iter().map(of).collect();
    Ok(Sheet { head: span(asked.period), columns: BY_MONTH, rows, period: asked.period, is_down: false })
}

const BY_STATUS: &[Column] = &[
    Column::new("status", "STATUS"),
    Column::number("count", "PAYMENTS"),
    Column::number("sums", "AMOUNT").parts(&["currency", "amount"]),
];

fn status(db: &Db, asked: &Asked) -> Result<Sheet, StoreError> {
    let of = |of: reports::StatusRow| {
        let part = |(count, sum): &(i64, Money)| {
            vec![
                ("currency", Cell::Plain(sum.currency().code().to_owned())),
                ("amount", Cell::Money(*sum)),
                ("count", Cell::Count(*count)),
            ]
        };
        let sums = Value::each(of.sums.iter().map(part).collect(), &["amount"]);
        let values = vec![
            Cell::Word(of.status.code(), of.status.word()).into(),
            of.count().into(),
            sums.is(Figure::Standing(of.status)),
        ];
        let name = format!("{} {}", of.status.mark(), of.status.word());
        row(name.clone(), name, None, values)
    };
    let rows = reports::status_distribution(db, asked.period, asked.whose)?.into_iter().map(of).collect();
    Ok(Sheet { head: span(asked.period), columns: BY_STATUS, rows, period: asked.period, is_down: false })
}

const BY_WEEK: &[Column] = &[
    Column::new("week", "WEEK OF"),
    Column::new("currency", ""),
    Column::number("declined", "DECLINED").beside(Beside::Word("failed")).of_its_money(),
    Column::number("recovered", "RECOVERED").beside(Beside::Word("recovered")).of_its_money(),
    Column::new("reasons", "").beside(Beside::Plain),
];

fn failures(db: &Db, asked: &Asked) -> Result<Sheet, StoreError> {
    let of = |of: reports::FailureRow| {
        let part =
            |(reason, count): &(String, i64)| vec![("reason", Cell::text(reason)), ("count", Cell::Count(*count))];
        let values = vec![
            Cell::Day(of.week).into(),
            code(of.currency),
            Value::from(of.declined).is(Figure::FailedIn(of.week)),
            of.recovered.into(),
            Value::each(of.by_reason.iter().map(part).collect(), &["count", "reason"]),
        ];
        let name = format!("Week of {}", of.week.format("%d %b %Y"));
        row(name, of.week.format("%d %b").to_string(), Some(of.currency), values)
    };
    let rows = reports::failures_by_week(db, asked.period, asked.whose)?.into_iter().map(of).collect();
    Ok(Sheet { head: span(asked.period), columns: BY_WEEK, rows, period: asked.period, is_down: false })
}

const BY_AGE: &[Column] = &[
    Column::new("bucket", "DAYS LATE"),
    Column::number("count", "INVOICES").beside(Beside::Of("invoice")).of_its_money(),
    Column::number("amount", "OPEN"),
    Column::new("currency", ""),
];

fn aging(db: &Db, asked: &Asked) -> Result<Sheet, StoreError> {
    let day: NaiveDate = asked.period.as_of;
    let found = reports::aging(db, day, asked.whose)?;
    let own = found.iter().filter(|of| of.amount.currency() == asked.own).map(|of| of.amount.minor()).sum();
    let head = vec![
        ("as_of", Cell::Day(day)),
        ("outstanding", Cell::Money(Money::new(own, asked.own))),
        ("currency", Cell::Plain(asked.own.code().to_owned())),
    ];
    let of = |of: reports::AgingRow| {
        let currency = of.amount.currency();
        let values = vec![
            Cell::Word(of.bucket.code(), of.bucket.word()).into(),
            of.count.into(),
            Value::from(of.amount).is(Figure::Aged(of.bucket)),
            code(currency),
        ];
        row(of.bucket.word().to_owned(), of.bucket.word().to_owned(), Some(currency), values)
    };
    let rows = found.into_iter().map(of).collect();
    Ok(Sheet { head, columns: BY_AGE, rows, period: asked.period, is_down: false })
}

const BY_SPAN: &[Column] = &[
    Column::number("days", "DAYS"),
    Column::new("currency", ""),
    Column::number("due", "DUE").line("due already"),
    Column::number("upcoming", "UPCOMING").line("periods to come"),
];

fn expected(db: &Db, asked: &Asked) -> Result<Sheet, StoreError> {
    let today = asked.period.as_of;
    let of = |of: reports::ExpectedRow| {
        let currency = of.due.currency();
        let values = vec![
            of.days.into(),
            code(currency),
            Value::from(of.due).is(Figure::DueWithin(of.days)),
            Value::from(of.upcoming).is(Figure::UpcomingWithin(of.days)),
        ];
        row(format!("Next {} days", of.days), format!("{} d", of.days), Some(currency), values)
    };
    let rows = reports::expected(db, today, asked.whose)?.into_iter().map(of).collect();
    let head = vec![("as_of", Cell::Day(today))];
    Ok(Sheet { head, columns: BY_SPAN, rows, period: asked.period, is_down: false })
}
