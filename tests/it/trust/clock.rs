//! Clocks that are wrong: at 1970, a year ahead, a month back, in another zone, in the nights when the hour changes.

use std::sync::{Arc, Mutex};

use chrono::{DateTime, Duration, NaiveDate, Utc};
use chrono_tz::Tz;
use rentbook::domain::calendar::local_date;
use rentbook::services::actions::shop::ShopDraft;
use rentbook::services::pass::PassOptions;
use rentbook::services::{Action, Book, Desk, Outside};

use super::books::{differing, digest, number, rows, sound};
use super::kill::{FIRST, desk, shop};
use super::program::{command, done, run};
use crate::fixture::{date, draft, item, operator, order, person, variant};

/// A clock that shows an instant, as the machine's does.
#[derive(Clone)]
struct Watch(Arc<Mutex<DateTime<Utc>>>);

impl Watch {
    fn set(&self, instant: &str) {
        *self.0.lock().unwrap() = instant.parse().unwrap();
    }
}

impl Outside for Watch {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }

    fn salt(&self) -> String {
        "salt".into()
    }
}

fn shop_in(zone: &str, instant: &str) -> (Desk, Watch) {
    let watch = Watch(Arc::new(Mutex::new(instant.parse().unwrap())));
    let mut desk = Desk::new(Book::in_memory().unwrap(), Arc::new(watch.clone()), operator("mia")).unwrap();
    desk.perform(Action::SetUp(Box::new(ShopDraft { time_zone: zone.into(), ..draft() }))).unwrap();
    let ana = person(&mut desk, "Delgado");
    let laptop = variant(&mut desk, "Laptop", "30");
    let today = desk.today().to_string();
    order(&mut desk, ana, vec![item(laptop, &today, 24)]);
    (desk, watch)
}

fn refused(desk: &mut Desk, options: PassOptions) -> String {
    let before = digest(desk);
    let error = desk.run_pass(&options).expect_err("the pass ran");
    assert_eq!(differing(&before, &digest(desk)), Vec::<String>::new());
    error.refusal().unwrap_or_else(|| panic!("{error}")).to_string()
}

#[test]
fn a_clock_far_ahead_or_behind_waits_for_a_person_and_leads_back_again() {
    let (mut desk, watch) = shop_in("UTC", "2024-03-01T10:00:00Z");
    for (instant, words) in [
        ("1970-01-01T00:00:00Z", ["1970", "2024"]),
        ("2024-02-01T10:00:00Z", ["clock says", "confirms the clock"]),
        ("2025-04-05T10:00:00Z", ["400 days", "confirm the gap"]),
    ] {
        watch.set(instant);
        let sentence = refused(&mut desk, PassOptions::default());
        for word in words {
            assert!(sentence.contains(word), "{sentence}");
        }
        // The wrong word of confirmation opens nothing.
        let other =
            PassOptions { confirm_gap: instant < "2024", confirm_clock: instant > "2024-03", ..Default::default() };
        refused(&mut desk, other);
    }
    assert_eq!(number(&desk, "SELECT COUNT(*) FROM payment"), 1);
    // Somebody confirms a year ahead by mistake, and the clock is put right: confirmed again, everything goes on.
    desk.run_pass(&PassOptions { confirm_gap: true, ..PassOptions::default() }).unwrap();
    assert_eq!(number(&desk, "SELECT COUNT(*) FROM payment"), 14);
    watch.set("2024-03-02T10:00:00Z");
    refused(&mut desk, PassOptions::default());
    desk.run_pass(&PassOptions { confirm_clock: true, ..PassOptions::default() }).unwrap();
    let ben = person(&mut desk, "Berg");
    let chair = variant(&mut desk, "Chair", "5");
    order(&mut desk, ben, vec![item(chair, "2024-03-02", 3)]);
    sound(&desk);
    let last = rows(&desk, "SELECT number || ' ' || invoiced_on FROM invoice ORDER BY id DESC LIMIT 1");
    assert_eq!(last, ["2024-0011 2024-12-01"], "numbers follow dates in the year the mistake reached");
    assert_eq!(
        rows(&desk, "SELECT DISTINCT business_on FROM activity WHERE id > 6 AND business_on < '2024-03-01'"),
        [""; 0]
    );
}

