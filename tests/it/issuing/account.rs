//! The statement of account adds up, whatever happened.

use proptest::prelude::*;
use rentbook::documents::StatementPaper;
use rentbook::domain::id::{CustomerId, InvoiceId, PaymentId};
use rentbook::domain::reason::CancelReason;
use rentbook::services::actions::crediting::CreditDraft;
use rentbook::services::actions::receiving::Target;
use rentbook::services::pass::PassOptions;
use rentbook::services::{Action, Desk, Payer};

use super::{euro_shop, extra_at, invoices, pay};
use crate::fixture::{date, group, item, order, person, transfer, variant};
use crate::papers::made::pages;

fn statement(desk: &Desk, payer: Payer, from: &str, to: &str) -> StatementPaper {
    desk.statement_values(payer, (date(from), date(to))).unwrap()
}

fn adds_up(paper: &StatementPaper) {
    let moved: i64 = paper.movements.iter().map(|movement| movement.amount.minor()).sum();
    assert_eq!(paper.opening.minor() + moved, paper.closing.minor());
    let late: i64 = paper.open.late.iter().map(|amount| amount.minor()).sum();
    assert_eq!(late - paper.open.unapplied.minor(), paper.closing.minor());
}

#[test]
fn a_period_shows_what_was_before_what_happened_and_what_is_left() {
    let (mut desk, hand) = euro_shop("2026-01-05");
    let ana = person(&mut desk, "Ito");
    let first = extra_at(&mut desk, ana, "Cleaning", "100", "0");
    hand.set("2026-02-10");
    let second = extra_at(&mut desk, ana, "Repair", "50", "0");
    pay(&mut desk, first, "30.00");
    hand.set("2026-03-31");
    desk.run_pass(&PassOptions { confirm_gap: true, ..PassOptions::default() }).unwrap();
    desk.perform(Action::VoidInvoice { invoice: second, reason: "wrong".into() }).unwrap();
    let mut more = transfer(&desk, Target::Payer(Payer::Customer(ana)), "100.00", "BT-9");
    more.keep_credit = true;
    desk.perform(Action::Receive(Box::new(more))).unwrap();
    let february = statement(&desk, Payer::Customer(ana), "2026-02-01", "2026-02-28");
    adds_up(&february);
    assert_eq!((february.opening.to_string(), february.closing.to_string()), ("100.00".into(), "120.00".into()));
    let texts: Vec<String> =
        february.movements.iter().map(|one| format!("{} {} {}", one.on, one.text, one.amount)).collect();
    assert_eq!(texts, ["2026-02-10 Invoice 2026-0002 50.00", "2026-02-10 Payment received R-2026-0001 -30.00"]);
    let march = statement(&desk, Payer::Customer(ana), "2026-03-01", "2026-03-31");
    adds_up(&march);
    assert_eq!((march.opening.to_string(), march.closing.to_string()), ("120.00".into(), "-30.00".into()));
    assert_eq!(march.open.unapplied.to_string(), "30.00");
    let error = desk.statement_values(Payer::Customer(ana), (date("2026-03-02"), date("2026-03-01"))).unwrap_err();
    assert!(error.to_string().contains("before the last"), "{error}");
    assert!(desk.statement_values(Payer::Customer(CustomerId(99)), (date("2026-03-01"), date("2026-03-02"))).is_err());
    let paper = desk.statement_paper(Payer::Customer(ana), (date("2026-02-01"), date("2026-02-28"))).unwrap();
    let Some(pages) = pages(&paper.bytes) else { return };
    for word in ["Statement of account", "2026-02-01 – 2026-02-28", "Opening balance", "120.00", "1–30 days late"] {
        assert!(pages[0].contains(word), "{word}\n{}", pages[0]);
    }
}

