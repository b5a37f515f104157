//! What can be done with a deposit.

use crate::domain::deposit::DepositStanding;
use crate::services::reads::HeldRow;
use crate::tui::command::{Able, Command};
use crate::tui::desk::Target;
use crate::tui::page::deed::{Chosen, Deed, On, one};
use crate::tui::place::Place;
use crate::tui::reply::Reply;
use crate::tui::things::settling;
use crate::tui::things::settling::mark_paid::MarkPaid;
use crate::tui::things::subscription::close_deposit::CloseDeposit;

/// A deposit.
#[derive(Debug)]
pub struct ThisDeposit {
    row: HeldRow,
}

impl ThisDeposit {
    /// The deposit under the cursor.
    pub fn new(row: &HeldRow) -> Self {
        Self { row: row.clone() }
    }

    fn shown(&self) -> String {
        self.row.deposit.subscription.shown()
    }

    fn is_unpaid(&self) -> bool {
        self.row.standing == DepositStanding::Unpaid
    }
}

impl Chosen for ThisDeposit {
    const ONE: &'static str = "deposit";

    fn marked(&self) -> usize {
        0
    }
}

/// Harmless ones first.
pub static DEEDS: &[Deed<ThisDeposit>] = &[
    Deed {
        key: |_| Some(Command::Open),
        on: On::Nothing,
        run: |it, _| Reply::Go(Place::Subscription(it.row.deposit.subscription)),
        ..one("Open subscription", 's', |it| format!("Open {}", it.shown()))
    },
    Deed {
        on: On::Nothing,
        run: |it, _| Reply::Go(Place::Customer(it.row.customer_id)),
        ..one("Open customer", 'k', |it| format!("Open {}", it.row.customer_name))
    },
    Deed {
        key: |it| it.is_unpaid().then_some(Command::Main),
        word: "Take payment",
        able: |it| Able::when(it.row.open.minor() > 0, "Nothing is asked for any more."),
        run: |it, desk| MarkPaid::open(Target::Payments(vec![it.row.deposit.payment]), desk),
        ..one("Mark paid", 'p', |it| format!("Take the deposit of {}", it.shown()))
    },
    Deed {
        key: |it| if it.is_unpaid() { None } else { Some(Command::Main) },
        word: "Return or keep",
        able: |it| match it.row.standing {
            DepositStanding::Held | DepositStanding::Unpaid => Able::Yes,
            DepositStanding::NeverPaid => Able::because("It was never paid, and is not owed any more."),
            over => Able::because(&format!("It is {} already.", over.word().to_lowercase())),
        },
        run: |it, desk| settling::opened(CloseDeposit::new(&it.row, desk), desk),
        ..one("Deposit", 'd', |it| format!("Return or keep the deposit of {}", it.shown()))
    },
];
