//! A table against a source of numbered rows.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::*;
use crate::domain::currency::Currency;
use crate::domain::format::Style;
use crate::tui::theme::Theme;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::hits::Hits;
use crate::tui::widgets::hits::Target;

fn columns() -> Vec<Column> {
    vec![Column::words("Name", Width::AtLeast(6), 9), Column::numbers("Amount", 8, 5)]
}

fn row(key: i64) -> Row<i64> {
    let worth = Some(Money::new(key * 100, Currency::EUR));
    Row { key, cells: vec![format!("row {key}").into(), format!("{key}.00").into()], worth }
}

/// Answers all wants from `source`, a sorted list of keys.
fn feed(table: &mut Table<i64>, source: &[i64]) {
    while let Some(want) = table.wanted() {
        let (keys, more): (Vec<i64>, bool) = match want.start {
            Start::First => (source.iter().take(want.count).copied().collect(), source.len() > want.count),
            Start::At(key) => {
                let rest: Vec<i64> = source.iter().copied().filter(|other| *other >= key).collect();
                (rest.iter().take(want.count).copied().collect(), rest.len() > want.count)
            }
            Start::After(key) => {
                let rest: Vec<i64> = source.iter().copied().filter(|other| *other > key).collect();
                (rest.iter().take(want.count).copied().collect(), rest.len() > want.count)
            }
            Start::Before(key) => {
                let rest: Vec<i64> = source.iter().copied().filter(|other| *other < key).collect();
                let skip = rest.len().saturating_sub(want.count);
                (rest[skip..].to_vec(), skip > 0)
            }
            Start::Last => {
                let skip = source.len().saturating_sub(want.count);
                (source[skip..].to_vec(), skip > 0)
            }
        };
        table.load(&want, keys.into_iter().map(row).collect(), more);
    }
}

fn drawn(table: &mut Table<i64>, width: u16, height: u16) -> Vec<String> {
    let (theme, mut hits) = (Theme::default(), Hits::default());
    let area = Rect::new(0, 0, width, height);
    let mut buffer = Buffer::empty(area);
    table.render(&mut Canvas::new(&mut buffer, &theme, &mut hits), area, "Nothing here. F6 makes one.");
    let line = |y| (0..width).map(|x| buffer[(x, y)].symbol().to_owned()).collect::<String>();
    (0..height).map(|y| line(y).trim_end().to_owned()).collect()
}

#[test]
fn the_cursor_follows_the_record_not_the_row_number() {
    let mut table = Table::new(columns());
    feed(&mut table, &[10, 20, 30, 40]);
    table.command(Command::Down);
    table.command(Command::Down);
    assert_eq!(table.key(), Some(30));
    table.reload();
    feed(&mut table, &[5, 10, 15, 20, 25, 30, 40]);
    assert_eq!(table.key(), Some(30));
    // The record went: the cursor stays near.
    table.reload();
    feed(&mut table, &[5, 10, 15]);
    assert_eq!(table.key(), Some(15));
    table.reload();
    feed(&mut table, &[]);
    assert_eq!(table.key(), None);
    assert_eq!(table.command(Command::Down), Step::Taken);
}

#[test]
fn a_long_list_is_read_in_pages_both_ways() {
    let source: Vec<i64> = (1..=5_000).collect();
    let mut table = Table::new(columns());
    feed(&mut table, &source);
    assert_eq!(table.rows().len(), 100);
    for _ in 0..300 {
        table.command(Command::PageDown);
        feed(&mut table, &source);
    }
    assert_eq!(table.key(), Some(2_701));
    assert!(table.rows().len() <= 2_000);
    table.command(Command::Last);
    feed(&mut table, &source);
    assert_eq!(table.key(), Some(5_000));
    table.set_total(Some(5_000));
    drawn(&mut table, 40, 5);
    assert_eq!(table.position_text(), "row 5000 of 5000  ^");
    for _ in 0..4_000 {
        table.command(Command::Up);
        feed(&mut table, &source);
    }
    assert_eq!(table.key(), Some(1_000));
    table.command(Command::First);
    feed(&mut table, &source);
    assert_eq!(table.key(), Some(1));
}

#[test]
fn marks_keep_count_and_sum_and_outlive_a_filter() {
    let mut table = Table::new(columns());
    feed(&mut table, &[1, 2, 3]);
    assert_eq!(table.chosen(), [1]);
    table.command(Command::Mark);
    table.command(Command::MarkDown);
    assert_eq!(table.key(), Some(3));
    assert_eq!(table.marks().text(Style::default()), "2 marked = 3.00 EUR");
    table.reset();
    feed(&mut table, &[2]);
    assert_eq!(table.chosen(), [1, 2]);
    table.command(Command::Mark);
    assert_eq!(table.chosen(), [1]);
    table.command(Command::MarkAll);
    assert_eq!(table.marks().text(Style::default()), "2 marked = 3.00 EUR");
    table.command(Command::MarkAll);
    assert_eq!(table.marks().text(Style::default()), "");
}

#[test]
fn marking_all_of_a_list_that_is_not_all_loaded_asks_for_the_rest() {
    let source: Vec<i64> = (1..=250).collect();
    let mut table = Table::new(columns());
    feed(&mut table, &source);
    assert_eq!(table.command(Command::MarkAll), Step::AllNeeded);
    table.mark_these(source.iter().map(|key| (*key, row(*key).worth)));
    assert_eq!(table.marks().text(Style::default()), "250 marked = 31,375.00 EUR");
}

#[test]
fn it_draws_head_cursor_and_marks_and_says_why_it_is_empty() {
    let mut table = Table::new(columns());
    feed(&mut table, &[1, 2, 3]);
    table.command(Command::Mark);
    assert_eq!(
        drawn(&mut table, 24, 3),
        ["   Name          Amount", " * row 1           1.00", " > row 2           2.00"]
    );
    assert_eq!(table.position_text(), "row 2 of 3  v");
    table.reset();
    feed(&mut table, &[]);
    assert_eq!(drawn(&mut table, 24, 4)[2..], ["   Nothing here. F6", "   makes one."]);
    for size in 0..6 {
        drawn(&mut table, size, size);
    }
}

#[test]
fn the_mouse_selects_and_then_opens() {
    let mut table = Table::new(columns());
    feed(&mut table, &[1, 2, 3]);
    assert_eq!(table.clicked(Target::Row(2)), Some(false));
    assert_eq!(table.clicked(Target::Row(2)), Some(true));
    assert_eq!(table.clicked(Target::Row(99)), Some(false));
    assert_eq!(table.clicked(Target::Tab(1)), None);
    assert_eq!(table.key(), Some(3));
}

// F84
#[test]
fn the_wheel_shows_other_rows_and_leaves_the_cursor_on_its_record() {
    let mut table = Table::new(vec![Column::words("Name", Width::AtLeast(6), 9)]);
    table.set_rows((0..50).map(|key| Row { key, cells: vec!["row".into()], worth: None }).collect());
    assert_eq!(table.clicked(Target::Wheel(3)), Some(false));
    assert_eq!((table.key(), table.offset, table.is_loose), (Some(0), 3, true));
    for _ in 0..100 {
        table.clicked(Target::Wheel(3));
    }
    assert_eq!((table.key(), table.offset), (Some(0), 40));
    assert_eq!(table.command(Command::Down), Step::Taken);
    assert_eq!((table.key(), table.is_loose), (Some(1), false));
    assert_eq!(table.head_at(Target::Head(0)), Some("Name"));
}