#[test]
fn the_day_is_the_shop_s_own_through_every_hour_of_a_year_and_both_nights_when_the_hour_changes() {
    for zone in [
        "Europe/Berlin",
        "America/New_York",
        "Pacific/Apia",
        "Pacific/Kiritimati",
        "Asia/Kathmandu",
        "America/St_Johns",
    ] {
        let (mut desk, watch) = shop_in(zone, "2024-01-01T12:00:00Z");
        let tz: Tz = zone.parse().unwrap();
        let (mut now, mut last): (DateTime<Utc>, NaiveDate) = ("2024-01-01T12:00:00Z".parse().unwrap(), desk.today());
        let mut days = 0;
        for _ in 0..24 * 366 {
            now += Duration::hours(1);
            let today = local_date(now, tz);
            assert!(today == last || Some(today) == last.succ_opt(), "{zone}: {last} is followed by {today}");
            if today == last {
                continue;
            }
            (last, days) = (today, days + 1);
            watch.set(&now.to_rfc3339());
            assert_eq!(desk.today(), today);
            // Every night when the hour changes, and every tenth otherwise, something is done in its first hour.
            let offset = |at: DateTime<Utc>| at.with_timezone(&tz).naive_local() - at.naive_utc();
            if offset(now) != offset(now + Duration::hours(23)) || days % 10 == 0 {
                desk.run_pass(&PassOptions::default()).unwrap();
                person(&mut desk, &format!("Day {days}"));
            }
        }
        assert_eq!(days, 366, "{zone}");
        let wrong: Vec<(String, String)> = desk
            .read(|db| db.all("SELECT at, business_on FROM activity", &[], |row| Ok((row.text(0)?, row.text(1)?))))
            .unwrap();
        for (at, on) in wrong {
            let at: DateTime<Utc> = at.parse().unwrap();
            assert_eq!(local_date(at, tz), date(&on), "{zone}: {at}");
        }
        assert!((12..=14).contains(&number(&desk, "SELECT COUNT(*) FROM payment")), "{zone}");
        sound(&desk);
    }
}

#[test]
fn the_host_s_zone_moves_no_day() {
    let (_folder, path) = shop();
    for zone in ["Pacific/Kiritimati", "Pacific/Niue", "Europe/Berlin", ":/nowhere", "UTC+99"] {
        let mut words = command(&path, "ann", &["customer", "add", "--first", "Ana", "--last", "Delgado"]);
        let said: super::program::Said = words.env("TZ", zone).output().unwrap().into();
        assert_eq!(said.code, Some(0), "{zone}: {said:?}");
    }
    let desk = desk(&path);
    let wrong = "SELECT COUNT(*) FROM activity WHERE action = 'add_customer' AND business_on <> substr(at, 1, 10)";
    assert_eq!(number(&desk, wrong), 0);
    assert_eq!(number(&desk, "SELECT COUNT(*) FROM activity WHERE action = 'add_customer'"), 5);
}

#[test]
fn the_program_says_what_is_wrong_with_the_clock_and_writes_nothing() {
    let (_folder, path) = shop();
    let add = ["customer", "add", "--first", "Ana", "--last", "Delgado", "--line1", "Quay 1", "--city", "Exampleton"];
    done(&path, "ann", &[&["--today", FIRST], &add[..]].concat());
    done(
        &path,
        "ann",
        &["--today", FIRST, "order", "add", "--customer", "1", "--item", "1;1;24;month;;2024-01-01", "--confirm"],
    );
    done(&path, "ann", &["--today", "2024-01-20", "run"]);
    let before = digest(&desk(&path));
    for (day, words, kind) in [
        ("1970-01-01", &["run"][..], "clock_back"),
        ("2024-01-19", &["run"], "clock_back"),
        ("2024-01-19", &["pay", "2024-0001"], "clock_back"),
        ("2024-01-19", &["payment", "fail", "1", "--reason", "no"], "clock_back"),
        ("2024-01-19", &["invoice", "void", "2024-0001", "--reason", "no"], "clock_back"),
        ("2024-01-19", &["order", "add", "--customer", "1", "--item", "1", "--months", "1", "--confirm"], "clock_back"),
        ("2023-12-20", &["settings", "set", "phone", "030 123456"], "clock_back"),
        ("2023-12-20", &add, "clock_back"),
        ("2025-02-23", &["run"], "gap"),
        ("2025-02-23", &["order", "add", "--customer", "1", "--item", "1", "--months", "1", "--confirm"], "gap"),
    ] {
        let said = run(&path, "ann", &[&["--today", day], words].concat());
        assert_eq!(
            (said.code, said.json["error"]["kind"].as_str()),
            (Some(1), Some(kind)),
            "{day} {words:?}: {said:?}"
        );
        let sentence = said.json["error"]["message"].as_str().unwrap();
        assert!(sentence.contains("confirm"), "{sentence}");
        if words == ["run"] {
            assert!(said.json["error"]["dry_run"].is_object(), "{said:?}");
        }
    }
    assert_eq!(differing(&before, &digest(&desk(&path))), Vec::<String>::new());
    for odd in ["2024-02-30", "0000-00-00", "1969-13-01", "99999-01-01", "tomorrow", ""] {
        assert_eq!(run(&path, "ann", &["--today", odd, "run"]).code, Some(2), "{odd}");
    }
}
