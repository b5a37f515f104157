//! Work on files a shop added, on a thread of its own: the PDF writer may panic on them.

use std::thread;

use super::PaperError;

/// The name of that thread: whoever reports panics leaves its own out.
pub const THREAD: &str = "paper";

/// What nested shapes and glyphs may take; a file that needs more is refused before.
const STACK: usize = 32 << 20;

/// Does the work where there is room and a panic is an answer.
pub(crate) fn apart<T: Send>(work: impl FnOnce() -> Result<T, PaperError> + Send) -> Result<T, PaperError> {
    thread::scope(|scope| {
        let started = thread::Builder::new().name(THREAD.to_owned()).stack_size(STACK).spawn_scoped(scope, work);
        let started = started.map_err(|error| PaperError::Writer(error.to_string()))?;
        started.join().unwrap_or(Err(PaperError::Broken))
    })
}
