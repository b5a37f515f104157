//! Blocks down the page and on to the next one: what belongs together stays together, a table repeats its head and
//! carries its sum, and its last row never leaves the sums alone.

use super::canvas::Op;
use super::length::Length;
use super::text::Block;

/// Where blocks may stand, the same on every page but for the top.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Frame {
    pub(super) left: Length,
    pub(super) first_top: Length,
    pub(super) next_top: Length,
    pub(super) bottom: Length,
}

/// Pages filled from the top.
pub(super) struct Flow {
    frame: Frame,
    y: Length,
    pub(super) pages: Vec<Vec<Op>>,
}

/// The sum so far at a page's end: the row that carries it forward and the one that brings it on.
pub(super) struct Carried {
    pub(super) forward: Block,
    pub(super) brought: Block,
}

/// Rows that may be spread over pages.
pub(super) struct LongTable {
    /// Above the first row.
    pub(super) head: Block,
    /// Above the first row of every further page.
    pub(super) again: Block,
    pub(super) rows: Vec<Block>,
    /// Room a [`Carried::forward`] takes; every page keeps it free.
    pub(super) carried: Length,
    /// Room of what has to stand under the last row on the same page.
    pub(super) tail: Length,
}

impl Flow {
    /// An empty first page.
    pub(super) fn new(frame: Frame) -> Self {
        Self { frame, y: frame.first_top, pages: vec![Vec::new()] }
    }

    /// Room left on this page.
    fn room(&self) -> Length {
        self.frame.bottom - self.y
    }

    /// Room on a page that has nothing on it yet.
    fn whole(&self) -> Length {
        self.frame.bottom - self.frame.next_top
    }

    fn turn(&mut self) {
        self.pages.push(Vec::new());
        self.y = self.frame.next_top;
    }

    fn put(&mut self, block: Block) {
        let (left, y) = (self.frame.left, self.y);
        if let Some(page) = self.pages.last_mut() {
            page.extend(block.ops.into_iter().map(|op| op.moved(left, y)));
        }
        self.y += block.height;
    }

    /// Places blocks; those kept together go to the next page together, unless no page could hold them.
    pub(super) fn place(&mut self, blocks: Vec<Block>) {
        let mut together: Vec<Block> = Vec::new();
        for block in blocks {
            let keep = block.keep;
            together.push(block);
            if !keep {
                self.place_together(std::mem::take(&mut together));
            }
        }
        self.place_together(together);
    }

    fn place_together(&mut self, blocks: Vec<Block>) {
        let height: Length = blocks.iter().map(|block| block.height).sum();
        if height > self.room() && height <= self.whole() {
            self.turn();
        }
        for block in blocks {
            if block.height > self.room() && self.y > self.frame.next_top {
                self.turn();
            }
            self.put(block);
        }
    }

    /// Places a table. `carry` makes the rows of the sum over the first `n` rows, wherever a page ends.
    pub(super) fn table(&mut self, table: LongTable, mut carry: impl FnMut(usize) -> Carried) {
        let heights: Vec<Length> = table.rows.iter().map(|row| row.height).collect();
        let tail = table.tail.min(self.whole() / 2);
        let first = heights.first().map_or(0, |row| row + if heights.len() == 1 { tail } else { table.carried });
        if table.head.height + first > self.room() {
            self.turn();
        }
        self.put(table.head);
        let mut on_page = 0;
        for (at, row) in table.rows.into_iter().enumerate() {
            if on_page > 0 && self.breaks_before(at, on_page, &heights, table.carried, tail) {
                let carried = carry(at);
                self.put(carried.forward);
                self.turn();
                self.put(table.again.clone());
                self.put(carried.brought);
                on_page = 0;
            }
            self.put(row);
            on_page += 1;
        }
    }

    /// Whether row `at` has to go to the next page; a last row that would stand there alone takes one with it.
    fn breaks_before(&self, at: usize, on_page: usize, heights: &[Length], carried: Length, tail: Length) -> bool {
        let height = |at: usize| heights.get(at).copied().unwrap_or(0);
        let room = self.room();
        match heights.len() - at {
            1 => height(at) + tail > room,
            2 if on_page > 2 => height(at) + height(at + 1) + tail > room,
            _ => height(at) + carried > room,
        }
    }
}
