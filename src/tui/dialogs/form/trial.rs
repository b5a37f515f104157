//! What a form would do, tried beside the screen: a try is a write, and no key waits for another writer.

use crate::services::StoreFault;
use crate::tui::beside::{Errand, Tally};
use crate::tui::desk::{Desk, DeskError, Trouble};

/// Stands where the outcome of a try will stand.
const WAITING: &str = "After saving: ...";

/// Tries what a form would do, and says what would come of it.
pub type Trial = Box<dyn FnOnce(&Desk) -> Result<Vec<String>, DeskError> + Send>;

/// What comes of a try: beside a newer one it is no refusal to be shown.
pub fn told(
    tried: Result<Vec<String>, DeskError>,
    refused: impl FnOnce(&str) -> Vec<String>,
) -> Result<Vec<String>, DeskError> {
    match tried {
        Err(error) if !matches!(error.fault(), Some(StoreFault::Interrupted)) => {
            Ok(refused(Trouble::from(error).sentence()))
        }
        tried => tried,
    }
}

/// What is tried, and what stood in the fields then.
#[derive(Debug, Default)]
pub(super) struct Tried {
    lines: Tally<Vec<String>>,
    of: Option<Vec<String>>,
}

impl Tried {
    /// The errand that tries, once for what stands in the fields now.
    pub fn errand(&mut self, values: Vec<String>, trial: Trial) -> Option<Errand> {
        if self.of.as_ref() != Some(&values) {
            self.of = Some(values);
            self.lines.forget();
        }
        self.lines.errand(trial)
    }

    /// Shows what came of it, once it is here.
    pub fn show(&mut self, effect: &mut Vec<String>) {
        if self.of.is_none() {
            return;
        }
        match self.lines.totals() {
            Some(lines) => effect.clone_from(lines),
            None => wait(effect),
        }
    }
}

/// What was said before gives way to what is awaited, and keeps its room.
pub fn wait(effect: &mut Vec<String>) {
    effect.iter_mut().for_each(String::clear);
    effect.resize(effect.len().max(1), String::new());
    WAITING.clone_into(&mut effect[0]);
}
