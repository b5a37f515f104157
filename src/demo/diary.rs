//! What is going to happen on which day.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, Weekday};

use crate::domain::calendar::add_days;
use crate::domain::id::{InvoiceId, OrderId};
use crate::domain::method::Method;

/// Something that is going to happen.
pub(super) enum Event {
    /// A person of this place in the list orders.
    Order(usize, Wish),
    /// A draft is confirmed.
    Confirm(OrderId, Pending),
    /// An order is cancelled; the units of these offers come back.
    Cancel(OrderId, Vec<usize>),
    /// A unit of this offer comes back.
    Back(usize),
    /// Something beside the contract is invoiced to a person.
    Extra(usize),
    /// An invoice is withdrawn.
    Void(InvoiceId),
    /// The money for an invoice is on its way.
    Process(InvoiceId),
    /// The money for an invoice did not come.
    Fail(InvoiceId, &'static str),
    /// A charge that failed is tried once more.
    Again(InvoiceId),
    /// Money of an invoice goes back.
    Refund(InvoiceId),
    /// A customer disputes an invoice.
    Dispute(InvoiceId),
    /// That is decided.
    Decide(InvoiceId),
    /// Money for an invoice arrives.
    Pay(InvoiceId, Pay),
    /// Somebody notes something about a person.
    Note(usize, Noted),
}

/// What kind of order it is.
#[derive(Clone, Copy)]
pub(super) enum Wish {
    /// As the chance has it.
    Any,
    /// One unit, billed monthly, from the day of the order.
    Contract { months: u32, anchor_day: Option<u32> },
    /// Left as a draft.
    Draft,
    /// Confirmed for a start far ahead, and cancelled a few days later.
    Regretted,
}

/// An order that waits to be confirmed: whose, and its contracts.
pub(super) struct Pending {
    pub person: usize,
    pub contracts: Vec<Contract>,
}

/// One unit under contract: the offer and the first day after the contract.
#[derive(Clone, Copy)]
pub(super) struct Contract {
    pub offer: usize,
    pub end_on: NaiveDate,
}

/// How money arrives.
#[derive(Clone, Copy)]
pub(super) enum Pay {
    /// What is open.
    Whole(Method),
    /// So many percent of what is open.
    Part(i64),
    /// More than is open.
    More,
    /// Everything the payer has open.
    Everything,
}

/// What is noted about somebody.
#[derive(Clone, Copy)]
pub(super) struct Noted {
    pub kind: &'static str,
    pub summary: &'static str,
    /// Days until somebody comes back to it.
    pub follow_up: Option<(i64, &'static str)>,
}

/// Events by day, in the order they were written down.
#[derive(Default)]
pub(super) struct Diary(BTreeMap<NaiveDate, Vec<Event>>);

impl Diary {
    /// Writes an event down.
    pub fn note(&mut self, day: NaiveDate, event: Event) {
        self.0.entry(day).or_default().push(event);
    }

    /// The events up to and with a day, taken out.
    pub fn take_until(&mut self, day: NaiveDate) -> Vec<Event> {
        let later = self.0.split_off(&add_days(day, 1));
        std::mem::replace(&mut self.0, later).into_values().flatten().collect()
    }
}

/// The day itself, or the Monday after a weekend: banks rest.
pub(super) fn banking_day(day: NaiveDate) -> NaiveDate {
    match day.weekday() {
        Weekday::Sat => add_days(day, 2),
        Weekday::Sun => add_days(day, 1),
        _ => day,
    }
}
