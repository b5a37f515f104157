//! Kills, full disks and lost locks.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rentbook::store::{Access, Book, StoreFault, backup, free_space};

use rentbook::services::{Action, Desk};
use rentbook::store::soundness;

use crate::a_shop::{end, has, hold, names, note, now, open, other_half, other_program, ourselves, shop};
use crate::fixture::{Hand, draft, operator};

/// A desk at the book on a day.
fn desk(path: &Path, day: &str) -> Desk {
    Desk::new(open(path).unwrap(), std::sync::Arc::new(Hand::at(day)), operator("mia")).unwrap()
}

/// Looks through what is due on a day: how many tables, how many of them of money, and whether after an unclean end.
fn looked_through(path: &Path, day: &str) -> Option<(usize, usize, bool)> {
    let desk = desk(path, day);
    let round = desk.look_due().unwrap()?;
    desk.look_through(&round, &mut |_, _| true).unwrap();
    Some((round.tables.len(), round.of_money, round.is_unclean))
}

#[test]
fn the_file_is_looked_through_once_a_day_and_after_a_crash_money_first() {
    let (_folder, path) = shop();
    let (all, of_money, is_unclean) = looked_through(&path, "2026-03-31").unwrap();
    assert!(all > 35 && of_money == 8 && !is_unclean, "{all} {of_money}");
    assert_eq!(looked_through(&path, "2026-03-31"), None);
    assert_eq!(looked_through(&path, "2026-04-01"), Some((all, of_money, false)));

    let mut holder = hold(&path, "open");
    assert!(!open(&path).unwrap().opening().was_unclean, "the other program is alive");
    holder.kill().unwrap();
    holder.wait().unwrap();
    // A command that comes first and looks at nothing leaves it to the next terminal.
    assert!(open(&path).unwrap().opening().was_unclean, "it was killed");
    assert!(!open(&path).unwrap().opening().was_unclean);
    assert_eq!(looked_through(&path, "2026-04-01"), Some((all, of_money, true)));
    assert_eq!(looked_through(&path, "2026-04-01"), None);
    assert!(has(&Book::open(&path, Access::ViewOnly, now()).unwrap(), "held"), "what it had saved is there");
}

#[test]
fn a_look_that_is_broken_off_goes_on_where_it_was() {
    let (_folder, path) = shop();
    let desk = desk(&path, "2026-03-31");
    let round = desk.look_due().unwrap().unwrap();
    desk.book().write(|db| soundness::note_table(db, &round.tables[9])).unwrap();
    let rest = desk.look_due().unwrap().unwrap();
    assert_eq!((rest.tables.as_slice(), rest.of_money, rest.total), (&round.tables[10..], 0, round.total));
    let mut told = Vec::new();
    desk.look_through(&rest, &mut |done, of| {
        told.push((done, of));
        true
    })
    .unwrap();
    assert_eq!((told[0].0, told.last().unwrap().0), (11, u64::try_from(round.total).unwrap()));
    assert_eq!(desk.look_due().unwrap(), None);
}

#[test]
fn a_finding_makes_the_book_one_for_viewing_at_once_and_names_the_newest_good_backup() {
    let (_folder, path) = shop();
    let mut desk = desk(&path, "2026-03-31");
    desk.perform(Action::SetUp(Box::new(draft()))).unwrap();
    let good = backup::backup_beside(desk.book(), now()).unwrap();
    let other = other_program(&path);
    other.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false).unwrap();
    other
        .execute_batch(
            "PRAGMA ignore_check_constraints = ON; INSERT INTO number_series (kind, year, last) VALUES ('odd', -7, 1)",
        )
        .unwrap();
    let beside = desk.again().unwrap();
    let round = beside.look_due().unwrap().unwrap();
    desk.book().doubt(true);
    let add = || Action::AddGroup(Box::default());
    assert_eq!(desk.perform(add()).unwrap_err().refusal().unwrap().code, "looked_through", "money comes first");
    let error = beside.look_through(&round, &mut |_, _| true).unwrap_err();
    assert_eq!(error.fault(), Some(&StoreFault::Corrupt), "{error}");
    assert!(error.to_string().contains(&format!("rentbook restore {}", good.display())), "{error}");
    assert!(desk.is_view_only() && !desk.book().is_in_doubt());
    assert_eq!(desk.perform(add()).unwrap_err().refusal().unwrap().code, "view_only");
    assert!(has(desk.book(), "first"), "browsing goes on");
    drop((desk, beside));
    let again = self::desk(&path, "2026-03-31");
    assert!(again.look_due().unwrap().is_some(), "a round that found something is not done");
}

