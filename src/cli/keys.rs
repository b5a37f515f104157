//! `keys`: the keys of the terminal interface, from the table the interface itself uses.

use serde_json::{Value, json};

use super::fault::Result;
use super::out::{Answer, Out};
use crate::tui::keymap;

/// Prints the keys.
pub fn run(out: &mut Out) -> Result<()> {
    let rows: Vec<Value> = keymap::entries()
        .map(|(screen, key, keys, help)| json!({ "screen": screen, "command": key, "keys": keys, "help": help }))
        .collect();
    out.answer(&Answer::new(json!({ "total": rows.len(), "rows": rows })).verbatim(keymap::listing()))
}
