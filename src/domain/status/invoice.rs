//! The invoice: the state of the document, which only people and the pass move, and the status shown, which follows
//! from its numbers and the date.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{shown, transitions};

/// The document. Only an issued one has a number, and it is frozen.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvoiceState {
    /// Being made; no number.
    #[default]
    Draft,
    /// Waits for a person's approval, which gives it its number and its date.
    InReview,
    /// Numbered and frozen.
    Issued,
    /// Withdrawn while nothing was settled on it; keeps its number.
    Void,
}

shown!(InvoiceState {
    Draft = "draft", "Draft", 'o';
    InReview = "in_review", "In review", '?';
    Issued = "issued", "Issued", '.';
    Void = "void", "Void", '-';
});

transitions!(InvoiceState {
    Draft => InReview;
    InReview => Issued;
    Issued => Void;
});

/// What an invoice is made for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvoiceKind {
    /// A period of a subscription.
    #[default]
    Regular,
    /// Typed in by staff or made by a fee: its own terms and its own collection steps.
    OutOfTurn,
    /// A billing group's, with a line per member's subscription.
    Consolidated,
}

shown!(InvoiceKind {
    Regular = "regular", "Regular", 'r';
    OutOfTurn = "out_of_turn", "Extra", 'o';
    Consolidated = "consolidated", "Consolidated", 'c';
});

/// The status of an invoice as lists show it. It is never stored: it follows from the document, its numbers and a day.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvoiceStatus {
    /// Being made.
    Draft,
    /// Waits for approval.
    InReview,
    /// Nothing settled, not past its due date.
    Unpaid,
    /// A part settled, not past its due date.
    PartiallyPaid,
    /// Nothing due any more, and money settled it.
    Paid,
    /// Nothing due any more, and no money settled it.
    Credited,
    /// Nothing due any more, and a part of it was given up.
    WrittenOff,
    /// Past its due date with something due; wins over partially paid.
    Overdue,
    /// Withdrawn.
    Void,
}

shown!(InvoiceStatus {
    Draft = "draft", "Draft", 'o';
    InReview = "in_review", "In review", '?';
    Unpaid = "unpaid", "Unpaid", '.';
    PartiallyPaid = "partially_paid", "Partly paid", '%';
    Paid = "paid", "Paid", '+';
    Credited = "credited", "Credited", '=';
    WrittenOff = "written_off", "Written off", '/';
    Overdue = "overdue", "Overdue", '!';
    Void = "void", "Void", '-';
});

impl InvoiceStatus {
    /// Those of invoices with nothing due any more.
    pub const SETTLED: &[Self] = &[Self::Paid, Self::Credited, Self::WrittenOff];

    /// What is said of an invoice of `total` with nothing due any more, by what settled it: paid is money. One of nothing
    /// is paid. (RULES, Money in: *written off* where a part was, else *credited* where no money settled it.)
    pub const fn told(self, total: i64, credited: i64, written_off: i64) -> Self {
        match self {
            Self::Paid if written_off > 0 => Self::WrittenOff,
            Self::Paid if total > 0 && credited >= total => Self::Credited,
            other => other,
        }
    }

    /// The status on `today` of an invoice of `total` minor units with `settled` of them settled (by receipts, credit
    /// notes and write-offs). The due day itself is not overdue. A draft may have no due date yet; an issued invoice
    /// without one is never overdue.
    pub fn of(
        state: InvoiceState,
        total: i64,
        settled: i64,
        due_on: impl Into<Option<NaiveDate>>,
        today: NaiveDate,
    ) -> Self {
        match state {
            InvoiceState::Draft => Self::Draft,
            InvoiceState::InReview => Self::InReview,
            InvoiceState::Void => Self::Void,
            InvoiceState::Issued if total <= settled => Self::Paid,
            InvoiceState::Issued if due_on.into().is_some_and(|due| today > due) => Self::Overdue,
            InvoiceState::Issued if settled > 0 => Self::PartiallyPaid,
            InvoiceState::Issued => Self::Unpaid,
        }
    }

    /// Whether something is owed on it: unpaid, partly paid or overdue.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Unpaid | Self::PartiallyPaid | Self::Overdue)
    }
}

/// The first day an invoice counts as overdue, whatever day a pass ran: the day after the due date.
pub fn overdue_on(due_on: NaiveDate) -> NaiveDate {
    due_on.succ_opt().unwrap_or(due_on)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overdue_wins_over_partially_paid_and_starts_the_day_after() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let on = |today| InvoiceStatus::of(InvoiceState::Issued, 100, 20, day("2025-01-10"), day(today));
        assert_eq!(on("2025-01-10"), InvoiceStatus::PartiallyPaid);
        assert_eq!(on("2025-01-11"), InvoiceStatus::Overdue);
        assert_eq!(overdue_on(day("2025-01-10")), day("2025-01-11"));
    }

    // F31
    #[test]
    fn paid_is_money_and_what_is_credited_or_given_up_has_words_of_its_own() {
        let told = |total, credited, off| InvoiceStatus::Paid.told(total, credited, off);
        assert_eq!(told(100, 0, 0), InvoiceStatus::Paid);
        assert_eq!(told(0, 0, 0), InvoiceStatus::Paid);
        assert_eq!(told(100, 40, 0), InvoiceStatus::Paid);
        assert_eq!(told(100, 100, 0), InvoiceStatus::Credited);
        assert_eq!(told(100, 99, 1), InvoiceStatus::WrittenOff);
        assert_eq!(InvoiceStatus::Overdue.told(100, 40, 0), InvoiceStatus::Overdue);
    }

    #[test]
    fn a_draft_and_a_void_invoice_stand_beside_the_numbers() {
        for (state, status) in [
            (InvoiceState::Draft, InvoiceStatus::Draft),
            (InvoiceState::InReview, InvoiceStatus::InReview),
            (InvoiceState::Void, InvoiceStatus::Void),
        ] {
            assert_eq!(InvoiceStatus::of(state, 100, 0, None, NaiveDate::MAX), status);
        }
    }
}
