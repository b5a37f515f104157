//! A credit note over a line or an invoice: how much, and why.

use crate::domain::format::Style;
use crate::domain::id::{InvoiceId, PaymentId};
use crate::domain::money::Money;
use crate::domain::typed;
use crate::tui::desk::reads::{self, CreditableLine, InvoiceRow, PaymentRow};
use crate::tui::desk::{Action, CreditDraft, Desk, DeskError, Trouble};
use crate::tui::forms::{Field, Form, Read, Subject, Trial, told};
use crate::tui::reply::Reply;

/// A credit note in the making.
#[derive(Debug)]
pub struct CreditNote {
    invoice: InvoiceId,
    /// The line; none for the whole invoice.
    line: Option<PaymentId>,
    subject: Subject,
    head: Vec<String>,
    left: Money,
    style: Style,
}

impl CreditNote {
    /// The form for the line a payment is.
    pub fn of_payment(row: &PaymentRow, desk: &Desk) -> Result<Self, Trouble> {
        let invoice = row.invoice_id.unwrap_or(InvoiceId(0));
        let lines = desk.read(|db| reads::creditable_lines(db, invoice))?;
        let left = lines.iter().find(|line| line.payment == row.id).map_or(0, CreditableLine::left);
        let number = row.invoice_number.clone().unwrap_or_default();
        let (style, left) = (crate::tui::desk::style(desk), Money::new(left, row.amount.currency()));
        Ok(Self {
            invoice,
            line: Some(row.id),
            subject: Subject::of_payment(row, style).over(left, style),
            head: vec![
                format!("Invoice       {number}   {}", row.customer_name),
                format!("Line          {}, {}", row.text, row.amount),
            ],
            left,
            style,
        })
    }

    /// The form for a whole invoice.
    pub fn of_invoice(row: &InvoiceRow, desk: &Desk) -> Result<Self, Trouble> {
        let lines = desk.read(|db| reads::creditable_lines(db, row.id))?;
        let left = lines.iter().filter(|line| !line.is_cancelled && !line.is_deposit).map(CreditableLine::left).sum();
        let number = row.number.clone().unwrap_or_default();
        let (style, left) = (crate::tui::desk::style(desk), Money::new(left, row.total.currency()));
        let mut head = vec![
            format!("Invoice       {number}   {}", row.payer_name),
            format!("Lines         {}, together {}", lines.len(), row.total),
        ];
        if lines.iter().any(|line| line.is_deposit && !line.is_cancelled && line.left() > 0) {
            head.push("Its deposit is left out: it is credited from its own line.".to_owned());
        }
        Ok(Self {
            invoice: row.id,
            line: None,
            subject: Subject::of_invoice(row, style).over(left, style),
            head,
            left,
            style,
        })
    }

    fn action(&self, read: &mut Read<'_>) -> Option<Action> {
        let (style, currency) = (self.style, self.left.currency());
        let parser = |text: &str| typed::amount(text, style.number, currency);
        let amount = read.parse_shown("amount", parser, |amount| style.amount(*amount))?;
        let reason = read.text("reason");
        let (lines, amount) = match self.line {
            Some(payment) => (vec![(payment, amount.to_string())], String::new()),
            None => (Vec::new(), amount.to_string()),
        };
        let draft = Box::new(CreditDraft { lines, amount, reason });
        Some(Action::Credit { invoice: self.invoice, draft })
    }
}

impl Form for CreditNote {
    fn title(&self) -> String {
        "Credit note".to_owned()
    }

    fn subject(&self) -> Subject {
        self.subject.clone()
    }

    fn head(&self, _desk: &Desk) -> Vec<String> {
        self.head.clone()
    }

    fn fields(&self, _desk: &Desk) -> Vec<Field> {
        let left = self.style.amount(self.left);
        vec![
            Field::amount("amount", "Amount").with(&left).hint(format!("tax included, at most {left}")),
            Field::text("reason", "Reason").width(44),
        ]
    }

    fn trial(&self, read: &mut Read<'_>, _desk: &Desk) -> Option<Trial> {
        let mut action = self.action(read)?;
        if let Action::Credit { draft, .. } = &mut action
            && draft.reason.is_empty()
        {
            "?".clone_into(&mut draft.reason);
        }
        let (invoice, style, nothing) = (self.invoice, self.style, Money::zero(self.left.currency()));
        Some(Box::new(move |desk| {
            let tried = desk.try_out(&action, |db, done| {
                let freed = match &done.outcome {
                    crate::services::Outcome::Credited(note) => note.freed,
                    _ => nothing,
                };
                Ok((reads::invoices_by_id(db, &[invoice]).map_err(DeskError::from)?.into_iter().next(), freed))
            });
            let shown = |money: Money| style.amount(money);
            let said = tried.map(|found| match found {
                (Some(row), freed) if !freed.is_zero() => {
                    format!("After saving: open {} of the invoice, {} becomes credit", shown(row.open), shown(freed))
                }
                (Some(row), _) => format!("After saving: open {} of the invoice", shown(row.open)),
                (None, _) => String::new(),
            });
            told(said.map(|said| vec![said]), |why| vec![why.to_owned()])
        }))
    }

    /// Nothing is said of an amount that cannot be read.
    fn effect(&self, _read: &mut Read<'_>, _desk: &Desk) -> Vec<String> {
        vec![String::new()]
    }

    fn save_word(&self) -> &'static str {
        "Issue"
    }

    fn submit(&self, read: &mut Read<'_>, _desk: &Desk) -> Option<Reply> {
        read.required("reason")?;
        self.action(read).map(Reply::perform)
    }
}
