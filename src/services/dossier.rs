//! Everything held on one customer, for a request for information: as JSON, and as rows for a table.

use serde_json::{Map, Value as Json, json};

use super::desk::Desk;
use super::refusal::{DeskError, OrUnknown, Result};
use crate::domain::currency::Currency;
use crate::domain::id::CustomerId;
use crate::domain::money::Money;
use crate::store::customer;
use crate::store::dossier::{Section, dossier};

/// One thing known: of which kind, in which row, which field, what it holds.
pub type Fact = [String; 4];

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
            for (number, row) in section.rows.iter().enumerate() {
                for (field, value) in written(&section, row) {
                    facts.extend(value.map(|value| [section.name.to_owned(), (number + 1).to_string(), field, value]));
                }
            }
        }
        Ok(facts)
    }

    fn dossier(&self, id: CustomerId) -> Result<Vec<Section>> {
        self.read(|db| {
            let one = customer::current(db, id)?.or_unknown("customer", id)?;
            Ok::<_, DeskError>(dossier(db, one.id)?)
        })
    }
}

fn object(section: &Section, row: &[Option<String>]) -> Json {
    let cells = written(section, row).into_iter().map(|(field, value)| (field, value.map_or(Json::Null, Json::String)));
    Json::Object(cells.collect())
}

/// The cells by name; amounts as the decimal text of their currency.
fn written(section: &Section, row: &[Option<String>]) -> Vec<(String, Option<String>)> {
    let cells = || section.columns.iter().copied().zip(row);
    let currency = cells().find(|(name, _)| *name == "currency").and_then(|(_, value)| value.as_deref());
    let currency = currency.and_then(|code| Currency::new(code).ok());
    let cell = |(name, value): (&str, &Option<String>)| match (name.strip_suffix("_minor"), currency) {
        (Some(plain), Some(currency)) => {
            let minor = value.as_deref().and_then(|value| value.parse().ok());
            (plain.to_owned(), minor.map(|minor| Money::new(minor, currency).to_string()))
        }
        _ => (name.to_owned(), value.clone()),
    };
    cells().map(cell).collect()
}
