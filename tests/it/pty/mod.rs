//! The real binary in a pseudo-terminal: from the first page to a clean end, and everything a window can do to it.

mod ends;
mod journey;
mod monkey;
mod panic;
pub mod window;

use std::path::Path;
use std::process::Command;

/// Runs a command of the binary at a book; it has to be done.
fn command(book: &Path, words: &[&str]) -> serde_json::Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rentbook"));
    window::plain(&mut |name, value| {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    });
    let output = command.arg("--book").arg(book).arg("--json").args(words).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{words:?}: {said}{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_str(&said).unwrap()
}
