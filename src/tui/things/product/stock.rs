//! Products and assets that are there are edited, retired or sold.

use crate::domain::tax::TaxRate;
use crate::domain::{text, typed};
use crate::services::actions::catalogue::ProductDraft;
use crate::services::actions::stock::StockDraft;
use crate::services::reads::{AssetRow, VariantRow};
use crate::tui::desk::{self, Action, Desk};
use crate::tui::forms::{Field, Form, Read};
use crate::tui::reply::Reply;

/// A variant and its product as they are.
#[derive(Debug)]
pub struct EditVariant(VariantRow);

impl EditVariant {
    /// The form of a variant.
    pub fn new(row: &VariantRow) -> Self {
        Self(row.clone())
    }
}

impl Form for EditVariant {
    fn title(&self) -> String {
        "Product and variant".to_owned()
    }

    fn fields(&self, desk: &Desk) -> Vec<Field> {
        let row = &self.0;
        let rate = u32::try_from(row.tax_ppm).ok().and_then(|ppm| TaxRate::new(ppm).ok()).unwrap_or(TaxRate::ZERO);
        vec![
            Field::text("name", "Product").with(&row.product).hint("all its variants"),
            Field::text("category", "Category").with(&row.category).width(22),
            Field::text("variant", "Variant").with(&row.name),
            Field::amount("price", "Price a month").with(desk::style(desk).amount(row.price)).hint(format!(
                "{}, {}",
                row.price.currency().code(),
                desk::with_tax(desk)
            )),
            Field::amount("tax_rate", "Tax in percent").with(rate.to_string()).width(8),
        ]
    }

    fn effect(&self, _read: &mut Read<'_>, _desk: &Desk) -> Vec<String> {
        vec!["After saving: new orders have this price and tax; what runs keeps its own.".to_owned()]
    }

    fn submit(&self, read: &mut Read<'_>, desk: &Desk) -> Option<Reply> {
        let name = read.required("name");
        let category = read.parse("category", |text| text::clean_line(text, 100));
        let variant = read.required("variant");
        let price = read.amount("price", desk::style(desk), self.0.price.currency());
        let tax = read.parse("tax_rate", typed::percent);
        let draft = ProductDraft {
            name: name?,
            category: category?,
            variant: variant?,
            price: price?.to_string(),
            tax_rate: tax?.to_string(),
            currency: String::new(),
        };
        let (id, version) = (self.0.id, Some(self.0.version));
        Some(Reply::perform(Action::ChangeStock(StockDraft::Variant { id, version, draft })))
    }
}

/// An asset as it is.
#[derive(Debug)]
pub struct EditAsset(AssetRow);

impl EditAsset {
    /// The form of an asset.
    pub fn new(row: &AssetRow) -> Self {
        Self(row.clone())
    }
}

impl Form for EditAsset {
    fn title(&self) -> String {
        "Asset".to_owned()
    }

    fn head(&self, _desk: &Desk) -> Vec<String> {
        vec![self.0.product.clone()]
    }

    fn fields(&self, desk: &Desk) -> Vec<Field> {
        let (row, style) = (&self.0, desk::style(desk));
        vec![
            Field::text("serial", "Serial number").with(&row.serial).width(24),
            Field::amount("cost", "What it cost")
                .with(style.amount(row.cost))
                .hint(format!("{}, net", row.cost.currency())),
            Field::date("bought_on", "Bought on", row.bought_on, desk.today(), style),
        ]
    }

    fn submit(&self, read: &mut Read<'_>, desk: &Desk) -> Option<Reply> {
        let serial = read.required("serial");
        let cost = read.amount("cost", desk::style(desk), self.0.cost.currency());
        let bought_on = read.date_if_any("bought_on");
        let (serial, cost, bought_on) = (serial?, cost?.to_string(), bought_on?);
        let (id, version) = (self.0.id, Some(self.0.version));
        Some(Reply::perform(Action::ChangeStock(StockDraft::Asset { id, version, serial, cost, bought_on })))
    }
}

/// An asset in stock is rented no more.
#[derive(Debug)]
pub struct Dispose {
    asset: AssetRow,
    sold: bool,
}

impl Dispose {
    /// The form of an asset that is sold, or else retired.
    pub fn new(row: &AssetRow, sold: bool) -> Self {
        Self { asset: row.clone(), sold }
    }
}

impl Form for Dispose {
    fn title(&self) -> String {
        format!("{} {}", if self.sold { "Sell" } else { "Retire" }, self.asset.serial)
    }

    fn head(&self, _desk: &Desk) -> Vec<String> {
        vec![self.asset.product.clone()]
    }

    fn fields(&self, _desk: &Desk) -> Vec<Field> {
        vec![Field::text("reason", if self.sold { "To whom" } else { "Why" })]
    }

    fn effect(&self, _read: &mut Read<'_>, _desk: &Desk) -> Vec<String> {
        let bill = "Write its price on an invoice by hand, where there is one.";
        let state = if self.sold { "sold" } else { "retired" };
        let mut lines = vec![format!("After saving: {state}, no longer offered for orders.")];
        lines.extend(self.sold.then(|| bill.to_owned()));
        lines
    }

    fn submit(&self, read: &mut Read<'_>, _desk: &Desk) -> Option<Reply> {
        let reason = read.parse("reason", |text| text::clean_line(text, 300))?;
        let (id, sold) = (self.asset.id, self.sold);
        Some(Reply::perform(Action::ChangeStock(StockDraft::Dispose { id, sold, reason })))
    }
}
