//! What can be done with a customer on its own page, and with the row under the cursor there.

use super::care;
use super::note::NoteForm;
use super::pay_method::PayMethod;
use super::preference::PreferenceForm;
use crate::services::reads::{AddressRow, CustomerPage};
use crate::tui::command::{Able, Command};
use crate::tui::desk::{Action, Payer, Target};
use crate::tui::forms::FormDialog;
use crate::tui::page::deed::{Chosen, Deed, On, one};
use crate::tui::place::Place;
use crate::tui::reply::Reply;
use crate::tui::things::invoice::new_invoice::NewInvoice;
use crate::tui::things::receipt::deeds::ThisReceipt;
use crate::tui::things::settling::mark_paid::MarkPaid;
use crate::tui::things::settling::use_credit::UseCredit;
use crate::tui::things::{settling, statement};

/// A customer on its own page.
#[derive(Debug)]
pub struct AtHome {
    pub page: Box<CustomerPage>,
    /// The payment method under the cursor.
    pub method: Option<i64>,
    /// The receipt under the cursor.
    pub receipt: Option<ThisReceipt>,
    /// The address under the cursor, while it holds.
    pub address: Option<AddressRow>,
}

impl AtHome {
    fn name(&self) -> &str {
        &self.page.row.name
    }

    fn payer(&self) -> Payer {
        Payer::Customer(self.page.row.id)
    }

    fn group(&self) -> &str {
        self.page.row.group_name.as_deref().unwrap_or_default()
    }

    fn in_group(&self) -> Able {
        Able::when(self.page.row.group_id.is_some(), "This customer is in no billing group.")
    }

    fn on_method(&self) -> Able {
        Able::when(self.method.is_some(), "Put the cursor on a row of the section Methods first.")
    }

    /// What is done with the method under the cursor.
    fn change_method(&self, action: fn(i64) -> Action) -> Reply {
        self.method.map_or(Reply::Nothing, |id| Reply::perform(action(id)))
    }
}

impl Chosen for AtHome {
    const ONE: &'static str = "customer";

    fn marked(&self) -> usize {
        0
    }
}

