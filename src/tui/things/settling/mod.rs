//! What becomes of a payment beside money that arrives: tried again, cleared, credited, given back, disputed, cancelled.

pub mod arriving;
pub mod credit_note;
pub mod mark_each;
pub mod mark_paid;
pub mod other_open;
pub mod refund;
pub mod retry;
pub mod use_credit;

use chrono::NaiveDate;

use crate::adapters::paper_folder;
use crate::domain::id::SubscriptionId;
use crate::domain::money::Money;
use crate::domain::reason::{CancelReason, DisputeOutcome};
use crate::domain::status::{PaymentStatus, ReceiptState};
use crate::services::reads::ReceiptHead;
use crate::tui::command::Able;
use crate::tui::desk::reads::{self, PaymentRow};
use crate::tui::desk::{Action, Desk, Done, Falls, Outcome, Payer, Target, Touched, Trouble, falls};
use crate::tui::dialogs::form::Form;
use crate::tui::forms::because::{Because, cancel_reasons, outcomes};
use crate::tui::forms::{FormDialog, Subject, lookups};
use crate::tui::place::Place;
use crate::tui::reply::Reply;
use crate::tui::words;
use credit_note::CreditNote;
use refund::Refund;
use retry::Retry;
use use_credit::UseCredit;

/// Why it cannot be charged again, if it cannot.
pub fn can_retry(row: &PaymentRow) -> Able {
    match row.status {
        _ if row.is_disputed => Able::because("It is disputed: nothing is charged until that is decided."),
        PaymentStatus::Failed => Able::Yes,
        _ => Able::because("Only what failed is charged again."),
    }
}

/// The money of a payment, as far as its menu needs it.
#[derive(Debug)]
pub struct Purse {
    /// Receipts that stand on it or are on their way to it, newest first.
    receipts: Vec<ReceiptHead>,
    /// Whether its payer has credit.
    pub has_credit: bool,
}

impl Purse {
    /// Read for a payment.
    pub fn of(row: &PaymentRow, desk: &Desk) -> Self {
        let receipts = desk.read(|db| reads::receipts_of_payment(db, row.id)).unwrap_or_default();
        let payer = row.group_id.map_or(Payer::Customer(row.customer_id), Payer::Group);
        Self { receipts, has_credit: has_credit(payer, desk) }
    }

    /// Whether a receipt stands on it.
    pub const fn has_receipts(&self) -> bool {
        !self.receipts.is_empty()
    }

    /// Whether money for it is here.
    pub fn has_cleared(&self) -> bool {
        self.receipts.iter().any(|head| head.state == ReceiptState::Cleared)
    }

    /// Whether it has a check or debit in one of these states.
    pub fn waits(&self, states: &[ReceiptState]) -> bool {
        self.receipts.iter().any(|head| is_slow(head, states))
    }
}

/// Whether a payer has credit.
pub fn has_credit(payer: Payer, desk: &Desk) -> bool {
    desk.read(|db| reads::receipts_with_credit(db, payer)).is_ok_and(|heads| !heads.is_empty())
}

/// Whether a receipt is a check or debit in one of these states: money that is not there at once.
fn is_slow(head: &ReceiptHead, states: &[ReceiptState]) -> bool {
    !head.method.clears_at_once() && states.contains(&head.state)
}

/// The states in which a check or debit can bounce.
pub const SLOW: &[ReceiptState] = &[ReceiptState::Pending, ReceiptState::Cleared];

/// The form of a reason, about a payment.
fn because(form: Because, row: &PaymentRow, desk: &Desk) -> Reply {
    let subject = Subject::of_payment(row, crate::tui::desk::style(desk));
    Reply::open(FormDialog::new(form.about(vec![about(row)]).of(subject), desk))
}

/// The customer disputes it, or that is decided.
pub fn dispute(row: &PaymentRow, desk: &Desk) -> Reply {
    let payment = row.id;
    let form = if row.is_disputed {
        Because::new("Close the dispute", payment.0, move |_, code, words| {
            let outcome = DisputeOutcome::from_code(code)?;
            Some(Action::CloseDispute { payment, outcome, words })
        })
        .choices(outcomes())
        .effect("After saving: it is collected again. A credit note takes a part back (F9).")
    } else {
        Because::new("The customer disputes it", payment.0, move |_, _, reason| {
            Some(Action::OpenDispute { payment, reason })
        })
        .effect("After saving: no reminders, charges or fees until it is closed.")
    };
    because(form, row, desk)
}

