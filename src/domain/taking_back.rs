//! Which of the money on a payment goes back first, and what becomes of the payment.

use super::status::PaymentStatus;

/// Takes `amount` minor units out of `parts`, which stand newest first, and says how much of each; `None` where the
/// parts hold less. Nothing is taken for an amount of zero or less. (RULES: receipt allocations are reversed newest
/// first.)
pub fn newest_first<K: Copy>(amount: i64, parts: &[(K, i64)]) -> Option<Vec<(K, i64)>> {
    let mut rest = amount.max(0);
    let mut taken = Vec::new();
    for (key, held) in parts {
        let part = rest.min((*held).max(0));
        if part > 0 {
            taken.push((*key, part));
            rest -= part;
        }
    }
    (rest == 0).then_some(taken)
}

/// How much of the money on a line has to be freed before a credit of `credit` fits on it, where `open` is still owed:
/// an invoice of 90.00 paid with 75.00 and credited by 30.00 frees 15.00.
pub fn to_free(credit: i64, open: i64) -> i64 {
    (credit - open).max(0)
}

/// The status of a payment once a credit note settled all of it: cancelled where nothing but credit notes settles it,
/// paid where money does too, or where the credit stands for money that went back (`is_refund`).
pub const fn once_credited(credited: i64, amount: i64, is_refund: bool) -> PaymentStatus {
    if credited == amount && !is_refund { PaymentStatus::Cancelled } else { PaymentStatus::Paid }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_newest_money_goes_back_first_and_never_more_than_there_is() {
        let parts = [("c", 30), ("b", 0), ("a", 75)];
        assert_eq!(newest_first(15, &parts), Some(vec![("c", 15)]));
        assert_eq!(newest_first(40, &parts), Some(vec![("c", 30), ("a", 10)]));
        assert_eq!(newest_first(105, &parts), Some(vec![("c", 30), ("a", 75)]));
        assert_eq!(newest_first(106, &parts), None);
        assert_eq!(newest_first(0, &parts), Some(vec![]));
        assert_eq!(newest_first(1, &[] as &[((), i64)]), None);
    }

    #[test]
    fn a_credit_uses_what_is_open_before_it_frees_money() {
        for (credit, open, freed) in [(3000, 1500, 1500), (1500, 1500, 0), (100, 0, 100), (100, 500, 0)] {
            assert_eq!(to_free(credit, open), freed);
        }
    }

    #[test]
    fn a_line_that_only_credit_settles_is_cancelled() {
        assert_eq!(once_credited(100, 100, false), PaymentStatus::Cancelled);
        assert_eq!(once_credited(60, 100, false), PaymentStatus::Paid);
        assert_eq!(once_credited(100, 100, true), PaymentStatus::Paid);
    }

    proptest! {
        #[test]
        fn what_is_taken_adds_up_and_fits(amount in 0_i64..2_000, held in prop::collection::vec(0_i64..500, 0..6)) {
            let parts: Vec<(usize, i64)> = held.iter().copied().enumerate().collect();
            match newest_first(amount, &parts) {
                None => prop_assert!(held.iter().sum::<i64>() < amount),
                Some(taken) => {
                    prop_assert_eq!(taken.iter().map(|(_, part)| part).sum::<i64>(), amount);
                    prop_assert!(taken.iter().all(|(at, part)| *part <= held[*at]));
                }
            }
        }
    }
}
