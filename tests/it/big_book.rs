//! A book of a million payments for measuring, made once: `cargo test --release big_book -- --ignored`.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use chrono::{Datelike, Days, Months, NaiveDate};
use rentbook::store::{Book, Result};

use super::books::{Dice, Due, Scribe, Who, day, today};

/// Where it lies.
pub fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("target/big/shop.db")
}

const FIRST: &[&str] = &[
    "Ann", "Bea", "Carl", "Dana", "Emil", "Fay", "Gus", "Hana", "Igor", "Jane", "Ken", "Lena", "Max", "Nina", "Omar",
    "Pia", "Quin", "Rosa", "Sven", "Tara", "Uma", "Vera", "Walt", "Xena", "Yui", "Zoe", "Łukasz", "Özge", "Émile",
];
const LAST: &[&str] = &[
    "Adams",
    "Berg",
    "Cole",
    "Delgado",
    "Evans",
    "Fischer",
    "Garcia",
    "Hughes",
    "Ito",
    "Jansen",
    "Kowalski",
    "Lindqvist",
    "Müller",
    "Novak",
    "Okafor",
    "Petit",
    "Quist",
    "Ruiz",
    "Shah",
    "Tanaka",
    "Ueda",
    "Vance",
    "Weber",
    "Young",
    "Zapata",
    "Żółć",
    "Smith",
    "Jones",
    "Brown",
    "Silva",
];
const PRICES: &[i64] = &[2900, 3900, 4550, 5900, 6200, 6900, 7900, 8900, 12900, 14900, 19900, 31000];

struct Maker<'s, 'd> {
    scribe: &'s Scribe<'d>,
    dice: Dice,
    payments: u64,
}

impl Maker<'_, '_> {
    fn customer(&mut self, n: u64) -> Result<i64> {
        let (first, last) = (self.dice.pick(FIRST), self.dice.pick(LAST));
        let company = if n.is_multiple_of(7) {
            format!("{last} {} {n}", self.dice.pick(&["GmbH", "Ltd", "Studio"]))
        } else {
            String::new()
        };
        let joined = day("2020-01-01") + Days::new(n * 2100 / 50_000);
        self.scribe.customer(Who {
            company: &company,
            first,
            last,
            email: &format!("c{n}@mail{}.example", n % 97),
            phone: &format!("+49555{:06}", (n * 7919) % 1_000_000),
            joined: Some(joined),
            currency: None,
        })
    }

    /// The periods of one subscription that start before today plus a week.
    fn periods(&mut self, start: NaiveDate, months: u32) -> Vec<(u32, NaiveDate, NaiveDate)> {
        let until = today() + Days::new(7);
        (0..months)
            .map(|k| (k, start + Months::new(k), start + Months::new(k + 1)))
            .take_while(|(_, from, _)| *from <= until)
            .collect()
    }
}

/// One thing that happens on a day, in the order of days so that numbers follow dates.
struct Bill {
    on: NaiveDate,
    customer: i64,
    group: Option<i64>,
    subscription: i64,
    index: u32,
    period: (NaiveDate, NaiveDate),
    minor: i64,
}

fn settle(maker: &mut Maker, payment: i64, due_on: NaiveDate) -> Result<()> {
    let age = (today() - due_on).num_days();
    let roll = maker.dice.below(1000);
    let method = maker.dice.pick(&["bank_transfer", "bank_transfer", "bank_transfer", "card", "direct_debit", "cash"]);
    let method = if maker.payments.is_multiple_of(9973) { "check" } else { method };
    let (paid, pending, failed, processing, part) = if age < 0 {
        (0, 1000, 1000, 1000, 1000)
    } else if age < 30 {
        (520, 920, 950, 980, 1000)
    } else {
        (970, 980, 983, 984, 986)
    };
    let days = maker.dice.below(if age < 30 { 3 } else { 25 });
    let on = (due_on + Days::new(days)).min(today());
    if roll < paid {
        maker.scribe.pay(payment, on, method, &format!("BT-{}", maker.payments))?;
    } else if roll < pending {
    } else if roll < failed {
        let reason = maker.dice.pick(&["declined", "insufficient_funds", "expired_card", "other"]);
        maker.scribe.fail(payment, on, reason)?;
    } else if roll < processing {
        maker.scribe.set_status(payment, "processing", on)?;
    } else if roll < part {
        let receipt = maker.scribe.receipt(maker.scribe.payer(payment)?, 1500, on, method, "")?;
        maker.scribe.allocate(Some(receipt), payment, 1000, on)?;
    } else {
        let void = "UPDATE invoice SET state = 'void', voided_on = '2026-03-05' WHERE id = (SELECT invoice_id FROM payment WHERE id = ?1)";
        maker.scribe.run(void, &[payment.into()])?;
    }
    Ok(())
}

