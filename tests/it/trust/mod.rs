//! Attempts to break the book: kills, races, random days, hostile text, clocks that jump.
//!
//! Sizes and seeds come from the environment: `RENTBOOK_SEED`, `RENTBOOK_KILLS`, `RENTBOOK_STEPS`, `RENTBOOK_SHOPS`.
//! What fails prints its seed.

mod books;
mod clock;
mod clock_ahead;
mod desk_laws;
mod edited;
mod every;
mod hostile;
mod hostile_forms;
mod kill;
mod ledger;
mod mixed;
mod naughty;
mod path_laws;
mod planted;
mod program;
mod races;
mod second_look;
mod suspicions;
mod taken_back;
mod wholeness;
