//! The viewer of files the desktop has. It is started detached, with nothing to read from and nowhere to write: it must
//! never scribble on the terminal, nor end with it.

use std::path::Path;

/// Shows a file. `Ok(false)` where there is no desktop to show it on.
///
/// # Errors
/// One sentence when there is one and it did not.
pub fn show(file: &Path) -> Result<bool, String> {
    if !has_desktop(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty())) {
        return Ok(false);
    }
    // `opener` starts the viewer with null stdio and does not wait for it.
    opener::open(file).map(|()| true).map_err(|error| format!("{} could not be shown: {error}.", file.display()))
}

fn has_desktop(is_set: impl Fn(&str) -> bool) -> bool {
    cfg!(any(target_os = "macos", windows)) || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_display_nothing_is_started() {
        assert_eq!(has_desktop(|_| false), cfg!(any(target_os = "macos", windows)));
        assert!(has_desktop(|name| name == "WAYLAND_DISPLAY"));
    }
}
