//! Deposits: security money that is held, returned or kept.

use crate::services::reads::HeldRow;
use crate::shown::cell::Cell;
use crate::shown::column::{Column, Listed, Place, Side, Width, at};
use crate::shown::standing;

type Deposit = Column<HeldRow>;

impl Listed for HeldRow {
    const ONE: &'static str = "deposit";
    const COLUMNS: &'static [Column<Self>] = &[
        Deposit::new("id", |row, _| row.deposit.id.into()).table("ID", Side::Right),
        Deposit::new("subscription", |row, _| row.deposit.subscription.into())
            .table("SUBSCRIPTION", Side::Code)
            .said(|row, _| row.deposit.subscription.shown())
            .words("Subscr.", Width::Exact(9))
            .seen(|row, _| row.deposit.subscription.shown().into())
            .rising("subscription"),
        Deposit::new("subscription_status", |row, _| {
            Cell::Word(row.subscription_status.code(), row.subscription_status.word())
        })
        .words("Contract", Width::Exact(11))
        .seen(|row, _| standing::subscription(row.subscription_status)),
        Deposit::new("customer", |row, _| row.customer_id.into()),
        Deposit::new("customer_name", |row, _| (&row.customer_name).into())
            .table("CUSTOMER", Side::Left)
            .words("Customer", Width::AtLeast(16)),
        Deposit::new("amount", |row, _| row.deposit.amount.into())
            .table("AMOUNT", Side::Right)
            .numbers("Asked for", 10)
            .quiet(),
        Deposit::new("received", |row, _| row.received.into()).table("RECEIVED", Side::Right).bare(),
        Deposit::new("held", |row, _| row.held.into()).table("HELD", Side::Right).bare().numbers("Held", 10).quiet(),
        Deposit::new("kept", |row, _| row.deposit.kept.into())
            .table("KEPT", Side::Right)
            .bare()
            .numbers("Kept", 9)
            .quiet(),
        Deposit::new("returned", |row, _| row.returned.into()).numbers("Returned", 10).quiet(),
        Deposit::new("currency", |row, _| row.deposit.amount.currency().code().into()),
        Deposit::new("status", |row, _| Cell::Word(row.standing.code(), row.standing.word()))
            .table("STATUS", Side::Code)
            .words("Deposit", Width::Exact(12)),
        Deposit::new("closed_on", |row, _| row.deposit.closed_on.into()).table("CLOSED", Side::Code),
        Deposit::new("reason", |row, _| (&row.deposit.reason).into()),
    ];
}

/// The list of deposits.
pub const LIST: &[Place] = &[
    at("subscription", 95),
    at("customer_name", 90),
    at("amount", 70),
    at("held", 88),
    at("returned", 40),
    at("kept", 45),
    at("subscription_status", 60),
    at("status", 80),
];
