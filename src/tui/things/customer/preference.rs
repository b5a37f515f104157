//! What a customer prefers.

use crate::domain::frequency::Frequency;
use crate::domain::id::CustomerId;
use crate::domain::method::Method;
use crate::domain::text;
use crate::services::actions::customer_preference::{CHANNELS, PreferenceDraft};
use crate::services::reads::Preferences;
use crate::tui::desk::{Action, Desk};
use crate::tui::forms::lookups::or_any;
use crate::tui::forms::{Field, Form, Item, Read};
use crate::tui::reply::Reply;

/// The fields of what is preferred.
#[derive(Debug)]
pub struct PreferenceForm {
    customer: CustomerId,
    name: String,
    draft: PreferenceDraft,
}

impl PreferenceForm {
    /// What this customer prefers, as it is saved.
    pub fn new(customer: CustomerId, name: impl Into<String>, saved: &Preferences) -> Self {
        Self { customer, name: name.into(), draft: PreferenceDraft::of(saved) }
    }
}

impl Form for PreferenceForm {
    fn title(&self) -> String {
        "Preferences".to_owned()
    }

    fn head(&self, _desk: &Desk) -> Vec<String> {
        vec![self.name.clone()]
    }

    fn fields(&self, _desk: &Desk) -> Vec<Field> {
        let draft = &self.draft;
        let every = or_any(Frequency::ALL.iter().map(|one| Item::new(one.code(), one.word())));
        let methods = or_any(Method::ALL.iter().map(|method| Item::new(method.code(), method.word())));
        let channels = or_any(CHANNELS.into_iter().map(|(code, word)| Item::new(code, word)));
        vec![
            Field::text("months", "Contract months").with(&draft.months).width(5).hint("empty: no preference"),
            Field::choice("frequency", "Billed every", every, &draft.frequency).width(16),
            Field::choice("method", "Pays by", methods, &draft.method),
            Field::choice("channel", "Contact by", channels, &draft.channel),
            Field::text("likes", "Likes").with(&draft.text).hint("products, colours"),
        ]
    }

    fn effect(&self, _read: &mut Read<'_>, _desk: &Desk) -> Vec<String> {
        vec!["New orders begin with it; running contracts stay as they are.".to_owned()]
    }

    fn submit(&self, read: &mut Read<'_>, _desk: &Desk) -> Option<Reply> {
        let months = read.parse("months", |text| match text.parse::<u32>() {
            Ok(1..=600) => Ok(text.to_owned()),
            Err(_) if text.is_empty() => Ok(String::new()),
            _ => Err("write a number of months from 1 to 600"),
        });
        let likes = read.parse("likes", |text| text::clean_line(text, 500));
        let draft = PreferenceDraft {
            months: months?,
            frequency: read.text("frequency"),
            method: read.text("method"),
            channel: read.text("channel"),
            text: likes?,
        };
        Some(Reply::perform(Action::SetPreferences { customer: self.customer, draft: Box::new(draft) }))
    }
}
