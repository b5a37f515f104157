//! Money that was said to be on its way is not: why.

use crate::domain::format::Style;
use crate::domain::id::PaymentId;
use crate::tui::desk::reads::PaymentRow;
use crate::tui::desk::{Action, Desk};
use crate::tui::forms::{Field, Form, Read, Subject};
use crate::tui::reply::Reply;

/// A payment is open again.
#[derive(Debug)]
pub struct ReopenPayment {
    payment: PaymentId,
    subject: Subject,
    about: String,
}

impl ReopenPayment {
    /// The form for a payment.
    pub fn new(row: &PaymentRow, style: Style) -> Self {
        let number = row.invoice_number.clone().unwrap_or_default();
        let subject = Subject::of_payment(row, style);
        Self { payment: row.id, subject, about: format!("Invoice   {number}   {}", row.customer_name) }
    }
}

impl Form for ReopenPayment {
    fn title(&self) -> String {
        "Not on its way after all".to_owned()
    }

    fn subject(&self) -> Subject {
        self.subject.clone()
    }

    fn head(&self, _desk: &Desk) -> Vec<String> {
        vec![self.about.clone()]
    }

    fn fields(&self, _desk: &Desk) -> Vec<Field> {
        vec![Field::text("reason", "Reason")]
    }

    fn effect(&self, _read: &mut Read<'_>, _desk: &Desk) -> Vec<String> {
        vec!["After saving: status Pending, still owed.".to_owned()]
    }

    fn submit(&self, read: &mut Read<'_>, _desk: &Desk) -> Option<Reply> {
        let reason = read.required("reason")?;
        Some(Reply::perform(Action::ReopenPayment { payment: self.payment, reason }))
    }
}
