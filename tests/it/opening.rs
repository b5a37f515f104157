//! Opening and making a book: every fault has its own words, and nothing is touched.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;

use chrono::TimeDelta;
use rentbook::store::{Access, Book, StoreFault, ViewBecause, backup, free_space};

use crate::a_shop::{fault, has, mode, names, note, now, open, other_program, shop};

/// Changes bytes of a closed file.
fn patch(path: &Path, at: usize, bytes: &[u8]) {
    let mut content = fs::read(path).unwrap();
    content[at..at + bytes.len()].copy_from_slice(bytes);
    fs::write(path, content).unwrap();
}

#[test]
fn every_fault_has_a_kind_and_a_sentence_of_its_own() {
    let (folder, book) = shop();
    let at = |name: &str| folder.path().canonicalize().unwrap().join(name);
    fs::create_dir(at("folder")).unwrap();
    assert!(Command::new("mkfifo").arg(at("pipe")).status().unwrap().success());
    symlink(&book, at("link")).unwrap();
    fs::write(at("empty"), "").unwrap();
    fs::copy(&book, at("linked log")).unwrap();
    symlink(at("noise"), at("linked log-wal")).unwrap();
    let noise = (0..9_000_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).rotate_left(9).to_le_bytes());
    fs::write(at("noise"), noise.collect::<Vec<u8>>()).unwrap();
    fs::write(at("letter"), "Dear").unwrap();
    other_program(&at("other")).execute_batch("CREATE TABLE t (x); PRAGMA application_id = 7").unwrap();
    fs::copy(&book, at("newer")).unwrap();
    patch(&at("newer"), 60, &99_u32.to_be_bytes());
    let whole = fs::read(&book).unwrap();
    fs::write(at("cut"), &whole[..whole.len() - 4_096]).unwrap();
    fs::write(at("cut in the head"), &whole[..50]).unwrap();
    let cases = [
        ("nowhere", "missing", "There is no book at"),
        ("letter/book", "missing", "There is no book at"),
        ("folder", "folder", "is a folder"),
        ("pipe", "not_a_file", "is a pipe or a device"),
        ("link", "link", "is a symbolic link"),
        ("empty", "empty", "is an empty file"),
        ("noise", "not_a_database", "is not a rent book"),
        ("letter", "not_a_database", "is not a rent book"),
        ("other", "other_program", "is a database of another program"),
        ("newer", "newer_version", "was written by a newer rentbook (version 99"),
        ("cut", "truncated", "is cut off"),
        ("cut in the head", "truncated", "is cut off"),
        ("linked log", "odd_log", "belongs to the book beside it, is a link"),
    ];
    let mut sentences = BTreeSet::new();
    for (name, word, words) in cases {
        let before = names(folder.path());
        for access in [Access::ReadWrite, Access::ViewOnly] {
            let error = Book::open(&at(name), access, now()).err().unwrap_or_else(|| panic!("{name} opened"));
            let sentence = error.to_string();
            assert_eq!(error.kind().word(), word, "{name}: {sentence} {}", error.detail());
            assert!(sentence.contains(words) && sentence.contains("Nothing was changed."), "{name}: {sentence}");
            assert!(sentence.contains(at(name).to_str().unwrap()), "{name}: {sentence}");
            sentences.insert(sentence.replace(at(name).to_str().unwrap(), ""));
        }
        assert_eq!(names(folder.path()), before, "{name}: nothing is left behind");
    }
    let kinds: BTreeSet<&str> = cases.iter().map(|(_, word, _)| *word).collect();
    assert_eq!(sentences.len(), kinds.len());
    assert_eq!(
        Book::open(Path::new("/dev/zero"), Access::ViewOnly, now()).err().unwrap().kind(),
        &StoreFault::NotAFile
    );
    assert_eq!(open(Path::new("/")).err().unwrap().kind(), &StoreFault::Folder);
}

#[test]
fn a_damaged_book_names_the_newest_good_backup() {
    let (_folder, path) = shop();
    let book = open(&path).unwrap();
    let good = backup::daily(&book, &backup::folder_beside(&path), now()).unwrap().unwrap();
    let bad = backup::daily(&book, &backup::folder_beside(&path), now() + TimeDelta::hours(5)).unwrap().unwrap();
    book.close().unwrap();
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    fs::write(&bad, &whole[..whole.len() / 2]).unwrap();
    let error = fault(&path);
    assert_eq!(error.backup(), Some(good.as_path()));
    assert!(error.to_string().contains(&format!("rentbook restore {}", good.display())), "{error}");
}

