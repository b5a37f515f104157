//! The world outside a demo: a clock that is walked through the years, and salts that come out the same.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use chrono::{DateTime, NaiveDate, Utc};

use super::chance::{Chance, Topic};
use crate::services::Outside;

/// A clock set by the demo, and chance from its seed.
pub(super) struct DemoOutside {
    seconds: AtomicI64,
    salts: AtomicU64,
    seed: u64,
}

impl DemoOutside {
    /// Before the first day.
    pub fn new(seed: u64) -> Self {
        Self { seconds: AtomicI64::new(0), salts: AtomicU64::new(0), seed }
    }

    /// Sets the clock to an hour of a day; hours from 2 to 22 fall on the same day in the shop's zone.
    pub fn set(&self, day: NaiveDate, hour: u32) {
        let instant = day.and_hms_opt(hour.min(22), 0, 0).map_or(0, |instant| instant.and_utc().timestamp());
        self.seconds.store(instant, Ordering::Relaxed);
    }
}

impl Outside for DemoOutside {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.seconds.load(Ordering::Relaxed), 0).unwrap_or_default()
    }

    fn salt(&self) -> String {
        let mut chance = Chance::of(self.seed, Topic::Salt, self.salts.fetch_add(1, Ordering::Relaxed));
        format!("{:016x}{:016x}", chance.next(), chance.next())
    }
}
