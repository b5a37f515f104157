//! What the mouse does with a table: a press on a row, a press on a head, the wheel.

use std::hash::Hash;

use super::{PAGE, Start, Table, Want};
use crate::tui::widgets::hits::Target;

impl<K: Copy + Eq + Hash> Table<K> {
    /// Takes a press of the mouse: `None` when it was not on a row, else whether the cursor was there already.
    pub fn clicked(&mut self, target: Target) -> Option<bool> {
        match target {
            Target::Row(row) => {
                let again = row == self.at;
                self.go(row);
                Some(again)
            }
            Target::Wheel(rows) => {
                self.turn(rows);
                Some(false)
            }
            _ => None,
        }
    }

    /// The head of a column that was pressed.
    pub fn head_at(&self, target: Target) -> Option<&'static str> {
        let Target::Head(number) = target else { return None };
        self.columns.get(number).map(|column| column.title).filter(|title| !title.is_empty())
    }

    /// The wheel shows other rows; the cursor stays on its record, also where nobody sees it.
    fn turn(&mut self, rows: i8) {
        let most = self.rows.len().saturating_sub(self.height);
        self.offset = self.offset.saturating_add_signed(isize::from(rows)).min(most);
        self.is_loose = true;
        let (first, last) = (self.rows.first().map(|row| row.key), self.rows.last().map(|row| row.key));
        if let (true, true, Some(key)) = (self.more.1, self.offset >= most, last) {
            self.want = Some(Want { start: Start::After(key), count: PAGE });
        } else if let (true, 0, Some(key)) = (self.more.0, self.offset, first) {
            self.want = Some(Want { start: Start::Before(key), count: PAGE });
        }
    }
}
