//! The command line: the options, then one command.

use clap::{Parser, Subcommand};

use super::options::Options;
use super::{
    activity, asset, backup, check, completions, credit, customer, demo, deposit, group, init, invoice, order, outbox,
    pay, payment, product, receipt, refund, report, restore, run, schedule, segment, settings, subscription, undo,
};

/// The rent book of a small rental shop: who rents what, what is due, what was paid, what is late.
///
/// Without a command the terminal interface opens. Exit codes: 0 done, 1 refused by a rule, 2 wrong use, 3 the book
/// cannot be opened, read or written, 4 the check found something.
#[derive(Debug, Parser)]
#[command(name = "rentbook", version, max_term_width = 110)]
pub struct Cli {
    /// Options of every command.
    #[command(flatten)]
    pub options: Options,
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a book and set up the shop
    Init(Box<init::Args>),
    /// Make a demo book to look around in
    Demo(demo::Args),
    /// Show the payments of a contract; no book is needed
    Schedule(schedule::Args),
    /// What works in an open book.
    #[command(flatten)]
    WithBook(WithBook),
    /// Put a backup in the place of the book; the old file is kept aside
    Restore(restore::Args),
    /// Print a completion script for a shell
    Completions(completions::Args),
    /// Print the manual page
    Man,
    /// Print the keys of the terminal interface
    Keys,
}

/// The commands that work in an open book.
#[derive(Debug, Subcommand)]
pub enum WithBook {
    /// Run today's billing: invoice what is due, flag what is late, end what is over
    Run(run::Args),
    /// Customers
    #[command(subcommand)]
    Customer(customer::Verb),
    /// Segments: saved filters of customers
    #[command(subcommand)]
    Segment(segment::Verb),
    /// Products and their variants
    #[command(subcommand)]
    Product(product::Verb),
    /// Assets: the things with a serial number
    #[command(subcommand)]
    Asset(asset::Verb),
    /// Orders
    #[command(subcommand)]
    Order(order::Verb),
    /// Subscriptions
    #[command(subcommand)]
    Subscription(subscription::Verb),
    /// Deposits: security money that is held, returned or kept
    #[command(subcommand)]
    Deposit(deposit::Verb),
    /// Payments: what is owed for each period
    #[command(subcommand)]
    Payment(payment::Verb),
    /// Write down money that arrived
    Pay(pay::Args),
    /// Receipts: money that arrived
    #[command(subcommand)]
    Receipt(receipt::Verb),
    /// Give money back
    Refund(refund::Args),
    /// Credit: what a payer paid too much
    #[command(subcommand)]
    Credit(credit::Verb),
    /// Write off what is open on an invoice
    Writeoff(credit::WriteOff),
    /// The activity log: who did what
    #[command(subcommand)]
    Activity(activity::Verb),
    /// Take back your newest step, or the one named
    Undo(undo::Args),
    /// Do once more what undo took back just now
    Redo,
    /// Invoices
    #[command(subcommand)]
    Invoice(invoice::Verb),
    /// Outbox: messages to customers
    #[command(subcommand)]
    Outbox(outbox::Verb),
    /// Billing groups
    #[command(subcommand)]
    Group(group::Verb),
    /// Reports
    #[command(subcommand)]
    Report(report::Verb),
    /// Settings of the shop
    #[command(subcommand)]
    Settings(settings::Verb),
    /// Check the book: the file and every rule of money
    Check(check::Args),
    /// Make a verified copy of the book
    Backup(backup::Args),
}
