//! The desktop's viewer of files.

use std::io;
use std::path::Path;

/// Shows a file in its viewer, detached, and returns at once. False where there is no desktop to show it on.
pub fn show(file: &Path) -> io::Result<bool> {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if !cfg!(any(target_os = "macos", windows)) && !set("DISPLAY") && !set("WAYLAND_DISPLAY") {
        return Ok(false);
    }
    opener::open(file).map(|()| true).map_err(io::Error::other)
}
