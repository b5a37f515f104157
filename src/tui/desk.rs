//! The seam to the services floor: every name the terminal takes from it comes through here.

use crate::domain::format::Style;
use crate::domain::tax::PriceBasis;

pub use super::format::sentence;
pub use crate::services::actions::charging::{ChargeOutcome, RetryDraft};
pub use crate::services::actions::crediting::{CreditDraft, Falls, falls};
pub use crate::services::actions::methods::MethodDraft;
pub use crate::services::actions::receiving::{ReceiptDraft, Target};
pub use crate::services::actions::refunding::{RefundDraft, RefundFrom};
pub use crate::services::actions::shop::ShopDraft;
pub use crate::services::books::LACKS_ITS_LOG;
pub use crate::services::desk::News;
pub use crate::services::looking::Round;
pub use crate::services::pass::PassOptions;
pub use crate::services::reads;
pub use crate::services::{
    Access, Action, Book, Desk, DeskError, Done, Operator, Outcome, Outside, Owed, Payer, Refusal, StoreError,
    StoreFault, Touched, books,
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
    pub fn sentence(&self) -> &str {
        match self {
            Self::Refused(refusal) => &refusal.message,
            Self::Broken(sentence) => sentence,
        }
    }

    /// The field it is about, where a rule names one.
    pub const fn field(&self) -> Option<&'static str> {
        match self {
            Self::Refused(refusal) => refusal.field,
            Self::Broken(_) => None,
        }
    }

    /// The code of the rule that says no.
    pub const fn code(&self) -> Option<&'static str> {
        match self {
            Self::Refused(refusal) => Some(refusal.code),
            Self::Broken(_) => None,
        }
    }
}

impl From<DeskError> for Trouble {
    fn from(error: DeskError) -> Self {
        match error {
            DeskError::Refused(refusal) => Self::Refused(Refusal { message: sentence(&refusal.message), ..refusal }),
            DeskError::Broken(error) => {
                tracing::error!(%error, "the book failed");
                Self::Broken(sentence(&error.to_string()))
            }
        }
    }
}

/// How the shop writes numbers and dates; the usual way before it is set up.
pub fn style(desk: &Desk) -> Style {
    desk.shop().map(|shop| shop.style).unwrap_or_default()
}

/// Whether the prices of the shop have their tax in them, in words.
pub fn with_tax(desk: &Desk) -> &'static str {
    desk.shop().map_or(PriceBasis::Net, |shop| shop.price_basis).word()
}

/// Whether a list has to wait for its ledger: `is_first_view` is answered by an index, and in a small book everything is.
pub fn must_wait(desk: &Desk, is_first_view: bool) -> bool {
    !is_first_view && desk.book().awaits_ledger() && !desk.read(reads::is_small).unwrap_or(true)
}

/// What the header line shows.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Banner {
    pub shop: String,
    /// The business day in words.
    pub today: String,
    pub operator: String,
    /// The book is a made-up one.
    pub demo: bool,
    /// The book was opened for viewing.
    pub view_only: bool,
}

/// The header of this desk.
pub fn banner(desk: &Desk) -> Banner {
    let today = desk.today();
    Banner {
        shop: desk.shop().map(|shop| shop.name.clone()).unwrap_or_default(),
        today: format!("{} {}", today.format("%a"), style(desk).long_date(today)),
        operator: desk.operator().name.clone(),
        demo: desk.shop().is_ok_and(|shop| shop.is_demo),
        view_only: desk.is_view_only(),
    }
}

/// Looks whether something changed since the last look.
pub fn look(desk: &mut Desk) -> Option<News> {
    desk.news()
}

/// While nobody works: the file is made whole by itself.
pub fn rest(desk: &Desk) {
    if let Err(error) = desk.book().rest() {
        tracing::warn!(detail = error.detail(), "the log could not be folded into the book");
    }
}

/// Runs today's pass, which is safe to do twice, and says what it did; `None` when nothing was new.
pub fn pass(desk: &mut Desk, options: &PassOptions) -> Result<Option<String>, Trouble> {
    if !desk.is_set_up() || desk.is_view_only() {
        return Ok(None);
    }
    let report = desk.run_pass(options)?;
    Ok((!report.steps.is_empty()).then(|| sentence(&report.steps.join(", "))))
}
