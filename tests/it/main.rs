//! One test binary.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on stops; clippy knows only the bodies of #[test] functions as tests"
)]

mod a_shop;
mod crashing;
mod desk;
mod fixture;
mod keeping;
mod opening;
mod papers;
mod schedule_laws;
mod schema;
mod settlement_laws;
mod sharing;
mod tidy;
mod vectors;
