//! The customer orders again: the wizard filled in as an older order was.

use std::rc::Rc;

use super::begin::{Defaults, Proposed};
use super::items::ItemsStep;
use super::terms::{Terms, TermsStep};
use super::{NewOrder, Step};
use crate::domain::id::OrderId;
use crate::domain::status::AssetState;
use crate::services::DeskError;
use crate::services::actions::customer_address::ShipTo;
use crate::services::actions::order::ItemDraft;
use crate::services::reads::{AssetFilter, Page, assets, variants_by_id};
use crate::tui::desk::{Desk, Trouble};
use crate::tui::forms::FormDialog;

/// How many free assets of a kind are looked at.
const FREE: usize = 200;

impl NewOrder {
    /// An order like an older one, from today on. Nothing is saved before the last step.
    pub fn again(id: OrderId, desk: &Desk) -> Self {
        let mut wizard = Self::new(None, desk);
        wizard.title = format!("Order O-{id} again");
        // Where the old order cannot be read, what stands there is an empty wizard, which says by itself what it needs.
        let _ = wizard.fill_in(id, desk);
        wizard
    }

    fn fill_in(&mut self, id: OrderId, desk: &Desk) -> Result<(), Trouble> {
        let old = desk.order_again(id, desk.today())?;
        self.choose(old.customer, desk)?;
        let Some(who) = &self.who else { return Ok(()) };
        let defaults = Defaults::new(
            Some(&who.page.preferences),
            (desk.today(), self.style),
            Some(who.page.row.outstanding.currency()),
        );
        let rows = propose(&old.items, desk)?;
        let items = ItemsStep::new(Rc::clone(&self.catalogue), Rc::clone(&self.places), defaults).with(&rows, desk);
        let customer = who.page.row.id;
        let terms = Terms {
            anchor_day: old.items.iter().find_map(|item| item.anchor_day),
            confirm: true,
            bill_to: old.bill_to,
            ship_to: ShipTo::Usual,
        };
        self.forms[1] = FormDialog::new(items, desk);
        self.forms[2] = FormDialog::new(TermsStep::of(customer, Some(terms), desk), desk);
        let closed = self.who.as_ref().is_some_and(|who| who.is_closed());
        (self.step, self.rows_at_first) = (if closed { Step::Customer } else { Step::Items }, rows.len());
        self.reckon();
        Ok(())
    }
}

/// The rows, each single unit with a free asset that no row before it has.
fn propose(items: &[ItemDraft], desk: &Desk) -> Result<Vec<Proposed>, Trouble> {
    let ids: Vec<_> = items.iter().map(|item| item.variant).collect();
    let known = desk.read(|db| variants_by_id(db, &ids).map_err(DeskError::from))?;
    let mut rows: Vec<Proposed> = Vec::new();
    for draft in items {
        let Some(what) = known.iter().find(|row| row.id == draft.variant) else { continue };
        let filter = AssetFilter { variant: Some(what.id), state: Some(AssetState::InStock), ..AssetFilter::default() };
        let free = desk.read(|db| assets(db, &filter, &Page::first(FREE)).map_err(DeskError::from))?.rows;
        let is_taken = |serial: &String| rows.iter().any(|row| row.serial.as_ref() == Some(serial));
        let serial = free.into_iter().map(|asset| asset.serial).find(|serial| !is_taken(serial));
        rows.push(Proposed {
            what: what.clone(),
            draft: draft.clone(),
            serial: serial.filter(|_| draft.quantity == 1),
        });
    }
    Ok(rows)
}
