//! Where the boxes stand: six on a screen of 80 by 24, seven and larger ones from 110 by 36.

use ratatui::layout::Rect;

use super::{Card, Reading, Reports};
use crate::tui::format;
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::hits::Target;
use crate::tui::widgets::panel;

/// From this size there are seven boxes with every number in them.
const LARGE: (u16, u16) = (110, 32);

/// The boxes and their places.
fn places(area: Rect) -> Vec<(Card, Rect)> {
    if area.width < LARGE.0 || area.height < LARGE.1 { small(area) } else { large(area) }
}

fn small(area: Rect) -> Vec<(Card, Rect)> {
    let left = area.width / 2 + 1;
    let rows = |y: u16, height: u16| {
        let row = Rect { y, height, ..area };
        (Rect { width: left, ..row }, Rect { x: area.x + left, width: area.width - left, ..row })
    };
    // What is left over goes to the charts.
    let (middle, last) = (7, 3);
    let top = area.height.saturating_sub(middle + last);
    let (income, statuses) = rows(area.y, top);
    let (figures, ages) = rows(area.y + top, middle.min(area.height - top));
    let (expected, failures) = rows(area.y + top + middle, last);
    vec![
        (Card::Income, income),
        (Card::Statuses, statuses),
        (Card::Figures, figures),
        (Card::Ages, ages),
        (Card::Expected, expected),
        (Card::Failures, failures),
    ]
}

fn large(area: Rect) -> Vec<(Card, Rect)> {
    let (middle, last) = (11, 6);
    let top = area.height - middle - last;
    let right = area.width * 7 / 20;
    let left = area.width - right;
    let income = Rect { width: left, height: top, ..area };
    let beside = Rect { x: area.x + left, width: right, height: top / 2, ..area };
    let ages = Rect { y: beside.bottom(), height: top - beside.height, ..beside };
    let half = area.width / 2;
    let row = |y: u16, height: u16| {
        let row = Rect { y, height, ..area };
        (Rect { width: half, ..row }, Rect { x: area.x + half, width: area.width - half, ..row })
    };
    let (figures, failures) = row(area.y + top, middle);
    let (expected, groups) = row(area.y + top + middle, last);
    vec![
        (Card::Income, income),
        (Card::Statuses, beside),
        (Card::Ages, ages),
        (Card::Figures, figures),
        (Card::Failures, failures),
        (Card::Expected, expected),
        (Card::Groups, groups),
    ]
}

impl Reports {
    pub(super) fn draw(&mut self, canvas: &mut Canvas<'_>, area: Rect) {
        let below = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        let places = places(below);
        self.shown = places.iter().map(|(shown, _)| *shown).collect();
        if !self.shown.contains(&self.focus) {
            self.focus = Card::Income;
        }
        self.draw_period(canvas, Rect { height: 1, ..area });
        for (shown, place) in places.into_iter().filter(|(_, place)| place.height >= 3) {
            self.draw_box(canvas, shown, place);
        }
    }

    fn draw_period(&self, canvas: &mut Canvas<'_>, line: Rect) {
        let mut x = line.x + canvas.put(line.x, line.y, line.width, " Period: ", Ink::Dim);
        let words = self.between.words(self.style);
        x += canvas.put(x, line.y, line.right().saturating_sub(x), &words, Ink::Active);
        // A chip of a segment takes the place of what can be known without it.
        let segment = self.segment.as_ref().map(|row| row.name.as_str());
        let is_wide = segment.is_none() || line.width >= LARGE.0;
        if self.between.to > self.today && is_wide {
            let until = format!("   up to {}", self.style.long_date(self.today));
            x += canvas.put(x, line.y, line.right().saturating_sub(x), &until, Ink::Dim);
        }
        let currency = if is_wide { "     Currency: " } else { "   " };
        x += canvas.put(x, line.y, line.right().saturating_sub(x), currency, Ink::Dim);
        x += canvas.put(x, line.y, line.right().saturating_sub(x), self.currency.code(), Ink::Plain);
        let change = "F4 Change";
        let end = line.right().saturating_sub(10);
        if let Some(name) = segment {
            x += canvas.put(x, line.y, end.saturating_sub(x), "   Segment: ", Ink::Dim);
            let room = end.saturating_sub(x + 1);
            canvas.put(x, line.y, room, &format::cut(name, usize::from(room)), Ink::Active);
        }
        canvas.put(end, line.y, 9, change, Ink::Dim);
        canvas.target(
            Rect { x: line.right().saturating_sub(10), width: 9, ..line },
            Target::Command(crate::tui::command::Command::Filter),
        );
    }

    fn draw_box(&self, canvas: &mut Canvas<'_>, shown: Card, place: Rect) {
        let has_cursor = shown == self.focus;
        let title = if has_cursor { format!("> {}", shown.title()) } else { shown.title().to_owned() };
        let remark = self.figures.as_ref().map(|figures| self.remark(shown, figures)).unwrap_or_default();
        let inside = panel::draw(canvas, place, &title, &remark);
        if has_cursor {
            let line = Rect { x: place.x + 1, width: place.width.saturating_sub(2), height: 1, ..place };
            canvas.tint(line, Ink::Active);
        }
        let number = Card::ALL.iter().position(|known| *known == shown).unwrap_or(0);
        canvas.target(place, Target::Chip(number));
        // One blank at each side.
        let inside = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
        match (&self.figures, &self.reading) {
            (Some(figures), _) => self.draw_figures(canvas, shown, inside, figures),
            (None, Reading::Ended(Some(why))) if has_cursor => {
                let lines = crate::tui::format::wrap(why, usize::from(inside.width));
                for (y, line) in (inside.y..inside.bottom()).zip(lines) {
                    canvas.put(inside.x, y, inside.width, &line, Ink::Bad);
                }
            }
            (None, _) => {
                canvas.put(inside.x, inside.y, inside.width, "...", Ink::Dim);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_boxes_fill_the_page_and_never_overlap() {
        for (width, height) in [(80, 19), (100, 30), (120, 35), (200, 60), (119, 44)] {
            let area = Rect::new(0, 3, width, height);
            let cells = |rect: &Rect| u32::from(rect.width) * u32::from(rect.height);
            let all = places(area);
            let sum: u32 = all.iter().map(|(_, place)| cells(place)).sum();
            assert_eq!(sum, cells(&area), "{width} by {height}");
            for (number, (_, one)) in all.iter().enumerate() {
                assert_eq!(one.intersection(area), *one);
                for (_, other) in &all[number + 1..] {
                    assert!(one.intersection(*other).is_empty(), "{one} {other}");
                }
            }
        }
        assert_eq!(places(Rect::new(0, 0, 120, 35)).len(), 7);
        assert_eq!(places(Rect::new(0, 0, 80, 19)).len(), 6);
    }
}
