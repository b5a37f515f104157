//! What can be done with a subscription on its page, and with the period under the cursor.

use super::change::{ChangeForm, Kind};
use super::close_deposit::CloseDeposit;
use crate::domain::deposit::DepositStanding;
use crate::domain::status::SubscriptionStatus;
use crate::services::papers::Copy;
use crate::services::reads::{ScheduleLine, SubscriptionPage, SubscriptionRow, subscription_page};
use crate::tui::command::{Able, Command};
use crate::tui::desk::{Desk, DeskError, Target, Trouble};
use crate::tui::forms::FormDialog;
use crate::tui::page::deed::{Chosen, Deed, On, one};
use crate::tui::place::Place;
use crate::tui::reply::Reply;
use crate::tui::things::settling::mark_paid::MarkPaid;
use crate::tui::things::{invoice, settling};

/// A subscription, and the period under the cursor.
#[derive(Debug)]
pub struct ThisSubscription {
    pub page: Box<SubscriptionPage>,
    pub line: Option<ScheduleLine>,
}

impl ThisSubscription {
    fn name(&self) -> String {
        self.page.row.id.shown()
    }

    fn number(&self) -> Option<&str> {
        self.line.as_ref()?.invoice_number.as_deref()
    }

    fn has_invoice(&self) -> Able {
        let on_one = self.line.as_ref().is_some_and(|line| line.invoice_id.is_some());
        Able::when(on_one, "This row is not on an invoice yet.")
    }

    fn can_pay(&self) -> Able {
        match &self.line {
            None => Able::because("Go to a payment in the schedule first."),
            Some(line) if line.invoice_number.is_none() => {
                Able::because("This period is not invoiced yet: its payment appears when it starts.")
            }
            Some(line) => Able::when(line.open.minor() > 0, "Nothing is open on this payment."),
        }
    }

    /// Whether the period under the cursor is one nobody billed yet.
    fn is_to_come(&self) -> Able {
        let is = self.line.as_ref().is_some_and(|line| line.payment_id.is_none());
        Able::when(is, "Go to a period of the schedule that is still to come.")
    }

    fn can_change(&self, kind: Kind) -> Able {
        let page = &self.page;
        let status = page.row.status;
        if !status.is_live() {
            return Able::because(&format!("It is {}.", status.word().to_lowercase()));
        }
        let is_paused = page.pauses.iter().any(|(_, to)| to.is_none()) || status == SubscriptionStatus::Paused;
        match kind {
            Kind::Pause if status == SubscriptionStatus::Suspended => Able::because("It is suspended."),
            Kind::Resume => Able::when(is_paused, "It is not paused."),
            Kind::Extend => Able::when(page.ended_on.is_none(), "It is cancelled to a day: take that back first."),
            Kind::Reprice => Able::when(page.row.next_start_on.is_some(), "No payment is left that is not billed."),
            Kind::BuyOut => Able::when(page.row.serial.is_some(), "It has no asset that could be bought."),
            _ => Able::Yes,
        }
    }

    fn change(&self, kind: Kind, desk: &Desk) -> Reply {
        Reply::open(FormDialog::new(ChangeForm::new(kind, &self.page), desk))
    }

    fn can_close_deposit(&self) -> Able {
        match &self.page.deposit {
            None => Able::because("It has no deposit."),
            Some(row) => match row.standing {
                DepositStanding::Held | DepositStanding::Unpaid => Able::Yes,
                DepositStanding::NeverPaid => Able::because("It was never paid, and is not owed any more."),
                over => Able::because(&format!("It is {} already.", over.word().to_lowercase())),
            },
        }
    }

    fn close_deposit(&self, desk: &Desk) -> Reply {
        match &self.page.deposit {
            Some(deposit) => settling::opened(CloseDeposit::new(deposit, desk), desk),
            None => Reply::Nothing,
        }
    }
}

impl Chosen for ThisSubscription {
    const ONE: &'static str = "subscription";

    fn marked(&self) -> usize {
        0
    }
}

