//! What is one for all pages: the deeds of a thing, the page of a list, the page of a record.

pub mod deed;
pub mod list;
pub mod record;
