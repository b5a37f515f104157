//! Papers and messages, by keys, in a book that lies in a folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rentbook::domain::id::CustomerId;
use rentbook::services::actions::customer::CustomerDraft;
use rentbook::services::actions::shop::ShopDraft;
use rentbook::services::{Action, Desk, Outside, books};
use rentbook::tui::screens;
use tempfile::TempDir;

use super::{extra, sound};
use crate::a_shop::other_program;
use crate::fixture::{Hand, draft, group, item, operator, order, variant};
use crate::papers::letters::LETTERS;
use crate::papers::made::logo;
use crate::robot::Robot;

/// A customer with an address and three invoices, and a group that bills her.
struct Place {
    robot: Robot,
    home: TempDir,
}

fn customer(desk: &mut Desk, last: &str) -> CustomerId {
    let email = format!("{}@example.com", last.to_lowercase());
    let draft = CustomerDraft { first_name: "Ana".into(), last_name: last.into(), email, ..CustomerDraft::default() };
    crate::fixture::customer(desk, draft)
}

fn place() -> Place {
    let home = tempfile::tempdir().unwrap();
    let outside: Arc<dyn Outside> = Arc::new(Hand::at("2026-03-02"));
    let shop = ShopDraft { email: "rent@harbour.example".into(), ..draft() };
    let mut desk = books::make(&home.path().join("shop.db"), &shop, &outside, &operator("mia")).unwrap();
    let ana = customer(&mut desk, "Ito");
    for text in ["Cleaning", "Repair", "Delivery"] {
        extra(&mut desk, ana, text, "50");
    }
    let laptop = variant(&mut desk, "Laptop", "89.00");
    let acme = group(&mut desk, "Acme HQ", "15");
    let ben = customer(&mut desk, "Ruiz");
    desk.perform(Action::JoinGroup { group: acme, customer: ben }).unwrap();
    order(&mut desk, ben, vec![item(laptop, "2026-03-10", 12)]);
    Place { robot: Robot::at(desk, screens::open), home }
}

impl Place {
    /// The one file that was shown last; it is there.
    fn viewed(&self) -> PathBuf {
        let last = self.robot.noted().pop().unwrap_or_default();
        let file =
            PathBuf::from(last.strip_prefix("viewed ").unwrap_or_else(|| panic!("{last}\n{}", self.robot.text())));
        assert!(file.starts_with(self.home.path()) && file.is_file(), "{}", file.display());
        file
    }

    fn is_pdf(&self) -> PathBuf {
        let file = self.viewed();
        assert!(fs::read(&file).unwrap().starts_with(b"%PDF-"));
        file
    }

    fn messages(&self, state: &str) -> i64 {
        let sql = "SELECT COUNT(*) FROM outbox_message WHERE state = ?1";
        self.robot.app.desk().read(|db| db.one(sql, &[state.into()], |row| row.int(0))).unwrap().unwrap()
    }
}

fn files(folder: &Path) -> usize {
    fs::read_dir(folder).map_or(0, |found| found.filter(|entry| entry.as_ref().unwrap().path().is_file()).count())
}

#[test]
fn a_statement_is_asked_for_on_a_customer_and_on_a_group() {
    let mut place = place();
    place.robot.keys("<Tab>Ito<Enter>").act("Statement of account");
    place.robot.keys("<Tab><Ctrl+U>2027-12-31<F2>");
    assert!(place.robot.sees("A statement ends today at the latest."), "{}", place.robot.text());
    place.robot.keys("<Ctrl+U>2026-03-02<F2>");
    assert!(place.is_pdf().starts_with(place.home.path().join("statements")), "{:?}", place.robot.noted());
    place.robot.keys("<Esc><Esc><Esc><Tab><Tab><Tab><Enter>").act("Statement of account");
    place.robot.keys("<F2>");
    assert_eq!(place.robot.noted().len(), 2, "{}", place.robot.text());
    place.is_pdf();
}

