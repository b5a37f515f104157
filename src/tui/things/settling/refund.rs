//! Money goes back: how much, why, and whether the customer still owes it. It asks before it does, for the money leaves.

use crate::domain::format::Style;
use crate::domain::id::PaymentId;
use crate::domain::money::Money;
use crate::domain::reason::{Incorrect, RefundReason};
use crate::domain::{text, typed};
use crate::tui::desk::reads::{self, PaymentRow};
use crate::tui::desk::{Action, Desk, DeskError, RefundDraft, RefundFrom};
use crate::tui::forms::{Field, Form, Item, Read, Subject, Trial, lookups, told};
use crate::tui::reply::{Question, Reply};
use crate::tui::words;

/// A refund of a payment, or of a receipt's credit.
#[derive(Debug)]
pub struct Refund {
    from: RefundFrom,
    name: String,
    subject: Subject,
    head: Vec<String>,
    most: Money,
    style: Style,
    /// The payment whose state is shown.
    payment: Option<PaymentId>,
}

impl Refund {
    /// The form for what a payment was paid with.
    pub fn of_payment(row: &PaymentRow, received: Money, style: Style) -> Self {
        let name = row.invoice_number.clone().unwrap_or_else(|| format!("P-{}", row.id));
        let back = if row.refunded.is_zero() {
            String::new()
        } else {
            format!(", {} went back already", style.amount(row.refunded))
        };
        Self {
            from: RefundFrom::Payment(row.id),
            head: vec![
                format!("Invoice       {name}   {}", row.customer_name),
                format!("Received      {}{back}", words::money(style, received)),
            ],
            name,
            subject: Subject::of_payment(row, style).over(received, style),
            most: received,
            style,
            payment: Some(row.id),
        }
    }

    /// The form for the credit a receipt holds, and what it paid.
    pub fn of_receipt(receipt: &reads::ReceiptHead, desk: &Desk) -> Self {
        let style = crate::tui::desk::style(desk);
        let money = |minor| Money::new(minor, receipt.currency);
        let left = money(receipt.amount_minor - receipt.refunded_minor - receipt.deposit_minor);
        let most = if receipt.unapplied() > 0 { money(receipt.unapplied()) } else { left };
        let payer = lookups::payer_name(receipt.payer, desk).unwrap_or_default();
        let mut head = vec![
            format!("Receipt       {}   {}", receipt.number, receipt.method.word()),
            format!("Credit        {}", words::money(style, money(receipt.unapplied()))),
        ];
        if receipt.deposit_minor > 0 {
            let deposit = style.amount(money(receipt.deposit_minor));
            head.push(format!("Deposit       {deposit}, which goes back from its subscription"));
        }
        Self {
            from: RefundFrom::Receipt(receipt.id),
            name: format!("receipt {}", receipt.number),
            head,
            subject: Subject::new(&receipt.number, payer, most, style),
            most,
            style,
            payment: None,
        }
    }

    fn draft(&self, read: &mut Read<'_>) -> Option<(RefundDraft, Money)> {
        let (style, currency) = (self.style, self.most.currency());
        let parser = |text: &str| typed::amount(text, style.number, currency);
        let amount = read.parse_shown("amount", parser, |amount| style.amount(*amount));
        let written = read.text("reason");
        let incorrect = Incorrect::from_code(&written);
        let reason = RefundReason::from_code(&written).or(incorrect.map(|_| RefundReason::ChargedIncorrectly));
        let owed = if self.payment.is_some() { read.chosen::<String>("owed") } else { Some("yes".to_owned()) };
        let words = read.parse("words", |text| text::clean_line(text, 300));
        let reference = read.parse("reference", |text| text::clean_line(text, 140));
        let (amount, reason, words, reference) = (amount?, reason?, words?, reference?);
        // What was wrong about the charge stands in the words, where nobody wrote others.
        let words = match incorrect {
            Some(wrong) if words.is_empty() && self.payment.is_some() => wrong.word().to_lowercase(),
            _ => words,
        };
        let with_credit_note = owed? == "no";
        let draft =
            RefundDraft { from: self.from, amount: amount.to_string(), reason, words, with_credit_note, reference };
        Some((draft, amount))
    }
}

