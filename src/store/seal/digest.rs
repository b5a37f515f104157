//! The canonical form of a row, and the number it comes to.

use sha2::{Digest, Sha256};

use super::kinds::VERSION;
use crate::store::engine::{RawCell, Row};

/// Sixty-four bits of a SHA-256 over rows: enough to see a change, and no secret that would keep someone who may write the
/// file from making it anew.
pub(super) struct Sum(Sha256);

impl Sum {
    /// Of rows of this kind.
    pub fn of(kind: &str) -> Self {
        let mut sum = Self(Sha256::new());
        sum.text(b'v', &VERSION.to_string());
        sum.text(b'k', kind);
        sum
    }

    /// Of one row of this kind.
    pub fn of_row(kind: &str, row: &Row) -> i64 {
        let mut sum = Self::of(kind);
        sum.row(row, 0);
        sum.number()
    }

    /// Takes in the cells of a row from column `first` on.
    pub fn row(&mut self, row: &Row, first: usize) {
        self.0.update(b"r");
        for cell in row.cells(first) {
            match cell {
                RawCell::Null => self.0.update(b"n"),
                RawCell::Int(number) => self.text(b'i', &number.to_string()),
                RawCell::Bytes(bytes) => self.bytes(b't', bytes),
            }
        }
    }

    /// Takes in a word.
    pub fn text(&mut self, mark: u8, text: &str) {
        self.bytes(mark, text.as_bytes());
    }

    fn bytes(&mut self, mark: u8, bytes: &[u8]) {
        self.0.update([mark]);
        self.0.update((bytes.len() as u64).to_be_bytes());
        self.0.update(bytes);
    }

    /// What it comes to.
    pub fn number(self) -> i64 {
        let digest = self.0.finalize();
        digest.iter().take(8).fold(0, |number, byte| (number << 8) | i64::from(*byte))
    }
}
