//! What can be done with a payment or an invoice, wherever it stands: the entries of F9 with their reasons, and what
//! each of them does. Screens that show one list these beside their own.

pub mod invoice;
pub mod order;
pub mod payment;
pub mod settling;
pub mod statement;
