//! A deposit is touched by its name alone: unnamed money that comes or goes takes the rent.

use rentbook::domain::id::{CustomerId, InvoiceId, PaymentId, ReceiptId};
use rentbook::domain::reason::RefundReason;
use rentbook::services::actions::crediting::CreditDraft;
use rentbook::services::actions::receiving::Target;
use rentbook::services::actions::refunding::{RefundDraft, RefundFrom};
use rentbook::services::{Action, Payer};

use super::{Rented, rented, sentence};
use crate::fixture::transfer;

const RENT: PaymentId = PaymentId(1);
const DEPOSIT: PaymentId = PaymentId(2);

/// The first invoice stands over a month of 129.00 and a deposit of 200.00, and so much of it is paid.
fn paid(amount: &str) -> Rented {
    let mut rented = rented("2024-01-05");
    pays(&mut rented, Target::Invoices(vec![InvoiceId(1)]), amount, "BT-1");
    rented
}

fn pays(rented: &mut Rented, target: Target, amount: &str, reference: &str) {
    let draft = transfer(&rented.desk, target, amount, reference);
    rented.desk.perform(Action::Receive(Box::new(draft))).unwrap();
}

fn back(from: RefundFrom, amount: &str, with_credit_note: bool) -> Action {
    Action::Refund(Box::new(RefundDraft {
        from,
        amount: amount.into(),
        reason: RefundReason::ServiceFailure,
        words: String::new(),
        with_credit_note,
        reference: String::new(),
    }))
}

fn credit(lines: Vec<(PaymentId, String)>, amount: &str) -> Action {
    let draft = CreditDraft { lines, amount: amount.into(), reason: "wrong price".into() };
    Action::Credit { invoice: InvoiceId(1), draft: Box::new(draft) }
}

/// What stands on the rent and on the deposit: money, and all that settles it.
fn stands(rented: &Rented) -> [String; 2] {
    let one = |id: PaymentId| {
        let money =
            "(SELECT COALESCE(SUM(amount_minor), 0) FROM allocation WHERE payment_id = p.id AND source = 'receipt')";
        rented.rows(&format!("SELECT {money} || ' of ' || settled_minor FROM payment p WHERE id = {id}")).join("")
    };
    [one(RENT), one(DEPOSIT)]
}

// F8
#[test]
fn money_for_an_invoice_pays_its_rent_before_its_deposit() {
    for (amount, rent, deposit) in [("100", 10_000, 0), ("200", 12_900, 7_100), ("329", 12_900, 20_000)] {
        let rented = paid(amount);
        assert_eq!(stands(&rented), [format!("{rent} of {rent}"), format!("{deposit} of {deposit}")], "{amount}");
    }
}

#[test]
fn one_line_of_an_invoice_that_is_paid_does_not_read_as_if_the_invoice_were() {
    let mut rented = rented("2024-01-05");
    let draft = transfer(&rented.desk, Target::Payments(vec![RENT]), "129", "BT-1");
    let said = rented.desk.perform(Action::Receive(Box::new(draft))).unwrap().said;
    assert_eq!(said, "129.00 of 2024-0001 is paid, 200.00 of the invoice stays open.");
}

// F8
#[test]
fn money_that_names_nothing_pays_later_rent_before_an_older_deposit() {
    let mut rented = rented("2024-02-03");
    pays(&mut rented, Target::Payer(Payer::Customer(CustomerId(1))), "260", "BT-1");
    assert_eq!(stands(&rented), ["12900 of 12900", "200 of 200"]);
    assert_eq!(rented.rows("SELECT CAST(settled_minor AS TEXT) FROM payment WHERE id = 3"), ["12900"]);
}

// F8
#[test]
fn a_refund_of_an_invoice_or_a_receipt_takes_rent_and_leaves_the_deposit() {
    for from in [RefundFrom::Invoice(InvoiceId(1)), RefundFrom::Receipt(ReceiptId(1))] {
        let mut rented = paid("329");
        rented.desk.perform(back(from, "10", true)).unwrap();
        assert_eq!(stands(&rented), ["11900 of 12900", "20000 of 20000"]);
        rented.undo();
        assert_eq!(stands(&rented), ["12900 of 12900", "20000 of 20000"]);
        let error = sentence(&rented.desk.perform(back(from, "129.01", true)).unwrap_err());
        let most = "amount: at most 129.00 can go back: never more than was received. Its deposit is given back \
            separately: payment P-2, or the deposit of the subscription";
        assert_eq!(error, most);
        rented.desk.perform(back(from, "", false)).unwrap();
        assert_eq!(stands(&rented), ["0 of 0", "20000 of 20000"]);
        let error = sentence(&rented.desk.perform(back(from, "", false)).unwrap_err());
        assert!(error.contains("only its deposit is left"), "{error}");
        rented.sound();
    }
}

// F8
#[test]
fn a_refund_that_names_the_deposit_takes_it() {
    let mut rented = paid("329");
    rented.desk.perform(back(RefundFrom::Payment(DEPOSIT), "10", true)).unwrap();
    assert_eq!(stands(&rented), ["12900 of 12900", "19000 of 20000"]);
    rented.undo();
    assert_eq!(stands(&rented), ["12900 of 12900", "20000 of 20000"]);
}

// F8
#[test]
fn a_credit_note_over_an_amount_or_an_invoice_leaves_the_deposit_and_by_its_line_takes_it() {
    let mut rented = paid("329");
    rented.desk.perform(credit(vec![], "100")).unwrap();
    assert_eq!(stands(&rented), ["2900 of 12900", "20000 of 20000"]);
    let error = sentence(&rented.desk.perform(credit(vec![], "29.01")).unwrap_err());
    assert!(error.contains("at most 29.00 can be credited; its deposit, line 2, is credited separately"), "{error}");
    rented.desk.perform(credit(vec![], "")).unwrap();
    assert_eq!(stands(&rented), ["0 of 12900", "20000 of 20000"]);
    let error = sentence(&rented.desk.perform(credit(vec![], "")).unwrap_err());
    assert!(error.starts_with("nothing but a deposit is left to credit on this invoice"), "{error}");
    rented.desk.perform(credit(vec![(DEPOSIT, "50".into())], "")).unwrap();
    assert_eq!(stands(&rented), ["0 of 12900", "15000 of 20000"]);
    for _ in 0..3 {
        rented.undo();
    }
    assert_eq!(stands(&rented), ["12900 of 12900", "20000 of 20000"]);
}
