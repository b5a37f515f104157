//! Step 3: on which day it bills, whether it is confirmed at once, and where it is billed and shipped to.

use super::places;
use crate::domain::id::{AddressId, CustomerId};
use crate::services::actions::customer_address::ShipTo;
use crate::tui::desk::Desk;
use crate::tui::forms::{Field, Form, Item, Read, lookups};
use crate::tui::reply::Reply;

/// The fields of the step.
#[derive(Debug, Default)]
pub(super) struct TermsStep {
    customer: Option<CustomerId>,
    before: Option<Terms>,
    usual: Option<Item>,
    bill_to: Option<Item>,
}

impl TermsStep {
    /// For this customer, shipped as usual; day and confirmation stay as they were, and so does an address of this
    /// customer that is billed.
    pub(super) fn of(customer: CustomerId, before: Option<Terms>, desk: &Desk) -> Self {
        let bill_to = before.and_then(|before| before.bill_to).and_then(|id| places::known(customer, id, desk));
        Self { customer: Some(customer), before, usual: places::usual(customer, desk), bill_to }
    }
}

/// What they say.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Terms {
    /// The day of the month it bills on; each item's own start where none is named.
    pub anchor_day: Option<u32>,
    /// It is confirmed in the same step.
    pub confirm: bool,
    /// Where it is billed to; none: the billing address.
    pub bill_to: Option<AddressId>,
    /// Where every item goes of which nobody says more.
    pub ship_to: ShipTo,
}

impl Terms {
    /// `Billed on day 1 of the month`.
    pub(super) fn billing(self) -> String {
        match self.anchor_day {
            Some(day) => format!("day {day} of the month"),
            None => "the day each item starts".to_owned(),
        }
    }
}

/// Reads the fields.
pub(super) fn read_terms(read: &mut Read<'_>) -> Option<Terms> {
    let anchor_day = read.optional("anchor", |text| match text.parse() {
        Ok(day @ 1..=31) => Ok(day),
        _ => Err("write a day of the month from 1 to 31, or nothing"),
    });
    let (bill_to, ship_to) = (read.chosen_if_any("bill_to"), lookups::ship_to(read));
    let confirm = read.text("confirm") == "now";
    Some(Terms { anchor_day: anchor_day?, confirm, bill_to: bill_to?, ship_to: ship_to? })
}

impl Form for TermsStep {
    fn title(&self) -> String {
        "New order".to_owned()
    }

    fn fields(&self, _desk: &Desk) -> Vec<Field> {
        let when = vec![Item::new("now", "Confirm now"), Item::new("draft", "Keep as a draft")];
        let confirm = if self.before.is_none_or(|before| before.confirm) { "now" } else { "draft" };
        let day = self.before.and_then(|before| before.anchor_day).map(|day| day.to_string()).unwrap_or_default();
        vec![
            Field::text("anchor", "Bills on day").with(day).width(4).hint("1 to 31; empty: the day each item starts"),
            Field::choice("confirm", "When saved", when, confirm),
            Field::lookup("bill_to", "Bill to", self.bill_to.as_ref()).width(30).hint(lookups::BILLING),
            Field::lookup("ship_to", "Ship to", self.usual.as_ref()).width(30).hint(lookups::BILLING),
        ]
    }

    fn items(&self, name: &str, typed: &str, desk: &Desk) -> Vec<Item> {
        self.customer.map(|customer| lookups::addresses(customer, name, typed, desk)).unwrap_or_default()
    }

    fn submit(&self, read: &mut Read<'_>, _desk: &Desk) -> Option<Reply> {
        read_terms(read).map(|_| Reply::Close)
    }
}

/// What the choices mean, below the fields.
pub(super) fn meaning(terms: Terms, lead_days: u32) -> Vec<String> {
    let confirm = if terms.confirm {
        "Confirm now: subscriptions start, and what is due is invoiced."
    } else {
        "Keep as a draft: nothing is billed until somebody confirms it."
    };
    let anchor = match terms.anchor_day {
        Some(_) => "Days before the first billing day are a shorter period, priced by the day.",
        None => "Each item bills on the day of the month on which it starts.",
    };
    let lead = match lead_days {
        0 => "Each period is invoiced on its first day.".to_owned(),
        1 => "Each period is invoiced one day before its first day.".to_owned(),
        many => format!("Each period is invoiced {many} days before its first day."),
    };
    let bill_to = "Its invoices go to that billing address; those of a billing group to the group's.";
    let bill_to = terms.bill_to.map(|_| bill_to.to_owned());
    [confirm.to_owned(), anchor.to_owned(), lead].into_iter().chain(bill_to).collect()
}
