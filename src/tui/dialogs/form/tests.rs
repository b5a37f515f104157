//! A form against keys.
