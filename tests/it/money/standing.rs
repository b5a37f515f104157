//! F31: paid is money. What was credited or given up has words of its own in views, filters and lists.

use rentbook::domain::id::PaymentId;
use rentbook::domain::status::PaymentStanding;
use rentbook::services::Action;
use rentbook::services::actions::refunding::RefundFrom;
use rentbook::services::reads::{self, Page, PaymentFilter, PaymentView};
use rentbook::tui::screens;

use super::{back, invoice, pay, with_customer};
use crate::robot::Robot;

/// Four settled payments: by money, by money and a credit note, by a credit note after the money went back, given up.
fn settled() -> (rentbook::services::Desk, [PaymentId; 4]) {
    let (mut desk, _, customer) = with_customer();
    let lines = [("10.00", "0")];
    let [money, part, credited, given_up] = [0; 4].map(|_| {
        let (id, _, lines) = invoice(&mut desk, customer, &lines);
        (id, lines[0])
    });
    for (at, (id, _)) in [money, part, credited].into_iter().enumerate() {
        pay(&mut desk, id, "10.00", &format!("R{at}"));
    }
    back(&mut desk, RefundFrom::Payment(part.1), "4.00", true).unwrap();
    back(&mut desk, RefundFrom::Payment(credited.1), "10.00", true).unwrap();
    desk.perform(Action::WriteOff { invoice: given_up.0, reason: "gone".into() }).unwrap();
    super::sound(&desk);
    (desk, [money.1, part.1, credited.1, given_up.1])
}

/// What the list has, of both finders.
fn found(desk: &rentbook::services::Desk, view: PaymentView, statuses: &[PaymentStanding]) -> Vec<PaymentId> {
    let filter = PaymentFilter { view, statuses: statuses.to_vec(), ..PaymentFilter::default() };
    let today = desk.today();
    let page = desk.read(|db| reads::payments(db, &filter, &Page::first(9), today)).unwrap();
    let plain = desk.read(|db| reads::payment_ids(db, &filter, today)).unwrap();
    assert_eq!(page.rows.iter().map(|row| row.id).collect::<Vec<_>>(), plain);
    plain
}

#[test]
fn the_view_of_what_is_paid_and_each_status_have_exactly_their_rows_in_both_finders() {
    let (desk, [money, part, credited, given_up]) = settled();
    for with_ledger in [false, true] {
        if with_ledger {
            desk.book().keep_ledger(desk.read(rentbook::store::ledger::load::read_all).unwrap());
        }
        assert_eq!(found(&desk, PaymentView::Paid, &[]), [money, part]);
        assert_eq!(found(&desk, PaymentView::All, &[PaymentStanding::Credited]), [credited]);
        assert_eq!(found(&desk, PaymentView::All, &[PaymentStanding::WrittenOff]), [given_up]);
        let either = [PaymentStanding::WrittenOff, PaymentStanding::Pending, PaymentStanding::Credited];
        assert_eq!(found(&desk, PaymentView::All, &either), [credited, given_up]);
        assert_eq!(found(&desk, PaymentView::Paid, &either), []);
        assert_eq!(found(&desk, PaymentView::All, &[]), [money, part, credited, given_up]);
    }
    let rows = desk.read(|db| reads::payments_by_id(db, &[part, credited, given_up])).unwrap();
    let told: Vec<String> = rows
        .iter()
        .map(|row| format!("{} {} {} {}", row.standing(), row.paid, row.credited, row.written_off))
        .collect();
    assert_eq!(told, ["Paid 6.00 4.00 0.00", "Credited 0.00 10.00 0.00", "Written off 0.00 0.00 10.00"]);
}

#[test]
fn the_screen_filters_by_what_was_given_up_and_says_so_in_the_column() {
    let (desk, _) = settled();
    let mut robot = Robot::at(desk, screens::open);
    robot.keys("<Tab><Tab><Left><Left><F4>Written<F2>");
    assert!(robot.sees("1 payment") && robot.sees("- Written off"), "{}", robot.text());
    assert!(!robot.sees("- Credited") && !robot.sees("+ Paid"), "{}", robot.text());
}
