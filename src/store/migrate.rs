//! Older files brought up to the schema of today.

/// The version of the schema of today.
pub const VERSION: i64 = 1;
