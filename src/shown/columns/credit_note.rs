//! Credit notes: documents like invoices, found by their own numbers.

use crate::domain::money::Money;
use crate::services::reads::CreditNote;
use crate::shown::cell::Cell;
use crate::shown::column::{Column, Listed, Place, Side, Width, at};

type Note = Column<CreditNote>;

impl Listed for CreditNote {
    const ONE: &'static str = "credit note";
    const COLUMNS: &'static [Column<Self>] = &[
        Note::new("id", |row, _| row.id.into()),
        Note::new("number", |row, _| (&row.number).into())
            .table("NUMBER", Side::Code)
            .words("Number", Width::Exact(12)),
        Note::new("kind", |_, _| Cell::Word("credit_note", "Credit note")),
        Note::new("invoice", |row, _| (&row.invoice_number).into())
            .table("INVOICE", Side::Code)
            .words("Invoice", Width::Exact(11)),
        Note::new("payer_name", |row, _| (&row.payer_name).into())
            .table("PAYER", Side::Left)
            .words("Payer", Width::AtLeast(16)),
        Note::new("issued_on", |row, _| row.issued_on.into())
            .table("DATED", Side::Code)
            .words("Issued", Width::Exact(11))
            .falling("issued"),
        Note::new("subtotal", |row, _| Money::new(row.total.net, row.currency).into()),
        Note::new("tax", |row, _| Money::new(row.total.tax, row.currency).into()),
        Note::new("total", |row, _| Money::new(row.total.gross(), row.currency).into())
            .table("TOTAL", Side::Right)
            .numbers("Amount", 10),
        Note::new("currency", |row, _| row.currency.code().into()),
        Note::new("status", |row, _| status(row)).table("STATUS", Side::Code),
        Note::new("reason", |row, _| (&row.reason).into())
            .table("REASON", Side::Left)
            .words("Reason", Width::AtLeast(16))
            .seen(|row, _| {
                if row.is_taken_back { format!("(taken back) {}", row.reason) } else { row.reason.clone() }.into()
            }),
    ];
}

/// The list of credit notes.
pub const LIST: &[Place] = &[
    at("number", 95),
    at("issued_on", 85),
    at("payer_name", 90),
    at("invoice", 80),
    at("total", 88),
    at("reason", 60),
];

/// What its status says: one that was taken back credits nothing.
const fn status(note: &CreditNote) -> Cell {
    if note.is_taken_back { Cell::Word("taken_back", "Taken back") } else { Cell::Word("issued", "Issued") }
}