#[test]
fn a_name_that_is_taken_is_refused_and_nothing_half_made_stands_there() {
    let (folder, path) = shop();
    let before = fs::read(&path).unwrap();
    let error = Book::create(&path).err().unwrap();
    assert_eq!(*error.kind(), StoreFault::AlreadyThere, "{error}");
    assert_eq!(fs::read(&path).unwrap(), before);
    assert_eq!(names(folder.path()), BTreeSet::from(["shop.db".to_owned()]));

    let second = folder.path().join("second.db");
    fs::write(folder.path().join("second.db-wal"), "the log of a book long gone").unwrap();
    let error = Book::create(&second).err().unwrap();
    assert!(error.to_string().contains("second.db-wal is there already"), "{error}");
    assert!(!second.exists());

    for taken in ["dangling", "a folder"] {
        let third = folder.path().join(taken);
        if taken == "dangling" {
            symlink("/nowhere", &third).unwrap();
        } else {
            fs::create_dir(&third).unwrap();
        }
        assert_eq!(*Book::create(&third).err().unwrap().kind(), StoreFault::AlreadyThere);
    }
}

#[test]
fn a_book_is_for_its_owner_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new").join("deeper").join("shop.db");
    let book = Book::create(&path).unwrap();
    note(&book, "a").unwrap();
    assert_eq!(mode(&folder.path().join("new")), 0o700);
    assert_eq!(mode(path.parent().unwrap()), 0o700);
    for file in ["shop.db", "shop.db-wal", "shop.db-shm"] {
        assert_eq!(mode(&path.with_file_name(file)), 0o600, "{file}");
    }
    let copy = backup::backup(&book, &folder.path().join("copies").join("copy.db")).unwrap();
    assert_eq!((mode(&copy), mode(copy.parent().unwrap())), (0o600, 0o700));
    fs::set_permissions(folder.path().join("new"), fs::Permissions::from_mode(0o755)).unwrap();
    Book::create(&folder.path().join("new").join("other.db")).unwrap();
    assert_eq!(mode(&folder.path().join("new")), 0o755, "a folder that was there keeps its rights");
}

#[test]
fn odd_names_are_only_names() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["file:shop.db?mode=memory", "ein Büch.db", "a%20b#c?d.db", ":memory:", "-rf"] {
        let path = folder.path().join(name);
        let book = Book::create(&path).unwrap();
        note(&book, "a").unwrap();
        book.close().unwrap();
        assert!(path.is_file(), "{name}");
        assert!(has(&Book::open(&path, Access::ViewOnly, now()).unwrap(), "a"), "{name}");
    }
}

#[test]
fn a_view_refuses_writes_in_sqlite_itself() {
    let (_folder, path) = shop();
    let book = Book::open(&path, Access::ViewOnly, now()).unwrap();
    assert_eq!(book.access(), Access::ViewOnly);
    assert_eq!(book.opening().view_because, Some(ViewBecause::Asked));
    let error = note(&book, "second").unwrap_err();
    assert_eq!(*error.kind(), StoreFault::ReadOnly, "{error}");
    assert!(has(&book, "first") && !has(&book, "second"));
    let writer = open(&path).unwrap();
    note(&writer, "second").unwrap();
    assert!(has(&book, "second"), "a view sees what others save");
    assert!(has(&book.again().unwrap(), "second"));
    assert!(note(&book.again().unwrap(), "third").is_err());
    let copy = backup::backup(&book, &path.with_file_name("copy.db")).unwrap();
    assert!(has(&Book::open(&copy, Access::ViewOnly, now()).unwrap(), "second"));
}

/// Runs the rest of the test as a user without power over the file, where we are root.
fn can_write_anyway(path: &Path) -> bool {
    rustix::fs::access(path, rustix::fs::Access::WRITE_OK).is_ok()
}

#[test]
fn a_book_that_cannot_be_written_is_opened_for_viewing() {
    let (folder, path) = shop();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o400)).unwrap();
    if !can_write_anyway(&path) {
        let book = open(&path).unwrap();
        assert_eq!(book.opening().view_because, Some(ViewBecause::ReadOnlyFile));
        assert!(has(&book, "first") && note(&book, "second").is_err());
    }
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o500)).unwrap();
    if !can_write_anyway(folder.path()) {
        let book = open(&path).unwrap();
        assert_eq!(book.opening().view_because, Some(ViewBecause::ReadOnlyFolder));
        assert!(has(&book, "first") && note(&book, "second").is_err());
    }
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700)).unwrap();
}

