//! What staff can do.
