//! The terminal, driven by keys through the real loop of `App`.

mod demo;
mod forms;
pub mod harbour;
mod invoices;
mod ladder;
mod lists;
mod look;
mod menus;
mod money;
mod monkey;
mod palette;
mod payments;
#[cfg(unix)]
mod pty;
mod said;
mod sizes;
mod today;
