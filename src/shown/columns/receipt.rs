//! Receipts: money that arrived.

use crate::domain::money::Money;
use crate::services::Payer;
use crate::services::reads::{ListedReceipt, ReceiptHead};
use crate::shown::cell::Cell;
use crate::shown::column::{Column, Listed, Place, Side, Width, at};
use crate::shown::standing;

type Own = Column<ReceiptHead>;
type Receipt = Column<ListedReceipt>;

/// The columns of a receipt, whether its payer is named beside it or known to whoever asks.
macro_rules! columns {
    ($column:ident, $row:ident => $head:expr, $($payer:expr)?) => {
        &[
            $column::new("receipt", |$row, _| (&$head.number).into())
                .table("RECEIPT", Side::Code)
                .words("Number", Width::Exact(12)),
            $column::new("id", |$row, _| $head.id.into()),
            $column::new("received_on", |$row, _| $head.received_on.into())
                .table("RECEIVED", Side::Code)
                .words("Received", Width::Exact(11))
                .falling("received"),
            $column::new("cleared_on", |$row, _| $head.cleared_on.into()),
            $column::new("customer", |$row, _| match $head.payer {
                Payer::Customer(id) => id.into(),
                Payer::Group(_) => Cell::Nothing,
            }),
            $column::new("group", |$row, _| match $head.payer {
                Payer::Group(id) => id.into(),
                Payer::Customer(_) => Cell::Nothing,
            }),
            $($payer,)?
            $column::new("method", |$row, _| Cell::Word($head.method.code(), $head.method.word()))
                .table("METHOD", Side::Left)
                .words("Method", Width::Exact(13)),
            $column::new("reference", |$row, _| (&$head.reference).into())
                .table("REFERENCE", Side::Left)
                .words("Reference", Width::AtLeast(12)),
            $column::new("amount", |$row, _| Money::new($head.amount_minor, $head.currency).into())
                .table("AMOUNT", Side::Right)
                .numbers("Amount", 10)
                .quiet(),
            $column::new("allocated", |$row, _| Money::new($head.allocated_minor, $head.currency).into()),
            $column::new("refunded", |$row, _| Money::new($head.refunded_minor, $head.currency).into()),
            $column::new("credit", |$row, _| Money::new($head.unapplied(), $head.currency).into())
                .table("CREDIT", Side::Right)
                .numbers("Credit", 9)
                .quiet(),
            $column::new("currency", |$row, _| $head.currency.code().into()),
            $column::new("status", |$row, _| Cell::Word($head.state.code(), $head.state.word()))
                .table("STATUS", Side::Code)
                .words("Status", Width::Exact(11))
                .seen(|$row, _| standing::receipt($head.state)),
        ]
    };
}

impl Listed for ReceiptHead {
    const ONE: &'static str = "receipt";
    const COLUMNS: &'static [Column<Self>] = columns!(Own, row => row,);
}

impl Listed for ListedReceipt {
    const ONE: &'static str = "receipt";
    const COLUMNS: &'static [Column<Self>] = columns!(Receipt, row => row.head,
        Receipt::new("payer_name", |row, _| (&row.payer_name).into())
            .table("PAYER", Side::Left)
            .words("Payer", Width::AtLeast(16))
    );
}

/// The list of receipts.
pub const LIST: &[Place] = &[
    at("receipt", 90),
    at("received_on", 85),
    at("payer_name", 95),
    at("method", 40),
    at("reference", 60),
    at("amount", 88),
    at("credit", 50),
    at("status", 70),
];
