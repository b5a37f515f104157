//! `invoice pdf`: papers into a file or a folder.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::fault::{Fault, Result};
use super::invoice::numbered;
use super::out::{Answer, Out};
use crate::adapters::files;
use crate::domain::id::InvoiceId;
use crate::services::papers::Copy;
use crate::services::{Desk, reads};

/// Which invoices, and where to.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Numbers of the invoices, then the file or folder
    #[arg(required = true, num_args = 2.., value_names = ["NUMBER", "FILE|FOLDER"])]
    words: Vec<PathBuf>,
    /// The copy as it left the shop, without what was paid since
    #[arg(long)]
    as_issued: bool,
    /// Replace files that are there
    #[arg(long)]
    force: bool,
}

/// Prints them.
///
/// # Errors
/// When there is no such invoice, a file is there already, or it cannot be written.
pub fn run(args: &Args, desk: &Desk, out: &mut Out) -> Result<()> {
    let Some((target, numbers)) = args.words.split_last() else {
        return Err(Fault::Wrong("name the invoices, then a file or a folder".to_owned()));
    };
    let is_folder = target.is_dir() || target.as_os_str().to_string_lossy().ends_with('/');
    if numbers.len() > 1 && !is_folder {
        return Err(Fault::Wrong(format!("{} is no folder: several invoices go into a folder", target.display())));
    }
    let copy = if args.as_issued { Copy::AsIssued } else { Copy::Current };
    // All are looked up before the first is written.
    let found = numbers
        .iter()
        .map(|number| {
            let number = number.to_string_lossy();
            Ok((number.trim().to_owned(), numbered(desk, &number)?))
        })
        .collect::<Result<Vec<(String, InvoiceId)>>>()?;
    let mut rows: Vec<Value> = Vec::new();
    let mut answer = Vec::new();
    for (number, id) in found {
        let to = if is_folder { target.join(name(desk, &number, id)?) } else { target.clone() };
        let paper = desk.invoice_paper(id, copy)?;
        files::write(&to, &paper.bytes, args.force).map_err(|error| Fault::file(&to, error))?;
        answer.push(format!("Invoice {number} is printed to {}.", to.display()));
        rows.push(json!({ "number": number, "file": to, "pages": paper.pages }));
    }
    let file = rows.first().map(|row| row["file"].clone());
    let json = json!({ "file": file, "total": rows.len(), "rows": rows });
    out.answer(&answer.into_iter().fold(Answer::new(json), Answer::say))
}

/// Number and payer, made harmless: nothing of it leaves the folder.
fn name(desk: &Desk, number: &str, id: InvoiceId) -> Result<PathBuf> {
    let row = desk.read(|db| reads::invoices_by_id(db, &[id]))?;
    let payer = row.first().map(|row| row.payer_name.as_str()).unwrap_or_default();
    let number = files::slug(number, "invoice");
    let stem = match payer {
        "" => number,
        payer => format!("{number}-{}", files::slug(payer, "customer")),
    };
    Ok(Path::new(&stem).with_extension("pdf"))
}