fn write(scribe: &Scribe, customers: u64) -> Result<()> {
    let mut maker = Maker { scribe, dice: Dice::new(42), payments: 0 };
    let mut variants = Vec::new();
    for (at, minor) in PRICES.iter().enumerate() {
        variants.push((scribe.variant(&format!("Laptop Pro {at}"), "black", *minor, "EUR")?, *minor));
    }
    let mut bills = Vec::new();
    for n in 0..customers {
        let customer = maker.customer(n)?;
        for s in 0..=u64::from(maker.dice.below(3) == 0) {
            bills.extend(subscribe(&mut maker, &variants, n, customer, s)?);
        }
    }
    let mut groups = HashMap::new();
    for first in (0..customers / 10).step_by(10).map(|n| i64::try_from(n).unwrap_or(0) + 1) {
        let members: Vec<i64> = (first..first + 5).collect();
        let group = scribe.group(&format!("Group {first:05}"), &members)?;
        groups.extend(members.into_iter().map(|member| (member, group)));
    }
    for bill in &mut bills {
        bill.group = groups.get(&bill.customer).copied();
    }
    bills.sort_by_key(|bill| (bill.on, bill.subscription));
    for bill in bills {
        bill_one(&mut maker, &bill)?;
    }
    Ok(())
}

fn subscribe(maker: &mut Maker, variants: &[(i64, i64)], n: u64, customer: i64, s: u64) -> Result<Vec<Bill>> {
    let at = usize::try_from(maker.dice.below(12)).unwrap_or(0);
    let (variant, minor) = variants.get(at).copied().unwrap_or((1, 8900));
    let months = [12, 18, 24, 36].get(usize::try_from(maker.dice.below(4)).unwrap_or(0)).copied().unwrap_or(12);
    let start = day("2020-01-01") + Days::new(n * 2100 / 50_000 + s * 90 + maker.dice.below(28));
    let end = start + Months::new(months);
    let asset = maker.scribe.asset(variant, &format!("SN-{n}-{s}"), minor * 14)?;
    let subscription = maker.scribe.subscription(customer, variant, Some(asset), start, end, minor)?;
    let periods = maker.periods(start, months);
    let next = periods.last().map(|last| last.2).filter(|next| *next < end);
    let over = end <= today();
    maker.scribe.run(
        "UPDATE subscription SET next_index = ?2, next_start_on = ?3 WHERE id = ?1",
        &[subscription.into(), i64::try_from(periods.len()).unwrap_or(0).into(), next.into()],
    )?;
    if over {
        maker.scribe.run(
            "UPDATE subscription SET status = 'ended', end_reason = 'completed', ended_on = end_on WHERE id = ?1",
            &[subscription.into()],
        )?;
        maker.scribe.run("UPDATE asset SET state = 'in_stock' WHERE id = ?1", &[asset.into()])?;
    }
    Ok(periods
        .into_iter()
        .map(|(index, from, to)| Bill {
            on: from - Days::new(7),
            customer,
            group: None,
            subscription,
            index,
            period: (from, to),
            minor,
        })
        .collect())
}

fn bill_one(maker: &mut Maker, bill: &Bill) -> Result<()> {
    maker.payments += 1;
    let due = Due {
        customer: bill.customer,
        group: bill.group,
        subscription: Some(bill.subscription),
        kind: "period",
        index: Some(bill.index.into()),
        period: Some(bill.period),
        due_on: bill.period.0,
        minor: bill.minor,
        text: "Laptop Pro 14, black",
    };
    let kind = if bill.group.is_some() { "consolidated" } else { "regular" };
    let (invoice, payments) = maker.scribe.invoice(kind, bill.on, &[due])?;
    for payment in payments {
        settle(maker, payment, bill.period.0)?;
    }
    if maker.payments.is_multiple_of(5003) {
        let (_, extra) = maker.scribe.invoice(
            "out_of_turn",
            bill.on,
            &[Due {
                customer: bill.customer,
                due_on: bill.period.0,
                minor: 500 + i64::from(bill.on.day()),
                text: "Late fee",
                kind: "fee",
                ..Due::default()
            }],
        )?;
        for payment in extra {
            settle(maker, payment, bill.period.0)?;
        }
    }
    let _ = invoice;
    Ok(())
}

#[test]
#[ignore = "makes a book of a million payments under target/big, minutes of work"]
fn big_book() {
    let path = path();
    let _ = std::fs::remove_dir_all(path.parent().unwrap());
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let customers = std::env::var("BIG_CUSTOMERS").ok().and_then(|n| n.parse().ok()).unwrap_or(50_000);
    let book = Book::create(&path).unwrap();
    book.write(|db| {
        let scribe = Scribe::new(db)?;
        write(&scribe, customers)?;
        db.execute("ANALYZE", &[]).map(drop)
    })
    .unwrap();
    let count = book.read(|db| db.one("SELECT COUNT(*) FROM payment", &[], |row| row.int(0))).unwrap();
    println!("{count:?} payments");
}
