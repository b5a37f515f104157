//! Unix: kinds of file, rights, folders, space.

use std::fs::{self, DirBuilder, File, Metadata, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, FileTypeExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::{Access, OFlags};

/// What tells one file from every other, whatever its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct FileKey {
    pub(super) device: u64,
    /// The number on that device.
    pub(super) inode: u64,
}

/// The kind of thing a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An ordinary file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link.
    Link,
    /// A pipe, socket or device.
    Other,
}

/// The key of what `found` describes.
pub(crate) fn key(found: &Metadata) -> FileKey {
    FileKey { device: found.dev(), inode: found.ino() }
}

/// The kind of what `found` describes.
pub(crate) fn kind(found: &Metadata) -> Kind {
    let kind = found.file_type();
    if kind.is_symlink() {
        Kind::Link
    } else if kind.is_dir() {
        Kind::Folder
    } else if kind.is_fifo() || kind.is_socket() || kind.is_block_device() || kind.is_char_device() {
        Kind::Other
    } else {
        Kind::File
    }
}

/// How many names the file has.
pub(crate) fn names_of(found: &Metadata) -> u64 {
    found.nlink()
}

/// Whether this user may write the file or into the folder. A disk mounted for reading says no to everybody.
pub(crate) fn may_write(path: &Path) -> bool {
    rustix::fs::access(path, Access::WRITE_OK).is_ok()
}

/// Opens a file to read its head: never through a link, never waiting for a pipe.
pub(crate) fn open_to_peek(path: &Path) -> io::Result<File> {
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY;
    let flags = i32::try_from(flags.bits()).map_err(io::Error::other)?;
    OpenOptions::new().read(true).custom_flags(flags).open(path)
}

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

/// The bytes this user may still write on the disk of `path`.
pub(crate) fn free_space(path: &Path) -> io::Result<u64> {
    let disk = rustix::fs::statvfs(path)?;
    Ok(disk.f_bavail.saturating_mul(disk.f_frsize))
}
