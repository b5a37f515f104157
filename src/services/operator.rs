//! Who works at a desk.

/// Who works at a desk, as the activity log keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator {
    /// Name.
    pub name: String,
    /// Machine.
    pub host: String,
    /// Process.
    pub pid: u32,
}
