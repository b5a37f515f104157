//! Options that stand before or after any command: which book, which day, who.

use std::path::PathBuf;

use chrono::NaiveDate;

use super::values;
use crate::tui::theme::Look;

/// Options of every command.
#[derive(Debug, Default, clap::Args)]
pub struct Options {
    /// The book; by default the one in your data directory
    #[arg(long, global = true, env = "RENTBOOK_BOOK", value_name = "FILE", hide_env_values = true)]
    pub book: Option<PathBuf>,
    /// Work as if it were this day
    #[arg(long, global = true, env = "RENTBOOK_TODAY", value_name = "YYYY-MM-DD", value_parser = values::day, hide_env_values = true)]
    pub today: Option<NaiveDate>,
    /// Who works, as the activity log keeps it; by default your user name
    #[arg(long, global = true, env = "RENTBOOK_OPERATOR", value_name = "NAME", hide_env_values = true)]
    pub operator: Option<String>,
    /// Answer with one JSON object
    #[arg(long, global = true)]
    pub json: bool,
    /// Open the book read-only
    #[arg(long, global = true)]
    pub view_only: bool,
    /// Colours of the terminal interface: dark, light, high-contrast or mono
    #[arg(long, value_parser = values::word::<Look>)]
    pub theme: Option<Look>,
    /// The terminal interface draws without boxes and blocks
    #[arg(long)]
    pub ascii: bool,
}