#[test]
fn an_invoice_whose_payment_was_cancelled_is_withdrawn_on_that_day() {
    let (mut desk, hand) = euro_shop("2026-01-05");
    let ana = person(&mut desk, "Ito");
    extra_at(&mut desk, ana, "Cleaning", "100", "0");
    hand.set("2026-02-10");
    let (reason, words) = (CancelReason::InvoiceWithdrawn, String::new());
    desk.perform(Action::CancelPayment { payment: PaymentId(1), reason, words }).unwrap();
    let ana = Payer::Customer(ana);
    let january = statement(&desk, ana, "2026-01-01", "2026-01-31");
    adds_up(&january);
    assert_eq!(january.closing.to_string(), "100.00", "it was still owed");
    let february = statement(&desk, ana, "2026-02-01", "2026-02-10");
    adds_up(&february);
    let moved = &february.movements;
    assert_eq!((moved.len(), moved[0].on, moved[0].amount.to_string()), (1, date("2026-02-10"), "-100.00".into()));
}

#[test]
fn a_groups_account_is_its_own() {
    let (mut desk, hand) = euro_shop("2026-01-05");
    let laptop = variant(&mut desk, "Laptop", "89.00");
    let acme = group(&mut desk, "Acme", "15");
    let ana = person(&mut desk, "Ito");
    desk.perform(Action::JoinGroup { group: acme, customer: ana }).unwrap();
    order(&mut desk, ana, vec![item(laptop, "2026-01-10", 12)]);
    hand.set("2026-01-20");
    desk.run_pass(&PassOptions::default()).unwrap();
    let of_group = statement(&desk, Payer::Group(acme), "2026-01-01", "2026-01-20");
    adds_up(&of_group);
    assert_eq!(of_group.closing.to_string(), "105.91");
    assert_eq!(statement(&desk, Payer::Customer(ana), "2026-01-01", "2026-01-20").closing.minor(), 0);
}

#[test]
fn a_long_account_runs_over_pages_and_never_leaves_its_end_alone() {
    let (mut desk, _) = euro_shop("2026-01-05");
    let ana = person(&mut desk, "Ito");
    for _ in 0..60 {
        extra_at(&mut desk, ana, "Cleaning", "10", "0");
    }
    let paper = desk.statement_paper(Payer::Customer(ana), (date("2026-01-01"), date("2026-01-05"))).unwrap();
    let Some(pages) = pages(&paper.bytes) else { return };
    assert!(pages.len() > 1);
    let last = pages.last().unwrap();
    assert!(last.contains("Closing balance EUR") && last.contains("Invoice 2026-0060"), "{last}");
    assert!(pages[0].contains("Carried forward") && pages[1].contains("Brought forward"));
}

// F81
#[test]
fn a_receipt_written_down_by_mistake_is_on_no_paper_and_a_counter_entry_stands_after_what_it_undoes() {
    let (mut desk, hand) = euro_shop("2026-01-05");
    let ana = person(&mut desk, "Ito");
    let id = extra_at(&mut desk, ana, "Cleaning", "100", "0");
    pay(&mut desk, id, "30.00");
    desk.perform(Action::Undo(None)).unwrap();
    let draft = CreditDraft { amount: "10".into(), reason: "late".into(), ..CreditDraft::default() };
    desk.perform(Action::Credit { invoice: id, draft: Box::new(draft) }).unwrap();
    desk.perform(Action::Undo(None)).unwrap();
    pay(&mut desk, id, "20.00");
    let told = |paper: &StatementPaper| -> Vec<String> {
        adds_up(paper);
        paper.movements.iter().map(|one| format!("{} {}", one.text, one.amount)).collect()
    };
    let ana = Payer::Customer(ana);
    let lines = told(&statement(&desk, ana, "2026-01-01", "2026-01-05"));
    let expected = [
        "Invoice 2026-0001 100.00",
        "Payment received R-2026-0002 -20.00",
        "Credit note CN-2026-0001 -10.00",
        "Withdrawn CN-2026-0001 10.00",
    ];
    assert_eq!(lines, expected);
    // A paper of January has the money: one of February says that it is taken back.
    hand.set("2026-02-10");
    desk.run_pass(&PassOptions { confirm_gap: true, ..PassOptions::default() }).unwrap();
    desk.perform(Action::Undo(None)).unwrap();
    assert_eq!(told(&statement(&desk, ana, "2026-01-01", "2026-01-31")), expected);
    assert_eq!(told(&statement(&desk, ana, "2026-02-01", "2026-02-10")), ["Payment reversed R-2026-0002 20.00"]);
    assert_eq!(told(&statement(&desk, ana, "2026-01-01", "2026-02-10")), [expected[0], expected[2], expected[3]]);
}

