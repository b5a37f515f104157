//! The house stays straight: floors, fences, lengths, no SQL outside the store.

use std::fs;
use std::path::{Path, PathBuf};

/// A floor and the floors it may use; its own is always allowed.
const FLOORS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("store", &["domain"]),
    ("paper", &["domain"]),
    ("documents", &["domain", "paper"]),
    ("services", &["domain", "store", "documents"]),
    ("adapters", &["domain", "services"]),
    ("demo", &["domain", "store", "services"]),
    ("shown", &["domain", "services"]),
    ("cli", &["domain", "services", "adapters", "demo", "shown", "tui"]),
    ("tui", &["domain", "services", "adapters", "demo", "shown"]),
];

/// Inside the terminal: a room and the rooms it may use.
const ROOMS: &[(&str, &[&str])] = &[
    ("widgets", &[]),
    ("dialogs", &["widgets"]),
    ("forms", &["dialogs", "widgets"]),
    ("page", &["dialogs", "widgets"]),
    ("things", &["page", "forms", "dialogs", "widgets"]),
    ("screens", &["things", "page", "forms", "dialogs", "widgets"]),
];

/// A crate and the only places that may name it.
const FENCES: &[(&str, &[&str])] = &[
    ("rusqlite", &["src/store/"]),
    ("krilla", &["src/paper/"]),
    ("harfrust", &["src/paper/"]),
    ("skrifa", &["src/paper/"]),
    ("usvg", &["src/paper/"]),
    ("unicode_bidi", &["src/paper/"]),
    ("ratatui", &["src/tui/"]),
    ("crossterm", &["src/tui/"]),
    ("tui_input", &["src/tui/"]),
    ("clap", &["src/cli/", "src/main.rs"]),
    ("anyhow", &["src/main.rs"]),
    ("directories", &["src/adapters/"]),
    ("opener", &["src/adapters/"]),
    ("getrandom", &["src/adapters/"]),
];

/// The most lines a file may have; what is longer is split.
const LONGEST: usize = 400;

/// Files that may be longer, each with its reason and its own bound.
const LONGER: &[(&str, usize, &str)] = &[];

/// A file of ours; `code` is what stands before its tests, without comments.
pub struct Source {
    pub path: String,
    pub code: Vec<String>,
    pub length: usize,
}

pub fn sources(folder: &str) -> Vec<Source> {
    let mut found = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut found);
    found
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            let relative = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap();
            let own = text.split("#[cfg(test)]").next().unwrap_or_default();
            let code = own.lines().filter(|line| !line.trim_start().starts_with("//")).map(str::to_owned).collect();
            Source { path: relative.to_string_lossy().into_owned(), code, length: text.lines().count() }
        })
        .collect()
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            walk(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

pub fn none(found: &[String]) {
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

/// Every `crate::floor` a line names, also in `use crate::{a, b}`.
fn named<'a>(line: &'a str, prefix: &str) -> Vec<&'a str> {
    let word = |text: &'a str| text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default();
    line.split(prefix)
        .skip(1)
        .flat_map(|rest| match rest.strip_prefix('{') {
            Some(list) => list.split(',').map(|part| word(part.trim())).collect::<Vec<_>>(),
            None => vec![word(rest)],
        })
        .collect()
}

fn upward(folder: &str, floors: &[(&str, &[&str])], prefixes: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (floor, allowed) in floors {
        let home = format!("{folder}/{floor}");
        if !Path::new(env!("CARGO_MANIFEST_DIR")).join(&home).is_dir() {
            continue;
        }
        for source in sources(&home) {
            for line in &source.code {
                for used in prefixes.iter().flat_map(|prefix| named(line, prefix)) {
                    let is_floor = floors.iter().any(|(name, _)| *name == used);
                    if is_floor && used != *floor && !allowed.contains(&used) {
                        found.push(format!("{}: {floor} may not use {used}: {}", source.path, line.trim()));
                    }
                }
            }
        }
    }
    found
}

#[test]
fn imports_go_down_never_up() {
    none(&upward("src", FLOORS, &["crate::"]));
}

#[test]
fn the_rooms_of_the_terminal_use_only_what_is_below_them() {
    none(&upward("src/tui", ROOMS, &["crate::tui::", "super::super::"]));
}

#[test]
fn a_screen_names_no_other_screen() {
    let mut found = Vec::new();
    let home = "src/tui/screens";
    if !Path::new(env!("CARGO_MANIFEST_DIR")).join(home).is_dir() {
        return;
    }
    let names: Vec<String> = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(home))
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .filter(|name| name != "mod")
        .collect();
    for source in sources(home) {
        let own =
            source.path.trim_start_matches("src/tui/screens/").split(['/', '.']).next().unwrap_or_default().to_owned();
        for line in &source.code {
            for used in named(line, "screens::") {
                if own != "mod" && used != own && names.iter().any(|name| name == used) {
                    found.push(format!("{}: {}", source.path, line.trim()));
                }
            }
        }
    }
    none(&found);
}