/// A change of the contract as a deed.
macro_rules! change {
    ($kind:expr, $letter:literal) => {
        Deed {
            able: |it| it.can_change($kind),
            run: |it, desk| it.change($kind, desk),
            ..one($kind.word(), $letter, |_| $kind.word().to_owned())
        }
    };
}

/// Harmless ones first.
pub static DEEDS: &[Deed<ThisSubscription>] = &[
    Deed {
        on: On::Nothing,
        run: |it, _| Reply::Go(Place::Customer(it.page.row.customer_id)),
        ..one("Open customer", 'k', |it| format!("Open {}", it.page.row.customer_name))
    },
    Deed {
        on: On::Nothing,
        run: |it, _| Reply::Go(Place::Order(it.page.row.order_id)),
        ..one("Open order", 'o', |it| format!("Open order O-{}", it.page.row.order_id))
    },
    Deed {
        on: On::Nothing,
        able: ThisSubscription::has_invoice,
        run: |it, _| match it.line.as_ref().and_then(|line| line.invoice_id) {
            Some(id) => Reply::Go(Place::Invoice(id)),
            None => Reply::Nothing,
        },
        ..one("Open invoice", 'i', |it| format!("Open invoice {}", it.number().unwrap_or("")).trim_end().to_owned())
    },
    Deed {
        key: |_| Some(Command::Print),
        word: "PDF",
        able: ThisSubscription::has_invoice,
        run: |it, desk| match it.line.as_ref().and_then(|line| line.invoice_id) {
            Some(id) => invoice::deeds::pdf(id, Copy::Current, desk),
            None => Reply::Nothing,
        },
        ..one("PDF", 'f', |it| format!("PDF of invoice {}", it.number().unwrap_or("")).trim_end().to_owned())
    },
    Deed {
        key: |_| Some(Command::New),
        word: "New order",
        on: On::Nothing,
        run: |it, _| Reply::Go(Place::NewOrder(Some(it.page.row.customer_id))),
        ..one("New order", 'n', |it| format!("New order for {}", it.page.row.customer_name))
    },
    Deed {
        key: |_| Some(Command::Copy),
        on: On::Nothing,
        run: |it, _| Reply::Copy(it.name()),
        ..one("Copy", 'c', |it| format!("Copy the number {}", it.name()))
    },
    Deed {
        on: On::Nothing,
        able: |it| Able::when(it.page.row.serial.is_some(), "It has no asset with a serial number."),
        run: |it, _| Reply::Copy(it.page.row.serial.clone().unwrap_or_default()),
        ..one("Copy serial", 'l', |_| "Copy the serial number".to_owned())
    },
    Deed {
        key: |_| Some(Command::Main),
        word: "Mark paid",
        able: ThisSubscription::can_pay,
        run: |it, desk| match it.line.as_ref().and_then(|line| line.payment_id) {
            Some(id) => MarkPaid::open(Target::Payments(vec![id]), desk),
            None => Reply::Nothing,
        },
        ..one("Mark paid", 'p', |it| match it.number() {
            Some(number) => format!("Mark {number} as paid"),
            None => "Mark as paid".to_owned(),
        })
    },
    Deed {
        able: ThisSubscription::is_to_come,
        run: |it, _| match &it.line {
            Some(line) => settling::bill_ahead(it.page.row.id, line.start_on),
            None => Reply::Nothing,
        },
        ..one("Bill now", 'b', |_| "Invoice this period now".to_owned())
    },
    Deed {
        able: ThisSubscription::is_to_come,
        run: |it, desk| match &it.line {
            Some(line) => settling::cancel_ahead((it.page.row.id, &it.page.row.customer_name), line.start_on, desk),
            None => Reply::Nothing,
        },
        ..one("Cancel", 'x', |_| "Cancel this period".to_owned())
    },
    change!(Kind::Extend, 'e'),
    change!(Kind::Reprice, 'r'),
    change!(Kind::Replace, 'a'),
    change!(Kind::Pause, 'u'),
    change!(Kind::Resume, 'w'),
    change!(Kind::Upgrade, 'g'),
    change!(Kind::ReturnEarly, 't'),
    change!(Kind::BuyOut, 'v'),
    change!(Kind::Cancel, 'z'),
    Deed {
        able: ThisSubscription::can_close_deposit,
        run: ThisSubscription::close_deposit,
        ..one("Deposit", 'd', |_| "Return or keep the deposit".to_owned())
    },
    change!(Kind::Ship, 's'),
];

