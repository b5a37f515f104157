//! Credit notes, cancelling, waiving, writing off.

use rentbook::domain::reason::CancelReason;
use rentbook::domain::status::PaymentStatus::{Cancelled, Failed, Paid, Pending};
use rentbook::services::Action;
use rentbook::services::actions::crediting::CreditDraft;

use super::{count, due_and_credit, invoice, pay, sound, stands, text, undo, with_customer};

fn credit(lines: Vec<(rentbook::domain::id::PaymentId, String)>, amount: &str) -> CreditDraft {
    CreditDraft { lines, amount: amount.into(), reason: "stopped early".into() }
}

#[test]
fn a_note_uses_what_is_open_first_and_frees_only_the_rest() {
    // Vector K03: 75.00 and 20 %, paid 75.00, stopped after 14 of 21 days.
    let (mut desk, _, customer) = with_customer();
    let (id, _, lines) = invoice(&mut desk, customer, &[("75.00", "20")]);
    pay(&mut desk, id, "75.00", "A");
    assert_eq!(due_and_credit(&desk, id), (1500, 0));
    let done = desk.perform(Action::Credit { invoice: id, draft: Box::new(credit(vec![], "30.00")) }).unwrap();
    assert_eq!(done.said, "Credit note CN-2025-0001 for 30.00, 15.00 is credit now.");
    assert_eq!((due_and_credit(&desk, id), stands(&desk, lines[0])), ((0, 1500), (Paid, 9000, 0)));
    assert_eq!(text(&desk, "SELECT net_minor || '+' || tax_minor FROM credit_note"), "2500+500");
    sound(&desk);
    undo(&mut desk).unwrap();
    assert_eq!((due_and_credit(&desk, id), stands(&desk, lines[0])), ((1500, 0), (Pending, 7500, 0)));
    sound(&desk);
}

#[test]
fn a_note_is_over_a_line_a_part_or_the_whole_and_never_over_more() {
    let (mut desk, _, customer) = with_customer();
    let (id, _, lines) = invoice(&mut desk, customer, &[("60.00", "20"), ("40.00", "0")]);
    let over = |lines, amount: &str| Action::Credit { invoice: id, draft: Box::new(credit(lines, amount)) };
    desk.perform(over(vec![(lines[0], "12.00".into())], "")).unwrap();
    assert_eq!(stands(&desk, lines[0]), (Pending, 1200, 0));
    desk.perform(over(vec![(lines[1], String::new())], "")).unwrap();
    assert_eq!(stands(&desk, lines[1]), (Cancelled, 4000, 0));
    let error = desk.perform(over(vec![(lines[0], "60.01".into())], "")).unwrap_err().to_string();
    assert!(error.contains("line 1: a credit note takes back at most what the line was"), "{error}");
    let error = desk.perform(over(vec![], "60.01")).unwrap_err().to_string();
    assert!(error.contains("at most 60.00 can be credited"), "{error}");
    desk.perform(over(vec![], "")).unwrap();
    assert_eq!((stands(&desk, lines[0]), due_and_credit(&desk, id)), ((Cancelled, 7200, 0), (0, 0)));
    let error = desk.perform(over(vec![], "")).unwrap_err().to_string();
    assert!(error.contains("nothing is left to credit"), "{error}");
    let numbers = text(&desk, "SELECT group_concat(number, ' ') FROM credit_note");
    assert_eq!(numbers, "CN-2025-0001 CN-2025-0002 CN-2025-0003");
    sound(&desk);
    for _ in 0..3 {
        undo(&mut desk).unwrap();
        sound(&desk);
    }
    assert_eq!((stands(&desk, lines[0]), stands(&desk, lines[1])), ((Pending, 0, 0), (Pending, 0, 0)));
    // What was taken back credits nothing: all of it can be credited again, under the next number.
    desk.perform(over(vec![], "112.00")).unwrap();
    assert_eq!(text(&desk, "SELECT number FROM credit_note ORDER BY id DESC LIMIT 1"), "CN-2025-0004");
    sound(&desk);
}

