//! How the terminal interface begins: the book is opened, or the first page asks how to begin; then the loop.

use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::channel;

use thiserror::Error;

use super::app::{App, Parts};
use super::desk::{Access, Book, Desk, DeskError, Operator, Outside, StoreError, StoreFault, books};
use super::screens::first_start::{FirstStart, Front};
use super::terminal::ThisDesktop;
use super::theme::{Look, Theme};
use super::{run, screens};

/// What the terminal interface is started with.
#[expect(missing_debug_implementations, reason = "the world outside has none")]
pub struct Options {
    /// The file of the book.
    pub book: PathBuf,
    /// What the book may be used for.
    pub access: Access,
    pub operator: Operator,
    pub outside: Arc<dyn Outside>,
    /// Where a panic leaves its report.
    pub log_folder: PathBuf,
    /// The time zone a new shop is proposed.
    pub time_zone: Option<String>,
    /// Colours, where they are chosen.
    pub look: Option<Look>,
    /// Without boxes and blocks.
    pub ascii: bool,
}

/// Why the terminal interface could not do its work.
#[derive(Debug, Error)]
pub enum StartError {
    /// There is nobody to talk to.
    #[error(
        "the terminal interface needs a terminal at both ends: run it there, or name a command (see rentbook --help)"
    )]
    NoTerminal,
    /// The terminal was lost.
    #[error("the terminal was lost: {0}. What was saved is safe.")]
    Terminal(#[from] io::Error),
    /// The book could not be opened, and no other was.
    #[error(transparent)]
    Book(#[from] StoreError),
}

impl From<DeskError> for StartError {
    fn from(error: DeskError) -> Self {
        match error {
            DeskError::Broken(error) => Self::Book(error),
            DeskError::Refused(refusal) => Self::Terminal(io::Error::other(refusal.message)),
        }
    }
}

/// Opens the book, or the page that asks how to begin, and works until somebody leaves.
pub fn start(options: &Options) -> Result<(), StartError> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(StartError::NoTerminal);
    }
    let opened = books::open(&options.book, options.access, &options.outside, &options.operator);
    let (desk, fault) = match opened {
        Ok(desk) => (desk, None),
        Err(DeskError::Broken(error)) => (nowhere(options)?, Some(error)),
        Err(refused) => return Err(refused.into()),
    };
    let (out, inbox) = channel();
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let mut app = App::new(Parts {
        desk,
        open: screens::open,
        theme: Theme::chosen(options.look, no_color, options.ascii),
        desktop: Box::new(ThisDesktop),
        out: out.clone(),
    });
    if !app.desk().is_set_up() {
        let front = Front { book: options.book.clone(), access: options.access, time_zone: options.time_zone.clone() };
        app.begin_with(Box::new(FirstStart::new(
            front,
            fault.as_ref().filter(|error| is_worth_a_page(error, options)),
        )));
    }
    // A folder that cannot be made costs the report of a panic, nothing else.
    let _ = std::fs::create_dir_all(&options.log_folder);
    run::run(&mut app, out, &inbox, options.log_folder.join("panic.log"))?;
    let desk = app.finish();
    let is_set_up = desk.is_set_up();
    if let Err(error) = desk.leave().close() {
        tracing::warn!(detail = error.detail(), "the book could not be closed");
    }
    match fault {
        Some(fault) if !is_set_up && is_worth_a_page(&fault, options) => Err(fault.into()),
        _ => Ok(()),
    }
}

/// Whether what is wrong has to be said: a book that is not there yet is how everybody begins.
fn is_worth_a_page(error: &StoreError, options: &Options) -> bool {
    *error.kind() != StoreFault::Missing || options.access == Access::ViewOnly
}

/// A desk at no book at all.
fn nowhere(options: &Options) -> Result<Desk, StartError> {
    Ok(Desk::new(Book::in_memory()?, Arc::clone(&options.outside), options.operator.clone())?)
}
