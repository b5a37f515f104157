//! What staff do in a day, at a desk with a clock set by hand.

use rentbook::domain::status::PaymentStatus;
use rentbook::services::actions::receiving::Target;
use rentbook::services::pass::PassOptions;
use rentbook::services::{Action, Desk, Outcome, Payer};

use crate::fixture::{business, date, group, item, order, person, shop, transfer, variant};

/// Number, date, due day, total, settled of every invoice.
fn invoices(desk: &Desk) -> Vec<String> {
    desk.read(|db| {
        db.all(
            "SELECT number || ' ' || invoiced_on || ' due ' || due_on || ' ' || total_minor || ' settled ' || settled_minor \
             FROM invoice ORDER BY id",
            &[],
            |row| row.text(0),
        )
    })
    .unwrap()
}

fn statuses(desk: &Desk) -> Vec<PaymentStatus> {
    desk.read(|db| db.all("SELECT status FROM payment ORDER BY id", &[], |row| row.parsed(0))).unwrap()
}

fn sound(desk: &Desk) {
    let report = desk.check_deep().unwrap();
    assert!(report.ok, "{:#?}", report.violations);
}

#[test]
fn twelve_months_at_89_become_twelve_invoices_on_the_first_of_each() {
    let (mut desk, hand) = shop("2024-01-01");
    let ana = person(&mut desk, "Delgado");
    let laptop = variant(&mut desk, "Laptop", "89.00");
    order(&mut desk, ana, vec![item(laptop, "2024-01-01", 12)]);
    assert_eq!(invoices(&desk), ["2024-0001 2024-01-01 due 2024-01-01 8900 settled 0"]);
    for month in 2..=12 {
        hand.set(&format!("2024-{month:02}-01"));
        desk.run_pass(&PassOptions::default()).unwrap();
    }
    hand.set("2025-01-01");
    let report = desk.run_pass(&PassOptions::default()).unwrap();
    assert_eq!((report.materialised, report.became_overdue, report.subscriptions_ended), (0, 1, 1));
    assert_eq!(invoices(&desk).len(), 12);
    assert_eq!(invoices(&desk)[11], "2024-0012 2024-12-01 due 2024-12-01 8900 settled 0");
    sound(&desk);
}

#[test]
fn a_transfer_pays_and_undo_opens_again() {
    let (mut desk, _) = shop("2024-01-01");
    let ana = person(&mut desk, "Delgado");
    let laptop = variant(&mut desk, "Laptop", "89.00");
    order(&mut desk, ana, vec![item(laptop, "2024-01-01", 12)]);
    let draft = transfer(&desk, Target::Payer(Payer::Customer(ana)), "", "BT-778123");
    let done = desk.perform(Action::Receive(Box::new(draft.clone()))).unwrap();
    assert_eq!(done.said, "2024-0001 is paid, 89.00.");
    assert_eq!(statuses(&desk), [PaymentStatus::Paid]);
    sound(&desk);
    let done = desk.perform(Action::Undo(None)).unwrap();
    assert_eq!(done.said, "Receipt R-2024-0001 is taken back; what it paid is open again.");
    assert_eq!(statuses(&desk), [PaymentStatus::Pending]);
    assert!(desk.perform(Action::Undo(None)).is_err());
    sound(&desk);
    desk.perform(Action::Receive(Box::new(draft))).unwrap();
    assert_eq!(invoices(&desk), ["2024-0001 2024-01-01 due 2024-01-01 8900 settled 8900"]);
    sound(&desk);
}

#[test]
fn less_money_leaves_the_payment_open_and_more_is_asked_about() {
    let (mut desk, _) = shop("2024-01-01");
    let ana = person(&mut desk, "Delgado");
    let laptop = variant(&mut desk, "Laptop", "30.00");
    order(&mut desk, ana, vec![item(laptop, "2024-01-01", 12)]);
    let target = Target::Payer(Payer::Customer(ana));
    let part = transfer(&desk, target.clone(), "20.00", "one");
    desk.perform(Action::Receive(Box::new(part))).unwrap();
    assert_eq!(statuses(&desk), [PaymentStatus::Pending]);
    let mut more = transfer(&desk, target, "15.00", "two");
    let refused = desk.perform(Action::Receive(Box::new(more.clone()))).unwrap_err();
    assert_eq!(refused.refusal().unwrap().code, "over_paid");
    more.keep_credit = true;
    let done = desk.perform(Action::Receive(Box::new(more.clone()))).unwrap();
    let Outcome::Received(received) = done.outcome else { panic!() };
    assert_eq!(received.credit.to_string(), "5.00");
    let refused = desk.perform(Action::Receive(Box::new(more))).unwrap_err();
    assert_eq!(refused.refusal().unwrap().code, "repeated");
    assert_eq!(statuses(&desk), [PaymentStatus::Paid]);
    sound(&desk);
}

