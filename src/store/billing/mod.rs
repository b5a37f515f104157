//! What the pass reads and writes: due subscriptions, payments, invoices, numbers.

mod billable;
mod due;
mod invoice;
mod payment;
mod progress;
mod retax;
mod tally;

pub use billable::*;
pub use due::*;
pub use invoice::*;
pub use payment::*;
pub use progress::*;
pub use retax::*;
pub use tally::*;
