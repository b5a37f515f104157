//! The place a person works at: where the book lies, who sits there, on which machine.

use std::path::PathBuf;

use directories::ProjectDirs;

use crate::domain::text::clean_line;
use crate::services::Operator;

/// The longest name of an operator or machine the log keeps.
const LONGEST: usize = 100;

/// The book of a person who names none: in the data directory of the user. `None` where the system has no such place.
pub fn book() -> Option<PathBuf> {
    Some(folders()?.data_dir().join("book.db"))
}

/// Where the log of faults is kept. `None` where the system has no such place.
pub fn log_folder() -> Option<PathBuf> {
    let folders = folders()?;
    Some(folders.state_dir().unwrap_or_else(|| folders.data_local_dir()).to_owned())
}

/// From now on every file and folder this program makes is for its user alone: names of customers stand in the names of
/// papers, and in what a panic leaves.
#[cfg(unix)]
pub fn keep_private() {
    use rustix::fs::Mode;
    rustix::process::umask(Mode::RWXG | Mode::RWXO);
}

/// The zone this machine is in, such as `Europe/Berlin`: what a new shop is proposed.
pub fn time_zone() -> Option<String> {
    iana_time_zone::get_timezone().ok().filter(|zone| zone.parse::<chrono_tz::Tz>().is_ok())
}

fn folders() -> Option<ProjectDirs> {
    ProjectDirs::from("", "", "rentbook")
}

/// Who works here: the name given, else the user of the system.
pub fn operator(given: Option<&str>) -> Operator {
    let of_system =
        || ["USER", "LOGNAME"].iter().filter_map(|name| std::env::var(name).ok()).find_map(|name| tidy(&name));
    let of_account = || whoami::username().ok().and_then(|name| tidy(&name));
    let name = given.and_then(tidy).or_else(of_system).or_else(of_account).unwrap_or_else(|| "unknown".to_owned());
    let host = whoami::hostname().ok().and_then(|name| tidy(&name)).unwrap_or_else(|| "unknown".to_owned());
    Operator { name, host, pid: std::process::id() }
}

fn tidy(name: &str) -> Option<String> {
    clean_line(name, LONGEST).ok().filter(|name| !name.is_empty())
}
