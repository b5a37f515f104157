//! The store could stand on PostgreSQL: its tables can be made there by a list of replacements (`tables`), and each of
//! its statements can be prepared there and answers with whole numbers, texts or bytes.
//!
//! What this does not prove: that an answer is the same (case in LIKE, the place of NULLs in an order), what happens
//! when two write at once, that a plan is good, and what the triggers refuse. Pragmas and the housekeeping of the file
//! are left out by name (`statements`). What does not pass yet stands in `not_yet.txt`; that list may only shrink.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use rusqlite::Connection;

use server::Server;

mod server;
mod statements;
mod tables;

/// Statements that fail on PostgreSQL today, one a line.
const NOT_YET: &str = include_str!("not_yet.txt");

/// What a cell of an answer may be. A flag written as 1 or 0 is a narrower whole number, which widens as it is read.
const CELLS: &[&str] = &["bigint", "integer", "text", "bytea"];

/// A day of business by commands, so that statements put together from parts are heard too.
fn a_day(file: &Path) {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("demo.db");
    let run = |args: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_rentbook"))
            .env("RENTBOOK_HEARD", file)
            .arg("--book")
            .arg(&book)
            .args(["--today", "2025-06-30"])
            .args(args)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .unwrap();
    };
    run(&["demo", "--customers", "12", "--months", "5"]);
    for list in ["payment", "invoice", "customer", "group", "subscription", "order", "deposit", "outbox"] {
        run(&[list, "list"]);
        run(&[list, "list", "--query", "2025-0001"]);
        run(&[list, "show", "1"]);
    }
    for report in ["summary", "income", "status", "failures", "aging", "expected"] {
        run(&["report", report]);
    }
    run(&["undo"]);
    run(&["check", "--deep"]);
}

/// What SQLite itself cannot prepare is a part of a statement, not one.
fn whole(statements: BTreeSet<String>) -> Vec<String> {
    let book = Connection::open_in_memory().unwrap();
    book.execute_batch(include_str!("../../../schema.sql")).unwrap();
    statements.into_iter().filter(|sql| book.prepare(sql).is_ok()).collect()
}

/// The statements PostgreSQL does not take as they are, with why.
fn failing(server: &Server, statements: &[String]) -> BTreeMap<String, String> {
    let mut script = String::new();
    for (number, sql) in statements.iter().enumerate() {
        let _ = writeln!(script, "\\echo '#{number}'\n{} \\gdesc", statements::for_postgres(sql));
    }
    let (told, errors) = server.errors(&script);
    let mut failing: BTreeMap<String, String> =
        errors.into_iter().map(|(line, why)| (statements[(line - 1) / 2].clone(), why)).collect();
    let mut number = 0;
    for line in told.lines() {
        if let Some(next) = line.strip_prefix('#') {
            number = next.parse().unwrap();
        } else if let Some((column, kind)) = line.rsplit_once('|')
            && !CELLS.contains(&kind)
        {
            failing.entry(statements[number].clone()).or_insert(format!("column {column} is {kind}"));
        }
    }
    failing
}

/// The server with the tables, or a word that there is none; where everything must be there, that is a failure.
fn server() -> Option<Server> {
    let server = Server::start();
    if server.is_none() {
        assert!(std::env::var_os("CI").is_none(), "PostgreSQL is missing: .ci/run installs it");
        println!("skipped: PostgreSQL is not installed");
    }
    server
}

fn judge(heard: &Path) {
    let Some(server) = server() else { return };
    server.must(&(tables::statements().join(";\n") + ";\n"));
    let mut all = statements::written();
    all.extend(statements::heard(heard));
    let all = whole(all);
    assert!(all.len() > 300, "only {} statements were found", all.len());
    let failing = failing(&server, &all);
    let known: BTreeSet<&str> = NOT_YET.lines().filter(|line| !line.starts_with("--")).collect();
    let new: Vec<String> = failing
        .iter()
        .filter(|(sql, _)| !known.contains(sql.as_str()))
        .map(|(sql, why)| format!("{why}: {sql}"))
        .collect();
    if let Some(file) = std::env::var_os("RENTBOOK_NOT_YET") {
        std::fs::write(file, failing.keys().flat_map(|sql| [sql.as_str(), "\n"]).collect::<String>()).unwrap();
    }
    assert!(new.is_empty(), "{} of {} statements PostgreSQL does not take:\n{}", new.len(), all.len(), new.join("\n"));
    let mended: Vec<&&str> =
        known.iter().filter(|sql| all.iter().any(|one| one == *sql) && !failing.contains_key(**sql)).collect();
    assert!(mended.is_empty(), "PostgreSQL takes these now: they leave not_yet.txt\n{mended:#?}");
}

#[test]
fn postgresql_takes_the_statements_of_the_store() {
    let heard = tempfile::NamedTempFile::new().unwrap();
    a_day(heard.path());
    judge(heard.path());
}

/// What the whole suite was heard to send: `RENTBOOK_HEARD=FILE cargo test`, and then this with the same file.
#[test]
#[ignore = "by hand, after the suite: most of what fails yet is what the tests themselves send"]
fn postgresql_takes_what_the_suite_sent() {
    let heard =
        std::env::var_os("RENTBOOK_HEARD_BEFORE").expect("RENTBOOK_HEARD_BEFORE names the file of what was sent");
    judge(Path::new(&heard));
}
