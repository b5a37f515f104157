//! F61: messages are claimed, handed over, settled. A program that is killed between leaves them in doubt: they are looked
//! up and asked about, and never sent again by themselves.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rentbook::adapters::mail_folder::Folder;
use rentbook::domain::id::{CustomerId, InvoiceId};
use rentbook::services::actions::customer::CustomerDraft;
use rentbook::services::actions::customer_preference::PreferenceDraft;
use rentbook::services::actions::handing_over::Handed;
use rentbook::services::actions::sending::SendDraft;
use rentbook::services::actions::shop::ShopDraft;
use rentbook::services::outgoing::Outgoing;
use rentbook::services::outside_calls::{self, Courier};
use rentbook::services::reads::{self, InvoiceFilter, Page};
use rentbook::services::{Access, Action, Book, Desk};
use rentbook::tui::screens;

use super::{extra, invoices, sound};
use crate::a_shop::{names, now, other_half, ourselves};
use crate::fixture::{Hand, customer, draft, operator};
use crate::robot::Robot;

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
    let ana = CustomerDraft { first_name: "Ana".into(), email: "ana@example.org".into(), ..Default::default() };
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

// F61, F51
#[test]
fn what_was_not_sent_yet_stands_on_today_and_its_list_has_exactly_those_rows() {
    let (_folder, path, out) = waiting();
    let mut desk = at(&path);
    let unsent = |desk: &Desk| {
        let today = desk.today();
        let filter = InvoiceFilter { unsent: true, ..InvoiceFilter::default() };
        let rows = desk.read(|db| reads::invoices(db, &filter, &Page::first(9), today)).unwrap().rows;
        let line = desk.read(|db| reads::today(db, today)).unwrap().unsent;
        let sum: i64 = rows.iter().map(|row| row.open.minor()).sum();
        assert_eq!(line.count, i64::try_from(rows.len()).unwrap());
        assert_eq!(line.sums.iter().map(|money| money.minor()).sum::<i64>(), sum);
        rows.into_iter().map(|row| row.id.0).collect::<Vec<_>>()
    };
    assert_eq!(unsent(&desk), Vec::<i64>::new(), "five wait in the outbox");
    let ana = CustomerId(1);
    let sixth = extra(&mut desk, ana, "Cleaning", "20");
    let by_post = customer(
        &mut desk,
        CustomerDraft { first_name: "Ben".into(), email: "b@b.example".into(), ..Default::default() },
    );
    let wish = PreferenceDraft { channel: "post".into(), ..PreferenceDraft::default() };
    desk.perform(Action::SetPreferences { customer: by_post, draft: Box::new(wish) }).unwrap();
    let letter = extra(&mut desk, by_post, "Cleaning", "20");
    assert_eq!(unsent(&desk), [sixth.0], "who wants letters is not asked about");
    let why =
        desk.perform(Action::SendInvoices(Box::new(SendDraft { invoices: vec![letter], ..SendDraft::default() })));
    assert!(why.unwrap_err().to_string().contains("wants letters"));
    desk.perform(Action::CancelMessages(vec![2])).unwrap();
    assert_eq!(unsent(&desk), [2, sixth.0], "a message that was withdrawn never went out");
    let mut robot = Robot::at(desk, screens::open);
    assert!(robot.sees("Invoices not sent yet"), "{}", robot.text());
    let desk = robot.app.desk_mut();
    let all = SendDraft { invoices: vec![InvoiceId(2), sixth], ..SendDraft::default() };
    desk.perform(Action::SendInvoices(Box::new(all))).unwrap();
    assert_eq!(unsent(desk), Vec::<i64>::new());
    let done = outside_calls::send(desk, &[], &mut Folder::new(out)).unwrap();
    assert_eq!(done.sent.len(), 6);
    sound(desk);
}

// F51
#[test]
fn who_is_written_to_for_invoices_alone_is_asked_about_too() {
    let (_folder, path, _) = waiting();
    let mut desk = at(&path);
    let own = CustomerDraft { first_name: "Cem".into(), invoice_emails: "pay@c.example".into(), ..Default::default() };
    let own = customer(&mut desk, own);
    let fee = extra(&mut desk, own, "Cleaning", "20");
    let today = desk.today();
    assert_eq!(desk.read(|db| reads::today(db, today)).unwrap().unsent.count, 1);
    let draft = SendDraft { invoices: vec![fee], ..SendDraft::default() };
    let done = desk.perform(Action::SendInvoices(Box::new(draft))).unwrap();
    assert_eq!(done.said, "A message to pay@c.example waits to be sent.");
    assert_eq!(desk.read(|db| reads::today(db, today)).unwrap().unsent.count, 0);
    sound(&desk);
}
