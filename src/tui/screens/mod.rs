//! The pages. Each implements [`Screen`]; none names another: they name a [`Place`], and [`open`] knows its page. Lists
//! and pages of a thing stand in `things`.

mod blank;
pub mod first_start;
mod new_order;
mod reports;
mod settings;
mod today;

use super::desk::Desk;
use super::page::list::ListPage;
use super::page::record::RecordPage;
use super::place::{Narrow, Place, Tab};
use super::reply::Screen;
use super::things::{
    activity, credit_note, customer, deposit, group, invoice, message, order, payment, product, receipt, subscription,
};

/// The screen of a place.
pub fn open(place: &Place, desk: &Desk) -> Box<dyn Screen> {
    match place {
        Place::Tab(Tab::Today) | Place::Rows(Tab::Today, _) => Box::new(today::Today::new()),
        Place::Tab(Tab::Customers) | Place::Rows(Tab::Customers, _) => {
            Box::new(ListPage::new(customer::list::Customers::default()))
        }
        Place::Tab(Tab::Groups) | Place::Rows(Tab::Groups, _) => {
            Box::new(ListPage::new(group::list::Groups::default()))
        }
        Place::Group(id) => Box::new(RecordPage::new(group::page::Group::new(*id))),
        Place::Tab(Tab::Payments) | Place::Rows(Tab::Payments, _) => {
            Box::new(ListPage::new(payment::list::Payments::default()))
        }
        Place::Tab(Tab::Invoices) | Place::Rows(Tab::Invoices, _) => {
            Box::new(ListPage::new(invoice::list::Invoices::default()))
        }
        Place::Payment(id) => Box::new(RecordPage::new(payment::page::Payment::new(*id))),
        Place::Invoice(id) => Box::new(RecordPage::new(invoice::page::Invoice::new(*id))),
        Place::Customer(id) => Box::new(RecordPage::new(customer::page::Customer::new(*id))),
        Place::CustomerIn(id, filter) => {
            Box::new(RecordPage::new(customer::page::Customer::new(*id).among(filter.as_ref().clone())))
        }
        Place::Order(id) => Box::new(RecordPage::new(order::page::Order::new(*id))),
        Place::Subscription(id) => Box::new(RecordPage::new(subscription::page::Subscription::new(*id))),
        Place::NewOrder(customer) => Box::new(new_order::NewOrder::new(*customer, desk)),
        Place::OrderAgain(id) => Box::new(new_order::NewOrder::again(*id, desk)),
        Place::Page("new order") => Box::new(new_order::NewOrder::new(None, desk)),
        Place::Page("messages") => Box::new(ListPage::new(message::list::Messages)),
        Place::Page("orders") => Box::new(ListPage::new(order::list::Orders)),
        Place::Page("subscriptions") => Box::new(ListPage::new(subscription::list::Subscriptions::default())),
        Place::Page("deposits") => Box::new(ListPage::new(deposit::list::Deposits)),
        Place::Page("receipts") => Box::new(ListPage::new(receipt::list::Receipts)),
        Place::Page("credit notes") => Box::new(ListPage::new(credit_note::list::CreditNotes)),
        Place::Page("activity") => Box::new(ListPage::new(activity::list::Activities)),
        Place::Undoable => {
            let mut page = ListPage::new(activity::list::Activities);
            page.narrow(&Narrow { view: Some("undoable"), ..Narrow::default() });
            Box::new(page)
        }
        Place::Page("products") => Box::new(ListPage::new(product::list::Products::default())),
        Place::Tab(Tab::Reports) | Place::Rows(Tab::Reports, _) => Box::new(reports::Reports::new()),
        Place::Page("shop settings") => Box::new(settings::Settings::new()),
        _ => Box::new(blank::Blank::new(place)),
    }
}
