//! A value that is shown: what it is, not how it looks. Each place writes it in its own way.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::Value;

use crate::domain::id::{
    ActivityId, AddressId, AssetId, ClassId, CreditNoteId, CustomerId, GroupId, InvoiceId, NoteId, OrderId, PaymentId,
    ProductId, ReceiptId, SubscriptionId, VariantId,
};
use crate::domain::money::Money;

/// One cell.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Cell {
    /// Nothing is known, or there is none.
    #[default]
    Nothing,
    /// Somebody's text.
    Text(String),
    /// A text of ours that is no formula: the number of a paper, an instant.
    Plain(String),
    /// One of a closed set: the word of scripts, the word of people.
    Word(&'static str, &'static str),
    Day(NaiveDate),
    Money(Money),
    /// A count or the number of a row.
    Count(i64),
    /// Parts per million, shown as percent: `19`, `9.975`.
    Percent(i64),
    /// A share in parts per million, shown as a part of one with four digits: `0.9167`.
    Share(i64),
    Flag(bool),
}

impl Cell {
    /// As scripts read it in JSON: amounts and rates as decimal texts, days as ISO.
    pub fn json(&self) -> Value {
        match self {
            Self::Nothing => Value::Null,
            Self::Text(text) | Self::Plain(text) => text.as_str().into(),
            Self::Word(code, _) => (*code).into(),
            Self::Day(day) => day.to_string().into(),
            Self::Money(_) | Self::Percent(_) | Self::Share(_) => self.decimal().into(),
            Self::Count(count) => (*count).into(),
            Self::Flag(is_so) => (*is_so).into(),
        }
    }

    /// A number as plain decimal text, with a point; empty where it is none.
    pub fn decimal(&self) -> String {
        match self {
            Self::Money(money) => money.to_string(),
            Self::Count(count) => count.to_string(),
            Self::Percent(ppm) => Decimal::new(*ppm, 4).normalize().to_string(),
            Self::Share(ppm) => {
                let rounded = (ppm + 50) / 100;
                format!("{}.{:04}", rounded / 10_000, rounded % 10_000)
            }
            _ => String::new(),
        }
    }

    /// Somebody's text.
    pub fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// What a value is as a cell.
macro_rules! cells {
    ($($kind:ty: $value:ident => $cell:expr;)+) => {$(
        impl From<$kind> for Cell {
            fn from($value: $kind) -> Self {
                $cell
            }
        }
    )+};
}

cells! {
    NaiveDate: day => Self::Day(day);
    Money: money => Self::Money(money);
    bool: is_so => Self::Flag(is_so);
    i64: count => Self::Count(count);
    u32: count => Self::Count(i64::from(count));
    &String: text => Self::Text(text.clone());
    &str: text => Self::text(text);
    ActivityId: id => Self::Count(id.0);
    AddressId: id => Self::Count(id.0);
    AssetId: id => Self::Count(id.0);
    ClassId: id => Self::Count(id.0);
    CreditNoteId: id => Self::Count(id.0);
    CustomerId: id => Self::Count(id.0);
    GroupId: id => Self::Count(id.0);
    InvoiceId: id => Self::Count(id.0);
    NoteId: id => Self::Count(id.0);
    OrderId: id => Self::Count(id.0);
    PaymentId: id => Self::Count(id.0);
    ProductId: id => Self::Count(id.0);
    ReceiptId: id => Self::Count(id.0);
    SubscriptionId: id => Self::Count(id.0);
    VariantId: id => Self::Count(id.0);
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Nothing, Into::into)
    }
}
