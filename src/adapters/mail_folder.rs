//! A folder from which a mail program sends: each message is a file in it.

use std::path::{Path, PathBuf};

use super::{files, mail};
use crate::services::actions::handing_over::Handed;
use crate::services::outgoing::Outgoing;
use crate::services::outside_calls::Courier;

/// A message as a file: never over another one, which may be of another book.
pub fn write(folder: &Path, id: i64, message: &Outgoing) -> Result<PathBuf, String> {
    let bytes = mail::eml(message)?;
    let path = names(folder, id, message).find(|path| std::fs::symlink_metadata(path).is_err());
    let path = path.ok_or_else(|| format!("{} is full of files of this name.", folder.display()))?;
    files::write(&path, &bytes, false).map_err(|error| format!("{}: {}.", path.display(), files::plain(error)))?;
    Ok(path)
}

/// What its file is called, and what where that name is taken.
fn names(folder: &Path, id: i64, message: &Outgoing) -> impl Iterator<Item = PathBuf> {
    let stem = files::slug(message.file_name.trim_end_matches(".pdf"), "invoice");
    let folder = folder.to_owned();
    (1..=99).map(move |copy| match copy {
        1 => folder.join(format!("{stem}-{id}.eml")),
        copy => folder.join(format!("{stem}-{id}-{copy}.eml")),
    })
}

/// Puts messages into a folder.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    /// Where each one lies that was put there just now.
    pub written: Vec<(i64, PathBuf)>,
}

impl Folder {
    /// This one; it is made where it is not there.
    pub fn new(path: PathBuf) -> Self {
        Self { path, written: Vec::new() }
    }
}

impl Courier for Folder {
    fn take(&mut self, id: i64, message: &Outgoing) -> Handed {
        match write(&self.path, id, message) {
            Ok(path) => {
                self.written.push((id, path));
                Handed::Gone
            }
            Err(why) => Handed::NotGone(why),
        }
    }

    /// A file of this very message; one that is not there may have been sent and cleared away.
    fn has(&mut self, id: i64, message: &Outgoing) -> Option<bool> {
        let bytes = mail::eml(message).ok()?;
        let is_it = |path: &PathBuf| std::fs::read(path).is_ok_and(|found| found == bytes);
        names(&self.path, id, message).take_while(|path| path.exists()).any(|path| is_it(&path)).then_some(true)
    }
}
