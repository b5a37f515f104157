//! The rows under the cursor that are changed where they stand: addresses, notes, preferences.

use super::super::address::AddressForm;
use super::super::preference::PreferenceForm;
use super::Customer;
use super::sections::{Key, Section};
use crate::services::reads::{AddressRow, CustomerPage, NoteRow};
use crate::tui::desk::{Action, Desk};
use crate::tui::forms::FormDialog;
use crate::tui::page::record::Spot;
use crate::tui::reply::Reply;

impl Customer {
    /// The address under the cursor, while it holds.
    pub(super) fn address_row(&self, at: Spot<Key>) -> Option<&AddressRow> {
        let Some(Key::Address(id)) = at.key else { return None };
        self.addresses.iter().find(|row| row.id == id && row.to_on.is_none())
    }

    /// The note under the cursor.
    pub(super) fn note_row(&self, at: Spot<Key>) -> Option<&NoteRow> {
        let Some(Key::Note(id)) = at.key else { return None };
        self.notes.iter().find(|row| row.id == id)
    }

    /// What F2 changes in this section; `None`: the customer.
    pub(super) fn edit_row(&self, page: &CustomerPage, at: Spot<Key>, desk: &Desk) -> Option<Reply> {
        match Section::at(at.section) {
            Section::Addresses => {
                let row = self.address_row(at)?;
                Some(Reply::open(FormDialog::new(AddressForm::change(self.id, &page.row.name, row), desk)))
            }
            Section::Preferences => Some(self.prefer(page, desk)),
            _ => None,
        }
    }

    pub(super) fn prefer(&self, page: &CustomerPage, desk: &Desk) -> Reply {
        Reply::open(FormDialog::new(PreferenceForm::new(self.id, &page.row.name, &page.preferences), desk))
    }

    /// The note under the cursor is followed up.
    pub(super) fn follow_up(&self, at: Spot<Key>) -> Reply {
        match self.note_row(at) {
            Some(row) if row.follow_up_on.is_some() && row.followed_up_on.is_none() => {
                Reply::perform(Action::FollowUp(row.id))
            }
            _ => Reply::refuse("This note has nothing left to do."),
        }
    }
}
