//! What can be done with a billing group that stands in a list.

use crate::tui::command::{Able, Command};
use crate::tui::deeds::{Chosen, Deed, On, one};
use crate::tui::desk::reads::GroupRow;
use crate::tui::desk::{Payer, Target};
use crate::tui::forms::FormDialog;
use crate::tui::forms::group_member::AddMember;
use crate::tui::forms::mark_paid::MarkPaid;
use crate::tui::place::{Narrow, Place, Tab};
use crate::tui::reply::Reply;

/// A billing group; so many rows are marked.
#[derive(Debug)]
pub struct ThisGroup {
    row: GroupRow,
    marked: usize,
    /// F8 takes its payment, as where something was found; in its own list it makes the invoice.
    is_found: bool,
}

impl ThisGroup {
    /// The group under the cursor of its list.
    pub fn new(row: &GroupRow, marked: usize) -> Self {
        Self { row: row.clone(), marked, is_found: false }
    }

    /// The group that was found.
    pub fn found(row: &GroupRow) -> Self {
        Self { is_found: true, ..Self::new(row, 0) }
    }

    /// Why no payment can be taken, if none can.
    pub fn can_pay(row: &GroupRow) -> Able {
        Able::when(row.outstanding.minor() > 0, "This group owes nothing.")
    }
}

impl Chosen for ThisGroup {
    const ONE: &'static str = "group";

    fn marked(&self) -> usize {
        self.marked
    }
}

/// Harmless ones first.
pub static DEEDS: &[Deed<ThisGroup>] = &[
    Deed {
        key: |_| Some(Command::Open),
        on: On::Nothing,
        run: |it, _| Reply::Go(Place::Group(it.row.id)),
        ..one("Open", 'o', |it| format!("Open {}", it.row.name))
    },
    Deed {
        on: On::Nothing,
        run: |it, _| {
            let narrow = Narrow { view: Some("all"), find: it.row.name.clone(), ..Narrow::default() };
            Reply::Go(Place::Rows(Tab::Invoices, narrow))
        },
        ..one("Show invoices", 'i', |it| format!("Show the invoices of {}", it.row.name))
    },
    Deed {
        run: |it, desk| Reply::open(FormDialog::new(AddMember::new(it.row.id, &it.row.name), desk)),
        ..one("Add member", 'y', |it| format!("Add a member to {}", it.row.name))
    },
    Deed {
        key: |it| it.is_found.then_some(Command::Main),
        word: "Take payment",
        able: |it| ThisGroup::can_pay(&it.row),
        run: |it, desk| MarkPaid::open(Target::Payer(Payer::Group(it.row.id)), desk),
        ..one("Mark paid", 'p', |it| format!("Take payment of {}", it.row.name))
    },
];
