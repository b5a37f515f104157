//! Many invoices into a folder: what cannot be printed is named and does not stop the rest.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use super::files::{Ready, half_in, make_folder, slug, sync_folder};
use crate::domain::id::InvoiceId;
use crate::services::Desk;
use crate::services::papers::{Copy, for_the_shop};
use crate::services::reads::{self, InvoiceRow};

/// Files that wait for the disk together: fewer than a process may have open anywhere.
const AT_ONCE: usize = 100;

/// What came of a batch.
#[derive(Debug, Default)]
pub struct Printed {
    /// Number, file and pages of what is printed, and the characters the fonts lack.
    pub files: Vec<PrintedFile>,
    /// Number and sentence of what is not.
    pub failed: Vec<(String, String)>,
    /// Somebody stopped it, or the disk is full: the rest was not tried.
    pub is_stopped: bool,
}

/// One paper on the disk.
#[derive(Debug)]
pub struct PrintedFile {
    /// The invoice's number, or `draft 12`.
    pub number: String,
    /// Where it lies.
    pub path: PathBuf,
    /// How many pages it has.
    pub pages: usize,
    /// Characters no built-in font has.
    pub missing: Vec<char>,
    /// What the shop should know of it.
    pub notes: Vec<String>,
}

/// Whether files can be made in a folder, which is made where it is missing.
pub fn writable(folder: &Path) -> io::Result<()> {
    make_folder(folder)?;
    half_in(folder).map(drop)
}

/// `2026-0042-Zolc-GmbH.pdf`: number and payer, made harmless: nothing of it leaves the folder.
pub fn file_name(row: &InvoiceRow) -> String {
    let number = slug(&number(row), "invoice");
    match row.payer_name.as_str() {
        "" => format!("{number}.pdf"),
        payer => format!("{number}-{}.pdf", slug(payer, "customer")),
    }
}

fn number(row: &InvoiceRow) -> String {
    row.number.clone().unwrap_or_else(|| format!("draft {}", row.id))
}

/// Prints invoices into a folder, whole files only. A file that is there already is replaced where `replace` says so,
/// else it is one of the failed. `step` hears how many of how many are done and says whether to go on.
pub fn print(
    desk: &Desk,
    ids: &[InvoiceId],
    (folder, replace): (&Path, bool),
    copy: Copy,
    mut step: impl FnMut(u64, u64) -> bool,
) -> Printed {
    let mut printed = Printed::default();
    let total = ids.len() as u64;
    let mut done = 0;
    for some in ids.chunks(AT_ONCE) {
        let rows = desk.read(|db| reads::invoices_by_id(db, some).map_err(crate::services::DeskError::from));
        let rows = match rows {
            Ok(rows) => rows,
            Err(error) => {
                printed.failed.extend(some.iter().map(|id| (format!("invoice {id}"), error.to_string())));
                continue;
            }
        };
        let mut waiting = Vec::new();
        for row in &rows {
            printed.is_stopped = !step(done, total);
            if printed.is_stopped {
                break;
            }
            done += 1;
            match one(desk, row, (folder, replace), copy) {
                Ok(file) => waiting.push(file),
                Err((sentence, is_full)) => {
                    printed.failed.push((number(row), sentence));
                    printed.is_stopped = is_full;
                }
            }
            if printed.is_stopped {
                break;
            }
        }
        printed.flush(waiting, folder);
        if printed.is_stopped {
            break;
        }
    }
    printed
}

impl Printed {
    /// Takes in what was written once it is on the disk: all files, then their names. One wait for many is a hundredth
    /// of a wait for each.
    fn flush(&mut self, waiting: Vec<(PrintedFile, File)>, folder: &Path) {
        for (file, open) in waiting {
            match open.sync_all() {
                Ok(()) => self.files.push(file),
                Err(error) => self.failed.push((file.number, sentence(&error))),
            }
        }
        if let Err(error) = sync_folder(folder) {
            self.failed.push((folder.display().to_string(), sentence(&error)));
        }
    }
}

fn one(
    desk: &Desk,
    row: &InvoiceRow,
    (folder, replace): (&Path, bool),
    copy: Copy,
) -> Result<(PrintedFile, File), (String, bool)> {
    let paper = desk.invoice_paper(row.id, copy).map_err(|error| (error.to_string(), false))?;
    let path = folder.join(file_name(row));
    let kept = Ready::at(&path, replace).and_then(|ready| ready.write_unflushed(&paper.bytes));
    let open = kept.map_err(|error| (sentence(&error), error.kind() == io::ErrorKind::StorageFull))?;
    let notes = for_the_shop(&paper);
    Ok((PrintedFile { number: number(row), path, pages: paper.pages, missing: paper.missing, notes }, open))
}

fn sentence(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::AlreadyExists => "there is such a file already".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        io::ErrorKind::PermissionDenied => "you are not allowed to write there".to_owned(),
        _ => error.to_string(),
    }
}
