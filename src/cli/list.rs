//! Lists: rows page by page, whatever their number; for scripts one object or none.

use std::collections::{HashSet, VecDeque};
use std::hash::Hash;
use std::io::{Seek as _, Write as _};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};
use tempfile::SpooledTempFile;

use super::fault::{Fault, Result};
use super::out::{Answer, Out, harmless};
use super::shapes::place;
use super::table::Table;
use crate::adapters::files;
use crate::services::Desk;
use crate::services::reads::{Cursor, Page, Slice};
use crate::shown::column::Listed;
use crate::shown::csv::{self, Csv, Dialect};
pub use crate::shown::view::View;

/// Rows read at once.
const PAGE: usize = 500;
/// Bytes of a list that wait in memory.
const IN_MEMORY: usize = 16 << 20;
/// Rows a person gets unasked.
const FOR_PEOPLE: usize = 200;

impl View {
    /// The view of this desk.
    pub fn of(desk: &Desk) -> Result<Self> {
        Ok(Self { today: desk.today(), style: desk.shop()?.style })
    }
}

/// Reads one page.
pub type Read<'a, R> = dyn FnMut(&Page) -> Result<Slice<R>> + 'a;

/// Reads a list of any length that is found once: the first page, and what follows it by the ids of all.
pub fn found_once<'a, I: Copy + Eq + Hash + 'a, R: 'a>(
    mut first: impl FnMut(&Page) -> Result<Slice<R>> + 'a,
    ids: impl Fn() -> Result<Vec<I>> + 'a,
    (by_id, id): (impl Fn(&[I]) -> Result<Vec<R>> + 'a, impl Fn(&R) -> I + 'a),
) -> Box<Read<'a, R>> {
    let mut shown: HashSet<I> = HashSet::new();
    let mut rest: Option<VecDeque<I>> = None;
    Box::new(move |page| {
        if page.from.is_none() {
            let slice = first(page)?;
            shown.extend(slice.rows.iter().map(&id));
            return Ok(slice);
        }
        let left = match &mut rest {
            Some(left) => left,
            None => rest.insert(ids()?.into_iter().filter(|id| !shown.contains(id)).collect()),
        };
        let part: Vec<I> = left.drain(..page.limit.min(left.len())).collect();
        Ok(Slice { rows: by_id(&part)?, more_before: true, more_after: !left.is_empty(), totals: None })
    })
}

/// How many rows are wanted, and where to.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Rows {
    /// At most this many rows
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Write the rows to this file as a table for a spreadsheet (CSV); - writes them to the standard output
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
    /// With comma and point, whatever the country of the shop
    #[arg(long, requires = "csv")]
    plain: bool,
    /// Replace a file that is there
    #[arg(long, requires = "csv")]
    force: bool,
}

impl Rows {
    /// The most rows that are wanted.
    pub fn most(&self) -> usize {
        self.limit.unwrap_or(usize::MAX)
    }

    /// How the file is written.
    fn dialect(&self, view: View) -> Dialect {
        if self.plain { Dialect::PLAIN } else { Dialect::of(view.style) }
    }

    /// Gives the bytes of the table a name, or to the standard output.
    fn keep(&self, file: &Path, bytes: &[u8], (total, one): (usize, &str), out: &mut Out) -> Result<()> {
        if file == Path::new("-") {
            return out.copy(&mut { bytes });
        }
        files::write(file, bytes, self.force).map_err(|error| Fault::file(file, error))?;
        let said = format!("{}.", csv::written(total, one, &file.display().to_string()));
        out.answer(&Answer::new(json!({ "file": place(file), "total": total, "said": said })).say(said))
    }
}

/// A part of the list, and how it goes on.
pub struct Listing<'a, R> {
    /// How many rows there are in all; `None`: they are counted on the way.
    pub total: Option<i64>,
    pub rows: Rows,
    pub read: Box<Read<'a, R>>,
    /// The place of a row.
    pub cursor: Box<dyn Fn(&R) -> Cursor + 'a>,
    /// More keys of the object.
    pub more: Map<String, Value>,
}

