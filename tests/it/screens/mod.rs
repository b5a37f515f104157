//! The terminal, driven by keys through the real loop of `App`.

mod demo;
mod forms;
mod ladder;
mod menus;
mod monkey;
#[cfg(unix)]
mod pty;
mod sizes;
