//! What is one for all pages: the deeds of a thing, the page of a list.

pub mod deed;
pub mod list;
