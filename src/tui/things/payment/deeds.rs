//! What can be done with a payment, and with a period that is still to come.

use super::fail::FailPayment;
use super::reopen::ReopenPayment;
use crate::domain::id::{PaymentId, SubscriptionId};
use crate::domain::status::{PaymentStatus, ReceiptState};
use crate::tui::command::{Able, Command};
use crate::tui::desk::reads::{self, PaymentRow, UpcomingRow};
use crate::tui::desk::{self, Action, Desk, Target, Trouble};
use crate::tui::forms::FormDialog;
use crate::tui::page::deed::{Chosen, Deed, On, one};
use crate::tui::place::Place;
use crate::tui::reply::Reply;
use crate::tui::things::settling::mark_each::{MOST as MOST_EACH, MarkEach};
use crate::tui::things::settling::mark_paid::MarkPaid;
use crate::tui::things::settling::{Purse, SLOW};
use crate::tui::things::{invoice, settling};

/// The number people know it by: its invoice's, else its own.
pub fn number(row: &PaymentRow) -> String {
    row.invoice_number.clone().unwrap_or_else(|| format!("P-{}", row.id))
}

/// Why it cannot be marked as paid, if it cannot.
pub fn can_pay(row: &PaymentRow) -> Able {
    match row.status {
        // Money that comes for what was given up takes that back.
        PaymentStatus::Paid if row.written_off.minor() > 0 => Able::Yes,
        PaymentStatus::Paid => Able::because("It is paid already."),
        PaymentStatus::Cancelled => Able::because("It is cancelled: nothing is owed."),
        _ if row.invoice_number.is_none() => {
            Able::because("Its invoice is not issued yet: it is paid once the invoice has a number.")
        }
        PaymentStatus::Pending | PaymentStatus::Processing | PaymentStatus::Failed => Able::Yes,
    }
}

/// A payment, and what is marked beside it.
#[derive(Debug)]
pub struct ThisPayment {
    row: PaymentRow,
    marked: Vec<PaymentId>,
    /// Its own page is open.
    is_here: bool,
    /// F8 says how a charge came out, as in the view of what failed.
    is_retried: bool,
    /// Its money, as far as the menu needs it; not read for a key.
    purse: Option<Purse>,
}

impl ThisPayment {
    /// The payment under the cursor of a list.
    pub fn new(row: &PaymentRow) -> Self {
        Self { row: row.clone(), marked: Vec::new(), is_here: false, is_retried: false, purse: None }
    }

    /// On its own page.
    pub fn at_home(self) -> Self {
        Self { is_here: true, ..self }
    }

    /// With so many marked, two at least.
    pub fn with_marked(self, marked: Vec<PaymentId>) -> Self {
        Self { marked, ..self }
    }

    /// In the view of what failed.
    pub fn retried(self, is_retried: bool) -> Self {
        Self { is_retried, ..self }
    }

    fn number(&self) -> String {
        number(&self.row)
    }

    fn is_open(&self) -> bool {
        matches!(self.row.status, PaymentStatus::Pending | PaymentStatus::Failed)
    }

    /// Whether its money fits; without having read it, yes.
    fn purse(&self, fits: impl Fn(&Purse) -> bool) -> bool {
        self.purse.as_ref().is_none_or(fits)
    }

    fn waits(&self, states: &[ReceiptState]) -> bool {
        self.purse.as_ref().is_some_and(|purse| purse.waits(states))
    }

    /// Whether it can go to a status, or why not.
    fn moves(&self, to: PaymentStatus, from: &str) -> Able {
        let via = to == PaymentStatus::Failed && self.row.status == PaymentStatus::Pending;
        match self.row.invoice_number.is_some() && (via || self.row.status.can_become(to)) {
            true => Able::Yes,
            false if self.row.invoice_number.is_none() && self.row.status == PaymentStatus::Pending => {
                Able::because("Its invoice is not issued yet.")
            }
            false => Able::Because(format!("It is {}: only {from}.", self.row.status.word().to_lowercase())),
        }
    }

