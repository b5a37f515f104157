//! One setting of the shop.

use super::logo::LogoForm;
use super::{Field, Form, FormDialog, Item, Read, shop};
use crate::services::actions::shop_settings::{Setting, setting};
use crate::tui::desk::{self, Action, Desk, Trouble};
use crate::tui::reply::Reply;

/// A setting, with what it says now.
#[derive(Debug)]
pub struct SettingForm {
    setting: &'static Setting,
    value: String,
}

impl SettingForm {
    /// The form of a setting.
    pub fn new(setting: &'static Setting, value: String) -> Self {
        Self { setting, value }
    }
}

impl Form for SettingForm {
    fn title(&self) -> String {
        "Shop settings".to_owned()
    }

    fn head(&self, _desk: &Desk) -> Vec<String> {
        if self.setting.about.is_empty() { Vec::new() } else { vec![self.setting.about.to_owned()] }
    }

    fn fields(&self, desk: &Desk) -> Vec<Field> {
        let label = self.setting.label;
        let item = Item::new(&self.value, &self.value);
        vec![match self.setting.key {
            "country" | "currency" | "time_zone" => {
                let items = shop::items(self.setting.key, &self.value);
                let known = items.into_iter().find(|known| known.key == self.value).unwrap_or(item);
                Field::lookup("value", label, Some(&known))
            }
            "locked_until" => {
                let day = self.value.parse().ok();
                Field::date("value", label, day, desk.today(), desk::style(desk))
            }
            _ => match (self.setting.choices)() {
                few if few.is_empty() => Field::text("value", label).with(&self.value).width(40),
                few => {
                    let items = few.into_iter().map(|(code, words)| Item::new(code, words)).collect();
                    Field::choice("value", label, items, &self.value)
                }
            },
        }]
    }

    fn items(&self, _name: &str, typed: &str, _desk: &Desk) -> Vec<Item> {
        shop::items(self.setting.key, typed)
    }

    fn submit(&self, read: &mut Read<'_>, _desk: &Desk) -> Option<Reply> {
        let value = match self.setting.key {
            "country" | "currency" | "time_zone" => read.chosen::<String>("value")?,
            "locked_until" => read.date_if_any("value")?.map(|day| day.to_string()).unwrap_or_default(),
            "tax_rate" | "early_return" => read.parse("value", crate::domain::typed::percent)?.to_string(),
            _ => read.text("value"),
        };
        Some(Reply::perform(Action::ChangeSetting { key: self.setting.key.to_owned(), value }))
    }
}

/// The form of a setting by its key, wherever it is changed from.
pub fn form_of(key: &str, desk: &Desk) -> Reply {
    if key == "logo" {
        return Reply::open(FormDialog::new(LogoForm, desk));
    }
    let Some(setting) = setting(key) else { return Reply::Nothing };
    let shop = match desk.shop() {
        Ok(shop) => shop,
        Err(error) => return Reply::refuse(Trouble::from(error).sentence()),
    };
    Reply::open(FormDialog::new(SettingForm::new(setting, (setting.get)(shop)), desk))
}
