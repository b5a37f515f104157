//! What is one for all pages: the deeds of a thing.

pub mod deed;
