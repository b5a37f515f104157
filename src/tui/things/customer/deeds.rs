//! What can be done with a customer that stands in a list.

use super::form::CustomerForm;
use super::note::NoteForm;
use crate::domain::id::CustomerId;
use crate::tui::command::{Able, Command};
use crate::tui::desk::reads::{self, CustomerRow};
use crate::tui::desk::{Desk, DeskError, Payer, Target, Trouble};
use crate::tui::forms::FormDialog;
use crate::tui::page::deed::{Chosen, Deed, On, one};
use crate::tui::place::Place;
use crate::tui::reply::Reply;
use crate::tui::things::settling::mark_paid::MarkPaid;

/// A customer; so many rows are marked.
#[derive(Debug)]
pub struct ThisCustomer {
    row: CustomerRow,
    marked: usize,
    /// Found by a text: there F8 is about what is owed. In the list money is taken ahead too.
    is_found: bool,
}

impl ThisCustomer {
    /// The customer under the cursor.
    pub fn new(row: &CustomerRow, marked: usize) -> Self {
        Self { row: row.clone(), marked, is_found: false }
    }

    /// The customer that was found.
    pub fn found(row: &CustomerRow) -> Self {
        Self { is_found: true, ..Self::new(row, 0) }
    }
}

impl Chosen for ThisCustomer {
    const ONE: &'static str = "customer";

    fn marked(&self) -> usize {
        self.marked
    }
}

/// Harmless ones first.
pub static DEEDS: &[Deed<ThisCustomer>] = &[
    Deed {
        key: |_| Some(Command::Open),
        on: On::Nothing,
        run: |it, _| Reply::Go(Place::Customer(it.row.id)),
        ..one("Open", 'o', |it| format!("Open {}", it.row.name))
    },
    Deed {
        run: |it, _| Reply::Go(Place::NewOrder(Some(it.row.id))),
        ..one("New order", 'n', |it| format!("New order for {}", it.row.name))
    },
    Deed {
        run: |it, desk| Reply::open(FormDialog::new(NoteForm::new(it.row.id, &it.row.name), desk)),
        ..one("Add a note", 'j', |it| format!("Add a note to {}", it.row.name))
    },
    Deed {
        key: |_| Some(Command::Edit),
        run: |it, desk| edit(it.row.id, desk),
        ..one("Edit", 'e', |it| format!("Edit {}", it.row.name))
    },
    Deed {
        on: On::Nothing,
        able: |it| Able::when(!it.row.email.is_empty(), "This customer has no email address."),
        run: |it, _| Reply::Copy(it.row.email.clone()),
        ..one("Copy", 'c', |it| match it.row.email.as_str() {
            "" => "Copy the email address".to_owned(),
            email => format!("Copy {email}"),
        })
    },
    Deed {
        key: |_| Some(Command::Main),
        word: "Take payment",
        able: |it| Able::when(!it.is_found || it.row.outstanding.minor() > 0, "This customer owes nothing."),
        // Members of a group are billed with it, so it is the group that owes and pays what was found.
        run: |it, desk| {
            let group = it.row.group_id.filter(|_| it.is_found);
            let payer = group.map_or(Payer::Customer(it.row.id), Payer::Group);
            MarkPaid::open(Target::Payer(payer), desk)
        },
        ..one("Mark paid", 'p', |it| format!("Take payment of {}", it.row.name))
    },
];

/// The form of a customer as it stands.
fn edit(id: CustomerId, desk: &Desk) -> Reply {
    match desk.read(|db| reads::customer_page(db, id, desk.today()).map_err(DeskError::from)) {
        Ok(Some(page)) => Reply::open(FormDialog::new(CustomerForm::edit(&page), desk)),
        Ok(None) => Reply::refuse("This customer is not in the book any more."),
        Err(error) => Reply::refuse(Trouble::from(error).sentence()),
    }
}
