//! The binary: the words of the command line go to the commands, or the terminal interface opens.

use std::process::ExitCode;
use std::sync::Arc;

use rentbook::adapters::{log, place, trial};
use rentbook::cli;
use rentbook::cli::fault::{Fault, Result, exit};
use rentbook::cli::site::Site;
use rentbook::tui::{self, StartError};

fn main() -> ExitCode {
    #[cfg(unix)]
    place::keep_private();
    if let Some(folder) = place::log_folder() {
        log::begin(folder);
    }
    let words: Vec<_> = std::env::args_os().collect();
    if let Some(code) = trial::answer(&words) {
        return code;
    }
    log::leave_out_papers();
    ExitCode::from(cli::start(&words, |site, _out| terminal(site)))
}

/// Opens the terminal interface at the book the options name.
fn terminal(site: &Site) -> Result<u8> {
    let options = tui::Options {
        book: site.book.clone(),
        access: site.access,
        operator: site.operator.clone(),
        outside: Arc::clone(&site.outside),
        log_folder: place::log_folder().unwrap_or_else(std::env::temp_dir),
        time_zone: place::time_zone(),
        look: site.look,
        ascii: site.ascii,
    };
    match tui::start(&options) {
        Ok(()) => Ok(exit::DONE),
        Err(StartError::Book(error)) => Err(Fault::Broken(error)),
        Err(StartError::NoTerminal) => Err(Fault::Wrong(StartError::NoTerminal.to_string())),
        Err(StartError::Terminal(error)) => Err(Fault::Output(error)),
    }
}
