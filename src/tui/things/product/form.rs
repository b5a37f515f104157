//! A product is offered, or another variant of one.

use crate::domain::currency::Currency;
use crate::domain::{text, typed};
use crate::services::actions::catalogue::ProductDraft;
use crate::tui::desk::{self, Action, Desk};
use crate::tui::forms::{Field, Form, Item, Read, shop};
use crate::tui::reply::Reply;

/// The fields of a product and one variant of it.
#[derive(Debug, Default)]
pub struct ProductForm {
    name: String,
    category: String,
}

impl ProductForm {
    /// A new product.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), category: String::new() }
    }

    /// Another variant of a product.
    pub fn variant_of(name: impl Into<String>, category: impl Into<String>) -> Self {
        Self { name: name.into(), category: category.into() }
    }
}

impl Form for ProductForm {
    fn title(&self) -> String {
        "New product or variant".to_owned()
    }

    fn fields(&self, desk: &Desk) -> Vec<Field> {
        let shop = desk.shop();
        let tax = shop.as_ref().map(|shop| shop.tax.to_string()).unwrap_or_default();
        let code = shop.map(|shop| shop.currency.code()).unwrap_or_default();
        vec![
            Field::text("name", "Product").with(&self.name).hint("new or known"),
            Field::text("category", "Category").with(&self.category).width(22),
            Field::text("variant", "Variant").hint("empty: standard"),
            Field::amount("price", "Price a month").hint(desk::with_tax(desk)),
            Field::amount("tax_rate", "Tax in percent").with(tax).width(8),
            Field::lookup("currency", "Currency", Some(&Item::new(code, code))),
        ]
    }

    fn items(&self, name: &str, typed: &str, _desk: &Desk) -> Vec<Item> {
        shop::items(name, typed)
    }

    fn submit(&self, read: &mut Read<'_>, desk: &Desk) -> Option<Reply> {
        let shop = desk.shop().ok()?;
        let name = read.required("name").and_then(|_| read.parse("name", |text| text::clean_line(text, 200)));
        let category = read.parse("category", |text| text::clean_line(text, 100));
        let variant = read.parse("variant", |text| text::clean_line(text, 200));
        let currency = read.chosen::<String>("currency").and_then(|code| Currency::new(&code).ok());
        let price = read.amount("price", shop.style, currency.unwrap_or(shop.currency));
        let tax = read.optional("tax_rate", typed::percent);
        Some(Reply::perform(Action::AddProduct(ProductDraft {
            name: name?,
            category: category?,
            variant: variant?,
            price: price?.to_string(),
            currency: currency?.code().to_owned(),
            tax_rate: tax?.map(|rate| rate.to_string()).unwrap_or_default(),
        })))
    }
}
