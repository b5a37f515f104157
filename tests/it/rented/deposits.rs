//! Deposits: held, returned, kept in part or whole.

use rentbook::domain::id::{InvoiceId, PaymentId};
use rentbook::domain::money::Money;
use rentbook::domain::reason::{KeptFor, RefundReason};
use rentbook::services::actions::deposit::CloseDraft;
use rentbook::services::actions::order::ItemDraft;
use rentbook::services::actions::receiving::Target;
use rentbook::services::actions::refunding::{RefundDraft, RefundFrom};
use rentbook::services::{Action, Payer, reads};

use super::{Rented, cancel, rented, rented_as, sentence, walk};
use crate::fixture::{item, order, person, transfer, variant};

/// The first invoice is paid: a month and the deposit.
fn paid() -> Rented {
    let mut rented = rented("2024-01-05");
    let owner = rentbook::domain::id::CustomerId(1);
    let draft = transfer(&rented.desk, Target::Payer(Payer::Customer(owner)), "329", "BT-1");
    rented.desk.perform(Action::Receive(Box::new(draft))).unwrap();
    rented
}

fn close(keep: &str, reason: &str, as_credit: bool) -> Action {
    let (keep, reason) = (keep.into(), reason.into());
    Action::CloseDeposit(Box::new(CloseDraft { deposit: 1, keep, reason, as_credit, ..CloseDraft::default() }))
}

fn facts(rented: &Rented) -> [String; 4] {
    let one = |sql: &str| rented.rows(sql).join(",");
    [
        one("SELECT state || ' ' || kept_minor FROM deposit"),
        one("SELECT settled_minor || ' ' || status FROM payment WHERE kind = 'deposit'"),
        one("SELECT allocated_minor || ' ' || refunded_minor FROM receipt"),
        one("SELECT CAST(lifetime_minor AS TEXT) FROM customer WHERE id = 1"),
    ]
}

#[test]
fn a_deposit_stands_on_the_first_invoice_and_is_no_income() {
    let rented = paid();
    assert_eq!(rented.rows("SELECT CAST(total_minor AS TEXT) FROM invoice WHERE id = 1"), ["32900"]);
    assert_eq!(facts(&rented), ["held 0", "20000 paid", "32900 0", "12900"]);
}

#[test]
fn a_deposit_goes_back_and_comes_again_by_undo() {
    let mut rented = paid();
    let done = rented.desk.perform(close("", "", false)).unwrap();
    assert_eq!(done.said, "The deposit of subscription S-0001 is closed, 200.00 goes back.");
    assert_eq!(facts(&rented), ["returned 0", "20000 cancelled", "12900 20000", "12900"]);
    rented.sound();
    assert_eq!(rented.undo(), "The deposit is held again.");
    assert_eq!(facts(&rented), ["held 0", "20000 paid", "32900 0", "12900"]);
}

// F9
#[test]
fn a_part_is_kept_with_a_reason_on_an_invoice_of_its_own_and_is_income_then() {
    let mut rented = paid();
    let error = rented.desk.perform(close("50", "", false)).unwrap_err();
    assert_eq!(sentence(&error), "reason: say why it is kept");
    let done = rented.desk.perform(close("50", "scratched lid", false)).unwrap();
    let said = "The deposit of subscription S-0001 is closed, 50.00 is kept with invoice 2024-0002, 150.00 goes back.";
    assert_eq!(done.said, said);
    assert_eq!(facts(&rented), ["partly_kept 5000", "20000 cancelled", "17900 15000", "17900"]);
    let kept = "SELECT text || ' ' || amount_minor || ' ' || status FROM payment WHERE kind = 'extra'";
    assert_eq!(rented.rows(kept), ["Kept of the deposit. Damage: scratched lid 5000 paid"]);
    assert_eq!(
        rented.rows("SELECT kind || ' ' || total_minor || ' ' || settled_minor FROM invoice WHERE id = 2"),
        ["out_of_turn 5000 5000"]
    );
    rented.sound();
    rented.undo();
    assert_eq!(facts(&rented), ["held 0", "20000 paid", "32900 0", "12900"]);
    assert_eq!(rented.rows("SELECT state FROM invoice WHERE id = 2"), ["void"]);
    rented.desk.perform(close("all", "never came back", false)).unwrap();
    assert_eq!(facts(&rented), ["kept 20000", "20000 cancelled", "32900 0", "32900"]);
    rented.sound();
}

