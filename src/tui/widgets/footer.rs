//! The last line: keys and what they do here, in words. Each word can be pressed with the mouse.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::hits::Target;
use crate::tui::command::Command;
use crate::tui::format;
use crate::tui::theme::Ink;

/// One word of the footer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Word {
    pub command: Command,
    /// The key to show.
    pub key: &'static str,
    /// The word to show.
    pub word: &'static str,
    /// How long it stays when there is little room.
    pub weight: u8,
    /// Whether it can be done now; if not, it stands in brackets.
    pub able: bool,
}

impl Word {
    fn text(self, short: bool) -> String {
        match (short && self.command == Command::Back, self.able) {
            (true, _) => self.key.to_owned(),
            (false, true) => format!("{} {}", self.key, self.word),
            (false, false) => format!("({} {})", self.key, self.word),
        }
    }
}

/// The texts that fit into `cells`, in their order: first `Esc` loses its word, then the lightest words go.
pub fn fitting(words: &[Word], cells: usize) -> Vec<(Word, String)> {
    let mut words = words.to_vec();
    let mut short = false;
    loop {
        let texts: Vec<String> = words.iter().map(|word| word.text(short)).collect();
        let needed: usize = texts.iter().map(|text| format::width(text) + 1).sum();
        if needed <= cells || words.is_empty() {
            return words.into_iter().zip(texts).collect();
        }
        if !short {
            short = true;
        } else if let Some((lightest, _)) = words.iter().enumerate().min_by_key(|(_, word)| word.weight) {
            words.remove(lightest);
        }
    }
}

/// Draws the footer.
pub fn render(canvas: &mut Canvas<'_>, area: Rect, words: &[Word]) {
    let cells = usize::from(area.width);
    let shown = fitting(words, cells);
    let needed: usize = shown.iter().map(|(_, text)| format::width(text) + 1).sum();
    let mut spare = cells.saturating_sub(needed + 1);
    let mut x = area.x + 1;
    for (word, text) in &shown {
        let room = area.right().saturating_sub(x);
        let used = canvas.put(x, area.y, room, text, if word.able { Ink::Plain } else { Ink::Off });
        if word.able {
            let key = u16::try_from(format::width(word.key)).unwrap_or(0);
            canvas.tint(Rect { x, width: key.min(used), height: 1, ..area }, Ink::Key);
        }
        canvas.target(Rect { x, width: used, height: 1, ..area }, Target::Command(word.command));
        x += used + 1;
        // While there is room, two blanks between the words.
        if spare > 0 {
            spare -= 1;
            x += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(command: Command, key: &'static str, word: &'static str, weight: u8) -> Word {
        Word { command, key, word, weight, able: true }
    }

    #[test]
    fn the_lightest_words_go_first_and_esc_loses_its_word_before() {
        let words = [
            word(Command::Help, "F1", "Help", 90),
            word(Command::Refresh, "F5", "Refresh", 10),
            Word { able: false, ..word(Command::Main, "F8", "Mark paid", 88) },
            word(Command::Back, "Esc", "Back", 100),
        ];
        let texts = |cells| fitting(&words, cells).into_iter().map(|(_, text)| text).collect::<Vec<_>>();
        assert_eq!(texts(80), ["F1 Help", "F5 Refresh", "(F8 Mark paid)", "Esc Back"]);
        assert_eq!(texts(39), ["F1 Help", "F5 Refresh", "(F8 Mark paid)", "Esc"]);
        assert_eq!(texts(30), ["F1 Help", "(F8 Mark paid)", "Esc"]);
        assert_eq!(texts(4), ["Esc"]);
        assert_eq!(texts(0), [""; 0]);
    }
}
