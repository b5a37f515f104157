//! A note on a customer: what was said, and when to come back to it.

use crate::domain::id::CustomerId;
use crate::domain::text;
use crate::services::actions::customer::NoteDraft;
use crate::tui::desk::{Action, Desk};
use crate::tui::forms::{Field, Form, Item, Read};
use crate::tui::reply::Reply;

/// The fields of a note.
#[derive(Debug)]
pub struct NoteForm {
    customer: CustomerId,
    name: String,
}

impl NoteForm {
    /// A note on this customer.
    pub fn new(customer: CustomerId, name: impl Into<String>) -> Self {
        Self { customer, name: name.into() }
    }
}

impl Form for NoteForm {
    fn title(&self) -> String {
        "New note".to_owned()
    }

    fn head(&self, _desk: &Desk) -> Vec<String> {
        vec![format!("On {}", self.name)]
    }

    fn fields(&self, desk: &Desk) -> Vec<Field> {
        let style = desk.shop().map(|shop| shop.style).unwrap_or_default();
        let kinds = [("phone", "Phone"), ("email", "Email"), ("meeting", "Meeting"), ("other", "Other")];
        let kinds = kinds.map(|(code, word)| Item::new(code, word)).to_vec();
        vec![
            Field::choice("kind", "How", kinds, "phone").width(12),
            Field::notes("summary", "What was said", "", 4),
            Field::date("follow_up_on", "Come back on", None, desk.today(), style),
            Field::text("follow_up_action", "And then").hint("empty: nothing to do"),
            Field::date("on", "Said on", Some(desk.today()), desk.today(), style),
        ]
    }

    fn submit(&self, read: &mut Read<'_>, _desk: &Desk) -> Option<Reply> {
        let summary = read.parse("summary", |text| text::clean_text(text, 10_000));
        if summary.as_deref() == Some("") {
            read.refuse("summary", "write what was said");
        }
        let on = read.date_if_any("follow_up_on");
        let said_on = read.date_if_any("on");
        let then = read.parse("follow_up_action", |text| text::clean_line(text, 300));
        if let (Some(None), Some(then)) = (on, &then)
            && !then.is_empty()
        {
            read.refuse("follow_up_on", "write the day on which to do it");
            return None;
        }
        Some(Reply::perform(Action::AddNote(NoteDraft {
            customer: self.customer,
            on: said_on?,
            kind: read.text("kind"),
            summary: summary.filter(|summary| !summary.is_empty())?,
            follow_up_on: on?,
            follow_up_action: then?,
        })))
    }
}
