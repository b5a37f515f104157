//! The table keeps its promises: no conflict, no key that does not arrive, letters are data, equal to the preset.

use std::collections::{BTreeMap, BTreeSet};

use crossterm::event::KeyCode;

use super::*;

fn expanded(name: &str) -> Vec<Key> {
    match name.split_once("..") {
        Some((from, to)) => {
            let (from, to) = (from.chars().next().unwrap(), to.chars().next().unwrap());
            (from..=to).map(|letter| Key::plain(KeyCode::Char(letter))).collect()
        }
        None => vec![Key::parse(name).unwrap_or_else(|| panic!("no key is called {name}"))],
    }
}

#[test]
fn no_key_means_two_things_in_one_context() {
    for context in Context::ALL {
        let mut seen = BTreeMap::new();
        for binding in rows(*context) {
            for key in binding.keys.iter().flat_map(|name| expanded(name)) {
                let other = seen.insert(key.to_string(), binding.command);
                assert_eq!(other, None, "{key} in {context:?}: {:?}", binding.command);
            }
        }
    }
}

#[test]
fn keys_that_do_not_arrive_everywhere_are_never_bound() {
    let moving = [KeyCode::Up, KeyCode::Down, KeyCode::Left, KeyCode::Right, KeyCode::Enter, KeyCode::Tab];
    for name in BINDINGS.iter().flat_map(|binding| binding.keys) {
        assert!(!name.contains("Alt"), "{name}");
        for key in expanded(name) {
            if key.ctrl {
                assert!(!moving.contains(&key.code), "{name}");
                assert!(matches!(key.code, KeyCode::Char('a'..='z')), "{name}");
                assert!(!matches!(key.code, KeyCode::Char('h' | 'i' | 'j' | 'm')), "{name}");
            }
            assert!(!(key.shift && matches!(key.code, KeyCode::F(_))), "{name}");
        }
    }
}

#[test]
fn every_function_key_has_a_twin_without_it() {
    for binding in BINDINGS.iter().filter(|binding| binding.keys[0].starts_with('F')) {
        assert!(binding.keys.iter().any(|name| name.starts_with("Ctrl+")), "{:?}", binding.command);
    }
}

#[test]
fn printable_keys_are_data_where_people_type() {
    for context in [Context::Today, Context::List, Context::Form, Context::Notes, Context::Choice, Context::Palette] {
        for letter in (' '..='~').chain(['é', '漢', '€']) {
            let key = Key::plain(KeyCode::Char(letter));
            assert_eq!(lookup(context, key, true), None, "{letter:?} in {context:?}");
            if !matches!(letter, ' ' | '?') {
                assert_eq!(lookup(context, key, false), None, "{letter:?} in {context:?}");
            }
        }
    }
    assert_eq!(lookup(Context::List, Key::plain(KeyCode::Char(' ')), false), Some(Command::Mark));
    assert_eq!(lookup(Context::Today, Key::plain(KeyCode::Char('?')), false), Some(Command::Help));
    assert_eq!(lookup(Context::Form, Key::plain(KeyCode::Char('?')), false), None);
    assert_eq!(lookup(Context::Dialog, Key::plain(KeyCode::Char('y')), false), Some(Command::Yes));
}

#[test]
fn the_table_is_the_classic_preset() {
    let preset: toml::Table = include_str!("classic.toml").parse().unwrap();
    let wanted = |context: &str| {
        let mut keys = BTreeMap::new();
        for section in ["global", context] {
            for (command, names) in preset[section].as_table().unwrap() {
                let Some(names) = names.as_array() else { continue };
                let names: BTreeSet<_> = names.iter().map(|name| name.as_str().unwrap().to_owned()).collect();
                keys.insert(command.clone(), names);
            }
        }
        keys
    };
    for context in Context::ALL {
        let mut ours: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        // The preset gives "?" in a comment beside `help`, not in the list.
        for binding in rows(*context) {
            let names = binding.keys.iter().filter(|name| **name != "?").map(ToString::to_string);
            ours.entry(binding.command.code().to_owned()).or_default().extend(names);
        }
        assert_eq!(ours, wanted(context.code()), "{context:?}");
    }
}

#[test]
fn every_command_is_bound_and_explained() {
    for command in Command::ALL {
        let bound = BINDINGS.iter().filter(|binding| binding.command == *command);
        assert!(bound.clone().count() > 0, "{command:?}");
        let explained = bound.clone().any(|binding| binding.help.ends_with('.'));
        assert!(explained || bound.clone().all(|binding| binding.quiet), "{command:?}");
    }
    assert!(listing().contains("F8, Ctrl+K"));
    assert_eq!(keys_of(Context::List, Command::Mark), "Insert, Space");
    assert_eq!(entries().count(), listing().lines().count() - Context::ALL.len());
}
