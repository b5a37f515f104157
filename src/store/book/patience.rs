//! How long a write waits for another program.

use std::time::Duration;

use super::{Book, setup};

impl Book {
    /// A write waits so long for another program; `None`: the usual time.
    pub fn wait_at_most(&self, patience: Option<Duration>) {
        if let Err(error) = self.connection.busy_timeout(patience.unwrap_or(setup::PATIENCE)) {
            tracing::warn!(%error, "the patience of the book could not be set");
        }
    }
}
