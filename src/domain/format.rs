//! How the shop writes numbers and dates: one choice a book, used on screens and on paper alike.

use std::fmt::Display;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::money::Money;

/// One of a thing or more of them: `1 payment`, `22 payments`.
pub fn count<N: Copy + Display + PartialEq + From<u8>>(number: N, one: &str) -> String {
    if number == N::from(1) { format!("1 {one}") } else { format!("{number} {one}s") }
}

/// How one thousand two hundred and fifty cents looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NumberStyle {
    /// `1,200.50`
    #[default]
    CommaPoint,
    /// `1.200,50`
    PointComma,
    /// `1 200,50` (a no-break space)
    SpaceComma,
}

/// How the third of December looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateStyle {
    /// `03/12/2025`
    #[default]
    DayFirst,
    /// `12/03/2025`
    MonthFirst,
    /// `2025-12-03`
    Iso,
    /// `03.12.2025`
    Dotted,
}

/// The shop's way of writing, passed to whoever shows a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Style {
    pub number: NumberStyle,
    /// Dates in fields and on paper.
    pub date: DateStyle,
}

/// A word outside a closed set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{word}” is not one of {known}")]
pub struct UnknownWord {
    pub word: String,
    /// The words there are.
    pub known: String,
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A closed set of words stored in the file: `code` goes in, `from_code` comes out.
macro_rules! coded {
    ($name:ident { $($variant:ident = $code:literal),+ $(,)? }) => {
        crate::domain::format::coded!(words $name { $($variant = $code),+ });

        impl std::str::FromStr for $name {
            type Err = $crate::domain::format::UnknownWord;

            fn from_str(code: &str) -> Result<Self, Self::Err> {
                Self::from_code(code).ok_or_else(|| $crate::domain::format::UnknownWord {
                    word: code.chars().take(40).collect(),
                    known: [$($code),+].join(", "),
                })
            }
        }
    };
    // Without `FromStr`, for a type that reads other spellings too.
    (words $name:ident { $($variant:ident = $code:literal),+ $(,)? }) => {
        impl $name {
            /// The word the file stores.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The value of a stored word.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }

            /// Every value, in the order of the trade.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
        }
    };
}
pub(crate) use coded;

coded!(NumberStyle { CommaPoint = "comma_point", PointComma = "point_comma", SpaceComma = "space_comma" });
coded!(DateStyle { DayFirst = "day_first", MonthFirst = "month_first", Iso = "iso", Dotted = "dotted" });

impl NumberStyle {
    /// The grouping mark and the decimal mark.
    pub const fn marks(self) -> (char, char) {
        match self {
            Self::CommaPoint => (',', '.'),
            Self::PointComma => ('.', ','),
            Self::SpaceComma => ('\u{a0}', ','),
        }
    }
}

impl Style {
    /// An amount with grouping and the currency's digits, without its code: `1,204.00`.
    pub fn amount(self, money: Money) -> String {
        self.number(&money.to_string())
    }

    /// Plain decimal text (`-1204.5`) in the shop's way, digits kept as they are.
    pub fn number(self, plain: &str) -> String {
        let (group, point) = self.number.marks();
        let (sign, digits) = plain.strip_prefix('-').map_or(("", plain), |rest| ("-", rest));
        let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(w, f)| (w, Some(f)));
        let mut out = String::with_capacity(plain.len() + 6);
        out.push_str(sign);
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                out.push(group);
            }
            out.push(digit);
        }
        if let Some(fraction) = fraction {
            out.push(point);
            out.push_str(fraction);
        }
        out
    }

    /// A date with its year, as fields and papers show it.
    pub fn date(self, day: NaiveDate) -> String {
        let pattern = match self.date {
            DateStyle::DayFirst => "%d/%m/%Y",
            DateStyle::MonthFirst => "%m/%d/%Y",
            DateStyle::Iso => "%Y-%m-%d",
            DateStyle::Dotted => "%d.%m.%Y",
        };
        day.format(pattern).to_string()
    }

    /// A date in words for lists and sentences, the same everywhere: `17 Nov 2025`.
    pub fn long_date(self, day: NaiveDate) -> String {
        format!("{} {}", self.short_date(day), day.year())
    }

    /// A date without its year for narrow columns: `17 Nov`.
    pub fn short_date(self, day: NaiveDate) -> String {
        format!("{:02} {}", day.day(), MONTHS.get(day.month0() as usize).copied().unwrap_or(""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::currency::Currency;

    #[test]
    fn amounts_are_grouped_in_the_shops_way() {
        let money = Money::new(120_050, Currency::EUR);
        let style = |number| Style { number, date: DateStyle::Iso };
        assert_eq!(style(NumberStyle::CommaPoint).amount(money), "1,200.50");
        assert_eq!(style(NumberStyle::PointComma).amount(money), "1.200,50");
        assert_eq!(style(NumberStyle::SpaceComma).amount(money), "1\u{a0}200,50");
        assert_eq!(style(NumberStyle::CommaPoint).amount(Money::new(-100, Currency::EUR)), "-1.00");
        assert_eq!(style(NumberStyle::CommaPoint).number("1234567"), "1,234,567");
    }

    #[test]
    fn dates_follow_the_chosen_order() {
        let day = NaiveDate::from_ymd_opt(2025, 12, 3).unwrap();
        let shown = |date| Style { number: NumberStyle::CommaPoint, date }.date(day);
        assert_eq!(shown(DateStyle::DayFirst), "03/12/2025");
        assert_eq!(shown(DateStyle::MonthFirst), "12/03/2025");
        assert_eq!(shown(DateStyle::Iso), "2025-12-03");
        assert_eq!(shown(DateStyle::Dotted), "03.12.2025");
        assert_eq!(Style::default().long_date(day), "03 Dec 2025");
    }
}