/// Whether it is owed again, as the reason says; where it says nothing, a person has to.
fn owed_field(default: Option<bool>) -> Field {
    let items =
        vec![Item::new("yes", "Yes: it is open again"), Item::new("no", "No: with a credit note, nothing is owed")];
    let field = match default {
        Some(is_owed) => Field::choice("owed", "Still owed?", items, if is_owed { "yes" } else { "no" }),
        None => Field::undecided("owed", "Still owed?", items),
    };
    field.width(42)
}

impl Form for Refund {
    fn title(&self) -> String {
        "Refund".to_owned()
    }

    fn subject(&self) -> Subject {
        self.subject.clone()
    }

    fn head(&self, _desk: &Desk) -> Vec<String> {
        self.head.clone()
    }

    fn fields(&self, _desk: &Desk) -> Vec<Field> {
        let charged = RefundReason::ChargedIncorrectly;
        let wrong =
            |one: &Incorrect| Item::new(one.code(), format!("{}: {}", charged.word(), one.word().to_lowercase()));
        let mut reasons: Vec<Item> = Incorrect::ALL.iter().map(wrong).collect();
        let others = RefundReason::ALL.iter().filter(|reason| **reason != charged);
        reasons.extend(others.map(|reason| Item::new(reason.code(), reason.word())));
        let first = Incorrect::WrongAmount;
        let most = self.style.amount(self.most);
        let mut fields = vec![
            Field::amount("amount", "Amount").with(&most).hint(format!("at most {most}")),
            Field::choice("reason", "Reason", reasons, first.code()).width(36).hint("F4 list"),
            owed_field(Some(first.is_owed_again())),
            Field::text("words", "In words"),
            Field::text("reference", "Reference"),
        ];
        if self.payment.is_none() {
            fields.remove(2);
        }
        fields
    }

    fn changed(&mut self, name: &str, fields: &mut [Field], _desk: &Desk) {
        let Some(reason) = fields.iter().find(|field| field.name == "reason").map(Field::value) else { return };
        let wrong = Incorrect::from_code(&reason).map(Incorrect::is_owed_again);
        let default = wrong.or(RefundReason::from_code(&reason).and_then(RefundReason::is_owed_again));
        for field in fields.iter_mut().filter(|field| name == "reason" && field.name == "owed") {
            *field = owed_field(default);
        }
    }

    /// What the payment is then: tried, looked at and taken back.
    fn trial(&self, read: &mut Read<'_>, _desk: &Desk) -> Option<Trial> {
        let (payment, style) = (self.payment?, self.style);
        let (draft, _) = self.draft(read)?;
        Some(Box::new(move |desk| {
            let tried = desk.try_out(&Action::Refund(Box::new(draft)), |db, _| {
                reads::payments_by_id(db, &[payment]).map_err(DeskError::from)
            });
            let said = tried.map(|rows| match rows.into_iter().next() {
                Some(row) => {
                    let status = words::payment_status(&row, desk.today(), style).text;
                    format!("After saving: open {}, status {}", style.amount(row.open), status.trim())
                }
                None => String::new(),
            });
            told(said.map(|said| vec![said]), |why| vec![why.to_owned()])
        }))
    }

    fn effect(&self, read: &mut Read<'_>, _desk: &Desk) -> Vec<String> {
        let goes_back = self.payment.is_none() && self.draft(read).is_some();
        vec![if goes_back { "After saving: the money is with the payer.".to_owned() } else { String::new() }]
    }

    fn save_word(&self) -> &'static str {
        "Refund"
    }

    fn submit(&self, read: &mut Read<'_>, _desk: &Desk) -> Option<Reply> {
        let (draft, amount) = self.draft(read)?;
        if draft.reason == RefundReason::Other && draft.words.is_empty() {
            read.refuse("words", "Say in a few words why the money goes back.");
            return None;
        }
        let what = if draft.with_credit_note {
            "A credit note keeps it settled: nothing is owed for it."
        } else if self.payment.is_some() {
            "The customer owes it again."
        } else {
            "It is no longer credit."
        };
        let line = format!("{} of {} goes back to the payer. {what}", words::money(self.style, amount), self.name);
        let then = Reply::perform(Action::Refund(Box::new(draft)));
        let title = self.subject.clone().over(amount, self.style).heading("Money out");
        let mut question = Question::dangerous(&title, &line, then);
        (question.yes, question.no) = ("Refund", "Not yet");
        Some(Reply::ask(question))
    }
}
