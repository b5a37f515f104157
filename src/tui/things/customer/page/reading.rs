//! How each section of a customer's page is read.

use super::sections::{Key, Section};
use super::{Customer, head, rows};
use crate::services::DeskError;
use crate::services::reads::{
    OrderFilter, Page, PaymentRow, PaymentView, customer_activity, customer_addresses, customer_notes,
    customer_subscriptions, customer_upgrades, methods_of, orders,
};
use crate::tui::desk::{Desk, Trouble};
use crate::tui::widgets::table::Row;

/// The most rows a section shows.
const MOST: usize = 1000;
/// The most open, and the most paid payments of the overview.
const AROUND: usize = 12;
/// The most rows of the log.
const LOGGED: usize = 300;

impl Customer {
    /// Reads the rows of a section.
    pub(super) fn read_section(&mut self, section: Section, desk: &Desk) -> Result<Vec<Row<Key>>, Trouble> {
        let (id, today, style) = (self.id, self.today, self.style);
        let rows = match section {
            Section::Overview | Section::Subscriptions => {
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
            // Page by page: see `paged`.
            Section::Payments | Section::Invoices => Vec::new(),
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

    /// The oldest open payments, then those paid last.
    fn payments_around(&self, desk: &Desk) -> Result<Vec<PaymentRow>, Trouble> {
        let mut around = self.few_payments(PaymentView::Open, false, AROUND, desk)?;
        around.extend(self.few_payments(PaymentView::Paid, true, AROUND, desk)?);
        Ok(around)
    }
}
