//! `group show`: a group with its members.

use crate::cli::fault::{Fault, Result};
use crate::cli::list::View;
use crate::cli::out::{Answer, Out};
use crate::cli::shapes::group as shape;
use crate::cli::table::Table;
use crate::domain::id::GroupId;
use crate::services::Desk;
use crate::services::reads::{self, GroupPage, MemberRow};
use crate::shown::column::Listed;

/// Shows it.
pub fn run(id: GroupId, desk: &Desk, out: &mut Out) -> Result<()> {
    let view = View::of(desk)?;
    let page = page(desk, id, view)?;
    let mut members = Table::new(&MemberRow::titles());
    for member in &page.members {
        members.push(member.cells(view));
    }
    let answer = Answer::new(shape::page(&page, view)).table(Table::fields(&shape::fields(&page, view)));
    out.answer(&answer.say("").table(members))
}

/// The page of a group.
pub fn page(desk: &Desk, id: GroupId, view: View) -> Result<GroupPage> {
    desk.read(|db| reads::group_page(db, id, view.today))?.ok_or_else(|| Fault::unknown("billing group", id))
}
