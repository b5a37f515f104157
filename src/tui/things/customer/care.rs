//! What is done about a customer's record itself: addresses, groups, merging, exporting, erasing.

use super::address::AddressForm;
use crate::adapters::paper_folder;
use crate::domain::id::CustomerId;
use crate::services::DeskError;
use crate::services::actions::customer_erase::stays;
use crate::services::reads::{AddressRow, CustomerPage, customers_by_id, kept_of_erased, moves_of_merge};
use crate::shown::csv::Dialect;
use crate::shown::dossier;
use crate::tui::desk::{self, Action, Desk, Trouble};
use crate::tui::dialogs::picker::Picker;
use crate::tui::forms::{FormDialog, lookups};
use crate::tui::reply::{Entry, Question, Reply};
use crate::tui::{path, words};

/// Asks what kind of address is added; the one that holds and has the cursor can be taken off.
pub fn addresses(page: &CustomerPage, held: Option<&AddressRow>) -> Reply {
    let (id, name) = (page.row.id, page.row.name.clone());
    let stands = page.billing_address.as_ref().map(AddressRow::address).unwrap_or_default();
    let own = name.clone();
    let mut entries = vec![
        Entry::acting("New billing address", move |desk| {
            Reply::open(FormDialog::new(AddressForm::billing(id, own.clone(), stands.clone()), desk))
        }),
        Entry::acting("Shipping address", move |desk| {
            Reply::open(FormDialog::new(AddressForm::shipping(id, name.clone()), desk))
        }),
    ];
    if let Some(row) = held {
        let address = row.id;
        entries.push(Entry::acting(format!("Remove {}", row.address().one_line()), move |_| {
            Reply::perform(Action::RemoveAddress(address))
        }));
    }
    Reply::open(Picker::short("", "Addresses", entries))
}

/// Looks for the group to join.
pub fn join(customer: CustomerId, desk: &Desk) -> Reply {
    Reply::open(Picker::searching("", "Join which billing group?", desk, move |desk, typed| {
        let found = lookups::items("group", typed, desk).into_iter().filter_map(|item| {
            let group = item.key.parse().ok()?;
            let entry = Entry::acting(item.text, move |_| Reply::perform(Action::JoinGroup { group, customer }));
            Some(entry.note(item.note))
        });
        found.collect()
    }))
}

/// Asks whether the customer leaves its group.
pub fn leave(page: &CustomerPage) -> Reply {
    let group = page.row.group_name.clone().unwrap_or_default();
    let line =
        format!("Take {} out of {group}? What is not invoiced yet is then billed to the customer.", page.row.name);
    let then = Reply::perform(Action::LeaveGroup { customer: page.row.id });
    Reply::ask(Question { yes: "Leave", no: "Stay", ..Question::new("Leave billing group", &line, then) })
}

/// Looks for the other record of the same customer.
pub fn merge(page: &CustomerPage, desk: &Desk) -> Reply {
    let (own, name) = (page.row.id, page.row.name.clone());
    Reply::open(Picker::searching("", "Which customer is the same one?", desk, move |desk, typed| {
        let found = lookups::items("customer", typed, desk).into_iter().filter_map(|item| {
            let (twin, this): (CustomerId, _) = (item.key.parse().ok()?, name.clone());
            let text = item.text.clone();
            Some(Entry::acting(item.text, move |_| which_is_kept((own, &this), (twin, &text))).note(item.note))
        });
        found.collect()
    }))
}

/// Which of the two is kept.
fn which_is_kept((own, name): (CustomerId, &str), (twin, other): (CustomerId, &str)) -> Reply {
    if twin == own {
        return Reply::refuse("That is this customer: choose the other one.");
    }
    let entries = vec![
        Entry::acting(format!("Keep {name}"), move |desk| ask_to_merge(own, twin, desk)).note("this one"),
        Entry::acting(format!("Keep {other}"), move |desk| ask_to_merge(twin, own, desk)),
    ];
    Reply::open(Picker::short("", "Which one is kept?", entries))
}

/// Shows what moves, and asks.
fn ask_to_merge(kept: CustomerId, merged: CustomerId, desk: &Desk) -> Reply {
    let action = Action::MergeCustomers { kept, merged };
    if let Err(error) = desk.may_merge(kept, merged) {
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
    let name = |id: CustomerId| rows.iter().find(|row| row.id == id).map(|row| row.name.clone()).unwrap_or_default();
    let line = format!("{} will be merged into {}. This moves with it:", name(merged), name(kept));
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
    question.lines.push("It can still be found by its old name, and Ctrl+Z separates the two again.".to_owned());
    (question.yes, question.no) = ("Merge", "Leave them");
    Reply::ask(question)
}

/// Asks in which form everything held on a customer is written.
pub fn export(id: CustomerId) -> Reply {
    let as_file = |text: &str, ending: &'static str| {
        Entry::acting(text, move |desk| match exported(id, ending, desk) {
            Ok(said) => Reply::say(said),
            Err(sentence) => Reply::refuse(sentence),
        })
    };
    let entries =
        vec![as_file("As JSON", "json").note("for programs"), as_file("As CSV", "csv").note("for a spreadsheet")];
    Reply::open(Picker::short("", "Export everything about this customer", entries))
}

/// Writes everything held on a customer beside the book.
fn exported(id: CustomerId, ending: &str, desk: &Desk) -> Result<String, String> {
    let told = |error| Trouble::from(error).sentence().to_owned();
    let bytes = if ending == "csv" {
        let facts = desk.dossier_facts(id).map_err(told)?;
        dossier::table(facts, Dialect::of(desk::style(desk)))
            .map_err(|error| format!("The table could not be written: {error}."))?
    } else {
        serde_json::to_vec_pretty(&desk.dossier_json(id).map_err(told)?).unwrap_or_default()
    };
    let name = format!("customer-{id}");
    let file = paper_folder::keep_as(desk.book().path(), "exports", desk.today(), (&name, ending), &bytes)?;
    Ok(format!("Everything about this customer is in {}", path::shown(&file)))
}

/// Says what will stay, and asks.
pub fn erase(page: &CustomerPage, desk: &Desk) -> Reply {
    let id = page.row.id;
    let action = Action::EraseCustomer(id);
    if let Err(error) = desk.may_erase(id) {
        return Reply::refuse(Trouble::from(error).sentence());
    }
    let kept = desk.read(|db| kept_of_erased(db, id).map_err(DeskError::from)).unwrap_or_default();
    let line =
        format!("Erase name, contacts, addresses, notes and messages of {}? It cannot be undone.", page.row.name);
    let mut question = Question::dangerous("Erase personal data", &line, Reply::perform(action));
    let stays = stays(&kept);
    if !stays.is_empty() {
        question.lines.push(format!("Kept, as the law asks: {}.", stays.join(", ")));
    }
    question.lines.push("Older backups and papers still have it.".to_owned());
    (question.yes, question.no) = ("Erase", "Keep");
    Reply::ask(question)
}
