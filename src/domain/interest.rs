//! Late interest. A function only: no screen offers it.

use super::rounding::{Rounding, narrow};

/// Interest in minor units on `outstanding` for `days` at `ppm_a_year` parts per million a year (10 % is 100 000), a
/// year of 365 days, rounded once, half away from zero.
pub fn late_interest(outstanding: i64, ppm_a_year: u32, days: u32) -> i64 {
    let exact = i128::from(outstanding) * i128::from(ppm_a_year) * i128::from(days);
    narrow(Rounding::HalfUp.div(exact, 365 * 1_000_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_year_costs_the_rate() {
        assert_eq!(late_interest(10_000, 100_000, 365), 1000);
        assert_eq!(late_interest(10_000, 100_000, 0), 0);
    }
}
