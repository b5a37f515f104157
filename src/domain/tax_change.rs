//! A tax rate changed by law: from a day on another one is charged, over contracts that run. A period bears the rate of
//! its last day (Directive 2006/112/EC, article 64: a supply over time is made when its period ends).

use chrono::NaiveDate;

use super::tax::TaxRate;

/// One change of the law, as a person told it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct RateChange {
    pub from: TaxRate,
    /// What is charged instead.
    pub to: TaxRate,
    /// The first day it holds.
    pub on: NaiveDate,
    /// The day it was written down.
    pub told_on: NaiveDate,
}

impl RateChange {
    /// Whether it reaches contracts ordered on a day: those ordered later were agreed at rates that knew of it.
    pub fn reaches(&self, ordered_on: NaiveDate) -> bool {
        ordered_on <= self.on.max(self.told_on)
    }
}

/// The rate on a day, of what was ordered at `agreed`. The changes are in the order of their days.
pub fn rate_on(agreed: TaxRate, ordered_on: NaiveDate, day: NaiveDate, changes: &[RateChange]) -> TaxRate {
    let in_force = changes.iter().filter(|change| change.on <= day && change.reaches(ordered_on));
    in_force.fold(agreed, |rate, change| if change.from == rate { change.to } else { rate })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// F60: Germany's half year at 16 %.
    #[test]
    fn a_rate_follows_the_law_and_what_was_ordered_later_is_as_agreed() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let rate = |text: &str| text.parse::<TaxRate>().unwrap();
        let change =
            |from, to, on| RateChange { from: rate(from), to: rate(to), on: day(on), told_on: day("2020-06-20") };
        let law = [change("19", "16", "2020-07-01"), change("16", "19", "2021-01-01")];
        for (ordered, on, agreed, charged) in [
            ("2020-01-01", "2020-06-30", "19", "19"),
            ("2020-01-01", "2020-07-01", "19", "16"),
            ("2020-01-01", "2020-12-31", "19", "16"),
            ("2020-01-01", "2021-01-01", "19", "19"),
            ("2020-09-01", "2020-09-30", "16", "16"),
            ("2020-09-01", "2021-01-31", "16", "19"),
            ("2020-09-01", "2020-09-30", "19", "19"),
            ("2020-01-01", "2020-09-30", "7", "7"),
            ("2022-01-01", "2022-01-31", "16", "16"),
        ] {
            assert_eq!(rate_on(rate(agreed), day(ordered), day(on), &law), rate(charged), "{ordered} {on} {agreed}");
        }
    }
}
