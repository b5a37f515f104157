//! Upright columns for months: a scale at the left, from zero, and a label below each column.

use ratatui::layout::Rect;

use super::bars::eighths;
use super::canvas::Canvas;
use crate::tui::format;
use crate::tui::theme::Ink;

/// One column.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Month {
    /// What stands below it; as much of it as the column is wide.
    pub label: String,
    /// Its height, in any unit.
    pub value: i64,
}

/// The smallest of 1, 2, 3, 5 times a power of ten that is not below `value`: a scale people can read.
pub fn round_up(value: i64) -> i64 {
    let mut step: i64 = 1;
    loop {
        for times in [1, 2, 3, 5] {
            match step.checked_mul(times) {
                Some(round) if round >= value => return round,
                Some(_) => {}
                None => return i64::MAX,
            }
        }
        match step.checked_mul(10) {
            Some(more) => step = more,
            None => return i64::MAX,
        }
    }
}

/// Draws the columns; `scale` writes a value at the left of its line. Returns where the first column begins and how
/// far one lies from the next, for numbers that stand below them.
pub fn render(canvas: &mut Canvas<'_>, area: Rect, months: &[Month], scale: impl Fn(i64) -> String) -> (u16, u16) {
    let count = u16::try_from(months.len()).unwrap_or(u16::MAX);
    if area.height < 3 || count == 0 {
        return (area.x, 1);
    }
    let top = round_up(months.iter().map(|month| month.value).max().unwrap_or(0).max(1));
    let height = area.height - 1;
    // A line whose value is not a round one carries no mark.
    let is_exact = |row: &u16| i128::from(top) * i128::from(*row) % i128::from(height) == 0;
    let marks: Vec<(u16, String)> =
        scale_rows(height).filter(is_exact).map(|row| (row, scale(scaled(top, row, height)))).collect();
    let left = marks.iter().map(|(_, text)| format::width(text)).max().unwrap_or(0);
    let left = u16::try_from(left).unwrap_or(0) + 1;
    for (row, text) in &marks {
        canvas.put_right(area.x, area.bottom() - 1 - row, left - 1, text, Ink::Dim);
    }
    let pitch = (area.width.saturating_sub(left) / count).clamp(1, 8);
    let width = if pitch > 1 { pitch - 1 } else { 1 };
    for (number, month) in (0_u16..).zip(months) {
        let x = area.x + left + number * pitch;
        if x >= area.right() {
            break;
        }
        column(canvas, Rect { x, y: area.y, width, height }, eighths(month.value, top, usize::from(height)));
        canvas.put(x, area.bottom() - 1, width, format::clip(&month.label, usize::from(width)).0, Ink::Dim);
    }
    (area.x + left, pitch)
}

/// Which rows above the ground carry a mark: the ground, the top and some between.
fn scale_rows(height: u16) -> impl Iterator<Item = u16> {
    let parts = if height >= 12 { 4 } else { 2 };
    (0..=parts).map(move |part| part * height / parts)
}

fn scaled(top: i64, row: u16, height: u16) -> i64 {
    let value = i128::from(top) * i128::from(row) / i128::from(height.max(1));
    i64::try_from(value).unwrap_or(i64::MAX)
}

fn column(canvas: &mut Canvas<'_>, area: Rect, eighths: usize) {
    let blocks = canvas.theme().lines().up;
    for row in 0..area.height {
        let here = eighths.saturating_sub(usize::from(row) * 8).min(8);
        let Some(block) = here.checked_sub(1) else { return };
        let text = blocks[block].repeat(usize::from(area.width));
        canvas.put(area.x, area.bottom() - 1 - row, area.width, &text, Ink::Bar);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_are_round() {
        let pairs = [(0, 1), (1, 1), (4, 5), (14_600, 20_000), (21, 30), (99, 100), (i64::MAX, i64::MAX)];
        for (value, top) in pairs {
            assert_eq!(round_up(value), top);
        }
    }
}
