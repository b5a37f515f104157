//! The sections of a customer's page, and how each is read.

use super::{Customer, head, rows};
use crate::domain::id::{AddressId, InvoiceId, NoteId, OrderId, PaymentId, ReceiptId, SubscriptionId};
use crate::services::DeskError;
use crate::services::reads::{
    InvoiceFilter, InvoiceSort, OrderFilter, Page, PaymentFilter, PaymentRow, PaymentSort, PaymentView,
    customer_activity, customer_addresses, customer_notes, customer_subscriptions, customer_upgrades, invoices,
    methods_of, orders, payments,
};
use crate::tui::desk::{Desk, Trouble};
use crate::tui::widgets::table::Row;

/// The most rows a section shows.
const MOST: usize = 1000;
/// The most open, and the most paid payments of the overview.
const AROUND: usize = 12;
/// The most rows of the log.
const LOGGED: usize = 300;

/// A section.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Section {
    Overview,
    Subscriptions,
    Orders,
    Payments,
    Invoices,
    Methods,
    Addresses,
    Notes,
    Preferences,
    Activity,
}

/// In the order of Tab.
pub(super) const SECTIONS: [Section; 10] = [
    Section::Overview,
    Section::Subscriptions,
    Section::Orders,
    Section::Payments,
    Section::Invoices,
    Section::Addresses,
    Section::Notes,
    Section::Methods,
    Section::Preferences,
    Section::Activity,
];

impl Section {
    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::Subscriptions => "Subs",
            Self::Orders => "Orders",
            Self::Payments => "Payments",
            Self::Invoices => "Invoices",
            Self::Methods => "Methods",
            Self::Addresses => "Address",
            Self::Notes => "Notes",
            Self::Preferences => "Prefs",
            Self::Activity => "Log",
        }
    }

    /// Why it has no rows, and which key makes some.
    pub(super) const fn empty(self) -> &'static str {
        match self {
            Self::Overview => "Rents nothing now. F6 takes an order.",
            Self::Subscriptions => "Never rented anything yet. F6 takes an order.",
            Self::Orders => "No orders yet. F6 takes the first one.",
            Self::Payments => "No such payments. F4 shows others; payments appear when a period starts.",
            Self::Invoices => "No invoices yet. They are made by themselves when a period starts.",
            Self::Methods => "Nobody wrote down yet how this customer pays. F6 adds a card, a mandate or another way.",
            Self::Addresses => "No address yet. F6 writes the billing address.",
            Self::Notes => "No notes yet. F6 writes one.",
            Self::Preferences => "Nothing is known of what this customer prefers or upgraded. F2 writes it down.",
            Self::Activity => "Nothing was done about this customer yet.",
        }
    }
}

/// What a row is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Key {
    Subscription(SubscriptionId),
    Order(OrderId),
    Payment(PaymentId),
    Receipt(ReceiptId),
    Invoice(InvoiceId),
    Method(i64),
    Address(AddressId),
    Note(NoteId),
    Preference(usize),
    Activity(i64),
}

impl Customer {
    /// Reads the rows of the open section.
    pub(super) fn read_section(&mut self, desk: &Desk) -> Result<Vec<Row<Key>>, Trouble> {
        let (id, today, style) = (self.id, self.today, self.style);
        let rows = match self.section() {
            section @ (Section::Overview | Section::Subscriptions) => {
                if section == Section::Overview {
                    self.around = self.payments_around(desk)?;
                }
                let found = desk.read(|db| customer_subscriptions(db, id, today).map_err(DeskError::from))?;
                let live = |one: &&_| section == Section::Subscriptions || rows::is_live(one);
                found.iter().filter(live).map(|one| rows::subscription(one, section, style)).collect()
            }
            Section::Orders => {
                let filter = OrderFilter { customer: Some(id), ..OrderFilter::default() };
                let found = desk.read(|db| orders(db, &filter, &Page::first(MOST)).map_err(DeskError::from))?;
                found.rows.iter().map(|row| rows::order(row, style)).collect()
            }
            Section::Payments if self.receipts_shown => self.read_receipts(MOST, desk)?,
            Section::Payments => {
                self.payments = self.payments_of(self.payments_shown, true, MOST, desk)?;
                self.payments.iter().map(|row| rows::payment(row, today, style)).collect()
            }
            Section::Invoices => {
                let sort = InvoiceSort::Number;
                let filter = InvoiceFilter { customer: Some(id), sort, ..InvoiceFilter::default() };
                let found =
                    desk.read(|db| invoices(db, &filter, &Page::first(MOST), today).map_err(DeskError::from))?;
                self.invoices = found.rows;
                self.invoices.iter().map(|row| rows::invoice(row, today, style)).collect()
            }
            Section::Methods => {
                let found = desk.read(|db| methods_of(db, id).map_err(DeskError::from))?;
                found.iter().map(|method| rows::method(method, today)).collect()
            }
            Section::Addresses => {
                let found = desk.read(|db| customer_addresses(db, id).map_err(DeskError::from))?;
                self.addresses = found;
                self.addresses.iter().map(|row| rows::address(row, style)).collect()
            }
            Section::Notes => {
                let found = desk.read(|db| customer_notes(db, id, MOST).map_err(DeskError::from))?;
                self.notes = found;
                self.notes.iter().map(|row| rows::note(row, style, today)).collect()
            }
            Section::Preferences => {
                let wishes = self.page.as_deref().map(|page| head::wishes(&page.preferences)).unwrap_or_default();
                let upgrades = desk.read(|db| customer_upgrades(db, id).map_err(DeskError::from))?;
                let wishes = wishes.iter().enumerate().map(|(at, wish)| rows::wish(at, wish));
                wishes.chain(upgrades.iter().map(|row| rows::upgrade(row, style))).collect()
            }
            Section::Activity => {
                let found = desk.read(|db| customer_activity(db, id, None, LOGGED).map_err(DeskError::from))?;
                found.iter().map(|row| rows::activity(row, style)).collect()
            }
        };
        Ok(rows)
    }

    fn payments_of(
        &self,
        view: PaymentView,
        reverse: bool,
        limit: usize,
        desk: &Desk,
    ) -> Result<Vec<PaymentRow>, Trouble> {
        let sort = PaymentSort::Due;
        let filter = PaymentFilter { view, customer: Some(self.id), sort, reverse, ..PaymentFilter::default() };
        let page = Page::first(limit);
        let found = desk.read(|db| payments(db, &filter, &page, self.today).map_err(DeskError::from))?;
        Ok(found.rows)
    }

    /// The oldest open payments, then those paid last.
    fn payments_around(&self, desk: &Desk) -> Result<Vec<PaymentRow>, Trouble> {
        let mut around = self.payments_of(PaymentView::Open, false, AROUND, desk)?;
        around.extend(self.payments_of(PaymentView::Paid, true, AROUND, desk)?);
        Ok(around)
    }
}
