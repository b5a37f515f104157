//! The cases of the rules, each with its source: every one that is a calculation is run, every one in words names the
//! test that proves it or says where it comes.

use chrono::{DateTime, NaiveDate, Utc};
use rentbook::domain::aging::bucket;
use rentbook::domain::allocation::{OpenItem, oldest_first};
use rentbook::domain::calendar::{days_between_local, end_of_month_terms, local_date};
use rentbook::domain::collection::dates;
use rentbook::domain::credit_note::{NetTax, credit_net};
use rentbook::domain::currency::Currency;
use rentbook::domain::frequency::Frequency;
use rentbook::domain::id::{InvoiceId, PaymentId};
use rentbook::domain::interest::late_interest;
use rentbook::domain::proration::{from_day_on, prorate, prorate_between};
use rentbook::domain::rounding::Rounding;
use rentbook::domain::schedule::{Schedule, first_anchor};
use rentbook::domain::split::split;
use rentbook::domain::status::{InvoiceState, InvoiceStatus};
use rentbook::domain::tax::{PriceBasis, TaxRate, TaxScope, taxes_of_rate};
use rentbook::domain::terms::due_on;
use rust_decimal::Decimal;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// What a clause of the rules in words is proved by: a test by its name (in `src` or `tests`), or the part of the
/// program it comes with.
enum Proof {
    Test(&'static str),
    ComesWith(&'static str),
}
use Proof::{ComesWith, Test};

/// Every case in words.
const IN_WORDS: &[(&str, Proof)] = &[
    ("A08", ComesWith("bank matching (optional): a set that adds up exactly is only proposed")),
    ("A09", Test("two_payments_are_refunded_one_after_the_other_and_nothing_is_due")),
    ("A11", Test("a_full_refund_leaves_the_debt_open_without_a_credit_note_and_settled_with_one")),
    ("A12", Test("credit_is_kept_and_pays_a_part_of_the_next_invoice")),
    ("A13", Test("what_money_is_on_its_way_to_takes_no_credit")),
    ("A16", Test("every_attempt_is_kept_with_its_reason_until_one_succeeds")),
    ("C07", Test("cancelled_from_today_the_rest_of_the_running_period_is_credited")),
    ("D01", ComesWith("collections")),
    ("D03", Test("an_amount_at_the_threshold_is_not_collected")),
    ("D04", ComesWith("collections")),
    ("D05", ComesWith("collections")),
    ("F02", Test("a_fee_is_taken_from_the_original_amount_up_to_its_cap")),
    ("F03", ComesWith("collections")),
    ("F04", ComesWith("collections")),
    ("G10", Test("the_buckets_add_up_to_what_is_outstanding_on_any_day")),
    ("I01", Test("passes_on_every_day_plan_what_one_pass_at_the_end_plans")),
    ("I02", Test("passes_on_every_day_plan_what_one_pass_at_the_end_plans")),
    ("I03", Test("a_pass_asks_before_a_long_gap_and_when_the_clock_went_back")),
    ("I05", ComesWith("the file: a payment is unique per subscription and period start")),
    ("K03", Test("money_that_was_paid_comes_free_and_goes_back_where_asked")),
    ("K04", Test("a_credit_note_in_full_frees_the_money_which_is_then_refunded")),
    ("N11", ComesWith("nothing: terms in several instalments are optional and not offered")),
    ("P22", Test("cutting_a_period_anywhere_and_often_gives_parts_that_add_to_it")),
    ("R05", ComesWith("charge attempts")),
    ("X07", Test("sums_never_mix_currencies")),
    ("Z06", Test("eighteen_months_across_daylight_saving_start_on_the_first_and_cost_the_same")),
    ("Z07", ComesWith("the screens: saving a form unchanged changes nothing")),
];

/// The kinds of case that are calculations.
type Run = fn(&Value) -> Value;
const CALCULATIONS: &[(&str, Run)] = &[
    ("starts", starts),
    ("first_anchor", |v| json!(first_anchor(day(v, "start"), get(v, "day")).unwrap())),
    ("periods", periods),
    ("count", |v| json!(schedule(v).count())),
    ("prorate", prorated),
    ("net", |v| json!(due_on(None, day(v, "issue"), get(v, "net")))),
    ("eom", |v| json!(end_of_month_terms(day(v, "issue"), get(v, "months"), get(v, "days")))),
    ("status", status),
    ("fifo", fifo),
    ("tax", tax),
    ("round", |v| rounded(v, get(v, "exp"), mode(v))),
    ("round_cur", |v| rounded(v, Currency::new(&get::<String>(v, "cur")).unwrap().exponent(), Rounding::HalfUp)),
    ("split", shares),
    ("credit_notes", credit_notes),
    ("interest", interest),
    ("attempts", |v| json!(dates(day(v, "due"), get::<Vec<i64>>(v, "offsets")))),
    ("bucket", |v| json!(bucket(day(v, "due"), day(v, "as_of")).code())),
    ("local_date", |v| json!(local_date(instant(v, "instant"), zone(v)))),
    ("days_between_local", |v| json!(days_between_local(instant(v, "from"), instant(v, "to"), zone(v)))),
];

fn vectors() -> Vec<Value> {
    serde_json::from_str(include_str!("vectors.json")).unwrap()
}

fn get<T: DeserializeOwned>(v: &Value, field: &str) -> T {
    serde_json::from_value(v[field].clone()).unwrap()
}

fn day(v: &Value, field: &str) -> NaiveDate {
    get(v, field)
}

fn instant(v: &Value, field: &str) -> DateTime<Utc> {
    get(v, field)
}

fn zone(v: &Value) -> chrono_tz::Tz {
    v["tz"].as_str().unwrap().parse().unwrap()
}

fn frequency(v: &Value) -> Frequency {
    v["freq"].as_str().unwrap().parse().unwrap()
}

fn mode(v: &Value) -> Rounding {
    match v["mode"].as_str().unwrap() {
        "half_up" => Rounding::HalfUp,
        "half_even" => Rounding::HalfEven,
        other => panic!("{other}"),
    }
}

/// Decimal text as a count of units of `digits` digits after the point.
fn units(text: &str, digits: u32) -> i64 {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    assert!(fraction.len() <= digits as usize, "{text}");
    format!("{whole}{fraction:0<width$}", width = digits as usize).parse().unwrap()
}

fn cents(v: &Value) -> i64 {
    units(v.as_str().unwrap(), 2)
}

/// A count of units as decimal text with `digits` digits.
fn text(units: i64, digits: u32) -> String {
    Decimal::new(units, digits).to_string()
}

fn schedule(v: &Value) -> Schedule {
    let anchor = v["day"].as_u64().map(|day| u32::try_from(day).unwrap());
    let frequency = frequency(v);
    match v["n"].as_u64() {
        Some(n) => {
            let months = u32::try_from(n).unwrap() * frequency.months();
            Schedule::for_months(day(v, "start"), months, frequency, anchor).unwrap()
        }
        None => Schedule::new(day(v, "start"), day(v, "end"), frequency, anchor).unwrap(),
    }
}

fn starts(v: &Value) -> Value {
    let n = usize::try_from(v["n"].as_u64().unwrap()).unwrap();
    json!(schedule(v).periods().take(n).map(|period| period.start).collect::<Vec<_>>())
}

fn periods(v: &Value) -> Value {
    json!(schedule(v).periods().map(|period| [period.start, period.aligned_end, period.end]).collect::<Vec<_>>())
}

fn prorated(v: &Value) -> Value {
    let amount = cents(&v["amount"]);
    if v.get("used").is_some() {
        return json!(text(prorate(amount, get(v, "used"), get(v, "total")), 2));
    }
    let [a, b, p0, p1] = ["a", "b", "p0", "p1"].map(|field| day(v, field));
    let part = prorate_between(amount, a, b, p0, p1);
    if b == p1 {
        assert_eq!(from_day_on(amount, a, p0, p1), part, "the second part of a cut is the same");
    }
    json!(text(part, 2))
}

fn status(v: &Value) -> Value {
    let settled = cents(&v["paid"]) + cents(&v["credited"]);
    let due_on: NaiveDate = day(v, "due");
    json!(InvoiceStatus::of(InvoiceState::Issued, cents(&v["total"]), settled, due_on, day(v, "today")).code())
}

fn fifo(v: &Value) -> Value {
    let open: Vec<(String, NaiveDate, NaiveDate, String)> = get(v, "open");
    let items: Vec<OpenItem> = open
        .iter()
        .zip(0..)
        .map(|((name, due_on, issued_on, open), at)| OpenItem {
            payment: PaymentId(at),
            invoice_total_open: units(open, 2),
            invoice: Some(InvoiceId(at)),
            due_on: *due_on,
            issued_on: Some(*issued_on),
            number: Some(name.clone()),
            open: units(open, 2),
            is_deposit: false,
        })
        .collect();
    let allocated = oldest_first(cents(&v["amount"]), &items);
    let name = |payment: PaymentId| open[usize::try_from(payment.0).unwrap()].0.clone();
    let short = |minor: i64| Decimal::new(minor, 2).normalize().to_string();
    let parts: Vec<_> = allocated.parts.iter().map(|(payment, part)| [name(*payment), short(*part)]).collect();
    json!({"alloc": parts, "unapplied": text(allocated.rest, 2)})
}

fn tax(v: &Value) -> Value {
    let lines: Vec<String> = get(v, "lines");
    let finer =
        lines.iter().filter_map(|line| line.split_once('.')).map(|(_, f)| f.len()).max().unwrap_or(0).max(2) - 2;
    let finer = u32::try_from(finer).unwrap();
    let priced: Vec<i64> = lines.iter().map(|line| units(line, 2 + finer)).collect();
    let rate: TaxRate = v["rate"].as_str().unwrap().parse().unwrap();
    let scope = TaxScope::from_code(v["scope"].as_str().unwrap()).unwrap();
    let taxes = taxes_of_rate(&priced, finer, rate, PriceBasis::Net, scope, mode(v));
    assert_eq!(taxes.len(), lines.len());
    json!(text(taxes.iter().sum(), 2))
}

fn rounded(v: &Value, digits: u32, rounding: Rounding) -> Value {
    const FINE: u32 = 9;
    let exact = units(v["x"].as_str().unwrap(), FINE);
    let whole = rounding.div(i128::from(exact), 10_i128.pow(FINE - digits));
    json!(text(i64::try_from(whole).unwrap(), digits))
}

fn shares(v: &Value) -> Value {
    let digits = v["exp"].as_u64().map_or(2, |digits| u32::try_from(digits).unwrap());
    let parts = split(units(v["total"].as_str().unwrap(), digits), &get::<Vec<i64>>(v, "w"));
    json!(parts.into_iter().map(|part| text(part, digits)).collect::<Vec<_>>())
}

fn credit_notes(v: &Value) -> Value {
    let line = NetTax { net: cents(&v["base"]), tax: cents(&v["tax"]) };
    let mut credited = NetTax::default();
    let mut notes = Vec::new();
    for part in v["parts"].as_array().unwrap() {
        let note = credit_net(line, credited, cents(part)).unwrap();
        credited = NetTax { net: credited.net + note.net, tax: credited.tax + note.tax };
        notes.push([text(note.net, 2), text(note.tax, 2)]);
    }
    assert_eq!(credited, line, "the notes close the line");
    json!(notes)
}

fn interest(v: &Value) -> Value {
    let rate: TaxRate = v["rate"].as_str().unwrap().parse().unwrap();
    json!(text(late_interest(cents(&v["outstanding"]), rate.ppm(), get(v, "days")), 2))
}

#[test]
fn every_case_that_is_a_calculation_gives_what_its_source_says() {
    let vectors = vectors();
    assert_eq!(vectors.len(), 98);
    let mut counts = vec![0; CALCULATIONS.len()];
    for case in vectors.iter().filter(|case| case["fn"] != "text") {
        let (id, kind) = (case["id"].as_str().unwrap(), case["fn"].as_str().unwrap());
        let at = CALCULATIONS.iter().position(|(name, _)| *name == kind);
        let at = at.unwrap_or_else(|| panic!("{id}: nothing runs the kind {kind}"));
        counts[at] += 1;
        assert_eq!(CALCULATIONS[at].1(&case["in"]), case["out"], "{id}: {}", case["source"]);
    }
    for ((kind, _), count) in CALCULATIONS.iter().zip(counts) {
        assert!(count > 0, "no case is of the kind {kind}");
    }
}

#[test]
fn every_case_in_words_names_its_proof() {
    let written: Vec<String> = vectors()
        .iter()
        .filter(|case| case["fn"] == "text")
        .map(|case| case["id"].as_str().unwrap().to_owned())
        .collect();
    let named: Vec<&str> = IN_WORDS.iter().map(|(id, _)| *id).collect();
    let mut sorted = written.clone();
    sorted.sort();
    assert_eq!(sorted, named);
    let source = rust_files();
    for (id, proof) in IN_WORDS {
        match proof {
            Test(name) => assert!(source.contains(&format!("fn {name}()")), "{id}: there is no test {name}"),
            ComesWith(what) => assert!(!what.is_empty(), "{id}"),
        }
    }
}

/// Every Rust file of the program and its tests, in one text.
fn rust_files() -> String {
    fn read(folder: &std::path::Path, out: &mut String) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                read(&path, out);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                out.push_str(&std::fs::read_to_string(path).unwrap());
            }
        }
    }
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut out = String::new();
    read(&root.join("src"), &mut out);
    read(&root.join("tests"), &mut out);
    out
}
