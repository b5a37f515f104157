//! Backups and the way back.

use std::collections::BTreeSet;
use std::fs;

use chrono::TimeDelta;
use rentbook::store::{StoreFault, backup, restore};

use crate::a_shop::{end, has, hold, mode, names, note, now, open, shop};

#[test]
fn a_backup_is_a_whole_book_and_never_replaces_a_file() {
    let (folder, path) = shop();
    let book = open(&path).unwrap();
    note(&book, "in the log").unwrap();
    let to = folder.path().join("copies").join("copy.db");
    let made = backup::backup(&book, &to).unwrap();
    assert_eq!(names(&folder.path().join("copies")), BTreeSet::from(["copy.db".to_owned()]));
    note(&book, "later").unwrap();
    let copy = open(&made).unwrap();
    assert!(has(&copy, "first") && has(&copy, "in the log") && !has(&copy, "later"));
    assert_eq!(copy.integrity().unwrap(), Vec::<String>::new());
    copy.close().unwrap();
    let error = backup::backup(&book, &to).unwrap_err();
    assert_eq!(*error.kind(), StoreFault::AlreadyThere, "{error}");
    assert!(backup::backup(&book, &path).is_err());
    assert_eq!(names(&folder.path().join("copies")), BTreeSet::from(["copy.db".to_owned()]));
}

#[test]
fn daily_backups_are_made_when_due_and_the_old_ones_go() {
    let (folder, path) = shop();
    let book = open(&path).unwrap();
    let backups = folder.path().join("backups");
    fs::create_dir(&backups).unwrap();
    fs::write(backups.join("shop-notes.txt"), "mine").unwrap();
    for n in 0..80 {
        let made = backup::daily(&book, &backups, now() + TimeDelta::hours(n * 5)).unwrap();
        assert!(made.is_some(), "{n}");
    }
    let soon = now() + TimeDelta::hours(79 * 5 + 1);
    assert_eq!(backup::daily(&book, &backups, soon).unwrap(), None, "the last one is an hour old");
    let left = names(&backups);
    assert!(left.contains("shop-notes.txt"));
    assert!(left.len() <= 1 + 3 + 14 + 12, "{left:?}");
    let newest = left.iter().rfind(|name| name.starts_with("shop-2")).unwrap();
    assert!(has(&open(&backups.join(newest)).unwrap(), "first"));
}

#[test]
fn a_restore_puts_the_backup_in_place_and_keeps_the_old_file() {
    let (folder, path) = shop();
    let book = open(&path).unwrap();
    let copy = backup::backup(&book, &folder.path().join("copy.db")).unwrap();
    note(&book, "later").unwrap();
    let error = restore::restore(&copy, &path, now()).unwrap_err();
    assert!(matches!(error.kind(), StoreFault::Locked { .. }), "while it is open: {error}");
    assert!(has(&book, "later"));
    book.close().unwrap();
    let done = restore::restore(&copy, &path, now()).unwrap();
    assert_eq!(done.book, path);
    let book = open(&path).unwrap();
    assert!(has(&book, "first") && !has(&book, "later"));
    assert_eq!(mode(&path), 0o600);
    let journals: Vec<_> = names(folder.path()).into_iter().filter(|name| name.ends_with("-journal")).collect();
    assert!(journals.is_empty(), "a page of the old book stands in them (F117): {journals:?}");
    let kept = open(&done.kept.unwrap()).unwrap();
    assert!(has(&kept, "later"));
    drop((book, kept));
    let second = restore::restore(&copy, &path, now()).unwrap().kept.unwrap();
    assert!(second.to_string_lossy().ends_with("-2.db"), "two within a second: {second:?}");
    let fresh = folder.path().join("elsewhere").join("new.db");
    assert_eq!(restore::restore(&copy, &fresh, now()).unwrap().kept, None);
    assert!(has(&open(&fresh).unwrap(), "first"));
}

