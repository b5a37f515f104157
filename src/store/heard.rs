//! What is sent through the seam, written down for the tests that ask another engine about it: in debug builds, and
//! only where `RENTBOOK_HEARD` names a file.

/// Writes a statement down, once a process.
#[cfg(debug_assertions)]
pub(super) fn hear(sql: &str) {
    use std::collections::HashSet;
    use std::fs::{File, OpenOptions};
    use std::io::Write;
    use std::sync::{LazyLock, Mutex};

    type Heard = (File, HashSet<String>);
    static HEARD: LazyLock<Option<Mutex<Heard>>> = LazyLock::new(|| {
        let file = OpenOptions::new().append(true).create(true).open(std::env::var_os("RENTBOOK_HEARD")?).ok()?;
        Some(Mutex::new((file, HashSet::new())))
    });
    let Some(Ok(mut heard)) = HEARD.as_ref().map(Mutex::lock) else { return };
    if heard.1.insert(sql.to_owned()) {
        let line = sql.split_whitespace().collect::<Vec<_>>().join(" ") + "\n";
        // A line that cannot be written is a line less for the tests.
        drop(heard.0.write_all(line.as_bytes()));
    }
}

/// Nothing is written down.
#[cfg(not(debug_assertions))]
pub(super) const fn hear(_: &str) {}
