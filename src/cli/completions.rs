//! `completions`: a script that lets a shell complete commands and options.

use clap::CommandFactory;
use clap_complete::Shell;
use serde_json::json;

use super::args::Cli;
use super::fault::Result;
use super::out::{Answer, Out};

/// For which shell.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The shell
    shell: Shell,
}

/// Prints the script.
///
/// # Errors
/// When the output is closed.
pub fn run(args: &Args, out: &mut Out) -> Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "rentbook", &mut script);
    let script = String::from_utf8_lossy(&script).into_owned();
    out.answer(&Answer::new(json!({ "shell": args.shell.to_string(), "script": script })).verbatim(script))
}