    fn not_owed(&self) -> &'static str {
        match self.row.status {
            PaymentStatus::Processing => "Money for it is on its way: say first that it did not come.",
            _ => "It is not open: nothing is owed of it.",
        }
    }

    fn has_invoice(&self) -> Able {
        Able::when(self.row.invoice_id.is_some(), "It is not on an invoice yet.")
    }

    fn owed(&self) -> Able {
        let is_draft = self.row.invoice_id.is_some() && self.row.invoice_number.is_none();
        let why = if is_draft { "Its invoice waits for review: decide about that first." } else { self.not_owed() };
        Able::when(self.is_open() && !is_draft, why)
    }

    /// The marked ones, or this one.
    fn chosen(&self) -> Vec<PaymentId> {
        if self.marked.is_empty() { vec![self.row.id] } else { self.marked.clone() }
    }

    fn mark_each(&self, desk: &Desk) -> Reply {
        let ids = self.chosen();
        if ids.len() > MOST_EACH {
            return Reply::refuse(format!("These are more than {MOST_EACH}: mark fewer rows."));
        }
        match desk.read(|db| reads::payments_by_id(db, &ids)) {
            Ok(rows) => match rows.iter().find(|row| !can_pay(row).is_yes()) {
                Some(row) => Reply::refuse(format!("{} cannot be marked as paid: unmark it first.", number(row))),
                None => Reply::open(FormDialog::new(MarkEach::new(rows), desk)),
            },
            Err(error) => Reply::refuse(Trouble::from(error).sentence()),
        }
    }
}

impl Chosen for ThisPayment {
    const ONE: &'static str = "payment";

    fn marked(&self) -> usize {
        self.marked.len()
    }

    fn read(self, desk: &Desk) -> Self {
        Self { purse: Some(Purse::of(&self.row, desk)), ..self }
    }
}

