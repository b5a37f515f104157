//! One more thing on the shelf: its serial number and what it cost.

use crate::domain::currency::Currency;
use crate::domain::id::VariantId;
use crate::domain::text;
use crate::services::actions::catalogue::AssetDraft;
use crate::tui::desk::{Action, Desk};
use crate::tui::forms::{Field, Form, Read};
use crate::tui::reply::Reply;

/// The fields of an asset.
#[derive(Debug)]
pub struct AssetForm {
    variant: VariantId,
    name: String,
    currency: Currency,
}

impl AssetForm {
    /// An asset of this variant, priced in its currency.
    pub fn new(variant: VariantId, name: impl Into<String>, currency: Currency) -> Self {
        Self { variant, name: name.into(), currency }
    }
}

impl Form for AssetForm {
    fn title(&self) -> String {
        "New asset".to_owned()
    }

    fn head(&self, _desk: &Desk) -> Vec<String> {
        vec![self.name.clone()]
    }

    fn fields(&self, desk: &Desk) -> Vec<Field> {
        let style = desk.shop().map(|shop| shop.style).unwrap_or_default();
        vec![
            Field::text("serial", "Serial number").width(24),
            Field::amount("cost", "What it cost").hint(format!("{}, net", self.currency)),
            Field::date("bought_on", "Bought on", Some(desk.today()), desk.today(), style),
        ]
    }

    fn submit(&self, read: &mut Read<'_>, desk: &Desk) -> Option<Reply> {
        let style = desk.shop().map(|shop| shop.style).unwrap_or_default();
        let serial = read.required("serial").and_then(|_| read.parse("serial", |text| text::clean_line(text, 100)));
        let cost = read.amount("cost", style, self.currency);
        let bought_on = read.date_if_any("bought_on");
        let draft =
            AssetDraft { variant: self.variant, serial: serial?, cost: cost?.to_string(), bought_on: bought_on? };
        Some(Reply::perform(Action::AddAsset(draft)))
    }
}
