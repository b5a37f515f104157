//! Parts of screens and dialogs. They know theme, format and commands, nothing above them.

pub mod bars;
pub mod canvas;
pub mod chips;
pub mod columns;
pub mod find;
pub mod footer;
pub mod hits;
pub mod inputs;
pub mod listing;
pub mod message;
pub mod panel;
pub mod progress;
pub mod record;
pub mod records;
pub mod sections;
pub mod strip;
pub mod table;
pub mod tabs;
