//! Work for the book itself, beside the screen: a backup.

use super::desk::{Desk, Trouble};
use super::jobs::{Job, Outcome, Pace};
use super::path;
use super::reply::Reply;

/// Work on a connection of its own to the book of `desk`.
pub fn beside(
    desk: &Desk,
    title: &str,
    work: impl FnOnce(&Desk, &Pace) -> Result<Outcome, String> + Send + 'static,
) -> Reply {
    match desk.again() {
        Ok(own) => Reply::Run(Job::new(title, move |pace| work(&own, pace))),
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
