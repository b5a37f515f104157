//! One test binary.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test says so by failing")]

mod a_shop;
mod crashing;
mod keeping;
mod opening;
mod sharing;
