//! How the place of a file reads on the screen.

use std::path::{Path, PathBuf};

use super::format::clean;

/// The path with `~` for the person's own folder, as it may be shown.
pub fn shown(path: &Path) -> String {
    let own = std::env::var_os("HOME").map(PathBuf::from).filter(|home| home.is_absolute());
    short(path, own.as_deref())
}

fn short(path: &Path, own: Option<&Path>) -> String {
    let within = own.filter(|own| own.parent().is_some()).and_then(|own| path.strip_prefix(own).ok());
    let text = within.map_or_else(|| path.display().to_string(), |rest| format!("~/{}", rest.display()));
    clean(&text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_own_folder_is_a_tilde_and_nothing_else_is() {
        let read = |path, own| short(Path::new(path), Some(Path::new(own)));
        assert_eq!(read("/home/mia/shop.db", "/home/mia"), "~/shop.db");
        assert_eq!(read("/home/miaow/shop.db", "/home/mia"), "/home/miaow/shop.db");
        assert_eq!(read("/srv/shop.db", "/"), "/srv/shop.db");
        assert_eq!(short(Path::new("/a\u{1b}[2J.db"), None), "/a[2J.db");
    }
}
