//! How far long work is: `[####....] 4 of 9`.

/// The bar and the count as text in about `cells` cells; the bar is full only when all is done.
pub fn text(done: u64, total: u64, cells: usize) -> String {
    let count = format!(" {done} of {total}");
    let width = cells.saturating_sub(count.len() + 2).clamp(4, 40);
    let full = match (done.min(total), total) {
        (_, 0) => 0,
        (done, total) => {
            let cells = u128::from(done) * width as u128 / u128::from(total);
            usize::try_from(cells).unwrap_or(0)
        }
    };
    format!("[{}{}]{count}", "#".repeat(full), ".".repeat(width - full))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_fills_with_the_count() {
        assert_eq!(text(4, 9, 18), "[####.....] 4 of 9");
        assert_eq!(text(9, 9, 10), "[####] 9 of 9");
        assert_eq!(text(0, 0, 0), "[....] 0 of 0");
        assert_eq!(text(8, 9, 10), "[###.] 8 of 9");
        assert!(text(u64::MAX, u64::MAX, 200).starts_with("[####"));
        assert!(text(12, 9, 10).starts_with("[####]"));
    }
}
