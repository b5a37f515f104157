//! Segments and the table of the list: what is shown is kept under a name, found again, written to a file.

use super::super::filter;
use super::super::filter::CustomerFilterForm;
use super::super::segment::SegmentForm;
use super::Customers;
use crate::adapters::{customer_file, paper_folder};
use crate::domain::customer::CustomerKind;
use crate::domain::id::SegmentId;
use crate::services::DeskError;
use crate::services::reads::{CustomerFilter, Segment, SegmentRow};
use crate::tui::command::{Able, Command};
use crate::tui::desk::{Action, Desk, Trouble};
use crate::tui::dialogs::picker::Picker;
use crate::tui::forms::{FormDialog, segments};
use crate::tui::jobs::{Job, Outcome};
use crate::tui::path;
use crate::tui::reply::{Act, Answer, Entry, Question, Reply};

/// Under these names what was chosen comes back.
const SHOW: &str = "show segment";
const CHANGE: &str = "change segment";
const RENAME: &str = "rename segment";
const REMOVE: &str = "remove segment";

/// Whom a saved view has.
pub(super) fn viewed(name: &str) -> CustomerFilter {
    let all = CustomerFilter::default();
    match name {
        "Active" => CustomerFilter { active: Some(true), ..all },
        "Business" => CustomerFilter { kind: Some(CustomerKind::Business), ..all },
        "Individuals" => CustomerFilter { kind: Some(CustomerKind::Individual), ..all },
        "At risk" => CustomerFilter { segment: Some(Segment::AtRisk), ..all },
        "Loyal" => CustomerFilter { segment: Some(Segment::Loyal), ..all },
        "New" => CustomerFilter { segment: Some(Segment::New), ..all },
        "High value" => CustomerFilter { segment: Some(Segment::HighValue), ..all },
        _ => all,
    }
}

impl Customers {
    /// The entries of F9 that need no row.
    pub(super) fn segment_entries(&self) -> Vec<Entry> {
        let is_narrowed = self.is_filtered() || self.listing.views.active() != 0;
        let narrowed =
            Able::when(is_narrowed, "The list shows everybody: choose with F4 or a view whom the segment holds.");
        let (filter, changing) = (CustomerFilter { query: String::new(), ..self.shown() }, self.changing.clone());
        let keep = move |desk: &Desk| {
            let form = match changing.clone().filter(|row| still_is(row, desk)) {
                Some(row) => SegmentForm::again(row, filter.clone()),
                None => SegmentForm::new(filter.clone()),
            };
            Reply::open(FormDialog::new(form, desk))
        };
        let one = |text: &str, letter, act: fn(&Desk) -> Reply| Entry::of(text, letter, Act::new(act));
        vec![
            one("Show a segment", 's', |desk| pick(SHOW, "Show which segment?", desk, false)),
            one("Write the list to a table (CSV)", 'f', |_| Reply::Do(Command::Print)).note("F7"),
            Entry::of("Keep what is shown as a segment", 'k', Act::new(keep)).able(narrowed),
            one("Change whom a segment holds", 'h', |desk| pick(CHANGE, "Change which segment?", desk, true)),
            one("Rename a segment", 'r', |desk| pick(RENAME, "Rename which segment?", desk, true)),
            one("Take a segment off", 'x', |desk| pick(REMOVE, "Take off which segment?", desk, true)),
        ]
    }

    /// Takes the answer of a list these entries opened; `None` where it is another's.
    pub(super) fn of_segments(&mut self, answer: &Answer, desk: &Desk) -> Option<Reply> {
        Some(match (answer.asked, answer.key.as_str()) {
            (CHANGE, key) => self.change(key, desk),
            (SHOW, key) => {
                let chosen = segments::all(desk).into_iter().find(|row| segments::key(row) == key);
                let sort = self.filter.sort;
                self.changing = None;
                self.listing.views.choose(0);
                self.filter = CustomerFilter { sort, ..CustomerFilter::default() };
                match chosen {
                    Some(row) if row.id.is_some() => {
                        self.filter.within = Some(Box::new(row.filter));
                        self.segment_name = row.name;
                    }
                    Some(row) => self.filter.segment = row.filter.segment,
                    None => {}
                }
                self.listing.table.reset();
                self.narrowed(desk)
            }
            (RENAME, key) => number(key)
                .map_or(Reply::Nothing, |id| Reply::open(FormDialog::new(SegmentForm::rename(id, &answer.text), desk))),
            (REMOVE, key) => number(key).map_or(Reply::Nothing, |id| {
                let line = format!("Take the segment {} off? Its customers stay.", answer.text);
                Reply::ask(Question::dangerous("Take a segment off", &line, Reply::perform(Action::RemoveSegment(id))))
            }),
            _ => return None,
        })
    }

    /// Shows what a segment asks for as the filter of the list, and opens it to be changed: kept again under its name, it
    /// holds whom the list shows.
    fn change(&mut self, key: &str, desk: &Desk) -> Reply {
        let Some(row) = segments::all(desk).into_iter().find(|row| segments::key(row) == key) else {
            return Reply::refuse("Somebody took that segment off meanwhile.");
        };
        self.listing.views.choose(0);
        self.listing.find.clear();
        // A segment within a segment stays what it is; the filter is laid open as it was kept.
        self.segment_name = if row.filter.within.is_some() { format!("part of {}", row.name) } else { String::new() };
        self.filter = row.filter.clone();
        self.names = filter::names(&self.filter, desk);
        self.changing = Some(row);
        self.listing.table.reset();
        match self.narrowed(desk) {
            Reply::Nothing => Reply::open(FormDialog::new(CustomerFilterForm::new(self.filter.clone()), desk)),
            refused => refused,
        }
    }

    /// Writes what is shown to a table beside the book, on a thread of its own.
    pub(super) fn table_file(&mut self, desk: &Desk) -> Reply {
        let own = match desk.again() {
            Ok(own) => own,
            Err(error) => return Reply::refuse(Trouble::from(error).sentence()),
        };
        let (filter, total) = (self.shown(), self.tally.totals().map_or(0, |totals| totals.count.unsigned_abs()));
        Reply::Run(Job::new("Writing the list", move |pace| {
            let told = |error: DeskError| Trouble::from(error).sentence().to_owned();
            let (count, bytes) =
                customer_file::table(&own, &filter, &mut |read| pace.step(read as u64, total)).map_err(told)?;
            let name = format!("customers-{}", own.today());
            let file = paper_folder::keep_as(own.book().path(), "exports", own.today(), (&name, "csv"), &bytes)?;
            Ok(Outcome::said(format!("{count} customers are in {}", path::shown(&file))))
        }))
    }
}

fn pick(asked: &'static str, title: &str, desk: &Desk, only_own: bool) -> Reply {
    let rows = segments::all(desk).into_iter().filter(|row| !only_own || row.id.is_some());
    let entries: Vec<Entry> = rows.map(|row| Entry::new(segments::key(&row), row.name)).collect();
    if entries.is_empty() {
        return Reply::refuse(
            "The shop has no segment of its own yet: choose with F4 whom it holds, then F9 keeps it.",
        );
    }
    Reply::open(Picker::short(asked, title, entries))
}

fn number(key: &str) -> Option<SegmentId> {
    key.strip_prefix("own ")?.parse().ok()
}

/// Whether the segment that is being changed is still kept.
fn still_is(changing: &SegmentRow, desk: &Desk) -> bool {
    segments::all(desk).iter().any(|row| row.id == changing.id)
}
