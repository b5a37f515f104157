//! One test binary.

mod big_book;
mod books;
mod speed;
