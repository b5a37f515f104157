//! Papers as a [`Desk`] prints them: invoices as they stand and as one would be, receipts, credit notes.

use super::action::Action;
use super::desk::Desk;
use super::done::Outcome;
use super::money_papers;
use super::papers::{Copy, made, values};
use super::refusal::{Refusal, Result};
use crate::documents::{InvoicePaper, Paper, Stamp};
use crate::domain::id::{InvoiceId, ReceiptId};
use crate::store::shop;

impl Desk {
    /// How many bytes the shop's logo has, where there is one.
    pub fn logo_size(&self) -> Result<Option<usize>> {
        self.read(shop::logo_size)
    }

    /// The names of the fonts the shop added for what the built-in ones lack.
    pub fn font_name(&self) -> Result<Option<String>> {
        let names: Vec<String> = self.read(crate::store::font::chosen)?.into_iter().map(|(_, name)| name).collect();
        Ok(Some(names.join(", ")).filter(|names| !names.is_empty()))
    }

    /// The PDF of an invoice.
    pub fn invoice_paper(&self, id: InvoiceId, copy: Copy) -> Result<Paper> {
        self.read(|db| made(db, self.shop()?, id, copy)).map(|(paper, _)| paper)
    }

    /// The PDF of a receipt: what arrived, and what it paid.
    pub fn receipt_paper(&self, id: ReceiptId) -> Result<Paper> {
        self.read(|db| money_papers::receipt_made(db, self.shop()?, id))
    }

    /// The PDF of the credit note of this number.
    pub fn credit_note_paper(&self, number: &str) -> Result<Paper> {
        self.read(|db| money_papers::note_made(db, number)).map(|(paper, _)| paper)
    }

    /// The paper of the invoice an Action would make, as a draft without number or code; the Action is tried and taken
    /// back.
    pub fn preview_paper(&self, action: &Action) -> Result<Paper> {
        let shop = self.shop()?;
        self.try_out(action, |db, done| {
            let Outcome::Invoice(id, _) = done.outcome else {
                return Err(Refusal::new("unknown", "this would make no invoice").into());
            };
            let shown = values(db, shop, id, Copy::Current)?;
            let draft = InvoicePaper {
                number: None,
                reference: String::new(),
                qr: None,
                account: None,
                stamp: Some(Stamp::Draft),
                ..shown
            };
            Ok(crate::documents::invoice(&draft)?)
        })
    }
}
