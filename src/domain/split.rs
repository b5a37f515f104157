//! Sharing an amount out so that the shares add up to it exactly.

/// Shares `total` out by `weights`, in minor units, by largest remainder: every share is rounded down first, then the
/// units left over go to the shares that lost most, the first ones where they lost the same (100.00 in 3: 33.34,
/// 33.33, 33.33). The shares always add up to `total`, except that nothing can be shared among no weights. Where all
/// weights are 0 they count as equal. Weights below zero count as 0.
pub fn split(total: i64, weights: &[i64]) -> Vec<i64> {
    let mut weights: Vec<i128> = weights.iter().map(|weight| i128::from((*weight).max(0))).collect();
    if weights.iter().all(|weight| *weight == 0) {
        weights.fill(1);
    }
    let whole: i128 = weights.iter().sum();
    let exact = weights.iter().map(|weight| i128::from(total.unsigned_abs()) * weight).collect::<Vec<_>>();
    let shares = largest_remainder(i128::from(total.unsigned_abs()), &exact, whole);
    shares.into_iter().map(|share| super::rounding::narrow(if total < 0 { -share } else { share })).collect()
}

/// Whole numbers that add up to `total` and stay within one of `exact[i] ÷ denominator`: each is rounded down, then
/// the missing units go to the largest remainders, earlier places first. `total` must be a rounding of the exact sum.
pub fn largest_remainder(total: i128, exact: &[i128], denominator: i128) -> Vec<i128> {
    if denominator <= 0 {
        return vec![0; exact.len()];
    }
    let mut shares: Vec<i128> = exact.iter().map(|part| part.div_euclid(denominator)).collect();
    let missing = usize::try_from(total - shares.iter().sum::<i128>()).unwrap_or(0);
    let mut places: Vec<usize> = (0..exact.len()).collect();
    places.sort_by_key(|place| std::cmp::Reverse(exact.get(*place).map_or(0, |part| part.rem_euclid(denominator))));
    for place in places.into_iter().take(missing) {
        if let Some(share) = shares.get_mut(place) {
            *share += 1;
        }
    }
    shares
}

/// `total` in `parts` parts as equal as they can be, the first ones with the odd units.
pub fn equal_parts(total: i64, parts: usize) -> Vec<i64> {
    split(total, &vec![1; parts])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_parts_get_the_odd_units() {
        assert_eq!(equal_parts(10_000, 3), [3334, 3333, 3333]);
        assert_eq!(equal_parts(5, 2), [3, 2]);
        assert_eq!(equal_parts(-5, 2), [-3, -2]);
        assert_eq!(equal_parts(1, 3), [1, 0, 0]);
    }

    #[test]
    fn the_largest_remainder_gets_the_unit_left_over() {
        assert_eq!(split(100, &[1, 2, 3]), [17, 33, 50]);
        assert_eq!(split(10, &[0, 3, 0]), [0, 10, 0]);
    }

    #[test]
    fn no_weights_share_nothing_and_equal_zeros_share_alike() {
        assert_eq!(split(10, &[]), Vec::<i64>::new());
        assert_eq!(split(3, &[0, 0]), [2, 1]);
    }
}
