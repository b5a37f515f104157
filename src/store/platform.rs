//! What is the platform's own: one file each, the same functions in each. Windows would be one more.

#[cfg(target_os = "linux")]
#[path = "platform_linux.rs"]
mod own;

#[cfg(target_os = "macos")]
#[path = "platform_macos.rs"]
mod own;

#[cfg(unix)]
#[path = "platform_unix.rs"]
mod family;

pub(super) use family::{
    FileKey, Kind, flush_folder, free_space, key, kind, may_write, names_of, open_to_peek, private_folder,
};
pub(super) use own::{Holder, holders, is_network_share};
