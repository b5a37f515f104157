//! Columns of a table and how they share the width.

pub use crate::shown::column::Width;
use crate::tui::format::Align;

impl Width {
    fn least(self, text: u16) -> u16 {
        match self {
            Self::Exact(cells) | Self::AtLeast(cells) => cells,
            Self::Whole(cells) => cells.max(text.min(NAMES)),
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

/// The most a column of words is given before others of its row come in.
const NAMES: u16 = 30;

/// The columns that fit into `cells`, by number, in their order; `wanted` says how wide each is at least.
fn fitting(columns: &[Column], cells: u16, wanted: impl Fn(usize) -> u16) -> Vec<usize> {
    let mut kept: Vec<usize> = (0..columns.len()).collect();
    while kept.len() > 1 && taken(&kept, &wanted) > u32::from(cells) {
        // Of equals the one at the right goes.
        let lightest = kept.iter().rev().min_by_key(|number| columns.get(**number).map_or(0, |column| column.priority));
        let Some(lightest) = lightest.copied() else { break };
        kept.retain(|number| *number != lightest);
    }
    kept
}

/// The cells some columns take, with one blank between two of them.
fn taken(kept: &[usize], wanted: impl Fn(usize) -> u16) -> u32 {
    kept.iter().map(|number| u32::from(wanted(*number)) + 1).sum::<u32>().saturating_sub(1)
}

/// The cells the columns that fit into `least` want so that no word in them is cut.
pub fn needs(columns: &[Column], natural: &[u16], least: u16) -> u16 {
    let kept = fitting(columns, least, |number| smallest(columns, natural, number));
    u16::try_from(taken(&kept, |number| whole(columns, natural, number))).unwrap_or(u16::MAX)
}

/// How wide a column is with its words uncut.
fn whole(columns: &[Column], natural: &[u16], number: usize) -> u16 {
    let text = natural.get(number).copied().unwrap_or(0).min(NAMES);
    match columns.get(number).map(|column| column.width) {
        Some(Width::AtLeast(least)) => text.max(least),
        Some(width) => width.least(text),
        None => 0,
    }
}

/// How wide a column is at least.
fn smallest(columns: &[Column], natural: &[u16], number: usize) -> u16 {
    let text = natural.get(number).copied().unwrap_or(0);
    columns.get(number).map_or(0, |column| column.width.least(text))
}

/// The columns that fit into `cells`, as number and width, in their order; one blank stands between two of them. What is
/// left over goes to words that are cut, the most important first, then to all columns of words alike. In a wide table a
/// column comes in only where those more important have their words whole.
pub fn layout(columns: &[Column], natural: &[u16], cells: u16) -> Vec<(usize, u16)> {
    let least = |number: usize| smallest(columns, natural, number);
    let all = |number: usize| if cells > WIDE { whole(columns, natural, number) } else { least(number) };
    let kept = fitting(columns, cells, all);
    let mut left = u16::try_from(u32::from(cells).saturating_sub(taken(&kept, least))).unwrap_or(0);
    let mut widths: Vec<(usize, u16)> = kept.iter().map(|number| (*number, least(*number).min(cells))).collect();
    let mut ranked: Vec<usize> = (0..kept.len()).collect();
    ranked.sort_by_key(|at| {
        kept.get(*at).and_then(|number| columns.get(*number)).map(|column| u8::MAX - column.priority)
    });
    for at in ranked {
        if let Some((number, width)) = widths.get_mut(at) {
            let more = whole(columns, natural, *number).saturating_sub(*width).min(left);
            *width += more;
            left -= more;
        }
    }
    let elastic = |number: usize| columns.get(number).is_some_and(|column| matches!(column.width, Width::AtLeast(_)));
    let mut sharing = u16::try_from(kept.iter().filter(|number| elastic(**number)).count()).unwrap_or(0);
    for (number, width) in &mut widths {
        if let (true, Some(share)) = (elastic(*number), left.checked_div(sharing)) {
            *width += share;
            left -= share;
            sharing -= 1;
        }
    }
    widths
}

/// From this width names go before more columns.
const WIDE: u16 = 84;

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
        assert_eq!(layout(&columns, &[], 37), [(0, 6), (1, 10), (2, 8), (3, 10)]);
        assert_eq!(layout(&columns, &[], 42), [(0, 6), (1, 12), (2, 11), (3, 10)]);
        assert_eq!(layout(&columns, &[], 30), [(0, 6), (1, 12), (3, 10)]);
        assert_eq!(layout(&columns, &[], 7), [(0, 6)]);
        assert_eq!(layout(&columns, &[], 0), [(0, 0)]);
        assert_eq!(layout(&[], &[], 10), []);
    }

    // F84
    #[test]
    fn words_that_are_cut_get_what_is_left_and_in_a_wide_table_go_before_more_columns() {
        let columns = [
            Column::words("Customer", Width::AtLeast(16), 90),
            Column::words("Method", Width::Exact(13), 20),
            Column::words("What", Width::AtLeast(20), 10),
            Column::words("Status", Width::Exact(17), 85),
            Column::words("Invoice", Width::Exact(17), 85),
        ];
        let natural = [28, 8, 60, 10, 10];
        assert_eq!(
            layout(&columns, &natural, 84),
            [(0, 28), (1, 13), (3, 17), (4, 17)].map(|(n, w)| (n, if n == 0 { 34 } else { w }))
        );
        assert_eq!(layout(&columns, &natural, 100)[0], (0, 50));
        assert_eq!(needs(&columns, &natural, 76), 28 + 13 + 17 + 17 + 3);
    }
}
