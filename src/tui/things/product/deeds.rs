//! What can be done with a variant of a product, and with an asset.

use super::asset::AssetForm;
use super::form::ProductForm;
use super::history;
use super::stock::{Dispose, EditAsset, EditVariant};
use crate::domain::status::AssetState;
use crate::services::actions::stock::StockDraft;
use crate::services::reads::{AssetRow, VariantRow};
use crate::tui::command::{Able, Command};
use crate::tui::desk::{self, Action, Desk};
use crate::tui::forms::FormDialog;
use crate::tui::page::deed::{Chosen, Deed, On, one};
use crate::tui::place::Place;
use crate::tui::reply::Reply;

/// Product and variant in one line.
pub fn named(row: &VariantRow) -> String {
    format!("{}, {}", row.product, row.name)
}

/// Asks for a new asset of a variant.
pub fn new_asset(row: &VariantRow, desk: &Desk) -> Reply {
    Reply::open(FormDialog::new(AssetForm::new(row.id, named(row), row.price.currency()), desk))
}

/// A variant.
#[derive(Debug)]
pub struct ThisVariant {
    row: VariantRow,
}

impl ThisVariant {
    /// The variant under the cursor.
    pub fn new(row: &VariantRow) -> Self {
        Self { row: row.clone() }
    }

    fn named(&self) -> String {
        named(&self.row)
    }
}

impl Chosen for ThisVariant {
    const ONE: &'static str = "product";

    fn marked(&self) -> usize {
        0
    }
}

/// Harmless ones first.
pub static VARIANT_DEEDS: &[Deed<ThisVariant>] = &[
    Deed {
        key: |_| Some(Command::Open),
        word: "Its assets",
        on: On::Nothing,
        run: |_, _| Reply::Do(Command::Open),
        ..one("Open", 'o', |it| format!("Show the assets of {}", it.named()))
    },
    Deed {
        on: On::Nothing,
        run: |it, desk| Reply::open(FormDialog::new(ProductForm::variant_of(&it.row.product, &it.row.category), desk)),
        ..one("New variant", 'n', |it| format!("Add another variant of {}", it.row.product))
    },
    Deed {
        key: |_| Some(Command::Main),
        run: |it, desk| new_asset(&it.row, desk),
        ..one("Add asset", 'a', |it| format!("Add an asset of {}", it.named()))
    },
    Deed {
        key: |_| Some(Command::Edit),
        run: |it, desk| Reply::open(FormDialog::new(EditVariant::new(&it.row), desk)),
        ..one("Edit", 'e', |it| format!("Edit {}: name, price, tax", it.named()))
    },
    Deed {
        run: |it, _| {
            let (id, offered) = (it.row.id, !it.row.is_offered);
            Reply::perform(Action::ChangeStock(StockDraft::Offer { id, offered }))
        },
        ..one("Offer", 'g', |it| {
            format!("Offer {} {}", it.named(), if it.row.is_offered { "no longer" } else { "again" })
        })
    },
];

/// An asset, and the variant whose assets are shown, where they are of one.
#[derive(Debug)]
pub struct ThisAsset {
    row: AssetRow,
    of: Option<VariantRow>,
}

impl ThisAsset {
    /// The asset under the cursor.
    pub fn new(row: &AssetRow, of: Option<VariantRow>) -> Self {
        Self { row: row.clone(), of }
    }

    fn rented(&self) -> Able {
        Able::when(self.row.customer_id.is_some(), "Nobody rents it.")
    }

    fn in_stock(&self) -> Able {
        Able::when(self.row.state == AssetState::InStock, "It is not in stock.")
    }
}

impl Chosen for ThisAsset {
    const ONE: &'static str = "asset";

    fn marked(&self) -> usize {
        0
    }
}

/// Harmless ones first.
pub static ASSET_DEEDS: &[Deed<ThisAsset>] = &[
    Deed {
        key: |_| Some(Command::Open),
        word: "Open",
        on: On::Nothing,
        able: ThisAsset::rented,
        run: |it, _| it.row.subscription_id.map_or(Reply::Nothing, |id| Reply::Go(Place::Subscription(id))),
        ..one("Open subscription", 's', |it| format!("Open the subscription of {}", it.row.serial))
    },
    Deed {
        on: On::Nothing,
        able: ThisAsset::rented,
        run: |it, _| it.row.customer_id.map_or(Reply::Nothing, |id| Reply::Go(Place::Customer(id))),
        ..one("Open customer", 'k', |it| format!("Open the customer of {}", it.row.serial))
    },
    Deed {
        on: On::Nothing,
        run: |it, desk| history::open(&it.row, desk::style(desk), desk),
        ..one("History", 'h', |it| format!("Who had {} when", it.row.serial))
    },
    Deed {
        key: |_| Some(Command::Main),
        on: On::Nothing,
        able: |it| Able::when(it.of.is_some(), "Say of which product: go to Products with Left."),
        run: |it, desk| it.of.as_ref().map_or(Reply::Nothing, |row| new_asset(row, desk)),
        ..one("Add asset", 'a', |it| match &it.of {
            Some(row) => format!("Add an asset of {}", named(row)),
            None => "Add an asset".to_owned(),
        })
    },
    Deed {
        key: |_| Some(Command::Edit),
        run: |it, desk| Reply::open(FormDialog::new(EditAsset::new(&it.row), desk)),
        ..one("Edit", 'e', |it| format!("Edit {}: serial and cost", it.row.serial))
    },
    Deed {
        able: ThisAsset::in_stock,
        run: |it, desk| Reply::open(FormDialog::new(Dispose::new(&it.row, false), desk)),
        ..one("Retire", 'x', |it| format!("Retire {}", it.row.serial))
    },
    Deed {
        able: ThisAsset::in_stock,
        run: |it, desk| Reply::open(FormDialog::new(Dispose::new(&it.row, true), desk)),
        ..one("Sell", 'v', |it| format!("Sell {}", it.row.serial))
    },
];
