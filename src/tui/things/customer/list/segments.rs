//! Segments and the table of the list: what is shown is kept under a name, found again, written to a file.

use super::super::filter;
use super::super::filter::CustomerFilterForm;
use super::super::segment::SegmentForm;
use super::Customers;
use crate::domain::customer::CustomerKind;
use crate::domain::id::{CustomerId, SegmentId};
use crate::services::reads::{CustomerFilter, Segment, SegmentRow};
use crate::tui::command::{Able, Command};
use crate::tui::desk::{Action, Desk};
use crate::tui::dialogs::picker::Picker;
use crate::tui::forms::{FormDialog, segments};
use crate::tui::page::deed::{Chosen, Deed, one};
use crate::tui::page::list::{List as _, Turn};
use crate::tui::reply::{Answer, Entry, Question, Reply};
use crate::tui::widgets::listing::Listing;

/// Under these names what was chosen comes back.
const SHOW: &str = "show segment";
const CHANGE: &str = "change segment";
const RENAME: &str = "rename segment";
const REMOVE: &str = "remove segment";

/// Whom a saved view has.
pub(super) fn viewed(view: usize) -> CustomerFilter {
    let all = CustomerFilter::default();
    match Customers::VIEWS.get(view).map_or("", |(_, code)| *code) {
        "active" => CustomerFilter { active: Some(true), ..all },
        "business" => CustomerFilter { kind: Some(CustomerKind::Business), ..all },
        "individuals" => CustomerFilter { kind: Some(CustomerKind::Individual), ..all },
        "at risk" => CustomerFilter { segment: Some(Segment::AtRisk), ..all },
        "loyal" => CustomerFilter { segment: Some(Segment::Loyal), ..all },
        "new" => CustomerFilter { segment: Some(Segment::New), ..all },
        "high value" => CustomerFilter { segment: Some(Segment::HighValue), ..all },
        _ => all,
    }
}

/// The list as it is shown.
#[derive(Debug)]
pub struct ThisList {
    filter: CustomerFilter,
    /// The segment whose filter is laid open to be changed.
    changing: Option<SegmentRow>,
    is_narrowed: bool,
}

impl ThisList {
    fn keep(&self, desk: &Desk) -> Reply {
        let form = match self.changing.clone().filter(|row| still_is(row, desk)) {
            Some(row) => SegmentForm::again(row, self.filter.clone()),
            None => SegmentForm::new(self.filter.clone()),
        };
        Reply::open(FormDialog::new(form, desk))
    }
}

impl Chosen for ThisList {
    const ONE: &'static str = "list";

    fn marked(&self) -> usize {
        0
    }
}

/// What can be done with the list, whatever the row.
pub static LIST_DEEDS: &[Deed<ThisList>] = &[
    Deed {
        run: |_, desk| pick(SHOW, "Show which segment?", desk, false),
        ..one("Show segment", 's', |_| "Show a segment".to_owned())
    },
    Deed {
        key: |_| Some(Command::Print),
        run: |_, _| Reply::Do(Command::Print),
        ..one("Table", 'f', |_| "Write the list to a table (CSV)".to_owned())
    },
    Deed {
        able: |it| {
            let why = "The list shows everybody: choose with F4 or a view who belongs to the segment.";
            Able::when(it.is_narrowed, why)
        },
        run: ThisList::keep,
        ..one("Save segment", 'k', |_| "Save what is shown as a segment".to_owned())
    },
    Deed {
        run: |_, desk| pick(CHANGE, "Change which segment?", desk, true),
        ..one("Change segment", 'h', |_| "Change who is in a segment".to_owned())
    },
    Deed {
        run: |_, desk| pick(RENAME, "Rename which segment?", desk, true),
        ..one("Rename segment", 'r', |_| "Rename a segment".to_owned())
    },
    Deed {
        run: |_, desk| pick(REMOVE, "Remove which segment?", desk, true),
        ..one("Remove segment", 'x', |_| "Remove a segment".to_owned())
    },
];

impl Customers {
    /// The list as it is shown, for the deeds that need no row.
    pub(super) fn this_list(&self, shown: &CustomerFilter) -> ThisList {
        ThisList {
            filter: CustomerFilter { query: String::new(), ..shown.clone() },
            changing: self.changing.clone(),
            is_narrowed: self.is_filtered() || self.is_viewed,
        }
    }

    /// Takes the answer of a list these entries opened; `None` where it is another's.
    pub(super) fn of_segments(
        &mut self,
        answer: &Answer,
        listing: &mut Listing<CustomerId>,
        desk: &Desk,
    ) -> Option<Turn> {
        let key = answer.key.as_str();
        Some(match answer.asked {
            CHANGE => self.change(key, listing, desk),
            SHOW => {
                let chosen = segments::all(desk).into_iter().find(|row| segments::key(row) == key);
                let sort = self.filter.sort;
                self.changing = None;
                listing.views.choose(0);
                self.filter = CustomerFilter { sort, ..CustomerFilter::default() };
                match chosen {
                    Some(row) if row.id.is_some() => {
                        self.filter.within = Some(Box::new(row.filter));
                        self.segment_name = row.name;
                    }
                    Some(row) => self.filter.segment = row.filter.segment,
                    None => {}
                }
                Turn::Anew(Reply::Nothing)
            }
            RENAME => Turn::Do(number(key).map_or(Reply::Nothing, |id| {
                Reply::open(FormDialog::new(SegmentForm::rename(id, &answer.text), desk))
            })),
            REMOVE => Turn::Do(number(key).map_or(Reply::Nothing, |id| {
                let line = format!("Remove the segment {}? Its customers stay.", answer.text);
                Reply::ask(Question::dangerous("Remove a segment", &line, Reply::perform(Action::RemoveSegment(id))))
            })),
            _ => return None,
        })
    }

    /// Shows what a segment asks for as the filter of the list, and opens it to be changed: kept again under its name, it
    /// holds whom the list shows.
    fn change(&mut self, key: &str, listing: &mut Listing<CustomerId>, desk: &Desk) -> Turn {
        let Some(row) = segments::all(desk).into_iter().find(|row| segments::key(row) == key) else {
            return Turn::Do(Reply::refuse("Somebody removed that segment meanwhile."));
        };
        listing.views.choose(0);
        listing.find.clear();
        // A segment within a segment stays what it is; the filter is laid open as it was kept.
        self.segment_name = if row.filter.within.is_some() { format!("part of {}", row.name) } else { String::new() };
        self.filter = row.filter.clone();
        self.names = filter::names(&self.filter, desk);
        self.changing = Some(row);
        Turn::Anew(Reply::open(FormDialog::new(CustomerFilterForm::new(self.filter.clone()), desk)))
    }
}

fn pick(asked: &'static str, title: &str, desk: &Desk, only_own: bool) -> Reply {
    let rows = segments::all(desk).into_iter().filter(|row| !only_own || row.id.is_some());
    let entries: Vec<Entry> = rows.map(|row| Entry::new(segments::key(&row), row.name)).collect();
    if entries.is_empty() {
        return Reply::refuse(
            "The shop has no segment of its own yet: choose with F4 who belongs to it, then F9 saves it.",
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
