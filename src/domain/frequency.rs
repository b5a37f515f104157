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
    /// Twelve months.
    #[serde(rename = "year")]
    Annual,
}

coded!(words Frequency { Monthly = "month", Quarterly = "quarter", Annual = "year" });

/// The text names no billing frequency.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("“{0}” is not a billing frequency: write month, quarter or year")]
pub struct UnknownFrequency(pub String);

impl Frequency {
    /// Months in one full period: 1, 3 or 12.
    pub const fn months(self) -> u32 {
        match self {
            Self::Monthly => 1,
            Self::Quarterly => 3,
            Self::Annual => 12,
        }
    }

    /// The word for one full period, as in “every quarter”.
    pub const fn word(self) -> &'static str {
        self.code()
    }
}

impl fmt::Display for Frequency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// Reads what a person or a file writes, in any case: `month`, `monthly`, `quarter`, `quarterly`, `year`, `yearly`,
/// `annual`, `annually`.
impl FromStr for Frequency {
    type Err = UnknownFrequency;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.trim().to_lowercase().as_str() {
            "month" | "monthly" => Ok(Self::Monthly),
            "quarter" | "quarterly" => Ok(Self::Quarterly),
            "year" | "yearly" | "annual" | "annually" => Ok(Self::Annual),
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
