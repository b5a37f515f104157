//! The terminal.

pub mod command;
pub mod desk;
pub mod event;
pub mod format;
pub mod jobs;
pub mod keymap;
pub mod place;
pub mod reply;
pub mod terminal;
pub mod theme;
pub mod widgets;
