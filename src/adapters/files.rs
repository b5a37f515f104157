//! Files made for the person at the keyboard: whole or not at all, and never over another file unasked.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::services::trial::Kind;

/// A place where a file can be made, looked at and taken: what is booked beside a file is booked only where the file
/// will go through. Dropped unwritten it leaves nothing behind.
#[derive(Debug)]
pub struct Ready {
    to: PathBuf,
    half: tempfile::NamedTempFile,
    replace: bool,
}

impl Ready {
    /// Looks whether `to` may be made, and makes its half under a temporary name in the same folder. A file that stands
    /// there is replaced only where `replace` says so.
    pub fn at(to: &Path, replace: bool) -> io::Result<Self> {
        match fs::symlink_metadata(to) {
            Ok(_) if !replace => return Err(io::ErrorKind::AlreadyExists.into()),
            Ok(there) if !there.is_file() && !there.is_symlink() => {
                return Err(io::Error::new(
                    io::ErrorKind::InvalidInput,
                    "it is not an ordinary file, so it is not replaced",
                ));
            }
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let half = half_in(folder_of(to))?;
        Ok(Self { to: to.to_owned(), half, replace })
    }

    /// Writes the bytes, then gives the file its name. File and folder are on the disk when this returns.
    pub fn write(self, bytes: &[u8]) -> io::Result<()> {
        let named = self.named(bytes, true)?;
        drop(named);
        Ok(())
    }

    fn named(mut self, bytes: &[u8], flush: bool) -> io::Result<fs::File> {
        self.half.write_all(bytes)?;
        if flush {
            self.half.as_file().sync_all()?;
        }
        let named = if self.replace { self.half.persist(&self.to) } else { self.half.persist_noclobber(&self.to) };
        let file = named.map_err(|failure| failure.error)?;
        if flush {
            sync_folder(folder_of(&self.to))?;
        }
        Ok(file)
    }

    /// As [`Ready::write`], without waiting for the disk: for a batch, which flushes its files together. The file that
    /// still has to be flushed.
    pub(super) fn write_unflushed(self, bytes: &[u8]) -> io::Result<fs::File> {
        self.named(bytes, false)
    }
}

/// Writes `bytes` as the file `to`: under a temporary name in the same folder, flushed, then renamed, and the folder
/// flushed too. A file that stands there is replaced only where `replace` says so.
pub fn write(to: &Path, bytes: &[u8], replace: bool) -> io::Result<()> {
    Ready::at(to, replace)?.write(bytes)
}

/// A half-made file in a folder, gone when it is dropped.
pub(super) fn half_in(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    tempfile::Builder::new().prefix(".rentbook-").tempfile_in(folder).map_err(plain)
}

/// The folder a file lies in.
pub(super) fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes a folder and those above it that are missing, so that a power cut does not take them away again.
pub(super) fn make_folder(folder: &Path) -> io::Result<()> {
    let missing: Vec<&Path> =
        folder.ancestors().take_while(|part| !part.as_os_str().is_empty() && !part.exists()).collect();
    fs::create_dir_all(folder)?;
    missing.into_iter().try_for_each(|made| sync_folder(folder_of(made)))
}

/// Flushes the names in a folder.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    match fs::File::open(folder).and_then(|folder| folder.sync_all()) {
        // Some network shares know no flushing of folders, and some folders may be written but not read.
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::PermissionDenied) => Ok(()),
        done => done,
    }
}

/// What the system said, without the name of a hidden half-made file: a person knows the file they asked for.
pub fn plain(error: io::Error) -> io::Error {
    // The crate of temporary files adds the path to the system's words, and gives those away in no other way.
    match error.to_string().split_once(" at path ") {
        Some((words, _)) => io::Error::new(error.kind(), words),
        None => error,
    }
}

/// The bytes of a picture a person named; `~/` is the home of the user.
pub fn picture(path: &str) -> Result<Vec<u8>, String> {
    named(path, Kind::Logo.most_bytes(), "A logo can have at most one million bytes.")
}

/// The bytes of a font a person named; `~/` is the home of the user.
pub fn font(path: &str) -> Result<Vec<u8>, String> {
    named(path, Kind::Font.most_bytes(), "A font can have at most 24 million bytes.")
}

fn named(path: &str, most: u64, too_large: &str) -> Result<Vec<u8>, String> {
    let home = std::env::var_os("HOME").map(std::path::PathBuf::from).unwrap_or_default();
    let path = path.strip_prefix("~/").map_or_else(|| Path::new(path).to_owned(), |rest| home.join(rest));
    let about = fs::metadata(&path).map_err(|_| format!("There is no file {}.", path.display()))?;
    if !about.is_file() || about.len() > most {
        return Err(too_large.to_owned());
    }
    fs::read(&path).map_err(|error| format!("{} cannot be read: {error}.", path.display()))
}

/// A text as a part of a file name: only `A–Z a–z 0–9 _ -`, at most 64 of them, `fallback` where nothing is left.
pub fn slug(text: &str, fallback: &str) -> String {
    let plain = deunicode::deunicode(text);
    let mut out = String::new();
    for c in plain.chars() {
        let c = if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' };
        if c != '-' || !(out.is_empty() || out.ends_with('-')) {
            out.push(c);
        }
        if out.len() == 64 {
            break;
        }
    }
    let out = out.trim_matches('-');
    if out.is_empty() { fallback.to_owned() } else { out.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_from_data_stays_inside_its_folder() {
        for (text, name) in [
            ("2024-0001", "2024-0001"),
            ("../../etc/passwd", "etc-passwd"),
            ("Żółć & Söhne", "Zolc-Sohne"),
            ("\u{1b}[31m/..\\", "31m"),
            ("", "paper"),
            ("...", "paper"),
        ] {
            assert_eq!(slug(text, "paper"), name);
        }
        assert_eq!(slug(&"x".repeat(500), "paper").len(), 64);
    }

    #[test]
    fn a_place_that_is_ready_and_not_used_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        drop(Ready::at(&folder.path().join("a.pdf"), false).unwrap());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        make_folder(&folder.path().join("a/b/c")).unwrap();
        assert!(folder.path().join("a/b/c").is_dir());
    }

    #[test]
    fn a_fault_names_no_hidden_file() {
        let folder = tempfile::tempdir().unwrap();
        let error = write(&folder.path().join("none/a.pdf"), b"one", false).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
        assert_eq!(error.to_string(), "No such file or directory (os error 2)");
    }

    #[test]
    fn a_file_is_replaced_only_when_asked() {
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().join("a.pdf");
        write(&to, b"one", false).unwrap();
        assert_eq!(write(&to, b"two", false).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&to).unwrap(), b"one");
        write(&to, b"two", true).unwrap();
        assert_eq!(fs::read(&to).unwrap(), b"two");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert_eq!(write(folder.path(), b"two", true).unwrap_err().kind(), io::ErrorKind::InvalidInput);
        let socket = folder.path().join("b.pdf");
        let _bound = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        assert!(write(&socket, b"two", true).is_err(), "what is no ordinary file stays what it is");
    }
}
