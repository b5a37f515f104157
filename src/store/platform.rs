//! What is the platform's own, one file each.

#[cfg(unix)]
#[path = "platform_unix.rs"]
mod system;

pub(super) use system::{flush_folder, private_folder};
