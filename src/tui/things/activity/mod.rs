//! What was done: the activity log, and a step of it that is taken back.

pub mod deeds;
pub mod list;
