//! What a person is told before money that arrived is written down: what it can pay, how this payer paid the last
//! time, whether the reference was seen before.

use chrono::NaiveDate;

use super::actions::payable::{self, Target};
use super::desk::Desk;
use super::refusal::Result;
use crate::store::billing::Payer;
use crate::store::receipt::{self, Owed, Said};

impl Desk {
    /// Who pays the target, and what it has open.
    pub fn payable(&self, target: &Target) -> Result<(Payer, Vec<Owed>)> {
        self.read(|db| payable::payable(db, target))
    }

    /// What is on its way to what a payer owes, in words; nothing where none is.
    pub fn on_its_way(&self, payer: Payer) -> Result<Option<String>> {
        let style = self.shop()?.style;
        self.read(|db| payable::on_its_way(db, style, payer))
    }

    /// What was said of the newest receipt: of this payer, or of all.
    pub fn newest_receipt(&self, payer: Option<Payer>) -> Result<Option<Said>> {
        self.read(|db| receipt::newest(db, payer))
    }

    /// The standing receipt of this reference: its number and day.
    pub fn receipt_with_reference(&self, reference: &str) -> Result<Option<(String, NaiveDate)>> {
        self.read(|db| receipt::with_reference(db, reference))
    }
}
