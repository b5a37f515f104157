//! Columns of a table and how they share the width.

use crate::tui::format::Align;

/// How wide a column is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Width {
    /// Exactly so many cells.
    Exact(u16),
    /// At least so many cells, and a share of what is left over.
    AtLeast(u16),
}

impl Width {
    const fn least(self) -> u16 {
        match self {
            Self::Exact(cells) | Self::AtLeast(cells) => cells,
        }
    }
}

/// One column.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Column {
    pub title: &'static str,
    /// How wide it is.
    pub width: Width,
    /// Where its text stands.
    pub align: Align,
    /// How long it stays when there is little room; the highest goes last.
    pub priority: u8,
    /// The rows are in the order of this column: `v` ascending, `^` descending.
    pub order: Option<char>,
}

impl Column {
    /// A column of words.
    pub const fn words(title: &'static str, width: Width, priority: u8) -> Self {
        Self { title, width, align: Align::Left, priority, order: None }
    }

    /// A column of numbers, flush right.
    pub const fn numbers(title: &'static str, cells: u16, priority: u8) -> Self {
        Self { title, width: Width::Exact(cells), align: Align::Right, priority, order: None }
    }

    /// The head with the mark of the order.
    pub fn head(&self) -> String {
        match self.order {
            Some(mark) => format!("{} {mark}", self.title),
            None => self.title.to_owned(),
        }
    }
}

/// The columns that fit into `cells`, as number and width, in their order; one blank stands between two of them.
pub fn layout(columns: &[Column], cells: u16) -> Vec<(usize, u16)> {
    let mut kept: Vec<usize> = (0..columns.len()).collect();
    let needed = |kept: &[usize]| {
        let widths =
            kept.iter().filter_map(|number| columns.get(*number)).map(|column| u32::from(column.width.least()) + 1);
        widths.sum::<u32>().saturating_sub(1)
    };
    while kept.len() > 1 && needed(&kept) > u32::from(cells) {
        // Of equals the one at the right goes.
        let lightest = kept.iter().rev().min_by_key(|number| columns.get(**number).map_or(0, |column| column.priority));
        let Some(lightest) = lightest.copied() else { break };
        kept.retain(|number| *number != lightest);
    }
    let spare = u16::try_from(u32::from(cells).saturating_sub(needed(&kept))).unwrap_or(0);
    let elastic = |number: &usize| columns.get(*number).is_some_and(|column| matches!(column.width, Width::AtLeast(_)));
    let mut sharing = u16::try_from(kept.iter().filter(|number| elastic(number)).count()).unwrap_or(0);
    let mut left = spare;
    let mut widths = Vec::with_capacity(kept.len());
    for number in kept {
        let mut width = columns.get(number).map_or(0, |column| column.width.least()).min(cells);
        if let (true, Some(share)) = (elastic(&number), left.checked_div(sharing)) {
            width += share;
            left -= share;
            sharing -= 1;
        }
        widths.push((number, width));
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn narrow_tables_lose_the_least_important_columns_and_wide_ones_give_room_to_words() {
        let columns = [
            Column::words("Due", Width::Exact(6), 9),
            Column::words("Customer", Width::AtLeast(10), 8),
            Column::words("Method", Width::AtLeast(8), 1),
            Column::numbers("Amount", 10, 7),
        ];
        assert_eq!(layout(&columns, 37), [(0, 6), (1, 10), (2, 8), (3, 10)]);
        assert_eq!(layout(&columns, 42), [(0, 6), (1, 12), (2, 11), (3, 10)]);
        assert_eq!(layout(&columns, 30), [(0, 6), (1, 12), (3, 10)]);
        assert_eq!(layout(&columns, 7), [(0, 6)]);
        assert_eq!(layout(&columns, 0), [(0, 0)]);
        assert_eq!(layout(&[], 10), []);
    }
}
