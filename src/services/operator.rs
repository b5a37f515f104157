//! Who works at a desk.

/// Who works at a desk, as the activity log keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator {
    pub name: String,
    pub host: String,
    pub pid: u32,
}
