//! What becomes of a payment beside money that arrives: tried again, cleared, credited, given back, disputed, cancelled.

use crate::adapters::paper_folder;
use crate::domain::money::Money;
use crate::domain::reason::{CancelReason, DisputeOutcome};
use crate::domain::status::{PaymentStatus, ReceiptState};
use crate::services::reads::ReceiptHead;
use crate::tui::command::Able;
use crate::tui::desk::reads::{self, PaymentRow, UpcomingRow};
use crate::tui::desk::{Action, Desk, Done, Outcome, Payer, Target, Touched, Trouble};
use crate::tui::dialogs::form::Form;
use crate::tui::forms::FormDialog;
use crate::tui::forms::because::{Because, cancel_reasons, outcomes};
use crate::tui::forms::credit_note::CreditNote;
use crate::tui::forms::refund::Refund;
use crate::tui::forms::retry::Retry;
use crate::tui::forms::use_credit::UseCredit;
use crate::tui::place::Place;
use crate::tui::reply::{Entry, Reply};
use crate::tui::words;

/// Why it cannot be charged again, if it cannot.
#[must_use]
pub fn can_retry(row: &PaymentRow) -> Able {
    match row.status {
        _ if row.is_disputed => Able::because("It is disputed: nothing is charged until that is decided."),
        PaymentStatus::Failed => Able::Yes,
        _ => Able::because("Only what failed is charged again."),
    }
}

/// The entries, harmless ones first.
#[must_use]
pub fn entries(row: &PaymentRow) -> Vec<Entry> {
    let issued = row.invoice_number.is_some();
    let is_open = matches!(row.status, PaymentStatus::Pending | PaymentStatus::Failed);
    let is_paid = row.status == PaymentStatus::Paid;
    let has_money = is_paid || row.open.minor() < row.amount.minor();
    let waits = row.method.is_some_and(|method| !method.clears_at_once());
    let processing = row.status == PaymentStatus::Processing;
    let not_owed = "It is not open: nothing is owed of it.";
    let mut entries = Vec::new();
    if has_money || processing {
        entries.push(Entry::new("receipt", "PDF of its receipt"));
    }
    if row.status == PaymentStatus::Failed {
        entries.push(Entry::new("retry", "Charge it again").able(can_retry(row)));
    }
    entries.push(Entry::new("credit", "Pay it from credit").able(Able::when(is_open && issued, not_owed)));
    if processing {
        entries.push(Entry::new("clear", "The check or debit has cleared"));
    }
    if processing || (is_paid && waits) {
        entries.push(Entry::new("bounce", "The check or debit bounced"));
    }
    if row.is_disputed {
        entries.push(Entry::new("decide", "Close the dispute"));
    } else {
        let why = "It has no issued invoice: there is nothing to dispute.";
        entries.push(Entry::new("dispute", "The customer disputes it").able(Able::when(issued, why)));
    }
    let creditable = issued && !processing && row.status != PaymentStatus::Cancelled;
    entries.extend([
        Entry::new("note", "Credit note on this line")
            .able(Able::when(creditable, "Only a line of an issued invoice is credited, and no money on its way.")),
        Entry::new("waive", "Waive what is open").able(Able::when(is_open, not_owed)),
        Entry::new("cancel", "Cancel the payment").able(Able::when(is_open, not_owed)),
        Entry::new("refund", "Refund").able(Able::when(has_money, "No money of it is here.")),
    ]);
    entries
}