#[test]
fn a_new_invoice_is_looked_at_before_it_is_issued() {
    let mut place = place();
    place.robot.keys("<Tab>Ito<Enter>").act("New extra invoice");
    place.robot.keys("<F7>");
    assert!(place.robot.message().contains("Say what the line is for"), "{}", place.robot.text());
    place.robot.keys("Window<Tab><Tab>80<F7>");
    assert!(place.is_pdf().starts_with(place.home.path().join("previews")));
    let issued = |place: &Place| super::invoices(place.robot.app.desk()).len();
    assert_eq!(issued(&place), 3, "looking issues nothing");
    // F38: the days of the work, in the last field of the line.
    place.robot.keys("<Tab><Tab><Tab>2026-02-27..2026-02-26<F2>");
    assert!(place.robot.sees("The last day comes before the first"), "{}", place.robot.text());
    place.robot.keys("<Ctrl+U>2026-02-26..2026-02-27<F2>");
    assert_eq!(place.robot.message(), "Invoice 2026-0004 is issued, 80.00.");
    let days = "SELECT period_start_on || ' ' || period_end_on FROM payment WHERE period_start_on LIKE '2026-02%'";
    let kept = place.robot.app.desk().read(|db| db.all(days, &[], |row| row.text(0))).unwrap();
    assert_eq!(kept, ["2026-02-26 2026-02-28"]);
    sound(place.robot.app.desk());
}

#[test]
fn who_invoices_go_to_is_said_in_the_form_of_the_customer_and_used() {
    // F66
    let mut place = place();
    place.robot.keys("<Tab>Ito<Enter><F2>");
    for _ in 0..20 {
        if place.robot.lines().iter().any(|line| line.contains("> ") && line.contains("Invoices to")) {
            break;
        }
        place.robot.keys("<Tab>");
    }
    place.robot.keys("ap@example.com cfo@example.com, nobody<F2>");
    assert!(place.robot.sees("is not an email address"), "{}", place.robot.text());
    place.robot.keys("<Ctrl+U>ap@example.com cfo@example.com<F2>");
    let sql = "SELECT invoice_emails FROM customer WHERE last_name = 'Ito'";
    let kept = |place: &Place| place.robot.app.desk().read(|db| db.all(sql, &[], |row| row.text(0))).unwrap();
    assert_eq!(kept(&place), ["ap@example.com, cfo@example.com"], "{}", place.robot.text());
    place.robot.keys("<Ctrl+Z>");
    assert_eq!(kept(&place), [""], "{}", place.robot.text());
    sound(place.robot.app.desk());
}

#[test]
fn the_invoice_of_a_group_is_dated_and_looked_at_before_it_is_issued() {
    let mut place = place();
    place.robot.keys("<Tab><Tab><Tab><F8>");
    assert!(place.robot.sees("Invoice date 02 Mar 2026") && place.robot.sees("F7 Preview"), "{}", place.robot.text());
    place.robot.keys("<F7>");
    place.is_pdf();
    assert_eq!(super::invoices(place.robot.app.desk()).len(), 3, "looking issues nothing");
    place.robot.keys("<F2>");
    assert_eq!(place.robot.message(), "Invoice 2026-0004 is issued, 89.00.");
    place.robot.act("to its contact");
    place.robot.keys("<Ctrl+U>ap@example.com<F2>");
    assert_eq!(place.robot.message(), "A message to ap@example.com waits to be sent.");
}

#[test]
fn the_logo_is_a_file_one_names_and_can_be_taken_off() {
    let mut place = place();
    let file = place.home.path().join("logo.png");
    fs::write(&file, logo(120, 60)).unwrap();
    place.robot.keys("<F10>go to shop settings<Enter><End>");
    let mut up = 0;
    while !place.robot.lines().iter().any(|line| line.contains("> ") && line.contains("Logo")) && up < 60 {
        place.robot.keys("<Up>");
        up += 1;
    }
    place.robot.keys("<Enter>/no/such/file.png<F2>");
    assert!(place.robot.sees("x "), "{}", place.robot.text());
    place.robot.keys(&format!("<Ctrl+U>{}<F2>", file.display()));
    place.robot.wait_for_job();
    assert!(place.robot.sees("a picture of"), "{}", place.robot.text());
    place.robot.keys("<Enter><Ctrl+U><F2>");
    assert_eq!(place.robot.app.desk().logo_size().unwrap(), None, "{}", place.robot.text());
    let font = place.home.path().join("letters.ttf");
    fs::write(&font, LETTERS).unwrap();
    place.robot.keys("<Down><Enter>/no/such/font.ttf<F2>");
    assert!(place.robot.sees("Font for other scripts") && place.robot.sees("x "), "{}", place.robot.text());
    place.robot.keys(&format!("<Ctrl+U>{}<F2>", font.display())).wait_for_job();
    assert!(place.robot.sees("Noto Sans Hebrew"), "{}", place.robot.text());
    place.robot.keys("<Enter><Ctrl+U><F2>");
    assert_eq!(place.robot.app.desk().font_name().unwrap(), None, "{}", place.robot.text());
    // F103: half a picture is found before it is kept.
    fs::write(&file, logo(120, 60).split_at(5_000).0).unwrap();
    place.robot.keys(&format!("<Up><Enter><Ctrl+U>{}<F2>", file.display())).wait_for_job();
    assert!(place.robot.message().contains("cannot be read"), "{}", place.robot.text());
    assert_eq!(place.robot.app.desk().logo_size().unwrap(), None);
}

