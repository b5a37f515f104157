//! A change that needs a reason and nothing else: waived, written off, disputed, bounced, cancelled.

use super::{Field, Form, Item, Read, Subject};
use crate::domain::reason::{CancelReason, DisputeOutcome};
use crate::domain::text;
use crate::tui::desk::{Action, Desk};
use crate::tui::reply::{Question, Reply};

/// What is asked before it is done, as the words on the two buttons.
type Asked = (String, &'static str, &'static str);

/// Turns the number of the record, the chosen code and the words into the Action.
type Make = Box<dyn Fn(i64, &str, String) -> Option<Action>>;

/// A reason, from a list or in words.
pub struct Because {
    title: String,
    subject: Subject,
    head: Vec<String>,
    effect: String,
    choices: Vec<Item>,
    save: &'static str,
    /// Words are needed; where there is a list they may be left out.
    needs_words: bool,
    asks: Option<Asked>,
    id: i64,
    make: Make,
}

impl std::fmt::Debug for Because {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Because").field("title", &self.title).field("id", &self.id).finish_non_exhaustive()
    }
}

impl Because {
    /// A form about a record; `make` turns its number, the chosen code and the words into the Action.
    pub fn new(
        title: impl Into<String>,
        id: i64,
        make: impl Fn(i64, &str, String) -> Option<Action> + 'static,
    ) -> Self {
        let make = Box::new(make);
        let (head, effect) = (Vec::new(), String::new());
        let (choices, save, needs_words, asks) = (Vec::new(), "Save", true, None);
        Self {
            title: title.into(),
            subject: Subject::default(),
            head,
            effect,
            choices,
            save,
            needs_words,
            asks,
            id,
            make,
        }
    }

    /// With what it is about in the title line.
    pub fn of(self, subject: Subject) -> Self {
        Self { subject, ..self }
    }

    /// With what it is about above the field.
    pub fn about(self, head: Vec<String>) -> Self {
        Self { head, ..self }
    }

    /// With what saving will do.
    pub fn effect(self, effect: impl Into<String>) -> Self {
        Self { effect: effect.into(), ..self }
    }

    /// With reasons to choose from; words are added to them.
    pub fn choices(self, choices: Vec<Item>) -> Self {
        Self { choices, needs_words: false, ..self }
    }

    /// The reason may be left out.
    pub fn words_if_any(self) -> Self {
        Self { needs_words: false, ..self }
    }

    /// With another word on the button.
    pub fn saying(self, save: &'static str) -> Self {
        Self { save, ..self }
    }

    /// Asked about once more, for it cannot be taken back.
    pub fn asking(self, line: String, yes: &'static str, no: &'static str) -> Self {
        Self { asks: Some((line, yes, no)), ..self }
    }
}

/// Why a payment is not owed any more.
pub fn cancel_reasons() -> Vec<Item> {
    CancelReason::ALL.iter().map(|reason| Item::new(reason.code(), reason.word())).collect()
}

/// How a dispute ends.
pub fn outcomes() -> Vec<Item> {
    DisputeOutcome::ALL.iter().map(|outcome| Item::new(outcome.code(), outcome.word())).collect()
}

impl Form for Because {
    fn title(&self) -> String {
        self.title.clone()
    }

    fn subject(&self) -> Subject {
        self.subject.clone()
    }

    fn head(&self, _desk: &Desk) -> Vec<String> {
        self.head.clone()
    }

    fn fields(&self, _desk: &Desk) -> Vec<Field> {
        let words = Field::text("reason", if self.choices.is_empty() { "Reason" } else { "In words" }).width(44);
        if self.choices.is_empty() {
            return vec![words];
        }
        let first = self.choices.first().map(|item| item.key.clone()).unwrap_or_default();
        vec![Field::choice("kind", "Reason", self.choices.clone(), &first).width(26).hint("F4 list"), words]
    }

    fn effect(&self, _read: &mut Read<'_>, _desk: &Desk) -> Vec<String> {
        vec![self.effect.clone()]
    }

    fn save_word(&self) -> &'static str {
        self.save
    }

    fn leave_word(&self) -> &'static str {
        // "Cancel" would say both.
        if self.save == "Cancel it" { "Keep it" } else { "Cancel" }
    }

    fn submit(&self, read: &mut Read<'_>, _desk: &Desk) -> Option<Reply> {
        let words = if self.needs_words {
            read.required("reason")?
        } else {
            read.parse("reason", |words| text::clean_line(words, 300))?
        };
        let then = Reply::perform((self.make)(self.id, &read.text("kind"), words)?);
        let Some((line, yes, no)) = &self.asks else { return Some(then) };
        let mut question = Question::dangerous(&self.subject.heading(&self.title), line, then);
        (question.yes, question.no) = (yes, no);
        Some(Reply::ask(question))
    }
}
