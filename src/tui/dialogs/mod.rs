//! What stands above a page: six kinds, no seventh.
//!
//! [`confirm`] asks yes or no, [`form`] hosts fields, [`picker`] lets one choose (also the short menu of F9),
//! [`help`] explains the keys, [`text`] shows a long text, [`palette`] lists every command (F10).

pub mod confirm;
pub mod form;
pub mod help;
pub mod palette;
pub mod picker;
pub mod subject;
pub mod text;

use ratatui::layout::Rect;

use super::theme::Ink;
use super::widgets::canvas::Canvas;
use super::widgets::panel;

/// A box of that size in the middle of `area`, wiped, framed and titled; the targets below it are covered.
/// Returns what lies inside.
pub fn boxed(canvas: &mut Canvas<'_>, area: Rect, width: u16, height: u16, title: &str) -> Rect {
    let (width, height) = (width.min(area.width), height.min(area.height));
    let x = area.x + (area.width - width) / 2;
    let y = area.y + (area.height - height) / 2;
    let place = Rect { x, y, width, height };
    canvas.cover_targets();
    canvas.hide_caret();
    canvas.wipe(place, Ink::Plain);
    panel::draw(canvas, place, title, "")
}
