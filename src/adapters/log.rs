//! The log of faults: what a developer needs to find one, never a name, an amount or a text of the book.
//!
//! The file is made when there is something to write, so that a day without a fault leaves nothing behind.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tracing::Level;
use tracing_subscriber::fmt::MakeWriter;

use crate::services::trial::PAPER_THREAD;

/// A log that has grown larger is put aside; the one put aside before goes.
const LARGEST: u64 = 1 << 20;

/// Warnings and errors go to `rentbook.log` in `folder` from now on.
pub fn begin(folder: PathBuf) {
    let log = tracing_subscriber::fmt().with_max_level(Level::WARN).with_ansi(false).with_target(false);
    // Somebody who keeps a log already, as a test may, goes on with it.
    drop(log.with_writer(Log(folder)).try_init());
}

/// From now on a panic over a logo or a font says nothing on the terminal: it is answered in a sentence.
pub fn leave_out_papers() {
    let others = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().name() == Some(PAPER_THREAD) {
            tracing::warn!(at = panic.location().map(ToString::to_string), "a logo or font could not be printed");
        } else {
            others(panic);
        }
    }));
}

/// Where the log lies.
struct Log(PathBuf);

/// An open log, or nothing where it cannot be opened: a fault of the log must not hide the fault it tells of.
struct Line(Option<File>);

impl<'a> MakeWriter<'a> for Log {
    type Writer = Line;

    fn make_writer(&'a self) -> Line {
        Line(open(&self.0).ok())
    }
}

impl Write for Line {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.as_mut().map_or(Ok(bytes.len()), |file| file.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn open(folder: &Path) -> io::Result<File> {
    fs::create_dir_all(folder)?;
    let path = folder.join("rentbook.log");
    if fs::metadata(&path).is_ok_and(|found| found.len() > LARGEST) {
        fs::rename(&path, folder.join("rentbook.log.1"))?;
    }
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_is_made_when_it_is_needed_and_put_aside_when_it_is_large() {
        let folder = tempfile::tempdir().unwrap();
        let log = Log(folder.path().join("state"));
        assert!(!folder.path().join("state").exists());
        log.make_writer().write_all(b"one\n").unwrap();
        let path = folder.path().join("state/rentbook.log");
        assert_eq!(fs::read(&path).unwrap(), b"one\n");
        let size = usize::try_from(LARGEST).unwrap() + 1;
        fs::write(&path, vec![b'x'; size]).unwrap();
        log.make_writer().write_all(b"two\n").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two\n");
        assert_eq!(fs::metadata(folder.path().join("state/rentbook.log.1")).unwrap().len(), LARGEST + 1);
    }
}
