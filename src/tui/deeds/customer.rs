//! What can be done with a customer that stands in a list.

use crate::tui::command::{Able, Command};
use crate::tui::deeds::{Chosen, Deed, On, one};
use crate::tui::desk::reads::CustomerRow;
use crate::tui::desk::{Payer, Target};
use crate::tui::forms::FormDialog;
use crate::tui::forms::mark_paid::MarkPaid;
use crate::tui::forms::note::NoteForm;
use crate::tui::place::Place;
use crate::tui::reply::Reply;

/// A customer; so many rows are marked.
#[derive(Debug)]
pub struct ThisCustomer {
    row: CustomerRow,
    marked: usize,
}

impl ThisCustomer {
    /// The customer under the cursor.
    pub fn new(row: &CustomerRow, marked: usize) -> Self {
        Self { row: row.clone(), marked }
    }

    /// Why no payment can be taken, if none can.
    pub fn can_pay(row: &CustomerRow) -> Able {
        Able::when(row.outstanding.minor() > 0, "This customer owes nothing.")
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
        able: |it| ThisCustomer::can_pay(&it.row),
        // Members of a group are billed with it, so it is the group that owes and pays.
        run: |it, desk| {
            let payer = it.row.group_id.map_or(Payer::Customer(it.row.id), Payer::Group);
            MarkPaid::open(Target::Payer(payer), desk)
        },
        ..one("Mark paid", 'p', |it| format!("Take payment of {}", it.row.name))
    },
];
