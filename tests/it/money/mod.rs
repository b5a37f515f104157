//! Everything done with money after it is owed: paid in parts, credited, given back, disputed, tried again.

mod ahead;
mod arriving;
mod charges;
mod closed;
mod credit;
mod crediting;
mod late;
mod laws;
mod methods;
mod notices;
mod refunds;
mod refusals;
mod standing;
mod unasked;
mod undone;

use rentbook::domain::id::{CustomerId, InvoiceId, PaymentId};
use rentbook::domain::status::PaymentStatus;
use rentbook::services::actions::invoicing::{InvoiceDraft, LineDraft};
use rentbook::services::actions::receiving::{ReceiptDraft, Target};
use rentbook::services::actions::refunding::{RefundDraft, RefundFrom};
use rentbook::services::{Action, Desk, Done, Outcome};

use crate::fixture::{Hand, person, shop, transfer};

/// A shop on 17 November 2025 with one customer.
pub fn with_customer() -> (Desk, Hand, CustomerId) {
    let (mut desk, hand) = shop("2025-11-17");
    let customer = person(&mut desk, "Lund");
    (desk, hand, customer)
}

/// An invoice over lines of net price and tax rate; its number in the file, on paper, and its payments.
pub fn invoice(desk: &mut Desk, customer: CustomerId, lines: &[(&str, &str)]) -> (InvoiceId, String, Vec<PaymentId>) {
    let line = |(price, rate): &(&str, &str)| LineDraft {
        text: format!("Line of {price}"),
        unit_price: (*price).into(),
        tax_rate: (*rate).into(),
        ..LineDraft::default()
    };
    let draft = InvoiceDraft { customer, lines: lines.iter().map(line).collect(), due_on: None };
    let Outcome::Invoice(id, Some(number)) = desk.perform(Action::NewInvoice(Box::new(draft))).unwrap().outcome else {
        panic!("no invoice")
    };
    let payments = desk.read(|db| rentbook::store::receipt::owed_on_invoice(db, id)).unwrap();
    (id, number, payments.into_iter().map(|payment| payment.id).collect())
}

/// Money for an invoice.
pub fn pay(desk: &mut Desk, invoice: InvoiceId, amount: &str, reference: &str) -> Done {
    let draft =
        ReceiptDraft { keep_credit: true, ..transfer(desk, Target::Invoices(vec![invoice]), amount, reference) };
    desk.perform(Action::Receive(Box::new(draft))).unwrap()
}

/// Money back.
pub fn back(desk: &mut Desk, from: RefundFrom, amount: &str, with_credit_note: bool) -> Result<Done, String> {
    desk.perform(Action::Refund(Box::new(refund(from, amount, with_credit_note)))).map_err(|error| error.to_string())
}

/// What is said of money back.
pub fn refund(from: RefundFrom, amount: &str, with_credit_note: bool) -> RefundDraft {
    RefundDraft {
        from,
        amount: amount.into(),
        reason: rentbook::domain::reason::RefundReason::ServiceFailure,
        words: String::new(),
        with_credit_note,
        reference: String::new(),
    }
}

/// Status, settled and refunded of a payment.
pub fn stands(desk: &Desk, payment: PaymentId) -> (PaymentStatus, i64, i64) {
    let sql = "SELECT status, settled_minor, refunded_minor FROM payment WHERE id = ?1";
    let read = |row: &rentbook::store::Row| Ok((row.parsed(0)?, row.int(1)?, row.int(2)?));
    desk.read(|db| db.one(sql, &[payment.into()], read)).unwrap().unwrap()
}

/// What is due on an invoice, and what its payer has as credit.
pub fn due_and_credit(desk: &Desk, invoice: InvoiceId) -> (i64, i64) {
    let due = "SELECT total_minor - settled_minor FROM invoice WHERE id = ?1";
    let credit =
        "SELECT COALESCE(SUM(amount_minor - allocated_minor - refunded_minor), 0) FROM receipt WHERE state = 'cleared'";
    let one = |sql: &str, id: i64| {
        let params: &[rentbook::store::Value] = if id > 0 { &[id.into()] } else { &[] };
        desk.read(|db| db.one(sql, params, |row| row.int(0))).unwrap().unwrap()
    };
    (one(due, invoice.0), one(credit, 0))
}

/// Takes the newest step back.
pub fn undo(desk: &mut Desk) -> Result<Done, String> {
    desk.perform(Action::Undo(None)).map_err(|error| error.to_string())
}

/// Every invariant holds.
pub fn sound(desk: &Desk) {
    let report = desk.check_deep().unwrap();
    assert!(report.ok, "{:#?}", report.violations);
}

/// One number of the book.
pub fn count(desk: &Desk, sql: &str) -> i64 {
    desk.read(|db| db.one(sql, &[], |row| row.int(0))).unwrap().unwrap_or(0)
}

/// One text of the book.
pub fn text(desk: &Desk, sql: &str) -> String {
    desk.read(|db| db.one(sql, &[], |row| row.text(0))).unwrap().unwrap_or_default()
}
