//! Rounding a division of whole numbers to a whole number, exactly.

/// What happens to a half.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Rounding {
    /// Away from zero, the rule of the book: 0.5 → 1, −0.5 → −1.
    #[default]
    HalfUp,
    /// To the even neighbour, as some ledgers do: 0.5 → 0, 1.5 → 2. A parameter of the function, not a setting.
    HalfEven,
}

impl Rounding {
    /// `numerator ÷ denominator` as the nearest whole number. A denominator of zero or less gives 0: there is nothing
    /// to share.
    pub const fn div(self, numerator: i128, denominator: i128) -> i128 {
        if denominator <= 0 {
            return 0;
        }
        let (whole, rest) = (numerator / denominator, (numerator % denominator).abs());
        let up = match self {
            Self::HalfUp => rest >= denominator - rest,
            Self::HalfEven => rest > denominator - rest || (rest == denominator - rest && whole % 2 != 0),
        };
        if !up {
            whole
        } else if numerator < 0 {
            whole - 1
        } else {
            whole + 1
        }
    }
}

/// `minor × numerator ÷ denominator` in minor units, half away from zero.
pub fn share(minor: i64, numerator: i64, denominator: i64) -> i64 {
    narrow(Rounding::HalfUp.div(i128::from(minor) * i128::from(numerator), i128::from(denominator)))
}

/// Back to 64 bits. Amounts of the book stay far below the limit ([`super::money::LARGEST`]); beyond it the largest
/// value stands, so that a sum that is too large is seen as such and never wraps.
pub fn narrow(wide: i128) -> i64 {
    i64::try_from(wide).unwrap_or(if wide < 0 { i64::MIN } else { i64::MAX })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_goes_away_from_zero() {
        for (numerator, denominator, rounded) in
            [(1, 2, 1), (-1, 2, -1), (3, 2, 2), (-3, 2, -2), (1, 3, 0), (2, 3, 1), (-2, 3, -1), (6, 3, 2), (0, 7, 0)]
        {
            assert_eq!(Rounding::HalfUp.div(numerator, denominator), rounded, "{numerator}/{denominator}");
        }
    }

    #[test]
    fn a_half_goes_to_the_even_neighbour_where_asked() {
        for (numerator, rounded) in [(1, 0), (3, 2), (5, 2), (7, 4), (-1, 0), (-3, -2), (-5, -2)] {
            assert_eq!(Rounding::HalfEven.div(numerator, 2), rounded, "{numerator}/2");
        }
    }

    #[test]
    fn dividing_by_nothing_shares_nothing() {
        assert_eq!(Rounding::HalfUp.div(5, 0), 0);
        assert_eq!(share(5, 1, 0), 0);
    }
}