/// The book after a year in which the pass ran on these days.
fn year(days: impl Iterator<Item = chrono::NaiveDate>) -> (Vec<String>, Vec<String>) {
    let (mut desk, hand) = shop("2024-01-10");
    desk.perform(Action::ChangeSetting { key: "lead_days".into(), value: "7".into() }).unwrap();
    let laptop = variant(&mut desk, "Laptop", "89.00");
    let (ana, acme) = (person(&mut desk, "Delgado"), business(&mut desk, "Acme", "30"));
    let (ben, cleo) = (person(&mut desk, "Berg"), person(&mut desk, "Ito"));
    let headquarters = group(&mut desk, "Acme HQ", "15");
    for customer in [ben, cleo] {
        desk.perform(Action::JoinGroup { group: headquarters, customer }).unwrap();
    }
    for (customer, start) in [(ana, "2024-01-31"), (acme, "2024-01-01"), (ben, "2024-01-20"), (cleo, "2024-02-03")] {
        order(&mut desk, customer, vec![item(laptop, start, 9)]);
    }
    for day in days {
        hand.set(&day.to_string());
        desk.run_pass(&PassOptions { confirm_gap: true, ..PassOptions::default() }).unwrap();
    }
    sound(&desk);
    let payments = desk
        .read(|db| {
            db.all(
                "SELECT subscription_id || ' ' || period_start_on || ' ' || period_end_on || ' due ' || p.due_on || ' ' || amount_minor \
                 || ' on ' || COALESCE(i.number, '-') || ' ' || COALESCE(i.overdue_on, '-') FROM payment p \
                 LEFT JOIN invoice i ON i.id = p.invoice_id ORDER BY 1",
                &[],
                |row| row.text(0),
            )
        })
        .unwrap();
    (invoices(&desk), payments)
}

#[test]
fn a_pass_a_day_and_one_pass_a_year_leave_the_same_book() {
    let daily = year(date("2024-01-10").iter_days().take_while(|day| *day <= date("2025-01-10")));
    let once = year([date("2025-01-10")].into_iter());
    let monthly = year(
        date("2024-01-31")
            .iter_days()
            .step_by(29)
            .take_while(|day| *day < date("2025-01-10"))
            .chain([date("2025-01-10")]),
    );
    assert_eq!(daily.0, once.0);
    assert_eq!(daily.1, once.1);
    assert_eq!(daily, monthly);
    assert!(daily.0.len() > 20);
}

#[test]
fn a_pass_far_ahead_or_behind_waits_for_a_person() {
    let (mut desk, hand) = shop("2024-01-01");
    desk.run_pass(&PassOptions::default()).unwrap();
    hand.set("2024-02-16");
    let refused = desk.run_pass(&PassOptions::default()).unwrap_err();
    assert_eq!(refused.refusal().unwrap().code, "gap");
    assert!(refused.refusal().unwrap().details.is_some());
    desk.run_pass(&PassOptions { confirm_gap: true, ..PassOptions::default() }).unwrap();
    hand.set("2024-02-15");
    assert_eq!(desk.run_pass(&PassOptions::default()).unwrap_err().refusal().unwrap().code, "clock_back");
}

#[test]
fn what_a_manager_decides_is_refused_to_staff_and_everything_to_who_only_pays() {
    use rentbook::services::rights::{Principal, Role};
    let (desk, _) = shop("2024-01-01");
    let mut desk = desk.acting_as(Principal::Staff(Role::Staff));
    let ana = person(&mut desk, "Delgado");
    let name = || Action::ChangeSetting { key: "name".into(), value: "Other".into() };
    let refused = desk.perform(name()).unwrap_err().to_string();
    assert!(refused.contains("this needs a manager"), "{refused}");
    let mut desk = desk.acting_as(Principal::Payer(Payer::Customer(ana)));
    let refused = desk.perform(Action::Undo(None)).unwrap_err().to_string();
    assert!(refused.contains("only the shop itself can do this"), "{refused}");
    desk.acting_as(Principal::Staff(Role::Manager)).perform(name()).unwrap();
}
