//! What is done about a customer's record itself: addresses, preferences, follow-ups, merging, exporting, erasing.

use super::super::address::AddressForm;
use super::super::preference::PreferenceForm;
use super::Customer;
use super::sections::{Key, Section};
use crate::adapters::csv_file::{self, Cell};
use crate::adapters::paper_folder;
use crate::domain::id::{AddressId, CustomerId};
use crate::services::DeskError;
use crate::services::actions::customer_erase::stays;
use crate::services::reads::{AddressRow, CustomerPage, NoteRow, customers_by_id, kept_of_erased, moves_of_merge};
use crate::tui::desk::{Action, Desk, Trouble};
use crate::tui::dialogs::picker::Picker;
use crate::tui::forms::{FormDialog, lookups};
use crate::tui::reply::{Answer, Entry, Question, Reply};
use crate::tui::{path, words};

/// Under these names what was chosen comes back.
const ADDRESS: &str = "which address";
const TWIN: &str = "same customer";
const KEEP: &str = "keep customer";
const EXPORT: &str = "export customer";

impl Customer {
    /// The address under the cursor, while it holds.
    pub(super) fn address_row(&self) -> Option<&AddressRow> {
        let Some(Key::Address(id)) = self.key() else { return None };
        self.addresses.iter().find(|row| row.id == id && row.to_on.is_none())
    }

    /// The note under the cursor.
    pub(super) fn note_row(&self) -> Option<&NoteRow> {
        let Some(Key::Note(id)) = self.key() else { return None };
        self.notes.iter().find(|row| row.id == id)
    }

    /// What F2 changes in this section; `None`: the customer.
    pub(super) fn edit_row(&self, page: &CustomerPage, desk: &Desk) -> Option<Reply> {
        match self.section() {
            Section::Addresses => {
                let row = self.address_row()?;
                Some(Reply::open(FormDialog::new(AddressForm::change(self.id, &page.row.name, row), desk)))
            }
            Section::Preferences => Some(self.prefer(page, desk)),
            _ => None,
        }
    }

    pub(super) fn prefer(&self, page: &CustomerPage, desk: &Desk) -> Reply {
        Reply::open(FormDialog::new(PreferenceForm::new(self.id, &page.row.name, &page.preferences), desk))
    }

    /// Asks what kind of address is added.
    pub(super) fn which_address(&self) -> Reply {
        let mut entries =
            vec![Entry::new("billing", "New billing address"), Entry::new("shipping", "Shipping address")];
        if let Some(row) = self.address_row() {
            entries.push(Entry::new("remove", format!("Take off {}", row.address().one_line())));
        }
        Reply::open(Picker::short(ADDRESS, "Addresses", entries))
    }

    /// The note under the cursor is followed up.
    pub(super) fn follow_up(&self) -> Reply {
        match self.note_row() {
            Some(row) if row.follow_up_on.is_some() && row.followed_up_on.is_none() => {
                Reply::perform(Action::FollowUp(row.id))
            }
            _ => Reply::refuse("This note asks for nothing that is still to be done."),
        }
    }

    /// Looks for the other record of the same customer.
    pub(super) fn start_merge(desk: &Desk) -> Reply {
        Reply::open(Picker::searching(TWIN, "Which customer is the same one?", desk, customers_like))
    }

    /// Which of the two is kept.
    fn which_is_kept(&mut self, page: &CustomerPage, twin: CustomerId, name: &str) -> Reply {
        if twin == self.id {
            return Reply::refuse("That is this customer: choose the other one.");
        }
        self.twin = Some(twin);
        let entries = vec![
            Entry::new(self.id.to_string(), format!("Keep {}", page.row.name)).note("this one"),
            Entry::new(twin.to_string(), format!("Keep {name}")),
        ];
        Reply::open(Picker::short(KEEP, "Which one is kept?", entries))
    }

    /// Shows what moves, and asks.
    fn ask_to_merge(&self, kept: CustomerId, desk: &Desk) -> Reply {
        let Some(twin) = self.twin else { return Reply::Nothing };
        let merged = if kept == self.id { twin } else { self.id };
        let action = Action::MergeCustomers { kept, merged };
        if let Err(error) = desk.try_out(&action, |_, _| Ok(())) {
            return Reply::refuse(Trouble::from(error).sentence());
        }
        let read = desk.read(|db| {
            let rows = customers_by_id(db, &[merged, kept], desk.today())?;
            Ok::<_, DeskError>((moves_of_merge(db, merged)?, rows))
        });
        let (moves, rows) = match read {
            Ok(found) => found,
            Err(error) => return Reply::refuse(Trouble::from(error).sentence()),
        };
        let name =
            |id: CustomerId| rows.iter().find(|row| row.id == id).map(|row| row.name.clone()).unwrap_or_default();
        let line = format!("{} is read as {} from then on. This comes along:", name(merged), name(kept));
        let mut question = Question::new("Merge customers", &line, Reply::perform(action));
        let counted = [
            (moves.orders, "order"),
            (moves.subscriptions, "subscription"),
            (moves.invoices, "invoice"),
            (moves.payments, "payment"),
            (moves.receipts, "receipt"),
            (moves.notes, "note"),
        ];
        let come = counted.into_iter().filter(|(count, _)| *count > 0);
        let come: Vec<String> = come.map(|(count, one)| words::count(count, one)).collect();
        question.lines.push(if come.is_empty() { "nothing but its name".to_owned() } else { come.join(", ") });
        question.lines.push("It stays findable by its old name, and Ctrl+Z parts the two again.".to_owned());
        (question.yes, question.no) = ("Merge", "Leave them");
        Reply::ask(question)
    }