#[test]
fn marked_invoices_become_messages_of_the_mail_program_and_the_path_is_said() {
    let mut place = place();
    place.robot.keys("<Tab><Tab><Tab><Tab><Space><Down><Space>").act("Send 2 invoices");
    place.robot.keys("<Tab><Right><F2>");
    let folder = place.home.path().join("messages").join("2026");
    assert_eq!(place.robot.message(), format!("2 messages are in {}.", folder.display()));
    assert_eq!((files(&folder), place.messages("queued")), (2, 2));
}

#[test]
fn today_leads_to_the_messages_that_wait_and_they_are_withdrawn() {
    let mut place = place();
    place.robot.keys("<Tab><Tab><Tab><Tab><Ctrl+A>").act("Send 3 invoices");
    place.robot.keys("<F2>");
    assert_eq!(place.robot.message(), "3 messages wait to be sent.");
    place.robot.keys("<Esc><Esc>");
    while !place.robot.lines().iter().any(|line| line.contains("> @ Messages to send")) {
        place.robot.keys("<Down>");
    }
    place.robot.keys("<Enter>").wait_for("3 messages");
    assert!(place.robot.sees("[Waiting] All") && place.robot.sees(". Queued"), "{}", place.robot.text());
    place.robot.keys("<Enter>");
    assert!(place.robot.sees("Subject: Invoice 2026-0003 from Harbour"), "{}", place.robot.text());
    place.robot.keys("<Esc><F7>");
    assert_eq!(place.viewed().extension().unwrap(), "eml");
    place.robot.act("Withdraw message");
    place.robot.keys("<Enter>");
    assert_eq!(place.messages("queued"), 3, "Keep has the cursor");
    place.robot.act("Withdraw message");
    place.robot.keys("y");
    assert_eq!(place.robot.message(), "Message 3 is withdrawn.");
    assert_eq!((place.messages("queued"), place.messages("cancelled")), (2, 1));
    place.robot.keys("<Right>").wait_for("3 messages");
    assert!(place.robot.sees("- Withdrawn"), "{}", place.robot.text());
    place.robot.keys("<F9>");
    assert!(place.robot.sees("(Withdraw message"), "{}", place.robot.text());
    place.robot.keys("<Esc><Ctrl+A>").act("Withdraw 3 messages");
    place.robot.keys("y");
    assert_eq!(place.robot.message(), "2 messages are withdrawn.");
    place.robot.keys("<Left>");
    assert!(place.robot.sees("No messages are waiting."), "{}", place.robot.text());
    sound(place.robot.app.desk());
}

#[test]
fn the_sending_that_is_taken_back_passes_over_what_is_withdrawn_already() {
    let mut place = place();
    let desk = place.robot.app.desk_mut();
    let draft = rentbook::services::actions::sending::SendDraft {
        invoices: super::invoices(desk).iter().map(|row| row.id).collect(),
        ..Default::default()
    };
    desk.perform(Action::SendInvoices(Box::new(draft))).unwrap();
    desk.perform(Action::CancelMessages(vec![2])).unwrap();
    assert!(desk.perform(Action::Undo(None)).is_err(), "a message that is withdrawn is sent again, not undone");
    let sending = "SELECT id FROM activity WHERE action = 'send_invoices'";
    let id = desk.read(|db| db.one(sending, &[], |row| row.int(0))).unwrap().unwrap();
    desk.perform(Action::Undo(Some(rentbook::domain::id::ActivityId(id)))).unwrap();
    assert_eq!(place.messages("cancelled"), 3);
}