impl<R: Listed> Listing<'_, R> {
    /// Writes the list.
    pub fn write(mut self, view: View, out: &mut Out) -> Result<()> {
        if let Some(file) = self.rows.csv.take() {
            return self.as_table(&file, view, out);
        }
        if out.is_json() { self.for_scripts(view, out) } else { self.for_people(view, out) }
    }

    /// Gives the rows that are wanted to `row`; how many those were, and how many rows there are in all.
    fn each(&mut self, limit: usize, mut row: impl FnMut(R) -> Result<()>) -> Result<(usize, i64)> {
        let (mut shown, mut seen) = (0, 0);
        // Where the rows are not counted on the way, none is read that is not wanted.
        let most = if self.total.is_some() { PAGE.min(limit) } else { PAGE };
        let mut page = Page::first(most);
        loop {
            let slice = (self.read)(&page)?;
            let last = slice.rows.last().map(|last| (self.cursor)(last));
            seen += slice.rows.len();
            for one in slice.rows.into_iter().take(limit - shown) {
                row(one)?;
                shown += 1;
            }
            match last {
                Some(last) if slice.more_after && (shown < limit || self.total.is_none()) => {
                    page = Page::after(last, most);
                }
                _ => break,
            }
        }
        // Somebody may have added rows between the count and the pages.
        Ok((shown, self.total.unwrap_or(0).max(i64::try_from(seen.max(shown)).unwrap_or(i64::MAX))))
    }

    fn as_table(&mut self, file: &Path, view: View, out: &mut Out) -> Result<()> {
        let mut table = Csv::new(Vec::new(), self.rows.dialect(view), R::keys())?;
        let (written, _) = self.each(self.rows.limit.unwrap_or(usize::MAX), |row| Ok(table.row(&row.values(view))?))?;
        self.rows.keep(file, &table.done()?, (written, R::ONE), out)
    }

    fn for_scripts(&mut self, view: View, out: &mut Out) -> Result<()> {
        // One object or none: what breaks off half-way is an error alone. A long list waits on the disk, not in memory.
        let mut whole = SpooledTempFile::new(IN_MEMORY);
        let mut is_first = true;
        whole.write_all(b"{\"rows\":[")?;
        let (_, total) = self.each(self.rows.limit.unwrap_or(usize::MAX), |row| {
            if !std::mem::take(&mut is_first) {
                whole.write_all(b",")?;
            }
            Ok(whole.write_all(harmless(row.json(view).to_string()).as_bytes())?)
        })?;
        write!(whole, "],\"total\":{total}")?;
        for (key, value) in &self.more {
            write!(whole, ",{}:{}", Value::from(key.as_str()), harmless(value.to_string()))?;
        }
        whole.write_all(b"}\n")?;
        whole.rewind()?;
        out.copy(&mut whole)
    }

    fn for_people(&mut self, view: View, out: &mut Out) -> Result<()> {
        let mut table = Table::new(&R::titles());
        let (shown, total) = self.each(self.rows.limit.unwrap_or(FOR_PEOPLE), |row| {
            table.push(row.cells(view));
            Ok(())
        })?;
        if total == 0 {
            return out.answer(&Answer::default().say("There are none."));
        }
        let answer = Answer::default().table(table);
        let is_whole = i64::try_from(shown).is_ok_and(|shown| shown == total);
        out.answer(&if is_whole { answer } else { answer.say(format!("{shown} of {total}; --limit N shows more.")) })
    }
}

/// A short list that is at hand as a whole.
pub fn whole<R: Listed>(rows: &[R], view: View, out: &mut Out) -> Result<()> {
    kept(rows, &Rows::default(), view, out)
}

/// The same, or as a table where one is asked for.
pub fn kept<R: Listed>(rows: &[R], wanted: &Rows, view: View, out: &mut Out) -> Result<()> {
    let rows = rows.get(..wanted.most().min(rows.len())).unwrap_or(rows);
    if let Some(file) = &wanted.csv {
        let values = rows.iter().map(|row| row.values(view));
        let bytes = csv::bytes(wanted.dialect(view), R::keys(), values)?;
        return wanted.keep(file, &bytes, (rows.len(), R::ONE), out);
    }
    let json: Vec<Value> = rows.iter().map(|row| row.json(view)).collect();
    let answer = Answer::new(json!({ "rows": json, "total": rows.len() }));
    if rows.is_empty() {
        return out.answer(&answer.say("There are none."));
    }
    let mut table = Table::new(&R::titles());
    for row in rows {
        table.push(row.cells(view));
    }
    out.answer(&answer.table(table))
}
