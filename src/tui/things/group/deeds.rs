//! What can be done with a billing group that stands in a list.

use super::form::GroupForm;
use super::group_invoice::GroupInvoice;
use super::member::AddMember;
use crate::domain::id::{CustomerId, GroupId, InvoiceId};
use crate::tui::command::{Able, Command};
use crate::tui::desk::reads::{GroupRow, group_page};
use crate::tui::desk::{Action, Desk, DeskError, Payer, Target, Trouble};
use crate::tui::forms::FormDialog;
use crate::tui::page::deed::{Chosen, Deed, On, one};
use crate::tui::place::{Narrow, Place, Tab};
use crate::tui::reply::Reply;
use crate::tui::things::settling::mark_paid::MarkPaid;
use crate::tui::things::{invoice, settling, statement};
use crate::tui::words;

/// A billing group; so many rows are marked.
#[derive(Debug)]
pub struct ThisGroup {
    row: GroupRow,
    marked: usize,
    /// F8 takes its payment, as where something was found; in its own list it makes the invoice.
    is_found: bool,
    home: Option<Home>,
}

/// What its own page knows beside.
#[derive(Debug)]
pub struct Home {
    /// The member under the cursor.
    pub member: Option<(CustomerId, String)>,
    /// The cursor is on a row.
    pub has_row: bool,
    /// Its open invoices.
    pub open: Vec<InvoiceId>,
}

impl ThisGroup {
    /// The group under the cursor of its list.
    pub fn new(row: &GroupRow, marked: usize) -> Self {
        Self { row: row.clone(), marked, is_found: false, home: None }
    }

    /// The group that was found.
    pub fn found(row: &GroupRow) -> Self {
        Self { is_found: true, ..Self::new(row, 0) }
    }

    /// The group on its own page.
    pub fn at_home(row: &GroupRow, home: Home) -> Self {
        Self { home: Some(home), ..Self::new(row, 0) }
    }

    /// What is done on its own page alone.
    fn here(&self, able: Able) -> Able {
        if self.home.is_some() { able } else { Able::NotHere }
    }

    fn owes(&self) -> Able {
        Able::when(self.row.outstanding.minor() > 0, "Nothing is open for this group.")
    }

    fn payer(&self) -> Payer {
        Payer::Group(self.row.id)
    }

    fn rows(&self, tab: Tab, view: &'static str) -> Reply {
        Reply::Go(Place::Rows(tab, Narrow { view: Some(view), find: self.row.name.clone(), ..Narrow::default() }))
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
        able: |it| match &it.home {
            Some(home) => Able::when(home.has_row, "There is nothing under the cursor."),
            None => Able::Yes,
        },
        run: |it, _| match it.home {
            Some(_) => Reply::Do(Command::Open),
            None => Reply::Go(Place::Group(it.row.id)),
        },
        ..one("Open", 'o', |it| match it.home {
            Some(_) => "Open what the cursor is on".to_owned(),
            None => format!("Open {}", it.row.name),
        })
    },
    Deed {
        on: On::Nothing,
        run: |it, _| it.rows(Tab::Invoices, "all"),
        ..one("Show invoices", 'i', |it| format!("Show the invoices of {}", it.row.name))
    },
    Deed {
        on: On::Nothing,
        able: |it| it.here(Able::Yes),
        run: |it, _| it.rows(Tab::Payments, "open"),
        ..one("Show payments", 'l', |it| format!("Show the open payments of {}", it.row.name))
    },
    Deed {
        able: |it| it.here(Able::Yes),
        run: |it, desk| statement::ask(&it.row.name, desk),
        ..one("Statement", 'h', |it| format!("Statement of account of {}", it.row.name))
    },
    Deed {
        able: |it| it.here(it.owes()),
        run: |it, desk| {
            let open = it.home.as_ref().map(|home| home.open.clone()).unwrap_or_default();
            let count = words::count(i64::try_from(open.len()).unwrap_or(i64::MAX), "invoice");
            invoice::deeds::send(open, count, desk)
        },
        ..one("Send", 'm', |it| format!("Send the open invoices of {}", it.row.name))
    },
    Deed {
        key: |_| Some(Command::Edit),
        run: |it, desk| edit(it.row.id, desk),
        ..one("Edit", 'e', |it| format!("Edit {}", it.row.name))
    },
    Deed {
        key: |it| it.home.as_ref().map(|_| Command::New),
        run: |it, desk| Reply::open(FormDialog::new(AddMember::new(it.row.id, &it.row.name), desk)),
        ..one("Add member", 'y', |it| format!("Add a member to {}", it.row.name))
    },
    Deed {
        key: |it| it.is_found.then_some(Command::Main),
        word: "Take payment",
        able: ThisGroup::owes,
        run: |it, desk| MarkPaid::open(Target::Payer(it.payer()), desk),
        ..one("Mark paid", 'p', |it| format!("Take payment of {}", it.row.name))
    },
    Deed {
        key: |it| if it.is_found { None } else { Some(Command::Main) },
        word: "Make invoice",
        run: |it, desk| Reply::open(FormDialog::new(GroupInvoice::new(&it.row, desk), desk)),
        ..one("Make invoice", 'g', |it| format!("Make the invoice of {}", it.row.name))
    },
    Deed {
        able: |it| {
            let member = it.home.as_ref().and_then(|home| home.member.as_ref());
            it.here(Able::when(member.is_some(), "Put the cursor on a member in the section Members first."))
        },
        run: |it, _| match it.home.as_ref().and_then(|home| home.member.as_ref()) {
            Some((customer, _)) => Reply::perform(Action::LeaveGroup { customer: *customer }),
            None => Reply::Nothing,
        },
        ..one("Leave group", 'x', |it| {
            let member = it.home.as_ref().and_then(|home| home.member.as_ref());
            format!("Take {} out of the group", member.map_or("a member", |(_, name)| name))
        })
    },
    Deed {
        able: |it| it.here(it.owes()),
        run: |it, desk| settling::use_credit(Target::Payer(it.payer()), desk),
        ..one("Pay from credit", 'u', |it| format!("Use the credit of {}", it.row.name))
    },
    Deed {
        able: |it| it.here(Able::when(!it.row.credit.is_zero(), "This group has no credit.")),
        run: |it, desk| settling::refund_credit(it.payer(), desk),
        ..one("Refund", 'r', |it| format!("Refund credit of {}", it.row.name))
    },
];

/// The form of a group that stands.
fn edit(id: GroupId, desk: &Desk) -> Reply {
    match desk.read(|db| group_page(db, id, desk.today()).map_err(DeskError::from)) {
        Ok(Some(page)) => Reply::open(FormDialog::new(GroupForm::edit(&page), desk)),
        Ok(None) => Reply::refuse("This group is not in the book any more."),
        Err(error) => Reply::refuse(Trouble::from(error).sentence()),
    }
}
