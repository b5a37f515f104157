//! What a running job tells the screen: how far it is, and how it ended.

use std::path::PathBuf;

/// What a job brought.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Outcome {
    /// One sentence for the message line.
    pub said: String,
    /// A file to show.
    pub view: Option<PathBuf>,
    /// A book to open.
    pub open: Option<PathBuf>,
    /// A person stopped it: neither good nor bad.
    pub is_stopped: bool,
}

impl Outcome {
    /// Only a sentence.
    pub fn said(said: impl Into<String>) -> Self {
        Self { said: said.into(), ..Self::default() }
    }
}

/// What a running job tells.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Report {
    /// So many steps of so many are done.
    Step(u64, u64),
    /// It ended, well or not.
    Done(Result<Outcome, String>),
}
