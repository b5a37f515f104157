//! What the connections of one terminal know of the soundness of their file.

use std::sync::atomic::Ordering;

use super::Book;

impl Book {
    /// After an unclean end: until the tables of money are looked through nothing should be written.
    pub fn doubt(&self, is_in_doubt: bool) {
        self.sound.in_doubt.store(is_in_doubt, Ordering::SeqCst);
    }

    /// Whether nothing should be written for now.
    pub fn is_in_doubt(&self) -> bool {
        self.sound.in_doubt.load(Ordering::SeqCst)
    }

    /// SQLite found damage: from now on the book is for viewing only, for every connection of this terminal.
    pub fn set_damaged(&self) {
        self.sound.damaged.store(true, Ordering::SeqCst);
    }

    /// Whether SQLite found damage while it was open.
    pub fn is_damaged(&self) -> bool {
        self.sound.damaged.load(Ordering::SeqCst)
    }
}
