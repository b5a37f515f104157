//! What staff can do. One [`Action`] is one transaction and one activity row; a [`Desk`] performs it.
//!
//! | module | what lives there |
//! |---|---|
//! | [`desk`] | a place to work at: an open book, a clock, an operator; performs Actions |
//! | [`action`], [`done`] | every Action there is, and what comes back |
//! | [`actions`] | how each of them is done, one file a theme; `perform` says which |
//! | [`pass`] | the scheduler pass: what is due is materialised and invoiced, what is late is flagged |
//! | [`arriving`] | what is asked before money that arrived is written down |
//! | [`books`] | books opened, made, brought back and kept |
//! | [`billing`] | payments and invoices written, for the pass and for orders alike |
//! | [`crediting`] | credit notes issued, money freed from what it had paid |
//! | [`check`] | the proof that the book is right |
//! | `contract_credits` | credit notes inside an Action, and taken back |
//! | [`dossier`] | everything held on one customer |
//! | [`order_plan`] | what an order will bill, before it is confirmed |
//! | [`left_to_set_up`] | what papers and mails of the shop still lack |
//! | [`looking`] | the file looked through beside the work |
//! | [`outside`] | what a desk needs from outside: time and chance |
//! | [`outside_calls`] | claimed, called, settled: what the world outside can leave half done |
//! | `notices` | the notice of a failed payment, queued with the failure |
//! | [`outgoing`] | a queued message as a mail program takes it |
//! | [`papers`], `desk_papers`, `money_papers`, `agreement` | the papers of the shop: values from rows, bytes from a desk |
//! | [`statements`] | the account of a customer or group over a period |
//! | [`reads`] | what screens and commands show |
//! | [`refusal`] | a rule said no, or something broke |
//! | [`rights`], `needs` | who asks, and what each Action needs |
//! | [`trial`] | a logo or a font tried whole before it is kept |
//! | [`trying`] | an Action tried, looked at and taken back |

pub mod action;
pub mod actions;
mod agreement;
pub mod arriving;
pub mod billing;
pub mod books;
pub mod check;
mod contract_credits;
pub mod crediting;
pub mod desk;
mod desk_papers;
pub mod done;
pub mod dossier;
pub mod left_to_set_up;
mod letterhead;
pub mod looking;
mod messages;
mod money_papers;
mod needs;
mod notices;
pub mod operator;
mod order_again;
pub mod order_plan;
pub mod outgoing;
pub mod outside;
pub mod outside_calls;
mod paper_tax;
pub mod papers;
pub mod pass;
mod pass_before;
mod perform;
mod planning;
pub mod reads;
pub mod refusal;
mod retaxing;
pub mod rights;
pub mod seen;
pub mod statements;
pub mod trial;
pub mod trying;
mod work;

pub use action::Action;
pub use desk::Desk;
pub use done::{Done, Outcome, Touched};
pub use operator::Operator;
pub use outside::Outside;
pub use refusal::{DeskError, Refusal};

pub use crate::store::billing::Payer;
pub use crate::store::customer::Customer;
pub use crate::store::receipt::{Owed, Said};
pub use crate::store::shop::Shop;
pub use crate::store::{Access, Book, Opening, Stopper, StoreError, StoreFault, ViewBecause};
