//! The book of the money pages: Harbour Rentals on Monday, 17 November 2025, with 120 invoices, most of them paid.

use std::sync::Arc;

use rentbook::domain::id::{CustomerId, PaymentId};
use rentbook::domain::method::Method;
use rentbook::domain::status::PaymentStatus;
use rentbook::services::actions::customer::{CustomerDraft, NoteDraft};
use rentbook::services::actions::receiving::{ReceiptDraft, Target};
use rentbook::services::pass::PassOptions;
use rentbook::services::{Action, Book, Desk};
use rentbook::tui::screens;

use crate::fixture::{Hand, draft, group, item, operator, order, variant};
use crate::robot::Robot;

/// The day of the pages.
pub const DAY: &str = "2025-11-17";

/// A robot in front of the book, its lists answered from memory as well as by plain SQL.
pub fn robot() -> Robot {
    let mut robot = Robot::at(desk(), screens::open);
    robot.with_ledger();
    robot
}

/// The same on the tab of payments.
pub fn payments() -> Robot {
    let mut robot = robot();
    robot.keys("<Tab><Tab>");
    robot
}

/// The book in memory.
pub fn desk() -> Desk {
    desk_on(Book::in_memory().unwrap()).0
}

/// The book laid into this one, and its clock.
pub fn desk_on(book: Book) -> (Desk, Hand) {
    let hand = Hand::at("2025-03-01");
    let mut desk = Desk::new(book, Arc::new(hand.clone()), operator("mia")).unwrap();
    desk.perform(Action::SetUp(Box::new(rentbook::services::actions::shop::ShopDraft {
        tax_rate: "0".into(),
        ..draft()
    })))
    .unwrap();
    desk.perform(Action::ChangeSetting { key: "lead_days".into(), value: "7".into() }).unwrap();
    let rented = rent(&mut desk);
    for day in
        ["2025-04-01", "2025-05-05", "2025-06-05", "2025-07-05", "2025-08-05", "2025-09-05", "2025-10-05", "2025-11-05"]
    {
        hand.set(day);
        desk.run_pass(&PassOptions::default()).unwrap();
        settle(&mut desk, day);
    }
    hand.set(DAY);
    desk.run_pass(&PassOptions::default()).unwrap();
    trouble(&mut desk, rented);
    (desk, hand)
}

fn customer(desk: &mut Desk, draft: CustomerDraft) -> CustomerId {
    crate::fixture::customer(desk, draft)
}

fn company(desk: &mut Desk, name: &str, terms: &str) -> CustomerId {
    let email = format!("ap@{}.example", name.split(' ').next().unwrap().to_lowercase());
    let (company_name, terms, kind) = (name.into(), terms.into(), "business".into());
    customer(desk, CustomerDraft { kind, company_name, terms, email, ..CustomerDraft::default() })
}

fn person(desk: &mut Desk, first: &str, last: &str) -> CustomerId {
    let email = format!("{}@mail.example", first.to_lowercase());
    customer(
        desk,
        CustomerDraft { first_name: first.into(), last_name: last.into(), email, ..CustomerDraft::default() },
    )
}

/// Who is late with something at the end.
struct Rented {
    acme: CustomerId,
    ana: CustomerId,
    petr: CustomerId,
    brightside: CustomerId,
    lindqvist: CustomerId,
}

fn rent(desk: &mut Desk) -> Rented {
    let laptop = variant(desk, "Laptop Pro 14", "89.00");
    let camera = variant(desk, "Camera kit", "129.00");
    let projector = variant(desk, "Projector", "45.50");
    let rack = variant(desk, "Server rack", "310.00");
    let desk_top = variant(desk, "Standing desk", "62.00");
    let acme = company(desk, "Acme Corp", "14");
    let ana = person(desk, "Ana", "Delgado");
    let petr = person(desk, "Petr", "Novák");
    let brightside = company(desk, "Brightside Dental", "14");
    let ngozi = person(desk, "Ngozi", "Okafor");
    let lindqvist = company(desk, "Lindqvist Design AB", "30");
    let cafe = company(desk, "Harbour Cafe", "7");
    let yui = person(desk, "Yui", "Tanaka");
    let (dana, ken) = (person(desk, "Dana", "Weber"), person(desk, "Ken", "Ito"));
    let headquarters = group(desk, "Acme HQ", "3");
    for customer in [dana, ken] {
        desk.perform(Action::JoinGroup { group: headquarters, customer }).unwrap();
        order(desk, customer, vec![item(laptop, "2025-03-10", 24)]);
    }
    order(desk, acme, vec![item(laptop, "2025-03-01", 24), item(laptop, "2025-03-17", 12)]);
    for (who, what, start) in [
        (ana, camera, "2025-03-31"),
        (petr, camera, "2025-03-15"),
        (brightside, laptop, "2025-03-15"),
        (ngozi, projector, "2025-03-17"),
        (lindqvist, rack, "2025-03-17"),
        (cafe, desk_top, "2025-03-19"),
        (yui, camera, "2025-03-22"),
        (cafe, projector, "2025-03-02"),
        (yui, laptop, "2025-03-04"),
    ] {
        order(desk, who, vec![item(what, start, 24)]);
    }
    Rented { acme, ana, petr, brightside, lindqvist }
}

