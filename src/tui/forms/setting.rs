//! One setting of the shop.

use super::{Field, Form, Item, Read, shop};
use crate::domain::contract::RunningPeriod;
use crate::domain::format::{DateStyle, NumberStyle, Style};
use crate::domain::tax::{PriceBasis, TaxScope};
use crate::tui::desk::{self, Action, Desk};
use crate::tui::reply::Reply;

/// A setting, by its key, with what it says now.
#[derive(Debug)]
pub struct SettingForm {
    key: String,
    label: String,
    about: String,
    value: String,
}

impl SettingForm {
    /// The form of a setting.
    pub fn new(key: &str, label: &str, about: &str, value: &str) -> Self {
        let [key, label, about, value] = [key, label, about, value].map(str::to_owned);
        Self { key, label, about, value }
    }
}

impl Form for SettingForm {
    fn title(&self) -> String {
        "Shop settings".to_owned()
    }

    fn head(&self, _desk: &Desk) -> Vec<String> {
        if self.about.is_empty() { Vec::new() } else { vec![self.about.clone()] }
    }

    fn fields(&self, desk: &Desk) -> Vec<Field> {
        let label = self.label.clone();
        let item = Item::new(&self.value, &self.value);
        vec![match self.key.as_str() {
            "country" | "currency" | "time_zone" => {
                let items = shop::items(&self.key, &self.value);
                let known = items.into_iter().find(|known| known.key == self.value).unwrap_or(item);
                Field::lookup("value", label, Some(&known))
            }
            "locked_until" => {
                let day = self.value.parse().ok();
                Field::date("value", label, day, desk.today(), desk::style(desk))
            }
            key => match choices(key) {
                Some(items) => Field::choice("value", label, items, &self.value),
                None => Field::text("value", label).with(&self.value).width(40),
            },
        }]
    }

    fn items(&self, _name: &str, typed: &str, _desk: &Desk) -> Vec<Item> {
        shop::items(&self.key, typed)
    }

    fn submit(&self, read: &mut Read<'_>, _desk: &Desk) -> Option<Reply> {
        let value = match self.key.as_str() {
            "country" | "currency" | "time_zone" => read.chosen::<String>("value")?,
            "locked_until" => read.date_if_any("value")?.map(|day| day.to_string()).unwrap_or_default(),
            "tax_rate" | "early_return" => read.parse("value", crate::domain::typed::percent)?.to_string(),
            _ => read.text("value"),
        };
        Some(Reply::perform(Action::ChangeSetting { key: self.key.clone(), value }))
    }
}

/// The values of a setting that has a few.
fn choices(key: &str) -> Option<Vec<Item>> {
    let example = |number: NumberStyle| Style { number, date: DateStyle::Iso }.number("1200.50");
    let day = chrono::NaiveDate::from_ymd_opt(2025, 12, 3).unwrap_or_default();
    let written = |date: DateStyle| Style { number: NumberStyle::CommaPoint, date }.date(day);
    Some(match key {
        "number_style" => NumberStyle::ALL.iter().map(|style| Item::new(style.code(), example(*style))).collect(),
        "date_style" => DateStyle::ALL.iter().map(|style| Item::new(style.code(), written(*style))).collect(),
        "cancel_running_period" => vec![
            Item::new(RunningPeriod::Prorate.code(), "days left are given back"),
            Item::new(RunningPeriod::Keep.code(), "is owed to its end"),
        ],
        "use_credit" => vec![Item::new("yes", "automatically"), Item::new("no", "only when you choose it")],
        "tax_on_damage" | "tax_on_cleaning" => vec![Item::new("yes", "with tax"), Item::new("no", "without tax")],
        "prices" => vec![
            Item::new(PriceBasis::Net.code(), "without tax (net)"),
            Item::new(PriceBasis::Gross.code(), "with tax (gross)"),
        ],
        "tax_rounding" => vec![
            Item::new(TaxScope::Document.code(), "once on an invoice"),
            Item::new(TaxScope::Line.code(), "on every line"),
        ],
        "language" => {
            let languages = [("en", "English"), ("de", "German"), ("fr", "French"), ("es", "Spanish")];
            languages.map(|(code, name)| Item::new(code, name)).to_vec()
        }
        _ => return None,
    })
}
