//! The pages. Each implements [`Screen`]; none names another: they name a [`Place`], and [`open`] knows its page.

mod blank;
mod invoice;
mod invoices;
mod payment;
mod payments;

use super::desk::Desk;
use super::place::{Place, Tab};
use super::reply::Screen;

/// The screen of a place.
#[must_use]
pub fn open(place: &Place, _desk: &Desk) -> Box<dyn Screen> {
    match place {
        Place::Tab(Tab::Payments) | Place::Rows(Tab::Payments, _) => Box::new(payments::Payments::new()),
        Place::Tab(Tab::Invoices) | Place::Rows(Tab::Invoices, _) => Box::new(invoices::Invoices::new()),
        Place::Payment(id) => Box::new(payment::Payment::new(*id)),
        Place::Invoice(id) => Box::new(invoice::Invoice::new(*id)),
        _ => Box::new(blank::Blank::new(place)),
    }
}
