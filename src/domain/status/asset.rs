//! One physical asset.

use serde::{Deserialize, Serialize};

use super::{shown, transitions};

/// Where an asset is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AssetState {
    /// In the shop, free to rent.
    #[default]
    InStock,
    /// With a customer.
    Rented,
    /// Taken out of service.
    Retired,
    /// No longer the shop's.
    Sold,
}

shown!(AssetState {
    InStock = "in_stock", "In stock", '.';
    Rented = "rented", "Rented", '+';
    Retired = "retired", "Retired", '-';
    Sold = "sold", "Sold", '$';
});

transitions!(AssetState {
    InStock => Rented | Retired | Sold;
    Rented => InStock | Sold;
});