// F9
#[test]
fn what_is_kept_bears_the_tax_the_shop_says_for_its_reason() {
    let mut rented = rented_with_tax();
    for (kept_for, rate, expected) in [
        (KeptFor::Damage, "", "3000 0 3000"),
        (KeptFor::Cleaning, "", "2521 479 3000"),
        (KeptFor::Other, "", "3000 0 3000"),
        (KeptFor::Damage, "10", "2727 273 3000"),
        (KeptFor::Cleaning, "0", "3000 0 3000"),
    ] {
        let (keep, reason, tax_rate) = ("30".into(), "seen on return".into(), rate.into());
        let draft = CloseDraft { deposit: 2, keep, reason, kept_for, tax_rate, ..CloseDraft::default() };
        let done = rented.desk.perform(Action::CloseDeposit(Box::new(draft))).unwrap();
        let sql = "SELECT net_minor || ' ' || tax_minor || ' ' || amount_minor FROM payment ORDER BY id DESC LIMIT 1";
        assert_eq!(rented.rows(sql), [expected], "{kept_for:?} {rate}: {}", done.said);
        rented.sound();
        rented.undo();
    }
}

/// Somebody rents a van with 19 % tax and has paid the deposit, which is the second one of the book.
fn rented_with_tax() -> Rented {
    let mut rented = rented("2024-01-05");
    let desk = &mut rented.desk;
    desk.perform(Action::ChangeSetting { key: "tax_rate".into(), value: "19".into() }).unwrap();
    let van = variant(desk, "Van", "100.00");
    let ben = person(desk, "Novak");
    order(desk, ben, vec![ItemDraft { deposit: "200".into(), ..item(van, "2024-01-05", 12) }]);
    let draft = transfer(desk, Target::Payer(Payer::Customer(ben)), "319", "BT-1");
    desk.perform(Action::Receive(Box::new(draft))).unwrap();
    rented
}

// F9
#[test]
fn what_is_kept_pays_open_lines_by_their_name_and_the_rest_goes_back() {
    let mut rented = paid();
    walk(&mut rented.desk, &rented.hand.clone(), "2024-02-03");
    let pays = Some(Target::Invoices(vec![InvoiceId(2)]));
    let draft = |keep: &str| {
        let (keep, pays) = (keep.to_owned(), pays.clone());
        Action::CloseDeposit(Box::new(CloseDraft { deposit: 1, keep, pays, ..CloseDraft::default() }))
    };
    let error = rented.desk.perform(draft("129.01")).unwrap_err();
    assert_eq!(sentence(&error), "keep: only 129.00 is open there that it could pay");
    let done = rented.desk.perform(draft("all")).unwrap();
    let said = "The deposit of subscription S-0001 is closed, 129.00 is kept and pays 2024-0002, 71.00 goes back.";
    assert_eq!(done.said, said);
    assert_eq!(facts(&rented), ["partly_kept 12900", "20000 cancelled", "25800 7100", "25800"]);
    assert_eq!(rented.rows("SELECT status FROM payment WHERE invoice_id = 2"), ["paid"]);
    rented.sound();
    rented.undo();
    assert_eq!(facts(&rented), ["held 0", "20000 paid", "32900 0", "12900"]);
    assert_eq!(rented.rows("SELECT status FROM payment WHERE invoice_id = 2"), ["pending"]);
}

