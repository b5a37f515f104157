//! The command line: one file a command, JSON out; a noun with many verbs is a folder, one file a verb.
//!
//! Everything the screens can do, a script can do: the same Actions. Names, JSON keys and exit codes are promises.
//!
//! | module | what lives there |
//! |---|---|
//! | [`args`], [`options`] | the commands; the options of all of them |
//! | [`site`] | which book, which day, who |
//! | [`out`] | the one place that writes to the standard output and error |
//! | [`fault`] | why a command was not done, and its exit code |
//! | [`list`], [`table`] | rows for scripts and people |
//! | [`values`] | days and numbers behind an option |
//! | [`shapes`] | the JSON and the columns of each thing |
//! | the rest | one command each |

use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser};

pub mod activity;
pub mod args;
pub mod asset;
pub mod backup;
pub mod check;
pub mod completions;
pub mod credit;
pub mod customer;
pub mod demo;
pub mod deposit;
pub mod fault;
pub mod group;
pub mod init;
pub mod invoice;
pub mod keys;
pub mod list;
pub mod man;
pub mod options;
pub mod order;
pub mod out;
pub mod outbox;
pub mod pay;
pub mod payment;
pub mod product;
pub mod receipt;
pub mod redo;
pub mod refund;
pub mod report;
pub mod restore;
pub mod run;
pub mod schedule;
pub mod segment;
pub mod settings;
pub mod shapes;
pub mod site;
pub mod stock;
pub mod subscription;
pub mod table;
mod tax_rate;
pub mod undo;
pub mod values;

use crate::adapters::screen;
use crate::services::Desk;
use args::{Cli, Command, WithBook};
use fault::{Fault, Result, exit};
use out::{Answer, Out};
use site::Site;

/// Reads the command line and does what it says; the exit code. `terminal` opens the terminal interface.
pub fn start(words: &[OsString], terminal: impl FnOnce(&Site, &mut Out) -> Result<u8>) -> u8 {
    let cli = match Cli::try_parse_from(words) {
        Ok(cli) => cli,
        Err(error) => return wrong(words, &error),
    };
    let mut out = Out::new(cli.options.json, screen::width());
    let done = Site::new(&cli.options).and_then(|site| match cli.command {
        Some(command) => perform(command, &site, &mut out),
        None if screen::is_interactive() => terminal(&site, &mut out),
        None => Err(Fault::Wrong(
            "the terminal interface needs a terminal at both ends: run it there, or name a command (see rentbook --help)"
                .to_owned(),
        )),
    });
    done.unwrap_or_else(|fault| {
        out.fault(&fault);
        fault.exit()
    })
}

/// What is said about a command line that cannot be read; help and version are asked for in the same way.
fn wrong(words: &[OsString], error: &clap::Error) -> u8 {
    let text = error.render().to_string();
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        let mut out = Out::new(false, screen::width());
        return match out.answer(&Answer::default().verbatim(text)) {
            Ok(()) => exit::DONE,
            Err(fault) => fault.exit(),
        };
    }
    let is_json = words.iter().skip(1).take_while(|word| *word != "--").any(|word| word == "--json");
    let text = text.strip_prefix("error: ").unwrap_or(&text).trim_end().to_owned();
    Out::new(is_json, None).fault(&Fault::Wrong(text));
    exit::WRONG
}

/// Does a command that needs no open book, or opens it for the others.
fn perform(command: Command, site: &Site, out: &mut Out) -> Result<u8> {
    match command {
        Command::Init(args) => init::run(&args, site, out)?,
        Command::Demo(args) => demo::run(&args, site, out)?,
        Command::Schedule(args) => schedule::run(&args, out)?,
        Command::Restore(args) => restore::run(&args, site, out)?,
        Command::Completions(args) => completions::run(&args, Cli::command(), out)?,
        Command::Man => man::run(Cli::command(), out)?,
        Command::Keys => keys::run(out)?,
        Command::WithBook(command) => {
            let mut desk = site.desk(out)?;
            let done = with_book(command, &mut desk, out);
            Site::leave(desk);
            return done;
        }
    }
    Ok(exit::DONE)
}

fn with_book(command: WithBook, desk: &mut Desk, out: &mut Out) -> Result<u8> {
    match command {
        WithBook::Run(args) => run::run(&args, desk, out)?,
        WithBook::Customer(verb) => customer::run(verb, desk, out)?,
        WithBook::Segment(verb) => segment::run(verb, desk, out)?,
        WithBook::Product(verb) => product::run(verb, desk, out)?,
        WithBook::Asset(verb) => asset::run(verb, desk, out)?,
        WithBook::Order(verb) => order::run(verb, desk, out)?,
        WithBook::Subscription(verb) => subscription::run(verb, desk, out)?,
        WithBook::Deposit(verb) => deposit::run(verb, desk, out)?,
        WithBook::Payment(verb) => payment::run(verb, desk, out)?,
        WithBook::Pay(args) => pay::run(args, desk, out)?,
        WithBook::Receipt(verb) => receipt::run(verb, desk, out)?,
        WithBook::Refund(args) => refund::run(args, desk, out)?,
        WithBook::Credit(verb) => credit::run(verb, desk, out)?,
        WithBook::Writeoff(args) => credit::write_off(args, desk, out)?,
        WithBook::Activity(verb) => activity::run(verb, desk, out)?,
        WithBook::Undo(args) => undo::run(&args, desk, out)?,
        WithBook::Redo => redo::run(desk, out)?,
        WithBook::Invoice(verb) => invoice::run(verb, desk, out)?,
        WithBook::Outbox(verb) => outbox::run(verb, desk, out)?,
        WithBook::Group(verb) => group::run(verb, desk, out)?,
        WithBook::Report(verb) => report::run(&verb, desk, out)?,
        WithBook::Settings(verb) => settings::run(verb, desk, out)?,
        WithBook::Check(args) => return check::run(&args, desk, out),
        WithBook::Backup(args) => backup::run(&args, desk, out)?,
    }
    Ok(exit::DONE)
}
