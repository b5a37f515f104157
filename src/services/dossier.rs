//! Everything held on one customer, for a request for information: as JSON, and as facts for a table.

use serde_json::{Map, Value as Json, json};

use super::desk::Desk;
use super::refusal::{DeskError, OrUnknown, Result};
use crate::domain::currency::Currency;
use crate::domain::id::CustomerId;
use crate::domain::money::Money;
use crate::store::billing::Payer;
use crate::store::customer;
use crate::store::dossier::{Held, Section, dossier};

/// One thing known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Of which kind it is.
    pub section: &'static str,
    /// In which row of them it stands, from 1.
    pub row: i64,
    pub field: String,
    pub value: Known,
}

/// What is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    Nothing,
    Number(i64),
    Amount(Money),
    Flag(bool),
    Text(String),
}

impl Desk {
    /// Everything held on a customer and on those merged into it, as one object.
    pub fn dossier_json(&self, id: CustomerId) -> Result<Json> {
        let sections = self.dossier(id)?;
        let mut json = Map::new();
        json.insert("shop".to_owned(), self.shop()?.name.clone().into());
        json.insert("as_of".to_owned(), json!(self.today()));
        for section in &sections {
            let rows: Vec<Json> = section.rows.iter().map(|row| object(section, row)).collect();
            json.insert(section.name.to_owned(), rows.into());
        }
        Ok(Json::Object(json))
    }

    /// The same as facts, one a line of a table.
    pub fn dossier_facts(&self, id: CustomerId) -> Result<Vec<Fact>> {
        let mut facts = Vec::new();
        for section in self.dossier(id)? {
            for (number, row) in (1..).zip(&section.rows) {
                let known = written(&section, row).into_iter().filter(|(_, value)| *value != Known::Nothing);
                facts.extend(known.map(|(field, value)| Fact { section: section.name, row: number, field, value }));
            }
        }
        Ok(facts)
    }

    fn dossier(&self, id: CustomerId) -> Result<Vec<Section>> {
        self.read_of(Payer::Customer(id), |db| {
            let one = customer::current(db, id)?.or_unknown("customer", id)?;
            Ok::<_, DeskError>(dossier(db, one.id)?)
        })
    }
}

fn object(section: &Section, row: &[Held]) -> Json {
    let json = |value| match value {
        Known::Nothing => Json::Null,
        Known::Number(number) => number.into(),
        Known::Amount(money) => money.to_string().into(),
        Known::Flag(is_so) => is_so.into(),
        Known::Text(text) => text.into(),
    };
    Json::Object(written(section, row).into_iter().map(|(field, value)| (field, json(value))).collect())
}

/// The cells by name; amounts in their currency.
fn written(section: &Section, row: &[Held]) -> Vec<(String, Known)> {
    let cells = || section.columns.iter().copied().zip(row);
    let currency = cells().find_map(|(name, value)| match value {
        Held::Text(code) if name == "currency" => Currency::new(code).ok(),
        _ => None,
    });
    let cell = |(name, value): (&str, &Held)| match (name.strip_suffix("_minor"), currency, value) {
        (Some(plain), Some(currency), Held::Number(minor)) => {
            (plain.to_owned(), Known::Amount(Money::new(*minor, currency)))
        }
        (Some(plain), _, Held::Nothing) => (plain.to_owned(), Known::Nothing),
        (None, _, Held::Number(number)) if name.starts_with("is_") => (name.to_owned(), Known::Flag(*number != 0)),
        (_, _, Held::Number(number)) => (name.to_owned(), Known::Number(*number)),
        (_, _, Held::Text(text)) => (name.to_owned(), Known::Text(text.clone())),
        (_, _, Held::Nothing) => (name.to_owned(), Known::Nothing),
    };
    cells().map(cell).collect()
}