#[test]
fn a_sum_over_several_lines_is_spread_and_closes_to_the_cent() {
    let (mut desk, _, customer) = with_customer();
    let (id, _, lines) = invoice(&mut desk, customer, &[("10.00", "0"), ("10.00", "0"), ("10.00", "0")]);
    desk.perform(Action::Credit { invoice: id, draft: Box::new(credit(vec![], "10.00")) }).unwrap();
    let settled: Vec<i64> = lines.iter().map(|line| stands(&desk, *line).1).collect();
    assert_eq!(settled, [334, 333, 333]);
}

#[test]
fn cancelling_the_only_line_voids_the_invoice_and_on_a_shared_one_credits_it() {
    let (mut desk, _, customer) = with_customer();
    let (alone, number, lines) = invoice(&mut desk, customer, &[("25.00", "0")]);
    let cancel = |payment| Action::CancelPayment { payment, reason: CancelReason::NotNeeded, words: "returned".into() };
    let done = desk.perform(cancel(lines[0])).unwrap();
    assert_eq!(done.said, format!("Payment P-{} is cancelled; its invoice {number} is void.", lines[0]));
    assert_eq!(stands(&desk, lines[0]), (Cancelled, 0, 0));
    assert_eq!(text(&desk, &format!("SELECT state FROM invoice WHERE id = {alone}")), "void");
    let (shared, _, lines) = invoice(&mut desk, customer, &[("25.00", "0"), ("35.00", "0")]);
    pay(&mut desk, shared, "10.00", "A");
    desk.perform(cancel(lines[0])).unwrap();
    assert_eq!((stands(&desk, lines[0]), due_and_credit(&desk, shared)), ((Cancelled, 2500, 0), (3500, 1000)));
    assert_eq!(text(&desk, "SELECT reason FROM credit_note"), "Not needed: returned");
    sound(&desk);
    undo(&mut desk).unwrap();
    assert_eq!((stands(&desk, lines[0]), due_and_credit(&desk, shared)), ((Pending, 1000, 0), (5000, 0)));
    sound(&desk);
}

#[test]
fn waiving_gives_up_what_is_open_and_keeps_what_was_paid() {
    let (mut desk, _, customer) = with_customer();
    let (id, _, lines) = invoice(&mut desk, customer, &[("25.00", "0")]);
    pay(&mut desk, id, "10.00", "A");
    desk.perform(Action::FailPayment { payment: lines[0], reason: "Declined".into() }).unwrap();
    let waive = Action::WaivePayment { payment: lines[0], reason: "good will".into() };
    desk.perform(waive).unwrap();
    assert_eq!((stands(&desk, lines[0]), due_and_credit(&desk, id)), ((Paid, 2500, 0), (0, 0)));
    undo(&mut desk).unwrap();
    assert_eq!(stands(&desk, lines[0]), (Failed, 1000, 0));
    let error = desk.perform(Action::WaivePayment { payment: lines[0], reason: " ".into() }).unwrap_err().to_string();
    assert_eq!(error, "reason: say why it is waived");
    sound(&desk);
}

#[test]
fn what_is_written_off_is_settled_and_owed_again_after_undo() {
    let (mut desk, _, customer) = with_customer();
    let (id, number, lines) = invoice(&mut desk, customer, &[("25.00", "0"), ("35.00", "0")]);
    pay(&mut desk, id, "25.00", "A");
    let off = Action::WriteOff { invoice: id, reason: "insolvent".into() };
    let done = desk.perform(off.clone()).unwrap();
    assert_eq!(done.said, format!("35.00 of invoice {number} is written off."));
    assert_eq!((stands(&desk, lines[1]), due_and_credit(&desk, id)), ((Paid, 3500, 0), (0, 0)));
    assert!(desk.perform(off).unwrap_err().to_string().contains("nothing is open"));
    assert_eq!(count(&desk, "SELECT SUM(amount_minor) FROM allocation WHERE source = 'write_off'"), 3500);
    undo(&mut desk).unwrap();
    assert_eq!(stands(&desk, lines[1]), (Pending, 0, 0));
    sound(&desk);
}
