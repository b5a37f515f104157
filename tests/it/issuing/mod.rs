//! Invoices from the book: what is kept at issue, what waits for a person, what is sent, withdrawn and stated.

mod account;
mod approving;
mod by_keys;
mod groups;
mod handing_over;
mod kept;
mod known;
mod lawful;
mod lines;
mod sending;

use rentbook::domain::id::{CustomerId, InvoiceId};
use rentbook::services::actions::invoicing::{InvoiceDraft, LineDraft};
use rentbook::services::actions::receiving::Target;
use rentbook::services::actions::shop::ShopDraft;
use rentbook::services::reads::{self, InvoiceFilter, InvoiceRow, Page};
use rentbook::services::{Action, Desk, Outcome};

use crate::fixture::{Hand, draft, shop_with, transfer};

/// A German shop that bills in EUR at 19 % and has an IBAN.
pub fn euro_shop(day: &str) -> (Desk, Hand) {
    shop_with(
        day,
        &ShopDraft {
            name: "Hafen Verleih".into(),
            currency: "EUR".into(),
            country: "DE".into(),
            language: "en".into(),
            number_style: "comma_point".into(),
            date_style: "iso".into(),
            tax_rate: "19".into(),
            iban: "DE89370400440532013000".into(),
            email: "rent@hafen.example".into(),
            ..draft()
        },
    )
}

/// An out-of-turn invoice of one line; its row number.
pub fn extra(desk: &mut Desk, customer: CustomerId, text: &str, price: &str) -> InvoiceId {
    extra_at(desk, customer, text, price, "")
}

/// The same at a tax rate.
pub fn extra_at(desk: &mut Desk, customer: CustomerId, text: &str, price: &str, tax_rate: &str) -> InvoiceId {
    let line =
        LineDraft { text: text.into(), unit_price: price.into(), tax_rate: tax_rate.into(), ..LineDraft::default() };
    let draft = InvoiceDraft { customer, lines: vec![line], due_on: None };
    match desk.perform(Action::NewInvoice(Box::new(draft))).unwrap().outcome {
        Outcome::Invoice(id, _) => id,
        other => panic!("{other:?}"),
    }
}

/// Every invoice, by number.
pub fn invoices(desk: &Desk) -> Vec<InvoiceRow> {
    let filter = InvoiceFilter { sort: reads::InvoiceSort::Number, reverse: true, ..InvoiceFilter::default() };
    let today = desk.today();
    desk.read(|db| reads::invoices(db, &filter, &Page::first(500), today)).unwrap().rows
}

/// The row of an invoice.
pub fn row(desk: &Desk, id: InvoiceId) -> InvoiceRow {
    desk.read(|db| reads::invoices_by_id(db, &[id])).unwrap().remove(0)
}

/// Pays an invoice by transfer.
pub fn pay(desk: &mut Desk, id: InvoiceId, amount: &str) {
    let money = transfer(desk, Target::Invoices(vec![id]), amount, "BT-1");
    desk.perform(Action::Receive(Box::new(money))).unwrap();
}

/// What a person cannot change from the keys yet is changed in the file.
pub fn change(desk: &Desk, sql: &str) {
    desk.book().write(|db| db.execute(sql, &[])).unwrap();
}

/// The book is right.
pub fn sound(desk: &Desk) {
    let report = desk.check_deep().unwrap();
    assert!(report.ok, "{:#?}", report.violations);
}
