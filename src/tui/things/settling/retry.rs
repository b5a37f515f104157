//! A card was charged elsewhere, on a terminal or at a processor: how it came out, and what it is called there. Nothing
//! is charged from here, so the outcome is what a person says.

use crate::domain::id::PaymentId;
use crate::domain::reason::{DeclineReason, with_words};
use crate::domain::text;
use crate::tui::desk::reads::{self, KnownMethod, PaymentRow};
use crate::tui::desk::{Action, ChargeOutcome, Desk, RetryDraft, Trouble};
use crate::tui::forms::{Field, Form, Item, Name, Read, Subject};
use crate::tui::reply::Reply;
use crate::tui::words;

/// A failed payment is charged again.
#[derive(Debug)]
pub struct Retry {
    payment: PaymentId,
    subject: Subject,
    head: Vec<String>,
    methods: Vec<KnownMethod>,
}

impl Retry {
    /// The form for a payment.
    pub fn new(row: &PaymentRow, desk: &Desk) -> Result<Self, Trouble> {
        let methods = desk.read(|db| reads::methods_of(db, row.customer_id))?;
        let style = crate::tui::desk::style(desk);
        let number = row.invoice_number.clone().unwrap_or_default();
        let tries = words::count(row.attempt_count, "attempt");
        Ok(Self {
            payment: row.id,
            subject: Subject::of_payment(row, style),
            head: vec![
                format!("Invoice       {number}   {}", row.customer_name),
                format!("To charge     {}   {tries} so far", words::money(style, row.open)),
            ],
            methods: methods.into_iter().filter(|method| method.kind != crate::domain::method::Method::Cash).collect(),
        })
    }
}

/// Whether the reason belongs to what is filled in.
fn show_reason(fields: &mut [Field]) {
    let declined = fields.iter().any(|field| field.name == "outcome" && field.value() == "declined");
    for field in fields.iter_mut().filter(|field| field.name == "kind" || field.name == "words") {
        field.is_hidden = !declined;
    }
}

impl Form for Retry {
    fn title(&self) -> String {
        "Card charged elsewhere".to_owned()
    }

    fn subject(&self) -> Subject {
        self.subject.clone()
    }

    fn head(&self, _desk: &Desk) -> Vec<String> {
        self.head.clone()
    }

    fn fields(&self, desk: &Desk) -> Vec<Field> {
        let mut methods: Vec<Item> =
            self.methods.iter().map(|method| Item::new(method.id.to_string(), method.words())).collect();
        methods.push(Item::new("", "Other card"));
        let first = methods.first().map(|item| item.key.clone()).unwrap_or_default();
        let outcomes = vec![
            Item::new("paid", "Charge succeeded"),
            Item::new("sent", "Sent: result not known yet"),
            Item::new("declined", "Declined again"),
        ];
        let reasons = DeclineReason::ALL.iter().map(|reason| Item::new(reason.word(), reason.word())).collect();
        let style = crate::tui::desk::style(desk);
        let mut fields = vec![
            Field::choice("method", "Charged with", methods, &first).width(30).hint("F4 list"),
            Field::undecided("outcome", "Outcome", outcomes).width(30).hint("F4 list"),
            Field::date("date", "Date", Some(desk.today()), desk.today(), style),
            Field::text("reference", "Reference").hint("of the charge"),
            Field::choice("kind", "Reason", reasons, "Declined").width(22),
            Field::text("words", "In words"),
        ];
        show_reason(&mut fields);
        fields
    }

    fn begins(&self, _fields: &[Field]) -> Option<Name> {
        Some("outcome".into())
    }

    fn changed(&mut self, name: &str, fields: &mut [Field], _desk: &Desk) {
        if name == "outcome" {
            show_reason(fields);
        }
    }

    fn effect(&self, read: &mut Read<'_>, _desk: &Desk) -> Vec<String> {
        let method = read.text("method").parse::<i64>().ok();
        let kind = self.methods.iter().find(|known| Some(known.id) == method).map(|known| known.kind);
        vec![match (read.text("outcome").as_str(), kind) {
            ("sent", _) => "After saving: status Processing, with a way back.".to_owned(),
            ("declined", _) => "After saving: status Failed; the attempt is kept with its reason.".to_owned(),
            ("", _) => "Nothing is charged from here: say how the charge came out.".to_owned(),
            (_, Some(kind)) if !kind.clears_at_once() => {
                format!("After saving: status Processing until the {} clears.", kind.word().to_lowercase())
            }
            _ => "After saving: open 0.00, status Paid, with a receipt.".to_owned(),
        }]
    }

    fn submit(&self, read: &mut Read<'_>, _desk: &Desk) -> Option<Reply> {
        let on = read.date("date");
        let reference = read.parse("reference", |text| text::clean_line(text, 140));
        let words = read.parse("words", |text| text::clean_line(text, 200));
        let outcome = match (read.chosen::<String>("outcome").as_deref(), &words) {
            (Some("sent"), _) => Some(ChargeOutcome::Sent),
            (Some("declined"), Some(words)) => Some(ChargeOutcome::Declined(with_words(&read.text("kind"), words))),
            (Some("paid"), _) => Some(ChargeOutcome::Paid),
            _ => None,
        };
        if outcome == Some(ChargeOutcome::Paid) {
            read.required("reference");
        }
        let (on, reference, _, outcome) = (on?, reference?, words?, outcome?);
        let method = read.text("method").parse().ok();
        let draft = RetryDraft { payment: self.payment, method, outcome, on, reference };
        Some(Reply::perform(Action::RetryPayment(Box::new(draft))))
    }
}