/// What is open of it is given up.
pub fn waive(row: &PaymentRow, desk: &Desk) -> Reply {
    let payment = row.id;
    let make = move |_, _: &str, reason| Some(Action::WaivePayment { payment, reason });
    let effect = format!("After saving: {} is not owed any more, by a credit note.", row.open);
    because(Because::new("Waive what is open", payment.0, make).effect(effect), row, desk)
}

/// A part of its line is credited.
pub fn credit_note(row: &PaymentRow, desk: &Desk) -> Reply {
    opened(CreditNote::of_payment(row, desk), desk)
}

/// Credit of the payer pays it.
pub fn use_credit(target: Target, desk: &Desk) -> Reply {
    opened(UseCredit::new(target, desk), desk)
}

/// It is not owed any more.
pub fn cancel(row: &PaymentRow, desk: &Desk) -> Reply {
    because(cancel_form(row, desk), row, desk)
}

fn about(row: &PaymentRow) -> String {
    let number = row.invoice_number.clone().unwrap_or_else(|| format!("P-{}", row.id));
    format!("Invoice   {number}   {}", row.customer_name)
}

/// Opens a form, or says why there is none.
pub fn opened<F: Form + 'static>(form: Result<F, Trouble>, desk: &Desk) -> Reply {
    match form {
        Ok(form) => Reply::open(FormDialog::new(form, desk)),
        Err(trouble) => Reply::refuse(trouble.sentence()),
    }
}

/// Charges it again.
pub fn retry(row: &PaymentRow, desk: &Desk) -> Reply {
    opened(Retry::new(row, desk), desk)
}

/// Money of it goes back.
pub fn refund(row: &PaymentRow, desk: &Desk) -> Reply {
    let style = crate::tui::desk::style(desk);
    let money = desk.read(|db| reads::payment_page(db, row.id, desk.today()));
    let money = match money {
        Ok(page) => page.map(|page| page.money).unwrap_or_default(),
        Err(error) => return Reply::refuse(Trouble::from(error).sentence()),
    };
    let receipts = money.iter().filter(|line| line.kind == reads::MoneyKind::Receipt);
    let received = Money::new(receipts.map(|line| line.amount.minor()).sum(), row.amount.currency());
    if received.is_zero() {
        return Reply::refuse("Nothing to refund: it was settled by credit, no payment was received.");
    }
    Reply::open(FormDialog::new(Refund::of_payment(row, received, style), desk))
}

/// Says whether the invoice falls with the payment.
fn cancel_form(row: &PaymentRow, desk: &Desk) -> Because {
    let form = Because::new("Cancel the payment", row.id.0, |id, code, words| {
        let reason = CancelReason::from_code(code)?;
        Some(Action::CancelPayment { payment: crate::domain::id::PaymentId(id), reason, words })
    })
    .choices(cancel_reasons())
    .saying("Cancel it");
    match desk.read(|db| falls(db, row.id)) {
        Ok(Falls::WithInvoice(invoice)) => {
            let number = invoice.number.unwrap_or_default();
            form.effect(format!("After saving: nothing is owed; invoice {number} is void."))
        }
        Ok(Falls::ByNote(_)) => form.effect("After saving: nothing is owed; a credit note takes its line back."),
        Ok(Falls::BeforeInvoiced) => form.effect("After saving: nothing is owed, and it is never invoiced."),
        Err(error) => form.effect(Trouble::from(error).sentence()),
    }
}

/// The newest receipt of a payment in one of these states.
fn newest(row: &PaymentRow, states: &[ReceiptState], desk: &Desk) -> Result<Option<ReceiptHead>, Trouble> {
    let found = desk.read(|db| reads::receipts_of_payment(db, row.id))?;
    Ok(found.into_iter().find(|head| states.contains(&head.state)))
}

/// The newest check or debit of a payment in one of these states.
fn slow(row: &PaymentRow, states: &[ReceiptState], desk: &Desk) -> Result<Option<ReceiptHead>, Trouble> {
    let found = desk.read(|db| reads::receipts_of_payment(db, row.id))?;
    Ok(found.into_iter().find(|head| is_slow(head, states)))
}

/// Its check or debit has cleared.
pub fn clear(row: &PaymentRow, desk: &Desk) -> Reply {
    match slow(row, &[ReceiptState::Pending], desk) {
        Ok(Some(head)) => Reply::perform(Action::ClearReceipt { receipt: head.id, on: desk.today() }),
        Ok(None) => Reply::refuse("No check or debit for it is on its way: F8 marks it as paid."),
        Err(trouble) => Reply::refuse(trouble.sentence()),
    }
}

