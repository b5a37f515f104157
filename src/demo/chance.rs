//! Chance that comes out the same: splitmix64, seeded by the book's seed and by what is being decided.

/// What is being decided: decisions about different things do not disturb each other.
#[derive(Clone, Copy)]
pub(super) enum Topic {
    /// When a customer comes and how they pay.
    Person = 1,
    /// What they are called and where they live.
    Name,
    /// What is ordered.
    Order,
    /// How an invoice is paid.
    Invoice,
    /// Work beside the contracts.
    Extra,
    /// What the log is salted with.
    Salt,
    /// Which card or mandate somebody has.
    Method,
    /// What happens after an invoice is paid, or is not.
    After,
}

/// A stream of decisions.
pub(super) struct Chance {
    state: u64,
}

impl Chance {
    /// The stream for one thing.
    pub fn of(seed: u64, topic: Topic, id: u64) -> Self {
        let mut mixed = Self { state: seed };
        let mixed = mixed.next() ^ (topic as u64).wrapping_mul(0xa076_1d64_78bd_642f);
        let mut mixed = Self { state: mixed };
        Self { state: mixed.next() ^ id.wrapping_mul(0xe703_7ed1_a0b4_28db) }
    }

    /// The next 64 bits.
    pub fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to, not including, `n`; 0 where `n` is 0.
    pub fn below(&mut self, n: usize) -> usize {
        let drawn = self.next() % (n.max(1) as u64);
        usize::try_from(drawn).unwrap_or(0)
    }

    /// A number in between, both ends included.
    pub fn between(&mut self, from: i64, to: i64) -> i64 {
        let width = usize::try_from(to - from).unwrap_or(0);
        from + i64::try_from(self.below(width + 1)).unwrap_or(0)
    }

    /// Yes in so many of a hundred cases.
    pub fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// So many letters.
    pub fn letters(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(*self.pick(b"abcdefghijklmnopqrstuvwxyz"))).collect()
    }

    /// One of these; the list is not empty.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_is_splitmix64() {
        // First three outputs for seed 1234567 (Rosetta Code, Pseudo-random numbers/Splitmix64).
        let mut chance = Chance { state: 1_234_567 };
        let drawn = [chance.next(), chance.next(), chance.next()];
        assert_eq!(drawn, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn decisions_about_different_things_differ() {
        let first = |seed, topic, id| Chance::of(seed, topic, id).next();
        assert_eq!(first(1, Topic::Order, 1), first(1, Topic::Order, 1));
        assert_ne!(first(1, Topic::Order, 1), first(1, Topic::Order, 2));
        assert_ne!(first(1, Topic::Order, 1), first(1, Topic::Invoice, 1));
        assert_ne!(first(1, Topic::Order, 1), first(2, Topic::Order, 1));
    }
}
