//! Several payments marked as paid at once, each with its own day and reference: a statement typed line by line.

use super::arriving;
use super::mark_paid::methods;
use crate::domain::method::Method;
use crate::domain::money::Money;
use crate::domain::text;
use crate::tui::desk::reads::PaymentRow;
use crate::tui::desk::{Action, Desk, ReceiptDraft, Target, Trouble};
use crate::tui::forms::{Field, Form, Item, Name, Read, Subject};
use crate::tui::reply::{Question, Reply};
use crate::tui::words;

/// The most payments of one form.
pub const MOST: usize = 20;

/// Payments, each with a receipt of its own.
#[derive(Debug)]
pub struct MarkEach {
    rows: Vec<PaymentRow>,
}

impl MarkEach {
    /// The form for these payments.
    pub fn new(rows: Vec<PaymentRow>) -> Self {
        Self { rows }
    }

    fn sum(&self) -> String {
        let minor = self.rows.iter().map(|row| row.open.minor()).sum();
        self.rows.first().map(|row| Money::new(minor, row.open.currency()).to_string()).unwrap_or_default()
    }
}

fn counted(number: usize) -> String {
    words::count(i64::try_from(number).unwrap_or(i64::MAX), "payment")
}

fn name(what: &str, row: &PaymentRow) -> String {
    format!("{what} {}", row.id)
}

impl Form for MarkEach {
    fn title(&self) -> String {
        "Mark each as paid".to_owned()
    }

    fn subject(&self) -> Subject {
        let mut payers: Vec<&str> = self.rows.iter().map(|row| row.customer_name.as_str()).collect();
        payers.dedup();
        let whose = match payers.as_slice() {
            [one] => (*one).to_owned(),
            _ => String::new(),
        };
        Subject { what: counted(self.rows.len()), whose, amount: self.sum() }
    }

    fn head(&self, _desk: &Desk) -> Vec<String> {
        vec![format!("{}, {} in all, each with its own receipt", counted(self.rows.len()), self.sum())]
    }

    fn fields(&self, desk: &Desk) -> Vec<Field> {
        let (today, style) = (desk.today(), crate::tui::desk::style(desk));
        let methods: Vec<Item> = methods();
        let mut fields = vec![Field::choice("method", "Method", methods, Method::BankTransfer.code()).hint("F4 list")];
        for row in &self.rows {
            let number = row.invoice_number.clone().unwrap_or_else(|| format!("P-{}", row.id));
            let whose = format!("{} {}", style.amount(row.open), row.customer_name);
            fields.push(Field::text(name("reference", row), number).width(20).hint(whose));
            fields.push(Field::date(name("date", row), "  received", Some(today), today, style));
        }
        fields
    }

    fn begins(&self, _fields: &[Field]) -> Option<Name> {
        self.rows.first().map(|row| name("reference", row).into())
    }

    fn effect(&self, read: &mut Read<'_>, _desk: &Desk) -> Vec<String> {
        let named = self.rows.iter().filter(|row| !read.text(&name("reference", row)).is_empty()).count();
        vec![format!("After saving: {} of {} with a reference, all paid in full.", named, self.rows.len())]
    }

    fn submit(&self, read: &mut Read<'_>, _desk: &Desk) -> Option<Reply> {
        let method = read.chosen::<Method>("method")?;
        let mut drafts = Vec::new();
        for row in &self.rows {
            let reference = read.parse(&name("reference", row), |text| text::clean_line(text, 140));
            let received_on = read.date(&name("date", row));
            let (Some(reference), Some(received_on)) = (reference, received_on) else { continue };
            drafts.push(ReceiptDraft {
                target: Target::Payments(vec![row.id]),
                amount: String::new(),
                received_on,
                method,
                reference,
                keep_credit: false,
                again: false,
            });
        }
        if drafts.len() < self.rows.len() {
            return None;
        }
        let line = format!("{} with {} in all are marked as paid.", counted(drafts.len()), self.sum());
        let unnamed: Vec<String> = self
            .rows
            .iter()
            .zip(&drafts)
            .filter(|(_, draft)| draft.reference.is_empty())
            .map(|(row, _)| row.invoice_number.clone().unwrap_or_else(|| format!("P-{}", row.id)))
            .collect();
        let then = Reply::perform(Action::ReceiveEach(drafts));
        let mut question = Question::dangerous(&self.subject().heading(&self.title()), &line, then);
        if !unnamed.is_empty() {
            question.lines.push(format!("Without a reference: {}.", unnamed.join(", ")));
        }
        (question.yes, question.no) = ("Mark them", "Not yet");
        Some(Reply::ask(question))
    }

    fn asks(&self, trouble: &Trouble, action: &mut Action) -> Option<Question> {
        let Action::ReceiveEach(drafts) = action else { return None };
        for draft in drafts {
            draft.again = true;
        }
        arriving::came_as_well(trouble.code(), trouble, &self.subject())
    }
}
