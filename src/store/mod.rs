//! The file; the only home of SQL.
