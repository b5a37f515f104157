//! Bars to the right, each with its number; a value above zero is never without a bar.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use crate::tui::format::{self, Align};
use crate::tui::theme::{Ink, Lines};

/// One bar.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HBar {
    pub label: String,
    /// The number as people read it.
    pub shown: String,
    /// How long the bar is, in any unit; below zero counts as zero.
    pub value: i64,
    /// The ink of the label.
    pub ink: Ink,
}

/// The share of `value` in `largest`, in eighths of a cell over `cells` cells: at least one above zero.
pub fn eighths(value: i64, largest: i64, cells: usize) -> usize {
    if value <= 0 || largest <= 0 || cells == 0 {
        return 0;
    }
    let all = cells as i128 * 8;
    let part = (i128::from(value) * all / i128::from(largest)).clamp(1, all);
    usize::try_from(part).unwrap_or(0)
}

/// The bar as text.
pub fn bar(lines: &Lines, value: i64, largest: i64, cells: usize) -> String {
    let eighths = eighths(value, largest, cells);
    let mut text = lines.right[7].repeat(eighths / 8);
    if let Some(rest) = (eighths % 8).checked_sub(1) {
        text.push_str(lines.right[rest]);
    }
    text
}

/// Draws as many bars as there are rows; labels and numbers in columns of their own.
pub fn render(canvas: &mut Canvas<'_>, area: Rect, bars: &[HBar]) {
    let widest = |text: fn(&HBar) -> &str| bars.iter().map(|bar| format::width(text(bar))).max().unwrap_or(0);
    let (labels, numbers) = (widest(|bar| &bar.label), widest(|bar| &bar.shown));
    let largest = bars.iter().map(|bar| bar.value).max().unwrap_or(0);
    let cells = usize::from(area.width).saturating_sub(labels + numbers + 2);
    let lines = canvas.theme().lines();
    for (y, one) in (area.y..area.bottom()).zip(bars) {
        let label = format::pad(&one.label, labels, Align::Left);
        let number = format::pad(&one.shown, numbers, Align::Right);
        let mut x = area.x + canvas.put(area.x, y, area.width, &label, one.ink);
        x += 1 + canvas.put(x + 1, y, area.right().saturating_sub(x + 1), &number, Ink::Plain);
        let room = area.right().saturating_sub(x + 1);
        canvas.put(x + 1, y, room, &bar(lines, one.value, largest, cells), Ink::Bar);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::theme::Theme;

    #[test]
    fn a_value_above_zero_never_vanishes_and_zero_has_no_bar() {
        assert_eq!(eighths(1, i64::MAX, 20), 1);
        assert_eq!(eighths(0, 10, 20), 0);
        assert_eq!(eighths(-5, 10, 20), 0);
        assert_eq!(eighths(10, 10, 20), 160);
        assert_eq!(eighths(5, 10, 0), 0);
        assert_eq!(eighths(i64::MAX, 1, 3), 24);
        let theme = Theme::default();
        let boxes = theme.lines();
        assert_eq!(bar(boxes, 58, 412, 18), "██▌");
        assert_eq!(bar(boxes, 4, 412, 18), "▏");
    }
}
