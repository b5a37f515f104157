//! The world outside: the clock, the PDF viewer, files to and from other programs.

pub mod clock;
pub mod paper_folder;
pub mod viewer;
