//! The binary.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use rentbook::adapters::clock::Machine;
use rentbook::services::{Access, Operator};
use rentbook::tui;

fn main() -> ExitCode {
    let mut book = std::env::var_os("RENTBOOK_BOOK").map(PathBuf::from);
    let mut today = std::env::var("RENTBOOK_TODAY").ok().and_then(|day| day.parse().ok());
    let mut access = Access::ReadWrite;
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--book" => book = words.next().map(PathBuf::from),
            "--today" => today = words.next().and_then(|day| day.parse().ok()),
            "--view-only" => access = Access::ViewOnly,
            _ => return ExitCode::from(2),
        }
    }
    let Some(book) = book else { return ExitCode::from(2) };
    let operator = Operator { name: "mia".to_owned(), host: "here".to_owned(), pid: std::process::id() };
    let outside = Arc::new(Machine { today });
    let log_folder = std::env::temp_dir();
    let options = tui::Options { book, access, operator, outside, log_folder, look: None, ascii: false };
    match tui::start(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(tui::StartError::NoTerminal) => ExitCode::from(2),
        Err(_) => ExitCode::from(3),
    }
}
