//! What a desk needs from outside: time and chance. Passed in, never read in the middle of a rule.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use crate::domain::calendar::local_date;

/// The world outside a desk.
pub trait Outside: Send + Sync {
    /// The instant; stands only in the activity log and in leases.
    fn now(&self) -> DateTime<Utc>;

    /// The business day in the shop's zone.
    fn today(&self, zone: Tz) -> NaiveDate {
        local_date(self.now(), zone)
    }

    /// Sixteen bytes nobody can guess, as hex: what digests of personal text are salted with.
    fn salt(&self) -> String;
}
