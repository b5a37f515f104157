//! The name of a segment: of the filter that is shown, or of one that is kept already.

use crate::domain::id::SegmentId;
use crate::services::reads::CustomerFilter;
use crate::tui::desk::{Action, Desk};
use crate::tui::forms::{Field, Form, Read};
use crate::tui::reply::Reply;

/// What gets the name.
#[derive(Debug)]
enum Named {
    New(Box<CustomerFilter>),
    Kept(SegmentId, String),
}

/// The field of a name.
#[derive(Debug)]
pub struct SegmentForm(Named);

impl SegmentForm {
    /// A new segment of whom this filter has.
    #[must_use]
    pub fn new(filter: CustomerFilter) -> Self {
        Self(Named::New(Box::new(filter)))
    }

    /// Another name for one that is kept.
    #[must_use]
    pub fn rename(id: SegmentId, name: impl Into<String>) -> Self {
        Self(Named::Kept(id, name.into()))
    }
}

impl Form for SegmentForm {
    fn title(&self) -> String {
        match &self.0 {
            Named::New(_) => "Keep as a segment",
            Named::Kept(..) => "Rename the segment",
        }
        .to_owned()
    }

    fn fields(&self, _desk: &Desk) -> Vec<Field> {
        let name = if let Named::Kept(_, name) = &self.0 { name.as_str() } else { "" };
        vec![Field::text("name", "Name").with(name)]
    }

    fn effect(&self, _read: &mut Read<'_>, _desk: &Desk) -> Vec<String> {
        vec!["F4, reports and exports know it by this name.".to_owned()]
    }

    fn submit(&self, read: &mut Read<'_>, _desk: &Desk) -> Option<Reply> {
        let name = read.required("name")?;
        Some(Reply::perform(match &self.0 {
            Named::New(filter) => Action::AddSegment { name, filter: filter.clone() },
            Named::Kept(segment, _) => Action::ChangeSegment { segment: *segment, name: Some(name), filter: None },
        }))
    }
}