/// What a shop does on a day.
#[derive(Clone, Debug)]
enum Step {
    Bill(u32),
    Pay(usize, u32),
    Void(usize),
    Again(usize),
    Credit(usize, u32),
    Undo,
    Wait,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (1..500_u32).prop_map(Step::Bill),
        3 => (0..6_usize, 1..600_u32).prop_map(|(which, amount)| Step::Pay(which, amount)),
        1 => (0..6_usize).prop_map(Step::Void),
        1 => (0..6_usize).prop_map(Step::Again),
        2 => (0..6_usize, 1..300_u32).prop_map(|(which, amount)| Step::Credit(which, amount)),
        2 => Just(Step::Undo),
        2 => Just(Step::Wait),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn whatever_happened_every_period_adds_up(steps in prop::collection::vec(step(), 1..18)) {
        let (mut desk, hand) = euro_shop("2026-01-05");
        let ana = person(&mut desk, "Ito");
        let mut day = date("2026-01-05");
        let which = |desk: &Desk, at: usize| -> Option<InvoiceId> { invoices(desk).get(at).map(|row| row.id) };
        for step in steps {
            match step {
                Step::Bill(amount) => { extra_at(&mut desk, ana, "Extra", &amount.to_string(), "0"); }
                Step::Pay(at, amount) => if let Some(id) = which(&desk, at) {
                    let mut money = transfer(&desk, Target::Invoices(vec![id]), &amount.to_string(), "BT");
                    (money.keep_credit, money.again) = (true, true);
                    let _ = desk.perform(Action::Receive(Box::new(money)));
                },
                Step::Void(at) => if let Some(invoice) = which(&desk, at) {
                    let _ = desk.perform(Action::VoidInvoice { invoice, reason: "wrong".into() });
                },
                Step::Again(at) => if let Some(invoice) = which(&desk, at) {
                    let _ = desk.perform(Action::BillAgain { invoice, reason: "wrong".into() });
                },
                Step::Credit(at, amount) => if let Some(invoice) = which(&desk, at) {
                    let draft = CreditDraft { amount: amount.to_string(), reason: "wrong".into(), ..CreditDraft::default() };
                    let _ = desk.perform(Action::Credit { invoice, draft: Box::new(draft) });
                },
                Step::Undo => { let _ = desk.perform(Action::Undo(None)); }
                // Whoever opens the book has the day's pass run.
                Step::Wait => {
                    day = day + chrono::Days::new(11);
                    hand.set(&day.to_string());
                    desk.catch_up().unwrap();
                }
            }
        }
        super::sound(&desk);
        let mut closing = 0;
        let mut from = date("2026-01-01");
        while from <= day {
            let to = (from + chrono::Days::new(6)).min(day);
            let paper = desk.statement_values(Payer::Customer(ana), (from, to)).unwrap();
            adds_up(&paper);
            prop_assert_eq!(paper.opening.minor(), closing, "periods join");
            prop_assert!(paper.open.unapplied.minor() >= 0);
            closing = paper.closing.minor();
            from = to + chrono::Days::new(1);
        }
        let open: i64 = invoices(&desk).iter().map(|row| row.open.minor()).sum();
        let now = desk.statement_values(Payer::Customer(ana), (date("2026-01-01"), day)).unwrap();
        prop_assert_eq!(now.open.late.iter().map(|amount| amount.minor()).sum::<i64>(), open);
    }
}
