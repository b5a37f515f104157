//! What a customer prefers; it fills in orders beforehand and says how messages reach it.

use super::customer_reading::current;
use super::customer_undo;
use crate::domain::frequency::Frequency;
use crate::domain::id::CustomerId;
use crate::domain::log::{Log, Subject};
use crate::domain::method::Method;
use crate::domain::text;
use crate::domain::was::Was;
use crate::services::done::{Done, Outcome, Touched};
use crate::services::reads::Preferences;
use crate::services::refusal::{OfField, Refusal, Result};
use crate::services::work::{Entry, Work};
use crate::store::activity::Activity;
use crate::store::preference;

/// The channels, with their words.
pub const CHANNELS: [(&str, &str); 4] =
    [("email", "Email"), ("phone", "Phone"), ("post", "Post"), ("none", "No messages")];

/// What a person says of it; an empty field is no preference.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PreferenceDraft {
    /// Months of a contract.
    pub months: String,
    /// The word of a [`Frequency`].
    pub frequency: String,
    /// A payment method by its code.
    pub method: String,
    /// `email`, `phone`, `post` or `none`.
    pub channel: String,
    pub text: String,
}

impl PreferenceDraft {
    /// What is saved, as a person would say it.
    pub fn of(saved: &Preferences) -> Self {
        Self {
            months: saved.months.map(|months| months.to_string()).unwrap_or_default(),
            frequency: saved.frequency.map(|frequency| frequency.code().to_owned()).unwrap_or_default(),
            method: saved.method.map(|method| method.code().to_owned()).unwrap_or_default(),
            channel: saved.channel.clone().unwrap_or_default(),
            text: saved.text.clone(),
        }
    }

    fn values(&self) -> [(&'static str, &String); 5] {
        [
            ("Contract months", &self.months),
            ("Billed every", &self.frequency),
            ("Pays by", &self.method),
            ("Channel", &self.channel),
            ("Likes", &self.text),
        ]
    }

    fn read(&self) -> Result<Preferences> {
        let said = |value: &str| Some(value.trim().to_owned()).filter(|value| !value.is_empty());
        let months = said(&self.months).map(|months| match months.parse::<i64>() {
            Ok(months @ 1..=600) => Ok(months),
            _ => Err(Refusal::of_field("months", "write a number of months from 1 to 600")),
        });
        let frequency = said(&self.frequency).map(|code| code.parse::<Frequency>().of_field("frequency"));
        let method = said(&self.method).map(|code| code.parse::<Method>().of_field("method"));
        let channel = said(&self.channel);
        if channel.as_ref().is_some_and(|channel| !CHANNELS.iter().any(|(code, _)| code == channel)) {
            return Err(Refusal::of_field("channel", "write email, phone, post or none").into());
        }
        Ok(Preferences {
            months: months.transpose()?,
            frequency: frequency.transpose()?,
            method: method.transpose()?,
            channel,
            text: text::clean_line(&self.text, 500).of_field("likes")?,
        })
    }
}

/// Saves what a customer prefers.
pub(in crate::services) fn set(work: &Work, id: CustomerId, draft: &PreferenceDraft) -> Result<Done> {
    let customer = current(work, id)?;
    let before = PreferenceDraft::of(&preference::of(work.db, customer.id)?);
    let new = draft.read()?;
    preference::save(work.db, customer.id, customer.version, &new)?;
    let mut was = Was::default();
    let after = PreferenceDraft::of(&new);
    for ((label, before), (_, after)) in before.values().into_iter().zip(after.values()) {
        was.note(label, before, after);
    }
    work.log(&Entry {
        customer: Some(customer.id),
        text: Some(was.text()).filter(|text| !text.is_empty()),
        ..Entry::new(Log::SetPreferences, Subject::Customer(customer.id))
    })?;
    let said = format!("What {} prefers is saved; new orders begin with it.", customer.display_name().full());
    Ok(Done::new(said, Outcome::Customer(customer.id), &[Touched::Customers]))
}

/// Puts back what was preferred before.
pub(in crate::services) fn take_back(work: &Work, found: &Activity) -> Result<String> {
    let (id, was) = (customer_undo::customer_of(found)?, customer_undo::was(found));
    customer_undo::refuse_later(work, found, id, &[Log::SetPreferences, Log::EraseCustomer])?;
    let customer = current(work, id)?;
    let mut draft = PreferenceDraft::of(&preference::of(work.db, customer.id)?);
    for (label, value) in [
        ("Contract months", &mut draft.months),
        ("Billed every", &mut draft.frequency),
        ("Pays by", &mut draft.method),
        ("Channel", &mut draft.channel),
        ("Likes", &mut draft.text),
    ] {
        if let Some(before) = was.before(label) {
            before.clone_into(value);
        }
    }
    preference::save(work.db, customer.id, customer.version, &draft.read()?)?;
    Ok("The preferences are as they were.".to_owned())
}
