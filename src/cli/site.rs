//! Where a command works: which book, which day, who, and for whose eyes.

use std::path::PathBuf;
use std::sync::Arc;

use crate::adapters::clock::Machine;
use crate::adapters::place;
use crate::demo;
use crate::services::{Access, Desk, Operator, Outside, books};
use crate::tui::theme::Look;

use super::fault::{Fault, Result};
use super::options::Options;
use super::out::Out;

/// What the options before the command say.
pub struct Site {
    /// The file of the book.
    pub book: PathBuf,
    /// The file a demo book is made in: the book that was named, else one beside the user's own.
    pub demo: PathBuf,
    /// What the book may be used for.
    pub access: Access,
    pub operator: Operator,
    pub outside: Arc<dyn Outside>,
    /// Colours of the terminal interface, where they are chosen.
    pub look: Option<Look>,
    /// The terminal interface draws without boxes and blocks.
    pub ascii: bool,
}

impl Site {
    /// Reads the options; a book that is not named lies in the user's data directory.
    pub fn new(options: &Options) -> Result<Self> {
        let nowhere = || Fault::Wrong("this system has no data directory: name the file with --book".to_owned());
        let book = match &options.book {
            Some(book) => book.clone(),
            None => place::book().ok_or_else(nowhere)?,
        };
        let demo = options.book.clone().unwrap_or_else(|| demo::beside(&book));
        Ok(Self {
            book,
            demo,
            access: if options.view_only { Access::ViewOnly } else { Access::ReadWrite },
            operator: place::operator(options.operator.as_deref()),
            outside: Arc::new(Machine { today: options.today }),
            look: options.theme,
            ascii: options.ascii,
        })
    }

    /// Opens the book. What the person should know about how that went is said.
    pub fn desk(&self, out: &mut Out) -> Result<Desk> {
        let desk = books::open(&self.book, self.access, &self.outside, &self.operator)?;
        let opening = desk.book().opening();
        if self.access == Access::ReadWrite
            && let Some(because) = opening.view_because
        {
            out.note(&because.to_string());
        }
        if opening.lacks_its_log {
            out.note(books::LACKS_ITS_LOG);
        }
        if let (Some(_), Some(backup)) = (opening.migrated_from, &opening.backup) {
            out.note(&format!("The book was brought up to date; as it was, it is kept at {}.", backup.display()));
        }
        Ok(desk)
    }

    /// Closes the book. What was saved is saved, whatever happens here.
    pub fn leave(desk: Desk) {
        if let Err(error) = desk.leave().close() {
            tracing::warn!(detail = error.detail(), "the book could not be closed");
        }
    }
}
