//! Segments the shop makes: saved filters of customers that lists, reports and exports share.

use serde_json::{Value as Json, json};

use crate::domain::id::SegmentId;
use crate::domain::log::{Log, Subject};
use crate::domain::text;
use crate::services::done::{Done, Outcome, Touched, WayBack};
use crate::services::reads::{CustomerFilter, Segment, segment_filter, segment_text};
use crate::services::refusal::{OfField, OrUnknown, Refusal, Result};
use crate::services::work::{Entry, Work};
use crate::store::activity::Activity;
use crate::store::segment::{self, Saved};

/// Keeps a filter under a name.
pub(in crate::services) fn add(work: &Work, name: &str, filter: &CustomerFilter) -> Result<Done> {
    let name = free_name(work, name, None)?;
    let everybody = CustomerFilter { sort: filter.sort, reverse: filter.reverse, ..CustomerFilter::default() };
    if (CustomerFilter { query: String::new(), ..filter.clone() }) == everybody {
        return Err(Refusal::of_field(
            "name",
            "choose with F4 which customers belong to it: now it would be all of them",
        )
        .into());
    }
    let id = segment::insert(work.db, &name, &segment_text(filter))?;
    log(work, Log::AddSegment, id, Json::Null)?;
    Ok(done(id, format!("Segment {name} is saved.")))
}

/// Gives a segment another name, another filter, or both.
pub(in crate::services) fn change(
    work: &Work,
    id: SegmentId,
    name: Option<&str>,
    filter: Option<&CustomerFilter>,
) -> Result<Done> {
    let before = segment::by_id(work.db, id)?.or_unknown("segment", id)?;
    let name = match name {
        Some(name) => free_name(work, name, Some(id))?,
        None => before.name.clone(),
    };
    let filter = filter.map_or_else(|| before.filter.clone(), segment_text);
    segment::update(work.db, &Saved { id, name: name.clone(), filter })?;
    log(work, Log::ChangeSegment, id, kept(&before))?;
    Ok(done(id, format!("Segment {name} is saved.")))
}

/// Takes a segment off; its customers stay.
pub(in crate::services) fn remove(work: &Work, id: SegmentId) -> Result<Done> {
    let before = segment::by_id(work.db, id)?.or_unknown("segment", id)?;
    segment::remove(work.db, id)?;
    log(work, Log::RemoveSegment, id, kept(&before))?;
    Ok(done(id, format!("Segment {} is removed; its customers stay.", before.name)).back(WayBack::Gone))
}

/// Undo: a segment that was added is not kept.
pub(in crate::services) fn take_back_add(work: &Work, found: &Activity) -> Result<String> {
    let id = segment_of(found)?;
    let segment = segment::by_id(work.db, id)?.or_unknown("segment", id)?;
    segment::remove(work.db, id)?;
    Ok(format!("Segment {} is removed again.", segment.name))
}

/// Undo: a changed segment is what it was.
pub(in crate::services) fn take_back_change(work: &Work, found: &Activity) -> Result<String> {
    let (id, (name, filter)) = (segment_of(found)?, had(found));
    segment_filter(&filter).or_unknown("filter of segment", id)?;
    segment::update(work.db, &Saved { id, name: free_name(work, &name, Some(id))?, filter })?;
    Ok(format!("Segment {name} is as it was."))
}

/// Undo: a segment that was taken off is back.
pub(in crate::services) fn take_back_remove(work: &Work, found: &Activity) -> Result<String> {
    let (name, filter) = had(found);
    let name = free_name(work, &name, None)?;
    segment::insert(work.db, &name, &filter)?;
    Ok(format!("Segment {name} is back."))
}

fn segment_of(found: &Activity) -> Result<SegmentId> {
    let Subject::Segment(id) = found.subject else { return Err(found.names_no("segment").into()) };
    Ok(id)
}

/// Its name and filter before.
fn had(found: &Activity) -> (String, String) {
    let facts = found.facts();
    let text = |key: &str| facts.get(key).and_then(Json::as_str).unwrap_or_default().to_owned();
    (text("name"), text("filter"))
}

fn kept(before: &Saved) -> Json {
    json!({ "name": before.name, "filter": before.filter })
}

fn log(work: &Work, action: Log, id: SegmentId, details: Json) -> Result<()> {
    work.log(&Entry { details, ..Entry::new(action, Subject::Segment(id)) })?;
    Ok(())
}

fn done(id: SegmentId, said: String) -> Done {
    Done::new(said, Outcome::Segment(id), &[Touched::Customers])
}

/// A name no other segment has, nor one of those that are always there.
fn free_name(work: &Work, name: &str, except: Option<SegmentId>) -> Result<String> {
    let name = text::clean_line(name, 100).of_field("name")?;
    if name.is_empty() {
        return Err(Refusal::of_field("name", "a segment needs a name").into());
    }
    let taken = segment::by_name(work.db, &name)?.is_some_and(|other| Some(other.id) != except);
    if taken || Segment::from_code(&name).is_some() {
        return Err(Refusal::of_field("name", format!("there is a segment {name} already")).into());
    }
    Ok(name)
}
