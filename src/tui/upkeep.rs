//! Work beside the screen, on a connection of its own: the backup, and what pages have done there.

use super::desk::{Desk, Trouble};
use super::jobs::{Job, Outcome, Pace};
use super::path;
use super::reply::Reply;

/// Work on a connection of its own to the book of `desk`.
pub fn beside(
    desk: &Desk,
    title: impl Into<String>,
    work: impl FnOnce(&mut Desk, &Pace) -> Result<Outcome, String> + Send + 'static,
) -> Reply {
    match desk.again() {
        Ok(mut own) => Reply::Run(Job::new(title, move |pace| work(&mut own, pace))),
        Err(error) => Reply::refuse(Trouble::from(error).sentence()),
    }
}

/// A verified copy of the book among its backups.
pub fn back_up(desk: &Desk) -> Reply {
    beside(desk, "Making a backup", |own, _| {
        let made = own.back_up(None).map_err(|error| Trouble::from(error).sentence().to_owned())?;
        Ok(Outcome::said(format!("The backup is {}. It was checked and is complete.", path::shown(&made))))
    })
}