#[test]
fn many_papers_are_made_beside_the_work_and_a_folder_that_cannot_be_written_is_told() {
    let mut place = place();
    place.robot.keys("<Tab><Tab><Tab><Tab><Ctrl+A><F7>").wait_for_job();
    let folder = place.home.path().join("invoices").join("2026");
    assert_eq!(place.robot.message(), format!("3 PDFs were made, in {}.", folder.display()));
    assert_eq!(files(&folder), 3);
    // A file stands where the folder should be: as a full or closed disk, it takes nothing.
    fs::remove_dir_all(place.home.path().join("invoices")).unwrap();
    fs::write(place.home.path().join("invoices"), "").unwrap();
    place.robot.keys("<F7>").wait_for_job();
    assert!(place.robot.message().contains("cannot be written"), "{}", place.robot.message());
    place.robot.keys("<Esc><F7>");
    assert!(place.robot.message().contains("could not be written"), "{}", place.robot.message());
    sound(place.robot.app.desk());
}

#[test]
fn the_making_of_many_papers_is_stopped_by_esc() {
    let mut place = place();
    for _ in 0..60 {
        extra(place.robot.app.desk_mut(), CustomerId(1), "Cleaning", "50");
    }
    place.robot.keys("<Tab><Tab><Tab><Tab><Ctrl+A><F7>");
    assert!(place.robot.sees("Esc stops it"), "{}", place.robot.text());
    place.robot.keys("<Esc>").wait_for_job();
    let made = files(&place.home.path().join("invoices").join("2026"));
    let said = place.robot.message();
    assert!(made < 63 && said.starts_with(&format!("Stopped: {made} of 63 PDFs were made")), "{made}: {said}");
    assert!(!place.robot.sees("+ Stopped"), "neither good nor bad: {}", place.robot.text());
}

/// F23: what a form would do is tried beside the screen.
#[test]
fn a_preview_waits_for_another_writer_and_no_key_does() {
    let mut place = place();
    let other = other_program(&place.home.path().join("shop.db"));
    place.robot.keys("<Tab><Tab><Tab><Tab>");
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    place.robot.act("Credit note");
    assert!(place.robot.sees("After saving: ..."), "{}", place.robot.text());
    place.robot.keys("<Ctrl+U>20");
    assert!(place.robot.sees("After saving: ..."), "{}", place.robot.text());
    other.execute_batch("ROLLBACK").unwrap();
    place.robot.wait_for("After saving: open 30.00 of the invoice");
}

/// F23: the invoice of a group is tried beside the screen; whether two may be merged, or one erased, is only read.
#[test]
fn no_form_and_no_question_waits_for_another_writer() {
    let mut place = place();
    let other = other_program(&place.home.path().join("shop.db"));
    place.robot.keys("<Tab><Enter>");
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    place.robot.act("Erase the personal data");
    assert!(place.robot.message().contains("still owes 150.00"), "{}", place.robot.text());
    place.robot.act("Merge with another record").keys("ruiz<Enter><Down><Enter>");
    assert!(place.robot.sees("Ito, Ana will be merged into Ruiz, Ana"), "{}", place.robot.text());
    place.robot.keys("<Esc><Esc><Tab><Tab><F8>");
    assert!(place.robot.sees("After saving: ..."), "{}", place.robot.text());
    other.execute_batch("ROLLBACK").unwrap();
    place.robot.wait_for("TOTAL USD");
    place.robot.keys("<Tab><Space>").wait_for("Nothing of Acme HQ waits");
    place.robot.keys("<Space>").wait_for("TOTAL USD");
}

// F116
#[test]
fn a_step_that_waits_for_a_stopped_writer_says_at_once_who_it_is_and_esc_gives_up_with_the_text_kept() {
    let mut place = place();
    let other = other_program(&place.home.path().join("shop.db"));
    place.robot.keys("<Tab>").act("Add a note");
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    place.robot.keys("<Tab>called Zoe<F2>");
    assert!(place.robot.message().contains("is writing to the book. Waiting for it"), "{}", place.robot.text());
    place.robot.keys("x<Esc>");
    assert!(place.robot.message().starts_with("You gave up waiting"), "{}", place.robot.message());
    assert!(place.robot.sees("Zoe") && !place.robot.sees("Zoex"), "{}", place.robot.text());
    place.robot.keys("<F2>");
    assert!(place.robot.message().contains("Waiting for it"), "{}", place.robot.text());
    other.execute_batch("ROLLBACK").unwrap();
    place.robot.app.look();
    assert!(place.robot.message().starts_with("Note on "), "{}", place.robot.message());
}