// F8
#[test]
fn what_went_back_by_name_is_not_kept_or_returned_again() {
    let mut rented = paid();
    let back = RefundDraft {
        from: RefundFrom::Payment(PaymentId(2)),
        amount: "10".into(),
        reason: RefundReason::ServiceFailure,
        words: String::new(),
        with_credit_note: true,
        reference: String::new(),
    };
    rented.desk.perform(Action::Refund(Box::new(back))).unwrap();
    let row = |rented: &Rented| {
        let row = rented.desk.read(|db| reads::deposit_of(db, rented.subscription)).unwrap().unwrap();
        [row.received, row.held, row.deposit.kept, row.returned].map(Money::minor)
    };
    assert_eq!(row(&rented), [20_000, 19_000, 0, 1000]);
    let error = rented.desk.perform(close("190.01", "greed", false)).unwrap_err();
    assert_eq!(sentence(&error), "keep: 190.00 of this deposit is held: no more than that can be kept");
    let done = rented.desk.perform(close("30", "scratched lid", false)).unwrap();
    assert!(done.said.contains("30.00 is kept with invoice 2024-0002, 160.00 goes back"), "{}", done.said);
    assert_eq!(row(&rented), [20_000, 0, 3000, 17_000]);
    rented.sound();
    rented.undo();
    assert_eq!(row(&rented), [20_000, 19_000, 0, 1000]);
    rented.undo();
    assert_eq!(row(&rented), [20_000, 20_000, 0, 0]);
}

#[test]
fn what_goes_back_may_stay_as_credit() {
    let mut rented = paid();
    let done = rented.desk.perform(close("", "", true)).unwrap();
    assert!(done.said.contains("200.00 stays as credit"), "{}", done.said);
    assert_eq!(facts(&rented), ["returned 0", "20000 cancelled", "12900 0", "12900"]);
    rented.sound();
}

#[test]
fn a_deposit_nobody_paid_is_simply_no_longer_owed() {
    let mut rented = rented("2024-01-05");
    let done = rented.desk.perform(close("", "", false)).unwrap();
    assert!(done.said.contains("nothing of it had been paid"), "{}", done.said);
    assert_eq!(
        rented.rows("SELECT settled_minor || ' ' || status FROM payment WHERE kind = 'deposit'"),
        ["20000 cancelled"]
    );
    rented.undo();
    assert_eq!(rented.rows("SELECT settled_minor || ' ' || status FROM payment WHERE kind = 'deposit'"), ["0 pending"]);
}

#[test]
fn a_deposit_is_closed_once_and_never_for_more_than_it_is() {
    let mut rented = paid();
    let error = rented.desk.perform(close("200.01", "greed", false)).unwrap_err();
    assert_eq!(sentence(&error), "keep: 200.00 of this deposit is held: no more than that can be kept");
    rented.desk.perform(close("", "", false)).unwrap();
    let error = rented.desk.perform(close("", "", false)).unwrap_err();
    assert_eq!(sentence(&error), "this deposit is returned already");
}

// F9
#[test]
fn a_deposit_nobody_paid_falls_with_its_contract_on_day_one() {
    let mut rented = rented("2024-01-01");
    let changed = rented.change(cancel("2024-01-01"));
    assert!(changed.effect.iter().any(|said| said == "Its unpaid deposit of 200.00 is not owed any more."));
    assert!(!changed.effect.iter().any(|said| said.contains("still held")), "{:?}", changed.effect);
    let open = "SELECT CAST(SUM(total_minor - settled_minor) AS TEXT) FROM invoice WHERE state = 'issued'";
    assert_eq!(rented.rows(open), ["0"]);
    assert_eq!(standing(&rented), "never_paid");
    rented.hand.set("2024-02-01");
    rented.desk.catch_up().unwrap();
    assert_eq!(rented.rows("SELECT COUNT(*) || '' FROM invoice WHERE overdue_on IS NOT NULL"), ["0"]);
    let error = rented.desk.perform(close("", "", false)).unwrap_err();
    assert_eq!(sentence(&error), "nothing of this deposit is held or owed: it was never paid");
    rented.undo();
    assert_eq!(standing(&rented), "unpaid");
    assert_eq!(rented.rows(open), ["32900"]);
}

