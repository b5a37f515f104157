//! Blocks down the page and on to the next one: what belongs together stays together, a table repeats its head and
//! carries its sum, and its last row never leaves the sums alone.

use super::canvas::Op;
use super::length::Length;
use super::text::Block;

/// Where blocks may stand, the same on every page but for the top.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Frame {
    pub(crate) left: Length,
    pub(crate) first_top: Length,
    pub(crate) next_top: Length,
    pub(crate) bottom: Length,
}

/// Pages filled from the top.
pub(crate) struct Flow {
    frame: Frame,
    y: Length,
    pub(crate) pages: Vec<Vec<Op>>,
}

/// The sum so far at a page's end: the row that carries it forward and the one that brings it on.
pub(crate) struct Carried {
    pub(crate) forward: Block,
    pub(crate) brought: Block,
}

/// Rows that may be spread over pages.
pub(crate) struct LongTable {
    /// Above the first row.
    pub(crate) head: Block,
    /// Above the first row of every further page.
    pub(crate) again: Block,
    pub(crate) rows: Vec<Block>,
    /// Room a [`Carried::forward`] takes; every page keeps it free.
    pub(crate) carried: Length,
    /// Room of what has to stand under the last row on the same page.
    pub(crate) tail: Length,
}

impl Flow {
    /// An empty first page.
    pub(crate) fn new(frame: Frame) -> Self {
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
    pub(crate) fn place(&mut self, blocks: Vec<Block>) {
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

    /// Places a block at the foot of this page, or of the next one where it has no room.
    pub(crate) fn place_at_foot(&mut self, block: Block) {
        if block.height > self.room() {
            self.turn();
        }
        self.y = self.y.max(self.frame.bottom - block.height);
        self.put(block);
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
    pub(crate) fn table(&mut self, table: LongTable, mut carry: impl FnMut(usize) -> Carried) {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::paper::canvas::Ink;

    const FRAME: Frame = Frame { left: 0, first_top: 300, next_top: 50, bottom: 1_000 };

    /// A block one can tell apart by its ink.
    fn block(height: Length, name: u8) -> Block {
        let mut block = Block::space(height);
        block.fill(0, 0, 1, height, Ink(name, 0, 0));
        block
    }

    fn names(page: &[Op]) -> Vec<u16> {
        page.iter().filter_map(|op| if let Op::Fill { ink, .. } = op { Some(u16::from(ink.0)) } else { None }).collect()
    }

    #[test]
    fn what_is_kept_together_goes_to_the_next_page_together() {
        let mut flow = Flow::new(FRAME);
        flow.place(vec![block(500, 1), block(150, 2).kept(), block(100, 3), block(10, 4)]);
        assert_eq!(flow.pages.iter().map(|page| names(page)).collect::<Vec<_>>(), [vec![1], vec![2, 3, 4]]);
    }

    const HEAD: u8 = 100;
    const FORWARD: u8 = 101;
    const BROUGHT: u8 = 102;
    const SUMS: u8 = 103;

    proptest! {
        #[test]
        fn a_table_overflows_no_page_and_its_sums_never_stand_without_a_row(
            heights in prop::collection::vec(20..90_i32, 1..60),
            tail in 20..400_i32,
        ) {
            let mut flow = Flow::new(FRAME);
            let rows = heights.iter().map(|height| block(*height, 1)).collect();
            let table = LongTable { head: block(20, HEAD), again: block(20, HEAD), rows, carried: 15, tail };
            let mut carried = Vec::new();
            flow.table(table, |count| {
                carried.push(count);
                Carried { forward: block(15, FORWARD), brought: block(15, BROUGHT) }
            });
            flow.place(vec![block(tail, SUMS)]);
            let mut seen = 0;
            let last = flow.pages.len() - 1;
            for (at, page) in flow.pages.iter().enumerate() {
                let bottom = page.iter().filter_map(|op| if let Op::Fill { area, .. } = op { Some(area.y + area.height) } else { None });
                prop_assert!(bottom.max().unwrap_or(0) <= FRAME.bottom);
                let names = names(page);
                let rows = names.iter().filter(|name| **name == 1).count();
                seen += rows;
                prop_assert!(rows > 0, "page {} has no row", at);
                prop_assert_eq!(names.first(), Some(&u16::from(HEAD)));
                prop_assert_eq!(names.get(1) == Some(&u16::from(BROUGHT)), at > 0);
                prop_assert_eq!(names.last(), Some(if at == last { &u16::from(SUMS) } else { &u16::from(FORWARD) }));
                if at < last {
                    prop_assert_eq!(carried[at], seen);
                }
            }
            prop_assert_eq!(seen, heights.len());
        }
    }
}
