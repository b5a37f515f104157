//! Unix: rights, folders, links.

use std::fs::{self, DirBuilder, File};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

/// Makes the folder and its missing parents for this user alone; the folder with links resolved. One that is there
/// already keeps its rights: it may be the user's own documents.
pub(crate) fn private_folder(folder: &Path) -> io::Result<PathBuf> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    fs::canonicalize(folder)
}

/// Makes a rename in the folder last.
pub(crate) fn flush_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}