/// The open payments, as number in the file, whose, due day.
fn open(desk: &Desk) -> Vec<(PaymentId, CustomerId, String)> {
    desk.read(|db| {
        db.all(
            "SELECT p.id, p.customer_id, p.due_on FROM payment p JOIN invoice i ON i.id = p.invoice_id \
             WHERE i.state = 'issued' AND p.status IN ('pending', 'failed', 'processing') ORDER BY p.due_on, p.id",
            &[],
            |row| Ok((PaymentId(row.int(0)?), CustomerId(row.int(1)?), row.text(2)?)),
        )
    })
    .unwrap()
}

fn receive(desk: &mut Desk, payment: PaymentId, amount: &str, method: Method, reference: &str) {
    let receipt = ReceiptDraft {
        target: Target::Payments(vec![payment]),
        amount: amount.into(),
        received_on: desk.today(),
        method,
        reference: reference.into(),
        keep_credit: false,
        again: true,
    };
    desk.perform(Action::Receive(Box::new(receipt))).unwrap();
}

/// What is due before that day came in, except for the last weeks.
fn settle(desk: &mut Desk, day: &str) {
    for (number, (payment, customer, due)) in open(desk).into_iter().enumerate() {
        if due.as_str() < day && due.as_str() < "2025-10-28" {
            let method = if customer.0 % 3 == 0 { Method::Cash } else { Method::BankTransfer };
            let reference =
                if method == Method::Cash { String::new() } else { format!("BT-{}{number:02}", &day[5..7]) };
            receive(desk, payment, "", method, &reference);
        }
    }
}

/// What waits for a person.
fn trouble(desk: &mut Desk, rented: Rented) {
    let Rented { acme, ana, petr, brightside, lindqvist } = rented;
    let first = |desk: &Desk, who: CustomerId| open(desk).into_iter().find(|row| row.1 == who).unwrap().0;
    for (who, reason) in [(petr, "Insufficient funds"), (brightside, "Declined: card closed")] {
        let payment = first(desk, who);
        desk.perform(Action::FailPayment { payment, reason: reason.into() }).unwrap();
    }
    let payment = first(desk, lindqvist);
    desk.perform(Action::ProcessPayment { payment }).unwrap();
    let payment = first(desk, acme);
    receive(desk, payment, "11.86", Method::BankTransfer, "BT-776310");
    for (customer, kind, summary) in
        [(acme, "phone", "pays Fridays; call Dana, not AP"), (ana, "email", "asked for a copy")]
    {
        let note = NoteDraft {
            on: None,
            customer,
            kind: kind.into(),
            summary: summary.into(),
            follow_up_on: None,
            follow_up_action: String::new(),
        };
        desk.perform(Action::AddNote(note)).unwrap();
    }
}

/// The status of every payment that is not paid, with what is open, in the order of due days.
pub fn unpaid(desk: &Desk) -> Vec<(String, PaymentStatus, i64)> {
    desk.read(|db| {
        db.all(
            "SELECT COALESCE(i.number, '-'), p.status, p.amount_minor - p.settled_minor FROM payment p \
             LEFT JOIN invoice i ON i.id = p.invoice_id WHERE p.status <> 'paid' ORDER BY p.due_on, p.id",
            &[],
            |row| Ok((row.text(0)?, row.parsed(1)?, row.int(2)?)),
        )
    })
    .unwrap()
}
