//! The name of a segment: of the filter that is shown, or of one that is kept already.

use crate::domain::id::SegmentId;
use crate::services::reads::{CustomerFilter, SegmentRow};
use crate::tui::desk::{Action, Desk};
use crate::tui::forms::{Field, Form, Read};
use crate::tui::reply::Reply;

/// What gets the name.
#[derive(Debug)]
enum Named {
    New(Box<CustomerFilter>),
    /// One that is kept, with whom it shall hold from now on.
    Again(Box<SegmentRow>, Box<CustomerFilter>),
    Kept(SegmentId, String),
}

/// The field of a name.
#[derive(Debug)]
pub struct SegmentForm(Named);

impl SegmentForm {
    /// A new segment of whom this filter has.
    pub fn new(filter: CustomerFilter) -> Self {
        Self(Named::New(Box::new(filter)))
    }

    /// Another filter for one that is kept; under another name it is a new one.
    pub fn again(row: SegmentRow, filter: CustomerFilter) -> Self {
        Self(Named::Again(Box::new(row), Box::new(filter)))
    }

    /// Another name for one that is kept.
    pub fn rename(id: SegmentId, name: impl Into<String>) -> Self {
        Self(Named::Kept(id, name.into()))
    }
}

impl Form for SegmentForm {
    fn title(&self) -> String {
        match &self.0 {
            Named::New(_) | Named::Again(..) => "Save as a segment",
            Named::Kept(..) => "Rename the segment",
        }
        .to_owned()
    }

    fn fields(&self, _desk: &Desk) -> Vec<Field> {
        let name = match &self.0 {
            Named::New(_) => "",
            Named::Again(row, _) => row.name.as_str(),
            Named::Kept(_, name) => name.as_str(),
        };
        vec![Field::text("name", "Name").with(name)]
    }

    fn effect(&self, read: &mut Read<'_>, _desk: &Desk) -> Vec<String> {
        let name = read.text("name");
        vec![match &self.0 {
            Named::Again(row, _) if is_same(&row.name, &name) => {
                format!("{} holds the customers the list shows, from now on; Ctrl+Z takes it back.", row.name)
            }
            _ => "F4, reports and exports know it by this name.".to_owned(),
        }]
    }

    fn submit(&self, read: &mut Read<'_>, _desk: &Desk) -> Option<Reply> {
        let name = read.required("name")?;
        Some(Reply::perform(match &self.0 {
            Named::Again(row, filter) if is_same(&row.name, &name) => {
                Action::ChangeSegment { segment: row.id?, name: Some(name), filter: Some(filter.clone()) }
            }
            Named::New(filter) | Named::Again(_, filter) => Action::AddSegment { name, filter: filter.clone() },
            Named::Kept(segment, _) => Action::ChangeSegment { segment: *segment, name: Some(name), filter: None },
        }))
    }
}

/// Whether two names mean one segment, whatever the case of their letters.
fn is_same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.trim().to_lowercase()
}
