//! What can be done with a payment.

use crate::domain::id::SubscriptionId;
use crate::domain::status::PaymentStatus;
use crate::tui::command::Able;
use crate::tui::deeds::{invoice, settling};
use crate::tui::desk::reads::PaymentRow;
use crate::tui::desk::{Action, Desk, Target};
use crate::tui::forms::FormDialog;
use crate::tui::forms::fail_payment::FailPayment;
use crate::tui::forms::mark_paid::MarkPaid;
use crate::tui::forms::reopen_payment::ReopenPayment;
use crate::tui::place::Place;
use crate::tui::reply::{Entry, Reply};

/// The number people know it by: its invoice's, else its own.
pub fn number(row: &PaymentRow) -> String {
    row.invoice_number.clone().unwrap_or_else(|| format!("P-{}", row.id))
}

/// Why it cannot be marked as paid, if it cannot.
pub fn can_pay(row: &PaymentRow) -> Able {
    match row.status {
        PaymentStatus::Paid => Able::because("It is paid already."),
        PaymentStatus::Cancelled => Able::because("It is cancelled: nothing is owed."),
        _ if row.invoice_number.is_none() => {
            Able::because("Its invoice is not issued yet: it is paid once the invoice has a number.")
        }
        PaymentStatus::Pending | PaymentStatus::Processing | PaymentStatus::Failed => Able::Yes,
    }
}

/// The entries for the payment, harmless ones first. `is_here` says that its own page is open.
pub fn entries(row: &PaymentRow, is_here: bool, desk: &Desk) -> Vec<Entry> {
    let has_invoice = || Able::when(row.invoice_id.is_some(), "It stands on no invoice yet.");
    let moves = |to: PaymentStatus, why_not: String| {
        let via = to == PaymentStatus::Failed && row.status == PaymentStatus::Pending;
        let able = row.invoice_number.is_some() && (via || row.status.can_become(to));
        match able {
            true => Able::Yes,
            false if row.invoice_number.is_none() && row.status == PaymentStatus::Pending => {
                Able::because("Its invoice is not issued yet.")
            }
            false => Able::Because(why_not),
        }
    };
    let is = row.status.word().to_lowercase();
    let invoice = row.invoice_number.clone().unwrap_or_else(|| "the draft".to_owned());
    let group = row.group_name.clone().filter(|_| row.group_id.is_some());
    let subscription = row.subscription_id.map(SubscriptionId::shown);
    let mut entries = Vec::new();
    if !is_here {
        entries.push(Entry::new("open", "Open the payment").note("Enter"));
    }
    entries.push(Entry::new("invoice", format!("Open invoice {invoice}")).able(has_invoice()));
    entries.push(Entry::new("pdf", "PDF of the invoice").note("F7").able(has_invoice()));
    entries.push(Entry::new("customer", format!("Open {}", row.customer_name)));
    entries.extend(subscription.map(|id| Entry::new("subscription", format!("Open subscription {id}"))));
    entries.extend(group.map(|name| Entry::new("group", format!("Open billing group {name}"))));
    entries.push(Entry::new("copy", format!("Copy the number {}", number(row))).note("Ctrl+C"));
    entries.push(Entry::new("paid", "Mark as paid").note("F8").able(can_pay(row)));
    let why = format!("It is {is}: only what is pending or failed can be on its way.");
    entries.push(Entry::new("process", "The money is on its way").able(moves(PaymentStatus::Processing, why)));
    let why = format!("It is {is}: only what is pending or on its way can fail.");
    entries.push(Entry::new("fail", "The money did not come").able(moves(PaymentStatus::Failed, why)));
    if row.status == PaymentStatus::Processing {
        entries.push(Entry::new("reopen", "Not on its way after all"));
    }
    entries.extend(settling::entries(row, desk));
    entries
}

/// Does one of the entries; `None` when the key is another's.
pub fn deed(key: &str, row: &PaymentRow, desk: &Desk) -> Option<Reply> {
    Some(match key {
        "open" => Reply::Go(Place::Payment(row.id)),
        "invoice" => row.invoice_id.map_or(Reply::Nothing, |id| Reply::Go(Place::Invoice(id))),
        "pdf" => pdf(row, desk),
        "customer" => Reply::Go(Place::Customer(row.customer_id)),
        "subscription" => row.subscription_id.map_or(Reply::Nothing, |id| Reply::Go(Place::Subscription(id))),
        "group" => row.group_id.map_or(Reply::Nothing, |id| Reply::Go(Place::Group(id))),
        "copy" => Reply::Copy(number(row)),
        "paid" => MarkPaid::open(Target::Payments(vec![row.id]), desk),
        "process" => Reply::perform(Action::ProcessPayment { payment: row.id }),
        "fail" => Reply::open(FormDialog::new(FailPayment::new(row, crate::tui::desk::style(desk)), desk)),
        "reopen" => Reply::open(FormDialog::new(ReopenPayment::new(row, crate::tui::desk::style(desk)), desk)),
        _ => return settling::deed(key, row, desk),
    })
}

/// Shows the PDF of its invoice.
pub fn pdf(row: &PaymentRow, desk: &Desk) -> Reply {
    match row.invoice_id {
        Some(id) => invoice::pdf(id, crate::services::papers::Copy::Current, desk),
        None => Reply::refuse("It stands on no invoice yet."),
    }
}
