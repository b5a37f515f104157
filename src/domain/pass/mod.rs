//! What the daily pass has to do, decided from values alone. Everything planned depends on the subscription and its
//! dates, never on the day a pass happened to run, so that a pass a day, one pass a year and a pass run twice leave
//! the same book.

mod billable;
mod group_days;
mod guard;
mod plan;

pub use billable::{Billable, GroupBilling, price_at};
pub use group_days::{billing_days, next_billing_day};
pub use guard::{Guard, LONGEST_GAP, first_untold, guard};
pub use plan::{Planned, horizon, in_number_order, looks_ahead, next_start, plan, plan_before};
