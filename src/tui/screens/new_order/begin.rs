//! What rows of items begin with: what the customer wishes, or an order taken again.

use chrono::NaiveDate;

use crate::domain::currency::Currency;
use crate::domain::format::Style;
use crate::domain::frequency::Frequency;
use crate::services::actions::order::ItemDraft;
use crate::services::reads::{Preferences, VariantRow};

/// How many words of what a customer likes are looked for.
const LIKES: usize = 8;

/// What new rows begin with.
#[derive(Clone, Debug)]
pub(super) struct Defaults {
    pub months: i64,
    pub frequency: Frequency,
    /// What the customer likes, word by word: the variants that have most of it are offered first.
    pub likes: Vec<String>,
    pub today: NaiveDate,
    pub style: Style,
    /// What the customer pays in: nothing priced otherwise is offered.
    pub currency: Option<Currency>,
}

impl Defaults {
    /// The customer's own wishes, else twelve months, billed monthly.
    pub(super) fn new(
        wishes: Option<&Preferences>,
        (today, style): (NaiveDate, Style),
        currency: Option<Currency>,
    ) -> Self {
        let months = wishes.and_then(|wishes| wishes.months).unwrap_or(12);
        let likes = wishes.map(|wishes| likes(&wishes.text)).unwrap_or_default();
        Self {
            months,
            frequency: wishes.and_then(|wishes| wishes.frequency).unwrap_or_default(),
            likes,
            today,
            style,
            currency,
        }
    }
}

/// One row that is proposed.
#[derive(Clone, Debug)]
pub(super) struct Proposed {
    pub what: VariantRow,
    pub draft: ItemDraft,
    /// A free asset of this kind, for a single unit.
    pub serial: Option<String>,
}

/// The words of what a customer likes, without the s of a plural: `grey laptops` finds a laptop.
fn likes(text: &str) -> Vec<String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| word.chars().count() > 2);
    let singular = |word: &str| match word.strip_suffix('s') {
        Some(one) if one.chars().count() > 2 => one.to_owned(),
        _ => word.to_owned(),
    };
    words.map(singular).take(LIKES).collect()
}
