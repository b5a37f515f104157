//! What rows look like: the JSON scripts rely on, and the columns people read. One file a thing.

pub mod credit_note;
pub mod customer;
pub mod group;
pub mod invoice;
pub mod money;
pub mod subscription;

use serde_json::{Value, json};

use crate::domain::money::Money;
use crate::services::reads::SavedAddress;

/// An amount as JSON: a decimal string with the currency's digits.
pub fn amount(money: Money) -> Value {
    Value::String(money.to_string())
}

/// A file or folder as JSON: a name that is no UTF-8 is shown as well as it can be, never a reason to stop.
pub fn place(path: &std::path::Path) -> Value {
    path.to_string_lossy().into()
}

/// An address that something is billed or shipped to.
pub fn saved_address(saved: &SavedAddress) -> Value {
    json!({ "id": saved.id, "label": saved.label, "text": saved.address.one_line() })
}

/// A rate in parts per million as a fraction of one with four digits: `"0.9167"`.
pub fn fraction(ppm: Option<i64>) -> Value {
    ppm.map_or(Value::Null, |ppm| {
        let rounded = (ppm + 50) / 100;
        format!("{}.{:04}", rounded / 10_000, rounded % 10_000).into()
    })
}

/// A rate in parts per million as percent with one digit: `91.7 %`.
pub fn percent(ppm: Option<i64>) -> String {
    ppm.map_or_else(
        || "-".to_owned(),
        |ppm| {
            let tenths = (ppm + 500) / 1_000;
            format!("{}.{} %", tenths / 10, tenths % 10)
        },
    )
}

/// Parts per million as percent, without idle zeros: `19`, `9.975`.
pub fn rate(ppm: i64) -> String {
    rust_decimal::Decimal::new(ppm, 4).normalize().to_string()
}
