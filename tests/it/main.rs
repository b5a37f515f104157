//! One test binary.

mod papers;
