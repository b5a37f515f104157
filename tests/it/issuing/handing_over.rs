//! F61: messages are claimed, handed over, settled. A program that is killed between leaves them in doubt: they are looked
//! up and asked about, and never sent again by themselves.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rentbook::adapters::mail_folder::Folder;
use rentbook::services::actions::handing_over::Handed;
use rentbook::services::actions::sending::SendDraft;
use rentbook::services::actions::shop::ShopDraft;
use rentbook::services::outgoing::Outgoing;
use rentbook::services::outside_calls::{self, Courier};
use rentbook::services::{Access, Action, Book, Desk};

use super::{extra, invoices, sound};
use crate::a_shop::{names, now, other_half, ourselves};
use crate::fixture::{Hand, customer, draft, operator};

const DAY: &str = "2026-03-02";

fn at(path: &Path) -> Desk {
    let book = Book::open(path, Access::ReadWrite, now()).unwrap();
    Desk::new(book, Arc::new(Hand::at(DAY)), operator("mia")).unwrap()
}

/// A folder with a book in which five messages wait, and where they go.
fn waiting() -> (tempfile::TempDir, PathBuf, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().canonicalize().unwrap().join("shop.db");
    let out = folder.path().join("out");
    std::fs::create_dir(&out).unwrap();
    let book = Book::create(&path).unwrap();
    let mut desk = Desk::new(book, Arc::new(Hand::at(DAY)), operator("mia")).unwrap();
    let shop = ShopDraft { email: "rent@shop.example".into(), ..draft() };
    desk.perform(Action::SetUp(Box::new(shop))).unwrap();
    let ana = rentbook::services::actions::customer::CustomerDraft {
        first_name: "Ana".into(),
        email: "ana@example.org".into(),
        ..Default::default()
    };
    let ana = customer(&mut desk, ana);
    for n in 0..5 {
        extra(&mut desk, ana, &format!("Cleaning {n}"), "10");
    }
    let all = SendDraft { invoices: invoices(&desk).iter().map(|row| row.id).collect(), ..SendDraft::default() };
    desk.perform(Action::SendInvoices(Box::new(all))).unwrap();
    (folder, path, out)
}

/// How many messages are in each state.
fn states(desk: &Desk) -> String {
    let sql = "SELECT state || ' ' || COUNT(*) FROM outbox_message GROUP BY state ORDER BY state";
    desk.read(|db| db.all(sql, &[], |row| row.text(0))).unwrap().join(", ")
}

/// Takes two, and then never answers.
struct Stuck(Folder, PathBuf, usize);

impl Courier for Stuck {
    fn take(&mut self, id: i64, message: &Outgoing) -> Handed {
        if self.2 == 2 {
            std::fs::write(&self.1, "").unwrap();
            std::thread::sleep(std::time::Duration::from_mins(1));
        }
        self.2 += 1;
        self.0.take(id, message)
    }

    fn has(&mut self, id: i64, message: &Outgoing) -> Option<bool> {
        self.0.has(id, message)
    }
}

#[test]
#[ignore = "the other half of the test below"]
fn sends_and_is_killed_between() {
    let Some((path, out)) = other_half() else { return };
    let out = PathBuf::from(out);
    let mut courier = Stuck(Folder::new(out), path.with_extension("held"), 0);
    outside_calls::send(&mut at(&path), &[], &mut courier).unwrap();
}

#[test]
fn a_program_killed_between_leaves_messages_in_doubt_that_are_looked_up_and_never_sent_twice() {
    let (_folder, path, out) = waiting();
    let half = "issuing::handing_over::sends_and_is_killed_between";
    let mut child = ourselves(half, &path, out.to_str().unwrap());
    let held = path.with_extension("held");
    let start = std::time::Instant::now();
    while !held.exists() {
        assert!(start.elapsed() < std::time::Duration::from_secs(30), "the other program does not come so far");
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    // The claim stands, and the book is free while the world is called.
    let mut desk = at(&path);
    assert_eq!(states(&desk), "sending 5");
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(names(&out).len(), 2);
    // Two are there: they went out. Of three nobody knows, and they are left alone.
    let done = outside_calls::send(&mut desk, &[], &mut Folder::new(out.clone())).unwrap();
    assert_eq!((done.sent, done.in_doubt), (vec![1, 2], vec![3, 4, 5]));
    assert_eq!((states(&desk).as_str(), names(&out).len()), ("sending 3, sent 2", 2));
    let again = outside_calls::send(&mut desk, &[], &mut Folder::new(out.clone())).unwrap();
    assert_eq!((again.sent, again.in_doubt), (vec![], vec![3, 4, 5]));
    let why = outside_calls::send(&mut desk, &[4], &mut Folder::new(out.clone())).unwrap_err().to_string();
    assert!(why.contains("it is not known whether message 4 went out"), "{why}");
    // A person says of one that it went out, of the others that they did not.
    desk.perform(Action::MarkSent(vec![3])).unwrap();
    desk.perform(Action::ReleaseMessages(vec![4, 5])).unwrap();
    let done = outside_calls::send(&mut desk, &[], &mut Folder::new(out.clone())).unwrap();
    assert_eq!((done.sent, done.in_doubt), (vec![4, 5], vec![]));
    assert_eq!((states(&desk).as_str(), names(&out).len()), ("sent 5", 4));
    sound(&desk);
}

/// Refuses the second message, and does not know of the third.
struct Fickle(Vec<i64>);

impl Courier for Fickle {
    fn take(&mut self, id: i64, _message: &Outgoing) -> Handed {
        self.0.push(id);
        match id {
            2 => Handed::NotGone("the mailbox is full".into()),
            3 => Handed::Unsure("the line went dead".into()),
            _ => Handed::Gone,
        }
    }

    fn has(&mut self, _id: i64, _message: &Outgoing) -> Option<bool> {
        None
    }
}

#[test]
fn what_was_refused_waits_again_and_what_is_unsure_is_put_aside() {
    let (_folder, path, _) = waiting();
    let mut desk = at(&path);
    let mut fickle = Fickle(Vec::new());
    let done = outside_calls::send(&mut desk, &[1, 2, 3], &mut fickle).unwrap();
    assert_eq!((done.sent, done.in_doubt), (vec![1], vec![3]));
    assert_eq!(done.waiting, [(2, "the mailbox is full".to_owned())]);
    assert_eq!(states(&desk), "held 1, queued 3, sent 1");
    outside_calls::send(&mut desk, &[], &mut fickle).unwrap();
    assert_eq!(fickle.0, [1, 2, 3, 2, 4, 5], "the third is not sent again");
    let why = desk.perform(Action::ReleaseMessages(vec![1])).unwrap_err().to_string();
    assert!(why.contains("is sent: nothing about it is in doubt"), "{why}");
    let why = desk.perform(Action::ClaimMessages(vec![4])).unwrap_err().to_string();
    assert!(why.contains("message 4 is sent, it does not wait any more"), "{why}");
    sound(&desk);
}
