//! One test binary.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::struct_field_names,
    clippy::needless_pass_by_value,
    clippy::format_push_string,
    clippy::print_stdout,
    clippy::unused_self,
    reason = "a test that cannot go on stops; clippy knows only the bodies of #[test] functions as tests"
)]

mod a_shop;
mod big_book;
mod books;
mod chance;
mod circles;
mod commands;
mod crashing;
mod demo;
mod desk;
mod figures;
mod fixture;
mod front;
mod issuing;
mod journeys;
mod keeping;
mod money;
mod older;
mod opening;
mod papers;
mod people;
mod pictures;
mod plans;
#[cfg(unix)]
mod portable;
#[cfg(unix)]
mod pty;
mod reads;
mod rented;
mod robot;
mod schedule_laws;
mod schema;
mod screens;
mod settlement_laws;
mod sharing;
mod speed;
mod tidy;
mod tidy_log;
mod trust;
mod vectors;