/// A subscription of the list: what is known of it there is its row, and its page is read when something is done.
#[derive(Debug)]
pub struct ListedSubscription {
    row: SubscriptionRow,
}

impl ListedSubscription {
    /// The subscription under the cursor.
    pub fn new(row: &SubscriptionRow) -> Self {
        Self { row: row.clone() }
    }

    fn lives(&self) -> Able {
        let status = self.row.status;
        Able::when(status.is_live(), &format!("It is {}.", status.word().to_lowercase()))
    }

    /// A change of the contract, or why there is none.
    fn change(&self, kind: Kind, desk: &Desk) -> Reply {
        let page = match desk.read(|db| subscription_page(db, self.row.id, desk.today()).map_err(DeskError::from)) {
            Ok(Some(page)) => page,
            Ok(None) => return Reply::refuse("The subscription is no longer in this book."),
            Err(error) => return Reply::refuse(Trouble::from(error).sentence()),
        };
        let this = ThisSubscription { page: Box::new(page), line: None };
        match this.can_change(kind) {
            Able::Because(why) => Reply::refuse(why),
            _ => this.change(kind, desk),
        }
    }
}

impl Chosen for ListedSubscription {
    const ONE: &'static str = "subscription";

    fn marked(&self) -> usize {
        0
    }
}

/// A change of the contract as a deed of the list.
macro_rules! listed_change {
    ($kind:expr, $letter:literal) => {
        Deed {
            able: ListedSubscription::lives,
            run: |it, desk| it.change($kind, desk),
            ..one($kind.word(), $letter, |it| format!("{}: {}", it.row.id.shown(), $kind.word()))
        }
    };
}

/// What can be done with a subscription that stands in the list; harmless ones first.
pub static LISTED_DEEDS: &[Deed<ListedSubscription>] = &[
    Deed {
        key: |_| Some(Command::Open),
        on: On::Nothing,
        run: |it, _| Reply::Go(Place::Subscription(it.row.id)),
        ..one("Open", 'o', |it| format!("Open {}", it.row.id.shown()))
    },
    Deed {
        on: On::Nothing,
        run: |it, _| Reply::Go(Place::Customer(it.row.customer_id)),
        ..one("Open customer", 'k', |it| format!("Open {}", it.row.customer_name))
    },
    Deed {
        on: On::Nothing,
        run: |it, _| Reply::Go(Place::NewOrder(Some(it.row.customer_id))),
        ..one("New order", 'n', |it| format!("New order for {}", it.row.customer_name))
    },
    Deed {
        key: |_| Some(Command::Copy),
        on: On::Nothing,
        run: |it, _| Reply::Copy(it.row.id.shown()),
        ..one("Copy", 'c', |it| format!("Copy the number {}", it.row.id.shown()))
    },
    Deed {
        on: On::Nothing,
        able: |it| Able::when(it.row.serial.is_some(), "It has no asset with a serial number."),
        run: |it, _| Reply::Copy(it.row.serial.clone().unwrap_or_default()),
        ..one("Copy serial", 'l', |_| "Copy the serial number".to_owned())
    },
    listed_change!(Kind::Extend, 'e'),
    listed_change!(Kind::Reprice, 'r'),
    listed_change!(Kind::Replace, 'a'),
    listed_change!(Kind::Pause, 'u'),
    listed_change!(Kind::Resume, 'w'),
    listed_change!(Kind::Upgrade, 'g'),
    listed_change!(Kind::ReturnEarly, 't'),
    listed_change!(Kind::BuyOut, 'v'),
    listed_change!(Kind::Cancel, 'z'),
    listed_change!(Kind::Ship, 's'),
];
