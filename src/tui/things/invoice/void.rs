//! An invoice is withdrawn: why. It cannot be taken back, so a question follows.

use crate::domain::format::Style;
use crate::domain::id::InvoiceId;
use crate::tui::desk::reads::InvoiceRow;
use crate::tui::desk::{Action, Desk};
use crate::tui::forms::{Field, Form, Item, Read, Subject};
use crate::tui::reply::{Question, Reply};
use crate::tui::words;

/// Voids an invoice on which nothing is settled.
#[derive(Debug)]
pub struct VoidInvoice {
    invoice: InvoiceId,
    number: String,
    payer: String,
    total: crate::domain::money::Money,
    is_of_group: bool,
    style: Style,
}

impl VoidInvoice {
    /// The form for an invoice.
    pub fn new(row: &InvoiceRow, style: Style) -> Self {
        let number = row.number.clone().unwrap_or_default();
        Self {
            invoice: row.id,
            number,
            payer: row.payer_name.clone(),
            total: row.total,
            is_of_group: row.group_id.is_some(),
            style,
        }
    }
}

impl Form for VoidInvoice {
    fn title(&self) -> String {
        "Void invoice".to_owned()
    }

    fn subject(&self) -> Subject {
        Subject::new(&self.number, &self.payer, self.total, self.style)
    }

    fn head(&self, _desk: &Desk) -> Vec<String> {
        vec![format!("Payer    {}", self.payer), format!("Total    {}", words::money(self.style, self.total))]
    }

    fn fields(&self, _desk: &Desk) -> Vec<Field> {
        let lines =
            vec![Item::new("cancelled", "nobody owes them any more"), Item::new("again", "they are invoiced again")];
        vec![
            Field::text("reason", "Reason").width(44),
            Field::choice("lines", "Its lines", lines, "cancelled").width(30),
        ]
    }

    fn effect(&self, read: &mut Read<'_>, _desk: &Desk) -> Vec<String> {
        let then = match (read.text("lines").as_str(), self.is_of_group) {
            ("again", true) => "its lines wait for the group's next invoice.",
            ("again", false) => "its lines stand on a new invoice, dated today.",
            _ => "its payments are cancelled.",
        };
        vec!["After saving: the number stays, marked void;".to_owned(), then.to_owned()]
    }

    fn save_word(&self) -> &'static str {
        "Void"
    }

    fn submit(&self, read: &mut Read<'_>, _desk: &Desk) -> Option<Reply> {
        let reason = read.required("reason")?;
        let (number, total) = (&self.number, words::money(self.style, self.total));
        let line = format!("Invoice {number} for {total} becomes void. This cannot be taken back.");
        let invoice = self.invoice;
        let then = Reply::perform(match read.text("lines").as_str() {
            "again" => Action::BillAgain { invoice, reason },
            _ => Action::VoidInvoice { invoice, reason },
        });
        let mut question = Question::dangerous(&self.subject().heading(&self.title()), &line, then);
        (question.yes, question.no) = ("Void it", "Keep it");
        Some(Reply::ask(question))
    }
}
