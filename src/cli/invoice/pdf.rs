//! `invoice pdf`: papers into a file or a folder.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use serde_json::{Value, json};

use super::note;
use super::show::numbered;
use crate::adapters::{files, printing};
use crate::cli::fault::{Fault, Result};
use crate::cli::out::{Answer, Out};
use crate::cli::shapes::place;
use crate::domain::id::InvoiceId;
use crate::domain::status::InvoiceStatus;
use crate::services::Desk;
use crate::services::papers::Copy;
use crate::services::reads::{self, InvoiceFilter, InvoiceSort};

/// Invoices read at once.
const A_PAGE: usize = 1_000;

/// A saved view of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum View {
    /// Issued and not paid in full
    Open,
    /// Of those, past the due day
    Overdue,
    /// Paid in full
    Paid,
    /// Waiting for approval
    Drafts,
}

impl View {
    fn statuses(self) -> Vec<InvoiceStatus> {
        match self {
            Self::Open => vec![InvoiceStatus::Unpaid, InvoiceStatus::PartiallyPaid, InvoiceStatus::Overdue],
            Self::Overdue => vec![InvoiceStatus::Overdue],
            Self::Paid => vec![InvoiceStatus::Paid],
            Self::Drafts => vec![InvoiceStatus::Draft, InvoiceStatus::InReview],
        }
    }
}

/// Which invoices, and where to.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Numbers of the invoices, then the file or folder; with --all or --view only the folder
    #[arg(required = true, num_args = 1.., value_names = ["NUMBER", "FILE|FOLDER"])]
    words: Vec<PathBuf>,
    /// Every invoice with a number
    #[arg(long, conflicts_with = "view")]
    all: bool,
    /// Those of a view of the list
    #[arg(long)]
    view: Option<View>,
    /// The copy as it left the shop, without what was paid since
    #[arg(long)]
    as_issued: bool,
    /// Replace files that are there
    #[arg(long)]
    force: bool,
}

/// Prints them; the exit code is that of a refusal where one of them could not be printed.
pub fn run(args: &Args, desk: &Desk, out: &mut Out) -> Result<()> {
    let Some((target, numbers)) = args.words.split_last() else {
        return Err(Fault::Wrong("name the invoices, then a file or a folder".to_owned()));
    };
    let is_many = args.all || args.view.is_some();
    if is_many != numbers.is_empty() {
        return Err(Fault::Wrong("name invoices, or say --all or --view; then a file or a folder".to_owned()));
    }
    let copy = if args.as_issued { Copy::AsIssued } else { Copy::Current };
    if is_many {
        return many(desk, &listed(args, desk)?, (target, args.force), copy, out);
    }
    let is_folder = target.is_dir() || target.as_os_str().to_string_lossy().ends_with('/');
    if numbers.len() > 1 && !is_folder {
        return Err(Fault::Wrong(format!("{} is not a folder: several invoices go into a folder", target.display())));
    }
    if let [one] = numbers
        && let Some(note) = note::numbered(desk, &one.to_string_lossy())?
    {
        return note::print(&note, (target, is_folder, args.force), desk, out);
    }
    // All are looked up before the first is written.
    let found =
        numbers.iter().map(|number| numbered(desk, &number.to_string_lossy())).collect::<Result<Vec<InvoiceId>>>()?;
    match found.as_slice() {
        [one] => single(desk, *one, (target, is_folder, args.force), copy, out),
        all => many(desk, all, (target, args.force), copy, out),
    }
}

/// The invoices of the view, oldest number first.
fn listed(args: &Args, desk: &Desk) -> Result<Vec<InvoiceId>> {
    let statuses = args.view.map(View::statuses).unwrap_or_default();
    let filter = InvoiceFilter { statuses, sort: InvoiceSort::Number, reverse: true, ..InvoiceFilter::default() };
    let all = desk.read(|db| reads::invoice_ids(db, &filter, desk.today()))?;
    let mut ids = Vec::with_capacity(all.len());
    for part in all.chunks(A_PAGE) {
        let rows = desk.read(|db| reads::invoices_by_id(db, part))?;
        ids.extend(rows.iter().filter(|row| args.view.is_some() || row.number.is_some()).map(|row| row.id));
    }
    Ok(ids)
}

fn single(
    desk: &Desk,
    id: InvoiceId,
    (target, is_folder, force): (&Path, bool, bool),
    copy: Copy,
    out: &mut Out,
) -> Result<()> {
    let row = desk.read(|db| reads::invoices_by_id(db, &[id]))?;
    let row = row.first().ok_or_else(|| Fault::unknown("invoice", id))?;
    let to = if is_folder { target.join(printing::file_name(row)) } else { target.to_owned() };
    let paper = desk.invoice_paper(id, copy)?;
    files::write(&to, &paper.bytes, force).map_err(|error| Fault::file(&to, error))?;
    let number = row.number.clone().unwrap_or_default();
    let fonts = crate::services::papers::fonts_for(&paper.missing);
    let one = json!({ "number": number, "file": place(&to), "pages": paper.pages, "missing_fonts": fonts });
    let answer = Answer::new(json!({ "file": place(&to), "total": 1, "failed": [], "rows": [one] }))
        .say(format!("Invoice {number} was saved as {}.", to.display()))
        .of_paper(&paper);
    out.answer(&answer)
}

fn many(desk: &Desk, ids: &[InvoiceId], (folder, force): (&Path, bool), copy: Copy, out: &mut Out) -> Result<()> {
    printing::writable(folder).map_err(|error| Fault::file(folder, error))?;
    let done = printing::print(desk, ids, (folder, force), copy, |_, _| true);
    let rows: Vec<Value> = done
        .files
        .iter()
        .map(|file| {
            let fonts = crate::services::papers::fonts_for(&file.missing);
            json!({ "number": file.number, "file": place(&file.path), "pages": file.pages, "missing_fonts": fonts })
        })
        .collect();
    let failed: Vec<Value> =
        done.failed.iter().map(|(number, message)| json!({ "number": number, "message": message })).collect();
    let file = rows.first().map(|row| row["file"].clone());
    let json = json!({ "file": file, "folder": place(folder), "total": rows.len(), "failed": failed, "rows": rows });
    if let Some((number, message)) = done.failed.first() {
        let rest = ids.len() - done.files.len();
        let sentence = format!("{} of {} were made, {rest} were not; {number}: {message}", done.files.len(), ids.len());
        return Err(Fault::Refused(crate::services::Refusal::new("not_all_printed", sentence).with(json)));
    }
    let said = format!("{} invoices were saved in {}.", done.files.len(), folder.display());
    let noted =
        done.files.iter().flat_map(|file| file.notes.iter().map(move |note| format!("{}: {note}", file.number)));
    out.answer(&noted.fold(Answer::new(json).say(said), Answer::say))
}
