//! A customer joins a billing group.

use crate::domain::id::{CustomerId, GroupId};
use crate::tui::desk::{Action, Desk};
use crate::tui::forms::{Field, Form, Item, Read, lookups};
use crate::tui::reply::Reply;

/// Who joins which group.
#[derive(Debug)]
pub struct AddMember {
    group: GroupId,
    name: String,
}

impl AddMember {
    /// For this group.
    pub fn new(group: GroupId, name: &str) -> Self {
        Self { group, name: name.to_owned() }
    }
}

impl Form for AddMember {
    fn title(&self) -> String {
        format!("Add a member to {}", self.name)
    }

    fn fields(&self, _desk: &Desk) -> Vec<Field> {
        vec![Field::lookup("customer", "Customer", None)]
    }

    fn items(&self, name: &str, typed: &str, desk: &Desk) -> Vec<Item> {
        lookups::items(name, typed, desk)
    }

    fn effect(&self, _read: &mut Read<'_>, _desk: &Desk) -> Vec<String> {
        vec![
            "From now on the group is billed for this customer;".to_owned(),
            "invoices that are out stay as they are.".to_owned(),
        ]
    }

    fn submit(&self, read: &mut Read<'_>, _desk: &Desk) -> Option<Reply> {
        let customer = read.chosen::<CustomerId>("customer")?;
        Some(Reply::perform(Action::JoinGroup { group: self.group, customer }))
    }

    fn save_word(&self) -> &'static str {
        "Add"
    }
}
