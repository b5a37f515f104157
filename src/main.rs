//! The binary: the words of the command line go to the commands, or the terminal interface opens.

use std::process::ExitCode;

use rentbook::cli;
use rentbook::cli::fault::Fault;

fn main() -> ExitCode {
    let words: Vec<_> = std::env::args_os().collect();
    let code = cli::start(&words, |_site, _out| {
        Err(Fault::Wrong(
            "the terminal interface is not in this build yet: name a command (see rentbook --help)".into(),
        ))
    });
    ExitCode::from(code)
}
