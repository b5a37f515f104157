//! One key as rentbook sees it: the differences between terminals are gone.

use std::fmt;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A key with what was held beside it. Letters typed with Shift are capitals without `shift`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Key {
    pub code: KeyCode,
    pub ctrl: bool,
    /// Shift was held, on keys that are no characters.
    pub shift: bool,
}

impl Key {
    /// A key without anything held.
    pub const fn plain(code: KeyCode) -> Self {
        Self { code, ctrl: false, shift: false }
    }

    /// A key from the terminal. `Ctrl+H`, `Ctrl+I`, `Ctrl+J` and `Ctrl+M` are what many terminals send for Backspace,
    /// Tab and Enter, so they are these; `AltGr` arrives as Ctrl+Alt on some systems and types a character.
    pub fn from_event(event: KeyEvent) -> Self {
        let held = event.modifiers;
        let ctrl = held.contains(KeyModifiers::CONTROL) && !held.contains(KeyModifiers::ALT);
        let shift = held.contains(KeyModifiers::SHIFT);
        match event.code {
            KeyCode::BackTab => Self { code: KeyCode::Tab, ctrl: false, shift: true },
            KeyCode::Char(c) if ctrl => match c.to_ascii_lowercase() {
                'h' => Self::plain(KeyCode::Backspace),
                'i' => Self::plain(KeyCode::Tab),
                'j' | 'm' => Self::plain(KeyCode::Enter),
                letter => Self { code: KeyCode::Char(letter), ctrl, shift: false },
            },
            KeyCode::Char(c) => Self::plain(KeyCode::Char(c)),
            code => Self { code, ctrl, shift },
        }
    }

    /// The character this key types, when it types one.
    pub const fn typed(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if !self.ctrl => Some(c),
            _ => None,
        }
    }

    /// Reads the names of `classic.toml`: `F1`, `Ctrl+G`, `Shift+Up`, `Space`, `y`.
    pub fn parse(name: &str) -> Option<Self> {
        let (mut ctrl, mut shift, mut rest) = (false, false, name);
        loop {
            if let Some(more) = rest.strip_prefix("Ctrl+") {
                (ctrl, rest) = (true, more);
            } else if let Some(more) = rest.strip_prefix("Shift+") {
                (shift, rest) = (true, more);
            } else {
                break;
            }
        }
        let mut key = Self { code: code_of(rest)?, ctrl, shift };
        if let (true, KeyCode::Char(c)) = (ctrl, key.code) {
            key.code = KeyCode::Char(c.to_ascii_lowercase());
        }
        Some(key)
    }
}

const NAMED: &[(&str, KeyCode)] = &[
    ("Esc", KeyCode::Esc),
    ("Enter", KeyCode::Enter),
    ("Tab", KeyCode::Tab),
    ("Backspace", KeyCode::Backspace),
    ("Delete", KeyCode::Delete),
    ("Insert", KeyCode::Insert),
    ("Space", KeyCode::Char(' ')),
    ("Up", KeyCode::Up),
    ("Down", KeyCode::Down),
    ("Left", KeyCode::Left),
    ("Right", KeyCode::Right),
    ("Home", KeyCode::Home),
    ("End", KeyCode::End),
    ("PgUp", KeyCode::PageUp),
    ("PgDn", KeyCode::PageDown),
];

fn code_of(name: &str) -> Option<KeyCode> {
    if let Some((_, code)) = NAMED.iter().find(|(known, _)| *known == name) {
        return Some(*code);
    }
    if let Some(number) = name.strip_prefix('F').and_then(|digits| digits.parse().ok()) {
        return Some(KeyCode::F(number));
    }
    let mut letters = name.chars();
    let letter = letters.next()?;
    letters.next().is_none().then_some(KeyCode::Char(letter))
}

/// The name people read: `Ctrl+G`.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.ctrl { "Ctrl+" } else { "" })?;
        f.write_str(if self.shift { "Shift+" } else { "" })?;
        if let Some((name, _)) = NAMED.iter().find(|(_, code)| *code == self.code) {
            return f.write_str(name);
        }
        match self.code {
            KeyCode::Char(c) if self.ctrl => write!(f, "{}", c.to_ascii_uppercase()),
            KeyCode::Char(c) => write!(f, "{c}"),
            KeyCode::F(number) => write!(f, "F{number}"),
            other => write!(f, "{other}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(code: KeyCode, held: KeyModifiers) -> String {
        Key::from_event(KeyEvent::new(code, held)).to_string()
    }

    #[test]
    fn names_are_read_back() {
        for name in ["F1", "Ctrl+G", "Shift+Up", "Space", "y", "PgDn", "Shift+Tab", "?", "Esc", "F12"] {
            assert_eq!(Key::parse(name).unwrap().to_string(), name);
        }
        assert_eq!(Key::parse("nonsense"), None);
        assert_eq!(Key::parse(""), None);
    }

    #[test]
    fn terminals_that_send_other_bytes_mean_the_same() {
        assert_eq!(seen(KeyCode::BackTab, KeyModifiers::SHIFT), "Shift+Tab");
        assert_eq!(seen(KeyCode::Char('h'), KeyModifiers::CONTROL), "Backspace");
        assert_eq!(seen(KeyCode::Char('j'), KeyModifiers::CONTROL), "Enter");
        assert_eq!(seen(KeyCode::Char('A'), KeyModifiers::SHIFT), "A");
        assert_eq!(seen(KeyCode::Char('@'), KeyModifiers::CONTROL | KeyModifiers::ALT), "@");
        assert_eq!(seen(KeyCode::Char('Q'), KeyModifiers::CONTROL | KeyModifiers::SHIFT), "Ctrl+Q");
    }
}