/// Harmless ones first.
pub static DEEDS: &[Deed<ThisPayment>] = &[
    Deed {
        key: |_| Some(Command::Open),
        on: On::Nothing,
        able: |it| if it.is_here { Able::NotHere } else { Able::Yes },
        run: |it, _| Reply::Go(Place::Payment(it.row.id)),
        ..one("Open", 'o', |it| format!("Open payment {}", it.number()))
    },
    Deed {
        on: On::Nothing,
        able: ThisPayment::has_invoice,
        run: |it, _| it.row.invoice_id.map_or(Reply::Nothing, |id| Reply::Go(Place::Invoice(id))),
        ..one("Open invoice", 'i', |it| format!("Open invoice {}", it.row.invoice_number.as_deref().unwrap_or("draft")))
    },
    Deed {
        key: |_| Some(Command::Print),
        word: "PDF",
        able: ThisPayment::has_invoice,
        run: |it, desk| pdf(&it.row, desk),
        ..one("PDF", 'f', |it| format!("PDF of invoice {}", it.number()))
    },
    Deed {
        on: On::Nothing,
        run: |it, _| Reply::Go(Place::Customer(it.row.customer_id)),
        ..one("Open customer", 'k', |it| format!("Open {}", it.row.customer_name))
    },
    Deed {
        on: On::Nothing,
        able: |it| if it.row.subscription_id.is_some() { Able::Yes } else { Able::NotHere },
        run: |it, _| it.row.subscription_id.map_or(Reply::Nothing, |id| Reply::Go(Place::Subscription(id))),
        ..one("Open subscription", 's', |it| {
            format!("Open subscription {}", it.row.subscription_id.map(SubscriptionId::shown).unwrap_or_default())
        })
    },
    Deed {
        on: On::Nothing,
        able: |it| if it.row.group_id.is_some() { Able::Yes } else { Able::NotHere },
        run: |it, _| it.row.group_id.map_or(Reply::Nothing, |id| Reply::Go(Place::Group(id))),
        ..one("Open group", 'b', |it| format!("Open group {}", it.row.group_name.as_deref().unwrap_or("")))
    },
    Deed {
        key: |_| Some(Command::Copy),
        on: On::Nothing,
        run: |it, _| Reply::Copy(it.number()),
        ..one("Copy", 'c', |it| format!("Copy the number {}", it.number()))
    },
    Deed {
        key: |it| if it.is_retried { None } else { Some(Command::Main) },
        word: "Mark paid",
        on: On::Marked,
        able: |it| if it.marked.is_empty() { can_pay(&it.row) } else { Able::Yes },
        run: |it, desk| MarkPaid::open(Target::Payments(it.chosen()), desk),
        ..one("Mark paid", 'p', |it| match it.marked.len() {
            0 => format!("Mark {} as paid", it.number()),
            many => format!("{many} marked: one receipt for all"),
        })
    },
    Deed {
        on: On::Marked,
        able: |it| if it.marked.is_empty() { Able::NotHere } else { Able::Yes },
        run: ThisPayment::mark_each,
        ..one("Mark each paid", 'e', |it| format!("{} marked: a receipt for each", it.marked.len()))
    },
    Deed {
        able: |it| it.moves(PaymentStatus::Processing, "what is pending or failed can be on its way"),
        run: |it, _| Reply::perform(Action::ProcessPayment { payment: it.row.id }),
        ..one("On its way", 'g', |it| format!("{}: money is on its way", it.number()))
    },
    Deed {
        able: |it| it.moves(PaymentStatus::Failed, "what is pending or on its way can fail"),
        run: |it, desk| Reply::open(FormDialog::new(FailPayment::new(&it.row, desk::style(desk)), desk)),
        ..one("Did not come", 'l', |it| format!("{}: money did not come", it.number()))
    },
    Deed {
        able: |it| if it.row.status == PaymentStatus::Processing { Able::Yes } else { Able::NotHere },
        run: |it, desk| Reply::open(FormDialog::new(ReopenPayment::new(&it.row, desk::style(desk)), desk)),
        ..one("Not on its way", 'z', |it| format!("{}: not on its way", it.number()))
    },
    Deed {
        able: |it| Able::when(it.purse(Purse::has_receipts), "No receipt stands on it."),
        run: |it, desk| settling::receipt(&it.row, desk),
        ..one("Receipt PDF", 'q', |it| format!("Receipt PDF of {}", it.number()))
    },
    Deed {
        key: |it| it.is_retried.then_some(Command::Main),
        word: "Card charged",
        able: |it| match it.row.status {
            PaymentStatus::Failed => settling::can_retry(&it.row),
            _ if it.is_retried => settling::can_retry(&it.row),
            _ => Able::NotHere,
        },
        run: |it, desk| settling::retry(&it.row, desk),
        ..one("Card charged", 'h', |it| format!("{}: charged elsewhere", it.number()))
    },
    Deed {
        able: |it| {
            let can = it.is_open() && it.row.invoice_number.is_some();
            let why = if can { "Its payer has no credit." } else { it.not_owed() };
            Able::when(can && it.purse(|purse| purse.has_credit), why)
        },
        run: |it, desk| settling::use_credit(Target::Payments(vec![it.row.id]), desk),
        ..one("Pay from credit", 'u', |it| format!("Pay {} from credit", it.number()))
    },
    Deed {
        able: |it| {
            let why = "No check or debit for it was written down: F8 marks it as paid when it comes.";
            let waits = it.waits(&[ReceiptState::Pending]);
            let belongs = it.row.status == PaymentStatus::Processing || waits;
            if belongs { Able::when(waits, why) } else { Able::NotHere }
        },
        run: |it, desk| settling::clear(&it.row, desk),
        ..one("Cleared", 'a', |it| format!("{}: check/debit cleared", it.number()))
    },
    Deed {
        able: |it| {
            let paid_slowly = it.row.method.is_some_and(|how| !how.clears_at_once());
            let belongs = match it.row.status {
                PaymentStatus::Processing => true,
                PaymentStatus::Paid => paid_slowly,
                _ => false,
            };
            let why = "No check or debit for it was written down: “The money did not come” says the rest.";
            if belongs || it.waits(SLOW) { Able::when(it.waits(SLOW), why) } else { Able::NotHere }
        },
        run: |it, desk| settling::bounce(&it.row, desk),
        ..one("Bounced", 'y', |it| format!("{}: check/debit bounced", it.number()))
    },
    Deed {
        able: |it| {
            let why = "It has no issued invoice: there is nothing to dispute.";
            Able::when(it.row.is_disputed || it.row.invoice_number.is_some(), why)
        },
        run: |it, desk| settling::dispute(&it.row, desk),
        ..one("Dispute", 'd', |it| {
            let what = if it.row.is_disputed { "Close the dispute" } else { "Dispute" };
            format!("{what} of {}", it.number())
        })
    },
    Deed {
        able: |it| {
            let held = matches!(it.row.status, PaymentStatus::Processing | PaymentStatus::Cancelled);
            let why = "Only a line of an issued invoice is credited, and no money on its way.";
            Able::when(it.row.invoice_number.is_some() && !held, why)
        },
        run: |it, desk| settling::credit_note(&it.row, desk),
        ..one("Credit note", 't', |it| format!("Credit note on {}", it.number()))
    },
    Deed {
        able: ThisPayment::owed,
        run: |it, desk| settling::waive(&it.row, desk),
        ..one("Waive", 'w', |it| format!("Waive the rest of {}", it.number()))
    },
    Deed {
        able: ThisPayment::owed,
        run: |it, desk| settling::cancel(&it.row, desk),
        ..one("Cancel", 'x', |it| format!("Cancel the payment {}", it.number()))
    },
    Deed {
        able: |it| Able::when(it.purse(Purse::has_cleared), "Nothing to refund: no payment received yet."),
        run: |it, desk| settling::refund(&it.row, desk),
        ..one("Refund", 'r', |it| format!("Refund {}", it.number()))
    },
];