#[test]
fn free_space_is_a_number_of_bytes() {
    let (folder, _) = shop();
    assert!(free_space(folder.path()).unwrap() > 0);
    assert!(free_space(Path::new("/nowhere")).is_err());
}

#[test]
fn two_terminals_that_back_up_in_the_same_second_make_one_backup() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.db");
    drop(Book::create(&path).unwrap());
    let backups = backup::folder_beside(&path);
    let start = std::sync::Barrier::new(2);
    let made = std::thread::scope(|scope| {
        let one = || {
            let book = Book::open(&path, Access::ReadWrite, now()).unwrap();
            start.wait();
            backup::daily(&book, &backups, now()).unwrap()
        };
        [scope.spawn(one), scope.spawn(one)].map(|terminal| terminal.join().unwrap())
    });
    assert_eq!(made.into_iter().flatten().count(), 1);
}

/// F100
#[test]
fn a_file_with_two_names_is_refused_under_both() {
    let (folder, path) = shop();
    let other = folder.path().join("other.db");
    fs::hard_link(&path, &other).unwrap();
    for name in [&path, &other] {
        for access in [Access::ReadWrite, Access::ViewOnly] {
            let error = Book::open(name, access, now()).err().unwrap();
            assert_eq!(*error.kind(), StoreFault::Linked, "{error}");
            assert!(error.to_string().contains("second name") && error.to_string().contains("Nothing was changed."));
        }
    }
    // A backup may have one: nothing is saved in it.
    let fresh = folder.path().join("fresh.db");
    rentbook::store::restore::restore(&other, &fresh, now()).unwrap();
    assert!(has(&open(&fresh).unwrap(), "first"));
    fs::remove_file(&other).unwrap();
    open(&path).unwrap();
}

/// F101
#[test]
fn a_book_that_is_moved_removed_or_replaced_under_an_open_program_takes_no_more_saves_and_ruins_no_other() {
    for how in ["moved", "removed", "replaced"] {
        let (folder, path) = shop();
        let (elsewhere, other) = (folder.path().join("elsewhere.db"), folder.path().join("other.db"));
        let book = open(&path).unwrap();
        let copy = backup::backup(&book, &other).unwrap();
        note(&book, "saved").unwrap();
        assert!(!book.is_moved());
        match how {
            "removed" => fs::remove_file(&path).unwrap(),
            _ => fs::rename(&path, &elsewhere).unwrap(),
        }
        if how == "replaced" {
            fs::rename(&copy, &path).unwrap();
        }
        assert!(book.is_moved(), "{how}");
        let error = note(&book, "lost").unwrap_err();
        assert_eq!(*error.kind(), StoreFault::Moved, "{how}: {error}");
        assert!(has(&book, "saved") && !has(&book, "lost"), "{how}");
        if how == "replaced" {
            let new = open(&path).unwrap();
            assert!(has(&new, "first") && !has(&new, "saved"), "the old log is not played into the new file");
            note(&new, "new").unwrap();
            drop(book);
            note(&new, "newer").unwrap();
            new.close().unwrap();
            let new = open(&path).unwrap();
            assert!(has(&new, "new") && has(&new, "newer") && new.integrity().unwrap().is_empty());
        } else {
            drop(book);
        }
        if how != "removed" {
            let old = open(&elsewhere).unwrap();
            assert!(has(&old, "saved") && !has(&old, "lost") && !has(&old, "new"), "{how}");
            assert!(!old.opening().lacks_its_log && old.integrity().unwrap().is_empty(), "{how}");
        }
    }
}

/// F101
#[test]
#[cfg(target_os = "linux")]
fn a_file_put_in_the_place_of_one_that_is_open_elsewhere_waits_until_that_is_closed() {
    use crate::a_shop::{end, hold};
    let (folder, path) = shop();
    let copy = folder.path().join("copy.db");
    fs::copy(&path, &copy).unwrap();
    let child = hold(&path, "open");
    let whole = fs::read(&copy).unwrap();
    fs::rename(&path, folder.path().join("elsewhere.db")).unwrap();
    fs::rename(&copy, &path).unwrap();
    let error = fault(&path);
    assert_eq!(*error.kind(), StoreFault::StrangeLog { pid: Some(child.id()) }, "{error}");
    assert!(error.to_string().contains(&format!("process {}", child.id())), "{error}");
    assert_eq!(fs::read(&path).unwrap(), whole);
    end(child);
}
