//! What screens and commands read. They import this and the domain; how it is read stands in `store::lists`.

pub use crate::store::Db;
pub use crate::store::address::{Saved as SavedAddress, by_id as address_by_id};
pub use crate::store::columns::Columns as Ledger;
pub use crate::store::customer::{billing_address as billing_address_of, classes, root as root_of_customer};
pub use crate::store::dossier::{Section as DossierSection, dossier};
pub use crate::store::erase::{Kept, Ties, kept as kept_of_erased, ties as ties_of_customer};
pub use crate::store::ledger::load::read_all as read_ledger;
pub use crate::store::lists::activities::*;
pub use crate::store::lists::activity_rows::ActivityRow;
pub use crate::store::lists::credit_notes::*;
pub use crate::store::lists::customer_page::*;
pub use crate::store::lists::customers::*;
pub use crate::store::lists::deposits::*;
pub use crate::store::lists::duplicates::*;
pub use crate::store::lists::find::*;
pub use crate::store::lists::finders::{has_ledger, is_small};
pub use crate::store::lists::group_left::*;
pub use crate::store::lists::group_page::*;
pub use crate::store::lists::groups::*;
pub use crate::store::lists::invoice_page::*;
pub use crate::store::lists::invoices::*;
pub use crate::store::lists::messages::*;
pub use crate::store::lists::money_line::*;
pub use crate::store::lists::needing_asset::*;
pub use crate::store::lists::next_payment::{NextPayment, next_payment};
pub use crate::store::lists::order_page::*;
pub use crate::store::lists::orders::*;
pub use crate::store::lists::payment_page::*;
pub use crate::store::lists::payments::*;
pub use crate::store::lists::products::*;
pub use crate::store::lists::receipts::*;
pub use crate::store::lists::reports;
pub use crate::store::lists::segments::*;
pub use crate::store::lists::subscription_page::*;
pub use crate::store::lists::subscriptions::*;
pub use crate::store::lists::today::*;
pub use crate::store::lists::warm::warm;
pub use crate::store::lists::{Cursor, DayRange, Direction, Page, Slice, Totals, Whose};
pub use crate::store::merge::{Moves, moves as moves_of_merge};

pub use crate::store::outbox::{in_doubt as messages_in_doubt, waiting as waiting_messages};

pub use crate::store::tax_change::{
    BilledBefore, KeptChange, all as rate_changes, billed_before as billed_at_rate, reached as contracts_at_rate,
};

pub use crate::store::stock::{Stay, stays};

pub use crate::store::order::{
    Item as OrderItem, Order, by_id as order_by_id, subscription_ids as order_subscriptions,
};

pub use crate::store::credit_note::{
    CreditNote, CreditableLine, NoteFilter, NoteLine, lines as credit_note_lines, lines_of as creditable_lines,
    list as credit_notes, numbered as credit_note_numbered, of_invoice as credit_notes_of,
};
pub use crate::store::dispute::{Dispute, of_payment as disputes_of};
pub use crate::store::method::{
    EndingCard, KnownMethod, by_id as method_by_id, ending as ending_cards, of_customer as methods_of,
};
pub use crate::store::receipt_page::{
    ReceiptHead, currency_of_payer, head as receipt_head, numbered as receipt_numbered, of_payer as receipts_of,
    of_payment as receipts_of_payment, paid_by as paid_by_receipt, with_credit as receipts_with_credit,
};