/// Shows the PDF of its invoice.
pub fn pdf(row: &PaymentRow, desk: &Desk) -> Reply {
    match row.invoice_id {
        Some(id) => invoice::deeds::pdf(id, crate::services::papers::Copy::Current, desk),
        None => Reply::refuse("It is not on an invoice yet."),
    }
}

/// A period that is not billed yet; so many rows are marked.
#[derive(Debug)]
pub struct ThisPeriod {
    pub row: UpcomingRow,
    pub marked: usize,
}

impl ThisPeriod {
    fn name(&self) -> String {
        self.row.subscription_id.shown()
    }
}

impl Chosen for ThisPeriod {
    const ONE: &'static str = "period";

    fn marked(&self) -> usize {
        self.marked
    }
}

/// What can be done with it.
pub static PERIOD_DEEDS: &[Deed<ThisPeriod>] = &[
    Deed {
        key: |_| Some(Command::Open),
        on: On::Nothing,
        run: |it, _| Reply::Go(Place::Subscription(it.row.subscription_id)),
        ..one("Open subscription", 's', |it| format!("Open subscription {}", it.name()))
    },
    Deed {
        key: |_| Some(Command::Main),
        word: "Bill now",
        run: |it, _| settling::bill_ahead(it.row.subscription_id, it.row.period.0),
        ..one("Bill now", 'b', |it| format!("Invoice {} now, to be paid", it.name()))
    },
    Deed {
        run: |it, desk| settling::cancel_ahead((it.row.subscription_id, &it.row.customer_name), it.row.period.0, desk),
        ..one("Cancel", 'x', |it| format!("Cancel this period of {}", it.name()))
    },
    Deed {
        key: |_| Some(Command::Print),
        word: "PDF",
        able: |_| Able::because("This period is not invoiced yet: F8 invoices it now, so that it can be paid."),
        ..one("PDF", 'f', |it| format!("PDF for {}", it.name()))
    },
];