    pub(super) fn start_export() -> Reply {
        let entries = vec![
            Entry::new("json", "As JSON").note("for programs"),
            Entry::new("csv", "As CSV").note("for a spreadsheet"),
        ];
        Reply::open(Picker::short(EXPORT, "Export all held on this customer", entries))
    }

    /// Writes everything held on this customer beside the book.
    fn export(&self, ending: &str, desk: &Desk) -> Reply {
        match self.exported(ending, desk) {
            Ok(said) => Reply::say(said),
            Err(sentence) => Reply::refuse(sentence),
        }
    }

    fn exported(&self, ending: &str, desk: &Desk) -> Result<String, String> {
        let told = |error| Trouble::from(error).sentence().to_owned();
        let bytes = if ending == "csv" {
            let facts = desk.dossier_facts(self.id).map_err(told)?;
            let rows = facts.into_iter().map(|fact| fact.map(Cell::Text).to_vec());
            csv_file::bytes(&["section", "row", "field", "value"], rows)
        } else {
            serde_json::to_vec_pretty(&desk.dossier_json(self.id).map_err(told)?).unwrap_or_default()
        };
        let name = format!("customer-{}", self.id);
        let file = paper_folder::keep_as(desk.book().path(), "exports", desk.today(), (&name, ending), &bytes)?;
        Ok(format!("Everything held on this customer is in {}", path::shown(&file)))
    }

    /// Says what will stay, and asks.
    pub(super) fn ask_to_erase(&self, page: &CustomerPage, desk: &Desk) -> Reply {
        let action = Action::EraseCustomer(self.id);
        if let Err(error) = desk.try_out(&action, |_, _| Ok(())) {
            return Reply::refuse(Trouble::from(error).sentence());
        }
        let id = self.id;
        let kept = desk.read(|db| kept_of_erased(db, id).map_err(DeskError::from)).unwrap_or_default();
        let line =
            format!("Erase name, contacts, addresses, notes and messages of {}? It cannot be undone.", page.row.name);
        let mut question = Question::dangerous("Erase personal data", &line, Reply::perform(action));
        let stays = stays(&kept);
        if !stays.is_empty() {
            question.lines.push(format!("The law keeps: {}.", stays.join(", ")));
        }
        question.lines.push("Backups and papers made before still hold it.".to_owned());
        (question.yes, question.no) = ("Erase", "Keep");
        Reply::ask(question)
    }

    /// Takes the answer of one of these dialogs; `None` where it is another's.
    pub(super) fn cared(&mut self, answer: &Answer, desk: &Desk) -> Option<Reply> {
        let page = self.page.clone()?;
        let name = page.row.name.clone();
        Some(match (answer.asked, answer.key.as_str()) {
            (ADDRESS, "billing") => {
                let stands = page.billing_address.as_ref().map(AddressRow::address).unwrap_or_default();
                Reply::open(FormDialog::new(AddressForm::billing(self.id, name, stands), desk))
            }
            (ADDRESS, "shipping") => Reply::open(FormDialog::new(AddressForm::shipping(self.id, name), desk)),
            (ADDRESS, _) => self.address_row().map_or(Reply::Nothing, |row| removed(row.id)),
            (TWIN, id) => id.parse().map_or(Reply::Nothing, |twin| self.which_is_kept(&page, twin, &answer.text)),
            (KEEP, id) => id.parse().map_or(Reply::Nothing, |kept| self.ask_to_merge(kept, desk)),
            (EXPORT, ending) => self.export(ending, desk),
            _ => return None,
        })
    }
}

fn removed(id: AddressId) -> Reply {
    Reply::perform(Action::RemoveAddress(id))
}

/// The customers that fit what is typed.
fn customers_like(desk: &Desk, typed: &str) -> Vec<Entry> {
    let found = lookups::items("customer", typed, desk);
    found.into_iter().map(|item| Entry::new(item.key, item.text).note(item.note)).collect()
}