#[test]
fn a_restore_from_something_bad_or_over_somebody_s_open_book_changes_nothing() {
    let (folder, path) = shop();
    let bad = folder.path().join("bad.db");
    let whole = fs::read(&path).unwrap();
    fs::write(&bad, &whole[..whole.len() - 4_096]).unwrap();
    assert_eq!(*restore::restore(&bad, &path, now()).unwrap_err().kind(), StoreFault::Truncated);
    fs::write(&bad, "Dear").unwrap();
    assert_eq!(*restore::restore(&bad, &path, now()).unwrap_err().kind(), StoreFault::NotADatabase);
    assert_eq!(fs::read(&path).unwrap(), whole);
    fs::copy(&path, &bad).unwrap();
    let child = hold(&path, "open");
    let error = restore::restore(&bad, &path, now()).unwrap_err();
    assert!(matches!(error.kind(), StoreFault::Locked { .. }), "{error}");
    assert!(!names(folder.path()).iter().any(|name| name.contains("before-restore")));
    end(child);
    assert!(has(&open(&path).unwrap(), "held"));
}

#[test]
fn a_restore_heals_a_damaged_book_and_keeps_the_damaged_one_with_its_log() {
    let (folder, path) = shop();
    let book = open(&path).unwrap();
    let copy = backup::backup(&book, &folder.path().join("copy.db")).unwrap();
    book.close().unwrap();
    end(hold(&path, "open"));
    let log = fs::read(folder.path().join("shop.db-wal")).unwrap();
    assert!(!log.is_empty());
    fs::write(&path, "noise").unwrap();
    let kept = restore::restore(&copy, &path, now()).unwrap().kept.unwrap();
    assert_eq!(fs::read(&kept).unwrap(), b"noise");
    let mut kept_log = kept.into_os_string();
    kept_log.push("-wal");
    assert_eq!(fs::read(kept_log).unwrap(), log);
    let book = open(&path).unwrap();
    assert!(has(&book, "first") && !has(&book, "held"), "the old log is not played into the new book");
    assert!(!book.opening().was_unclean);
}

/// F72
#[test]
fn a_copy_of_the_file_alone_is_whole_after_a_rest_and_says_what_it_lacks_before() {
    let (folder, path) = shop();
    let book = open(&path).unwrap();
    let copied = |name: &str| {
        let to = folder.path().join(name);
        fs::copy(&path, &to).unwrap();
        open(&to).unwrap()
    };
    for n in 0..17 {
        note(&book, &format!("receipt {n}")).unwrap();
    }
    let early = copied("early.db");
    assert!(early.opening().lacks_its_log && !has(&early, "receipt 16"));
    drop(early);
    let again = open(&folder.path().join("early.db")).unwrap();
    assert!(again.opening().lacks_its_log, "as long as nobody goes on in it");
    note(&again, "on").unwrap();
    again.close().unwrap();
    assert!(!open(&folder.path().join("early.db")).unwrap().opening().lacks_its_log);

    assert!(book.rest().unwrap());
    let late = copied("late.db");
    assert!(!late.opening().lacks_its_log && has(&late, "receipt 16"));
    drop(late);
    note(&book, "once more").unwrap();
    assert!(copied("marked again.db").opening().lacks_its_log);
    let backup = backup::backup(&book, &folder.path().join("backup.db")).unwrap();
    assert!(!open(&backup).unwrap().opening().lacks_its_log, "a backup is whole by itself");
    book.close().unwrap();
    let closed = copied("closed.db");
    assert!(!closed.opening().lacks_its_log && has(&closed, "once more"));
}

#[test]
fn a_book_whose_program_was_killed_lacks_nothing_but_its_file_alone_does() {
    let (folder, path) = shop();
    end(hold(&path, "open"));
    let alone = folder.path().join("alone.db");
    fs::copy(&path, &alone).unwrap();
    assert!(open(&alone).unwrap().opening().lacks_its_log);
    let book = open(&path).unwrap();
    assert!(!book.opening().lacks_its_log && has(&book, "held"));
    book.close().unwrap();
    assert!(!open(&path).unwrap().opening().lacks_its_log);
}

/// F117
#[test]
fn two_backups_within_a_second_are_two() {
    let (folder, path) = shop();
    let book = open(&path).unwrap();
    let made: BTreeSet<_> = (0..3).map(|_| backup::backup_beside(&book, now()).unwrap()).collect();
    assert_eq!(made.len(), 3, "{made:?}");
    let backups = folder.path().join("backups");
    assert_eq!(backup::newest_made(&backups, &path), Some(now()));
    for n in 1..60 {
        backup::daily(&book, &backups, now() + TimeDelta::days(n)).unwrap();
    }
    let left = names(&backups);
    assert_eq!(left.iter().filter(|name| name.contains(&now().format("%Y-%m-%d").to_string())).count(), 1, "{left:?}");
}
