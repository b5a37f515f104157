//! `completions`: a script that lets a shell complete commands and options.

use clap::Command;
use clap_complete::Shell;
use serde_json::json;

use super::fault::Result;
use super::out::{Answer, Out};

/// For which shell.
#[derive(Debug, clap::Args)]
pub struct Args {
    shell: Shell,
}

/// Prints the script for the whole command line `words`.
pub fn run(args: &Args, mut words: Command, out: &mut Out) -> Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut words, "rentbook", &mut script);
    let script = String::from_utf8_lossy(&script).into_owned();
    out.answer(&Answer::new(json!({ "shell": args.shell.to_string(), "script": script })).verbatim(script))
}