/// Does one of the entries; `None` when the key is another's.
#[must_use]
pub fn deed(key: &str, row: &PaymentRow, desk: &Desk) -> Option<Reply> {
    let form = match key {
        "receipt" => return Some(receipt(row, desk)),
        "retry" => return Some(retry(row, desk)),
        "credit" => return Some(opened(UseCredit::new(Target::Payments(vec![row.id]), desk), desk)),
        "clear" => return Some(clear(row, desk)),
        "bounce" => return Some(bounce(row, desk)),
        "note" => return Some(opened(CreditNote::of_payment(row, desk), desk)),
        "refund" => return Some(refund(row, desk)),
        "dispute" => Because::new("The customer disputes it", row.id.0, |id, _, reason| {
            Some(Action::OpenDispute { payment: crate::domain::id::PaymentId(id), reason })
        })
        .effect("After saving: no reminders, charges or fees until it is closed."),
        "decide" => Because::new("Close the dispute", row.id.0, |id, code, words| {
            let outcome = DisputeOutcome::from_code(code)?;
            Some(Action::CloseDispute { payment: crate::domain::id::PaymentId(id), outcome, words })
        })
        .choices(outcomes())
        .effect("After saving: it is collected again. A credit note takes a part back (F9)."),
        "waive" => Because::new("Waive what is open", row.id.0, |id, _, reason| {
            Some(Action::WaivePayment { payment: crate::domain::id::PaymentId(id), reason })
        })
        .effect(format!("After saving: {} is not owed any more, by a credit note.", row.open)),
        "cancel" => cancel(row, desk),
        _ => return None,
    };
    Some(Reply::open(FormDialog::new(form.about(vec![about(row)]), desk)))
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

fn refund(row: &PaymentRow, desk: &Desk) -> Reply {
    let style = crate::tui::desk::style(desk);
    let money = desk.read(|db| reads::payment_page(db, row.id, desk.today()));
    let money = match money {
        Ok(page) => page.map(|page| page.money).unwrap_or_default(),
        Err(error) => return Reply::refuse(Trouble::from(error).sentence()),
    };
    let receipts = money.iter().filter(|line| line.kind == reads::MoneyKind::Receipt);
    let received = Money::new(receipts.map(|line| line.amount.minor()).sum(), row.amount.currency());
    if received.is_zero() {
        return Reply::refuse("No money of it is here: it was settled by credit.");
    }
    Reply::open(FormDialog::new(Refund::of_payment(row, received, style), desk))
}

/// Whether the invoice falls with the payment, and so cannot be brought back.
fn cancel(row: &PaymentRow, desk: &Desk) -> Because {
    let form = Because::new("Cancel the payment", row.id.0, |id, code, words| {
        let reason = CancelReason::from_code(code)?;
        Some(Action::CancelPayment { payment: crate::domain::id::PaymentId(id), reason, words })
    })
    .choices(cancel_reasons())
    .saying("Cancel it");
    let (payment, reason) = (row.id, CancelReason::default());
    let action = Action::CancelPayment { payment, reason, words: String::new() };
    let voided = desk.try_out(&action, |_, done| Ok(done.said.ends_with("is void.")));
    match (voided, &row.invoice_number) {
        (Ok(true), Some(number)) => {
            let line = format!("Invoice {number} over {} becomes void with it. This cannot be taken back.", row.amount);
            form.effect("After saving: nothing is owed; its invoice is void.").asking(line, "Cancel it", "Keep it")
        }
        (Ok(_), Some(_)) => form.effect("After saving: nothing is owed; a credit note takes its line back."),
        (Ok(_), None) => form.effect("After saving: nothing is owed, and it is never invoiced."),
        (Err(error), _) => form.effect(Trouble::from(error).sentence()),
    }
}

/// The newest receipt of a payment in one of these states.
fn newest(row: &PaymentRow, states: &[ReceiptState], desk: &Desk) -> Result<Option<ReceiptHead>, Trouble> {
    let found = desk.read(|db| reads::receipts_of_payment(db, row.id))?;
    Ok(found.into_iter().find(|head| states.contains(&head.state)))
}

fn clear(row: &PaymentRow, desk: &Desk) -> Reply {
    match newest(row, &[ReceiptState::Pending], desk) {
        Ok(Some(head)) => Reply::perform(Action::ClearReceipt { receipt: head.id, on: desk.today() }),
        Ok(None) => Reply::refuse("No check or debit for it is on its way: F8 marks it as paid."),
        Err(trouble) => Reply::refuse(trouble.sentence()),
    }
}

fn bounce(row: &PaymentRow, desk: &Desk) -> Reply {
    match newest(row, &[ReceiptState::Pending, ReceiptState::Cleared], desk) {
        Ok(Some(head)) => {
            let style = crate::tui::desk::style(desk);
            let amount = words::money(style, Money::new(head.amount_minor, head.currency));
            let line = format!("Receipt {} over {amount} did not come. This cannot be taken back.", head.number);
            let form = Because::new("It bounced", head.id.0, |id, _, reason| {
                Some(Action::BounceReceipt { receipt: crate::domain::id::ReceiptId(id), reason })
            })
            .words_if_any()
            .about(vec![format!("Receipt   {}   {}", head.number, head.method.word())])
            .effect("After saving: what it paid is owed, and has failed.")
            .asking(line, "It bounced", "Leave it");
            Reply::open(FormDialog::new(form, desk))
        }
        Ok(None) => Reply::refuse("No check or debit came for it."),
        Err(trouble) => Reply::refuse(trouble.sentence()),
    }
}

fn receipt(row: &PaymentRow, desk: &Desk) -> Reply {
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
    kept.map_or_else(Reply::refuse, Reply::View)
}

/// The form for giving credit back: of the payer's oldest money that is left.
pub fn refund_credit(payer: Payer, desk: &Desk) -> Reply {
    match desk.read(|db| reads::receipts_with_credit(db, payer)) {
        Ok(receipts) => match receipts.first() {
            Some(oldest) => {
                Reply::open(FormDialog::new(Refund::of_receipt(oldest, crate::tui::desk::style(desk)), desk))
            }
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

/// What can be done with a period that is not billed yet.
#[must_use]
pub fn upcoming_entries(row: &UpcomingRow) -> Vec<Entry> {
    vec![
        Entry::new("open", format!("Open subscription {}", row.subscription_id.shown())).note("Enter"),
        Entry::new("ahead", "Invoice it now, so that it can be paid").note("F8"),
        Entry::new("cancel", "Cancel this period"),
    ]
}

/// Does one of those entries.
pub fn upcoming_deed(key: &str, row: &UpcomingRow, desk: &Desk) -> Reply {
    match key {
        "open" => Reply::Go(Place::Subscription(row.subscription_id)),
        "ahead" => Reply::perform(Action::BillAhead(row.subscription_id)),
        "cancel" => {
            let style = crate::tui::desk::style(desk);
            let from = style.long_date(row.period.0);
            let line =
                format!("The period from {from} over {} is never billed. This cannot be taken back.", row.amount);
            let form = Because::new("Cancel this period", row.subscription_id.0, |id, code, words| {
                let subscription = crate::domain::id::SubscriptionId(id);
                Some(Action::CancelUpcoming { subscription, reason: CancelReason::from_code(code)?, words })
            })
            .choices(cancel_reasons())
            .about(vec![format!("{}   {}", row.subscription_id.shown(), row.customer_name)])
            .effect("After saving: the period stands as cancelled, and the next one follows.")
            .saying("Cancel it")
            .asking(line, "Cancel it", "Keep it");
            Reply::open(FormDialog::new(form, desk))
        }
        _ => Reply::Nothing,
    }
}
