//! The world outside: the clock, the PDF viewer, files to and from other programs.

pub mod clock;
pub mod draft;
pub mod files;
pub mod log;
pub mod mail;
pub mod mail_folder;
pub mod paper_folder;
pub mod place;
pub mod printing;
pub mod screen;
pub mod trial;
pub mod viewer;
