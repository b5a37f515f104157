//! `customer`: added, found, shown, changed. One file a verb.

mod add;
mod address;
mod care;
mod edit;
mod export;
pub mod filter;
mod find;
mod list;
mod method;
mod note;
mod person;
mod show;

use super::fault::Result;
use super::out::Out;
use super::values;
use crate::domain::id::{CustomerId, NoteId};
use crate::services::Desk;

/// What to do with customers.
#[derive(Debug, clap::Subcommand)]
pub enum Verb {
    /// Add a customer
    Add(Box<add::Args>),
    /// List customers
    List(Box<list::Args>),
    /// Show one customer
    Show {
        /// The customer
        #[arg(value_parser = values::id::<CustomerId>)]
        id: CustomerId,
    },
    /// Find customers by name, email, company or phone
    Find(find::Args),
    /// Change a customer; what is not named stays
    Edit(Box<edit::Args>),
    /// How a customer pays
    #[command(subcommand)]
    Method(method::Verb),
    /// Keep a note
    Note(note::Args),
    /// List the notes
    Notes {
        /// The customer
        #[arg(value_parser = values::id::<CustomerId>)]
        id: CustomerId,
    },
    /// What a note asked for is done
    FollowUp {
        /// The note
        #[arg(value_parser = values::id::<NoteId>)]
        note: NoteId,
    },
    /// Set the billing address, add and change shipping addresses; old ones are kept
    Address(Box<address::Args>),
    /// Set what a customer prefers; new orders begin with it
    Prefer(care::PreferArgs),
    /// Read two records of one customer as one; undo parts them
    Merge(care::MergeArgs),
    /// Export everything held on a customer
    Export(export::Args),
    /// Erase the personal data of a customer, keep the books
    #[command(alias = "anonymize")]
    Anonymise(care::AnonymiseArgs),
}

/// Does it.
pub fn run(verb: Verb, desk: &mut Desk, out: &mut Out) -> Result<()> {
    match verb {
        Verb::Add(args) => add::run(*args, desk, out),
        Verb::List(args) => list::run(&args, desk, out),
        Verb::Show { id } => out.answer(&show::shown(desk, id, None)?),
        Verb::Find(args) => find::run(&args, desk, out),
        Verb::Edit(args) => edit::run(*args, desk, out),
        Verb::Method(verb) => method::run(verb, desk, out),
        Verb::Note(args) => note::run(args, desk, out),
        Verb::Notes { id } => care::notes(id, desk, out),
        Verb::FollowUp { note } => care::follow_up(note, desk, out),
        Verb::Address(args) => address::run(*args, desk, out),
        Verb::Prefer(args) => care::prefer(args, desk, out),
        Verb::Merge(args) => care::merge(&args, desk, out),
        Verb::Export(args) => export::run(&args, desk, out),
        Verb::Anonymise(args) => care::anonymise(&args, desk, out),
    }
}
