//! The pages. Each implements [`Screen`]; none names another: they name a [`Place`], and [`open`] knows its page.

mod blank;
mod customers;
pub mod first_start;
mod group;
mod groups;
mod new_order;
mod payments;
mod reports;
mod settings;

use super::desk::Desk;
use super::place::{Place, Tab};
use super::reply::Screen;

/// The screen of a place.
#[must_use]
pub fn open(place: &Place, desk: &Desk) -> Box<dyn Screen> {
    match place {
        Place::Tab(Tab::Customers) | Place::Rows(Tab::Customers, _) => Box::new(customers::Customers::new()),
        Place::Tab(Tab::Groups) | Place::Rows(Tab::Groups, _) => Box::new(groups::Groups::new()),
        Place::Group(id) => Box::new(group::Group::new(*id)),
        Place::Tab(Tab::Payments) | Place::Rows(Tab::Payments, _) => Box::new(payments::Payments::new()),
        Place::NewOrder(customer) => Box::new(new_order::NewOrder::new(*customer, desk)),
        Place::Tab(Tab::Reports) | Place::Rows(Tab::Reports, _) => Box::new(reports::Reports::new()),
        Place::Page("shop settings") => Box::new(settings::Settings::new()),
        _ => Box::new(blank::Blank::new(place)),
    }
}
