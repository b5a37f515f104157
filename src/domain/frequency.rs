//! How often a subscription is billed.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::format::coded;

/// The length of a billing period. Prices are always per month; the frequency says how many months one bill covers.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
pub enum Frequency {
    /// One month, the default.
    #[default]
    #[serde(rename = "month")]
    Monthly,
    /// Three months.
    #[serde(rename = "quarter")]
    Quarterly,
    /// Six months.
    #[serde(rename = "half_year")]
    HalfYearly,
    /// Twelve months.
    #[serde(rename = "year")]
    Annual,
    /// Twenty-four months.
    #[serde(rename = "two_years")]
    TwoYearly,
}

coded!(words Frequency {
    Monthly = "month", Quarterly = "quarter", HalfYearly = "half_year", Annual = "year", TwoYearly = "two_years"
});

/// The text names no billing frequency.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("“{0}” is not a billing frequency: write month, quarter, half-year, year or two-years")]
pub struct UnknownFrequency(pub String);

impl Frequency {
    /// Months in one full period.
    pub const fn months(self) -> u32 {
        match self {
            Self::Monthly => 1,
            Self::Quarterly => 3,
            Self::HalfYearly => 6,
            Self::Annual => 12,
            Self::TwoYearly => 24,
        }
    }

    /// The word for one full period, as in “every quarter”.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Monthly | Self::Quarterly | Self::Annual => self.code(),
            Self::HalfYearly => "half-year",
            Self::TwoYearly => "2 years",
        }
    }
}

impl fmt::Display for Frequency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// Reads what a person or a file writes, in any case, with blanks, dashes or low lines between words: `month`,
/// `quarterly`, `half-year`, `6 months`, `annually`, `two years`.
impl FromStr for Frequency {
    type Err = UnknownFrequency;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.trim().to_lowercase().replace(['-', '_'], " ").as_str() {
            "month" | "monthly" => Ok(Self::Monthly),
            "quarter" | "quarterly" | "3 months" | "three months" => Ok(Self::Quarterly),
            "half year" | "halfyear" | "half yearly" | "6 months" | "six months" => Ok(Self::HalfYearly),
            "year" | "yearly" | "annual" | "annually" | "12 months" | "twelve months" => Ok(Self::Annual),
            "two years" | "2 years" | "two yearly" | "24 months" => Ok(Self::TwoYearly),
            _ => Err(UnknownFrequency(text.trim().chars().take(40).collect())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frequency_is_read_in_every_usual_spelling() {
        for (text, frequency) in [
            ("month", Frequency::Monthly),
            (" Monthly ", Frequency::Monthly),
            ("quarterly", Frequency::Quarterly),
            ("YEAR", Frequency::Annual),
            ("annual", Frequency::Annual),
            ("annually", Frequency::Annual),
            ("yearly", Frequency::Annual),
            ("half-year", Frequency::HalfYearly),
            ("HALF_YEAR", Frequency::HalfYearly),
            ("6 months", Frequency::HalfYearly),
            ("two-years", Frequency::TwoYearly),
            ("Two years", Frequency::TwoYearly),
        ] {
            assert_eq!(text.parse(), Ok(frequency), "{text}");
        }
        assert!("weekly".parse::<Frequency>().is_err());
    }

    #[test]
    fn the_stored_word_comes_back_as_the_same_frequency() {
        for frequency in Frequency::ALL {
            assert_eq!(Frequency::from_code(frequency.code()), Some(*frequency));
            assert_eq!(frequency.word().parse(), Ok(*frequency));
        }
    }
}
