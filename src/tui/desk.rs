//! The seam to the services floor: every name the terminal takes from it comes through here.

use std::sync::Arc;

use super::reply::Way;

pub use crate::services::actions::shop::ShopDraft;
pub use crate::services::desk::News;
pub use crate::services::pass::PassOptions;
pub use crate::services::{
    Access, Action, Book, Desk, DeskError, Done, Operator, Outcome, Outside, Refusal, StoreError, StoreFault, Touched,
    books,
};

/// Why something was not done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Trouble {
    /// A rule says no; a person can do something about it.
    Refused(Refusal),
    /// Something is broken; the sentence says what is safe.
    Broken(String),
}

impl Trouble {
    /// The sentence to show.
    #[must_use]
    pub fn sentence(&self) -> &str {
        match self {
            Self::Refused(refusal) => &refusal.message,
            Self::Broken(sentence) => sentence,
        }
    }

    /// The field it is about, where a rule names one.
    #[must_use]
    pub fn field(&self) -> Option<&'static str> {
        match self {
            Self::Refused(refusal) => refusal.field,
            Self::Broken(_) => None,
        }
    }

    /// The code of the rule that says no.
    #[must_use]
    pub fn code(&self) -> Option<&'static str> {
        match self {
            Self::Refused(refusal) => Some(refusal.code),
            Self::Broken(_) => None,
        }
    }
}

impl From<DeskError> for Trouble {
    fn from(error: DeskError) -> Self {
        match error {
            DeskError::Refused(refusal) => Self::Refused(refusal),
            DeskError::Broken(error) => Self::Broken(error.to_string()),
        }
    }
}

/// What the header line shows.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Banner {
    /// The shop's name.
    pub shop: String,
    /// The business day in words.
    pub today: String,
    /// Who works here.
    pub operator: String,
    /// The book is a made-up one.
    pub demo: bool,
    /// The book was opened for viewing.
    pub view_only: bool,
}

/// The header of this desk.
#[must_use]
pub fn banner(desk: &Desk) -> Banner {
    let style = desk.shop().map(|shop| shop.style).unwrap_or_default();
    Banner {
        shop: desk.shop().map(|shop| shop.name.clone()).unwrap_or_default(),
        today: format!("{} {}", desk.today().format("%a"), style.long_date(desk.today())),
        operator: desk.operator().name.clone(),
        demo: desk.shop().is_ok_and(|shop| shop.is_demo),
        view_only: desk.is_view_only(),
    }
}

/// Performs one action.
///
/// # Errors
/// When a rule refuses it, or the book cannot be written.
pub fn perform(desk: &mut Desk, action: Action) -> Result<Done, Trouble> {
    Ok(desk.perform(action)?)
}

/// Takes back what was done last.
///
/// # Errors
/// As [`perform`].
pub fn undo(desk: &mut Desk) -> Result<Done, Trouble> {
    perform(desk, Action::Undo(None))
}

/// Does again what was taken back.
///
/// # Errors
/// As [`perform`].
pub fn redo(_desk: &mut Desk) -> Result<Done, Trouble> {
    Err(Trouble::Refused(Refusal::new("nothing_to_redo", "There is nothing to do again: enter it anew.")))
}

/// Looks whether something changed since the last look.
pub fn look(desk: &mut Desk) -> Option<News> {
    desk.news()
}

/// Runs today's pass; safe to do twice.
///
/// # Errors
/// As [`perform`]; when it waits for a person, [`waits_for_a_person`] says for what.
pub fn pass(desk: &mut Desk, options: &PassOptions) -> Result<Done, Trouble> {
    let report = desk.run_pass(options)?;
    let said = match report.steps.as_slice() {
        [] => "Nothing new is due today.".to_owned(),
        steps => format!("{}.", steps.join(", ")),
    };
    Ok(Done::new(said, Outcome::Nothing, &[Touched::Money, Touched::Orders, Touched::Customers]))
}

/// What a pass that waits for a person would do, and what confirms it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Waiting {
    /// Why it waits.
    pub why: String,
    /// What it would do, a line each.
    pub steps: Vec<String>,
    /// How it is asked for by a person who has seen that.
    pub confirmed: PassOptions,
    /// The clock stands before the last pass, instead of far behind it.
    pub is_clock_back: bool,
}

/// What a pass was refused for, when it only waits for a person.
#[must_use]
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
///
/// # Errors
/// With the fault of the file, or what a rule says against a new shop.
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
#[must_use]
pub fn opening_words(desk: &Desk) -> Option<String> {
    let opening = desk.book().opening();
    let mut words = Vec::new();
    if let Some(because) = opening.view_because {
        words.push(because.to_string());
    }
    if opening.was_unclean {
        words.push(
            "rentbook was not closed properly the last time; the book was looked through and is in order.".to_owned(),
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