/// The locks of this process on the file, as the system sees them.
#[cfg(target_os = "linux")]
fn locks_on(path: &Path) -> Vec<String> {
    let inode = format!(":{}", std::os::unix::fs::MetadataExt::ino(&fs::metadata(path).unwrap()));
    let locks = fs::read_to_string("/proc/locks").unwrap();
    let words = |line: &str| line.split_whitespace().skip(1).map(str::to_owned).collect::<Vec<_>>();
    locks.lines().map(words).filter(|lock| lock[4].ends_with(&inode)).map(|lock| lock.join(" ")).collect()
}

#[test]
#[cfg(target_os = "linux")]
fn looking_at_an_open_book_drops_no_lock() {
    let (_folder, path) = shop();
    let book = open(&path).unwrap();
    assert!(has(&book, "first"));
    let before = locks_on(&path);
    assert_eq!(before.len(), 1, "SQLite says that we are here: {before:?}");
    // Looks at, opens and closes the same file in this process. A descriptor of our own would drop that lock
    // (sqlite.org/howtocorrupt.html, 2.2).
    drop(open(&path).unwrap());
    assert_eq!(locks_on(&path), before);
    drop(book);
    assert_eq!(locks_on(&path), Vec::<String>::new());
}

#[test]
#[ignore = "needs a small disk"]
fn a_full_disk_is_refused_politely_and_the_book_goes_on() {
    let disk = PathBuf::from(std::env::var_os("RENTBOOK_TEST_SMALL_DISK").unwrap());
    let book = Book::create(&disk.join("shop.db")).unwrap();
    let ballast = disk.join("ballast");
    let all = usize::try_from(free_space(&disk).unwrap()).unwrap();
    fs::write(&ballast, vec![0; all.saturating_sub(100_000)]).unwrap();
    let mut saved = 0;
    let error = loop {
        match note(&book, &format!("{saved}-{}", "x".repeat(3_000))) {
            Ok(_) => saved += 1,
            Err(error) => break error,
        }
    };
    assert_eq!(*error.kind(), StoreFault::DiskFull, "{error} {}", error.detail());
    let count = "SELECT COUNT(*) FROM book_state WHERE value = 'x'";
    let ask = |book: &Book| book.read(|db| db.one(count, &[], |row| row.int(0))).unwrap();
    assert_eq!(ask(&book), Some(saved));
    assert_eq!(*backup::backup(&book, &disk.join("copy.db")).unwrap_err().kind(), StoreFault::DiskFull);
    fs::remove_file(&ballast).unwrap();
    note(&book, "room again").unwrap();
    book.close().unwrap();
    assert_eq!(ask(&open(&disk.join("shop.db")).unwrap()), Some(saved + 1));
}

#[test]
fn a_kill_while_a_book_is_made_leaves_no_book_or_a_whole_one() {
    let folder = tempfile::tempdir().unwrap();
    for round in 0..40_u64 {
        let prefix = folder.path().join(format!("{round}-"));
        let child = ourselves("crashing::makes_books_until_it_is_killed", &prefix, "");
        // Every other one dies after its first book, however slow the machine is; the others when their time has come.
        let first = PathBuf::from(format!("{}0.db", prefix.display()));
        while round % 2 == 1 && !first.exists() {
            std::thread::sleep(Duration::from_millis(1));
        }
        std::thread::sleep(Duration::from_micros(4_000 + round * 1_700));
        end(child);
    }
    let beside = |name: &String| name.starts_with(".rentbook-") || name.contains(".db-");
    let books: Vec<String> = names(folder.path()).into_iter().filter(|name| !beside(name)).collect();
    assert!(books.len() >= 20, "{books:?}");
    for name in books {
        let book = open(&folder.path().join(&name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(book.integrity().unwrap(), Vec::<String>::new(), "{name}");
    }
}

#[test]
#[ignore = "the other half of `a_kill_while_a_book_is_made_leaves_no_book_or_a_whole_one`"]
fn makes_books_until_it_is_killed() {
    let Some((prefix, _)) = other_half() else { return };
    for n in 0..1_000 {
        Book::create(Path::new(&format!("{}{n}.db", prefix.display()))).unwrap();
    }
}

#[test]
fn what_a_crash_left_half_made_is_swept_away_after_a_day() {
    let (folder, _) = shop();
    for (name, age) in [(".rentbook-old.half", 25), (".rentbook-old.half-wal", 25), (".rentbook-new.half", 1)] {
        let file = fs::File::create(folder.path().join(name)).unwrap();
        let made = file.metadata().unwrap().modified().unwrap() - Duration::from_hours(age);
        file.set_modified(made).unwrap();
    }
    Book::create(&folder.path().join("second.db")).unwrap();
    let left: Vec<String> = names(folder.path()).into_iter().filter(|name| name.starts_with('.')).collect();
    assert_eq!(left, [".rentbook-new.half"]);
}
