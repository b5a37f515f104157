//! Where the cursor is, in words.

use std::hash::Hash;

use super::Table;

impl<K: Copy + Eq + Hash> Table<K> {
    /// `row 5 of 22  v`: where the cursor is, and whether there is more above (`^`) or below (`v`).
    pub fn position_text(&self) -> String {
        if self.rows.is_empty() {
            return String::new();
        }
        let count = self.rows.len();
        let total = match (self.total, self.more) {
            (Some(total), _) => total.to_string(),
            (None, (false, false)) => count.to_string(),
            (None, _) => "...".to_owned(),
        };
        let row = match (self.more, self.total) {
            ((false, _), _) => (self.at + 1).to_string(),
            ((true, false), Some(total)) => {
                let from_end = u64::try_from(count - self.at - 1).unwrap_or(0);
                total.saturating_sub(from_end).to_string()
            }
            _ => "...".to_owned(),
        };
        let above = self.more.0 || self.offset > 0;
        let below = self.more.1 || self.offset + self.height < count;
        let sign = match (above, below) {
            (true, true) => "  ^v",
            (true, false) => "  ^",
            (false, true) => "  v",
            (false, false) => "",
        };
        format!("row {row} of {total}{sign}")
    }
}
