//! Bringing the rows of the list, and the details of the one under the cursor.

use super::{Customers, rows};
use crate::services::DeskError;
use crate::services::reads::{CustomerRow, customer_page, customers};
use crate::tui::desk::{self, Desk, Trouble};
use crate::tui::widgets::records::Shown;

impl Customers {
    /// Brings the rows that are wanted, and the details of the one under the cursor.
    pub(super) fn load(&mut self, desk: &Desk) -> Result<(), Trouble> {
        let (filter, today) = (self.shown(), desk.today());
        let shop = desk.shop()?;
        (self.style, self.currency) = (shop.style, shop.currency);
        let style = self.style;
        let shown = Shown {
            row: |row: &CustomerRow| rows::row(row, style),
            cursor: |row: &CustomerRow| row.cursor(filter.sort),
        };
        self.waits = desk::must_wait(desk, filter.is_first_view());
        if self.waits {
            self.listing.table.wait();
        } else {
            let tally = &mut self.tally;
            self.records.fill(&mut self.listing.table, &shown, |page| {
                let slice = desk.read(|db| customers(db, &filter, page, today).map_err(DeskError::from))?;
                if let Some(totals) = slice.totals.clone() {
                    tally.know(totals);
                }
                Ok::<_, Trouble>(slice)
            })?;
        }
        let key = self.listing.table.key();
        if self.page.as_ref().map(|page| page.row.id) != key {
            self.page = match key {
                Some(id) => desk.read(|db| customer_page(db, id, today).map_err(DeskError::from))?.map(Box::new),
                None => None,
            };
            let page = self.page.as_deref();
            self.details = page.map(|page| rows::details(page, style, today)).unwrap_or_default();
        }
        Ok(())
    }
}
