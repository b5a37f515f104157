//! The machine's clock and its chance, and a day set by hand.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use crate::domain::calendar::local_date;
use crate::services::Outside;

/// The machine's clock; the business day is the shop's zone's, or the one set by hand.
#[derive(Clone, Copy, Debug, Default)]
pub struct Machine {
    /// The day set by `--today`.
    pub today: Option<NaiveDate>,
}

impl Outside for Machine {
    #[expect(clippy::disallowed_methods, reason = "the one place where the machine's clock is read")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }

    fn today(&self, zone: Tz) -> NaiveDate {
        self.today.unwrap_or_else(|| local_date(self.now(), zone))
    }

    fn salt(&self) -> String {
        let mut bytes = [0_u8; 16];
        // Without chance from the system a salt of zeros still keeps the chain; only guessing erased text gets easier.
        let _ = getrandom::fill(&mut bytes);
        format!("{:032x}", u128::from_be_bytes(bytes))
    }
}