/// Its check or debit bounced.
pub fn bounce(row: &PaymentRow, desk: &Desk) -> Reply {
    match slow(row, SLOW, desk) {
        Ok(Some(head)) => Reply::open(FormDialog::new(bounced(&head, desk), desk)),
        Ok(None) => Reply::refuse("No check or debit came for it."),
        Err(trouble) => Reply::refuse(trouble.sentence()),
    }
}

/// The form for a check or debit that bounced.
pub fn bounced(head: &ReceiptHead, desk: &Desk) -> Because {
    let (style, amount) = (crate::tui::desk::style(desk), Money::new(head.amount_minor, head.currency));
    let payer = lookups::payer_name(head.payer, desk).unwrap_or_default();
    let subject = Subject::new(&head.number, payer, amount, style);
    let amount = words::money(style, amount);
    Because::new("It bounced", head.id.0, |id, _, reason| {
        Some(Action::BounceReceipt { receipt: crate::domain::id::ReceiptId(id), reason })
    })
    .words_if_any()
    .of(subject)
    .about(vec![format!("Receipt   {}   {}   {amount}", head.number, head.method.word())])
    .effect("After saving: what it paid is owed, and has failed. Ctrl+Z takes it back.")
    .saying("It bounced")
}

/// The PDF of its newest receipt.
pub fn receipt(row: &PaymentRow, desk: &Desk) -> Reply {
    match newest(row, &[ReceiptState::Cleared, ReceiptState::Pending], desk) {
        Ok(Some(head)) => receipt_pdf(&head, desk),
        Ok(None) => Reply::refuse("No receipt stands on it."),
        Err(trouble) => Reply::refuse(trouble.sentence()),
    }
}

/// Makes the PDF of a receipt beside the book and shows it.
pub fn receipt_pdf(head: &ReceiptHead, desk: &Desk) -> Reply {
    let paper = match desk.receipt_paper(head.id) {
        Ok(paper) => paper,
        Err(error) => return Reply::refuse(Trouble::from(error).sentence()),
    };
    let kept = paper_folder::keep(desk.book().path(), "receipts", head.received_on, &head.number, &paper.bytes);
    crate::tui::paper::shown(kept.map(|path| (path, paper)))
}

/// The form for giving credit back: of the payer's oldest money that is left.
pub fn refund_credit(payer: Payer, desk: &Desk) -> Reply {
    match desk.read(|db| reads::receipts_with_credit(db, payer)) {
        Ok(receipts) => match receipts.first() {
            Some(oldest) => Reply::open(FormDialog::new(Refund::of_receipt(oldest, desk), desk)),
            None => Reply::refuse("This payer has no credit."),
        },
        Err(error) => Reply::refuse(Trouble::from(error).sentence()),
    }
}

/// What follows an Action: cash is given a receipt at once, and what was billed ahead is shown, to be paid.
pub fn follow_up(done: &Done, desk: &Desk) -> Reply {
    match &done.outcome {
        Outcome::Received(received) => {
            let head = desk.read(|db| reads::receipt_head(db, received.receipt)).ok().flatten();
            let cash = head.filter(|head| head.method == crate::domain::method::Method::Cash);
            cash.map_or(Reply::Nothing, |head| receipt_pdf(&head, desk))
        }
        Outcome::Payment(id) if done.touched.contains(&Touched::Orders) => Reply::Go(Place::Payment(*id)),
        _ => Reply::Nothing,
    }
}

/// Bills the period that starts on a day.
pub fn bill_ahead(subscription: SubscriptionId, start: NaiveDate) -> Reply {
    Reply::perform(Action::BillAhead { subscription, day: Some(start) })
}

/// The form for cancelling the period that starts on a day.
pub fn cancel_ahead((subscription, name): (SubscriptionId, &str), start: NaiveDate, desk: &Desk) -> Reply {
    let from = crate::tui::desk::style(desk).long_date(start);
    let form = Because::new("Cancel this period", subscription.0, move |id, code, words| {
        let (subscription, reason) = (SubscriptionId(id), CancelReason::from_code(code)?);
        Some(Action::CancelUpcoming { subscription, day: Some(start), reason, words })
    })
    .choices(cancel_reasons())
    .of(Subject { what: subscription.shown(), whose: name.to_owned(), amount: String::new() })
    .about(vec![format!("{}   {name}   from {from}", subscription.shown())])
    .effect("After saving: the period stands as cancelled, and the others follow.")
    .saying("Cancel it");
    Reply::open(FormDialog::new(form, desk))
}