/// Harmless ones first.
pub static DEEDS: &[Deed<AtHome>] = &[
    Deed {
        run: |it, desk| Reply::open(FormDialog::new(NoteForm::new(it.page.row.id, it.name()), desk)),
        ..one("Add a note", 'j', |_| "Add a note".to_owned())
    },
    Deed {
        key: |_| Some(Command::New),
        on: On::Nothing,
        run: |it, _| Reply::Go(Place::NewOrder(Some(it.page.row.id))),
        ..one("New order", 'n', |_| "New order".to_owned())
    },
    Deed {
        on: On::Nothing,
        run: |it, desk| NewInvoice::open(Some(it.page.row.id), desk),
        ..one("New invoice", 'z', |_| "New extra invoice".to_owned())
    },
    Deed {
        key: |_| Some(Command::Copy),
        on: On::Nothing,
        able: |it| Able::when(!it.page.row.email.is_empty(), "This customer has no email address."),
        run: |it, _| Reply::Copy(it.page.row.email.clone()),
        ..one("Copy", 'c', |_| "Copy the email address".to_owned())
    },
    Deed {
        on: On::Nothing,
        run: |it, _| Reply::Copy(it.page.row.id.to_string()),
        ..one("Copy number", 'l', |it| format!("Copy the customer number {}", it.page.row.id))
    },
    Deed {
        on: On::Nothing,
        able: AtHome::in_group,
        run: |it, _| it.page.row.group_id.map_or(Reply::Nothing, |id| Reply::Go(Place::Group(id))),
        ..one("Open group", 'b', |it| format!("Open billing group {}", it.group()).trim_end().to_owned())
    },
    Deed {
        run: |it, desk| statement::ask(it.name(), desk),
        ..one("Statement", 'h', |_| "Statement of account as PDF".to_owned())
    },
    Deed {
        run: |it, _| care::export(it.page.row.id),
        ..one("Export", 'e', |_| "Export everything about this customer".to_owned())
    },
    Deed {
        key: |_| Some(Command::Main),
        run: |it, desk| MarkPaid::open(Target::Payer(it.payer()), desk),
        ..one("Mark paid", 'p', |it| format!("Take payment of {}", it.name()))
    },
    Deed {
        able: |it| it.receipt.as_ref().map_or(Able::NotHere, ThisReceipt::can_clear),
        run: |it, desk| it.receipt.as_ref().map_or(Reply::Nothing, |receipt| receipt.clear(desk)),
        ..one("Cleared", 'a', |it| it.receipt.as_ref().map(ThisReceipt::cleared).unwrap_or_default())
    },
    Deed {
        able: |it| it.receipt.as_ref().map_or(Able::NotHere, ThisReceipt::can_bounce),
        run: |it, desk| it.receipt.as_ref().map_or(Reply::Nothing, |receipt| receipt.bounce(desk)),
        ..one("Bounced", 'y', |it| it.receipt.as_ref().map(ThisReceipt::bounced).unwrap_or_default())
    },
    Deed {
        run: |it, _| care::addresses(&it.page, it.address.as_ref()),
        ..one("Addresses", 's', |_| "Addresses".to_owned())
    },
    Deed {
        run: |it, desk| {
            let form = PreferenceForm::new(it.page.row.id, it.name(), &it.page.preferences);
            Reply::open(FormDialog::new(form, desk))
        },
        ..one("Preferences", 'q', |_| "Preferences".to_owned())
    },
    Deed {
        run: |it, desk| Reply::open(FormDialog::new(PayMethod::new(it.page.row.id, it.name()), desk)),
        ..one("Add method", 'm', |_| "Add a payment method".to_owned())
    },
    Deed {
        able: AtHome::on_method,
        run: |it, _| it.change_method(Action::DefaultMethod),
        ..one("Default method", 'd', |_| "Make it the default method".to_owned())
    },
    Deed {
        able: AtHome::on_method,
        run: |it, _| it.change_method(Action::RemoveMethod),
        ..one("Remove method", 't', |_| "Remove the payment method".to_owned())
    },
    Deed {
        able: |it| Able::when(!it.page.row.credit.is_zero(), "This customer has no credit."),
        run: |it, desk| settling::opened(UseCredit::new(Target::Payer(it.payer()), desk), desk),
        ..one("Pay from credit", 'u', |it| format!("Use the credit of {}", it.name()))
    },
    Deed {
        able: |it| match &it.receipt {
            Some(receipt) => receipt.can_refund(),
            None => Able::when(!it.page.row.credit.is_zero(), "This customer has no credit."),
        },
        run: |it, desk| match &it.receipt {
            Some(receipt) => receipt.refund(desk),
            None => settling::refund_credit(it.payer(), desk),
        },
        ..one("Refund", 'r', |it| {
            let of = it.receipt.as_ref().map_or(it.name(), |receipt| &receipt.number);
            format!("Refund credit of {of}")
        })
    },
    Deed {
        able: |it| match it.page.row.group_id {
            None => Able::Yes,
            Some(_) => Able::Because(format!("It is in {}: it has to leave that group first.", it.group())),
        },
        run: |it, desk| care::join(it.page.row.id, desk),
        ..one("Join group", 'w', |_| "Join a billing group".to_owned())
    },
    Deed {
        able: AtHome::in_group,
        run: |it, _| care::leave(&it.page),
        ..one("Leave group", 'x', |it| format!("Leave billing group {}", it.group()).trim_end().to_owned())
    },
    Deed {
        run: |it, desk| care::merge(&it.page, desk),
        ..one("Merge", 'g', |_| "Merge with another record".to_owned())
    },
    Deed {
        able: |it| Able::when(it.page.erased_on.is_none(), "The data of this customer is erased already."),
        run: |it, desk| care::erase(&it.page, desk),
        ..one("Erase", 'v', |_| "Erase the personal data".to_owned())
    },
];
