//! The pages. Each implements [`Screen`]; none names another: they name a [`Place`], and [`open`] knows its page.

mod blank;
mod customer;
mod customers;
pub mod first_start;
mod group;
mod groups;
mod invoice;
mod invoices;
mod messages;
mod new_order;
mod order;
mod payment;
mod payments;
mod products;
mod reports;
mod settings;
mod subscription;
mod today;

use super::desk::Desk;
use super::place::{Place, Tab};
use super::reply::Screen;

/// The screen of a place.
pub fn open(place: &Place, desk: &Desk) -> Box<dyn Screen> {
    match place {
        Place::Tab(Tab::Today) | Place::Rows(Tab::Today, _) => Box::new(today::Today::new()),
        Place::Tab(Tab::Customers) | Place::Rows(Tab::Customers, _) => Box::new(customers::Customers::new()),
        Place::Tab(Tab::Groups) | Place::Rows(Tab::Groups, _) => Box::new(groups::Groups::new()),
        Place::Group(id) => Box::new(group::Group::new(*id)),
        Place::Tab(Tab::Payments) | Place::Rows(Tab::Payments, _) => Box::new(payments::Payments::new()),
        Place::Tab(Tab::Invoices) | Place::Rows(Tab::Invoices, _) => Box::new(invoices::Invoices::new()),
        Place::Payment(id) => Box::new(payment::Payment::new(*id)),
        Place::Invoice(id) => Box::new(invoice::Invoice::new(*id)),
        Place::Customer(id) => Box::new(customer::Customer::new(*id)),
        Place::CustomerIn(id, filter) => Box::new(customer::Customer::new(*id).among(filter.as_ref().clone())),
        Place::Order(id) => Box::new(order::Order::new(*id)),
        Place::Subscription(id) => Box::new(subscription::Subscription::new(*id)),
        Place::NewOrder(customer) => Box::new(new_order::NewOrder::new(*customer, desk)),
        Place::OrderAgain(id) => Box::new(new_order::NewOrder::again(*id, desk)),
        Place::Page("new order") => Box::new(new_order::NewOrder::new(None, desk)),
        Place::Page("messages") => Box::new(messages::Messages::new()),
        Place::Page("products") => Box::new(products::Products::new()),
        Place::Tab(Tab::Reports) | Place::Rows(Tab::Reports, _) => Box::new(reports::Reports::new()),
        Place::Page("shop settings") => Box::new(settings::Settings::new()),
        _ => Box::new(blank::Blank::new(place)),
    }
}
