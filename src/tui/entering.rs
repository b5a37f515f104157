//! The way to a book, and into its day: opened, made or brought back; what is said about that; a pass that waits.

use std::sync::Arc;

use super::desk::{Access, Desk, LACKS_ITS_LOG, PassOptions, Trouble, books};
use super::reply::Way;

/// What a pass that waits for a person would do, and what confirms it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Waiting {
    pub why: String,
    /// What it would do, a line each.
    pub steps: Vec<String>,
    /// How it is asked for by a person who has seen that.
    pub confirmed: PassOptions,
    /// The clock stands before the last pass, instead of far behind it.
    pub is_clock_back: bool,
}

/// What a pass was refused for, when it only waits for a person.
pub fn waits_for_a_person(trouble: &Trouble) -> Option<Waiting> {
    let Trouble::Refused(refusal) = trouble else { return None };
    let is_clock_back = refusal.code == "clock_back";
    if !is_clock_back && refusal.code != "gap" {
        return None;
    }
    let rehearsed = refusal.details.as_ref().and_then(|details| details.get("dry_run"));
    let step = |key: &str, one: &str, many: &str| {
        let count = rehearsed.and_then(|report| report.get(key)?.as_u64()).unwrap_or(0);
        match count {
            0 => None,
            1 => Some(format!("1 {one}")),
            many_of => Some(format!("{many_of} {many}")),
        }
    };
    let steps = [
        step("materialised", "payment comes due", "payments come due"),
        step("invoices_issued", "invoice is issued", "invoices are issued"),
        step("became_overdue", "invoice becomes overdue", "invoices become overdue"),
        step("subscriptions_ended", "contract ends", "contracts end"),
    ];
    Some(Waiting {
        why: refusal.message.clone(),
        steps: steps.into_iter().flatten().collect(),
        confirmed: PassOptions { confirm_gap: true, confirm_clock: is_clock_back, ..PassOptions::default() },
        is_clock_back,
    })
}

/// The desk at another book.
pub fn enter(desk: &Desk, way: &Way) -> Result<Desk, Trouble> {
    let (outside, operator) = (Arc::clone(desk.outside()), desk.operator());
    let entered = match way {
        Way::Open(path, access) => books::open(path, *access, &outside, operator)?,
        Way::Make(path, draft) => books::make(path, draft, &outside, operator)?,
        Way::BringBack { from, to } => {
            books::bring_back(from, to, outside.now())?;
            books::open(to, Access::ReadWrite, &outside, operator)?
        }
    };
    Ok(entered)
}

/// What a person should know about how the book was opened; nothing when all is as ever.
pub fn opening_words(desk: &Desk) -> Option<String> {
    let opening = desk.book().opening();
    let mut words = Vec::new();
    if let Some(because) = opening.view_because {
        words.push(because.to_string());
    }
    if opening.lacks_its_log {
        words.push(LACKS_ITS_LOG.to_owned());
    }
    if opening.was_unclean {
        words.push(
            "rentbook was not closed properly the last time; the money in the book was looked through and is in order."
                .to_owned(),
        );
    }
    if let (Some(_), Some(backup)) = (opening.migrated_from, &opening.backup) {
        words.push(format!("The book was brought up to date; as it was, it is kept at {}.", backup.display()));
    }
    if let Some(free) = books::little_room(desk.book().path()) {
        words.push(format!("The disk is almost full: {} MB are left.", free / 1_000_000));
    }
    (!words.is_empty()).then(|| words.join(" "))
}
