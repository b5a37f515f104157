//! Kills, full disks and lost locks.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::TimeDelta;
use rentbook::store::{Access, Book, StoreFault, backup, free_space};

use crate::a_shop::{end, has, hold, names, note, now, open, other_half, ourselves, shop};

#[test]
fn the_file_is_looked_through_once_a_day_and_after_a_crash() {
    let (_folder, path) = shop();
    let checked = |at| {
        let book = Book::open(&path, Access::ReadWrite, at).unwrap();
        let opening = book.opening().clone();
        book.close().unwrap();
        (opening.was_checked, opening.was_unclean)
    };
    assert_eq!(checked(now()), (true, false));
    assert_eq!(checked(now()), (false, false));
    assert_eq!(checked(now() + TimeDelta::days(1)), (true, false));

    let mut holder = hold(&path, "open");
    let beside = Book::open(&path, Access::ReadWrite, now() + TimeDelta::days(1)).unwrap();
    assert!(!beside.opening().was_unclean, "the other program is alive");
    drop(beside);
    holder.kill().unwrap();
    holder.wait().unwrap();
    let tomorrow = now() + TimeDelta::days(1);
    assert_eq!(checked(tomorrow), (true, true), "it was killed");
    assert_eq!(checked(tomorrow), (false, false));
    assert!(has(&Book::open(&path, Access::ViewOnly, tomorrow).unwrap(), "held"), "what it had saved is there");
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
