//! macOS: the disks. Who holds a file the system does not tell.

use std::io;
use std::path::Path;

use super::FileKey;

/// A process that holds a lock on a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Holder {
    /// Its number, where the system tells.
    pub(crate) pid: Option<u32>,
    /// Its user's name, where the system tells.
    pub(crate) user: Option<String>,
    /// Whether it may write.
    pub(crate) writes: bool,
}

/// `MNT_LOCAL` of `<sys/mount.h>`.
const LOCAL: u32 = 0x1000;

/// Whether the disk of `path` is another computer's.
pub(crate) fn is_network_share(path: &Path) -> io::Result<bool> {
    Ok(rustix::fs::statfs(path)?.f_flags & LOCAL == 0)
}

/// Who holds locks on these files: nobody can say here.
pub(crate) fn holders(_files: &[FileKey]) -> Option<Vec<Holder>> {
    None
}
