//! What can be done with a receipt.

use crate::domain::format::Style;
use crate::domain::id::ReceiptId;
use crate::domain::method::Method;
use crate::domain::money::Money;
use crate::domain::status::ReceiptState;
use crate::services::reads::{ListedReceipt, ReceiptHead, paid_by_receipt, receipt_head};
use crate::tui::command::{Able, Command};
use crate::tui::desk::{self, Action, Desk, Payer, Trouble};
use crate::tui::dialogs::text::Text;
use crate::tui::forms::FormDialog;
use crate::tui::page::deed::{Chosen, Deed, On, one};
use crate::tui::place::Place;
use crate::tui::reply::Reply;
use crate::tui::things::settling;
use crate::tui::things::settling::refund::Refund;
use crate::tui::words;

/// A receipt.
#[derive(Debug)]
pub struct ThisReceipt {
    pub id: ReceiptId,
    pub number: String,
    pub method: Method,
    pub state: ReceiptState,
    pub has_credit: bool,
    pub payer: Payer,
    pub payer_name: String,
}

impl ThisReceipt {
    /// The receipt under the cursor of its list.
    pub fn new(row: &ListedReceipt) -> Self {
        let head = &row.head;
        Self {
            id: head.id,
            number: head.number.clone(),
            method: head.method,
            state: head.state,
            has_credit: head.unapplied() > 0,
            payer: head.payer,
            payer_name: row.payer_name.clone(),
        }
    }

    /// What is done to a check or debit in one of these states; what was there at once does neither.
    fn is_slow(&self, states: &[ReceiptState], why: &str) -> Able {
        if self.method.clears_at_once() {
            return Able::NotHere;
        }
        let is = self.state.word().to_lowercase();
        Able::when(states.contains(&self.state), &format!("{} is {is}: {why}", self.number))
    }

    /// Whether it can be said that the bank has its money.
    pub fn can_clear(&self) -> Able {
        self.is_slow(&[ReceiptState::Pending], "only money on its way clears.")
    }

    /// The bank has its money.
    pub fn clear(&self, desk: &Desk) -> Reply {
        Reply::perform(Action::ClearReceipt { receipt: self.id, on: desk.today() })
    }

    /// The words for that.
    pub fn cleared(&self) -> String {
        format!("{}: check/debit cleared", self.number)
    }

    /// Whether it can bounce.
    pub fn can_bounce(&self) -> Able {
        self.is_slow(settling::SLOW, "only money that came, or is on its way, bounces.")
    }

    /// The form for a check or debit that bounced.
    pub fn bounce(&self, desk: &Desk) -> Reply {
        self.with_head(desk, |head| Reply::open(FormDialog::new(settling::bounced(head, desk), desk)))
    }

    /// The words for that.
    pub fn bounced(&self) -> String {
        format!("{}: check/debit bounced", self.number)
    }

    /// Whether something is left of it that can go back.
    pub fn can_refund(&self) -> Able {
        Able::when(self.has_credit, "Nothing is left of this receipt.")
    }

    /// The form that gives back what is left of it.
    pub fn refund(&self, desk: &Desk) -> Reply {
        self.with_head(desk, |head| Reply::open(FormDialog::new(Refund::of_receipt(head, desk), desk)))
    }

    /// Its PDF.
    pub fn pdf(&self, desk: &Desk) -> Reply {
        self.with_head(desk, |head| settling::receipt_pdf(head, desk))
    }

    fn with_head(&self, desk: &Desk, then: impl FnOnce(&ReceiptHead) -> Reply) -> Reply {
        match desk.read(|db| receipt_head(db, self.id)) {
            Ok(head) => head.map_or(Reply::Nothing, |head| then(&head)),
            Err(error) => Reply::refuse(Trouble::from(error).sentence()),
        }
    }

    /// What it is, and what it paid.
    pub fn show(&self, desk: &Desk) -> Reply {
        self.with_head(desk, |head| match desk.read(|db| paid_by_receipt(db, head.id)) {
            Ok(paid) => {
                Reply::open(Text::new(format!("Receipt {}", head.number), told(head, &paid, desk::style(desk))))
            }
            Err(error) => Reply::refuse(Trouble::from(error).sentence()),
        })
    }
}

impl Chosen for ThisReceipt {
    const ONE: &'static str = "receipt";

    fn marked(&self) -> usize {
        0
    }
}

/// Harmless ones first.
pub static DEEDS: &[Deed<ThisReceipt>] = &[
    Deed {
        key: |_| Some(Command::Open),
        on: On::Nothing,
        run: ThisReceipt::show,
        ..one("Open", 'o', |it| format!("Show what {} paid", it.number))
    },
    Deed {
        key: |_| Some(Command::Print),
        word: "PDF",
        run: ThisReceipt::pdf,
        ..one("PDF", 'f', |it| format!("PDF of receipt {}", it.number))
    },
    Deed {
        on: On::Nothing,
        run: |it, _| {
            Reply::Go(match it.payer {
                Payer::Customer(id) => Place::Customer(id),
                Payer::Group(id) => Place::Group(id),
            })
        },
        ..one("Open customer", 'k', |it| format!("Open {}", it.payer_name))
    },
    Deed {
        key: |_| Some(Command::Copy),
        on: On::Nothing,
        run: |it, _| Reply::Copy(it.number.clone()),
        ..one("Copy", 'c', |it| format!("Copy the number {}", it.number))
    },
    Deed {
        key: |it| (it.state == ReceiptState::Pending).then_some(Command::Main),
        able: ThisReceipt::can_clear,
        run: ThisReceipt::clear,
        ..one("Cleared", 'a', ThisReceipt::cleared)
    },
    Deed { able: ThisReceipt::can_bounce, run: ThisReceipt::bounce, ..one("Bounced", 'y', ThisReceipt::bounced) },
    Deed {
        able: ThisReceipt::can_refund,
        run: ThisReceipt::refund,
        ..one("Refund", 'r', |it| format!("Refund credit of {}", it.number))
    },
];

/// One receipt in lines.
fn told(head: &ReceiptHead, paid: &[(Option<String>, String, i64)], style: Style) -> String {
    let amount = |minor| words::money(style, Money::new(minor, head.currency));
    let mut lines = vec![
        format!("Received    {}", style.long_date(head.received_on)),
        format!("Status      {}", head.state.word()),
        format!("Method      {}", head.method.word()),
        format!("Reference   {}", head.reference),
        format!("Amount      {}", amount(head.amount_minor)),
        format!("Applied     {}", amount(head.allocated_minor)),
        format!("Refunded    {}", amount(head.refunded_minor)),
        format!("Credit      {}", amount(head.unapplied())),
        String::new(),
    ];
    if paid.is_empty() {
        lines.push("It paid nothing yet.".to_owned());
    }
    for (invoice, text, minor) in paid {
        lines.push(format!("{:<12}{}   {text}", invoice.as_deref().unwrap_or_default(), amount(*minor)));
    }
    lines.join("\n")
}
