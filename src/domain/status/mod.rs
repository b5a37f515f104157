//! The states of things, one file a thing: the word the file stores, the word on screens, the mark that says it
//! without colour, and one table of what may follow what.

mod asset;
mod invoice;
mod money;
mod order;
mod outbox;
mod payment;

pub use asset::AssetState;
pub use invoice::{InvoiceKind, InvoiceState, InvoiceStatus, overdue_on};
pub use money::{AttemptState, DepositState, ReceiptState};
pub use order::{EndReason, OrderStatus, SubscriptionStatus};
pub use outbox::OutboxState;
pub use payment::{PaymentKind, PaymentStanding, PaymentStatus};

/// Declares the codes, screen words and marks of a state; a mark is one ASCII character.
macro_rules! shown {
    ($name:ident { $($variant:ident = $code:literal, $word:literal, $mark:literal;)+ }) => {
        crate::domain::format::coded!($name { $($variant = $code),+ });

        impl $name {
            /// The word on screens.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// One ASCII character that says the same without colour.
            pub const fn mark(self) -> char {
                match self { $(Self::$variant => $mark),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.word())
            }
        }
    };
}

/// Declares what may follow what: the one table of a state. What is not listed is refused.
macro_rules! transitions {
    ($name:ident { $($from:ident => $($to:ident)|+;)+ }) => {
        impl $name {
            /// Whether `next` may follow this. Staying as it is is no change, and not listed.
            pub const fn can_become(self, next: Self) -> bool {
                match self {
                    $(Self::$from => matches!(next, $(Self::$to)|+),)+
                    _ => false,
                }
            }
        }
    };
}
use {shown, transitions};

#[cfg(test)]
mod tests {
    use super::*;

    /// Every pair a table allows, as `from>to`.
    macro_rules! table {
        ($name:ident) => {{
            let mut pairs = Vec::new();
            for from in $name::ALL {
                for to in $name::ALL.iter().filter(|to| from.can_become(**to)) {
                    pairs.push(format!("{}>{}", from.code(), to.code()));
                }
            }
            pairs.join(" ")
        }};
    }

    #[test]
    fn the_tables_are_those_of_the_rules() {
        for (table, written) in [
            (
                table!(PaymentStatus),
                "pending>processing pending>paid pending>cancelled processing>pending processing>paid \
                 processing>failed paid>pending failed>processing failed>paid failed>cancelled",
            ),
            (table!(InvoiceState), "draft>in_review in_review>issued issued>void"),
            (table!(OrderStatus), "draft>confirmed draft>cancelled confirmed>cancelled"),
            (
                table!(SubscriptionStatus),
                "draft>active active>paused active>suspended active>ended active>cancelled paused>active \
                 paused>ended paused>cancelled suspended>active suspended>ended suspended>cancelled",
            ),
            (table!(AssetState), "in_stock>rented in_stock>retired in_stock>sold rented>in_stock rented>sold"),
            (
                table!(AttemptState),
                "created>sent sent>pending pending>settled pending>declined pending>needs_customer pending>void",
            ),
            (table!(ReceiptState), "pending>cleared pending>failed cleared>reversed"),
            (table!(DepositState), "held>returned held>kept held>partly_kept"),
            (
                table!(OutboxState),
                "queued>sending queued>cancelled sending>sent sending>bounced sending>held sending>cancelled",
            ),
        ] {
            assert_eq!(table, written);
        }
    }

    #[test]
    fn the_marks_are_those_the_screens_promise() {
        assert_eq!(InvoiceStatus::Overdue.mark(), '!');
        assert_eq!(PaymentStatus::Failed.mark(), 'x');
        assert_eq!(PaymentStatus::Paid.mark(), '+');
        assert_eq!(InvoiceStatus::Paid.mark(), '+');
        assert_eq!(PaymentStatus::Pending.mark(), '.');
        assert_eq!(PaymentStatus::Processing.mark(), '~');
        assert_eq!(PaymentStatus::Cancelled.mark(), '-');
    }

    #[test]
    fn a_stored_code_comes_back_and_a_mark_is_ascii() {
        macro_rules! check {
            ($($name:ident),+) => {$(
                for state in $name::ALL {
                    assert_eq!($name::from_code(state.code()), Some(*state));
                    assert!(state.mark().is_ascii_graphic());
                    assert_eq!(serde_json::to_value(state).unwrap(), serde_json::Value::from(state.code()));
                }
                assert_eq!($name::from_code("nonsense"), None);
            )+};
        }
        check!(
            PaymentStatus,
            PaymentStanding,
            PaymentKind,
            InvoiceState,
            InvoiceStatus,
            InvoiceKind,
            OrderStatus,
            SubscriptionStatus
        );
        check!(EndReason, AssetState, AttemptState, ReceiptState, DepositState, OutboxState);
    }
}