// F9
#[test]
fn of_a_deposit_paid_in_part_the_rest_falls_and_what_came_is_held() {
    let mut rented = rented("2024-01-05");
    let owner = rentbook::domain::id::CustomerId(1);
    let draft = transfer(&rented.desk, Target::Payer(Payer::Customer(owner)), "189", "BT-1");
    rented.desk.perform(Action::Receive(Box::new(draft))).unwrap();
    let changed = rented.change(cancel("2024-01-05"));
    assert!(changed.effect.iter().any(|said| said == "The unpaid 140.00 of its deposit is not owed any more."));
    assert!(changed.effect.iter().any(|said| said == "Its deposit of 60.00 is still held: return or keep it."));
    assert_eq!(standing(&rented), "held");
    let done = rented.desk.perform(close("all", "water damage", false)).unwrap();
    assert!(done.said.contains("closed, 60.00 is kept with invoice 2024-0002."), "{}", done.said);
    assert_eq!(standing(&rented), "kept");
    rented.sound();
}

// F9
#[test]
fn the_pass_lets_an_unpaid_deposit_fall_on_the_day_a_contract_ends_whenever_it_runs() {
    let told = |days: &[&str]| {
        let mut rented =
            rented_as("2024-01-01", |laptop| ItemDraft { deposit: "200".into(), ..item(laptop, "2024-01-01", 2) });
        let draft = transfer(&rented.desk, Target::Invoices(vec![InvoiceId(1)]), "129", "BT-1");
        rented.desk.perform(Action::Receive(Box::new(draft))).unwrap();
        for day in days {
            rented.hand.set(day);
            rented.desk.catch_up().unwrap();
        }
        rented.sound();
        rented.rows(
            "SELECT number || ' ' || issued_on || ' ' || total_minor FROM credit_note UNION ALL \
             SELECT number || ' ' || settled_minor || ' ' || COALESCE(overdue_on, '-') FROM invoice ORDER BY 1",
        )
    };
    let daily = told(&["2024-02-01", "2024-02-15", "2024-03-01", "2024-03-10"]);
    assert_eq!(daily, ["2024-0001 32900 2024-01-02", "2024-0002 0 2024-02-02", "CN-2024-0001 2024-03-01 20000"]);
    assert_eq!(told(&["2024-02-01", "2024-03-10"]), daily);
}

// F9
#[test]
fn held_is_money_alone_and_a_report_of_a_day_stays_as_it_was() {
    let mut rented = rented("2024-01-05");
    let off = Action::WriteOff { invoice: InvoiceId(1), reason: "gone".into() };
    rented.desk.perform(off).unwrap();
    assert_eq!(figures(&rented, "2024-01-05"), [0, 0, 0]);
    assert_eq!(standing(&rented), "never_paid");
    rented.undo();
    let draft = transfer(&rented.desk, Target::Invoices(vec![InvoiceId(1)]), "329", "BT-1");
    rented.desk.perform(Action::Receive(Box::new(draft))).unwrap();
    assert_eq!(figures(&rented, "2024-01-05"), [20_000, 0, 12_900]);
    rented.hand.set("2024-01-20");
    rented.desk.perform(close("50", "scratched lid", false)).unwrap();
    assert_eq!(figures(&rented, "2024-01-20"), [0, 5000, 17_900]);
    assert_eq!(figures(&rented, "2024-01-19"), [20_000, 0, 12_900]);
    rented.undo();
    assert_eq!(figures(&rented, "2024-01-20"), [20_000, 0, 12_900]);
}

/// Deposits held, deposits kept and income of the month up to a day, as seen on it.
fn figures(rented: &Rented, day: &str) -> [i64; 3] {
    let day = crate::fixture::date(day);
    let period = reads::reports::Period { from: crate::fixture::date("2024-01-01"), to: day, as_of: day };
    let found = rented.desk.read(|db| reads::reports::summary(db, period, &reads::Whose::default())).unwrap();
    let row = &found.rows[0];
    [row.deposits_held, row.deposits_kept, row.total_income].map(Money::minor)
}

fn standing(rented: &Rented) -> &'static str {
    let row = rented.desk.read(|db| reads::deposit_of(db, rented.subscription)).unwrap().unwrap();
    let listed = rented.desk.read(|db| reads::deposits(db, Some(row.standing), &reads::Page::first(9))).unwrap();
    assert_eq!(listed.rows.iter().map(|row| row.deposit.id).collect::<Vec<_>>(), [row.deposit.id]);
    row.standing.code()
}
