//! Text for people: aligned columns that fit the terminal, without anything that moves it.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

pub use crate::shown::column::Side;

/// Between two columns.
const GAP: &str = "  ";
/// A column is never cut below this many cells.
const NARROWEST: usize = 6;

/// A column: its title, and where its words stand.
pub type Column = (&'static str, Side);

/// Rows under titles; without titles, names beside values.
#[derive(Clone, Debug, Default)]
pub struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// An empty table under these titles.
    pub fn new(columns: &[Column]) -> Self {
        Self { columns: columns.to_vec(), rows: Vec::new() }
    }

    /// Names beside values; what is empty is left out.
    pub fn fields(fields: &[(&str, String)]) -> Self {
        let rows = fields.iter().filter(|(_, value)| !value.is_empty());
        let rows = rows.map(|(name, value)| vec![(*name).to_owned(), value.clone()]).collect();
        Self { columns: vec![("", Side::Left), ("", Side::Left)], rows }
    }

    /// Adds a row.
    pub fn push(&mut self, row: Vec<String>) {
        self.rows.push(row);
    }

    /// The lines, each ended; columns of words give way until a line fits into `width` cells.
    pub fn render(&self, width: Option<usize>) -> String {
        let cells: Vec<Vec<String>> =
            self.rows.iter().map(|row| row.iter().map(|cell| plain(cell, false)).collect()).collect();
        let widths = self.widths(&cells, width);
        let mut out = String::new();
        if self.columns.iter().any(|(title, _)| !title.is_empty()) {
            let titles: Vec<String> = self.columns.iter().map(|(title, _)| (*title).to_owned()).collect();
            self.line(&mut out, &titles, &widths);
        }
        for row in &cells {
            self.line(&mut out, row, &widths);
        }
        out
    }

    fn widths(&self, cells: &[Vec<String>], width: Option<usize>) -> Vec<usize> {
        let widest = |at: usize, title: &str| {
            cells.iter().filter_map(|row| row.get(at)).map(|cell| cell.width()).max().unwrap_or(0).max(title.width())
        };
        let mut widths: Vec<usize> =
            self.columns.iter().enumerate().map(|(at, (title, _))| widest(at, title)).collect();
        let gaps = GAP.len() * widths.len().saturating_sub(1);
        while let Some(width) = width
            && widths.iter().sum::<usize>() + gaps > width
        {
            let words =
                self.columns.iter().zip(&mut widths).filter(|((_, side), w)| *side == Side::Left && **w > NARROWEST);
            let Some((_, widest)) = words.max_by_key(|(_, width)| **width) else { break };
            *widest -= 1;
        }
        widths
    }

    fn line(&self, out: &mut String, cells: &[String], widths: &[usize]) {
        let mut line = String::new();
        for (at, ((_, side), width)) in self.columns.iter().zip(widths).enumerate() {
            let cell = fit(cells.get(at).map_or("", String::as_str), *width);
            let blank = " ".repeat(width.saturating_sub(cell.width()));
            if at > 0 {
                line.push_str(GAP);
            }
            match side {
                Side::Left | Side::Code => line.push_str(&(cell + &blank)),
                Side::Right => line.push_str(&(blank + &cell)),
            }
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
}

/// The text in at most `width` cells, its end cut where it is longer.
fn fit(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used > width {
            break;
        }
        out.push(c);
    }
    out.push('…');
    out
}

/// Whether a character may reach a terminal.
pub fn is_shown(c: char) -> bool {
    !c.is_control()
        && !matches!(
            c,
            '\u{ad}'
                | '\u{61c}'
                | '\u{180e}'
                | '\u{200b}'
                | '\u{200e}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

/// The text with nothing in it that moves a terminal; line ends stay where `lines` says so, else become spaces.
pub fn plain(text: &str, lines: bool) -> String {
    let keep = |c: char| match c {
        '\n' if lines => Some('\n'),
        '\n' | '\t' => Some(' '),
        c => is_shown(c).then_some(c),
    };
    text.chars().filter_map(keep).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let mut table = Table::new(&[("NAME", Side::Left), ("OPEN", Side::Right)]);
        table.push(vec!["Delgado, Ana".into(), "1,089.00".into()]);
        table.push(vec!["東京レンタル株式会社".into(), "9.00".into()]);
        table
    }

    #[test]
    fn columns_are_aligned_by_cells() {
        let text = table().render(None);
        let ends: Vec<usize> = text.lines().map(UnicodeWidthStr::width).collect();
        assert_eq!(ends, [30, 30, 30], "{text}");
    }

    #[test]
    fn words_give_way_and_amounts_never_do() {
        let text = table().render(Some(20));
        assert!(text.lines().all(|line| line.width() <= 20), "{text}");
        assert!(text.contains("1,089.00") && text.contains('…'), "{text}");
    }

    #[test]
    fn nothing_that_moves_a_terminal_is_shown() {
        let mut table = Table::new(&[("NAME", Side::Left)]);
        table.push(vec!["a\u{1b}[31m\nb\u{202e}\u{9b}".into()]);
        assert_eq!(table.render(None), "NAME\na[31m b\n");
    }
}
