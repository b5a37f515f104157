//! Many processes of the real binary at one book: one does the work, one wins, nobody waits for ever.

use std::path::Path;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use rusqlite::Connection;

use super::books::number;
use super::kill::{FIRST, desk, much_to_do, shop};
use super::program::{Said, done, run, start};
use super::wholeness::faults;
use crate::a_shop::other_program;
use crate::chance::size;

fn ended(child: Child) -> Said {
    child.wait_with_output().unwrap().into()
}

#[test]
fn twelve_passes_at_once_write_each_period_once() {
    let (_folder, path, day) = much_to_do();
    let many: Vec<Child> =
        (0..size("RENTBOOK_RACERS", 12)).map(|n| start(&path, &format!("p{n}"), &["--today", day, "run"])).collect();
    let said: Vec<Said> = many.into_iter().map(ended).collect();
    let written: i64 = said.iter().map(|said| said.json["materialised"].as_i64().unwrap_or(0)).sum();
    for said in &said {
        assert_eq!(said.code, Some(0), "{said:?}");
    }
    let desk = desk(&path);
    assert_eq!(faults(&desk, &[]), Vec::<String>::new());
    assert_eq!(written, 1200 + 200, "what the twelve say they wrote: {said:#?}");
    let twice = "SELECT COUNT(*) FROM (SELECT 1 FROM payment WHERE kind = 'period' GROUP BY subscription_id, period_start_on \
        HAVING COUNT(*) > 1)";
    assert_eq!(number(&desk, twice), 0);
    assert_eq!(number(&desk, "SELECT COUNT(*) FROM payment WHERE kind = 'period'"), 1200);
    let late: i64 = said.iter().map(|said| said.json["became_overdue"].as_i64().unwrap_or(0)).sum();
    assert_eq!(late, number(&desk, "SELECT COUNT(*) FROM invoice WHERE overdue_on IS NOT NULL"));
    // Who did nothing leaves no trace; the shop's own first day is one more.
    let busy = said.iter().filter(|said| !said.json["steps"].as_array().is_none_or(Vec::is_empty)).count();
    let traces = number(&desk, "SELECT COUNT(*) FROM activity WHERE action = 'pass_done'");
    assert!((2..=busy + 2).contains(&usize::try_from(traces).unwrap()), "{traces} traces of {busy}");
}

/// A book with so many open invoices.
fn open_invoices(path: &Path, count: u64) {
    let add = ["customer", "add", "--first", "Ana", "--last", "Delgado", "--line1", "Quay 1", "--city", "Exampleton"];
    done(path, "ann", &[&["--today", FIRST], &add[..]].concat());
    let item = format!("1;{count};12;month;;{FIRST}");
    done(path, "ann", &["--today", FIRST, "order", "add", "--customer", "1", "--item", &item, "--confirm"]);
}

#[test]
fn of_two_who_take_the_money_of_one_invoice_one_is_told_who_was_quicker() {
    let rounds = size("RENTBOOK_RACES", 8);
    let (_folder, path) = shop();
    open_invoices(&path, rounds);
    for round in 1..=rounds {
        let invoice = format!("2024-{round:04}");
        let pay = |who: &str| start(&path, who, &["--today", FIRST, "pay", &invoice, "--reference", who, "--again"]);
        let (ann, ben) = (pay("ann"), pay("ben"));
        let said = [ended(ann), ended(ben)];
        let lost = match said.iter().position(|said| said.code == Some(0)) {
            Some(winner) => 1 - winner,
            None => panic!("nobody won: {said:?}"),
        };
        let winner = ["ben", "ann"][lost];
        let (code, error) = (said[lost].code, &said[lost].json["error"]);
        let sentence = error["message"].as_str().unwrap_or_default();
        assert_eq!((code, error["kind"].as_str()), (Some(1), Some("nothing_open")), "{said:?}");
        assert!(sentence.contains(&format!("{invoice} is paid already, by {winner} on ")), "{sentence}");
        assert!(sentence.contains(" at ") && sentence.contains(':'), "{sentence}");
    }
    let desk = desk(&path);
    assert_eq!(number(&desk, "SELECT COUNT(*) FROM receipt"), i64::try_from(rounds).unwrap());
    assert_eq!(faults(&desk, &[]), Vec::<String>::new());
}

/// Another process that holds the book in the middle of a write and is stopped there: `sqlite3` is not needed for that,
/// a connection of this process that never goes on does the same to everybody else.
fn held(path: &Path) -> Connection {
    let connection = other_program(path);
    connection.execute_batch("BEGIN IMMEDIATE").unwrap();
    connection
}

#[test]
fn who_meets_a_writer_that_does_not_go_on_waits_some_seconds_and_says_so() {
    let (_folder, path) = shop();
    let writer = held(&path);
    let begin = Instant::now();
    let waiting: Vec<Child> = ["ann", "ben"]
        .into_iter()
        .map(|who| start(&path, who, &["customer", "add", "--first", "Ana", "--last", who]))
        .collect();
    // Who only reads does not wait at all.
    let list = run(&path, "mia", &["product", "list"]);
    assert_eq!(list.code, Some(0), "{list:?}");
    assert!(begin.elapsed() < Duration::from_secs(4), "reading waited {:?}", begin.elapsed());
    for said in waiting.into_iter().map(ended) {
        let taken = begin.elapsed();
        let sentence = said.json["error"]["message"].as_str().unwrap_or_default().to_owned();
        assert_eq!(said.code, Some(3), "{said:?}");
        assert!(
            sentence.contains("in use by another program") && sentence.contains("Nothing was changed"),
            "{sentence}"
        );
        assert!((4..=9).contains(&taken.as_secs()), "it waited {taken:?}");
    }
    writer.execute_batch("ROLLBACK").unwrap();
    drop(writer);
    done(&path, "ann", &["customer", "add", "--first", "Ana", "--last", "Berg"]);
    assert_eq!(number(&desk(&path), "SELECT COUNT(*) FROM customer"), 1);
}

#[test]
fn a_process_stopped_in_the_middle_of_a_pass_stops_nobody_else() {
    let (_folder, path, day) = much_to_do();
    let mut one = start(&path, "ann", &["--today", day, "run"]);
    std::thread::sleep(Duration::from_millis(250));
    let signal = |name: &str| {
        let pid = one.id().to_string();
        assert!(Command::new("kill").args([name, &pid]).status().unwrap().success());
    };
    signal("-STOP");
    let begin = Instant::now();
    let other = run(&path, "ben", &["--today", day, "run"]);
    let taken = begin.elapsed();
    // It met the writer between two chunks, and did the rest; or inside one, and says so.
    match other.code {
        Some(0) => assert!(taken < Duration::from_secs(20), "{taken:?}"),
        Some(3) => {
            let sentence = other.json["error"]["message"].as_str().unwrap_or_default();
            assert!(sentence.contains("in use by another program"), "{sentence}");
            assert!(taken < Duration::from_secs(20), "{taken:?}");
        }
        code => panic!("{code:?}: {other:?}"),
    }
    signal("-CONT");
    one.wait().unwrap();
    done(&path, "ann", &["--today", day, "run"]);
    let desk = desk(&path);
    assert_eq!(number(&desk, "SELECT COUNT(*) FROM payment WHERE kind = 'period'"), 1200);
    assert_eq!(faults(&desk, &[]), Vec::<String>::new());
}
