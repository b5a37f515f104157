//! `customer`: added, found, shown, changed. One file a verb.

mod add;
mod edit;
mod find;
mod list;
mod method;
mod note;
mod person;
mod show;

use super::fault::Result;
use super::out::Out;
use super::values;
use crate::domain::id::CustomerId;
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
    /// Set the billing address; the old one is kept
    Address(edit::AddressArgs),
}

/// Does it.
///
/// # Errors
/// When the book refuses or cannot be read.
pub fn run(verb: Verb, desk: &mut Desk, out: &mut Out) -> Result<()> {
    match verb {
        Verb::Add(args) => add::run(*args, desk, out),
        Verb::List(args) => list::run(&args, desk, out),
        Verb::Show { id } => out.answer(&show::shown(desk, id, None)?),
        Verb::Find(args) => find::run(&args, desk, out),
        Verb::Edit(args) => edit::run(*args, desk, out),
        Verb::Method(verb) => method::run(verb, desk, out),
        Verb::Note(args) => note::run(args, desk, out),
        Verb::Address(args) => edit::address(args, desk, out),
    }
}
