//! No circles: in every folder of the house what uses another stands above it, so a newcomer can read from below.
//!
//! Looked at are the files and folders side by side in one folder. What a folder's own `mod.rs` holds is for all in it.

use std::collections::{BTreeMap, BTreeSet};

use crate::tidy::{Source, none, sources};

/// Who uses whom in one folder, with a file that shows it.
type Arrows = BTreeMap<(String, String), String>;

/// Where a file stands: `src/cli/order/add.rs` is `cli`, `order`, `add`; a `mod.rs` is its folder.
fn place(source: &Source) -> Vec<String> {
    let path = source.path.trim_start_matches("src/").trim_end_matches(".rs");
    path.split('/').filter(|name| *name != "mod").map(str::to_owned).collect()
}

/// The parts of a list, up to the brace that closes it.
fn parts(list: &str) -> Vec<&str> {
    let (mut parts, mut depth, mut start) = (Vec::new(), 0, 0);
    for (at, letter) in list.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                parts.push(list[start..at].trim());
                start = at + 1;
                if letter == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    parts
}

/// `a::{b, c::d} …` is `a::b` and `a::c::d`.
fn spread(path: &str) -> Vec<String> {
    let end = path.find(|letter: char| !letter.is_alphanumeric() && !"_:".contains(letter)).unwrap_or(path.len());
    let (stem, rest) = path.split_at(end);
    match rest.strip_prefix('{') {
        Some(list) => parts(list).into_iter().flat_map(spread).map(|tail| format!("{stem}{tail}")).collect(),
        None => vec![stem.to_owned()],
    }
}

/// Every path of ours that a text names.
fn named(text: &str) -> Vec<String> {
    let begins = |word: &'static str| text.match_indices(word).map(|(at, _)| at);
    let is_whole =
        |at: &usize| !text[..*at].ends_with(|before: char| before.is_alphanumeric() || before == '_' || before == ':');
    let starts = begins("crate::").chain(begins("super::")).chain(begins("self::"));
    starts.filter(is_whole).flat_map(|at| spread(&text[at..])).collect()
}

/// Where a path leads that is written at `own`.
fn reached(own: &[String], path: &str) -> Vec<String> {
    let mut place = own.to_vec();
    for word in path.split("::") {
        match word {
            "crate" => place.clear(),
            "super" => drop(place.pop()),
            "self" | "" => {}
            name => place.push(name.to_owned()),
        }
    }
    place
}

/// The arrows of every folder.
fn arrows(files: &[Source]) -> BTreeMap<Vec<String>, Arrows> {
    let places: BTreeSet<Vec<String>> = files.iter().map(place).collect();
    let mut folders: BTreeMap<Vec<String>, Arrows> = BTreeMap::new();
    for file in files {
        let own = place(file);
        for path in named(&file.code.join("\n")) {
            let other = reached(&own, &path);
            let depth = own.iter().zip(&other).take_while(|(mine, theirs)| mine == theirs).count();
            let (Some(from), Some(to)) = (own.get(depth), other.get(depth)) else { continue };
            if places.contains(&other[..=depth]) {
                let folder = folders.entry(own[..depth].to_vec()).or_default();
                folder.entry((from.clone(), to.clone())).or_insert_with(|| format!("{}: {path}", file.path));
            }
        }
    }
    folders
}

/// What is left of the arrows when all that use nothing, and all that nobody uses, are taken away again and again.
fn circles(mut arrows: Arrows) -> Arrows {
    loop {
        let (using, used): (BTreeSet<String>, BTreeSet<String>) = arrows.keys().cloned().unzip();
        let before = arrows.len();
        arrows.retain(|(from, to), _| used.contains(from) && using.contains(to));
        if arrows.len() == before {
            return arrows;
        }
    }
}

#[test]
fn files_of_a_folder_never_use_each_other_in_a_circle() {
    let found: Vec<String> = arrows(&sources("src"))
        .into_iter()
        .flat_map(|(folder, arrows)| circles(arrows).into_iter().map(move |arrow| (folder.join("/"), arrow)))
        .map(|(folder, ((from, to), at))| format!("src/{folder}: {from} and {to} are in a circle ({at})"))
        .collect();
    none(&found);
}

#[test]
fn a_circle_is_found_and_a_ladder_is_none() {
    let file = |path: &str, code: &str| Source { path: path.to_owned(), code: vec![code.to_owned()], length: 1 };
    let add = file("src/cli/order/add.rs", "use crate::cli::{out::Out, order::{\n    show::{self, shown},\n}};");
    let show = file("src/cli/order/show.rs", "pub(in crate::cli) fn a() { super::add::run(); super::own() }");
    let front = file("src/cli/order/mod.rs", "mod add;\nuse add::run;");
    let out = file("src/cli/out.rs", "use super::Fault;");
    let found = arrows(&[add, show, front, out]);
    let pair = |from: &str, to: &str| (from.to_owned(), to.to_owned());
    let order = found[["cli", "order"].map(str::to_owned).as_slice()].clone();
    assert_eq!(circles(order).into_keys().collect::<Vec<_>>(), [pair("add", "show"), pair("show", "add")]);
    let cli = found[["cli"].map(str::to_owned).as_slice()].clone();
    assert_eq!(cli.keys().collect::<Vec<_>>(), [&pair("order", "out")]);
    assert!(circles(cli).is_empty());
}
