//! Which key means what, and where. One table feeds dispatch, footer, help, menu, mouse targets and `rentbook keys`.
//!
//! Printable keys are data: in lists and forms a letter is always text (typing into the wrong window must never do
//! anything). They are commands only in contexts that pick, and for the few *quiet* keys (`Space`, `?`) while nothing
//! is typed. The preset is `keymap/classic.toml`; a test compares the table with it word by word.

mod key;
mod table;

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::LazyLock;

pub use key::Key;
pub use table::BINDINGS;

use super::command::Command;
use crate::domain::format::coded;

/// The kind of place that has the keys.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Context {
    /// The start page and what it found.
    Today,
    /// A list that filters as one types.
    List,
    /// One record.
    Detail,
    /// Fields.
    Form,
    /// A list to choose one value from.
    Choice,
    /// A question with buttons.
    Dialog,
    /// A short menu: a digit or letter picks.
    MenuShort,
    /// The menu of all commands.
    Palette,
    /// Bank lines and their matches.
    Match,
    /// Figures and charts.
    Report,
    /// Help and long texts.
    Help,
    /// A field of several lines.
    Notes,
}

coded!(Context {
    Today = "today",
    List = "list",
    Detail = "detail",
    Form = "form",
    Choice = "choice",
    Dialog = "dialog",
    MenuShort = "menu_short",
    Palette = "palette",
    Match = "match",
    Report = "report",
    Help = "help",
    Notes = "notes",
});

/// The heading a command stands under in help and menu.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Group {
    /// Works on every page.
    Everywhere,
    /// Does something with a record.
    Record,
    /// Finds and narrows.
    Find,
    /// Moves the cursor.
    Move,
    /// Fills in fields.
    Typing,
}

impl Group {
    /// The heading.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Everywhere => "On every page",
            Self::Record => "Records",
            Self::Find => "Find and filter",
            Self::Move => "Move",
            Self::Typing => "Fill in",
        }
    }
}

/// What the footer says of a command.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Foot {
    /// How long it stays in a narrow footer; 0 never stands there.
    pub weight: u8,
    /// What stands for the key, when it is not the first one (`Left/Right`).
    pub keys: &'static str,
    pub word: &'static str,
}

/// One row of the table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Binding {
    /// What the keys mean.
    pub command: Command,
    /// Where they mean it.
    pub contexts: &'static [Context],
    /// The keys, the one to show first.
    pub keys: &'static [&'static str],
    /// The keys type characters, and are commands only while nothing is typed.
    pub quiet: bool,
    /// The word of the footer.
    pub foot: Foot,
    /// One sentence for the help; empty on the second row of a command.
    pub help: &'static str,
    /// The heading it stands under.
    pub group: Group,
}

impl Binding {
    /// The key to show: `F8`, `Left/Right`.
    pub fn shown_key(&self) -> &'static str {
        match self.foot.keys {
            "" => self.keys.first().copied().unwrap_or(""),
            keys => keys,
        }
    }
}

/// What a key means in a context, and whether only while nothing is typed.
static INDEX: LazyLock<HashMap<(Context, Key), (Command, bool)>> = LazyLock::new(|| {
    let mut index = HashMap::new();
    for binding in BINDINGS {
        let keys = || binding.keys.iter().filter_map(|name| Key::parse(name));
        for context in binding.contexts {
            index.extend(keys().map(|key| ((*context, key), (binding.command, binding.quiet))));
        }
    }
    index
});

/// What `key` means in `context`. `typing` says that text is being typed there, so that quiet keys are text.
pub fn lookup(context: Context, key: Key, typing: bool) -> Option<Command> {
    let (command, quiet) = INDEX.get(&(context, key)).copied()?;
    (!(quiet && typing)).then_some(command)
}

/// The rows of one context, in the order of the footer.
pub fn rows(context: Context) -> impl Iterator<Item = &'static Binding> {
    BINDINGS.iter().filter(move |binding| binding.contexts.contains(&context))
}

/// Every key of `command` in `context`, joined: `F8, Ctrl+K`.
pub fn keys_of(context: Context, command: Command) -> String {
    let same = rows(context).filter(|binding| binding.command == command);
    same.flat_map(|binding| binding.keys).copied().collect::<Vec<_>>().join(", ")
}

/// The whole keymap as text, as `rentbook keys` prints it.
pub fn listing() -> String {
    let mut text = String::new();
    for context in Context::ALL {
        let _ = writeln!(text, "[{}]", context.code());
        for binding in rows(*context).filter(|binding| !binding.help.is_empty()) {
            let keys = keys_of(*context, binding.command);
            let _ = writeln!(text, "  {:<14} {keys:<20} {}", binding.command.code(), binding.help);
        }
    }
    text
}

/// The whole keymap as rows of context, command, keys and help, for scripts.
pub fn entries() -> impl Iterator<Item = (&'static str, &'static str, String, &'static str)> {
    Context::ALL.iter().flat_map(|context| {
        let explained = rows(*context).filter(|binding| !binding.help.is_empty());
        explained.map(|row| (context.code(), row.command.code(), keys_of(*context, row.command), row.help))
    })
}

#[cfg(test)]
mod tests;
