//! The money did not come: why.

use crate::domain::format::Style;
use crate::domain::id::PaymentId;
use crate::domain::text;
use crate::tui::desk::reads::PaymentRow;
use crate::tui::desk::{Action, Desk};
use crate::tui::forms::{Field, Form, Item, Read, Subject};
use crate::tui::reply::Reply;

/// What a bank or a processor says most often; the words are kept as the reason.
const REASONS: [&str; 5] = ["Declined", "Insufficient funds", "Expired card", "Bank rejection", "Other"];

/// A payment failed.
#[derive(Debug)]
pub struct FailPayment {
    payment: PaymentId,
    subject: Subject,
    about: String,
}

impl FailPayment {
    /// The form for a payment.
    pub fn new(row: &PaymentRow, style: Style) -> Self {
        let number = row.invoice_number.clone().unwrap_or_default();
        let subject = Subject::of_payment(row, style);
        Self { payment: row.id, subject, about: format!("Invoice   {number}   {}", row.customer_name) }
    }
}

impl Form for FailPayment {
    fn title(&self) -> String {
        "The money did not come".to_owned()
    }

    fn subject(&self) -> Subject {
        self.subject.clone()
    }

    fn head(&self, _desk: &Desk) -> Vec<String> {
        vec![self.about.clone()]
    }

    fn fields(&self, _desk: &Desk) -> Vec<Field> {
        let reasons = REASONS.iter().map(|reason| Item::new(*reason, *reason)).collect();
        vec![Field::choice("kind", "Reason", reasons, REASONS[0]).hint("F4 list"), Field::text("reason", "In words")]
    }

    fn effect(&self, _read: &mut Read<'_>, _desk: &Desk) -> Vec<String> {
        vec!["After saving: status Failed, still owed.".to_owned()]
    }

    fn submit(&self, read: &mut Read<'_>, _desk: &Desk) -> Option<Reply> {
        let kind = read.text("kind");
        let words = read.parse("reason", |text| text::clean_line(text, 200))?;
        if kind == "Other" && words.is_empty() {
            read.refuse("reason", "Say in a few words what happened.");
            return None;
        }
        let reason = if words.is_empty() { kind } else { format!("{kind}: {words}") };
        Some(Reply::perform(Action::FailPayment { payment: self.payment, reason }))
    }
}