/// An entry of a menu carries what it does: no name stands between the two, to be looked up again.
#[test]
fn an_entry_of_a_menu_and_what_it_does_are_not_linked_by_a_name() {
    let named = |line: &&String| line.split("Entry::new(\"").nth(1).is_some_and(|rest| !rest.starts_with('"'));
    let found = sources("src/tui").into_iter().flat_map(|source| {
        let lines: Vec<String> =
            source.code.iter().filter(named).map(|line| format!("{}: {}", source.path, line.trim())).collect();
        lines
    });
    none(&found.collect::<Vec<_>>());
}

#[test]
fn a_crate_is_named_only_behind_its_fence() {
    let mut found = Vec::new();
    for source in sources("src") {
        for (name, homes) in FENCES {
            let inside = homes.iter().any(|home| source.path.starts_with(home));
            let names = |line: &&String| line.contains(&format!("{name}::")) || line.contains(&format!("use {name}"));
            if !inside && let Some(line) = source.code.iter().find(names) {
                found.push(format!("{}: {name} belongs to {}: {}", source.path, homes.join(", "), line.trim()));
            }
        }
    }
    none(&found);
}

#[test]
fn no_file_is_longer_than_one_sitting() {
    let found: Vec<String> = sources("src")
        .into_iter()
        .filter(|source| {
            let bound = LONGER.iter().find(|(path, _, _)| *path == source.path).map_or(LONGEST, |(_, bound, _)| *bound);
            source.length > bound
        })
        .map(|source| format!("{} has {} lines", source.path, source.length))
        .collect();
    none(&found);
}

#[test]
fn sql_stands_in_the_store_alone() {
    let words = ["SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM ", "PRAGMA "];
    let mut found = Vec::new();
    for source in sources("src").into_iter().filter(|source| !source.path.starts_with("src/store/")) {
        for line in &source.code {
            if let Some(word) = words.iter().find(|word| line.contains(&format!("\"{word}"))) {
                found.push(format!("{}: {word}in {}", source.path, line.trim()));
            }
        }
    }
    none(&found);
}

/// What a newcomer meets first says what it is: every public type, trait and function. A field only where its name
/// does not.
#[test]
fn what_is_public_says_what_it_is() {
    let kinds = ["fn", "const fn", "struct", "enum", "trait", "type", "const", "static"];
    let mut found = Vec::new();
    for source in sources("src") {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&source.path)).unwrap();
        let own = text.split("#[cfg(test)]").next().unwrap_or_default();
        let mut above = "";
        for line in own.lines() {
            let code = line.trim_start();
            let opens = code
                .strip_prefix("pub ")
                .is_some_and(|rest| kinds.iter().any(|kind| rest.starts_with(&format!("{kind} "))));
            // What a macro names says it at its use.
            if opens && !above.starts_with("///") && !code.contains("$name") {
                found.push(format!("{}: {code}", source.path));
            }
            // An attribute stands between the words and what they are of.
            if !code.starts_with("#[") && !code.starts_with(")]") {
                above = code;
            }
        }
    }
    none(&found);
}

#[test]
fn no_name_says_nothing() {
    let empty = ["util", "utils", "misc", "helper", "helpers", "manager", "common", "data", "info"];
    let found: Vec<String> = sources("src")
        .into_iter()
        .filter(|source| {
            let stem = Path::new(&source.path).file_stem().unwrap().to_string_lossy().into_owned();
            empty.contains(&stem.as_str())
                || source.code.iter().any(|line| line.contains("fn get_") || line.contains("_v2"))
        })
        .map(|source| source.path)
        .collect();
    none(&found);
}

#[test]
fn the_project_speaks_of_itself_alone() {
    let mut found = Vec::new();
    for folder in ["src", "tests", "docs"] {
        let home = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        if !home.is_dir() {
            continue;
        }
        for source in sources(folder).into_iter().filter(|source| !source.path.ends_with("tidy.rs")) {
            let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&source.path)).unwrap();
            for (at, line) in text.lines().enumerate() {
                if ["TODO", "FIXME", "XXX", "/work/", "TRUST.md", "DESIGN.md", "`ux/", "#[allow("]
                    .iter()
                    .any(|word| line.contains(word))
                {
                    found.push(format!("{}:{}: {}", source.path, at + 1, line.trim()));
                }
            }
        }
    }
    none(&found);
}
