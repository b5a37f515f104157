//! F4 on a list: what is shown, and in which order. A thing says what can be asked of its rows ([`Wish`]); the form is one.

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Field, Form, Item, Read, lookups};
use crate::domain::format::Style;
use crate::tui::desk::Desk;
use crate::tui::reply::{Answer, Reply};

/// What a person asks for beside the saved view.
pub trait Wish: Debug + Default + Serialize + DeserializeOwned + 'static {
    /// Under this name the answer comes back.
    const ASKED: &'static str;
    const TITLE: &'static str;

    /// The fields, filled in with what holds now.
    fn fields(&self, style: Style, desk: &Desk) -> Vec<Field>;

    /// What the fields say.
    fn read(read: &mut Read<'_>, desk: &Desk) -> Option<Self>;

    /// What the form gave back; `None` when the answer is another's.
    fn from_answer(answer: &Answer) -> Option<Self> {
        (answer.asked == Self::ASKED).then(|| serde_json::from_str(&answer.key).unwrap_or_default())
    }
}

/// The fields of the order, out of codes and words; `sort` is the code that holds.
pub fn order<S>(sorts: &[(&'static str, &'static str, S)], sort: &str, reverse: bool) -> [Field; 2] {
    let usual = std::iter::once(Item::new("", "As in the view"));
    let sorts = usual.chain(sorts.iter().map(|(code, word, _)| Item::new(*code, *word))).collect();
    [Field::choice("sort", "Order", sorts, sort).width(26), Field::check("reverse", "Reversed", reverse)]
}

/// The form.
#[derive(Debug)]
pub struct FilterForm<W> {
    wish: W,
    style: Style,
}

impl<W: Wish> FilterForm<W> {
    /// The form, filled in with what holds now.
    pub fn new(wish: W, style: Style) -> Self {
        Self { wish, style }
    }
}

impl<W: Wish> Form for FilterForm<W> {
    fn writes(&self) -> bool {
        false
    }

    fn title(&self) -> String {
        W::TITLE.to_owned()
    }

    fn fields(&self, desk: &Desk) -> Vec<Field> {
        self.wish.fields(self.style, desk)
    }

    fn items(&self, name: &str, typed: &str, desk: &Desk) -> Vec<Item> {
        lookups::items(name, typed, desk)
    }

    fn save_word(&self) -> &'static str {
        "Show"
    }

    fn submit(&self, read: &mut Read<'_>, desk: &Desk) -> Option<Reply> {
        let key = serde_json::to_string(&W::read(read, desk)?).ok()?;
        Some(Reply::Give(Answer { asked: W::ASKED, key, text: String::new() }))
    }
}
